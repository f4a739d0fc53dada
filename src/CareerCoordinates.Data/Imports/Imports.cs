using System.Text.Json;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Imports;

/// <summary>Imports with their sealed parts. They are no part of the record: after 30 days nothing is left of them but what they wrote.</summary>
public static class Imports
{
    /// <summary>So long a file, its result and the way back are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly string Select = $"SELECT {ImportTables.Imports.Names} FROM imports";

    public static Import? FindImport(this RecordConnection connection, Guid id) =>
        connection
            .Prepared(Select + " WHERE import_id = @p0", ColumnKind.Id)
            .Read(connection.Transaction, Read, id)
            .FirstOrDefault();

    /// <summary>The account's, the newest first, from before <paramref name="before"/> on.</summary>
    public static IReadOnlyList<Import> ListImports(this RecordConnection connection, Guid accountId, Guid? before, int most) =>
        connection
            .Prepared(
                Select + " WHERE account_id = @p0 AND import_id < @p1 ORDER BY import_id DESC LIMIT @p2",
                ColumnKind.Id,
                ColumnKind.Id,
                ColumnKind.Int
            )
            .Read(connection.Transaction, Read, accountId, before ?? Guid.AllBitsSet, most);

    public static long CountImports(this RecordConnection connection, Guid accountId) =>
        (long)
            connection
                .Prepared("SELECT count(*) FROM imports WHERE account_id = @p0", ColumnKind.Id)
                .Scalar(connection.Transaction, accountId)!;

    /// <summary>Those under way that nobody has reported about since.</summary>
    public static IReadOnlyList<Import> ListSilentImports(this RecordConnection connection, Instant since) =>
        connection
            .Prepared(Select + " WHERE state IN ('checking', 'committing', 'undoing') AND changed_at < @p0", ColumnKind.Big)
            .Read(connection.Transaction, Read, since.Microseconds);

    public static void Add(this RecordTransaction tx, Import import) =>
        tx.Execute(ImportTables.Imports.InsertSql, ImportTables.Imports.Kinds, Values(import));

    /// <summary>Its state and what is known of its rows, where it still has the state that the caller saw.</summary>
    public static bool Change(this RecordTransaction tx, Import import, ImportState seen)
    {
        if (tx.Connection.FindImport(import.Id)?.State != seen)
        {
            return false;
        }
        tx.Execute(
            """
            UPDATE imports SET state = @p1, row_count = @p2, create_count = @p3, change_count = @p4, same_count = @p5, refuse_count = @p6,
            detail = @p7, changed_at = @p8 WHERE import_id = @p0
            """,
            [
                ColumnKind.Id,
                ColumnKind.Text,
                ColumnKind.Int,
                ColumnKind.Int,
                ColumnKind.Int,
                ColumnKind.Int,
                ColumnKind.Int,
                ColumnKind.Text,
                ColumnKind.Big,
            ],
            import.Id,
            Codes<ImportState>.Of(import.State),
            import.Counts.Rows,
            import.Counts.Create,
            import.Counts.Change,
            import.Counts.Same,
            import.Counts.Refuse,
            Text(import.Detail),
            tx.RecordedAt.Microseconds
        );
        return true;
    }

    /// <summary>Says that somebody still works at it.</summary>
    public static void Beat(this RecordTransaction tx, Guid id) =>
        tx.Execute(
            "UPDATE imports SET changed_at = @p1 WHERE import_id = @p0",
            [ColumnKind.Id, ColumnKind.Big],
            id,
            tx.RecordedAt.Microseconds
        );

    /// <summary>Forgets what was sent so long ago, and the way back from what it wrote.</summary>
    public static void ForgetImports(this RecordTransaction tx, Instant before) =>
        tx.Forget(
            tx.Connection.Prepared("SELECT import_id FROM imports WHERE uploaded_at < @p0", ColumnKind.Big)
                .Read(tx.Connection.Transaction, row => row.Id(), before.Microseconds)
        );

