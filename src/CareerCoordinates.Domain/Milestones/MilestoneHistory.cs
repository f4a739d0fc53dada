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
    public static Milestone? At(IReadOnlyList<MilestoneRevision> revisionsInOrder, Instant knownAt, bool contested = false)
    {
        MilestoneRevision? newest = null;
        MilestoneRevision? decided = null;
        foreach (var revision in revisionsInOrder)
        {
            if (revision.RecordedAt > knownAt)
            {
                break;
            }
            newest = revision;
            if (revision.State is MilestoneState.Verified or MilestoneState.Voided)
            {
                decided = revision;
            }
        }
        return newest is null
            ? null
            : new Milestone(newest, decided?.State == MilestoneState.Verified ? decided : null, contested);
    }

    /// <summary>The verified facts among milestones, as the grid reads them.</summary>
    public static IReadOnlyList<CountingMilestone> Counting(IEnumerable<Milestone> milestones) =>
        [
            .. from milestone in milestones
            where milestone.Counting is not null
            let content = milestone.Counting!.Content
            select new CountingMilestone(
                milestone.Id,
                content.Type,
                content.OccurredOn,
                content.Until,
                content.Ended,
                content.Attributes
            ),
        ];
}
