using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Simulation;

/// <summary>
/// A worker's grid at one instant, day by day: on every day of the window each fact is asked what it gives. All else is looking
/// along the days.
/// </summary>
internal sealed class NaiveGrid
{
    /// <summary>No fact begins or ends outside these days.</summary>
    public static readonly DateOnly First = new(2009, 1, 1);
    public static readonly DateOnly Last = new(2032, 12, 31);

    private readonly Framework framework;
    private readonly DateOnly? careerStart;
    private readonly Fault fault;
    private readonly List<(Guid Id, NaiveContent Content)> facts;

    /// <summary>For each channel the order of the highest rung on each day of the window, 0 for none.</summary>
    private readonly int[][] highest;

    public NaiveGrid(Framework framework, NaiveWorker worker, Instant knownAt, Fault fault)
    {
        this.framework = framework;
        this.fault = fault;
        careerStart = worker.At(knownAt)?.CareerStart;
        facts =
        [
            .. from milestone in worker.Milestones
            let counting = milestone.CountingAt(knownAt, fault)
            where counting is not null
            select (milestone.Id, milestone.Said[counting.Value - 1].What.Content),
        ];
        highest = [.. framework.Channels.Select(_ => new int[Last.DayNumber - First.DayNumber + 1])];
        foreach (var (_, content) in facts)
        {
            foreach (var rung in RungsOf(content))
            {
                var channel = ChannelOf(rung);
                for (var day = First; day <= Last; day = day.AddDays(1))
                {
                    if (Covers(content, day) && highest[channel][day.DayNumber - First.DayNumber] < rung.Order)
                    {
                        highest[channel][day.DayNumber - First.DayNumber] = rung.Order;
                    }
                }
            }
        }
    }

    /// <summary>The stage and the years, whole years stepped one by one.</summary>
    public (string? Code, decimal? Years) StageOn(DateOnly day)
    {
        if (careerStart is not { } start)
        {
            return (null, null);
        }
        var years = 0;
        while (Anniversary(start, years + 1) <= day)
        {
            years++;
        }
        var (days, length) = (0, 1);
        if (day > start)
        {
            days = day.DayNumber - Anniversary(start, years).DayNumber;
            length = Anniversary(start, years + 1).DayNumber - Anniversary(start, years).DayNumber;
        }
        var stage = framework.Stages.Last(s => s.FromYears * length <= (years * length) + days);
        return (stage.Code, years + Math.Floor(10m * days / length) / 10m);
    }

    public int LevelOn(DateOnly day) => framework.Channels.Max(c => RungOn(c, day)?.Level ?? 0);

    public Rung? RungOn(Channel channel, DateOnly day) => RungAt(channel, At(channel.Index, day));

    /// <summary>One line: stage, level and each channel.</summary>
    public string CoordinateOn(DateOnly day)
    {
        var (stage, years) = StageOn(day);
        var channels = framework.Channels.Select(c => PositionOn(c, day));
        return $"{stage ?? "-"} {(years is { } y ? $"{y:0.0}" : "-")} level {LevelOn(day)} | {string.Join(" | ", channels)}";
    }

    /// <summary>One line for each day on which anything changed, and the first.</summary>
    public List<string> TrajectoryUntil(DateOnly asOf)
    {
        var lines = new List<string>();
        var held = Days(First).Cast<DateOnly?>().FirstOrDefault(d => framework.Channels.Any(c => At(c.Index, d!.Value) > 0));
        if ((careerStart is { } start && !(held < start) ? start : held) is not { } from)
        {
            return lines;
        }
        var before = StageOn(from).Code;
        for (var day = from; day <= asOf; day = day.AddDays(1))
        {
            var now = StageOn(day).Code;
            var moved = framework.Channels.Any(c => At(c.Index, day) != At(c.Index, day.AddDays(-1)));
            if (day == from || now != before || moved)
            {
                var causes = framework.Channels.SelectMany(c => Causes(c, day)).Distinct().Order(StringComparer.Ordinal);
                lines.Add($"{day:yyyy-MM-dd} {CoordinateOn(day)} by {string.Join(",", causes)}");
            }
            before = now;
        }
        return lines;
    }