    /// <summary>
    /// Forgets every import whose file names the worker: what wrote something of him, and what the trail says that he was found in. While nobody
    /// has an account the trail does not say it, so all of that time go.
    /// </summary>
    public static void ForgetImportsOf(this RecordTransaction tx, Guid workerId)
    {
        var transaction = tx.Connection.Transaction;
        var found = tx
            .Connection.Prepared(
                $"""
                SELECT e.details FROM audit_entry_workers w JOIN audit_entries e ON e.entry_id = w.entry_id
                WHERE w.worker_id = @p0 AND e.action IN ('{Import.CheckAction}', '{Import.CommitAction}')
                """,
                ColumnKind.Id
            )
            .Read(
                transaction,
                row => JsonSerializer.Deserialize<JsonElement>(row.Text()).GetProperty("importId").GetGuid(),
                workerId
            );
        var written = tx
            .Connection.Prepared(
                "SELECT import_id FROM import_items WHERE worker_id = @p0 UNION SELECT import_id FROM imports WHERE account_id = @p1",
                ColumnKind.Id,
                ColumnKind.Id
            )
            .Read(transaction, row => row.Id(), workerId, Guid.Empty);
        tx.Forget([.. found.Concat(written).Distinct()]);
    }

    private static void Forget(this RecordTransaction tx, IReadOnlyList<Guid> imports)
    {
        foreach (var id in imports)
        {
            foreach (var table in (string[])["import_parts", "import_items", "imports"])
            {
                tx.Execute($"DELETE FROM {table} WHERE import_id = @p0", [ColumnKind.Id], id);
            }
        }
    }

    /// <param name="first">The number of the first of them.</param>
    public static void AddItems(this RecordTransaction tx, Guid importId, int first, IReadOnlyList<ImportItem> items)
    {
        // Where a command goes over a network many go at once; the last ones go one by one.
        var at = 0;
        for (; !tx.Connection.Engine.HasOneWriter && at + ItemsAtOnce <= items.Count; at += ItemsAtOnce)
        {
            tx.Execute(
                InsertItemsSql,
                ItemsKinds,
                [.. items.Skip(at).Take(ItemsAtOnce).SelectMany((item, i) => ValuesOf(importId, first + at + i, item))]
            );
        }
        for (; at < items.Count; at++)
        {
            tx.Execute(ImportTables.Items.InsertSql, ImportTables.Items.Kinds, ValuesOf(importId, first + at, items[at]));
        }
    }

    /// <summary>After the last item of a large import: see <see cref="Engine.LookAtImportSql"/>.</summary>
    public static void LookAtImport(this RecordTransaction tx, int items)
    {
        if (items >= ItemsWorthALook && tx.Connection.Engine.LookAtImportSql is { } sql)
        {
            tx.Connection.Prepared(sql).Execute(tx.Connection.Transaction);
        }
    }

    private const int ItemsWorthALook = 1_000;
    private const int ItemsAtOnce = 50;

    private static readonly string InsertItemsSql =
        $"INSERT INTO {ImportTables.Items.Table} ({ImportTables.Items.Names}) VALUES "
        + string.Join(
            ", ",
            Enumerable
                .Range(0, ItemsAtOnce)
                .Select(row =>
                    $"({string.Join(", ", ImportTables.Items.Kinds.Select((_, i) => $"@p{row * ImportTables.Items.Kinds.Length + i}"))})"
                )
        );

    private static readonly ColumnKind[] ItemsKinds =
    [
        .. Enumerable.Repeat(ImportTables.Items.Kinds, ItemsAtOnce).SelectMany(kinds => kinds),
    ];

    private static object?[] ValuesOf(Guid importId, int number, ImportItem item) =>
        [importId, number, item.WorkerId, item.Thing, item.ThingId, item.Revision];

    /// <summary>In the order of the rows, from the first on.</summary>
    public static IReadOnlyList<ImportItem> ReadItems(this RecordConnection connection, Guid importId, int most = int.MaxValue) =>
        connection.ReadItems("number", importId, most);

    /// <summary>The last that was written comes first; of milestones all of one worker come together.</summary>
    public static IReadOnlyList<ImportItem> ReadItemsBackwards(this RecordConnection connection, Import import) =>
        connection.ReadItems(
            import.Kind == ImportKind.Milestones ? "worker_id, number DESC" : "number DESC",
            import.Id,
            int.MaxValue
        );

