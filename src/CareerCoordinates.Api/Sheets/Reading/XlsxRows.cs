using System.Globalization;
using System.Text;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>The rows of one worksheet with content, as they come.</summary>
internal sealed class XlsxRows(
    PartReader part,
    SharedTexts texts,
    CellFormats formats,
    bool from1904,
    BookSheet? known,
    MergedCells? merges
)
{
    private readonly StringBuilder text = new();
    private readonly List<SheetCell> found = [];

    /// <summary>From 1; complete once the first row is there.</summary>
    public HashSet<int> HiddenColumns { get; } = [.. known?.HiddenColumns ?? new HashSet<int>()];

    /// <summary>Complete once the last row was read: the file names them after the rows.</summary>
    public MergedCells Merges { get; } = new();

    public IEnumerable<SheetRow> Read(CancellationToken cancellation)
    {
        var number = 0;
        while (part.Read())
        {
            if (!part.IsElement || part.Depth != 2)
            {
                continue;
            }
            switch (part.Name)
            {
                case "row":
                    cancellation.ThrowIfCancellationRequested();
                    number = NumberOf(number);
                    if (ReadRow(number) is { } row)
                    {
                        yield return row;
                    }
                    break;
                case "col" when known is null:
                    AddColumn();
                    break;
                case "mergeCell" when known is null:
                    if (!Merges.Add(part.Attribute("ref") ?? ""))
                    {
                        throw XlsxParts.Suspicious("合并单元格过多", "it has too many merged cells");
                    }
                    break;
            }
        }
        Merges.Sort();
    }

    private int NumberOf(int before)
    {
        if (part.Attribute("r") is not { } written)
        {
            return before + 1;
        }
        return
            int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > before
            && number <= CellAddress.LastRow
            ? number
            : throw BadBookException.Of(BookRefusals.Broken, $"row {Domain.PlainText.Quoted(written)}");
    }

    private void AddColumn()
    {
        if (part.Flag("hidden"))
        {
            for (var column = part.Number("min"); column <= Math.Min(part.Number("max"), SheetLimits.Columns); column++)
            {
                HiddenColumns.Add(column);
            }
        }
    }

    private SheetRow? ReadRow(int number)
    {
        if (part.IsEmpty)
        {
            return null;
        }
        found.Clear();
        var isHidden = part.Flag("hidden");
        var depth = part.Depth;
        var column = 0;
        while (part.ReadWithin(depth))
        {
            if (!part.IsElement || part.Name != "c" || part.Depth != depth + 1)
            {
                continue;
            }
            column = ColumnOf(number, column);
            var cell = ReadCell(number, column);
            if (!cell.HasContent && cell.Marks == CellMarks.None)
            {
                continue;
            }
            if (column > SheetLimits.Columns)
            {
                if (cell.HasContent)
                {
                    throw BadBookException.Of(
                        BookRefusals.TooManyColumns,
                        cell.Address,
                        CellAddress.Letters(SheetLimits.Columns)
                    );
                }
                continue;
            }
            found.Add(cell);
        }
        var last = found.FindLastIndex(cell => cell.HasContent);
        return last < 0 ? null : new SheetRow(number, number, isHidden, Whole(number, last, isHidden), merges);
    }

    private SheetCell[] Whole(int number, int last, bool isHidden)
    {
        var cells = new SheetCell[found[last].Column];
        var next = 0;
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = found[next].Column == i + 1 ? found[next++] : new(number, i + 1, CellKind.Empty, "");
            var marks = cell.Marks;
            if (isHidden || HiddenColumns.Contains(i + 1))
            {
                marks |= CellMarks.Hidden;
            }
            if (merges?.Origin(number, i + 1) is not null)
            {
                marks |= CellMarks.Covered;
            }
            cells[i] = cell with { Marks = marks };
        }
        return cells;
    }

    private int ColumnOf(int number, int before)
    {
        if (part.Attribute("r") is not { } written)
        {
            return before < CellAddress.LastColumn
                ? before + 1
                : throw BadBookException.Of(BookRefusals.Broken, CellAddress.Of(number, before + 1));
        }
        return CellAddress.TryParse(written, out var row, out var column) && row == number && column > before
            ? column
            : throw BadBookException.Of(BookRefusals.Broken, $"row {number}, cell {Domain.PlainText.Quoted(written)}");
    }

    private SheetCell ReadCell(int row, int column)
    {
        var type = part.Attribute("t");
        var shape = formats[part.Number("s")];
        var marks = CellMarks.None;
        var hasValue = false;
        text.Clear();
        if (!part.IsEmpty)
        {
            var depth = part.Depth;
            var isWhole = true;
            var inValue = false;
            while (part.ReadWithin(depth))
            {
                if (part.Depth == depth + 1)
                {
                    inValue = false;
                    if (part.IsElement && part.Name == "v")
                    {
                        (inValue, hasValue) = (!part.IsEmpty, true);
                    }
                    else if (part.IsElement && part.Name == "f")
                    {
                        marks |= CellMarks.Formula;
                    }
                    else if (part.IsElement && part.Name == "is")
                    {
                        hasValue = true;
                        isWhole &= SharedTexts.AddRich(part, text);
                    }
                }
                else if (inValue && part.Depth == depth + 2)
                {
                    isWhole &= part.AddText(text);
                }
                if (!isWhole)
                {
                    throw BadBookException.Of(BookRefusals.CellTooLong, CellAddress.Of(row, column), SheetLimits.CellText);
                }
            }
        }
        if (!hasValue && marks != CellMarks.None)
        {
            marks |= CellMarks.NotComputed;
        }
        return Cell(row, column, type, shape, marks);
    }

    private SheetCell Cell(int row, int column, string? type, NumberShape shape, CellMarks marks)
    {
        if (text.Length == 0)
        {
            return new(row, column, CellKind.Empty, "", marks);
        }
        switch (type)
        {
            case "s":
                var shared = int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                    ? texts[index]
                    : null;
                return Text(
                    shared ?? throw BadBookException.Of(BookRefusals.Broken, $"{CellAddress.Of(row, column)}, sharedStrings")
                );
            case "str" or "inlineStr":
                return Text(SharedTexts.Unescaped(text));
            case "b":
                return new(row, column, CellKind.Flag, text.ToString() is "1" or "true" ? "TRUE" : "FALSE", marks);
            case "e":
                return new(row, column, CellKind.Error, text.ToString(), marks);
            case "d":
                return new(row, column, CellKind.Day, IsoDay(text.ToString()), marks);
        }
        var written = text.ToString().Trim();
        if (
            !double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number)
        )
        {
            return Text(written);
        }
        var (shown, isDay) = shape.Show(number, from1904);
        if (!isDay && Math.Abs(number) >= 1e15)
        {
            marks |= CellMarks.DigitsLost;
        }
        if (from1904)
        {
            marks |= CellMarks.From1904;
        }
        return new(row, column, isDay ? CellKind.Day : CellKind.Number, shown, marks);

        SheetCell Text(string said) =>
            string.IsNullOrWhiteSpace(said)
                ? new(row, column, CellKind.Empty, "", marks)
                : new(row, column, CellKind.Text, said, marks);
    }

    /// <summary>Of the strict form of the standard: <c>2020-11-30T00:00:00</c>; midnight is no time that was typed.</summary>
    private static string IsoDay(string written)
    {
        var day = written.TrimEnd('Z').Replace('T', ' ');
        return day.EndsWith(" 00:00:00", StringComparison.Ordinal) || day.EndsWith(" 00:00:00.000", StringComparison.Ordinal)
            ? day[..day.IndexOf(' ', StringComparison.Ordinal)]
            : day;
    }
}
