using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>A client's own name for a request: scoped to account, method and path. The hash covers the request's body.</summary>
public sealed record IdempotencyKey(string Account, string Method, string Path, string Key, byte[] RequestHash);

/// <summary>An answer kept to be given again. <see cref="SameRequest"/> is false where the key came with another body.</summary>
public sealed record StoredAnswer(int Status, string Headers, byte[] Body, bool SameRequest = true);

/// <summary>A milestone that a request recorded when it came before. <see cref="SameRequest"/> is false where the key came with another body.</summary>
public sealed record RecordedBefore(Guid MilestoneId, bool SameRequest);

/// <summary>
/// Requests with an <c>Idempotency-Key</c>, which within 24 hours, also across restarts, are answered as before. The
/// answer of most is kept. A milestone, of which there are the most by far, keeps the key in its own first revision
/// instead: the worker's rows are read anyway, and no other page of the file is written for it.
/// </summary>
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

    private const string MilestoneSql = """
        SELECT milestone_id, request_hash FROM milestone_revisions
        WHERE worker_id = @p0 AND request_key = @p1 AND recorded_by = @p2 AND recorded_at > @p3
        """;

    internal static StoredAnswer? Find(RecordConnection connection, IdempotencyKey key, Instant now)
    {
        Lock(connection, key);
        var found = connection
            .Prepared(SelectSql, ColumnKind.Text, ColumnKind.Text, ColumnKind.Text, ColumnKind.Text, ColumnKind.Big)
            .Read(
                connection.Transaction,
                row => new StoredAnswer(row.Int(), row.Text(), row.Bytes(), row.Bytes().AsSpan().SequenceEqual(key.RequestHash)),
                key.Account,
                key.Method,
                key.Path,
                key.Key,
                Oldest(now)
            );
        return found.Count > 0 ? found[0] : null;
    }

    internal static RecordedBefore? FindMilestone(RecordConnection connection, Guid workerId, IdempotencyKey key, Instant now)
    {
        Lock(connection, key);
        var found = connection
            .Prepared(MilestoneSql, ColumnKind.Id, ColumnKind.Text, ColumnKind.Text, ColumnKind.Big)
            .Read(
                connection.Transaction,
                row => new RecordedBefore(row.Id(), row.Bytes().AsSpan().SequenceEqual(key.RequestHash)),
                workerId,
                key.Key,
                key.Account,
                Oldest(now)
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
            .Execute(connection.Transaction, Oldest(now));

    /// <summary>Until the transaction ends a twin in flight waits.</summary>
    private static void Lock(RecordConnection connection, IdempotencyKey key)
    {
        if (connection.Engine.LockTextSql is { } sql)
        {
            connection
                .Prepared(sql, ColumnKind.Text)
                .Execute(connection.Transaction, $"{key.Account} {key.Method} {key.Path} {key.Key}");
        }
    }

    private static long Oldest(Instant now) => now.PlusMicroseconds(-(long)Kept.TotalMicroseconds).Microseconds;
}
