using System.Data.Common;
using System.Text;
using CareerCoordinates.Data.Record;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CareerCoordinates.Data.Engines;

/// <summary>
/// A prepared statement of SQLite itself. ADO.NET looks every parameter up by name and makes a reader for each call,
/// which costs several times what SQLite needs for the work.
/// </summary>
internal sealed class SqliteStatement : Statement
{
    private const int LongestOnStack = 1024;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly int[] parameters;
    private readonly StatementRow row;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
        parameters =
        [
            .. Enumerable
                .Range(0, raw.sqlite3_bind_parameter_count(statement))
                .Select(i => raw.sqlite3_bind_parameter_index(statement, $"@p{i}")),
        ];
        row = new StatementRow(statement);
    }

    public override int Execute(DbTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        try
        {
            Bind(values);
            while (Step()) { }
            return raw.sqlite3_changes(database);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public override object? Scalar(DbTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        try
        {
            Bind(values);
            return Step() ? row.Value(0) : null;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public override List<T> Read<T>(DbTransaction? transaction, Func<Row, T> read, params ReadOnlySpan<object?> values)
    {
        try
        {
            Bind(values);
            var found = new List<T>();
            while (Step())
            {
                row.Rewind();
                found.Add(read(row));
            }
            return found;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public override void Dispose() => statement.Dispose();

    private bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return result == raw.SQLITE_ROW;
        }
        Check(result);
        return false;
    }

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            Check(Bind(parameters[i], values[i]));
        }
    }

    private int Bind(int parameter, object? value)
    {
        switch (value)
        {
            case null:
                return raw.sqlite3_bind_null(statement, parameter);
            case string text:
                return BindText(parameter, text);
            case int number:
                return raw.sqlite3_bind_int(statement, parameter, number);
            case long number:
                return raw.sqlite3_bind_int64(statement, parameter, number);
            case bool flag:
                return raw.sqlite3_bind_int(statement, parameter, flag ? 1 : 0);
            case Guid id:
                Span<byte> bytes = stackalloc byte[16];
                id.TryWriteBytes(bytes, bigEndian: true, out _);
                return raw.sqlite3_bind_blob(statement, parameter, bytes);
            case byte[] { Length: 0 }:
                return raw.sqlite3_bind_zeroblob(statement, parameter, 0);
            case byte[] blob:
                return raw.sqlite3_bind_blob(statement, parameter, blob);
            default:
                throw new ArgumentException($"No column holds a {value.GetType().Name}.", nameof(value));
        }
    }

    private int BindText(int parameter, string text)
    {
        if (text.Length is 0 or > LongestOnStack / 3)
        {
            return raw.sqlite3_bind_text(statement, parameter, text);
        }
        Span<byte> bytes = stackalloc byte[LongestOnStack];
        return raw.sqlite3_bind_text(statement, parameter, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, database);
        }
    }

    private sealed class StatementRow(sqlite3_stmt statement) : Row
    {
        public object? Value(int column) =>
            raw.sqlite3_column_type(statement, column) switch
            {
                raw.SQLITE_NULL => null,
                raw.SQLITE_INTEGER => ReadLong(column),
                raw.SQLITE_TEXT => ReadText(column),
                var type => throw new InvalidOperationException($"No value is read from a column of type {type}."),
            };

        protected override bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

        protected override Guid ReadId(int column) => new(raw.sqlite3_column_blob(statement, column), bigEndian: true);

        protected override string ReadText(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(statement, column));

        protected override long ReadLong(int column) => raw.sqlite3_column_int64(statement, column);

        protected override bool ReadFlag(int column) => raw.sqlite3_column_int(statement, column) != 0;

        protected override byte[] ReadBytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();
    }
}
