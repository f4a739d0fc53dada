using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Data.Access;

/// <summary>What is of no use any more is deleted: sign-ins that are over, codes that have ended, devices long unseen.</summary>
public static class Leftovers
{
    /// <summary>Rows that one write deletes, so that others get their turn.</summary>
    private const int Batch = 1_000;

    /// <summary>Every process has followed a change long before.</summary>
    private static readonly TimeSpan LongestFollowing = TimeSpan.FromDays(2);

    /// <param name="longestPause">After so long without a request a sign-in is over.</param>
    /// <returns>How many rows there were.</returns>
    public static async Task<int> DeleteLeftoversAsync(this CareerStore store, TimeSpan longestPause) =>
        await DeleteAsync(store, "sign_ins", "token_hash", "ends_at <= @p0 OR seen_at <= @p1", longestPause)
        + await DeleteAsync(store, "claim_codes", "worker_id", "ends_at <= @p0 AND @p0 >= @p1", TimeSpan.Zero)
        + await DeleteAsync(store, "known_devices", "device_hash", "seen_at <= @p1 AND @p0 >= @p1", KnownDevices.Last)
        + (
            store.Engine.HasOneWriter
                ? 0
                : await DeleteAsync(store, "record_changes", "transaction_id", "noted_at <= @p1 AND @p0 >= @p1", LongestFollowing)
        );

    /// <param name="isOver">Of a row, by the time now (<c>@p0</c>) and <paramref name="before"/> now (<c>@p1</c>).</param>
    private static async Task<int> DeleteAsync(CareerStore store, string table, string key, string isOver, TimeSpan before)
    {
        var sql = $"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} WHERE {isOver} LIMIT {Batch})";
        var total = 0;
        for (var deleted = Batch; deleted == Batch; total += deleted)
        {
            var outcome = await store.Gate.RunAsync<int>(tx =>
                tx.Connection.Prepared(sql, ColumnKind.Big, ColumnKind.Big)
                    .Execute(tx.Connection.Transaction, tx.RecordedAt.Microseconds, tx.RecordedAt.Plus(-before).Microseconds)
            );
            deleted = outcome.Value;
        }
        return total;
    }
}
