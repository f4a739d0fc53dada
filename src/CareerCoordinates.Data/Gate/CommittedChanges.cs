using CareerCoordinates.Data.Reports;

namespace CareerCoordinates.Data.Gate;

/// <summary>
/// What each commit changed, for one who follows the record in this process. Only the writing thread adds; nothing is kept until
/// somebody follows.
/// </summary>
public sealed class CommittedChanges
{
    private readonly Lock following = new();
    private readonly HashSet<Guid> changing = [];
    private readonly HashSet<Guid> changingOrganizations = [];
    private readonly Dictionary<Guid, long> changedBy = [];
    private readonly Dictionary<Guid, long> organizationsChangedBy = [];
    private bool isEverythingChanging;
    private bool isFollowed;
    private long everythingChangedBy;
    private long through;

    internal CommittedChanges(long start) => through = start;

    /// <summary>The commit under way changes the worker's own data, affiliations, standings or counting milestones.</summary>
    internal void Changed(Guid workerId) => changing.Add(workerId);

    internal void OrganizationChanged(Guid organizationId) => changingOrganizations.Add(organizationId);

    /// <summary>The work under way changes what is known of everybody.</summary>
    internal void EverythingChanged() => isEverythingChanging = true;

    internal void Committed(long commit)
    {
        lock (following)
        {
            if (isFollowed)
            {
                Note(changing, changedBy, commit);
                Note(changingOrganizations, organizationsChangedBy, commit);
            }
            everythingChangedBy = isEverythingChanging ? commit : everythingChangedBy;
            through = commit;
        }
        isEverythingChanging = false;
        changing.Clear();
        changingOrganizations.Clear();
    }

    /// <summary>What changed after a commit; what changed up to it is forgotten. The first call begins the following.</summary>
    internal RecordChanges Since(long version)
    {
        lock (following)
        {
            isFollowed = true;
            return new(through, After(changedBy, version), After(organizationsChangedBy, version), everythingChangedBy > version);
        }
    }

    private static void Note(HashSet<Guid> ids, Dictionary<Guid, long> changes, long commit)
    {
        foreach (var id in ids)
        {
            changes[id] = commit;
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
}
