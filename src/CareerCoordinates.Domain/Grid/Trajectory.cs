using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Grid;

/// <summary>How a coordinate changed: one point for each day on which the stage or the rung held in a channel changed.</summary>
public sealed record Trajectory(IReadOnlyList<TrajectoryPoint> Points)
{
    /// <summary>
    /// From the earlier of the career start and the first day on which anything is held, until <paramref name="asOf"/> included.
    /// Each point is the coordinate of its day.
    /// </summary>
    internal static Trajectory Until(Framework framework, DateOnly? careerStart, List<Holding> holdings, DateOnly asOf)
    {
        var standings = StandingSweep.Over(framework, holdings);
        var points = new List<TrajectoryPoint>();
        IReadOnlyList<ChannelPosition>? before = null;
        foreach (var day in ChangeDays(framework, careerStart, standings, asOf))
        {
            var coordinate = CareerGrid.CoordinateOn(framework, careerStart, holdings, day);
            var causes = Causes(holdings, before, coordinate.Channels, day);
            points.Add(new TrajectoryPoint(day, coordinate.Stage, coordinate.Level, coordinate.Channels, causes));
            before = coordinate.Channels;
        }
        return new Trajectory(points);
    }

    private static SortedSet<DateOnly> ChangeDays(
        Framework framework,
        DateOnly? careerStart,
        List<Standing> standings,
        DateOnly asOf
    )
    {
        var days = new SortedSet<DateOnly>();
        foreach (var standing in standings)
        {
            days.Add(standing.Period.From);
            if (standing.Period.HasEnd)
            {
                days.Add(standing.Period.End);
            }
        }
        if (careerStart is { } start)
        {
            // Days before the career start stand in the first band too: the start is a change only where nothing came before it.
            if (days.Count == 0 || start < days.Min)
            {
                days.Add(start);
            }
            foreach (var stage in framework.Stages)
            {
                if (stage.FromYears > 0)
                {
                    days.Add(YearsReached.FirstDay(start, stage.FromYears));
                }
            }
        }
        return days.GetViewBetween(DateOnly.MinValue, asOf);
    }

    /// <summary>
    /// In each channel whose rung changed on that day: the facts that begin to give the new rung and those that cease to give
    /// the old one. In the order of their ids.
    /// </summary>
    private static List<Guid> Causes(
        List<Holding> holdings,
        IReadOnlyList<ChannelPosition>? before,
        IReadOnlyList<ChannelPosition> after,
        DateOnly day
    )
    {
        var causes = new SortedSet<Guid>();
        foreach (var holding in holdings)
        {
            var oldRung = before?[holding.Channel].Rung;
            var newRung = after[holding.Channel].Rung;
            if (oldRung?.Order == newRung?.Order)
            {
                continue;
            }
            var begins = holding.Period.From == day && holding.Rung.Order == newRung?.Order;
            var ceases = holding.Period.End == day && holding.Rung.Order == oldRung?.Order;
            if (begins || ceases)
            {
                causes.Add(holding.Milestone.Id);
            }
        }
        return [.. causes];
    }
}

/// <summary>
/// The coordinate from a day on, until the next point. <paramref name="MilestoneIds"/>: the facts whose effect began or ended on
/// that day and so changed a rung; none where only the stage changed.
/// </summary>
public sealed record TrajectoryPoint(
    DateOnly From,
    StagePosition Stage,
    int Level,
    IReadOnlyList<ChannelPosition> Channels,
    IReadOnlyList<Guid> MilestoneIds
);
