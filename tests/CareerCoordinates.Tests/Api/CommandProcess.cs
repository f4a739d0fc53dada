using System.Diagnostics;
using System.Text;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api;

/// <summary>A command of the program, as a process of its own on a database.</summary>
internal static class CommandProcess
{
    /// <param name="line">Its words are parted by blanks.</param>
    /// <param name="token">For a server that is asked in the place of the database.</param>
    public static Task<(int ExitCode, string Output, string Said)> RunAsync(
        TestDatabase database,
        string line,
        string? token = null
    ) => EndAsync(Start(database, line.Split(' '), token));

    public static async Task<(int ExitCode, string Output, string Said)> EndAsync(Process started)
    {
        using var process = started;
        var said = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await said);
    }

    public static Process Start(TestDatabase database, IEnumerable<string> words, string? token = null)
    {
        var program = Path.Combine(TestContext.CurrentContext.TestDirectory, "CareerCoordinates.Api.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. words])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        foreach (var (name, value) in database.Settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
        start.Environment["CAREER_TOKEN"] = token;
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
    }

    /// <summary>What commands did with somebody, as the trail has it.</summary>
    public static List<string> ActionsOn(TestDatabase database, Guid worker)
    {
        var opened = TestStore.EngineOf(database);
        using var connection = new RecordConnection(opened, opened.OpenRead());
        return
        [
            .. connection
                .ReadAudit(new AuditFilter(worker), null, 100)
                .Where(e => e.Account == "command line")
                .Select(e => e.Action),
        ];
    }
}
