using System.Text.RegularExpressions;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>A column that is looked for.</summary>
/// <param name="Names">All by which people call it, in both languages, the most usual first; its code is always one.</param>
public sealed record KnownColumn(string Code, IReadOnlyList<string> Names, bool Required = false)
{
    /// <summary>Names that may mean it where no other header does, and none of <see cref="InPlaceOf"/> is there.</summary>
    public IReadOnlyList<string> Perhaps { get; init; } = [];

    /// <summary>Codes of columns that serve as well.</summary>
    public IReadOnlyList<string> InPlaceOf { get; init; } = [];
}

/// <summary>The headers of a sheet.</summary>
/// <param name="Row">The row in which they stand.</param>
/// <param name="Columns">The column of each code that was found, from 1. Two codes that have a name in common share one.</param>
/// <param name="Unknown">Headers that nobody knows; what stands below them is not read.</param>
public sealed record SheetHeader(int Row, IReadOnlyDictionary<string, int> Columns, IReadOnlyList<SheetCell> Unknown)
{
    /// <summary>Codes of the columns whose header only may mean them.</summary>
    public IReadOnlySet<string> Guessed { get; init; } = new HashSet<string>();

    /// <summary>The cell of a row under a header; null where the sheet has no such column.</summary>
    public SheetCell? In(SheetRow row, string code) => Columns.TryGetValue(code, out var column) ? row[column] : null;
}

/// <summary>
/// Finds the headers: the row, among the first with content, that has most of the names looked for. Titles and notes may stand above it, and
/// headers that are merged with the row above count. A star, blanks and capitals make no difference; what stands in brackets only where it is
/// the code of a column and the rest could mean several, or none.
/// </summary>
public static partial class HeaderRow
{
    public static readonly RefusalCode NotFound = new(
        "headers-not-found",
        RefusalKind.Shape,
        "None of the first {0} rows has the headers. Looked for were: {1}.",
        "前 {0} 行中没有找到表头。查找的列名：{1}。"
    );
    public static readonly RefusalCode Missing = new(
        "column-missing",
        RefusalKind.Shape,
        "There is no column '{0}' (also: {1}) among the headers in row {2}. Add it, or rename the header that means it (at the API a mapping can say so, too).",
        "第 {2} 行表头中没有“{0}”列（也可写作：{1}）。请补上该列，或将相应的表头改为该列名（调用接口的也可用 mapping 指明）。"
    );
    public static readonly RefusalCode Twice = new(
        "column-twice",
        RefusalKind.Shape,
        "Two headers mean '{0}': {1}. Rename or delete one.",
        "有两个表头都表示“{0}”：{1}。请改名或删除其一。"
    );
    public static readonly RefusalCode MappingUnknown = new(
        "mapping-code-unknown",
        RefusalKind.Shape,
        "The mapping leads to '{0}', which is no column here. Possible: {1}.",
        "映射指向的“{0}”不是此处的列。可用：{1}。"
    );
    public static readonly RefusalCode MappingUnused = new(
        "mapping-header-missing",
        RefusalKind.Shape,
        "The mapping names the header '{0}', which is not in row {1}. Write it as it stands in the sheet.",
        "映射中的表头“{0}”不在第 {1} 行。请按表中原样填写。"
    );

    /// <summary>How surely a header means a column.</summary>
    private enum Fit
    {
        None,
        Perhaps,
        WithoutBrackets,
        Whole,
        Mapped,
    }

    /// <param name="rows">From the top; no more are asked for than <see cref="SheetLimits.RowsToHeader"/>.</param>
    /// <param name="mapping">Code by header, where the caller says so himself; it goes before names.</param>
    public static Outcome<SheetHeader> Find(
        IEnumerable<SheetRow> rows,
        IReadOnlyList<KnownColumn> known,
        IReadOnlyDictionary<string, string>? mapping = null
    )
    {
        var codes = string.Join(", ", known.Select(column => column.Code));
        var mapped = new Dictionary<string, string>();
        foreach (var (header, code) in mapping ?? new Dictionary<string, string>())
        {
            if (known.All(column => column.Code != code))
            {
                return new Refusal(MappingUnknown, "/mapping", PlainText.Quoted(code), codes);
            }
            mapped[SheetValue.Alike(header)] = code;
        }
        var names = new Names(known, mapped);
        List<SheetCell>? best = null;
        var most = 0;
        var above = new List<SheetRow>();
        foreach (var row in rows.Take(SheetLimits.RowsToHeader))
        {
            var headers = Headers(row, above);
            var score = headers.SelectMany(names.Of).Select(one => one.Code).Distinct().Count();
            if (score > most)
            {
                (best, most) = (headers, score);
            }
            above.Add(row);
        }
        return best is null
            ? new Refusal(NotFound, "", SheetLimits.RowsToHeader, string.Join(" / ", known.Select(column => Said(column))))
            : Read(best, known, names, mapping);
    }

