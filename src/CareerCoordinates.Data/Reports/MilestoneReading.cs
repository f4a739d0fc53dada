using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A counting milestone as it comes from the tables.</summary>
/// <param name="OccurredOn">As given.</param>
/// <param name="Day">The day from which it counts (<see cref="ReportDay"/>).</param>
/// <param name="Last">The last day in force.</param>
internal readonly record struct ReadMilestone(Guid Worker, string Type, string OccurredOn, int Day, int Last, string Attributes);

/// <summary>
/// Reads the counting milestones of everybody from the tables, worker after worker, a part of the workers at a time: they are not
/// in the columns, and there is no index by day, which each recording would have to keep. So each reading goes through the whole table once.
/// </summary>
internal static class MilestoneReading
{
    private const string Counting = """
        SELECT r.worker_id, r.type, r.occurred_on, r.occurred_day, r.until_day, r.ended_on, r.attributes FROM milestone_revisions r
        WHERE r.worker_id > @p0 AND r.worker_id <= @p1 AND r.state = 'verified' AND r.recorded_at <= @p2
        """;
    private const string StillCounting = """
        AND NOT EXISTS (
            SELECT 1 FROM milestone_revisions later
            WHERE later.worker_id = r.worker_id AND later.milestone_id = r.milestone_id AND later.revision > r.revision
            AND later.state IN ('verified', 'voided') AND later.recorded_at <= @p2)
        ORDER BY r.worker_id
        """;

    private static readonly int Epoch = ReportDay.Of(new DateOnly(1970, 1, 1));

    private static readonly ColumnKind[] Kinds = [ColumnKind.Id, ColumnKind.Id, ColumnKind.Big, ColumnKind.Int, ColumnKind.Int];

    /// <summary>Those that occurred from a day to another, both included.</summary>
    /// <param name="types">Null: all.</param>
    public static void Occurred(
        RecordConnection connection,
        ColumnReports columns,
        Domain.Time.Instant knownAt,
        ReportPeriod period,
        IReadOnlyList<string>? types,
        Action<ReadMilestone> tell
    ) =>
        Each(
            connection,
            columns,
            $"{Counting} AND r.occurred_day >= @p3 AND r.occurred_day <= @p4{In(types, 5)} {StillCounting}",
            [.. Kinds, .. (types ?? []).Select(_ => ColumnKind.Text)],
            [knownAt.Microseconds, StoredDay.Of(period.First), StoredDay.Of(period.Last), .. types ?? []],
            tell
        );

    /// <summary>Those that occurred in a period, and those of some types that were in force on a later day of it or before its end.</summary>
    /// <param name="inForceTypes">Of these also what occurred earlier and was still in force on <paramref name="inForceFrom"/>.</param>
    public static void OccurredOrInForce(
        RecordConnection connection,
        ColumnReports columns,
        Domain.Time.Instant knownAt,
        ReportPeriod period,
        IReadOnlyList<string> inForceTypes,
        DateOnly inForceFrom,
        Action<ReadMilestone> tell
    )
    {
        if (inForceTypes.Count == 0)
        {
            Occurred(connection, columns, knownAt, period, null, tell);
            return;
        }
        Each(
            connection,
            columns,
            $"""
            {Counting} AND r.occurred_day <= @p4 AND (r.occurred_day >= @p3 OR (
            (r.until_day IS NULL OR r.until_day >= @p5) AND (r.ended_on IS NULL OR r.ended_on >= @p5){In(inForceTypes, 6)}))
            {StillCounting}
            """,
            [.. Kinds, ColumnKind.Int, .. inForceTypes.Select(_ => ColumnKind.Text)],
            [
                knownAt.Microseconds,
                StoredDay.Of(period.First),
                StoredDay.Of(period.Last),
                StoredDay.Of(inForceFrom),
                .. inForceTypes,
            ],
            tell
        );
    }

    private static string In(IReadOnlyList<string>? types, int first) =>
        types is null ? "" : $" AND r.type IN ({string.Join(", ", types.Select((_, i) => $"@p{first + i}"))})";

    private static void Each(
        RecordConnection connection,
        ColumnReports columns,
        string sql,
        ColumnKind[] kinds,
        object?[] values,
        Action<ReadMilestone> tell
    )
    {
        var statement = connection.Prepared(sql, kinds);
        object?[] all = [Guid.Empty, null, .. values];
        foreach (var last in columns.EndsOfParts())
        {
            // Between two parts, so that a reader who has gone costs no more than one.
            columns.Cancellation.ThrowIfCancellationRequested();
            all[1] = last;
            statement.Each(connection.Transaction, row => tell(Read(row)), all);
            all[0] = last;
        }
    }

    private static ReadMilestone Read(Row row)
    {
        var worker = row.Id();
        var type = row.Text();
        var occurredOn = row.Text();
        var day = row.Int() + Epoch;
        var until = row.IntOrNull() + Epoch ?? ReportDay.NoEnd;
        var ended = row.IntOrNull() + Epoch ?? ReportDay.NoEnd;
        return new(worker, type, occurredOn, day, Math.Max(day, Math.Min(until, ended)), row.Text());
    }
}

/// <summary>Finds the worker of a milestone in the columns, and what he was on a day. Milestones come worker after worker.</summary>
internal sealed class WorkerOnDays(ColumnReports columns, PopulationReading population)
{
    private readonly Scratch scratch = new();
    private readonly Dictionary<int, DayReading> days = [];
    private Guid at;
    private Segment? segment;
    private int worker;

    public ulong RecordKey => segment!.RecordKeys[worker];

    /// <summary>Whether the worker counts on a day, and with what.</summary>
    public bool TryRead(Guid id, int day, ref Member member)
    {
        if (id != at)
        {
            at = id;
            columns.TryFind(id, out segment, out worker);
        }
        if (segment is null)
        {
            return false;
        }
        if (!days.TryGetValue(day, out var reading))
        {
            days[day] = reading = population.OnForFew(ReportDay.Read(day));
        }
        return reading.TryRead(segment, worker, scratch, ref member);
    }
}
