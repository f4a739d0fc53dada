using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Milestones;

/// <summary>What a milestone's revisions say at an instant: its newest revision, and the one that counts.</summary>
public static class MilestoneHistory
{
    /// <summary>
    /// The milestone as known at an instant, or null where nothing of it was recorded yet. What counts is the last revision
    /// recorded at or before <paramref name="knownAt"/> that is verified or voided; if it is voided, nothing counts. So a
    /// pending or rejected correction leaves the verified content counting.
    /// </summary>
    /// <param name="revisionsInOrder">Revision 1, 2, 3… of one milestone.</param>
    public static Milestone? At(IReadOnlyList<MilestoneRevision> revisionsInOrder, Instant knownAt, bool contested = false) =>
        At(revisionsInOrder, 0, revisionsInOrder.Count, knownAt, contested);

    /// <summary>The same for the milestone whose revisions stand from <paramref name="start"/> to before <paramref name="end"/> among those of a worker.</summary>
    public static Milestone? At(
        IReadOnlyList<MilestoneRevision> revisionsOfWorker,
        int start,
        int end,
        Instant knownAt,
        bool contested
    )
    {
        MilestoneRevision? newest = null;
        MilestoneRevision? decided = null;
        for (var i = start; i < end && revisionsOfWorker[i].RecordedAt <= knownAt; i++)
        {
            newest = revisionsOfWorker[i];
            if (newest.State is MilestoneState.Verified or MilestoneState.Voided)
            {
                decided = newest;
            }
        }
        return newest is null
            ? null
            : new Milestone(newest, decided?.State == MilestoneState.Verified ? decided : null, contested);
    }

    /// <summary>The verified facts among milestones, as the grid reads them.</summary>
    public static IReadOnlyList<CountingMilestone> Counting(IEnumerable<Milestone> milestones)
    {
        var counting = new List<CountingMilestone>();
        foreach (var milestone in milestones)
        {
            if (milestone.Counting is { Content: var c })
            {
                counting.Add(new(milestone.Id, c.Type, c.OccurredOn, c.Until, c.Ended, c.Attributes));
            }
        }
        return counting;
    }
}