    /// <summary>Every run of days on one rung: channel, rung, first day, first day after it (the end of time where none is seen).</summary>
    public IEnumerable<(string Channel, string Rung, int Level, DateOnly From, DateOnly End)> Runs()
    {
        foreach (var channel in framework.Channels)
        {
            var from = First;
            foreach (var day in Days(First).Append(Last.AddDays(1)))
            {
                var order = At(channel.Index, from);
                if (day <= Last && At(channel.Index, day) == order)
                {
                    continue;
                }
                if (RungAt(channel, order) is { } rung)
                {
                    yield return (channel.Code, rung.Code, rung.Level, from, day > Last ? DateOnly.MaxValue : day);
                }
                from = day;
            }
        }
    }

    public static DateOnly Anniversary(DateOnly start, int years) =>
        start is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(start.Year + years)
            ? new DateOnly(start.Year + years, 3, 1)
            : new DateOnly(start.Year + years, start.Month, start.Day);

    private string PositionOn(Channel channel, DateOnly day)
    {
        var reached = 0;
        for (var earlier = First; earlier <= day; earlier = earlier.AddDays(1))
        {
            reached = Math.Max(reached, At(channel.Index, earlier));
        }
        var order = At(channel.Index, day);
        var highestReached = RungAt(channel, reached)?.Code ?? "-";
        if (RungAt(channel, order) is not { } rung)
        {
            return $"{channel.Code} - 0 - - - {highestReached}";
        }
        var held = Back(channel, day, o => o >= order);
        var since = fault == Fault.SinceOfTheHigherRung ? held : Back(channel, day, o => o == order);
        return $"{channel.Code} {rung.Code} {rung.Level} {since:yyyy-MM-dd} {held:yyyy-MM-dd} {Giver(rung, day)} {highestReached}";
    }

    private DateOnly Back(Channel channel, DateOnly day, Func<int, bool> goesOn)
    {
        while (goesOn(At(channel.Index, day.AddDays(-1))))
        {
            day = day.AddDays(-1);
        }
        return day;
    }

    /// <summary>Earliest day, then latest end, then smallest type and attributes, then smallest id.</summary>
    private Guid Giver(Rung rung, DateOnly day) =>
        facts
            .Where(f => Covers(f.Content, day) && RungsOf(f.Content).Contains(rung))
            .OrderBy(f => f.Content.OccurredOn.Last)
            .ThenBy(f => f.Content.OccurredOn.First)
            .ThenByDescending(f => f.Content.LastDay)
            .ThenBy(f => f.Content.Type, StringComparer.Ordinal)
            .ThenBy(f => f.Content.Attributes.CanonicalJson, StringComparer.Ordinal)
            .ThenBy(f => f.Id.ToString(), StringComparer.Ordinal)
            .First()
            .Id;

    /// <summary>Where the rung of a channel changed: the facts that begin to give the new one and that cease to give the old one.</summary>
    private IEnumerable<string> Causes(Channel channel, DateOnly day)
    {
        var (before, after) = (At(channel.Index, day.AddDays(-1)), At(channel.Index, day));
        return before == after
            ? []
            : from fact in facts
            let was = Covers(fact.Content, day.AddDays(-1))
            let isNow = Covers(fact.Content, day)
            let gives = RungsOf(fact.Content).Where(r => r.Channel == channel.Code).Select(r => r.Order).ToList()
            where (isNow && !was && gives.Contains(after)) || (was && !isNow && gives.Contains(before))
            select fact.Id.ToString();
    }

    private bool Covers(NaiveContent content, DateOnly day) =>
        content.CoversDay(day) && !(fault == Fault.LastDayMissed && day == content.LastDay);

    private List<Rung> RungsOf(NaiveContent content) =>
        [
            .. framework
                .MilestoneTypes[content.Type]
                .Grants.Where(g => g.Mode == GrantMode.Direct && g.When.IsMetBy(content.Attributes))
                .Select(g => g.Rung),
        ];

    private int ChannelOf(Rung rung) => framework.Channels.Single(c => c.Code == rung.Channel).Index;

    private int At(int channel, DateOnly day) =>
        day < First || day > Last ? 0 : highest[channel][day.DayNumber - First.DayNumber];

    private static Rung? RungAt(Channel channel, int order) => order == 0 ? null : channel.Rungs[order - 1];

    private static IEnumerable<DateOnly> Days(DateOnly from)
    {
        for (var day = from; day <= Last; day = day.AddDays(1))
        {
            yield return day;
        }
    }
}
