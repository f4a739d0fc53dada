using System.Collections.Concurrent;
using System.Diagnostics;
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

/// <summary>How far the work on an import has come.</summary>
public sealed class ImportProgress(long total)
{
    private readonly long began = Stopwatch.GetTimestamp();
    private long done;

    public long Total => total;

    public long Done => Interlocked.Read(ref done);

    public void Step() => Interlocked.Increment(ref done);

    public double RowsPerSecond => Done / Math.Max(0.001, Stopwatch.GetElapsedTime(began).TotalSeconds);

    public int? SecondsLeft => Done == 0 ? null : (int)Math.Ceiling(Math.Max(0, Total - Done) / RowsPerSecond);
}

/// <summary>
/// The dry run and the commit of an import. The dry run decides row by row as the commit will, on a connection that only reads;
/// the commit decides once more in the one transaction in which it writes, and refuses where a row comes out otherwise.
/// </summary>
public static class ImportRun
{
    public const string Upload = "upload";

    /// <summary>Rows that one snapshot serves: a reader that stays for minutes keeps old pages from being written back.</summary>
    private const int RowsOfSnapshot = 128;

    /// <summary>Rows that are read ahead of those that are written.</summary>
    private const int RowsAhead = 256;

    /// <summary>What the kind of import makes of rows.</summary>
    public static ImportRows RowsOf(
        ImportKind kind,
        string? type,
        Guid? organizationId,
        SignedIn me,
        Framework framework,
        KeyEncryptionKey? key
    ) =>
        kind switch
        {
            ImportKind.Milestones => new MilestoneRows(
                framework,
                type is null ? null : framework.MilestoneTypes[type],
                me,
                new PersonOfRow(me, key, organizationId)
            ),
            ImportKind.Workers => new WorkerRows(framework, me, key, new PersonOfRow(me, key, organizationId)),
            ImportKind.Organizations => new OrganizationRows(me, organizationId),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    /// <summary>The sheets that have the headers looked for; refused where none has.</summary>
    public static Outcome<IReadOnlyList<(BookSheet Sheet, SheetHeader Header)>> SheetsOf(
        Book book,
        ImportRows rows,
        IReadOnlyDictionary<string, string> mapping,
        CancellationToken cancellation
    )
    {
        var known = rows.Columns.Select(c => c.Known).ToList();
        var found = new List<(BookSheet, SheetHeader)>();
        var refusals = new List<Refusal>();
        foreach (var sheet in book.Sheets.Where(s => !s.Hidden && s.Rows > 0))
        {
            var header = HeaderRow.Find(book.Rows(sheet, cancellation), known, mapping);
            if (!header.IsRefused)
            {
                found.Add((sheet, header.Value));
            }
            else
            {
                refusals.AddRange(header.Refusals);
            }
        }
        return found.Count > 0 ? found
            : refusals.Count > 0 ? refusals
            : new Refusal(BookRefusals.NoContent, "");
    }

    /// <summary>Reads every row as the record would take it now; nothing is written but what was found.</summary>
    public static async Task CheckAsync(
        CareerStore store,
        SignedIn me,
        Import import,
        ImportProgress progress,
        CancellationToken cancellation
    )
    {
        var language = LanguageOf(import);
        var rows = RowsOf(import.Kind, import.Type, import.OrganizationId, me, store.Frameworks.Current, store.Key);
        using var file = store.Reader.OnConnection(c => c.OpenPart(import, store.Key!, Upload))!;
        var opened = Book.Open(file, import.FileName, cancellation);
        using var book = opened.Value;
        var counts = RowCounts.None;
        var plan = new List<PlannedRow>();
        var facts = new Dictionary<object, int>();
        foreach (var row in Decided(store, book, rows, import, cancellation))
        {
            var planned = Plan(row, rows, facts, language);
            plan.Add(planned);
            counts = counts.With(planned.Action);
            progress.Step();
        }
        // Each such refusal tells that somebody in the district has the number, as a look-up would.
        var idNumbersTaken = plan.Sum(p => p.Problems.Count(problem => problem.Code == WorkerRules.IdNumberTaken.Code));
        var problems = ImportProblems.Write(plan.SelectMany(p => p.Problems));
        var written = ImportPlan.Write(plan);
        await store.Gate.RunAsync<bool>(
            tx =>
            {
                using var key = store.Key!.Unwrap(import.Key, import.Id);
                tx.KeepPart(import.Id, key, ImportPlan.Part, written);
                tx.KeepPart(import.Id, key, ImportProblems.Part, problems);
                Note(tx, me, "checkImport", import, rows.Seen, idNumbersTaken);
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
        var rows = RowsOf(import.Kind, import.Type, import.OrganizationId, me, store.Frameworks.Current, store.Key);
        using var plan = store.Reader.OnConnection(c => c.OpenPart(import, store.Key!, ImportPlan.Part))!;
        using var file = store.Reader.OnConnection(c => c.OpenPart(import, store.Key!, Upload))!;
        using var ahead = new BlockingCollection<DecidedRow>(RowsAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // The one thread that writes reads neither the file nor the record: rows are decided ahead of it.
        var reading = Task.Run(
            () =>
            {
                try
                {
                    using var book = Book.Open(file, import.FileName, stop.Token).Value;
                    var read = rows.IsInOrder
                        ? Parsed(book, rows, import, stop.Token).Select(row => new DecidedRow(row, default, null, 0))
                        : Decided(store, book, rows, import, stop.Token);
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
        foreach (var row in ahead.GetConsumingEnumerable())
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
                var decided = StillHolds(tx, row) ? row.Decision : Decide(tx, rows, row.Parsed);
                if (
                    decided.IsRefused
                    || decided.Value.Action != planned.Current.Action
                    || decided.Value.Target != planned.Current.Target
                    || decided.Value.Seen != planned.Current.Seen
                )
                {
                    return new Refusal(ImportRefusals.ChangedSince, "", row.Parsed.Number);
                }
                if (decided.Value.Save is { } save)
                {
                    foreach (var item in save(tx))
                    {
                        tx.AddItem(import.Id, items++, item);
                        if (item.WorkerId is { } worker)
                        {
                            workers.Add(worker);
                        }
                    }
                }
            }
            progress.Step();
        }
        if (planned.MoveNext())
        {
            throw new InvalidOperationException("The file ended before the rows that were checked.");
        }
        if (!tx.Change(import with { State = ImportState.Committed, Detail = null }, ImportState.Committing))
        {
            throw new InvalidOperationException("Somebody else has gone on with the import.");
        }
        Note(tx, me, "commitImport", import, workers);
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
        if (!LocalUser.Is(me))
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

    private static PlannedRow Plan(DecidedRow row, ImportRows rows, Dictionary<object, int> facts, Language language)
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
                [.. decision.Refusals.Select(r => parsed.Problem(r, rows.ColumnOf(r.Pointer), language))]
            )
            : new(parsed.Sheet.Index, parsed.Number, decision.Value.Action, decision.Value.Target, [], decision.Value.Seen);
    }

    private static Outcome<RowDecision> Decide(RecordTransaction tx, ImportRows rows, ParsedRow row) =>
        row.Content is { } content ? rows.Decide(tx, content) : (Outcome<RowDecision>)row.Refusals.ToList();

    /// <summary>What the record makes of each row, in the order of the file; some rows at a time, on all processors where they do not rest on each other, each in a snapshot.</summary>
    private static IEnumerable<DecidedRow> Decided(
        CareerStore store,
        Book book,
        ImportRows rows,
        Import import,
        CancellationToken cancellation
    )
    {
        var window = new Queue<Task<DecidedRow[]>>();
        foreach (var some in Parsed(book, rows, import, cancellation).Chunk(RowsOfSnapshot))
        {
            window.Enqueue(Task.Run(() => Decide(store, rows, some, cancellation), cancellation));
            if (window.Count > (rows.IsInOrder ? 0 : Environment.ProcessorCount))
            {
                foreach (var row in window.Dequeue().GetAwaiter().GetResult())
                {
                    yield return row;
                }
            }
        }
        while (window.TryDequeue(out var last))
        {
            foreach (var row in last.GetAwaiter().GetResult())
            {
                yield return row;
            }
        }
    }

    private static DecidedRow[] Decide(CareerStore store, ImportRows rows, ParsedRow[] some, CancellationToken cancellation)
    {
        // Before the snapshot: of what is committed in between nothing is taken for seen.
        var commit = store.Gate.RecentWrites?.Visible;
        return store.Reader.InSnapshot(connection =>
        {
            var tx = new RecordTransaction(connection, store.Clock, store.Frameworks.Current, isRehearsal: true);
            return Array.ConvertAll(
                some,
                row =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    return new DecidedRow(row, Decide(tx, rows, row), commit, tx.Framework.Version);
                }
            );
        });
    }

    private static IEnumerable<ParsedRow> Parsed(Book book, ImportRows rows, Import import, CancellationToken cancellation)
    {
        foreach (var (sheet, header) in SheetsOf(book, rows, import.Mapping, cancellation).Value)
        {
            foreach (var row in book.Rows(sheet, cancellation).Where(r => r.Number > header.Row))
            {
                var refusals = new List<Refusal>();
                var content = rows.Read(new RowReader(header, row, refusals));
                yield return new(sheet, header, row.Number, refusals.Count > 0 ? null : content, refusals);
            }
        }
    }

    /// <summary>A row and what the record made of it, as a reader saw it.</summary>
    /// <param name="Commit">The last commit that it was sure to see; null where processes write side by side, or where nothing was decided yet.</param>
    private sealed record DecidedRow(ParsedRow Parsed, Outcome<RowDecision> Decision, long? Commit, int FrameworkVersion);

    public static Language LanguageOf(Import import) => import.Language == Language.Zh.Tag() ? Language.Zh : Language.En;

    /// <summary>A row that was read, not yet compared with the record.</summary>
    private sealed record ParsedRow(
        BookSheet Sheet,
        SheetHeader Header,
        int Number,
        object? Content,
        IReadOnlyList<Refusal> Refusals
    )
    {
        public RowProblem Problem(Refusal refusal, string column, Language language)
        {
            int? place = Header.Columns.TryGetValue(column, out var found) ? found : null;
            return new(
                Sheet.Name.Length > 0 ? PlainText.WithoutIdNumber(Sheet.Name) : null,
                Number,
                place is { } at ? CellAddress.Of(Number, at) : null,
                place is null ? null : column,
                refusal.Code.Code,
                PlainText.WithoutIdNumber(Problems.Problem.Text(refusal, language))
            );
        }
    }
}
