using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>A client's own name for a request: scoped to account, method and path. The hash covers the request's body.</summary>
public sealed record IdempotencyKey(string Account, string Method, string Path, string Key, byte[] RequestHash);

/// <summary>An answer kept to be given again. <see cref="SameRequest"/> is false where the key came with another body.</summary>
public sealed record StoredAnswer(int Status, string Headers, byte[] Body, bool SameRequest = true);

/// <summary>Answers to requests with an <c>Idempotency-Key</c>, kept 24 hours, across restarts.</summary>
public static class IdempotencyKeys
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private static readonly string SelectSql =
        "SELECT status, headers, body, request_hash FROM idempotency_keys WHERE account = @p0 AND method = @p1 AND path = @p2 AND idempotency_key = @p3 AND recorded_at > @p4";

    /// <summary>A key that is older than what is kept may come again.</summary>
    private static readonly string KeepSql = $"""
        {RecordTables.Idempotency.InsertSql}
        ON CONFLICT (account, method, path, idempotency_key) DO UPDATE SET
        request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers, body = excluded.body, recorded_at = excluded.recorded_at
        """;

    internal static StoredAnswer? Find(RecordConnection connection, IdempotencyKey key, Instant now)
    {
        if (connection.Engine.LockTextSql is { } sql)
        {
            connection
                .Prepared(sql, ColumnKind.Text)
                .Execute(connection.Transaction, $"{key.Account} {key.Method} {key.Path} {key.Key}");
        }
        var oldest = now.PlusMicroseconds(-(long)Kept.TotalMicroseconds);
        var found = connection
            .Prepared(SelectSql, ColumnKind.Text, ColumnKind.Text, ColumnKind.Text, ColumnKind.Text, ColumnKind.Big)
            .Read(
                connection.Transaction,
                row => new StoredAnswer(row.Int(), row.Text(), row.Bytes(), row.Bytes().AsSpan().SequenceEqual(key.RequestHash)),
                key.Account,
                key.Method,
                key.Path,
                key.Key,
                oldest.Microseconds
            );
        return found.Count > 0 ? found[0] : null;
    }

    internal static void Keep(RecordConnection connection, IdempotencyKey key, StoredAnswer answer, Instant now)
    {
        connection
            .Prepared(KeepSql, RecordTables.Idempotency.Kinds)
            .Execute(
                connection.Transaction,
                key.Account,
                key.Method,
                key.Path,
                key.Key,
                key.RequestHash,
                answer.Status,
                answer.Headers,
                answer.Body,
                now.Microseconds
            );
    }

    /// <summary>Forgets what is older than 24 hours.</summary>
    internal static void Forget(RecordConnection connection, Instant now) =>
        connection
            .Prepared("DELETE FROM idempotency_keys WHERE recorded_at <= @p0", ColumnKind.Big)
            .Execute(connection.Transaction, now.PlusMicroseconds(-(long)Kept.TotalMicroseconds).Microseconds);
}