    private static List<ImportItem> ReadItems(this RecordConnection connection, string order, Guid importId, int most) =>
        connection
            .Prepared(
                $"SELECT worker_id, thing, thing_id, revision FROM import_items WHERE import_id = @p0 ORDER BY {order} LIMIT @p1",
                ColumnKind.Id,
                ColumnKind.Int
            )
            .Read(
                connection.Transaction,
                // Hundreds of thousands share four words.
                row => new ImportItem(row.IdOrNull(), string.Intern(row.Text()), row.Id(), row.Int()),
                importId,
                most
            );

    /// <summary>Seals and keeps a part, instead of what was kept under the name.</summary>
    /// <param name="content">Can seek; read from its beginning to its end.</param>
    public static void KeepPart(this RecordTransaction tx, Guid importId, DataKey key, string part, Stream content)
    {
        tx.Execute(
            "DELETE FROM import_parts WHERE import_id = @p0 AND part = @p1",
            [ColumnKind.Id, ColumnKind.Text],
            importId,
            part
        );
        content.Position = 0;
        var buffer = new byte[Math.Min(SealedStream.Usual, content.Length)];
        for (var number = 0; content.Position < content.Length || number == 0; number++)
        {
            var piece = buffer.AsSpan(0, content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
            tx.Execute(
                ImportTables.Parts.InsertSql,
                ImportTables.Parts.Kinds,
                importId,
                part,
                number,
                key.SealPiece(piece, part, number)
            );
        }
    }

    /// <summary>A part as it was kept, for as long as its import is; null where there is none. It is opened piece by piece as it is read.</summary>
    public static Stream? OpenPart(this CareerStore store, Import import, string part)
    {
        var pieces = store.Reader.OnConnection(c =>
            c.Prepared("SELECT count(*) FROM import_parts WHERE import_id = @p0 AND part = @p1", ColumnKind.Id, ColumnKind.Text)
                .Scalar(c.Transaction, import.Id, part)
        );
        if ((long)pieces! is not (> 0 and var count))
        {
            return null;
        }
        var key = store.Key!.Unwrap(import.Key, import.Id);
        var first = Open(0);
        return new SealedStream((count - 1) * first.Length + Open((int)count - 1).Length, Math.Max(1, first.Length), Open, key);

        byte[] Open(int number) =>
            key.OpenPiece(
                store.Reader.OnConnection(c =>
                    c.Prepared(
                            "SELECT content FROM import_parts WHERE import_id = @p0 AND part = @p1 AND number = @p2",
                            ColumnKind.Id,
                            ColumnKind.Text,
                            ColumnKind.Int
                        )
                        .Read(c.Transaction, row => row.Bytes(), import.Id, part, number)
                        .Single()
                ),
                part,
                number
            );
    }

    private static string? Text(Name? detail) => detail is null ? null : JsonSerializer.Serialize(detail);

    private static object?[] Values(Import import) =>
        [
            import.Id,
            import.AccountId,
            import.Account,
            Codes<ImportKind>.Of(import.Kind),
            import.Type,
            import.OrganizationId,
            JsonSerializer.Serialize(import.Mapping),
            import.FileName,
            import.Encoding,
            Codes<ImportState>.Of(import.State),
            import.Counts.Rows,
            import.Counts.Create,
            import.Counts.Change,
            import.Counts.Same,
            import.Counts.Refuse,
            Text(import.Detail),
            import.UploadedAt.Microseconds,
            import.ChangedAt.Microseconds,
            (int)import.Key.KeyId,
            import.Key.Key.Nonce,
            import.Key.Key.Ciphertext,
            import.Key.Key.Tag,
            JsonSerializer.Serialize(import.NotRead),
        ];

    private static Import Read(Row row) =>
        new(
            row.Id(),
            row.Id(),
            row.Text(),
            Codes<ImportKind>.Parse(row.Text()),
            row.TextOrNull(),
            row.IdOrNull(),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.Text())!,
            row.Text(),
            row.TextOrNull(),
            Codes<ImportState>.Parse(row.Text()),
            new(row.Int(), row.Int(), row.Int(), row.Int(), row.Int()),
            row.TextOrNull() is { } detail ? JsonSerializer.Deserialize<Name>(detail) : null,
            row.Instant(),
            row.Instant(),
            new((byte)row.Int(), new(row.Bytes(), row.Bytes(), row.Bytes())),
            JsonSerializer.Deserialize<List<string>>(row.Text())!
        );
}
