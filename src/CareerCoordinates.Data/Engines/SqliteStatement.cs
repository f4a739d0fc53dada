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
internal sealed unsafe class SqliteStatement : Statement
{
    private const int LongestOnStack = 1024;

    private readonly sqlite3 database;
    private readonly sqlite3_stmt owner;
    private readonly nint statement;
    private readonly int[] parameters;
    private readonly StatementRow row;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out owner));
        statement = owner.DangerousGetHandle();
        parameters =
        [
            .. Enumerable
                .Range(0, raw.sqlite3_bind_parameter_count(owner))
                .Select(i => raw.sqlite3_bind_parameter_index(owner, $"@p{i}")),
        ];
        row = new StatementRow(statement, raw.sqlite3_column_count(owner));
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
            _ = SqliteLibrary.Reset(statement);
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
            _ = SqliteLibrary.Reset(statement);
        }
    }

    public override void Each(DbTransaction? transaction, Action<Row> tell, params ReadOnlySpan<object?> values)
    {
        try
        {
            Bind(values);
            while (Step())
            {
                row.Rewind();
                tell(row);
            }
        }
        finally
        {
            _ = SqliteLibrary.Reset(statement);
        }
    }

    public override void Dispose() => owner.Dispose();

    private bool Step()
    {
        var result = SqliteLibrary.Step(statement);
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
                return SqliteLibrary.BindNull(statement, parameter);
            case string text:
                return BindText(parameter, text);
            case int number:
                return SqliteLibrary.BindLong(statement, parameter, number);
            case long number:
                return SqliteLibrary.BindLong(statement, parameter, number);
            case bool flag:
                return SqliteLibrary.BindLong(statement, parameter, flag ? 1 : 0);
            case Guid id:
                var bytes = stackalloc byte[16];
                id.TryWriteBytes(new Span<byte>(bytes, 16), bigEndian: true, out _);
                return SqliteLibrary.BindBlob(statement, parameter, bytes, 16, SqliteLibrary.Copied);
            case byte[] { Length: 0 }:
                return SqliteLibrary.BindZeroes(statement, parameter, 0);
            case byte[] blob:
                fixed (byte* start = blob)
                {
                    return SqliteLibrary.BindBlob(statement, parameter, start, blob.Length, SqliteLibrary.Copied);
                }
            default:
                throw new ArgumentException($"No column holds a {value.GetType().Name}.", nameof(value));
        }
    }

    private int BindText(int parameter, string text)
    {
        if (text.Length > LongestOnStack / 3)
        {
            fixed (byte* start = Encoding.UTF8.GetBytes(text))
            {
                return SqliteLibrary.BindText(
                    statement,
                    parameter,
                    start,
                    Encoding.UTF8.GetByteCount(text),
                    SqliteLibrary.Copied
                );
            }
        }
        var bytes = stackalloc byte[LongestOnStack];
        var length = Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, LongestOnStack));
        return SqliteLibrary.BindText(statement, parameter, bytes, length, SqliteLibrary.Copied);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, database);
        }
    }

    private sealed class StatementRow(nint statement, int columns) : Row
    {
        /// <summary>Each column's text of the row before: states, accounts and codes come again and again.</summary>
        private readonly string?[] before = new string?[columns];

        public object? Value(int column) =>
            SqliteLibrary.ColumnType(statement, column) switch
            {
                raw.SQLITE_NULL => null,
                raw.SQLITE_INTEGER => ReadLong(column),
                raw.SQLITE_TEXT => ReadText(column),
                var type => throw new InvalidOperationException($"No value is read from a column of type {type}."),
            };

        protected override bool IsNull(int column) => SqliteLibrary.ColumnType(statement, column) == raw.SQLITE_NULL;

        protected override Guid ReadId(int column) => new(Content(column), bigEndian: true);

        protected override string ReadText(int column)
        {
            var content = Content(column);
            return before[column] is { } text && Ascii.Equals(content, text)
                ? text
                : before[column] = Encoding.UTF8.GetString(content);
        }

        private protected override int ReadCode(int column, Reports.CodeList codes)
        {
            const int longest = 128;
            var content = Content(column);
            Span<char> text = stackalloc char[longest];
            return content.Length <= longest && Encoding.UTF8.TryGetChars(content, text, out var written)
                ? codes.Of(text[..written])
                : codes.Of(ReadText(column));
        }

        private protected override ReadOnlySpan<byte> ReadUtf8(int column) => Content(column);

        protected override long ReadLong(int column) => SqliteLibrary.ColumnLong(statement, column);

        protected override bool ReadFlag(int column) => SqliteLibrary.ColumnLong(statement, column) != 0;

        protected override byte[] ReadBytes(int column) => Content(column).ToArray();

        /// <summary>Valid until the next step.</summary>
        private ReadOnlySpan<byte> Content(int column) =>
            new(SqliteLibrary.ColumnBlob(statement, column), SqliteLibrary.ColumnBytes(statement, column));
    }
}
