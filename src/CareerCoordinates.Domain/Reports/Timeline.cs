namespace CareerCoordinates.Domain.Reports;

/// <summary>A value from a day on (<see cref="ReportDay"/>), until the next step.</summary>
public readonly record struct Step<T>(int From, T Value);

/// <summary>How a value changes over the days. The first step holds for all days before the second.</summary>
public sealed class Timeline<T>
{
    private readonly Step<T>[] steps;

    public Timeline(T always) => steps = [new(0, always)];

    /// <param name="steps">At least one, in order of days, the first from day 0.</param>
    public Timeline(IReadOnlyList<Step<T>> steps)
    {
        var merged = new List<Step<T>>(steps.Count);
        foreach (var step in steps)
        {
            if (merged.Count == 0 || !EqualityComparer<T>.Default.Equals(merged[^1].Value, step.Value))
            {
                merged.Add(step);
            }
        }
        this.steps = [.. merged];
    }

    public IReadOnlyList<Step<T>> Steps => steps;

    public T On(int day)
    {
        var i = steps.Length - 1;
        while (i > 0 && steps[i].From > day)
        {
            i--;
        }
        return steps[i].Value;
    }

    /// <summary>Whether the value is the same on all days from one to another, both included.</summary>
    public bool IsSame(int first, int last)
    {
        for (var i = steps.Length - 1; i > 0 && steps[i].From > first; i--)
        {
            if (steps[i].From <= last)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The last day from <paramref name="from"/> until before <paramref name="end"/> with a value; -1 for none.</summary>
    public int LastDay(T value, int from, int end)
    {
        for (var i = steps.Length - 1; i >= 0 && from < end; i--)
        {
            if (steps[i].From < end && EqualityComparer<T>.Default.Equals(steps[i].Value, value))
            {
                return end - 1;
            }
            end = Math.Min(end, steps[i].From);
        }
        return -1;
    }
}
