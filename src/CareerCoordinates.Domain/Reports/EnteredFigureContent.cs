namespace CareerCoordinates.Domain.Reports;

/// <summary>
/// What an organisation reports and no milestone counts (填报数): one figure of one indicator for one year. It stands beside what
/// is computed from the record and is never mixed with it.
/// </summary>
/// <param name="Indicator">Code of an indicator of the framework that is entered.</param>
/// <param name="Figure">Code of one of that indicator's figures.</param>
/// <param name="Number">From 0 to <see cref="Limits.EnteredNumber"/>, in the figure's unit, with no more decimal places than the unit has.</param>
/// <param name="Source">Where the number comes from: a report, a list, a department.</param>
public sealed record EnteredFigureContent(
    Guid OrganizationId,
    string Indicator,
    string Figure,
    ReportingYear Year,
    decimal Number,
    string Source
)
{
    private const decimal Millionth = 1_000_000m;

    /// <summary>The number as it is stored: whole millionths, which both engines add without loss.</summary>
    public long Millionths => (long)(Number * Millionth);

    /// <summary>A number without trailing zeros.</summary>
    public static decimal OfMillionths(long millionths) => millionths / Millionth;
}
