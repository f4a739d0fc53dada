using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>
/// The standings of a worker as rows, on both clocks: derived from what counts, written in the same transaction,
/// rebuildable at any time. Lists and reports ask them; a coordinate is always folded from the milestones.
/// </summary>
public static class Standings
{
    private static readonly string SelectSql =
        "SELECT channel, rung, level, from_day, end_day, recorded_at FROM standings WHERE worker_id = @p0 AND superseded_at IS NULL";
    private const string SupersedeSql = """
        UPDATE standings SET superseded_at = @p0
        WHERE worker_id = @p1 AND channel = @p2 AND from_day = @p3 AND recorded_at = @p4 AND rung = @p5
        """;
    private const string DropSql =
        "DELETE FROM standings WHERE worker_id = @p0 AND channel = @p1 AND from_day = @p2 AND recorded_at = @p3 AND rung = @p4";

    /// <summary>Supersedes the rows that hold no longer and adds the new ones, all at <paramref name="at"/>.</summary>
    public static void Refresh(
        RecordConnection connection,
        Framework framework,
        Guid workerId,
        IReadOnlyList<CountingMilestone> counting,
        Instant at
    )
    {
        var stored = connection.Prepared(SelectSql, ColumnKind.Id).Read(connection.Transaction, StoredStanding.From, workerId);
        var wanted = CareerGrid.Standings(framework, counting);
        foreach (var row in stored)
        {
            if (!wanted.Any(row.Says))
            {
                Close(connection, workerId, row, at);
            }
        }
        var insert = connection.Prepared(RecordTables.Standings.InsertSql, RecordTables.Standings.Kinds);
        foreach (var standing in wanted)
        {
            if (!stored.Any(row => row.Says(standing)))
            {
                insert.Execute(
                    connection.Transaction,
                    workerId,
                    standing.Channel.Code,
                    standing.Rung.Code,
                    standing.Rung.Level,
                    StoredDay.Of(standing.Period.From),
                    StoredDay.Of(standing.Period.End),
                    at.Microseconds,
                    null
                );
            }
        }
    }

    private static void Close(RecordConnection connection, Guid workerId, StoredStanding row, Instant at)
    {
        if (row.RecordedAt == at)
        {
            // Made and unmade within one transaction: it was never known.
            connection
                .Prepared(DropSql, ColumnKind.Id, ColumnKind.Text, ColumnKind.Day, ColumnKind.Big, ColumnKind.Text)
                .Execute(connection.Transaction, workerId, row.Channel, row.FromDay, row.RecordedAt.Microseconds, row.Rung);
            return;
        }
        connection
            .Prepared(
                SupersedeSql,
                ColumnKind.Big,
                ColumnKind.Id,
                ColumnKind.Text,
                ColumnKind.Day,
                ColumnKind.Big,
                ColumnKind.Text
            )
            .Execute(
                connection.Transaction,
                at.Microseconds,
                workerId,
                row.Channel,
                row.FromDay,
                row.RecordedAt.Microseconds,
                row.Rung
            );
    }

    private sealed record StoredStanding(string Channel, string Rung, int Level, int FromDay, int EndDay, Instant RecordedAt)
    {
        public static StoredStanding From(Row row) => new(row.Text(), row.Text(), row.Int(), row.Int(), row.Int(), row.Instant());

        public bool Says(Standing standing) =>
            Channel == standing.Channel.Code
            && Rung == standing.Rung.Code
            && Level == standing.Rung.Level
            && FromDay == StoredDay.Of(standing.Period.From)
            && EndDay == StoredDay.Of(standing.Period.End);
    }
}
