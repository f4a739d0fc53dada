using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Exports;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using Spectre.Console;

namespace CareerCoordinates.Api.Reports;

/// <summary>
/// The command <c>report</c>: the same report as the API's, from the database itself (then exact, and of everybody: whoever runs the command
/// could do anything with the database anyway), or by a server's API.
/// </summary>
public static class ReportCommand
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <exception cref="SettingException">There is no database, or the server does not answer.</exception>
    public static async Task<int> RunAsync(IServiceProvider services, AskedQuestion asked)
    {
        if (asked is { Form: SheetForm.Xlsx, Output: null } && !Console.IsOutputRedirected)
        {
            await Console.Error.WriteLineAsync(asked.Language.Say(ExportCommand.NotForTerminals));
            return ExitCodes.Mistaken;
        }
        if (TargetFile.WhyNot(asked.Output) is { } why)
        {
            await Console.Error.WriteLineAsync(asked.Language.Say(why));
            return ExitCodes.Mistaken;
        }
        var (bytes, refusal) = asked.Url is { } url ? await AskServerAsync(url, asked) : await AskDatabaseAsync(services, asked);
        if (bytes is null)
        {
            return await refusal!.TellAsync();
        }
        if (asked.Output is { } file)
        {
            await File.WriteAllBytesAsync(file, bytes);
            return ExitCodes.Done;
        }
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(bytes);
        return ExitCodes.Done;
    }

    private static async Task<(byte[]? Bytes, CommandRefusal? Refusal)> AskDatabaseAsync(
        IServiceProvider services,
        AskedQuestion asked
    )
    {
        CareerData.CheckExists(services.GetRequiredService<IConfiguration>());
        var store = services.GetRequiredService<CareerStore>();
        await LoadAsync(store, asked.Language);
        var me = LocalUser.SignedIn(store, asked.Name, null);
        var answer = await KnownReports.Find(asked.Name)!.AskAsync(asked.Parameters, me, store, CancellationToken.None);
        var written = answer.IsRefused ? null : answer.Value.In(asked.Language, asked.Name);
        IReadOnlyList<Refusal> refusals =
            written is null ? answer.Refusals
            : written.RefusalOf(asked.Form) is { } refusal ? [refusal]
            : [];
        return refusals.Count > 0
            ? (null, CommandRefusal.Of(refusals, asked.Language))
            : (written!.Bytes(asked.Form, CancellationToken.None), null);
    }

    /// <summary>Reads the columns; on a terminal a bar shows how far.</summary>
    private static async Task LoadAsync(CareerStore store, Language language)
    {
        var loading = Task.Run(() => store.Projection.Load(CancellationToken.None));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (!Console.IsErrorRedirected && console.Profile.Capabilities.Interactive)
        {
            await console
                .Progress()
                .AutoClear(true)
                .StartAsync(async context =>
                {
                    var workers = context.AddTask(language.Say($"reading workers", $"读取职工"));
                    while (!loading.IsCompleted)
                    {
                        var (done, total) = store.Projection.Progress;
                        (workers.MaxValue, workers.Value) = (Math.Max(1, total), done);
                        await Task.WhenAny(loading, Task.Delay(BetweenLooks));
                    }
                });
        }
        await loading;
    }

    private static async Task<(byte[]? Bytes, CommandRefusal? Refusal)> AskServerAsync(Uri url, AskedQuestion asked)
    {
        using var client = new HttpClient { BaseAddress = url, Timeout = LongestAnswer };
        using var request = RunningServer.Request($"reports/{asked.Name}", asked);
        try
        {
            using var response = await client.SendAsync(request);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            return response.IsSuccessStatusCode ? (bytes, null) : (null, RunningServer.Refusal(response, bytes, asked.Language));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            throw RunningServer.Silent(url, e);
        }
    }
}
