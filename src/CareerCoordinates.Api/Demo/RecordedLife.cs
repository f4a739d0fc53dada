using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Demo;

/// <summary>All revisions of one worker as they came, each closed when the next of its kind was added.</summary>
public sealed class RecordedLife(Guid id)
{
    private readonly List<Revision<WorkerContent>> worker = new(1);
    private readonly List<List<Revision<AffiliationContent>>> affiliations = new(2);
    private readonly List<List<MilestoneRevision>> milestones = new(8);
    private readonly List<MilestoneContest> contests = [];

    public Guid Id => id;

    public IReadOnlyList<Revision<WorkerContent>> Worker => worker;

    /// <summary>The histories of the affiliations, in the order in which they were begun.</summary>
    public IReadOnlyList<IReadOnlyList<Revision<AffiliationContent>>> AffiliationHistories => affiliations;

    /// <summary>The histories of the milestones, in the order in which they were recorded first.</summary>
    public IReadOnlyList<IReadOnlyList<MilestoneRevision>> Milestones => milestones;

    public IReadOnlyList<MilestoneContest> Contests => contests;

    /// <summary>The newest of each affiliation that is not voided.</summary>
    public IReadOnlyList<Affiliation> Affiliations =>
        [.. affiliations.Where(h => !h[^1].Voided).Select(h => new Affiliation(h[^1].Id, h[^1].Content))];

    /// <summary>The milestones as all that is recorded now says.</summary>
    public IReadOnlyList<CountingMilestone> Counting =>
        MilestoneHistory.Counting(milestones.Select(h => MilestoneHistory.At(h, Instant.Never)!));

    /// <summary>The first day that an affiliation or a milestone speaks of.</summary>
    public DateOnly? EarliestDay =>
        affiliations
            .Select(h => (DateOnly?)h[^1].Content.From)
            .Concat(milestones.Select(h => (DateOnly?)h[^1].Content.OccurredOn.First))
            .Min();

    public IReadOnlyList<Revision<AffiliationContent>> AffiliationsOf(Guid affiliationId) =>
        affiliations.Find(h => h[0].Id == affiliationId)!;

    public IReadOnlyList<MilestoneRevision> MilestonesOf(Guid milestoneId) =>
        milestones.Find(h => h[0].MilestoneId == milestoneId)!;

    /// <summary>As the store reads it: each list in order of id and revision.</summary>
    public WorkerRecord ToRecord() =>
        new(
            Id,
            worker,
            [.. affiliations.OrderBy(h => h[0].Id).SelectMany(h => h)],
            [.. milestones.OrderBy(h => h[0].MilestoneId).SelectMany(h => h)],
            [.. contests.OrderBy(c => c.MilestoneId).ThenBy(c => c.Sequence)]
        );

    internal void Add(Revision<WorkerContent> revision)
    {
        if (worker.Count > 0)
        {
            worker[^1] = worker[^1] with { SupersededAt = revision.RecordedAt };
        }
        worker.Add(revision);
    }

    internal void Add(Revision<AffiliationContent> revision)
    {
        if (revision.Number == 1)
        {
            affiliations.Add([revision]);
            return;
        }
        var history = affiliations.Find(h => h[0].Id == revision.Id)!;
        history[^1] = history[^1] with { SupersededAt = revision.RecordedAt };
        history.Add(revision);
    }

    internal void Add(MilestoneRevision revision)
    {
        if (revision.Revision == 1)
        {
            milestones.Add([revision]);
            return;
        }
        var history = milestones.Find(h => h[0].MilestoneId == revision.MilestoneId)!;
        history[^1] = history[^1] with { SupersededAt = revision.RecordedAt };
        history.Add(revision);
    }

    internal void Add(MilestoneContest contest) => contests.Add(contest);
}
