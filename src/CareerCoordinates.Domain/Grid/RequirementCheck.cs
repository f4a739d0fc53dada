using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Grid;

/// <summary>Compares the requirements of a rung with what one worker has on a day.</summary>
internal sealed class RequirementCheck(
    Framework framework,
    WorkerContent worker,
    IReadOnlyList<Affiliation> affiliations,
    IReadOnlyList<CountingMilestone> milestones,
    List<Holding> holdings,
    IReadOnlyList<ChannelPosition> positions,
    DateOnly asOf
)
{
    public AlternativeFinding Find(IReadOnlyList<RequirementLeaf> leaves)
    {
        var findings = leaves.Select(Find).ToList();
        var state =
            findings.TrueForAll(f => f.State == Finding.Met) ? Finding.Met
            : findings.Exists(f => f.State == Finding.Unmet) ? Finding.Unmet
            : Finding.Unknown;
        var open = findings.Exists(f => f.Earliest is null);
        return new AlternativeFinding(findings, state, open ? null : FirstDayOfAll(leaves));
    }

    /// <summary>The first day from <c>asOf</c> on which all leaves hold together; each can push the day, so they are asked until none does.</summary>
    private DateOnly? FirstDayOfAll(IReadOnlyList<RequirementLeaf> leaves)
    {
        var day = asOf;
        for (var agreed = 0; agreed < leaves.Count; )
        {
            agreed = 0;
            foreach (var leaf in leaves)
            {
                if (FirstDay(leaf, day) is not { } first)
                {
                    return null;
                }
                agreed = first == day ? agreed + 1 : 0;
                day = first;
            }
        }
        return day;
    }

    private LeafFinding Find(RequirementLeaf leaf) =>
        leaf switch
        {
            RequirementLeaf.MilestoneHad l => Milestones(l),
            RequirementLeaf.RungHeld l => RungHeld(l),
            RequirementLeaf.YearsInCareer l => Years(
                l,
                worker.CareerStart is { } start ? Career.YearsOn(start, asOf).OneDecimal : null,
                l.Min
            ),
            RequirementLeaf.MinAge l => Years(
                l,
                worker.BirthDate is { } birth ? Career.AnniversariesPassed(birth, asOf) : null,
                l.Min
            ),
            RequirementLeaf.YearsInOccupation l => InOccupation(l),
            RequirementLeaf.Judgement => new LeafFinding(leaf, Finding.Unknown, null, null, null, null, []),
            _ => throw new InvalidOperationException($"No such requirement: {leaf.GetType().Name}."),
        };

    /// <summary>The first day, not before <paramref name="from"/>, on which the leaf holds by time and the recorded facts alone.</summary>
    private DateOnly? FirstDay(RequirementLeaf leaf, DateOnly from) =>
        leaf switch
        {
            RequirementLeaf.MilestoneHad l => FirstDayWithMilestones(l, from),
            RequirementLeaf.RungHeld l => DaysOn(l).FirstDayWith(l.MinYears, from),
            RequirementLeaf.YearsInCareer l => worker.CareerStart is { } start
                ? Later(from, YearsReached.FirstDay(start, l.Min))
                : null,
            RequirementLeaf.MinAge l => worker.BirthDate is { } birth ? Later(from, Career.Anniversary(birth, l.Min)) : null,
            RequirementLeaf.YearsInOccupation l => FirstDayInOccupation(l, from),
            _ => null,
        };

    private LeafFinding Decided(
        RequirementLeaf leaf,
        decimal had,
        decimal needed,
        FindingUnit unit,
        IReadOnlyList<Guid> milestoneIds
    )
    {
        var first = FirstDay(leaf, asOf);
        return new LeafFinding(leaf, first == asOf ? Finding.Met : Finding.Unmet, had, needed, unit, first, milestoneIds);
    }

    private LeafFinding Years(RequirementLeaf leaf, decimal? had, decimal needed) =>
        had is { } years
            ? Decided(leaf, years, needed, FindingUnit.Years, [])
            : new LeafFinding(leaf, Finding.Unknown, null, needed, FindingUnit.Years, null, []);

    private LeafFinding Milestones(RequirementLeaf.MilestoneHad leaf)
    {
        var inForce = Matching(leaf).Where(m => m.InForce.Contains(asOf)).ToList();
        inForce.Sort(Holding.GiverOrder);
        var had = inForce.Count(m => CountsFrom(leaf, m) <= asOf);
        return Decided(leaf, had, leaf.MinCount, FindingUnit.Milestones, [.. inForce.Select(m => m.Id)]);
    }

    private DateOnly? FirstDayWithMilestones(RequirementLeaf.MilestoneHad leaf, DateOnly from)
    {
        var periods = Matching(leaf)
            .Select(m => (From: CountsFrom(leaf, m), m.InForce.End))
            .Where(p => p.From < p.End && p.End > from)
            .ToList();
        foreach (var day in periods.Select(p => Later(from, p.From)).Order())
        {
            if (periods.Count(p => p.From <= day && day < p.End) >= leaf.MinCount)
            {
                return day;
            }
        }
        return null;
    }

    private IEnumerable<CountingMilestone> Matching(RequirementLeaf.MilestoneHad leaf) =>
        milestones.Where(m => m.Type == leaf.Type && leaf.Where.IsMetBy(m.Attributes));

    private static DateOnly CountsFrom(RequirementLeaf.MilestoneHad leaf, CountingMilestone milestone) =>
        leaf.MinYearsSince is { } years ? Career.Anniversary(milestone.OccurredOn.Last, years) : milestone.OccurredOn.Last;

    private LeafFinding RungHeld(RequirementLeaf.RungHeld leaf)
    {
        var days = DaysOn(leaf);
        var heldNow = days.Contains(asOf);
        IReadOnlyList<Guid> giver = heldNow ? [positions.First(p => p.Channel.Code == leaf.Channel).MilestoneId!.Value] : [];
        return leaf.MinYears == 0
            ? Decided(leaf, heldNow ? 1 : 0, 1, FindingUnit.Rungs, giver)
            : Decided(leaf, days.Before(asOf), HeldDays.DaysIn(leaf.MinYears, days.First ?? asOf), FindingUnit.Days, giver);
    }

    private HeldDays DaysOn(RequirementLeaf.RungHeld leaf)
    {
        var rung =
            framework.FindRung(leaf.Channel, leaf.Rung)
            ?? throw new InvalidOperationException(
                $"A requirement names the rung '{leaf.Channel}/{leaf.Rung}', which its framework lacks."
            );
        return new HeldDays(
            holdings.Where(h => h.Rung.Channel == rung.Channel && h.Rung.Order >= rung.Order).Select(h => h.Period)
        );
    }

    private LeafFinding InOccupation(RequirementLeaf.YearsInOccupation leaf)
    {
        if (PrimaryAffiliation.On(affiliations, asOf)?.Content.OccupationCode is not { } code)
        {
            return new LeafFinding(leaf, Finding.Unknown, null, null, FindingUnit.Days, null, []);
        }
        var days = DaysIn(code, orUnknown: false);
        var finding = Decided(leaf, days.Before(asOf), HeldDays.DaysIn(leaf.Min, days.First!.Value), FindingUnit.Days, []);
        var couldBeMet = DaysIn(code, orUnknown: true).FirstDayWith(leaf.Min, asOf) == asOf;
        return finding.State == Finding.Unmet && couldBeMet ? finding with { State = Finding.Unknown, Earliest = null } : finding;
    }

    /// <summary>The primary affiliation can change on each day on which one begins or ends, and with it the occupation.</summary>
    private DateOnly? FirstDayInOccupation(RequirementLeaf.YearsInOccupation leaf, DateOnly from)
    {
        DateOnly[] turns =
        [
            from,
            .. affiliations
                .SelectMany(a => new[] { a.Content.InForce.From, a.Content.InForce.End })
                .Where(d => d > from)
                .Distinct()
                .Order(),
        ];
        for (var i = 0; i < turns.Length; i++)
        {
            if (PrimaryAffiliation.On(affiliations, turns[i])?.Content.OccupationCode is { } code)
            {
                var day = DaysIn(code, orUnknown: false).FirstDayWith(leaf.Min, turns[i]);
                if (day is not null && (i + 1 == turns.Length || day < turns[i + 1]))
                {
                    return day;
                }
            }
        }
        return null;
    }

    private HeldDays DaysIn(string occupation, bool orUnknown) =>
        new(
            affiliations
                .Select(a => a.Content)
                .Where(a => a.OccupationCode == occupation || (orUnknown && a.OccupationCode is null))
                .Select(a => a.InForce)
        );

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
