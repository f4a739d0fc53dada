namespace CareerCoordinates.Data.Moves;

/// <summary>Where a record is moved to. Until <see cref="Complete"/> nobody sees anything of it, and what is disposed of before leaves nothing behind.</summary>
public abstract class MoveTarget : IDisposable
{
    /// <summary>For people.</summary>
    public abstract string Name { get; }

    /// <summary>The same text for the same place, however it is written.</summary>
    public abstract string Identity { get; }

    /// <summary>Whether it could take a record; writes nothing.</summary>
    /// <exception cref="MoveException">It cannot: it is not empty, say, or cannot be reached.</exception>
    public abstract void Check();

    /// <summary>Makes what the tables need.</summary>
    /// <exception cref="MoveException">As for <see cref="Check"/>.</exception>
    public abstract void Begin();

    /// <summary>Copies a table, and answers what was read.</summary>
    internal abstract TableContent Take(MovedTable table, MoveSource source, MoveWatch watch);

    /// <summary>When all tables are copied: builds what follows from them.</summary>
    internal virtual void Finish(MoveWatch watch) { }

    /// <summary>Reads a table back.</summary>
    internal abstract TableContent Read(MovedTable table, MoveWatch watch);

    /// <summary>Makes it known, durably.</summary>
    /// <param name="contents">What was moved, table by table.</param>
    internal abstract void Complete(IReadOnlyList<TableContent> contents);

    public abstract void Dispose();
}
