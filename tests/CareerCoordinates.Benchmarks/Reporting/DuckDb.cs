using System.Diagnostics;
using System.Text.Json;

namespace CareerCoordinates.Benchmarks.Reporting;

/// <summary>DuckDB in a process of its own, with the same rows in memory; Node brings it.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly Process process;

    private DuckDb(Process process) => this.process = process;

    /// <summary>Installs it where it is not there yet.</summary>
    public static async Task<DuckDb> StartAsync()
    {
        var folder = Path.Combine(Repository(), "tests", "CareerCoordinates.Benchmarks", "duckdb");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            using var install = Process.Start(
                new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]) { WorkingDirectory = folder }
            )!;
            await install.WaitForExitAsync();
        }
        var start = new ProcessStartInfo("node", ["ask.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new(Process.Start(start)!);
    }

    /// <exception cref="InvalidOperationException">DuckDB refuses the question.</exception>
    public async Task<(double Milliseconds, List<string> Rows)> AskAsync(string sql)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { sql }));
        await process.StandardInput.FlushAsync();
        var answer = JsonSerializer.Deserialize<JsonElement>((await process.StandardOutput.ReadLineAsync())!);
        if (answer.TryGetProperty("error", out var error))
        {
            throw new InvalidOperationException(error.GetString() + "\n" + sql);
        }
        var rows = answer
            .GetProperty("rows")
            .EnumerateArray()
            .Select(row => string.Join(' ', row.EnumerateArray().Select(v => v.GetString() ?? "-")));
        return (answer.GetProperty("ms").GetDouble(), [.. rows.Order(StringComparer.Ordinal)]);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Repository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "CareerCoordinates.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("Run it from the repository.");
        }
        return at.FullName;
    }
}
