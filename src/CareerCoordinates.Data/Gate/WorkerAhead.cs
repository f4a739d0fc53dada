using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Data.Gate;

/// <summary>
/// A worker's record as a reader saw it before the write came to the gate, so that the one writing thread need not read
/// it again. Inside the gate it is taken only while nothing was written about the worker since.
/// </summary>
/// <param name="Commit">The last commit that the reader was sure to see.</param>
/// <param name="Request">The request that may have come before, and what it then recorded.</param>
public sealed record WorkerAhead(
    Guid WorkerId,
    long Commit,
    WorkerRecord? Record,
    IdempotencyKey? Request = null,
    RecordedBefore? Before = null
);

/// <summary>
/// Which commit last wrote about which worker, as far as it matters to who read ahead. Workers share places: at worst a
/// record is read once more. Only the writing thread writes here.
/// </summary>
public sealed class RecentWrites
{
    private const int Places = 1 << 16;

    private readonly long[] writtenBy = new long[Places];
    private long everythingBy;
    private long running = 1;
    private long visible;

    /// <summary>The last commit that a reader who begins now is sure to see.</summary>
    public long Visible => Volatile.Read(ref visible);

    /// <summary>The commit under way may change something about the worker.</summary>
    internal void Touch(Guid workerId) => writtenBy[Place(workerId)] = running;

    /// <summary>The work under way may change anything.</summary>
    internal void TouchEverything() => everythingBy = running;

    /// <summary>The commit under way is done; the next one begins.</summary>
    internal void Committed() => Volatile.Write(ref visible, running++);

    internal bool IsStillTrue(WorkerAhead ahead) =>
        everythingBy <= ahead.Commit && writtenBy[Place(ahead.WorkerId)] <= ahead.Commit;

    private static int Place(Guid workerId) => workerId.GetHashCode() & (Places - 1);
}
