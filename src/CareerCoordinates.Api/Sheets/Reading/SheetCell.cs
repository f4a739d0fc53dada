using System.Globalization;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>What a cell holds.</summary>
public enum CellKind
{
    Empty,
    Text,

    /// <summary>A number; its text has Latin digits and a point, no separators and no exponent.</summary>
    Number,

    /// <summary>A number shown as a day, month, year or time; its text is <c>2020-11-30</c>, <c>2020-11</c>, <c>2020</c>, <c>2020-11-30 08:15:00</c> or <c>08:15:00</c>.</summary>
    Day,

    /// <summary>TRUE or FALSE.</summary>
    Flag,

    /// <summary>What a formula could not compute: its text is <c>#N/A</c>, <c>#REF!</c>…</summary>
    Error,
}

/// <summary>What else is to be known about a cell.</summary>
[Flags]
public enum CellMarks
{
    None = 0,

    /// <summary>Computed; the value is the one that the spreadsheet kept.</summary>
    Formula = 1,

    /// <summary>Computed, but no value was kept: the file was not written by a spreadsheet. The kind is Empty.</summary>
    NotComputed = 2,

    /// <summary>A number of 16 digits or more: a spreadsheet keeps 15, so that the last ones are not those that were typed.</summary>
    DigitsLost = 4,

    /// <summary>In an area of merged cells, and not its first one, which alone has the value.</summary>
    Covered = 8,

    /// <summary>The row, or the column, is hidden.</summary>
    Hidden = 16,

    /// <summary>In a workbook that counts its days from 1904.</summary>
    From1904 = 32,
}

/// <summary>One cell.</summary>
/// <param name="Row">From 1, as the spreadsheet shows it; in a CSV, the record.</param>
/// <param name="Column">From 1, which is A.</param>
/// <param name="Text">
/// What a person sees, apart from rounding and separators: numbers are whole. As it was typed, blanks included. Empty where there is nothing.
/// </param>
public readonly record struct SheetCell(int Row, int Column, CellKind Kind, string Text, CellMarks Marks = CellMarks.None)
{
    /// <summary>As a person says it: <c>C17</c>.</summary>
    public string Address => CellAddress.Of(Row, Column);

    public bool Is(CellMarks mark) => (Marks & mark) != 0;

    /// <summary>Whether somebody put something here.</summary>
    public bool HasContent => Kind != CellKind.Empty || Is(CellMarks.NotComputed);
}

/// <summary>A row with content.</summary>
public sealed class SheetRow
{
    private readonly SheetCell[] cells;
    private readonly MergedCells? merges;

    /// <param name="cells">That of column A first; those that are not in the file are empty.</param>
    internal SheetRow(int number, int line, bool hidden, SheetCell[] cells, MergedCells? merges = null)
    {
        Number = number;
        Line = line;
        Hidden = hidden;
        this.cells = cells;
        this.merges = merges;
    }

    /// <summary>From 1, as the spreadsheet shows it; in a CSV, the record (a blank line is one, too).</summary>
    public int Number { get; }

    /// <summary>In a CSV the line of the file on which the record begins: later than its number after a cell of several lines. In a workbook the number.</summary>
    public int Line { get; }

    public bool Hidden { get; }

    /// <summary>From A to the last one with content.</summary>
    public IReadOnlyList<SheetCell> Cells => cells;

    /// <summary>The cell in a column, from 1; an empty one beyond the last.</summary>
    public SheetCell this[int column] =>
        column <= cells.Length ? cells[column - 1]
        : merges?.Origin(Number, column) is not null ? new(Number, column, CellKind.Empty, "", CellMarks.Covered)
        : new(Number, column, CellKind.Empty, "");

    /// <summary>The place of the first cell of the merged area that covers a cell, or null where none does.</summary>
    public (int Row, int Column)? OriginOf(int column) => merges?.Origin(Number, column);
}

/// <summary>Addresses as people and files write them.</summary>
public static class CellAddress
{
    public const int LastRow = 1_048_576;
    public const int LastColumn = 16_384;

    /// <summary><c>C17</c> for row 17, column 3.</summary>
    public static string Of(int row, int column) => Letters(column) + row.ToString(CultureInfo.InvariantCulture);

    /// <summary>A, B … Z, AA … XFD.</summary>
    public static string Letters(int column)
    {
        var letters = "";
        for (; column > 0; column = (column - 1) / 26)
        {
            letters = (char)('A' + (column - 1) % 26) + letters;
        }
        return letters;
    }

    /// <summary>Reads <c>C17</c> or <c>$C$17</c>; false for what is none or lies outside a sheet.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out int row, out int column)
    {
        (row, column) = (0, 0);
        var i = Skip(text, 0);
        for (; i < text.Length && char.IsAsciiLetter(text[i]) && column <= LastColumn; i++)
        {
            column = column * 26 + (text[i] | 0x20) - 'a' + 1;
        }
        i = Skip(text, i);
        var first = i;
        for (; i < text.Length && char.IsAsciiDigit(text[i]) && row <= LastRow; i++)
        {
            row = row * 10 + text[i] - '0';
        }
        return i == text.Length && i > first && row is >= 1 and <= LastRow && column is >= 1 and <= LastColumn;

        static int Skip(ReadOnlySpan<char> text, int i) => i < text.Length && text[i] == '$' ? i + 1 : i;
    }
}
