namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>The merged areas of a sheet, within the columns that are read.</summary>
internal sealed class MergedCells
{
    private readonly record struct Area(int Row, int Column, int LastRow);

    /// <summary>By the column, from 1. Areas do not overlap in what a spreadsheet writes; if they do, the one that begins lower counts.</summary>
    private readonly List<Area>?[] columns = new List<Area>?[SheetLimits.Columns + 1];

    private int pieces;

    /// <summary>The furthest right column of an area; 0 without any.</summary>
    public int LastColumn { get; private set; }

    /// <param name="reference">As the file has it: <c>B2:D5</c>. What is none is left out: a merge changes no value.</param>
    /// <returns>False when there are more than are read.</returns>
    public bool Add(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        if (
            colon < 0
            || !CellAddress.TryParse(reference.AsSpan(0, colon), out var row, out var column)
            || !CellAddress.TryParse(reference.AsSpan(colon + 1), out var lastRow, out var lastColumn)
            || lastColumn > SheetLimits.Columns
        )
        {
            return true;
        }
        for (var i = column; i <= lastColumn; i++)
        {
            (columns[i] ??= []).Add(new(row, column, lastRow));
        }
        LastColumn = Math.Max(LastColumn, lastColumn);
        pieces += lastColumn - column + 1;
        return pieces <= SheetLimits.Merges;
    }

    /// <summary>Once all are added, before the first question.</summary>
    public void Sort()
    {
        foreach (var column in columns)
        {
            column?.Sort((a, b) => a.Row.CompareTo(b.Row));
        }
    }

    /// <summary>The first cell of the area that covers this one; null where none does, and for the first one itself.</summary>
    public (int Row, int Column)? Origin(int row, int column)
    {
        if (column > SheetLimits.Columns || columns[column] is not { } areas)
        {
            return null;
        }
        var (low, high) = (0, areas.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = areas[middle].Row <= row ? (middle + 1, high) : (low, middle);
        }
        return low > 0 && areas[low - 1] is var area && row <= area.LastRow && (area.Row, area.Column) != (row, column)
            ? (area.Row, area.Column)
            : null;
    }
}
