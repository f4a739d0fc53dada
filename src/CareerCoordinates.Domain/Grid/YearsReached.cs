using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Grid;

internal static class YearsReached
{
    /// <summary>
    /// The first day on which the exact years since <paramref name="start"/> are at least <paramref name="years"/>: the
    /// anniversary, and for a fraction the first day that far into the running year.
    /// </summary>
    public static DateOnly FirstDay(DateOnly start, decimal years)
    {
        var whole = (int)decimal.Floor(years);
        var anniversary = Career.Anniversary(start, whole);
        var daysInYear = Career.Anniversary(start, whole + 1).DayNumber - anniversary.DayNumber;
        return anniversary.AddDays((int)decimal.Ceiling((years - whole) * daysInYear));
    }
}
