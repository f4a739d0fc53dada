using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>A row of the table of standings, without its worker; days as they are stored.</summary>
internal readonly record struct StandingRow(
    string Channel,
    string Rung,
    int Level,
    int FromDay,
    int EndDay,
    Instant RecordedAt,
    Instant? SupersededAt
)
{
    /// <summary>The rows that the record says a worker has.</summary>
    public static List<StandingRow> Of(IReadOnlyList<PublishedFramework> versions, WorkerRecord record) =>
        [
            .. StandingHistory
                .Of(versions, record)
                .Select(known =>
                {
                    var (channel, rung, period) = known.Standing;
                    var (from, end) = (StoredDay.Of(period.From), StoredDay.Of(period.End));
                    return new StandingRow(channel.Code, rung.Code, rung.Level, from, end, known.RecordedAt, known.SupersededAt);
                }),
        ];

    /// <summary>In the order of the table's columns, after the worker.</summary>
    public static StandingRow Read(Row row) =>
        new(row.Text(), row.Text(), row.Int(), row.Int(), row.Int(), row.Instant(), row.InstantOrNull());
}
