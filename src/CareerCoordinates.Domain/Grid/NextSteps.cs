using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Domain.Grid;

/// <summary>
/// What is missing for the next step in each channel, and the measures (举措) of the worker's stage of which he has no verified
/// milestone by that day. Always necessary, not sufficient: people decide.
/// </summary>
public sealed record NextStepsAnswer(
    StagePosition Stage,
    IReadOnlyList<ChannelNextStep> Channels,
    IReadOnlyList<MilestoneType> Measures
);

/// <summary>Why a channel has no path to show.</summary>
public enum NoPathReason
{
    /// <summary>The highest rung is held: what remains is mentoring, teaching, a studio.</summary>
    AtTop,

    /// <summary>The next rung is elected by law or chosen by an organisation: it cannot be applied for and is not predicted.</summary>
    ElectedOrConferred,
}

/// <summary>The rung above the one held (both null at the ends of the ladder) and the ways to it, any one of which will do.</summary>
/// <param name="NoPath">Set where there are no alternatives and no day, with the reason.</param>
/// <param name="Earliest">The soonest day of the alternatives; null where each lacks something that time alone does not bring.</param>
/// <param name="Supports">What backs an application for any rung above the one held, lowest rung first.</param>
public sealed record ChannelNextStep(
    Channel Channel,
    Rung? Held,
    Rung? Next,
    NoPathReason? NoPath,
    IReadOnlyList<AlternativeFinding> Alternatives,
    DateOnly? Earliest,
    IReadOnlyList<Support> Supports
)
{
    public bool AtTop => NoPath == NoPathReason.AtTop;
}

/// <summary>That a milestone in force backs an application for a rung; people decide.</summary>
public sealed record Support(Grant Grant, Guid MilestoneId, string Type)
{
    public Rung Rung => Grant.Rung;
}

/// <summary>Next steps (design §3.4): requirements (申报条件（参考）) explain what is missing and move nobody.</summary>
public static class NextSteps
{
    public static NextStepsAnswer For(
        Framework framework,
        WorkerContent worker,
        IReadOnlyList<Affiliation> affiliations,
        IReadOnlyList<CountingMilestone> milestones,
        DateOnly asOf
    )
    {
        var holdings = Holding.Of(framework, milestones);
        var coordinate = CareerGrid.CoordinateOn(framework, worker.CareerStart, holdings, asOf);
        var requirements = new RequirementCheck(framework, worker, affiliations, milestones, holdings, coordinate.Channels, asOf);
        var supports = SupportsOn(framework, milestones, coordinate.Channels, asOf);
        return new NextStepsAnswer(
            coordinate.Stage,
            [.. coordinate.Channels.Select(position => StepIn(position, requirements, supports))],
            MissingMeasures(framework, coordinate.Stage, milestones, asOf)
        );
    }

    /// <summary>
    /// The supports of every milestone in force on the day for rungs above the one held, whose <c>holder</c> condition holds on
    /// that day; by rung, then fact.
    /// </summary>
    internal static List<Support> SupportsOn(
        Framework framework,
        IReadOnlyList<CountingMilestone> milestones,
        IReadOnlyList<ChannelPosition> positions,
        DateOnly asOf
    )
    {
        var inForce = milestones.Where(m => m.InForce.Contains(asOf)).ToList();
        inForce.Sort(Holding.GiverOrder);
        var supports = new List<Support>();
        foreach (var milestone in inForce)
        {
            foreach (var grant in framework.MilestoneTypes.GetValueOrDefault(milestone.Type)?.Grants ?? [])
            {
                if (
                    grant.Mode == GrantMode.Supports
                    && grant.Rung.Order > HeldOrder(positions, grant.Rung)
                    && (grant.HolderBelow is not { } below || HeldOrder(positions, below) < below.Order)
                    && (grant.HolderAtLeast is not { } least || HeldOrder(positions, least) >= least.Order)
                    && grant.When.IsMetBy(milestone.Attributes)
                )
                {
                    supports.Add(new Support(grant, milestone.Id, milestone.Type));
                }
            }
        }
        return [.. supports.OrderBy(s => s.Rung.Order)];
    }

    private static ChannelNextStep StepIn(ChannelPosition position, RequirementCheck requirements, List<Support> supports)
    {
        var channel = position.Channel;
        var own = supports.Where(s => s.Rung.Channel == channel.Code).ToList();
        var next = channel.Rungs.FirstOrDefault(r => r.Order > (position.Rung?.Order ?? 0));
        if (next is null)
        {
            return new ChannelNextStep(channel, position.Rung, null, NoPathReason.AtTop, [], null, own);
        }
        if (next.Attained == Attained.ElectedOrConferred)
        {
            return new ChannelNextStep(channel, position.Rung, next, NoPathReason.ElectedOrConferred, [], null, own);
        }
        var alternatives = next.Requirement.AnyOf.Select(requirements.Find).ToList();
        return new ChannelNextStep(channel, position.Rung, next, null, alternatives, alternatives.Min(a => a.Earliest), own);
    }

    private static int HeldOrder(IReadOnlyList<ChannelPosition> positions, Rung rung) =>
        positions.First(p => p.Channel.Code == rung.Channel).Rung?.Order ?? 0;

    private static List<MilestoneType> MissingMeasures(
        Framework framework,
        StagePosition stage,
        IReadOnlyList<CountingMilestone> milestones,
        DateOnly asOf
    )
    {
        var had = milestones.Where(m => m.OccurredOn.Last <= asOf).Select(m => m.Type).ToHashSet();
        var measures = framework.Stages.FirstOrDefault(s => s.Code == stage.Code)?.Measures ?? [];
        return [.. measures.Where(type => !had.Contains(type)).Select(type => framework.MilestoneTypes[type])];
    }
}
