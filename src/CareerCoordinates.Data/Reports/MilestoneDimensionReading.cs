using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A dimension of milestones: gives each the number of its value, and each number its code.</summary>
internal sealed class MilestoneDimensionReading(MilestoneGrouping grouping, PopulationReading population, ProjectedCodes codes)
{
    private const int Months = 12;

    private readonly Dictionary<string, int> ofType = [];
    private readonly CodeList values = new();
    private readonly DimensionReading? organizations =
        grouping.Dimension == MilestoneDimension.Organization
            ? DimensionReading.Of(new(Dimension.Organization, grouping.Kind), population, codes, default)
            : null;

    public int Of(in ReadMilestone milestone, in Member member)
    {
        if (organizations is not null)
        {
            return organizations.Of(member, milestone.Day);
        }
        if (grouping.Dimension == MilestoneDimension.Month)
        {
            var day = ReportDay.Read(milestone.Day);
            return day.Year * Months + day.Month - 1;
        }
        if (!ofType.TryGetValue(milestone.Type, out var value))
        {
            ofType[milestone.Type] = value = values.Of(
                MilestoneCodes.Of(grouping.Dimension, milestone.Type, population.Framework)
            );
        }
        return value;
    }

    public string CodeOf(int value) =>
        organizations is not null ? organizations.CodeOf(value)
        : grouping.Dimension == MilestoneDimension.Month
            ? MilestoneCodes.OfMonth(new DateOnly(value / Months, value % Months + 1, 1))
        : values[value];
}
