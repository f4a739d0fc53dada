namespace CareerCoordinates.Domain.Time;

/// <summary>Years in career (从业年限): anniversaries of the career start passed, plus the fraction to the next.</summary>
public static class Career
{
    /// <summary>The n-th anniversary of a day; one of 29 February falls on 1 March in common years.</summary>
    public static DateOnly Anniversary(DateOnly start, int years)
    {
        var year = start.Year + years;
        return start is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year)
            ? new DateOnly(year, 3, 1)
            : new DateOnly(year, start.Month, start.Day);
    }

    /// <summary>Anniversaries of <paramref name="start"/> passed on <paramref name="day"/>; negative before the start is cut to 0.</summary>
    public static int AnniversariesPassed(DateOnly start, DateOnly day)
    {
        if (day < start)
        {
            return 0;
        }
        var years = day.Year - start.Year;
        return Anniversary(start, years) > day ? years - 1 : years;
    }

    /// <summary>Exact years in career as a fraction (numerator over denominator of days within the running year); 0 before the start.</summary>
    public static ExactYears YearsOn(DateOnly start, DateOnly day)
    {
        if (day <= start)
        {
            return new ExactYears(0, 0, 1);
        }
        var whole = AnniversariesPassed(start, day);
        var last = Anniversary(start, whole);
        var next = Anniversary(start, whole + 1);
        return new ExactYears(whole, day.DayNumber - last.DayNumber, next.DayNumber - last.DayNumber);
    }
}

/// <summary>A number of years held exactly: whole anniversaries and days of the running year.</summary>
public readonly record struct ExactYears(int Whole, int Days, int DaysInYear)
{
    /// <summary>Cut, not rounded, to one decimal: 7 years and 364 of 365 days are 7.9.</summary>
    public decimal OneDecimal => Whole + Days * 10 / DaysInYear / 10m;

    /// <summary>True when the exact value is at least <paramref name="years"/> (stage bounds have at most one decimal).</summary>
    public bool IsAtLeast(decimal years) => years <= Whole || (years - Whole) * DaysInYear <= Days;
}
