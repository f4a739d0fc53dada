using CareerCoordinates.Data.Record;
using Npgsql;
using NpgsqlTypes;

namespace CareerCoordinates.Data.Engines;

/// <summary>Whole tables by binary COPY, in and out.</summary>
internal sealed class PostgresCopy(NpgsqlConnection connection, TableColumns table) : TableWriter
{
    private readonly NpgsqlBinaryImporter import = connection.BeginBinaryImport(
        $"COPY {table.Table} ({table.Names}) FROM STDIN (FORMAT BINARY)"
    );

    /// <inheritdoc cref="Engine.ReadAll"/>
    public static void ReadAll(NpgsqlConnection connection, TableColumns table, IReadOnlyList<string> key, Action<object?[]> tell)
    {
        // The order of bytes, whatever collation the database has for texts.
        var order = key.Select(column => table.KindOf(column) == ColumnKind.Text ? column + " COLLATE \"C\"" : column);
        var select = $"SELECT {table.Names} FROM {table.Table} ORDER BY {string.Join(", ", order)}";
        using var export = connection.BeginBinaryExport($"COPY ({select}) TO STDOUT (FORMAT BINARY)");
        var values = new object?[table.Kinds.Length];
        while (export.StartRow() >= 0)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = Read(export, table.Kinds[i]);
            }
            tell(values);
        }
    }

    public override void Write(object?[] values)
    {
        import.StartRow();
        foreach (var value in values)
        {
            Write(value);
        }
    }

    public override void Complete() => import.Complete();

    public override void Dispose() => import.Dispose();

    private static object? Read(NpgsqlBinaryExporter export, ColumnKind kind)
    {
        if (export.IsNull)
        {
            export.Skip();
            return null;
        }
        return kind switch
        {
            ColumnKind.Id => export.Read<Guid>(NpgsqlDbType.Uuid),
            ColumnKind.Text => export.Read<string>(NpgsqlDbType.Text),
            ColumnKind.Big => export.Read<long>(NpgsqlDbType.Bigint),
            ColumnKind.Flag => export.Read<bool>(NpgsqlDbType.Boolean),
            ColumnKind.Bytes => export.Read<byte[]>(NpgsqlDbType.Bytea),
            _ => export.Read<int>(NpgsqlDbType.Integer),
        };
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                import.WriteNull();
                break;
            case Guid id:
                import.Write(id, NpgsqlDbType.Uuid);
                break;
            case string text:
                import.Write(text, NpgsqlDbType.Text);
                break;
            case long number:
                import.Write(number, NpgsqlDbType.Bigint);
                break;
            case int number:
                import.Write(number, NpgsqlDbType.Integer);
                break;
            case bool flag:
                import.Write(flag, NpgsqlDbType.Boolean);
                break;
            case byte[] bytes:
                import.Write(bytes, NpgsqlDbType.Bytea);
                break;
            default:
                throw new ArgumentException($"No column holds a {value.GetType().Name}.", nameof(value));
        }
    }
}
