using System.Data.Common;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

public enum ColumnKind
{
    Id,
    Text,
    Int,
    Big,
    Day,
    Flag,
    Bytes,
}

/// <summary>A table as the prepared commands see it: its columns with their kinds, in the order in which they are written and read.</summary>
public sealed record TableColumns(string Table, params (string Name, ColumnKind Kind)[] Columns)
{
    public string Names => string.Join(", ", Columns.Select(c => c.Name));

    public string InsertSql => $"INSERT INTO {Table} ({Names}) VALUES ({string.Join(", ", Columns.Select((_, i) => $"@p{i}"))})";

    public ColumnKind[] Kinds => [.. Columns.Select(c => c.Kind)];
}

/// <summary>A prepared command on one connection; parameters are <c>@p0</c>, <c>@p1</c>… Not for two threads at a time.</summary>
public sealed class Statement : IDisposable
{
    private readonly Engine engine;
    private readonly DbCommand command;

    public Statement(Engine engine, DbConnection connection, string sql, params ReadOnlySpan<ColumnKind> kinds)
    {
        this.engine = engine;
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < kinds.Length; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"p{i}";
            engine.SetKind(parameter, kinds[i]);
            command.Parameters.Add(parameter);
        }
        command.Prepare();
    }

    public int Execute(DbTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteNonQuery();
    }

    public object? Scalar(DbTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteScalar() is var value and not DBNull ? value : null;
    }

    public List<T> Read<T>(DbTransaction? transaction, Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        using var reader = command.ExecuteReader();
        var row = new Row(reader, engine.IdsAreBlobs);
        var found = new List<T>();
        while (reader.Read())
        {
            row.Rewind();
            found.Add(read(row));
        }
        return found;
    }

    public void Dispose() => command.Dispose();

    private void Bind(DbTransaction? transaction, ReadOnlySpan<object?> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = engine.Value(values[i]);
        }
    }
}

/// <summary>A row being read, column after column from the left.</summary>
public sealed class Row(DbDataReader reader, bool idsAreBlobs)
{
    private int next;

    internal void Rewind() => next = 0;

    public Guid Id() => ReadId(next++);

    public Guid? IdOrNull() => reader.IsDBNull(next) ? Skip<Guid>() : ReadId(next++);

    public string Text() => reader.GetString(next++);

    public string? TextOrNull()
    {
        var i = next++;
        return reader.IsDBNull(i) ? null : reader.GetString(i);
    }

    public int Int() => reader.GetInt32(next++);

    public bool Flag() => ReadFlag(next++);

    public bool? FlagOrNull() => reader.IsDBNull(next) ? Skip<bool>() : ReadFlag(next++);

    public Instant Instant() => new(reader.GetInt64(next++));

    public Instant? InstantOrNull() => reader.IsDBNull(next) ? Skip<Instant>() : Instant();

    public DateOnly Day() => StoredDay.Read(reader.GetInt32(next++));

    public DateOnly? DayOrNull() => reader.IsDBNull(next) ? Skip<DateOnly>() : Day();

    public byte[] Bytes() => reader.GetFieldValue<byte[]>(next++);

    private T? Skip<T>()
        where T : struct
    {
        next++;
        return null;
    }

    private bool ReadFlag(int i) => idsAreBlobs ? reader.GetInt64(i) != 0 : reader.GetBoolean(i);

    /// <summary>Not by GetBytes: on SQLite that opens the blob as a stream, for which it asks the catalog about the table each time.</summary>
    private Guid ReadId(int i) => idsAreBlobs ? new Guid(reader.GetFieldValue<byte[]>(i), bigEndian: true) : reader.GetGuid(i);
}

/// <summary>How days stand in the tables: days since 1970-01-01; the largest integer for "no end".</summary>
public static class StoredDay
{
    public const int NoEnd = int.MaxValue;
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    public static int Of(DateOnly day) => day == DateOnly.MaxValue ? NoEnd : day.DayNumber - Epoch;

    public static int? Of(DateOnly? day) => day is { } d ? Of(d) : null;

    public static DateOnly Read(int stored) => stored == NoEnd ? DateOnly.MaxValue : DateOnly.FromDayNumber(stored + Epoch);
}
