using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Imports;

/// <summary>A row that was read, not yet compared with the record.</summary>
/// <param name="Content">As far as it could be read.</param>
internal sealed record ParsedRow(
    BookSheet Sheet,
    SheetHeader Header,
    int Number,
    object? Content,
    IReadOnlyList<Refusal> Refusals
)
{
    private static readonly WarningCode NoHeader = new(
        "cell-without-header",
        "'{0}' stands under no header and is not read. If a comma has split a text, put the text in quotes.",
        "“{0}”所在的列没有表头，不会导入。如因文字中有逗号而被拆开，请给整段文字加上引号。"
    );

    /// <summary>The first cell with content above which no header stands; null where there is none.</summary>
    public SheetCell? WithoutHeader { get; init; }

    public RowProblem Problem(Refusal refusal, ImportRows rows) =>
        Problem(refusal.Code.Code, new(refusal.Zh, refusal.En), rows.ColumnAt(refusal.Pointer));

    public RowProblem Problem(Warning warning, ImportRows rows) =>
        Problem(warning.Code.Code, new(warning.Zh, warning.En), rows.ColumnAt(warning.Pointer));

    /// <summary>What was typed and is not read is told: it may be the rest of a text that a comma has split.</summary>
    public IReadOnlyList<RowProblem> NotRead()
    {
        if (WithoutHeader is not { } cell)
        {
            return [];
        }
        var warning = new Warning(NoHeader, "", null, PlainText.Quoted(cell.Text.Trim()));
        return [Problem(NoHeader.Code, new(warning.Zh, warning.En), null) with { Cell = CellAddress.Of(Number, cell.Column) }];
    }

    /// <param name="column">Null: it is the row as a whole, and the first cell stands for it; one that the sheet does not have is named in the text.</param>
    private RowProblem Problem(string code, Name said, ImportColumn? column)
    {
        var isThere = Header.Columns.TryGetValue(column?.Code ?? "", out var place);
        var isNamed = column is not null && !isThere;
        return new(
            Sheet.Name.Length > 0 ? PlainText.WithoutIdNumber(Sheet.Name) : null,
            Number,
            CellAddress.Of(Number, isThere ? place : Header.Columns.Values.Min()),
            column?.Code,
            column?.Name,
            code,
            new(
                PlainText.WithoutIdNumber(isNamed ? $"“{column!.Zh}”列：{said.Zh}" : said.Zh),
                PlainText.WithoutIdNumber(isNamed ? $"Column '{column!.En}': {said.En}" : said.En)
            )
        );
    }
}

/// <summary>A row and what the record made of it, as a reader saw it. Many wait in memory, so none keeps a long record.</summary>
/// <param name="Commit">The last commit that it was sure to see; null where processes write side by side, or where nothing was decided yet.</param>
/// <param name="Worker">Who is meant, where nothing is to be written.</param>
internal sealed record DecidedRow(
    ParsedRow Parsed,
    Outcome<RowDecision> Decision,
    long? Commit,
    int FrameworkVersion,
    Guid? Worker = null
);

