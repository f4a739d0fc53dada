using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Grid;

/// <summary>
/// Finds the standings by walking the days on which something begins or ends, counting how many holdings of each rung are
/// open: O(n log n) in the number of holdings, however they overlap.
/// </summary>
internal static class StandingSweep
{
    private readonly record struct Turn(int Channel, DateOnly Day, int RungOrder, int Change);

    public static List<Standing> Over(Framework framework, List<Holding> holdings)
    {
        var turns = new List<Turn>(2 * holdings.Count);
        foreach (var holding in holdings)
        {
            turns.Add(new Turn(holding.Channel, holding.Period.From, holding.Rung.Order, 1));
            if (holding.Period.HasEnd)
            {
                turns.Add(new Turn(holding.Channel, holding.Period.End, holding.Rung.Order, -1));
            }
        }
        turns.Sort(static (a, b) => a.Channel != b.Channel ? a.Channel - b.Channel : a.Day.CompareTo(b.Day));

        var standings = new List<Standing>(holdings.Count);
        for (var first = 0; first < turns.Count; )
        {
            first = WalkChannel(framework.Channels[turns[first].Channel], turns, first, standings);
        }
        return standings;
    }

    /// <summary>Adds the standings of one channel; gives the index of the first turn of the next.</summary>
    private static int WalkChannel(Channel channel, List<Turn> turns, int first, List<Standing> standings)
    {
        Span<int> open = stackalloc int[channel.Rungs.Count + 1];
        open.Clear();
        var current = 0;
        var since = DateOnly.MinValue;
        var i = first;
        while (i < turns.Count && turns[i].Channel == channel.Index)
        {
            var day = turns[i].Day;
            for (; i < turns.Count && turns[i].Channel == channel.Index && turns[i].Day == day; i++)
            {
                open[turns[i].RungOrder] += turns[i].Change;
            }
            var highest = HighestOpen(open);
            if (highest != current)
            {
                Close(channel, current, since, day, standings);
                (current, since) = (highest, day);
            }
        }
        Close(channel, current, since, DateOnly.MaxValue, standings);
        return i;
    }

    private static void Close(Channel channel, int rungOrder, DateOnly from, DateOnly end, List<Standing> standings)
    {
        if (rungOrder > 0)
        {
            standings.Add(new Standing(channel, channel.Rungs[rungOrder - 1], new DayPeriod(from, end)));
        }
    }

    /// <summary>The order of the highest rung with an open holding; 0 where there is none.</summary>
    private static int HighestOpen(ReadOnlySpan<int> open)
    {
        var order = open.Length - 1;
        while (order > 0 && open[order] == 0)
        {
            order--;
        }
        return order;
    }
}
