using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Grid;

/// <summary>A stage seen from the other side: which career starts put a worker into it on a day.</summary>
public static class StageDays
{
    private static readonly DateOnly Earliest = new(PartialDate.FirstYear, 1, 1);
    private static readonly DateOnly Latest = new(PartialDate.LastYear, 12, 31);

    /// <summary>First and last career start, inclusive, whose stage on <paramref name="asOf"/> is the one named; null where none is.</summary>
    public static (DateOnly First, DateOnly Last)? CareerStartsOf(Framework framework, string stage, DateOnly asOf)
    {
        var order = framework.Stages.Select((s, i) => (s.Code, i)).First(s => s.Code == stage).i;
        // The later the start, the earlier the stage: both bounds can be found by halving.
        var first = FirstStartAtMost(framework, order, asOf);
        var last = order == 0 ? Latest : FirstStartAtMost(framework, order - 1, asOf).AddDays(-1);
        return first <= last ? (first, last) : null;
    }

    private static DateOnly FirstStartAtMost(Framework framework, int order, DateOnly asOf)
    {
        var (low, high) = (Earliest.DayNumber, Latest.DayNumber);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (OrderOn(framework, DateOnly.FromDayNumber(middle), asOf) <= order)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }
        return DateOnly.FromDayNumber(low);
    }

    /// <summary>The place of the stage in the framework's order, from 0 on.</summary>
    public static int OrderOn(Framework framework, DateOnly start, DateOnly asOf)
    {
        var code = CareerGrid.StageOn(framework, start, asOf).Code;
        for (var i = 0; i < framework.Stages.Count; i++)
        {
            if (framework.Stages[i].Code == code)
            {
                return i;
            }
        }
        throw new InvalidOperationException($"No stage {code}.");
    }
}