/// <summary>The rows of a book, and what the record makes of each.</summary>
internal static class DecidedRows
{
    /// <summary>Rows that one snapshot serves: a reader that stays for minutes keeps old pages from being written back.</summary>
    private const int RowsOfSnapshot = 128;

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
            else if (refusals.TrueForAll(r => r.Code == HeaderRow.NotFound))
            {
                // Of the first sheet that has some headers, or of the first: what stands in another is nothing to be mended.
                if (refusals.Count == 0 || header.Refusals[0].Code != HeaderRow.NotFound)
                {
                    refusals = [.. header.Refusals];
                }
            }
        }
        // One header alone is a word in a text where another sheet has several: the explanations of a template, say.
        var sure = found.Where(one => one.Item2.Columns.Values.Distinct().Count() > 1).ToList();
        return sure.Count > 0 ? sure
            : found.Count > 0 ? found
            : refusals.Count > 0 ? refusals
            : new Refusal(BookRefusals.NoContent, "");
    }

    /// <summary>What the record makes of each row, in the order of the file; some rows at a time, on all processors where they do not rest on each other, each in a snapshot.</summary>
    /// <param name="isRehearsal">Nothing is written by them, so nothing is kept to write it.</param>
    public static IEnumerable<DecidedRow> Decided(
        CareerStore store,
        Book book,
        ImportRows rows,
        Import import,
        bool isRehearsal,
        CancellationToken cancellation
    )
    {
        var window = new Queue<Task<DecidedRow[]>>();
        foreach (var some in Parsed(book, rows, import, cancellation).Chunk(RowsOfSnapshot))
        {
            window.Enqueue(Task.Run(() => Decide(store, rows, some, isRehearsal, cancellation), cancellation));
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

    private static DecidedRow[] Decide(
        CareerStore store,
        ImportRows rows,
        ParsedRow[] some,
        bool isRehearsal,
        CancellationToken cancellation
    )
    {
        // Before the snapshot: of what is committed in between nothing is taken for seen.
        var commit = store.Gate.RecentWrites?.Visible;
        return store.Reader.InSnapshot(connection =>
        {
            var tx = new RecordTransaction(connection, store.Clock, store.Frameworks.Current, isRehearsal: true);
            ReadAhead(tx, rows, some);
            return Array.ConvertAll(
                some,
                row =>
                {
                    cancellation.ThrowIfCancellationRequested();
                    var decision = Decide(tx, rows, row);
                    var worker = decision.IsRefused ? null : decision.Value.Worker;
                    return isRehearsal ? new DecidedRow(row, Told(decision), null, 0, worker?.Id)
                        : worker is { IsLong: true } ? Undecided(row)
                        : new DecidedRow(row, decision, commit, tx.Framework.Version);
                }
            );
        });
    }

    /// <summary>To be decided where it is written.</summary>
    public static DecidedRow Undecided(ParsedRow row) => new(row, default, null, 0);

    /// <summary>What is told of a decision, without what it was made from.</summary>
    private static Outcome<RowDecision> Told(Outcome<RowDecision> decision) =>
        decision.IsRefused ? decision : decision.Value with { Save = null, Worker = null };

    /// <inheritdoc cref="ImportRows.ReadAhead"/>
    public static void ReadAhead(RecordTransaction tx, ImportRows rows, IEnumerable<ParsedRow> some)
    {
        if (!tx.Connection.Engine.HasOneWriter)
        {
            rows.ReadAhead(tx, [.. some.Where(row => row.Refusals.Count == 0).Select(row => row.Content).OfType<object>()]);
        }
    }

    public static IEnumerable<ParsedRow> Parsed(Book book, ImportRows rows, Import import, CancellationToken cancellation)
    {
        foreach (var (sheet, header) in SheetsOf(book, rows, import.Mapping, cancellation).Value)
        {
            var headed = header.Columns.Values.Concat(header.Unknown.Select(cell => cell.Column)).ToHashSet();
            foreach (var row in book.Rows(sheet, cancellation).Where(r => r.Number > header.Row))
            {
                var refusals = new List<Refusal>();
                var reader = new RowReader(header, row, refusals);
                if (rows.IsExample(reader))
                {
                    continue;
                }
                var content = rows.Read(reader);
                yield return new(sheet, header, row.Number, content, refusals) { WithoutHeader = WithoutHeader(row, headed) };
            }
        }
    }

    private static SheetCell? WithoutHeader(SheetRow row, HashSet<int> headed)
    {
        foreach (var cell in row.Cells)
        {
            if (cell.HasContent && !headed.Contains(cell.Column))
            {
                return cell;
            }
        }
        return null;
    }

    public static Outcome<RowDecision> Decide(RecordTransaction tx, ImportRows rows, ParsedRow row) =>
        row is { Content: { } content, Refusals.Count: 0 } ? rows.Decide(tx, content) : Wrong(tx, rows, row);

    private static List<Refusal> Wrong(RecordTransaction tx, ImportRows rows, ParsedRow row)
    {
        var refused = row.Refusals.Select(refusal => rows.ColumnAt(refusal.Pointer)?.Code).OfType<string>().ToHashSet();
        var also = row.Content is { } content ? rows.AlsoWrong(tx, content, refused) : [];
        return
        [
            .. row.Refusals,
            .. also.Where(refusal => rows.ColumnAt(refusal.Pointer) is not { } column || !refused.Contains(column.Code)),
        ];
    }
}
