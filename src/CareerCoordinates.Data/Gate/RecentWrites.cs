using CareerCoordinates.Data.Reports;

namespace CareerCoordinates.Data.Gate;

/// <summary>
/// Which commit last wrote about which worker, as far as it matters to who read ahead, and what changed for who follows the
/// record. Only the writing thread writes here.
/// </summary>
/// <param name="start">The number before the first commit: greater than any of an earlier run of the program.</param>
public sealed class RecentWrites(long start)
{
    private const int Places = 1 << 16;

    /// <summary>Workers share places: at worst a record is read once more.</summary>
    private readonly long[] writtenBy = new long[Places];
    private readonly Lock following = new();
    private readonly HashSet<Guid> changing = [];
    private readonly HashSet<Guid> changingOrganizations = [];
    private readonly Dictionary<Guid, long> changedBy = [];
    private readonly Dictionary<Guid, long> organizationsChangedBy = [];
    private bool isFollowed;
    private long everythingBy;
    private long everythingChangedBy;
    private long running = start + 1;
    private long visible = start;

    /// <summary>The last commit that a reader who begins now is sure to see.</summary>
    public long Visible => Volatile.Read(ref visible);

    /// <summary>The commit under way.</summary>
    internal long Running => running;

    /// <summary>The commit under way may change something about the worker.</summary>
    internal void Touch(Guid workerId) => writtenBy[Place(workerId)] = running;

    /// <summary>The work under way may change anything.</summary>
    internal void TouchEverything() => everythingBy = running;

    /// <summary>The commit under way changes the worker's own data, affiliations or standings.</summary>
    internal void Changed(Guid workerId) => changing.Add(workerId);

    internal void OrganizationChanged(Guid organizationId) => changingOrganizations.Add(organizationId);

    /// <summary>The work under way changes what is known of everybody.</summary>
    internal void EverythingChanged() => everythingChangedBy = running;

    /// <summary>The commit under way is done; the next one begins.</summary>
    internal void Committed()
    {
        lock (following)
        {
            if (isFollowed)
            {
                foreach (var id in changing)
                {
                    changedBy[id] = running;
                }
                foreach (var id in changingOrganizations)
                {
                    organizationsChangedBy[id] = running;
                }
            }
            Volatile.Write(ref visible, running++);
        }
        changing.Clear();
        changingOrganizations.Clear();
    }

    internal bool IsStillTrue(WorkerAhead ahead) =>
        everythingBy <= ahead.Commit && writtenBy[Place(ahead.WorkerId)] <= ahead.Commit;

    /// <summary>What changed after a commit; what changed up to it is forgotten. The first call begins the following.</summary>
    internal RecordChanges Since(long version)
    {
        lock (following)
        {
            isFollowed = true;
            return new(Visible, After(changedBy, version), After(organizationsChangedBy, version), everythingChangedBy > version);
        }
    }

    private static List<Guid> After(Dictionary<Guid, long> changes, long version)
    {
        var after = new List<Guid>();
        foreach (var (id, by) in changes)
        {
            if (by > version)
            {
                after.Add(id);
            }
            else
            {
                changes.Remove(id);
            }
        }
        return after;
    }

    private static int Place(Guid workerId) => workerId.GetHashCode() & (Places - 1);
}
