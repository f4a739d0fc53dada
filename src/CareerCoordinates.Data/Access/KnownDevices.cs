using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Access;

/// <summary>
/// Devices from which an account has signed in: guesses made elsewhere do not hold them up. A device's token opens nothing
/// by itself. It is stored as a hash, and forgotten after a year without use.
/// </summary>
public static class KnownDevices
{
    /// <summary>Of one account; the one not used for longest is forgotten for a new one.</summary>
    public const int MostOfAccount = 10;
    public static readonly TimeSpan Last = TimeSpan.FromDays(365);

    /// <summary>Whether the device has signed in to this account within the last year.</summary>
    public static bool IsKnown(this RecordConnection connection, byte[] deviceHash, string account, Instant now) =>
        connection
            .Prepared(
                "SELECT 1 FROM known_devices d JOIN accounts a ON a.account_id = d.account_id WHERE d.device_hash = @p0 AND a.name = @p1 AND d.seen_at > @p2",
                ColumnKind.Bytes,
                ColumnKind.Text,
                ColumnKind.Big
            )
            .Scalar(connection.Transaction, deviceHash, account, now.Plus(-Last).Microseconds)
            is not null;

    /// <summary>Notes a use of the device; false where it is not known any more.</summary>
    public static bool SeeDevice(this RecordTransaction tx, byte[] deviceHash, Guid accountId) =>
        tx.Connection.Prepared(
                "UPDATE known_devices SET seen_at = @p0 WHERE device_hash = @p1 AND account_id = @p2",
                ColumnKind.Big,
                ColumnKind.Bytes,
                ColumnKind.Id
            )
            .Execute(tx.Connection.Transaction, tx.RecordedAt.Microseconds, deviceHash, accountId) > 0;

    public static void AddDevice(this RecordTransaction tx, byte[] deviceHash, Guid accountId)
    {
        tx.Execute(
            """
            DELETE FROM known_devices WHERE device_hash IN (
                SELECT device_hash FROM known_devices WHERE account_id = @p0 ORDER BY seen_at DESC LIMIT 1000 OFFSET @p1)
            """,
            [ColumnKind.Id, ColumnKind.Int],
            accountId,
            MostOfAccount - 1
        );
        tx.Connection.Prepared(AccessTables.KnownDevices.InsertSql, AccessTables.KnownDevices.Kinds)
            .Execute(tx.Connection.Transaction, deviceHash, accountId, tx.RecordedAt.Microseconds);
    }
}
