using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Grid;

/// <summary>
/// From milestones to a coordinate (design §3.2): pure functions of a framework version, the career start and the counting
/// milestones. The order in which the milestones are given does not matter. Requirements move nobody and are not read here.
/// </summary>
public static class CareerGrid
{
    /// <summary>Every standing ever and to come, by channel index, then first day.</summary>
    public static IReadOnlyList<Standing> Standings(Framework framework, IReadOnlyList<CountingMilestone> milestones) =>
        StandingSweep.Over(framework, Holding.Of(framework, milestones));

    /// <summary>The stage is the band that holds the exact years in career; it never gates a rung.</summary>
    public static StagePosition StageOn(Framework framework, DateOnly? careerStart, DateOnly day)
    {
        if (careerStart is not { } start)
        {
            return new StagePosition(null, null);
        }
        var years = Career.YearsOn(start, day);
        return new StagePosition(BandOf(framework, years)?.Code, years.OneDecimal);
    }

    public static Coordinate CoordinateOn(
        Framework framework,
        DateOnly? careerStart,
        IReadOnlyList<CountingMilestone> milestones,
        DateOnly asOf
    ) => CoordinateOn(framework, careerStart, Holding.Of(framework, milestones), asOf);

    /// <summary>The place of a milestone that occurred on that day, month or year (which counts from its last day).</summary>
    public static Place PlaceOf(
        Framework framework,
        DateOnly? careerStart,
        IReadOnlyList<CountingMilestone> counting,
        PartialDate occurredOn
    ) => PlacesOf(framework, careerStart, counting, [occurredOn])[0];

    /// <summary>The places of many milestones of one worker, in the order of <paramref name="occurredOn"/>.</summary>
    public static IReadOnlyList<Place> PlacesOf(
        Framework framework,
        DateOnly? careerStart,
        IReadOnlyList<CountingMilestone> counting,
        IReadOnlyList<PartialDate> occurredOn
    )
    {
        var holdings = Holding.Of(framework, counting);
        var places = new Place[occurredOn.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var day = occurredOn[i].Last;
            places[i] = new Place(StageOn(framework, careerStart, day), Holding.LevelOn(holdings, day));
        }
        return places;
    }

    /// <summary>How the coordinate changed until a day, included; no point where nothing was held and no career start is known.</summary>
    public static Trajectory TrajectoryUntil(
        Framework framework,
        DateOnly? careerStart,
        IReadOnlyList<CountingMilestone> milestones,
        DateOnly asOf
    ) => Trajectory.Until(framework, careerStart, Holding.Of(framework, milestones), asOf);

    internal static Coordinate CoordinateOn(Framework framework, DateOnly? careerStart, List<Holding> holdings, DateOnly asOf)
    {
        var level = 0;
        var positions = new ChannelPosition[framework.Channels.Count];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = Holding.PositionOn(holdings, framework.Channels[i], asOf);
            level = Math.Max(level, positions[i].Rung?.Level ?? 0);
        }
        return new Coordinate(StageOn(framework, careerStart, asOf), level, positions);
    }

    internal static Stage? BandOf(Framework framework, ExactYears years)
    {
        var entered = 0;
        while (entered < framework.Stages.Count && years.IsAtLeast(framework.Stages[entered].FromYears))
        {
            entered++;
        }
        return entered > 0 ? framework.Stages[entered - 1] : null;
    }
}
