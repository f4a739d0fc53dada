using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;

namespace CareerCoordinates.Api.Imports;

/// <summary>
/// The command <c>import</c>: a file is checked whole, and written if nothing in it is refused. What becomes of it goes to standard output,
/// how it goes to standard error.
/// </summary>
public static class ImportCommand
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <returns>The exit code.</returns>
    /// <exception cref="SettingException">There is no database, or the server does not answer.</exception>
    public static async Task<int> RunAsync(IServiceProvider services, AskedImport asked)
    {
        var words = new ImportWords(asked.Language);
        var why = asked.File is { } file && !File.Exists(file) ? words.NoFile(file) : null;
        why ??= TargetFile.WhyNot(asked.Output) is { } name ? asked.Language.Say(name) : null;
        if (why is not null)
        {
            await Console.Error.WriteLineAsync(why);
            return ExitCodes.Mistaken;
        }
        using var stopping = new Interruption();
        await using IImportDesk desk = asked.Url is { } url
            ? new ServerImports(url, asked.Language)
            : await DatabaseImports.OpenAsync(services, asked.Language);
        try
        {
            return asked.Undo is { } import
                ? await UndoAsync(desk, import, words, stopping.Token)
                : await ImportAsync(desk, asked, words, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.Token.IsCancellationRequested)
        {
            return await RefuseAsync(words.Stopped);
        }
    }

    private static async Task<int> UndoAsync(IImportDesk desk, Guid id, ImportWords words, CancellationToken stop)
    {
        var begun = await desk.UndoAsync(id);
        if (begun.Import is not { } import)
        {
            return await begun.Refusal!.TellAsync();
        }
        import = await FollowAsync(desk, import, words, words.Undoing, stop);
        if (import.State != ImportState.Undone)
        {
            return await RefuseAsync(import.Detail ?? import.Next);
        }
        Console.Out.WriteLine(import.Next);
        return ExitCodes.Done;
    }

    private static async Task<int> ImportAsync(IImportDesk desk, AskedImport asked, ImportWords words, CancellationToken stop)
    {
        var begun = await desk.StartAsync(asked, stop);
        if (begun.Import is not { } import)
        {
            return await begun.Refusal!.TellAsync();
        }
        import = await FollowAsync(desk, import, words, words.Checking, stop);
        if (import.State != ImportState.Checked)
        {
            return await RefuseAsync(import.Detail ?? import.Next);
        }
        TellChecked(import, words);
        var (create, refuse) = (import.Create + import.Change, import.Refuse);
        if (asked.IsDryRun || create == 0 || (refuse > 0 && asked.Refused == RefusedRows.Stop))
        {
            await KeepResultAsync(desk, asked, import);
            Console.Out.WriteLine(
                refuse == 0
                    ? words.NothingWritten
                    : words.Join(
                        words.NothingWritten,
                        create == 0 || asked.IsDryRun ? words.MendAndImportAgain : words.MendOrLeaveOut
                    )
            );
            return refuse > 0 ? ExitCodes.Refused : ExitCodes.Done;
        }
        // Said before it is written: who is cut off then knows how to take it back.
        Console.Out.WriteLine(words.Named(import.Id));
        var committed = await desk.CommitAsync(import.Id, asked.Refused);
        if (committed.Import is null)
        {
            return await committed.Refusal!.TellAsync();
        }
        import = await FollowAsync(desk, committed.Import, words, words.Writing, stop);
        if (import.State != ImportState.Committed)
        {
            return await RefuseAsync(import.Detail ?? import.Next);
        }
        await KeepResultAsync(desk, asked, import);
        Console.Out.WriteLine(import.Next);
        return refuse > 0 ? ExitCodes.RowsLeftOut : ExitCodes.Done;
    }

    /// <summary>
    /// Shows how far it is until nothing is under way. Asked to stop, it cancels what is only checked; what is being written is all or
    /// nothing, and is finished.
    /// </summary>
    private static async Task<ImportBody> FollowAsync(
        IImportDesk desk,
        ImportBody import,
        ImportWords words,
        string doing,
        CancellationToken stop
    )
    {
        var isCancelled = false;
        await WorkProgress.ShowRows(
            WorkProgress.OnStandardError(),
            words.Language,
            doing,
            async told =>
            {
                while (ReadImports.IsUnderWay(import.State))
                {
                    if (stop.IsCancellationRequested && !isCancelled)
                    {
                        isCancelled = true;
                        if (import.State == ImportState.Checking)
                        {
                            await desk.CancelAsync(import.Id);
                        }
                        else
                        {
                            await Console.Error.WriteLineAsync(words.FinishedFirst);
                        }
                    }
                    await Task.Delay(BetweenLooks, CancellationToken.None);
                    import = await desk.FindAsync(import.Id);
                    told(import.Progress?.Rows ?? 0, import.Rows);
                }
                told(import.Rows, import.Rows);
            }
        );
        return import;
    }

    private static void TellChecked(ImportBody import, ImportWords words)
    {
        foreach (var problem in import.Problems)
        {
            Console.Out.WriteLine(Line(problem));
        }
        foreach (var warning in import.Warnings)
        {
            Console.Out.WriteLine(words.LookAt(Line(warning)));
        }
        if (Math.Max(import.Problems.Count, import.Warnings.Count) == ImportProblems.Most)
        {
            Console.Out.WriteLine(words.PerhapsMore);
        }
        foreach (var header in import.NotRead)
        {
            Console.Out.WriteLine(words.NotRead(header));
        }
        Console.Out.WriteLine(words.Counts(import));
    }

    private static string Line(RowProblemBody problem) =>
        $"{(problem.Sheet is null ? "" : problem.Sheet + "!")}{problem.Cell}: {problem.Detail}";

    private static async Task KeepResultAsync(IImportDesk desk, AskedImport asked, ImportBody import)
    {
        if (asked.Output is null)
        {
            return;
        }
        using var target = new TargetFile(asked.Output);
        await desk.CopyResultAsync(import.Id, target.Open());
        target.Complete();
    }

    private static Task<int> RefuseAsync(string why) => new CommandRefusal([why], IsOfLine: false).TellAsync();
}
