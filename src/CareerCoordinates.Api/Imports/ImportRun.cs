using System.Collections.Concurrent;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Gate;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Api.Imports;

/// <summary>
/// The dry run and the commit of an import. The dry run decides row by row as the commit will, on a connection that only reads;
/// the commit decides once more in the one transaction in which it writes, and refuses where a row comes out otherwise.
/// </summary>
public static class ImportRun
{
    public const string Upload = "upload";

    /// <summary>Rows that are read ahead of those that are written.</summary>
    private const int RowsAhead = 256;

    /// <summary>Rows for which the record is asked at once, where a question goes over a network.</summary>
    private const int RowsAtOnce = 100;

    /// <summary>
    /// So many people of a file may turn out to be on record where the officer does not see them. More would make a file of ID numbers a way
    /// to ask who is on record.
    /// </summary>
    internal const int MostIdNumbersTaken = 50;

    /// <summary>What an import makes of its rows.</summary>
    public static ImportRows RowsOf(Import import, SignedIn me, CareerStore store) =>
        RowsOf(
            import.Kind,
            import.Type,
            import.OrganizationId,
            me,
            store.Frameworks.Current,
            store.Key,
            $"导入 / import {import.Id}"
        );

    /// <summary>What the kind of import makes of rows.</summary>
    /// <param name="reason">Of the milestones that it corrects.</param>
    public static ImportRows RowsOf(
        ImportKind kind,
        string? type,
        Guid? organizationId,
        SignedIn me,
        Framework framework,
        KeyEncryptionKey? key,
        string reason = ""
    ) =>
        kind switch
        {
            ImportKind.Milestones => new MilestoneRows(
                framework,
                type is null ? null : framework.MilestoneTypes[type],
                me,
                new PersonOfRow(me, key, organizationId),
                reason
            ),
            ImportKind.Workers => new WorkerRows(framework, me, key, new PersonOfRow(me, key, organizationId)),
            ImportKind.Organizations => new OrganizationRows(me, organizationId),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    /// <summary>Reads every row as the record would take it now; nothing is written but what was found.</summary>
    public static async Task CheckAsync(
        CareerStore store,
        SignedIn me,
        Import import,
        ImportProgress progress,
        CancellationToken cancellation
    )
    {
        var rows = RowsOf(import, me, store);
        using var file = store.OpenPart(import, Upload)!;
        var opened = Book.Open(file, import.FileName, cancellation);
        using var book = opened.Value;
        var counts = RowCounts.None;
        using var plan = new PlanWriter(import.Counts.Rows);
        var (problems, warnings) = (new List<RowProblem>(), new List<RowProblem>());
        // As large as it may become: one that grows leaves its smaller copies behind.
        var facts = new Dictionary<UInt128, int>(import.Counts.Rows);
        var idNumbersTaken = 0;
        foreach (var row in DecidedRows.Decided(store, book, rows, import, isRehearsal: true, cancellation))
        {
            var planned = Plan(row, rows, facts);
            plan.Add(planned);
            var told = planned.Action == RowAction.Refuse ? problems : warnings;
            told.AddRange(planned.Problems.Take(ImportProblems.Most - told.Count));
            counts = counts.With(planned.Action);
            progress.Step();
            // Each such refusal tells that somebody in the district has the number, as a look-up would.
            idNumbersTaken += planned.Problems.Count(problem => problem.Code == WorkerRules.IdNumberTaken.Code);
            if (idNumbersTaken > MostIdNumbersTaken)
            {
                break;
            }
        }
        var isLookUp = idNumbersTaken > MostIdNumbersTaken;
        var tooMany = new Refusal(ImportRefusals.TooManyElsewhere, "", MostIdNumbersTaken);
        await store.Gate.RunAsync<bool>(
            tx =>
            {
                Note(tx, me, Import.CheckAction, import, rows.Seen, idNumbersTaken);
                if (isLookUp)
                {
                    return tx.Change(
                        import with
                        {
                            State = ImportState.Failed,
                            Detail = new(tooMany.Zh, tooMany.En),
                        },
                        ImportState.Checking
                    );
                }
                using var key = store.Key!.Unwrap(import.Key, import.Id);
                tx.KeepPart(import.Id, key, ImportPlan.Part, plan.Close());
                tx.KeepPart(import.Id, key, ImportProblems.Part, ImportProblems.Write(problems));
                tx.KeepPart(import.Id, key, ImportProblems.Warnings, ImportProblems.Write(warnings));
                return tx.Change(import with { State = ImportState.Checked, Counts = counts }, ImportState.Checking);
            },
            cancellation: cancellation
        );
    }

    /// <summary>Writes all rows that the dry run would create or change, in one transaction: all or nothing.</summary>
    public static async Task<Outcome<int>> CommitAsync(
        CareerStore store,
        SignedIn me,
        Import import,
        ImportProgress progress,
        CancellationToken cancellation
    )
    {
        var rows = RowsOf(import, me, store);
        using var plan = store.OpenPart(import, ImportPlan.Part)!;
        using var file = store.OpenPart(import, Upload)!;
        using var ahead = new BlockingCollection<DecidedRow>(RowsAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // The one thread that writes reads neither the file nor the record: rows are decided ahead of it.
        var reading = Task.Run(
            () =>
            {
                try
                {
                    using var book = Book.Open(file, import.FileName, stop.Token).Value;
                    // Where processes write side by side nothing that was decided ahead can be taken: it is decided once, where it is written.
                    var read =
                        rows.IsInOrder || store.Gate.RecentWrites is null
                            ? DecidedRows.Parsed(book, rows, import, stop.Token).Select(DecidedRows.Undecided)
                            : DecidedRows.Decided(store, book, rows, import, isRehearsal: false, stop.Token);
                    foreach (var row in read)
                    {
                        ahead.Add(row, stop.Token);
                    }
                }
                finally
                {
                    ahead.CompleteAdding();
                }
            },
            CancellationToken.None
        );
        var written = await store.Gate.RunAsync(
            tx => Commit(tx, me, import, rows, ahead, ImportPlan.Read(plan), progress),
            cancellation: cancellation
        );
        await stop.CancelAsync();
        try
        {
            await reading;
        }
        catch (OperationCanceledException)
        {
            // It had read ahead of a refusal.
        }
        return written;
    }

    private static Outcome<int> Commit(
        RecordTransaction tx,
        SignedIn me,
        Import import,
        ImportRows rows,
        BlockingCollection<DecidedRow> ahead,
        IEnumerable<PlannedRow> plan,
        ImportProgress progress
    )
    {
        var workers = new HashSet<Guid>();
        var items = 0;
        using var planned = plan.GetEnumerator();
        foreach (var some in ahead.GetConsumingEnumerable().Chunk(RowsAtOnce))
        {
            var written = new List<ImportItem>();
            DecidedRows.ReadAhead(tx, rows, some.Select(row => row.Parsed));
            foreach (var row in some)
            {
                if (
                    !planned.MoveNext()
                    || planned.Current.Row != row.Parsed.Number
                    || planned.Current.Sheet != row.Parsed.Sheet.Index
                )
                {
                    throw new InvalidOperationException("The rows are not those that were checked.");
                }
                if (planned.Current.Action != RowAction.Refuse)
                {
                    var decided = StillHolds(tx, row) ? row.Decision : DecidedRows.Decide(tx, rows, row.Parsed);
                    if (
                        decided.IsRefused
                        || decided.Value.Action != planned.Current.Action
                        || decided.Value.Target != planned.Current.Target
                        || decided.Value.Seen != planned.Current.Seen
                    )
                    {
                        return new Refusal(ImportRefusals.ChangedSince, "", row.Parsed.Number);
                    }
                    written.AddRange(decided.Value.Save?.Invoke(tx) ?? []);
                }
                progress.Step();
            }
            tx.AddItems(import.Id, items, written);
            items += written.Count;
            workers.UnionWith(written.Select(item => item.WorkerId).OfType<Guid>());
        }
        if (planned.MoveNext())
        {
            throw new InvalidOperationException("The file ended before the rows that were checked.");
        }
        tx.LookAtImport(items);
        if (!tx.Change(import with { State = ImportState.Committed, Detail = null }, ImportState.Committing))
        {
            throw new InvalidOperationException("Somebody else has gone on with the import.");
        }
        Note(tx, me, Import.CommitAction, import, workers);
        return workers.Count;
    }

    /// <summary>One entry in the audit trail, which everybody whom it concerns finds.</summary>
    internal static void Note(
        RecordTransaction tx,
        SignedIn me,
        string action,
        Import import,
        IReadOnlyCollection<Guid> workers,
        int idNumbersTaken = 0
    )
    {
        if (!LocalUser.IsNobody(me))
        {
            var taken = idNumbersTaken > 0 ? $$""","idNumbersTaken":{{idNumbersTaken}}""" : "";
            tx.AuditMany(me.Name, action, workers, $$"""{"importId":"{{import.Id}}"{{taken}}}""", me.Caller.Token?.Name);
        }
    }

    /// <summary>Whether what was decided ahead of the gate is what would be decided now; the worker is then locked.</summary>
    private static bool StillHolds(RecordTransaction tx, DecidedRow row) =>
        row is { Commit: { } commit, Decision: { IsRefused: false, Value.Worker: { } worker } }
        && row.FrameworkVersion == tx.Framework.Version
        && tx.TryLock(new WorkerAhead(worker.Id, commit, worker));

    private static PlannedRow Plan(DecidedRow row, ImportRows rows, Dictionary<UInt128, int> facts)
    {
        var (parsed, decision) = (row.Parsed, row.Decision);
        if (decision is { IsRefused: false, Value.Fact: { } fact } && !facts.TryAdd(fact, parsed.Number))
        {
            decision = new Refusal(ImportRefusals.TwiceInFile, "", facts[fact]);
        }
        return decision.IsRefused
            ? new(
                parsed.Sheet.Index,
                parsed.Number,
                RowAction.Refuse,
                null,
                [.. decision.Refusals.Select(refusal => parsed.Problem(refusal, rows)), .. parsed.NotRead()]
            )
            : new(
                parsed.Sheet.Index,
                parsed.Number,
                decision.Value.Action,
                decision.Value.Target,
                [.. decision.Value.Warnings.Select(warning => parsed.Problem(warning, rows)), .. parsed.NotRead()],
                decision.Value.Seen,
                row.Worker
            );
    }
}
