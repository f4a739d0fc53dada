using System.Net.Http.Headers;
using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Http.Extensions;
using Spectre.Console;

namespace CareerCoordinates.Api.Reports;

/// <summary>
/// The command <c>report</c>: the same report as the API's, from the database itself (then exact, and of everybody: whoever runs the command
/// could do anything with the database anyway), or by a server's API.
/// </summary>
public static class ReportCommand
{
    /// <summary>In the environment, and no option: the command line of a process can be read by others.</summary>
    public const string TokenVariable = "CAREER_TOKEN";

    private const int Refused = 1;
    private const int Mistaken = 2;

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <exception cref="SettingException">There is no database, or the server does not answer.</exception>
    public static async Task<int> RunAsync(IServiceProvider services, Command.Report asked)
    {
        if (asked is { Form: SheetForm.Xlsx, Output: null } && !Console.IsOutputRedirected)
        {
            await Console.Error.WriteLineAsync("A workbook is nothing for a terminal: name a file by --output.");
            return Mistaken;
        }
        var (bytes, refusals) = asked.Url is { } url ? await AskServerAsync(url, asked) : await AskDatabaseAsync(services, asked);
        foreach (var refusal in refusals)
        {
            await Console.Error.WriteLineAsync(refusal);
        }
        if (bytes is null)
        {
            return Refused;
        }
        if (asked.Output is { } file)
        {
            await File.WriteAllBytesAsync(file, bytes);
            return 0;
        }
        await using var output = Console.OpenStandardOutput();
        await output.WriteAsync(bytes);
        return 0;
    }

    private static async Task<(byte[]? Bytes, IReadOnlyList<string> Refusals)> AskDatabaseAsync(
        IServiceProvider services,
        Command.Report asked
    )
    {
        CareerData.CheckExists(services.GetRequiredService<IConfiguration>());
        var store = services.GetRequiredService<CareerStore>();
        await LoadAsync(store);
        var me = LocalUser.SignedIn(store, asked.Name, null);
        var answer = await KnownReports.Find(asked.Name)!.AskAsync(asked.Parameters, me, store, CancellationToken.None);
        var written = answer.IsRefused ? null : answer.Value.In(asked.Language, asked.Name);
        IReadOnlyList<Refusal> refusals =
            written is null ? answer.Refusals
            : written.RefusalOf(asked.Form) is { } refusal ? [refusal]
            : [];
        return refusals.Count > 0
            ? (null, [.. refusals.Select(r => Line(r.Pointer, Problem.Text(r, asked.Language)))])
            : (written!.Bytes(asked.Form, CancellationToken.None), []);
    }

    /// <summary>Reads the columns; on a terminal a bar shows how far.</summary>
    private static async Task LoadAsync(CareerStore store)
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
                    var workers = context.AddTask("reading workers");
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

    private static async Task<(byte[]? Bytes, IReadOnlyList<string> Refusals)> AskServerAsync(Uri url, Command.Report asked)
    {
        using var client = new HttpClient { BaseAddress = url, Timeout = LongestAnswer };
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"/api/v1/reports/{asked.Name}{new QueryBuilder(asked.Parameters)}"
        );
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(asked.Form.MediaType()));
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(asked.Language.Tag()));
        if (Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token.Trim());
        }
        try
        {
            using var response = await client.SendAsync(request);
            var bytes = await response.Content.ReadAsByteArrayAsync();
            return response.IsSuccessStatusCode ? (bytes, []) : (null, Refusals(response, bytes));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            throw new SettingException($"The server at {url} does not answer: {e.Message}");
        }
    }

    private static IReadOnlyList<string> Refusals(HttpResponseMessage response, byte[] bytes)
    {
        var advice =
            response.StatusCode == System.Net.HttpStatusCode.Unauthorized
                ? $" An API token is taken from {TokenVariable}; POST /api/v1/me/tokens makes one."
                : "";
        try
        {
            if (JsonSerializer.Deserialize<ProblemBody>(bytes, ApiJson.Options) is { } problem)
            {
                return problem.Errors is { Count: > 0 } errors
                    ? [.. errors.Select(e => Line(e.Pointer, e.Detail))]
                    : [problem.Detail + advice];
            }
        }
        catch (JsonException)
        {
            // Another server answers there.
        }
        return [$"The server answered {(int)response.StatusCode} {response.ReasonPhrase}.{advice}"];
    }

    /// <summary>What is wrong, with the option in which it stands.</summary>
    private static string Line(string pointer, string why) =>
        pointer.StartsWith('?') ? $"--{ReportLine.Option(pointer[1..])}: {why}" : why;
}
