using System.Globalization;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;

namespace CareerCoordinates.Api.Imports;

/// <summary>
/// The command <c>import</c>: a file is checked whole, and written if nothing in it is refused. What becomes of it goes to standard output,
/// how it goes to standard error.
/// </summary>
public static class ImportCommand
{
    private const int Done = 0;
    private const int NothingWritten = 1;
    private const int Mistaken = 2;

    /// <summary>Written, but for the rows that are refused.</summary>
    private const int RowsLeftOut = 3;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    /// <returns>The exit code.</returns>
    /// <exception cref="SettingException">There is no database, or the server does not answer.</exception>
    public static async Task<int> RunAsync(IServiceProvider services, AskedImport asked)
    {
        if (asked.File is { } file && (!File.Exists(file) || Directory.Exists(asked.Output)))
        {
            await Console.Error.WriteLineAsync(
                File.Exists(file) ? $"{asked.Output} is a folder: name a file in it by --output." : $"There is no file {file}."
            );
            return Mistaken;
        }
        using var stopping = new Interruption();
        await using IImportDesk desk = asked.Url is { } url
            ? new ServerImports(url, asked.Language)
            : await DatabaseImports.OpenAsync(services, asked.Language);
        try
        {
            return asked.Undo is { } import
                ? await UndoAsync(desk, import, stopping.Token)
                : await ImportAsync(desk, asked, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.Token.IsCancellationRequested)
        {
            return await RefuseAsync(["Stopped. Nothing was written."]);
        }
    }

    private static async Task<int> UndoAsync(IImportDesk desk, Guid id, CancellationToken stop)
    {
        var begun = await desk.UndoAsync(id);
        if (begun.Import is not { } import)
        {
            return await RefuseAsync(begun.Refusals);
        }
        import = await FollowAsync(desk, import, "undoing", stop);
        if (import.State != ImportState.Undone)
        {
            return await RefuseAsync([import.Detail ?? import.Next]);
        }
        Console.Out.WriteLine(import.Next);
        return Done;
    }

    private static async Task<int> ImportAsync(IImportDesk desk, AskedImport asked, CancellationToken stop)
    {
        var begun = await desk.StartAsync(asked, stop);
        if (begun.Import is not { } import)
        {
            return await RefuseAsync(begun.Refusals);
        }
        import = await FollowAsync(desk, import, "checking", stop);
        if (import.State != ImportState.Checked)
        {
            return await RefuseAsync([import.Detail ?? import.Next]);
        }
        TellChecked(import);
        var (create, refuse) = (import.Create + import.Change, import.Refuse);
        if (asked.IsDryRun || create == 0 || (refuse > 0 && asked.Refused == RefusedRows.Stop))
        {
            await KeepResultAsync(desk, asked, import);
            Console.Out.WriteLine(
                refuse == 0 ? "Nothing was written."
                : create == 0 || asked.IsDryRun ? "Nothing was written. Mend the refused rows and import the file again."
                : "Nothing was written. Mend the refused rows and import the file again, or leave them out by --refused skip."
            );
            return refuse > 0 ? NothingWritten : Done;
        }
        var committed = await desk.CommitAsync(import.Id, asked.Refused);
        if (committed.Import is null)
        {
            return await RefuseAsync(committed.Refusals);
        }
        import = await FollowAsync(desk, committed.Import, "writing", stop);
        if (import.State != ImportState.Committed)
        {
            return await RefuseAsync([import.Detail ?? import.Next]);
        }
        await KeepResultAsync(desk, asked, import);
        Console.Out.WriteLine(import.Next);
        Console.Out.WriteLine($"To take it back: import --undo {import.Id}");
        return refuse > 0 ? RowsLeftOut : Done;
    }

    /// <summary>
    /// Shows how far it is until nothing is under way. Asked to stop, it cancels what is only checked; what is being written is all or
    /// nothing, and is finished.
    /// </summary>
    private static async Task<ImportBody> FollowAsync(IImportDesk desk, ImportBody import, string doing, CancellationToken stop)
    {
        var isCancelled = false;
        await WorkProgress.ShowRows(
            WorkProgress.OnStandardError(),
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
                            await Console.Error.WriteLineAsync(
                                "It is written in one piece, and finished first. Ask once more to leave at once."
                            );
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

    private static void TellChecked(ImportBody import)
    {
        foreach (var problem in import.Problems)
        {
            Console.Out.WriteLine(Line(problem));
        }
        foreach (var warning in import.Warnings)
        {
            Console.Out.WriteLine($"Look at {Line(warning)}");
        }
        if (Math.Max(import.Problems.Count, import.Warnings.Count) == ImportProblems.Most)
        {
            Console.Out.WriteLine("… and perhaps more; --output names a file that gets them all.");
        }
        foreach (var header in import.NotRead)
        {
            Console.Out.WriteLine($"The column '{header}' means nothing here, and is left out; --mapping gives it a meaning.");
        }
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{import.Rows:N0} rows: {import.Create:N0} to create, {import.Change:N0} to change, {import.Same:N0} as the record says already, {import.Refuse:N0} refused."
            )
        );
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

    private static async Task<int> RefuseAsync(IEnumerable<string> why)
    {
        foreach (var line in why)
        {
            await Console.Error.WriteLineAsync(line);
        }
        return NothingWritten;
    }
}
