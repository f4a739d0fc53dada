using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Grid;

/// <summary>That a milestone confers a rung in the days of a period: one direct grant whose condition its attributes meet.</summary>
internal readonly record struct Holding(int Channel, Rung Rung, DayPeriod Period, CountingMilestone Milestone)
{
    /// <summary>
    /// Every holding, by first day. A type or attribute that the framework does not know confers nothing. Attributes are
    /// read only where a direct grant asks for them.
    /// </summary>
    public static List<Holding> Of(Framework framework, IReadOnlyList<CountingMilestone> milestones)
    {
        var holdings = new List<Holding>(milestones.Count);
        for (var i = 0; i < milestones.Count; i++)
        {
            var milestone = milestones[i];
            if (!framework.MilestoneTypes.TryGetValue(milestone.Type, out var type))
            {
                continue;
            }
            for (var g = 0; g < type.Grants.Count; g++)
            {
                var grant = type.Grants[g];
                if (grant.Mode == GrantMode.Direct && grant.When.IsMetBy(milestone.Attributes))
                {
                    holdings.Add(new Holding(IndexOf(framework, grant.Rung), grant.Rung, milestone.InForce, milestone));
                }
            }
        }
        holdings.Sort(static (a, b) => a.Period.From.CompareTo(b.Period.From));
        return holdings;
    }

    /// <summary>
    /// What is held in a channel on a day. One pass over the <paramref name="holdings"/>, which are sorted by first day,
    /// finds the highest rung; a second finds how long it has been held.
    /// </summary>
    public static ChannelPosition PositionOn(List<Holding> holdings, Channel channel, DateOnly day)
    {
        Rung? rung = null;
        Rung? reached = null;
        foreach (var holding in holdings)
        {
            if (holding.Period.From > day)
            {
                break;
            }
            if (holding.Channel != channel.Index)
            {
                continue;
            }
            reached = Higher(reached, holding.Rung);
            if (holding.Period.Contains(day))
            {
                rung = Higher(rung, holding.Rung);
            }
        }
        return rung is null
            ? new ChannelPosition(channel, null, null, null, null, reached)
            : Held(holdings, channel, rung, reached!, day);
    }

    /// <summary>The highest level held on a day over all channels; 0 where nothing is held.</summary>
    public static int LevelOn(List<Holding> holdings, DateOnly day)
    {
        var level = 0;
        foreach (var holding in holdings)
        {
            if (holding.Period.From > day)
            {
                break;
            }
            if (holding.Rung.Level > level && holding.Period.Contains(day))
            {
                level = holding.Rung.Level;
            }
        }
        return level;
    }

    private static ChannelPosition Held(List<Holding> holdings, Channel channel, Rung rung, Rung reached, DateOnly day)
    {
        // The run of "this rung or a higher one" that is open when the pass ends covers the day, because the day is covered.
        var heldSince = DateOnly.MinValue;
        var heldUntil = DateOnly.MinValue;
        var lastHigher = DateOnly.MinValue;
        CountingMilestone? giver = null;
        foreach (var holding in holdings)
        {
            if (holding.Period.From > day)
            {
                break;
            }
            if (holding.Channel != channel.Index || holding.Rung.Order < rung.Order)
            {
                continue;
            }
            if (holding.Period.From > heldUntil)
            {
                heldSince = holding.Period.From;
            }
            heldUntil = Later(heldUntil, holding.Period.End);
            if (holding.Rung.Order > rung.Order)
            {
                lastHigher = Later(lastHigher, holding.Period.End);
            }
            else if (holding.Period.Contains(day) && (giver is null || GiverOrder(holding.Milestone, giver) < 0))
            {
                giver = holding.Milestone;
            }
        }
        return new ChannelPosition(channel, rung, Later(heldSince, lastHigher), heldSince, giver!.Id, reached);
    }

    /// <summary>
    /// Which of several facts is named as the giver of a rung: earliest occurredOn, then latest end (open is latest), then
    /// smallest type and canonical attributes, then smallest id. By content first, so that order of arrival is nothing.
    /// </summary>
    internal static int GiverOrder(CountingMilestone a, CountingMilestone b)
    {
        var order = a.OccurredOn.CompareTo(b.OccurredOn);
        order = order != 0 ? order : b.InForce.End.CompareTo(a.InForce.End);
        order = order != 0 ? order : string.CompareOrdinal(a.Type, b.Type);
        order = order != 0 ? order : string.CompareOrdinal(a.Attributes.CanonicalJson, b.Attributes.CanonicalJson);
        return order != 0 ? order : a.Id.CompareTo(b.Id);
    }

    private static int IndexOf(Framework framework, Rung rung)
    {
        for (var i = 0; i < framework.Channels.Count; i++)
        {
            if (framework.Channels[i].Code == rung.Channel)
            {
                return i;
            }
        }
        throw new InvalidOperationException($"A grant names the channel '{rung.Channel}', which its framework lacks.");
    }

    private static Rung Higher(Rung? a, Rung b) => a is null || b.Order > a.Order ? b : a;

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;
}
