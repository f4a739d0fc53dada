using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Access;

/// <summary>Who did what; never changed.</summary>
/// <param name="Action">What was done: the operation's name in the API, such as <c>getCoordinate</c>.</param>
/// <param name="WorkerId">Whose data; null where it is nobody's, or several people's (then their ids are in the details).</param>
/// <param name="Details">JSON: what more there is to say; no name and no number of a person.</param>
/// <param name="Token">The name of the account's API token by which it was done; null: by the account itself.</param>
public sealed record AuditEntry(
    Guid Id,
    Instant RecordedAt,
    string Account,
    string Action,
    Guid? WorkerId,
    string Details,
    string? Token
);

/// <summary>Which entries are asked for; what is null is not asked.</summary>
/// <param name="Worker">About this worker, also where a list or a search named him among others.</param>
/// <param name="From">Recorded at this instant or later.</param>
/// <param name="To">Recorded before this instant.</param>
/// <param name="ByOthers">With a worker: not what he did himself.</param>
public sealed record AuditFilter(
    Guid? Worker = null,
    string? Account = null,
    string? Action = null,
    Instant? From = null,
    Instant? To = null,
    bool ByOthers = false
);

/// <summary>The audit trail: written in the transaction of what it tells, read by auditors and by the worker it is about.</summary>
public static class AuditTrail
{
    /// <summary>So many workers are named by one command; a list has more of them than of round trips.</summary>
    private const int NamedAtOnce = 50;

    /// <summary>An id is made a moment before its entry's instant is final.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private static readonly string Select = $"SELECT {AccessTables.AuditEntries.Names} FROM audit_entries";

    public static void Audit(
        this RecordTransaction tx,
        string account,
        string action,
        Guid? workerId = null,
        string details = "{}",
        string? token = null
    ) => tx.Add(account, action, workerId, details, token);

    /// <summary>An entry about several workers, each of whom finds it.</summary>
    public static void AuditMany(
        this RecordTransaction tx,
        string account,
        string action,
        IReadOnlyCollection<Guid> workers,
        string details,
        string? token = null
    )
    {
        var entry = tx.Add(account, action, null, details, token);
        foreach (var some in workers.Distinct().Chunk(NamedAtOnce))
        {
            var values = string.Join(", ", some.Select((_, i) => $"(@p{i + 1}, @p0)"));
            tx.Execute(
                $"INSERT INTO audit_entry_workers (worker_id, entry_id) VALUES {values}",
                [.. Enumerable.Repeat(ColumnKind.Id, some.Length + 1)],
                [entry, .. some]
            );
        }
    }

    /// <summary>Entries from the newest back, before the entry <paramref name="before"/>.</summary>
    public static IReadOnlyList<AuditEntry> ReadAudit(
        this RecordConnection connection,
        AuditFilter filter,
        Guid? before,
        int most
    )
    {
        var where = new List<string> { "entry_id < @p0" };
        var kinds = new List<ColumnKind> { ColumnKind.Id, ColumnKind.Int };
        var values = new List<object?> { before ?? Guid.AllBitsSet, most };
        string Next(ColumnKind kind, object value)
        {
            kinds.Add(kind);
            values.Add(value);
            return $"@p{values.Count - 1}";
        }
        if (filter.Worker is { } worker)
        {
            var id = Next(ColumnKind.Id, worker);
            where.Add(
                $"entry_id IN (SELECT entry_id FROM audit_entries WHERE worker_id = {id} UNION SELECT entry_id FROM audit_entry_workers WHERE worker_id = {id})"
            );
            if (filter.ByOthers)
            {
                where.Add($"account NOT IN (SELECT name FROM accounts WHERE worker_id = {id})");
            }
        }
        if (filter.Account is { } account)
        {
            where.Add("account = " + Next(ColumnKind.Text, account));
        }
        if (filter.Action is { } action)
        {
            where.Add("action = " + Next(ColumnKind.Text, action));
        }
        // Ids sort by time to the millisecond: they find the range, and the instant decides.
        if (filter.From is { } from)
        {
            where.Add("entry_id >= " + Next(ColumnKind.Id, FirstIdAt(from, -Slack)));
            where.Add("recorded_at >= " + Next(ColumnKind.Big, from.Microseconds));
        }
        if (filter.To is { } to)
        {
            where.Add("entry_id < " + Next(ColumnKind.Id, FirstIdAt(to, Slack)));
            where.Add("recorded_at < " + Next(ColumnKind.Big, to.Microseconds));
        }
        return connection
            .Prepared($"{Select} WHERE {string.Join(" AND ", where)} ORDER BY entry_id DESC LIMIT @p1", kinds.ToArray())
            .Read(connection.Transaction, Read, values.ToArray());
    }

    /// <summary>The least id of a millisecond: 48 bits of time, then nothing.</summary>
    private static Guid FirstIdAt(Instant instant, TimeSpan off)
    {
        var milliseconds = Math.Clamp(instant.Microseconds / 1_000 + (long)off.TotalMilliseconds, 0, (1L << 48) - 1);
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < 6; i++)
        {
            bytes[i] = (byte)(milliseconds >> (8 * (5 - i)));
        }
        return new Guid(bytes, bigEndian: true);
    }

    private static Guid Add(
        this RecordTransaction tx,
        string account,
        string action,
        Guid? workerId,
        string details,
        string? token
    )
    {
        var id = tx.NewId();
        tx.Connection.Prepared(AccessTables.AuditEntries.InsertSql, AccessTables.AuditEntries.Kinds)
            .Execute(tx.Connection.Transaction, id, tx.RecordedAt.Microseconds, account, action, workerId, details, token);
        return id;
    }

    private static AuditEntry Read(Row row) =>
        new(row.Id(), row.Instant(), row.Text(), row.Text(), row.IdOrNull(), row.Text(), row.TextOrNull());
}
