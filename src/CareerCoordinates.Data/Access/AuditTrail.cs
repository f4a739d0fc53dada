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

/// <summary>The audit trail: written in the transaction of what it tells, read by auditors and by the worker it is about.</summary>
public static class AuditTrail
{
    private static readonly string Select = $"SELECT {AccessTables.AuditEntries.Names} FROM audit_entries";

    public static void Audit(
        this RecordTransaction tx,
        string account,
        string action,
        Guid? workerId = null,
        string details = "{}",
        string? token = null
    ) =>
        tx
            .Connection.Prepared(AccessTables.AuditEntries.InsertSql, AccessTables.AuditEntries.Kinds)
            .Execute(
                tx.Connection.Transaction,
                tx.NewId(),
                tx.RecordedAt.Microseconds,
                account,
                action,
                workerId,
                details,
                token
            );

    /// <summary>Entries from the newest back, before the entry <paramref name="before"/>; of one worker where one is given.</summary>
    public static IReadOnlyList<AuditEntry> ReadAudit(
        this RecordConnection connection,
        Guid? workerId,
        string? account,
        Guid? before,
        int most
    )
    {
        var last = before ?? Guid.AllBitsSet;
        const string order = " AND entry_id < @p0 ORDER BY entry_id DESC LIMIT @p1";
        return (workerId, account) switch
        {
            ({ } worker, null) => connection
                .Prepared(Select + " WHERE worker_id = @p2" + order, ColumnKind.Id, ColumnKind.Int, ColumnKind.Id)
                .Read(connection.Transaction, Read, last, most, worker),
            (null, { } name) => connection
                .Prepared(Select + " WHERE account = @p2" + order, ColumnKind.Id, ColumnKind.Int, ColumnKind.Text)
                .Read(connection.Transaction, Read, last, most, name),
            ({ } worker, { } name) => connection
                .Prepared(
                    Select + " WHERE worker_id = @p2 AND account = @p3" + order,
                    ColumnKind.Id,
                    ColumnKind.Int,
                    ColumnKind.Id,
                    ColumnKind.Text
                )
                .Read(connection.Transaction, Read, last, most, worker, name),
            _ => connection
                .Prepared(Select + " WHERE 1 = 1" + order, ColumnKind.Id, ColumnKind.Int)
                .Read(connection.Transaction, Read, last, most),
        };
    }

    private static AuditEntry Read(Row row) =>
        new(row.Id(), row.Instant(), row.Text(), row.Text(), row.IdOrNull(), row.Text(), row.TextOrNull());
}
