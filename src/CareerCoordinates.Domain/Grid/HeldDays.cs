using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Grid;

/// <summary>The days covered by any of several periods, each counted once, gaps left out.</summary>
internal sealed class HeldDays
{
    private readonly List<DayPeriod> runs = [];

    public HeldDays(IEnumerable<DayPeriod> periods)
    {
        foreach (var period in periods.OrderBy(p => p.From))
        {
            if (runs.Count > 0 && period.From <= runs[^1].End)
            {
                runs[^1] = new DayPeriod(runs[^1].From, period.End > runs[^1].End ? period.End : runs[^1].End);
            }
            else
            {
                runs.Add(period);
            }
        }
    }

    /// <summary>The first day ever covered.</summary>
    public DateOnly? First => runs.Count > 0 ? runs[0].From : null;

    public bool Contains(DateOnly day) => runs.Exists(run => run.Contains(day));

    /// <summary>Days covered before <paramref name="day"/>: on the first anniversary of an unbroken run they are a year.</summary>
    public int Before(DateOnly day)
    {
        var days = 0;
        foreach (var run in runs)
        {
            if (run.From < day)
            {
                days += (run.End < day ? run.End : day).DayNumber - run.From.DayNumber;
            }
        }
        return days;
    }

    /// <summary>The days from <paramref name="first"/> to that many years later: what an unbroken run would have to cover.</summary>
    public static int DaysIn(decimal years, DateOnly first) => YearsReached.FirstDay(first, years).DayNumber - first.DayNumber;

    /// <summary>
    /// The first day, not before <paramref name="from"/>, that is covered itself and before which years of days were covered,
    /// counted from the first covered day to its anniversary; null where no such day is known.
    /// </summary>
    public DateOnly? FirstDayWith(decimal years, DateOnly from)
    {
        if (First is not { } first)
        {
            return null;
        }
        var missing = DaysIn(years, first);
        foreach (var run in runs)
        {
            var enough = run.From.AddDays(Math.Max(0, missing));
            var day = enough > from ? enough : from;
            if (run.Contains(day))
            {
                return day;
            }
            missing -= run.End.DayNumber - run.From.DayNumber;
        }
        return null;
    }
}
