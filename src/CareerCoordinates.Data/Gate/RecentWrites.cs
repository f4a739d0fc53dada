namespace CareerCoordinates.Data.Gate;

/// <summary>
/// Which commit last wrote about which worker, as far as it matters to who read ahead. Workers share places: at worst a record is
/// read once more. Only the writing thread writes here.
/// </summary>
/// <param name="start">The number before the first commit: greater than any of an earlier run of the program.</param>
public sealed class RecentWrites(long start)
{
    private const int Places = 1 << 16;

    private readonly long[] writtenBy = new long[Places];
    private long everythingBy;
    private long visible = start;

    /// <summary>The last commit that a reader who begins now is sure to see.</summary>
    public long Visible => Volatile.Read(ref visible);

    /// <summary>The commit under way.</summary>
    internal long Running { get; private set; } = start + 1;

    /// <summary>What the commits changed, for who follows them.</summary>
    internal CommittedChanges Changes { get; } = new(start);

    /// <summary>The commit under way may change something about the worker.</summary>
    internal void Touch(Guid workerId) => writtenBy[Place(workerId)] = Running;

    /// <summary>The work under way may change anything.</summary>
    internal void TouchEverything() => everythingBy = Running;

    /// <summary>The commit under way is done; the next one begins.</summary>
    internal void Committed()
    {
        Changes.Committed(Running);
        Volatile.Write(ref visible, Running++);
    }

    internal bool IsStillTrue(WorkerAhead ahead) =>
        everythingBy <= ahead.Commit && writtenBy[Place(ahead.WorkerId)] <= ahead.Commit;

    /// <summary>What was written up to now, to be asked while a long write goes on and leaves its own traces.</summary>
    internal long[] Look() => [.. writtenBy];

    internal bool IsStillTrue(WorkerAhead ahead, long[] look) =>
        everythingBy <= ahead.Commit && look[Place(ahead.WorkerId)] <= ahead.Commit;

    private static int Place(Guid workerId) => workerId.GetHashCode() & (Places - 1);
}
