namespace CareerCoordinates.Data.Moves;

/// <param name="values">In the order of the columns; the array is used again for the next row.</param>
/// <param name="line">The row as text, with the end of its line; valid until the next row.</param>
internal delegate void MovedRow(object?[] values, ReadOnlySpan<byte> line);

/// <summary>Where a record is moved from.</summary>
public abstract class MoveSource : IDisposable
{
    /// <summary>For people.</summary>
    public abstract string Name { get; }

    /// <summary>The same text for the same place, however it is written.</summary>
    public abstract string Identity { get; }

    /// <summary>How many bytes it takes there.</summary>
    public abstract long Size { get; }

    /// <summary>From here on one state is read.</summary>
    /// <exception cref="MoveException">Somebody writes to it.</exception>
    public abstract void Begin();

    /// <summary>How many rows each table has, in the order of <see cref="MovedTables.All"/>.</summary>
    public abstract IReadOnlyList<long> CountRows();

    /// <summary>Tells the rows of a table in the order of its key, and answers what it holds.</summary>
    internal abstract TableContent Read(MovedTable table, MoveWatch watch, MovedRow tell);

    public abstract void Dispose();
}
