using System.Text;
using System.Text.RegularExpressions;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>A CSV: one sheet without a name.</summary>
internal sealed partial class CsvBook : Book
{
    private static readonly char[] Separators = [',', '\t', ';'];

    private readonly Stream file;
    private readonly CsvEncoding encoding;

    private CsvBook(Stream file, CsvEncoding encoding, char separator, BookSheet sheet)
        : base([sheet])
    {
        this.file = file;
        this.encoding = encoding;
        Separator = separator;
    }

    public override string Extension => Separator == '\t' ? ".tsv" : ".csv";

    public override string? Encoding => encoding.Name;

    public override char? Separator { get; }

    public static CsvBook Read(Stream file, CancellationToken cancellation)
    {
        var encoding = CsvEncoding.Of(file, cancellation);
        var separator = SeparatorOf(file, encoding);
        var (rows, last) = (0, 0);
        using var text = encoding.Open(file);
        foreach (var row in RowsOf(new CsvRecords(text, separator), cancellation))
        {
            rows++;
            last = Math.Max(last, row.Cells.Count);
        }
        if (rows == 0)
        {
            throw BadBookException.Of(BookRefusals.NoContent);
        }
        var sheet = new BookSheet(0, "", false, rows, last, new HashSet<int>());
        RefuseTooManyRows([sheet]);
        return new CsvBook(file, encoding, separator, sheet);
    }

    public override IEnumerable<SheetRow> Rows(BookSheet sheet, CancellationToken cancellation)
    {
        using var text = encoding.Open(file);
        foreach (var row in RowsOf(new CsvRecords(text, Separator!.Value), cancellation))
        {
            yield return row;
        }
    }

    public override void WriteResult(Stream output, Func<BookSheet, Func<int, string?>?> textsOf, CancellationToken cancellation)
    {
        var textOf = textsOf(Sheets[0]) ?? (_ => null);
        output.Write(encoding.Mark);
        using var text = encoding.Open(file);
        using var writer = new StreamWriter(output, WithoutMark(encoding.Encoding), 1 << 16, leaveOpen: true);
        var records = new CsvRecords(text, Separator!.Value);
        while (records.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            var raw = records.Raw;
            var after = Math.Min(Sheets[0].LastColumn, records.Fields.Count);
            var result = records.Number > 0 ? textOf(records.Number) : null;
            // From the right: what stands further left keeps its place.
            for (var i = records.Fields.Count - 1; i >= 0; i--)
            {
                if (i == after - 1 && result is not null)
                {
                    raw.Insert(records.Ends[i], new string(Separator!.Value, Sheets[0].LastColumn - after + 1) + Field(result));
                }
                if (CellText.IsDangerous(records.Fields[i]) && !Harmless().IsMatch(records.Fields[i]))
                {
                    var start = i == 0 ? 0 : records.Ends[i - 1] + 1;
                    raw.Remove(start, records.Ends[i] - start).Insert(start, Field(records.Fields[i]));
                }
            }
            writer.Write(raw);
        }
    }

    /// <summary>A number with its sign, or the sign alone that people write for "nothing": no spreadsheet computes anything from it.</summary>
    [GeneratedRegex(@"^[+-](?:[0-9]+(?:\.[0-9]+)?)?\z")]
    private static partial Regex Harmless();

    private static IEnumerable<SheetRow> RowsOf(CsvRecords records, CancellationToken cancellation)
    {
        while (records.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            var used = records.Fields.Count;
            while (used > 0 && string.IsNullOrWhiteSpace(records.Fields[used - 1]))
            {
                used--;
            }
            if (used == 0)
            {
                continue;
            }
            var cells = new SheetCell[used];
            for (var i = 0; i < used; i++)
            {
                var text = records.Fields[i];
                var kind = string.IsNullOrWhiteSpace(text) ? CellKind.Empty : CellKind.Text;
                cells[i] = new(records.Number, i + 1, kind, kind == CellKind.Empty ? "" : text);
            }
            yield return new SheetRow(records.Number, records.Line, false, cells);
        }
    }

    /// <summary>The one by which most of the first records have equally many cells, more than one.</summary>
    private static char SeparatorOf(Stream file, CsvEncoding encoding)
    {
        var sample = new char[1 << 16];
        using var text = encoding.Open(file);
        var start = sample.AsSpan(0, text.ReadBlock(sample));
        if (start.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && start.Length > 4 && Separators.Contains(start[4]))
        {
            return start[4];
        }
        var records = new List<int[]> { new int[Separators.Length] };
        var isQuoted = false;
        foreach (var letter in start)
        {
            isQuoted ^= letter == '"';
            if (!isQuoted && letter is ('\n' or '\r'))
            {
                records.Add(new int[Separators.Length]);
            }
            else if (!isQuoted && Array.IndexOf(Separators, letter) is var found and >= 0)
            {
                records[^1][found]++;
            }
        }
        return Separators[Enumerable.Range(0, Separators.Length).MaxBy(i => Agreement(records.Select(record => record[i])))];
    }

    private static int Agreement(IEnumerable<int> counts) =>
        counts.Where(count => count > 0).GroupBy(count => count).Select(same => same.Count() * same.Key).DefaultIfEmpty().Max();

    private string Field(string text)
    {
        var neutral = CellText.Neutral(text);
        return neutral.AsSpan().IndexOfAny(['"', '\r', '\n', Separator!.Value]) < 0
            ? neutral
            : '"' + neutral.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
    }

    private static Encoding WithoutMark(Encoding encoding) =>
        encoding is UnicodeEncoding wide && wide.CodePage == 1201 ? new UnicodeEncoding(true, false)
        : encoding is UnicodeEncoding ? new UnicodeEncoding(false, false)
        : encoding;
}
