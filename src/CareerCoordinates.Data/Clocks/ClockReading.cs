using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Clocks;

/// <summary>What the database knows of its clock.</summary>
internal static class ClockReading
{
    private const string ClosedThroughSql = "SELECT closed_through FROM record_clock";

    /// <summary>Tells the clock what is closed and what was recorded last, by whatever process.</summary>
    public static void CatchUp(RecordConnection connection, RecordClock clock)
    {
        clock.Closed(ReadClosedThrough(connection));
        clock.Saw(Read(connection, connection.Engine.NewestRecordedAtSql));
    }

    /// <summary>Through which instant the record is closed, by whatever process.</summary>
    public static Instant ReadClosedThrough(RecordConnection connection) => Read(connection, ClosedThroughSql);

    public static Instant Read(RecordConnection connection, string sql) =>
        new((long)connection.Prepared(sql).Scalar(connection.Transaction)!);
}
