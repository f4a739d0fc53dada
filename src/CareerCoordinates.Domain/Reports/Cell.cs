namespace CareerCoordinates.Domain.Reports;

/// <summary>
/// Who is in a cell of a table, as far as a protected count needs it: how many distinct workers, and the sum modulo 2⁶⁴ of
/// their record keys (<see cref="ProtectedCounts.RecordKey"/>). Each worker is added once, whatever brought him in.
/// </summary>
public readonly record struct Cell(int Count, ulong KeySum)
{
    /// <summary>This cell and one worker more, who is not in it yet.</summary>
    public Cell With(ulong recordKey) => new(Count + 1, unchecked(KeySum + recordKey));

    /// <summary>The workers of two cells that share none.</summary>
    public static Cell operator +(Cell one, Cell other) => one.Add(other);

    /// <summary>The workers of a cell without those of another, who are all in it.</summary>
    public static Cell operator -(Cell all, Cell some) => all.Subtract(some);

    public Cell Add(Cell other) => new(Count + other.Count, unchecked(KeySum + other.KeySum));

    public Cell Subtract(Cell some) => new(Count - some.Count, unchecked(KeySum - some.KeySum));
}
