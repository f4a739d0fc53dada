using System.Globalization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Exports;

/// <summary>
/// The command <c>export</c>: the same files as the API's, from the database itself (of everybody, and the trail names all of them) or by a
/// server's API. A file that is named is there only when it is whole.
/// </summary>
public static class ExportCommand
{
    private const int Refused = 1;
    private const int Mistaken = 2;
    private const int CopiedAtOnce = 81_920;

    /// <exception cref="SettingException">There is no database, or the server does not answer.</exception>
    public static async Task<int> RunAsync(IServiceProvider services, AskedQuestion asked)
    {
        if (asked is { Form: SheetForm.Xlsx, Output: null, IsDryRun: false } && !Console.IsOutputRedirected)
        {
            await Console.Error.WriteLineAsync("A workbook is nothing for a terminal: name a file by --output.");
            return Mistaken;
        }
        if (Directory.Exists(asked.Output))
        {
            await Console.Error.WriteLineAsync($"{asked.Output} is a folder: name a file in it by --output.");
            return Mistaken;
        }
        using var stopping = new Interruption();
        try
        {
            using var target = new TargetFile(asked.Output);
            var refusals = asked.Url is { } url
                ? await AskServerAsync(url, asked, target, stopping.Token)
                : await AskDatabaseAsync(services, asked, target, stopping.Token);
            foreach (var refusal in refusals)
            {
                await Console.Error.WriteLineAsync(refusal);
            }
            return refusals.Count == 0 ? 0 : Refused;
        }
        catch (OperationCanceledException) when (stopping.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. " + NotWhole(asked));
            return Refused;
        }
    }

    private static async Task<IReadOnlyList<string>> AskDatabaseAsync(
        IServiceProvider services,
        AskedQuestion asked,
        TargetFile target,
        CancellationToken cancellation
    )
    {
        CareerData.CheckExists(services.GetRequiredService<IConfiguration>());
        var store = services.GetRequiredService<CareerStore>();
        var known = KnownExports.Find(asked.Name)!;
        var given = new Dictionary<string, string>(asked.Parameters) { ["format"] = Codes<SheetForm>.Of(asked.Form) };
        var answer = await known.AskAsync(given, LocalUser.AtCommandLine(store, known.Operation), store);
        if (answer.IsRefused)
        {
            return [.. answer.Refusals.Select(r => RunningServer.Line(r.Pointer, Problem.Text(r, asked.Language)))];
        }
        var export = answer.Value;
        var ofWorkers = await export.CountAsync(cancellation);
        if (asked.IsDryRun)
        {
            Console.Out.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{ofWorkers:N0} people would be looked at. Nothing was written.")
            );
            return [];
        }
        await WorkProgress.Show(
            WorkProgress.OnStandardError(),
            show =>
                export.WriteAsync(
                    target.Open,
                    asked.Language,
                    (workers, rows) => show(new(workers, Math.Max(workers, ofWorkers), rows, 0, 0)),
                    cancellation
                )
        );
        target.Complete();
        return [];
    }

    private static async Task<IReadOnlyList<string>> AskServerAsync(
        Uri url,
        AskedQuestion asked,
        TargetFile target,
        CancellationToken cancellation
    )
    {
        using var client = new HttpClient { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        using var request = RunningServer.Request($"exports/{asked.Name}", asked);
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException e)
        {
            throw RunningServer.Silent(url, e);
        }
        using (response)
        {
            if (!response.IsSuccessStatusCode)
            {
                return RunningServer.Refusals(response, await response.Content.ReadAsByteArrayAsync(cancellation));
            }
            try
            {
                var bytes = 0L;
                await WorkProgress.ShowBytes(
                    WorkProgress.OnStandardError(),
                    show =>
                        CopyAsync(
                            response,
                            asked.IsDryRun ? Stream.Null : target.Open(),
                            copied => show(bytes = copied),
                            cancellation
                        )
                );
                if (asked.IsDryRun)
                {
                    Console.Out.WriteLine(
                        string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes would be written. Nothing was written.")
                    );
                    return [];
                }
            }
            catch (HttpIOException)
            {
                return ["The server broke the file off. " + NotWhole(asked)];
            }
        }
        target.Complete();
        return [];
    }

    private static async Task CopyAsync(
        HttpResponseMessage response,
        Stream to,
        Action<long> told,
        CancellationToken cancellation
    )
    {
        await using var from = await response.Content.ReadAsStreamAsync(cancellation);
        var (buffer, copied) = (new byte[CopiedAtOnce], 0L);
        for (int read; (read = await from.ReadAsync(buffer, cancellation)) > 0; copied += read)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            told(copied);
        }
    }

    private static string NotWhole(AskedQuestion asked) =>
        asked.Output is { } file ? $"Nothing was written to {file}." : "What was written is not whole.";
}
