using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Grid;

/// <summary>Why a coordinate is what it is: the stage, the level and each channel traced to the facts.</summary>
public sealed record ExplanationAnswer(
    StageExplanation Stage,
    LevelExplanation Level,
    IReadOnlyList<ChannelExplanation> Channels
);

/// <summary>The band that holds the day, entered on <paramref name="Since"/>, left on <paramref name="Next"/>; null where not known or none.</summary>
public sealed record StageExplanation(
    StagePosition Position,
    DateOnly? CareerStart,
    Stage? Band,
    DateOnly? Since,
    DateOnly? Next
);

/// <summary>The level is the highest over the channels: those named stand on it (none at level 0).</summary>
public sealed record LevelExplanation(int Level, IReadOnlyList<Channel> GivenBy);

/// <summary>Every grant in the channel, past and to come, highest rung first, and the supports that count on the day.</summary>
public sealed record ChannelExplanation(
    ChannelPosition Position,
    IReadOnlyList<GrantExplanation> Grants,
    IReadOnlyList<Support> Supports
);

/// <summary>
/// That a milestone confers a rung from a day to a last day, inclusive. <paramref name="Decides"/>: it is the one named as the
/// giver of the rung held on the day.
/// </summary>
public sealed record GrantExplanation(
    Guid MilestoneId,
    string Type,
    Rung Rung,
    DateOnly From,
    DateOnly? LastDay,
    bool HoldsOnDay,
    bool Decides
);

public static class Explanation
{
    public static ExplanationAnswer Of(
        Framework framework,
        WorkerContent worker,
        IReadOnlyList<CountingMilestone> milestones,
        DateOnly asOf
    )
    {
        var holdings = Holding.Of(framework, milestones);
        var coordinate = CareerGrid.CoordinateOn(framework, worker.CareerStart, holdings, asOf);
        var supports = NextSteps.SupportsOn(framework, milestones, coordinate.Channels, asOf);
        return new ExplanationAnswer(
            StageOn(framework, worker.CareerStart, coordinate.Stage, asOf),
            new LevelExplanation(
                coordinate.Level,
                [.. coordinate.Channels.Where(p => p.Rung is not null && p.Rung.Level == coordinate.Level).Select(p => p.Channel)]
            ),
            [.. coordinate.Channels.Select(position => ChannelOn(position, holdings, supports, asOf))]
        );
    }

    private static StageExplanation StageOn(Framework framework, DateOnly? careerStart, StagePosition position, DateOnly asOf)
    {
        if (careerStart is not { } start || CareerGrid.BandOf(framework, Career.YearsOn(start, asOf)) is not { } band)
        {
            return new StageExplanation(position, careerStart, null, null, null);
        }
        var entered = YearsReached.FirstDay(start, band.FromYears);
        return new StageExplanation(
            position,
            careerStart,
            band,
            entered <= asOf ? entered : null,
            band.ToYears is { } to ? YearsReached.FirstDay(start, to) : null
        );
    }

    private static ChannelExplanation ChannelOn(
        ChannelPosition position,
        List<Holding> holdings,
        List<Support> supports,
        DateOnly asOf
    )
    {
        var own = holdings.Where(h => h.Channel == position.Channel.Index).Distinct().ToList();
        own.Sort(
            (a, b) => a.Rung.Order != b.Rung.Order ? b.Rung.Order - a.Rung.Order : Holding.GiverOrder(a.Milestone, b.Milestone)
        );
        var grants = own.Select(h => new GrantExplanation(
            h.Milestone.Id,
            h.Milestone.Type,
            h.Rung,
            h.Period.From,
            h.Period.LastDay,
            h.Period.Contains(asOf),
            h.Milestone.Id == position.MilestoneId && h.Rung.Order == position.Rung?.Order
        ));
        return new ChannelExplanation(position, [.. grants], [.. supports.Where(s => s.Rung.Channel == position.Channel.Code)]);
    }
}
