namespace CareerCoordinates.Domain.Reports;

/// <summary>One whole year since the start: who was at risk when it began, and who of them had the event in it.</summary>
public readonly record struct YearOfRisk(Cell AtRisk, Cell Events)
{
    /// <summary>
    /// The year, counted from 1, in which a time in days falls, at 365.25 days a year: so day 365 is still "within one year".
    /// </summary>
    public static int Of(int days) => Math.Max(1, (days * 4 + 1460) / 1461);

    /// <summary>
    /// The years 1, 2, … of a group from who left it in each of them, by the event or censored. As in <see cref="Tally"/>, who
    /// is censored in a year was at risk in it: the times are as if measured in whole years, rounded up.
    /// </summary>
    /// <param name="left">At index 0 year 1, and so on without gaps.</param>
    public static IReadOnlyList<YearOfRisk> FromLeaving(IReadOnlyList<(Cell Events, Cell Censored)> left)
    {
        var years = new YearOfRisk[left.Count];
        var atRisk = default(Cell);
        for (var year = left.Count - 1; year >= 0; year--)
        {
            atRisk += left[year].Events + left[year].Censored;
            years[year] = new YearOfRisk(atRisk, left[year].Events);
        }
        return years;
    }
}

/// <summary>A point of a protected curve.</summary>
/// <param name="Since">The year after which the events of this point begin: that of the point before, or 0.</param>
/// <param name="Year">Whole years from the start.</param>
/// <param name="AtRisk">The protected count of those at risk when year <paramref name="Since"/> was over.</param>
/// <param name="Events">The protected count of those with the event after year <paramref name="Since"/> and within <paramref name="Year"/>.</param>
/// <param name="Survival">The estimated share still without the event when <paramref name="Year"/> was over.</param>
public sealed record ProtectedPoint(int Since, int Year, int AtRisk, int Events, double Survival);

/// <summary>
/// How long a group takes until an event, for those who may see no person: nothing in it but protected counts and what
/// follows from the shown ones. No interval, quartile or test.
/// </summary>
/// <param name="Workers">All of the group; hidden below <see cref="LeastWorkers"/>, and then all the rest is hidden as well.</param>
/// <param name="Excluded">Those who had the event without ever being at risk; they are not among the workers.</param>
/// <param name="Curve">
/// The years up to which a number of events can be shown. A year with too few is no point; its events count in the next
/// point, which ends at a year that is a multiple of five. The curve ends where no further point can be shown. Where
/// the events of a year lie near the threshold it runs about one percentage point low, as upward noise rather makes a point.
/// </param>
public sealed record ProtectedSurvival(
    ProtectedCount Workers,
    ProtectedCount Events,
    ProtectedCount Excluded,
    IReadOnlyList<ProtectedPoint> Curve
)
{
    public const int LeastWorkers = 30;

    /// <param name="years">Years 1, 2, … without gaps; all of the group are at risk in year 1.</param>
    /// <param name="threshold">The least number shown, <see cref="ProtectedCounts.Threshold"/> or more.</param>
    public static ProtectedSurvival Of(
        ProtectedCounts counts,
        IReadOnlyList<YearOfRisk> years,
        Cell excluded,
        int threshold = ProtectedCounts.Threshold
    )
    {
        var workers = counts.Count(years.Count > 0 ? years[0].AtRisk : default, Math.Max(LeastWorkers, threshold));
        if (workers.Shown is null)
        {
            var hidden = new ProtectedCount(null, threshold);
            return new ProtectedSurvival(workers, hidden, hidden, []);
        }
        var events = years.Aggregate(default(Cell), (sum, year) => sum + year.Events);
        return new ProtectedSurvival(
            workers,
            counts.Count(events, threshold),
            counts.Count(excluded, threshold),
            CurveOf(counts, years, threshold)
        );
    }

    /// <summary>Points of several years end at a multiple of this: at which year exactly the last of few had the event is not told.</summary>
    public const int YearsOfStep = 5;

    private static List<ProtectedPoint> CurveOf(ProtectedCounts counts, IReadOnlyList<YearOfRisk> years, int threshold)
    {
        var curve = new List<ProtectedPoint>();
        var (since, survival, events) = (0, 1.0, default(Cell));
        var last = (years.Count + YearsOfStep - 1) / YearsOfStep * YearsOfStep;
        for (var year = 1; year <= last; year++)
        {
            events += Year(year - 1).Events;
            if (
                (year == since + 1 || year % YearsOfStep == 0)
                && counts.Count(Year(since).AtRisk, threshold).Shown is { } atRisk
                && counts.Count(events, threshold).Shown is { } had
            )
            {
                var after = counts.Count(Year(year).AtRisk, threshold).Shown ?? threshold / 2;
                survival *= 1 - ShareOf(had, atRisk, after, year - since);
                curve.Add(new ProtectedPoint(since, year, atRisk, had, survival));
                (since, events) = (year, default);
            }
        }
        return curve;

        YearOfRisk Year(int index) => index < years.Count ? years[index] : default;
    }

    /// <summary>
    /// The share of those at risk who had the event. In a point of several years those censored meanwhile were at risk for half of it, as
    /// in a life table; in one of a single year until its end, as everywhere.
    /// </summary>
    /// <param name="after">At risk when the point ends; where that is hidden, half of the least number shown.</param>
    private static double ShareOf(int had, int atRisk, int after, int years)
    {
        var censored = years > 1 ? Math.Max(0, atRisk - had - after) : 0;
        // Events may be shown above those at risk, as their noises differ.
        return Math.Min(1, had / Math.Max(had, atRisk - (censored / 2.0)));
    }
}
