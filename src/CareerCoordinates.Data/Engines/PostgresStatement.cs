using System.Data.Common;
using CareerCoordinates.Data.Record;
using Npgsql;
using NpgsqlTypes;

namespace CareerCoordinates.Data.Engines;

/// <summary>A command that the server has prepared.</summary>
internal sealed class PostgresStatement : Statement
{
    private readonly DbCommand command;

    public PostgresStatement(DbConnection connection, string sql, ReadOnlySpan<ColumnKind> kinds)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < kinds.Length; i++)
        {
            command.Parameters.Add(new NpgsqlParameter($"p{i}", TypeOf(kinds[i])));
        }
        command.Prepare();
    }

    public override int Execute(DbTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteNonQuery();
    }

    public override object? Scalar(DbTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteScalar() is var value and not DBNull ? value : null;
    }

    public override void Each(DbTransaction? transaction, Action<Row> tell, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        using var reader = command.ExecuteReader();
        var row = new ReaderRow(reader);
        while (reader.Read())
        {
            row.Rewind();
            tell(row);
        }
    }

    public override void Dispose() => command.Dispose();

    private void Bind(DbTransaction? transaction, ReadOnlySpan<object?> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    private static NpgsqlDbType TypeOf(ColumnKind kind) =>
        kind switch
        {
            ColumnKind.Id => NpgsqlDbType.Uuid,
            ColumnKind.Bytes => NpgsqlDbType.Bytea,
            ColumnKind.Text => NpgsqlDbType.Text,
            ColumnKind.Big => NpgsqlDbType.Bigint,
            ColumnKind.Flag => NpgsqlDbType.Boolean,
            _ => NpgsqlDbType.Integer,
        };

    private sealed class ReaderRow(DbDataReader reader) : Row
    {
        protected override bool IsNull(int column) => reader.IsDBNull(column);

        protected override Guid ReadId(int column) => reader.GetGuid(column);

        protected override string ReadText(int column) => reader.GetString(column);

        protected override long ReadLong(int column) => reader.GetInt64(column);

        protected override bool ReadFlag(int column) => reader.GetBoolean(column);

        protected override byte[] ReadBytes(int column) => reader.GetFieldValue<byte[]>(column);
    }
}
