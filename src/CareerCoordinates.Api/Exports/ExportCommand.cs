using System.Globalization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Exports;

/// <summary>
/// The command <c>export</c>: the same files as the API's, from the database itself (of everybody, and the trail names all of them) or by a
/// server's API. A file that is named is there only when it is whole.
/// </summary>
public static class ExportCommand
{
    /// <summary>Of a report, too.</summary>
    internal static readonly Name NotForTerminals = new(
        "工作簿不能输出到终端，请用 --output 指定文件。",
        "A workbook is nothing for a terminal: name a file by --output."
    );

    private const int CopiedAtOnce = 81_920;

    /// <exception cref="SettingException">There is no database, or the server does not answer.</exception>
    public static async Task<int> RunAsync(IServiceProvider services, AskedQuestion asked)
    {
        if (asked is { Form: SheetForm.Xlsx, Output: null, IsDryRun: false } && !Console.IsOutputRedirected)
        {
            await Console.Error.WriteLineAsync(asked.Language.Say(NotForTerminals));
            return ExitCodes.Mistaken;
        }
        if (TargetFile.WhyNot(asked.Output) is { } why)
        {
            await Console.Error.WriteLineAsync(asked.Language.Say(why));
            return ExitCodes.Mistaken;
        }
        using var stopping = new Interruption();
        try
        {
            using var target = new TargetFile(asked.Output);
            var refusal = asked.Url is { } url
                ? await AskServerAsync(url, asked, target, stopping.Token)
                : await AskDatabaseAsync(services, asked, target, stopping.Token);
            return refusal is null ? ExitCodes.Done : await refusal.TellAsync();
        }
        catch (OperationCanceledException) when (stopping.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(asked.Language.Say($"Stopped. {NotWhole(asked)}", $"已停止。{NotWhole(asked)}"));
            return ExitCodes.Refused;
        }
    }

    private static async Task<CommandRefusal?> AskDatabaseAsync(
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
            return CommandRefusal.Of(answer.Refusals, asked.Language);
        }
        var export = answer.Value;
        var ofWorkers = await export.CountAsync(cancellation);
        if (asked.IsDryRun)
        {
            Console.Out.WriteLine(
                asked.Language.Say(
                    $"{ofWorkers:N0} people would be looked at. Nothing was written.",
                    $"将查阅 {ofWorkers:N0} 名职工。未写入任何内容。"
                )
            );
            return null;
        }
        await WorkProgress.Show(
            WorkProgress.OnStandardError(),
            asked.Language,
            show =>
                export.WriteAsync(
                    target.Open,
                    asked.Language,
                    (workers, rows) => show(new(workers, Math.Max(workers, ofWorkers), rows, 0, 0)),
                    cancellation
                )
        );
        target.Complete();
        return null;
    }

    private static async Task<CommandRefusal?> AskServerAsync(
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
                return RunningServer.Refusal(response, await response.Content.ReadAsByteArrayAsync(cancellation), asked.Language);
            }
            try
            {
                var bytes = 0L;
                await WorkProgress.ShowBytes(
                    WorkProgress.OnStandardError(),
                    asked.Language,
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
                        asked.Language.Say(
                            $"{bytes:N0} bytes would be written. Nothing was written.",
                            $"将写出 {bytes:N0} 字节。未写入任何内容。"
                        )
                    );
                    return null;
                }
            }
            catch (HttpIOException)
            {
                var brokenOff = asked.Language.Say(
                    $"The server broke the file off. {NotWhole(asked)}",
                    $"服务器中断了传输。{NotWhole(asked)}"
                );
                return new([brokenOff], IsOfLine: false);
            }
        }
        target.Complete();
        return null;
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
        asked.Output is { } file
            ? asked.Language.Say($"Nothing was written to {file}.", $"未写入 {file}。")
            : asked.Language.Say($"What was written is not whole.", $"已写出的内容不完整。");
}
