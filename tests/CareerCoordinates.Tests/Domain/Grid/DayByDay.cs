using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>
/// The fold again, as naively as it can be said: on each day ask each fact, then look back one day at a time. Shares nothing
/// with the product but the words of the model.
/// </summary>
internal sealed class DayByDay
{
    private readonly Channel channel;
    private readonly IReadOnlyList<CountingMilestone> facts;
    private readonly DateOnly first;
    private readonly int[] highest;

    /// <summary>Sees only the days from <paramref name="first"/> on; no fact may count earlier.</summary>
    public DayByDay(Channel channel, IReadOnlyList<CountingMilestone> facts, DateOnly first, int days)
    {
        this.channel = channel;
        this.facts = facts;
        this.first = first;
        highest = [.. Enumerable.Range(0, days).Select(HighestOn)];
    }

    public ChannelPosition On(int day)
    {
        var reached = RungOf(highest[..(day + 1)].Max());
        var order = highest[day];
        if (order == 0)
        {
            return new ChannelPosition(channel, null, null, null, null, reached);
        }
        var givers = facts.Where(f => IsInForce(f, day) && Rungs(f).Contains(order)).ToList();
        return new ChannelPosition(
            channel,
            RungOf(order),
            first.AddDays(LookBack(day, o => o == order)),
            first.AddDays(LookBack(day, o => o >= order)),
            givers
                .OrderBy(f => f.OccurredOn.Last)
                .ThenBy(f => f.OccurredOn.First)
                .ThenByDescending(LastDay)
                .ThenBy(f => f.Type, StringComparer.Ordinal)
                .ThenBy(f => f.Attributes.ToString(), StringComparer.Ordinal)
                .ThenBy(f => f.Id.ToString(), StringComparer.Ordinal)
                .First()
                .Id,
            reached
        );
    }

    /// <summary>The order of the highest rung on each day, 0 for none.</summary>
    public IReadOnlyList<int> Highest => highest;

    /// <summary>The facts that give this rung on a day.</summary>
    public IEnumerable<Guid> GiversOf(int rungOrder, int day) =>
        facts.Where(f => IsInForce(f, day) && Rungs(f).Contains(rungOrder)).Select(f => f.Id);

    private int LookBack(int day, Func<int, bool> goesOn)
    {
        while (day > 0 && goesOn(highest[day - 1]))
        {
            day--;
        }
        return day;
    }

    private int HighestOn(int day) => facts.Where(f => IsInForce(f, day)).SelectMany(Rungs).DefaultIfEmpty(0).Max();

    public bool IsInForce(CountingMilestone fact, int day)
    {
        var date = first.AddDays(day);
        return date == fact.OccurredOn.Last || (date > fact.OccurredOn.Last && date <= LastDay(fact));
    }

    private static DateOnly LastDay(CountingMilestone fact)
    {
        var last = DateOnly.MaxValue;
        if (fact.Until is { } until)
        {
            last = until.Last;
        }
        if (fact.Ended is { } ended && ended.On < last)
        {
            last = ended.On;
        }
        return last < fact.OccurredOn.Last ? fact.OccurredOn.Last : last;
    }

    /// <summary>The rules of <see cref="Ladders"/> in words of their own.</summary>
    private IEnumerable<int> Rungs(CountingMilestone fact)
    {
        var number = (int)fact.Attributes.Values.Single(v => v.Key == "number").Value.Number;
        var numbered = number is >= 1 and <= 4 ? new[] { number } : [];
        return (fact.Type, channel.Code) switch
        {
            ("deck", "deck") or ("engine", "engine") or ("both", _) => numbered,
            ("double", "deck") => [1, .. numbered],
            _ => [],
        };
    }

    private Rung? RungOf(int order) => order == 0 ? null : channel.Rungs[order - 1];
}
