namespace CareerCoordinates.Domain.Reports;

/// <summary>The two years by which is reported: a figure belongs to one of them, and the two are never added.</summary>
public enum YearKind
{
    /// <summary>1 January to 31 December.</summary>
    Calendar,

    /// <summary>1 October to 30 September, as the unions' yearly statistics count; named after the year in which it ends.</summary>
    October,
}

/// <summary>A year of a report, such as <c>calendar 2025</c> or <c>october 2025</c> (1 October 2024 to 30 September 2025).</summary>
/// <param name="Number">From <see cref="Limits.FirstYear"/> to <see cref="Limits.LastYear"/>.</param>
public readonly record struct ReportingYear(YearKind Kind, int Number)
{
    public DateOnly FirstDay => Kind == YearKind.Calendar ? new(Number, 1, 1) : new(Number - 1, 10, 1);

    public DateOnly LastDay => Kind == YearKind.Calendar ? new(Number, 12, 31) : new(Number, 9, 30);
}