    private static Outcome<SheetHeader> Read(
        List<SheetCell> headers,
        IReadOnlyList<KnownColumn> known,
        Names names,
        IReadOnlyDictionary<string, string>? mapping
    )
    {
        var row = headers[0].Row;
        var refusals = new List<Refusal>();
        var columns = new Dictionary<string, int>();
        var guessed = new List<KnownColumn>();
        foreach (var column in known)
        {
            var fits = headers
                .Select(cell =>
                    (
                        cell,
                        fit: names.Of(cell).Where(one => one.Code == column.Code).Select(one => one.Fit).DefaultIfEmpty().Max()
                    )
                )
                .Where(one => one.fit != Fit.None)
                .ToList();
            var surest = fits.Where(one => one.fit == fits.Max(other => other.fit)).Select(one => one.cell).ToList();
            if (surest.Count > 1)
            {
                var places = surest.Select(cell => $"{cell.Address} '{PlainText.Quoted(cell.Text.Trim())}'");
                refusals.Add(new(Twice, surest[1].Address, Said(column), string.Join(", ", places)));
            }
            else if (surest.Count == 1)
            {
                columns[column.Code] = surest[0].Column;
                if (fits.Max(one => one.fit) == Fit.Perhaps)
                {
                    guessed.Add(column);
                }
            }
            else if (column.Required)
            {
                var others = column.Names.Skip(1).Append(column.Code).Distinct();
                refusals.Add(new(Missing, "", Said(column), string.Join(", ", others), row));
            }
        }
        foreach (var column in guessed.Where(one => one.InPlaceOf.Any(columns.ContainsKey)))
        {
            columns.Remove(column.Code);
        }
        var there = headers.Select(cell => SheetValue.Alike(cell.Text)).ToHashSet();
        refusals.AddRange(
            (mapping ?? new Dictionary<string, string>())
                .Keys.Where(header => !there.Contains(SheetValue.Alike(header)))
                .Select(header => new Refusal(MappingUnused, "/mapping", PlainText.Quoted(header), row))
        );
        return refusals.Count > 0
            ? refusals
            : new SheetHeader(row, columns, [.. headers.Where(cell => !columns.ContainsValue(cell.Column))])
            {
                Guessed = guessed.Select(column => column.Code).ToHashSet(),
            };
    }

    /// <summary>The cells of a row with text; under a cell that is merged with one of the rows above, that one's text.</summary>
    private static List<SheetCell> Headers(SheetRow row, List<SheetRow> above)
    {
        var headers = new List<SheetCell>();
        foreach (var cell in row.Cells)
        {
            var origin = cell.Kind == CellKind.Empty ? row.OriginOf(cell.Column) : null;
            var text =
                origin is { } first && first.Column == cell.Column
                    ? above.Find(other => other.Number == first.Row)?[cell.Column].Text ?? ""
                    : cell.Text;
            if (!string.IsNullOrWhiteSpace(text))
            {
                headers.Add(cell with { Text = text });
            }
        }
        return headers;
    }

    private static string Said(KnownColumn column) => column.Names.Count > 0 ? column.Names[0] : column.Code;

    /// <summary>Which columns a header can mean.</summary>
    private sealed class Names(IReadOnlyList<KnownColumn> known, Dictionary<string, string> mapped)
    {
        private readonly ILookup<string, string> codes = known
            .SelectMany(column =>
                column.Names.Append(column.Code).Select(SheetValue.Alike).Distinct().Select(name => (name, column.Code))
            )
            .ToLookup(one => one.name, one => one.Code);

        private readonly HashSet<string> all = [.. known.Select(column => column.Code)];

        private readonly ILookup<string, string> perhaps = known
            .SelectMany(column => column.Perhaps.Select(name => (name: SheetValue.Alike(name), column.Code)))
            .ToLookup(one => one.name, one => one.Code);

        public IEnumerable<(string Code, Fit Fit)> Of(SheetCell header)
        {
            var whole = SheetValue.Alike(header.Text);
            if (mapped.TryGetValue(whole, out var code))
            {
                return [(code, Fit.Mapped)];
            }
            if (codes.Contains(whole))
            {
                return codes[whole].Select(one => (one, Fit.Whole));
            }
            var text = PlainText.Alike(header.Text);
            var bare = SheetValue.Alike(Brackets().Replace(text, ""));
            var inBrackets = Brackets().Matches(text).Select(found => found.Value[1..^1]);
            if (codes[bare].Count() != 1 && inBrackets.FirstOrDefault(all.Contains) is { } named)
            {
                return [(named, Fit.Whole)];
            }
            return codes.Contains(bare)
                ? codes[bare].Select(one => (one, Fit.WithoutBrackets))
                : perhaps[bare].Select(one => (one, Fit.Perhaps));
        }
    }

    [GeneratedRegex(@"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")]
    private static partial Regex Brackets();
}
