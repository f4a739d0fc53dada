using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>
/// The standings of a worker as rows, on both clocks: derived from what counts, written in the same transaction,
/// rebuildable at any time. Lists and reports ask them; a coordinate is always folded from the milestones.
/// </summary>
public static class Standings
{
    private const string SelectSql =
        "SELECT channel, rung, level, from_day, end_day FROM standings WHERE worker_id = @p0 AND superseded_at IS NULL";

    private static readonly string ReadSql = $"SELECT {RecordTables.Standings.Names} FROM standings WHERE worker_id = @p0";

    /// <summary>The plus keeps SQLite from the index of positions: by the table's key a worker's rows lie together.</summary>
    private const string CloseSql = """
        UPDATE standings SET superseded_at = @p0
        WHERE worker_id = @p1 AND channel = @p2 AND from_day = @p3 AND rung = @p4 AND +superseded_at IS NULL
        """;
    private const string DropSql =
        "DELETE FROM standings WHERE worker_id = @p0 AND channel = @p1 AND from_day = @p2 AND recorded_at = @p3 AND rung = @p4";

    /// <summary>Brings the rows to what the grid says now. Most facts move nothing; then no row is read or written.</summary>
    /// <param name="before">The standings until now, which the rows say already.</param>
    public static void Refresh(
        RecordConnection connection,
        Guid workerId,
        IReadOnlyList<Standing> before,
        IReadOnlyList<Standing> after,
        Instant at
    ) => Replace(connection, workerId, Stored(before), Stored(after), at);

    /// <summary>Compares the rows themselves with what the grid says, and mends what differs; false where nothing does.</summary>
    public static bool Rebuild(RecordConnection connection, Guid workerId, IReadOnlyList<Standing> wanted, Instant at)
    {
        var rows = connection
            .Prepared(SelectSql, ColumnKind.Id)
            .Read(
                connection.Transaction,
                row => new StoredStanding(row.Text(), row.Text(), row.Int(), row.Int(), row.Int()),
                workerId
            );
        return Replace(connection, workerId, rows, Stored(wanted), at);
    }

    /// <summary>All rows of a worker, also those superseded.</summary>
    internal static List<StandingRow> Read(RecordConnection connection, Guid workerId) =>
        connection
            .Prepared(ReadSql, ColumnKind.Id)
            .Read(
                connection.Transaction,
                row =>
                {
                    row.Id();
                    return StandingRow.Read(row);
                },
                workerId
            );

    /// <summary>Makes all rows of a worker, also those superseded, those that the record says; tells how many were taken out and put in.</summary>
    internal static (int Removed, int Added) Mend(
        RecordConnection connection,
        Guid workerId,
        IReadOnlyCollection<StandingRow> stored,
        IReadOnlyCollection<StandingRow> wanted
    )
    {
        var wrong = stored.Except(wanted).ToList();
        var missing = wanted.Except(stored).ToList();
        foreach (var row in wrong)
        {
            Drop(connection, workerId, row.Channel, row.FromDay, row.RecordedAt, row.Rung);
        }
        foreach (var row in missing)
        {
            Insert(connection, workerId, row);
        }
        return (wrong.Count, missing.Count);
    }

    /// <summary>Supersedes the rows that hold no longer and adds the new ones, all at <paramref name="at"/>.</summary>
    private static bool Replace(
        RecordConnection connection,
        Guid workerId,
        List<StoredStanding> before,
        List<StoredStanding> after,
        Instant at
    )
    {
        var moved = false;
        foreach (var standing in before)
        {
            if (!after.Contains(standing))
            {
                moved = true;
                Close(connection, workerId, standing, at);
            }
        }
        foreach (var standing in after)
        {
            if (!before.Contains(standing))
            {
                moved = true;
                var (channel, rung, level, fromDay, endDay) = standing;
                Insert(connection, workerId, new(channel, rung, level, fromDay, endDay, at, null));
            }
        }
        return moved;
    }

    private static void Insert(RecordConnection connection, Guid workerId, StandingRow row) =>
        connection
            .Prepared(RecordTables.Standings.InsertSql, RecordTables.Standings.Kinds)
            .Execute(
                connection.Transaction,
                workerId,
                row.Channel,
                row.Rung,
                row.Level,
                row.FromDay,
                row.EndDay,
                row.RecordedAt.Microseconds,
                row.SupersededAt?.Microseconds
            );

    private static int Drop(RecordConnection connection, Guid workerId, string channel, int fromDay, Instant at, string rung) =>
        connection
            .Prepared(DropSql, ColumnKind.Id, ColumnKind.Text, ColumnKind.Day, ColumnKind.Big, ColumnKind.Text)
            .Execute(connection.Transaction, workerId, channel, fromDay, at.Microseconds, rung);

    private static void Close(RecordConnection connection, Guid workerId, StoredStanding standing, Instant at)
    {
        // What was made and unmade within one transaction was never known.
        var dropped = Drop(connection, workerId, standing.Channel, standing.FromDay, at, standing.Rung);
        if (dropped == 0)
        {
            connection
                .Prepared(CloseSql, ColumnKind.Big, ColumnKind.Id, ColumnKind.Text, ColumnKind.Day, ColumnKind.Text)
                .Execute(connection.Transaction, at.Microseconds, workerId, standing.Channel, standing.FromDay, standing.Rung);
        }
    }

    private static List<StoredStanding> Stored(IReadOnlyList<Standing> standings)
    {
        var stored = new List<StoredStanding>(standings.Count);
        foreach (var (channel, rung, period) in standings)
        {
            stored.Add(new(channel.Code, rung.Code, rung.Level, StoredDay.Of(period.From), StoredDay.Of(period.End)));
        }
        return stored;
    }

    private readonly record struct StoredStanding(string Channel, string Rung, int Level, int FromDay, int EndDay);
}
