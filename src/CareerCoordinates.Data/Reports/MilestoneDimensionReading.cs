using System.Globalization;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A dimension of milestones: gives each the number of its value, and each number its code. Safe for several threads.</summary>
internal sealed class MilestoneDimensionReading(MilestoneGrouping grouping, PopulationReading population, ProjectedCodes codes)
{
    private const int Months = 12;

    private readonly CodeList values = new();
    private readonly DimensionReading? organizations =
        grouping.Dimension == MilestoneDimension.Organization
            ? DimensionReading.Of(new(Dimension.Organization, grouping.Kind), population, codes, default)
            : null;

    /// <summary>Whether the type alone says the value.</summary>
    public bool IsOfType => grouping.Dimension is not (MilestoneDimension.Organization or MilestoneDimension.Month);

    /// <summary>The value of a type.</summary>
    public int Of(string type) => values.Of(MilestoneCodes.Of(grouping.Dimension, type, population.Framework));

    /// <summary>The value that follows from the day of a milestone, and where its worker was on it.</summary>
    public int Of(int day, in Member member)
    {
        if (organizations is not null)
        {
            return organizations.Of(member, day);
        }
        var month = ReportDay.Read(day);
        return month.Year * Months + month.Month - 1;
    }

    /// <summary>The number of a code; -1 where nothing has it.</summary>
    public int Find(string code) =>
        organizations is not null ? organizations.Find(code)
        : IsOfType ? values.Of(code)
        : DateOnly.TryParseExact(code, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month.Year * Months + month.Month - 1
        : -1;

    public string CodeOf(int value) =>
        organizations is not null ? organizations.CodeOf(value)
        : IsOfType ? values[value]
        : MilestoneCodes.OfMonth(new DateOnly(value / Months, value % Months + 1, 1));
}
