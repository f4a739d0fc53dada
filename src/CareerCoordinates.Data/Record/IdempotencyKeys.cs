using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>A client's own name for a request: scoped to account, API token, method and path. The hash covers the request's body.</summary>
/// <param name="Token">The name of the account's API token by which it came: what the account was answered may be out of the token's scope.</param>
public sealed record IdempotencyKey(
    string Account,
    string Method,
    string Path,
    string Key,
    byte[] RequestHash,
    string? Token = null
)
{
    /// <summary>An account's name has no blank in it.</summary>
    internal string Owner => Token is null ? Account : $"{Account} {Token}";
}

/// <summary>An answer kept to be given again. <see cref="SameRequest"/> is false where the key came with another body.</summary>
public sealed record StoredAnswer(int Status, string Headers, byte[] Body, bool SameRequest = true)
{
    /// <summary>The status of one that is kept no more, since the person it was about is erased; nothing else of it is left.</summary>
    public const int Gone = 410;

    public bool IsGone => Status == Gone;
}

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
        "SELECT status, headers, body, request_hash FROM idempotency_keys WHERE account = @p0 AND method = @p1 AND path = @p2 AND idempotency_key IN (@p3, @p4) AND recorded_at > @p5";

    /// <summary>A key that is older than what is kept may come again.</summary>
    private static readonly string KeepSql = $"""
        {RecordTables.Idempotency.InsertSql}
        ON CONFLICT (account, method, path, idempotency_key) DO UPDATE SET
        request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers, body = excluded.body, recorded_at = excluded.recorded_at
        """;

    private static readonly string GoneSql =
        $"UPDATE idempotency_keys SET idempotency_key = @p0, request_hash = @p1, status = {StoredAnswer.Gone}, headers = '', body = @p1 WHERE account = @p2 AND method = @p3 AND path = @p4 AND idempotency_key = @p5";

    private const string MilestoneSql = """
        SELECT milestone_id, request_hash FROM milestone_revisions
        WHERE worker_id = @p0 AND request_key = @p1 AND recorded_by = @p2 AND recorded_at > @p3
        """;

    internal static StoredAnswer? Find(RecordConnection connection, IdempotencyKey key, Instant now)
    {
        Lock(connection, key);
        var found = connection
            .Prepared(
                SelectSql,
                ColumnKind.Text,
                ColumnKind.Text,
                ColumnKind.Text,
                ColumnKind.Text,
                ColumnKind.Text,
                ColumnKind.Big
            )
            .Read(
                connection.Transaction,
                row => new StoredAnswer(row.Int(), row.Text(), row.Bytes(), row.Bytes().AsSpan().SequenceEqual(key.RequestHash)),
                key.Owner,
                key.Method,
                key.Path,
                key.Key,
                GoneKey(key.Owner, key.Key),
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
                key.Owner,
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

    /// <summary>
    /// Of the answers that name a worker, in their address or their body, nothing is left but that their requests came, so that
    /// none of them records him anew. A client may have made its key of what identifies him: only its hash stays.
    /// </summary>
    internal static void ForgetWorker(RecordTransaction tx, Guid workerId)
    {
        var connection = tx.Connection;
        var found = connection
            .Prepared(
                $"SELECT account, method, path, idempotency_key FROM idempotency_keys WHERE status <> {StoredAnswer.Gone} AND (path LIKE @p0 OR headers LIKE @p0 OR {connection.Engine.TextOf("body")} LIKE @p0)",
                ColumnKind.Text
            )
            .Read(
                connection.Transaction,
                row => (Owner: row.Text(), Method: row.Text(), Path: row.Text(), Key: row.Text()),
                $"%{workerId}%"
            );
        foreach (var (owner, method, path, key) in found)
        {
            tx.Execute(
                GoneSql,
                [ColumnKind.Text, ColumnKind.Bytes, ColumnKind.Text, ColumnKind.Text, ColumnKind.Text, ColumnKind.Text],
                GoneKey(owner, key),
                Array.Empty<byte>(),
                owner,
                method,
                path,
                key
            );
        }
    }

    private static string GoneKey(string owner, string key) =>
        "gone:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner} {key}")));

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
                .Execute(connection.Transaction, $"{key.Owner} {key.Method} {key.Path} {key.Key}");
        }
    }

    private static long Oldest(Instant now) => now.PlusMicroseconds(-(long)Kept.TotalMicroseconds).Microseconds;
}
