using System.Data.Common;
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
public sealed class TableColumns
{
    public TableColumns(string table, params (string Name, ColumnKind Kind)[] columns)
    {
        Table = table;
        Columns = columns;
        Names = string.Join(", ", columns.Select(c => c.Name));
        InsertSql = $"INSERT INTO {table} ({Names}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        Kinds = [.. columns.Select(c => c.Kind)];
    }

    public string Table { get; }

    public IReadOnlyList<(string Name, ColumnKind Kind)> Columns { get; }

    public string Names { get; }

    public string InsertSql { get; }

    public ColumnKind[] Kinds { get; }

    public ColumnKind KindOf(string column) => Columns.First(c => c.Name == column).Kind;
}

/// <summary>A prepared command on one connection; its parameters are <c>@p0</c>, <c>@p1</c>… Not for two threads at a time.</summary>
public abstract class Statement : IDisposable
{
    public abstract int Execute(DbTransaction? transaction, params ReadOnlySpan<object?> values);

    /// <summary>The first column of the first row; null where there is no row or the column is null.</summary>
    public abstract object? Scalar(DbTransaction? transaction, params ReadOnlySpan<object?> values);

    public List<T> Read<T>(DbTransaction? transaction, Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        var found = new List<T>();
        Each(transaction, row => found.Add(read(row)), values);
        return found;
    }

    /// <summary>Tells each row as it comes, and keeps none.</summary>
    public abstract void Each(DbTransaction? transaction, Action<Row> tell, params ReadOnlySpan<object?> values);

    public abstract void Dispose();
}

/// <summary>A row being read, column after column from the left.</summary>
public abstract class Row
{
    private int next;

    public Guid Id() => ReadId(next++);

    public Guid? IdOrNull() => IsNull(next) ? Skip<Guid>() : ReadId(next++);

    public string Text() => ReadText(next++);

    public string? TextOrNull()
    {
        var column = next++;
        return IsNull(column) ? null : ReadText(column);
    }

    public int Int() => (int)ReadLong(next++);

    public int? IntOrNull() => IsNull(next) ? Skip<int>() : Int();

    /// <summary>The number of a text in a list of codes; null is the empty text.</summary>
    internal int Code(Reports.CodeList codes)
    {
        var column = next++;
        return IsNull(column) ? codes.Of("") : ReadCode(column, codes);
    }

    /// <summary>A text as its bytes; valid until the next row.</summary>
    internal ReadOnlySpan<byte> Utf8() => ReadUtf8(next++);

    public long Long() => ReadLong(next++);

    public bool Flag() => ReadFlag(next++);

    public bool? FlagOrNull() => IsNull(next) ? Skip<bool>() : ReadFlag(next++);

    public Instant Instant() => new(ReadLong(next++));

    public Instant? InstantOrNull() => IsNull(next) ? Skip<Instant>() : Instant();

    public DateOnly Day() => StoredDay.Read(Int());

    public DateOnly? DayOrNull() => IsNull(next) ? Skip<DateOnly>() : Day();

    public byte[] Bytes() => ReadBytes(next++);

    public byte[]? BytesOrNull()
    {
        var column = next++;
        return IsNull(column) ? null : ReadBytes(column);
    }

    /// <summary>The next column as an object, or null.</summary>
    internal object? Next(ColumnKind kind)
    {
        var column = next++;
        if (IsNull(column))
        {
            return null;
        }
        return kind switch
        {
            ColumnKind.Id => ReadId(column),
            ColumnKind.Text => ReadText(column),
            ColumnKind.Big => ReadLong(column),
            ColumnKind.Flag => ReadFlag(column),
            ColumnKind.Bytes => ReadBytes(column),
            _ => (int)ReadLong(column),
        };
    }

    internal void Rewind() => next = 0;

    protected abstract bool IsNull(int column);

    protected abstract Guid ReadId(int column);

    protected abstract string ReadText(int column);

    private protected virtual int ReadCode(int column, Reports.CodeList codes) => codes.Of(ReadText(column));

    private protected virtual ReadOnlySpan<byte> ReadUtf8(int column) => System.Text.Encoding.UTF8.GetBytes(ReadText(column));

    protected abstract long ReadLong(int column);

    protected abstract bool ReadFlag(int column);

    protected abstract byte[] ReadBytes(int column);

    private T? Skip<T>()
        where T : struct
    {
        next++;
        return null;
    }
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
