using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>Everything that was ever recorded about one worker, each list in order of id and revision.</summary>
public sealed record WorkerRecord(
    Guid Id,
    IReadOnlyList<Revision<WorkerContent>> Revisions,
    IReadOnlyList<Revision<AffiliationContent>> AffiliationRevisions,
    IReadOnlyList<MilestoneRevision> MilestoneRevisions,
    IReadOnlyList<MilestoneContest> Contests
)
{
    /// <summary>As it is for one from whom milestones of these types are hidden: they were never recorded.</summary>
    public WorkerRecord Without(IReadOnlySet<string> types)
    {
        if (types.Count == 0 || !MilestoneRevisions.Any(r => types.Contains(r.Content.Type)))
        {
            return this;
        }
        var shown = MilestoneRevisions.Where(r => !types.Contains(r.Content.Type)).ToList();
        var ids = shown.Select(r => r.MilestoneId).ToHashSet();
        return this with { MilestoneRevisions = shown, Contests = [.. Contests.Where(c => ids.Contains(c.MilestoneId))] };
    }

    /// <summary>With one revision of a milestone more, in its place in the order.</summary>
    internal WorkerRecord With(MilestoneRevision added)
    {
        var at = MilestoneRevisions.Count;
        while (at > 0 && MilestoneRevisions[at - 1].MilestoneId != added.MilestoneId)
        {
            at--;
        }
        List<MilestoneRevision> revisions = [.. MilestoneRevisions];
        revisions.Insert(at > 0 ? at : revisions.Count, added);
        return this with { MilestoneRevisions = revisions };
    }

    private const int RevisionsOfLong = 64;

    /// <summary>Whether it takes long to read and much room to keep.</summary>
    public bool IsLong => MilestoneRevisions.Count > RevisionsOfLong;

    /// <summary>When something about the worker was last recorded.</summary>
    public Instant NewestRecordedAt
    {
        get
        {
            var newest = Revisions[^1].RecordedAt;
            foreach (var revision in AffiliationRevisions)
            {
                newest = Instant.Max(newest, revision.RecordedAt);
            }
            foreach (var revision in MilestoneRevisions)
            {
                newest = Instant.Max(newest, revision.RecordedAt);
            }
            foreach (var contest in Contests)
            {
                newest = Instant.Max(newest, contest.RecordedAt);
            }
            return newest;
        }
    }

    /// <summary>The worker as known at an instant; null before the first revision was recorded (then the worker is 404).</summary>
    public WorkerView? At(Instant knownAt) =>
        Revision<WorkerContent>.At(Revisions, knownAt) is { } worker
            ? new(worker, AffiliationsAt(knownAt), MilestonesAt(knownAt))
            : null;

    /// <summary>His milestones as known at an instant, voided ones included.</summary>
    public List<Milestone> MilestonesAt(Instant knownAt)
    {
        var milestones = new List<Milestone>();
        for (var start = 0; start < MilestoneRevisions.Count; )
        {
            var end = start + 1;
            while (end < MilestoneRevisions.Count && MilestoneRevisions[end].MilestoneId == MilestoneRevisions[start].MilestoneId)
            {
                end++;
            }
            var contested = Contests.Count > 0 && IsContested(MilestoneRevisions[start].MilestoneId, knownAt);
            if (MilestoneHistory.At(MilestoneRevisions, start, end, knownAt, contested) is { } milestone)
            {
                milestones.Add(milestone);
            }
            start = end;
        }
        return milestones;
    }

    public IReadOnlyList<MilestoneRevision> RevisionsOf(Guid milestoneId) =>
        [.. MilestoneRevisions.Where(r => r.MilestoneId == milestoneId)];

    private bool IsContested(Guid milestoneId, Instant knownAt)
    {
        var contested = false;
        foreach (var contest in Contests)
        {
            if (contest.MilestoneId == milestoneId && contest.RecordedAt <= knownAt)
            {
                contested = !contest.IsAnswer;
            }
        }
        return contested;
    }

    private List<Revision<AffiliationContent>> AffiliationsAt(Instant knownAt)
    {
        var found = new List<Revision<AffiliationContent>>();
        foreach (var revision in AffiliationRevisions)
        {
            if (revision.RecordedAt > knownAt)
            {
                continue;
            }
            if (found.Count > 0 && found[^1].Id == revision.Id)
            {
                found[^1] = revision;
            }
            else
            {
                found.Add(revision);
            }
        }
        return found;
    }
}

/// <summary>A worker at a <c>knownAt</c>: the newest revision of everything recorded by then, voided things included.</summary>
public sealed record WorkerView(
    Revision<WorkerContent> Worker,
    IReadOnlyList<Revision<AffiliationContent>> AffiliationRevisions,
    IReadOnlyList<Milestone> Milestones
)
{
    /// <summary>The affiliations that are not voided.</summary>
    public IReadOnlyList<Affiliation> Affiliations =>
        [.. AffiliationRevisions.Where(r => !r.Voided).Select(r => new Affiliation(r.Id, r.Content))];

    /// <summary>What counts for the grid.</summary>
    public IReadOnlyList<CountingMilestone> Counting => MilestoneHistory.Counting(Milestones);

    public Milestone? Find(Guid milestoneId)
    {
        foreach (var milestone in Milestones)
        {
            if (milestone.Id == milestoneId)
            {
                return milestone;
            }
        }
        return null;
    }
}
