using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Data.Engines;

/// <summary>Takes the rows of one table, one after the other; what it has taken is there after <see cref="Complete"/>.</summary>
public abstract class TableWriter : IDisposable
{
    /// <param name="values">In the order of the columns.</param>
    public abstract void Write(object?[] values);

    public abstract void Complete();

    public abstract void Dispose();
}

/// <summary>One prepared command, again and again.</summary>
internal sealed class SqliteTableWriter(RecordConnection connection, TableColumns table) : TableWriter
{
    private readonly Statement insert = connection.Engine.Prepare(connection.Connection, table.InsertSql, table.Kinds);

    public override void Write(object?[] values) => insert.Execute(connection.Transaction, values);

    public override void Complete() { }

    public override void Dispose() => insert.Dispose();
}
