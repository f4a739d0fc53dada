using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>A standing as a row, from the instant at which it was known until it was superseded.</summary>
public sealed record KnownStanding(Standing Standing, Instant RecordedAt, Instant? SupersededAt);

/// <summary>
/// All standings of a worker on both clocks, as writing the record step by step and publishing the framework's versions would have left
/// them: what was made and unmade at one instant was never known.
/// </summary>
public static class StandingHistory
{
    /// <param name="versions">Those published, in order. Each holds from its instant on, the first one before, too.</param>
    public static IReadOnlyList<KnownStanding> Of(IReadOnlyList<PublishedFramework> versions, WorkerRecord record)
    {
        var known = new List<KnownStanding>();
        if (record.MilestoneRevisions.Count == 0)
        {
            return known;
        }
        var version = 0;
        foreach (var at in Turns(versions, record))
        {
            while (version + 1 < versions.Count && versions[version + 1].PublishedAt <= at)
            {
                version++;
            }
            var counting = MilestoneHistory.Counting(record.MilestonesAt(at));
            var wanted = CareerGrid.Standings(versions[version].Framework, counting);
            for (var i = 0; i < known.Count; i++)
            {
                if (known[i].SupersededAt is null && !wanted.Any(s => Same(s, known[i].Standing)))
                {
                    known[i] = known[i] with { SupersededAt = at };
                }
            }
            foreach (var standing in wanted)
            {
                if (!known.Exists(k => k.SupersededAt is null && Same(k.Standing, standing)))
                {
                    known.Add(new(standing, at, null));
                }
            }
        }
        return known;
    }

    /// <summary>What the rows say of it is the same, though it may be of another version.</summary>
    private static bool Same(Standing a, Standing b) =>
        a.Period == b.Period
        && (ReferenceEquals(a.Rung, b.Rung) || (a.Rung.Code == b.Rung.Code && a.Rung.Level == b.Rung.Level))
        && a.Channel.Code == b.Channel.Code;

    /// <summary>The instants at which something began or ceased to count, or counted otherwise.</summary>
    private static SortedSet<Instant> Turns(IReadOnlyList<PublishedFramework> versions, WorkerRecord record)
    {
        var turns = new SortedSet<Instant>();
        foreach (var revision in record.MilestoneRevisions)
        {
            if (revision.State is MilestoneState.Verified or MilestoneState.Voided)
            {
                turns.Add(revision.RecordedAt);
            }
        }
        for (var i = 1; i < versions.Count; i++)
        {
            turns.Add(versions[i].PublishedAt);
        }
        return turns;
    }
}
