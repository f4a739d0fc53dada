using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Bulk;

/// <summary>A standing as a row, from the instant at which it was known until it was superseded.</summary>
public sealed record KnownStanding(Standing Standing, Instant RecordedAt, Instant? SupersededAt);

/// <summary>
/// All standings of a worker on both clocks, as writing the record step by step would have left them: what was made and
/// unmade at one instant was never known.
/// </summary>
public static class StandingHistory
{
    /// <param name="framework">The version under which the whole record was made.</param>
    public static IReadOnlyList<KnownStanding> Of(Framework framework, WorkerRecord record)
    {
        var known = new List<KnownStanding>();
        foreach (var at in Turns(record))
        {
            var wanted = CareerGrid.Standings(framework, record.At(at)?.Counting ?? []);
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

    /// <summary>A rung belongs to one channel.</summary>
    private static bool Same(Standing a, Standing b) => ReferenceEquals(a.Rung, b.Rung) && a.Period == b.Period;

    /// <summary>The instants at which something began or ceased to count.</summary>
    private static SortedSet<Instant> Turns(WorkerRecord record)
    {
        var turns = new SortedSet<Instant>();
        foreach (var revision in record.MilestoneRevisions)
        {
            if (revision.State is MilestoneState.Verified or MilestoneState.Voided)
            {
                turns.Add(revision.RecordedAt);
            }
        }
        return turns;
    }
}
