namespace CareerCoordinates.Domain.Time;

/// <summary>
/// A period of days, half open: <see cref="From"/> is in it, <see cref="End"/> is the first day after it.
/// <c>DateOnly.MaxValue</c> as end means "no end". (The API speaks of inclusive last days; only its edge converts.)
/// </summary>
public readonly record struct DayPeriod
{
    public DayPeriod(DateOnly from, DateOnly end)
    {
        if (end < from)
        {
            throw new ArgumentException($"A period cannot end ({end:O}) before it starts ({from:O}).");
        }
        From = from;
        End = end;
    }

    public DateOnly From { get; }

    /// <summary>First day after the period, exclusive.</summary>
    public DateOnly End { get; }

    /// <summary>From two inclusive days, the second null for "no end".</summary>
    public static DayPeriod Inclusive(DateOnly from, DateOnly? last) =>
        new(from, last is { } day ? day.AddDays(1) : DateOnly.MaxValue);

    public bool HasEnd => End != DateOnly.MaxValue;

    /// <summary>The last day, inclusive, or null where there is no end.</summary>
    public DateOnly? LastDay => HasEnd ? End.AddDays(-1) : null;

    public bool IsEmpty => From == End;

    public bool Contains(DateOnly day) => From <= day && day < End;

    public bool Overlaps(DayPeriod other) => From < other.End && other.From < End;
}
