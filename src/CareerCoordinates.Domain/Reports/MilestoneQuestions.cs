using System.Globalization;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Domain.Reports;

/// <summary>What milestones are told apart by.</summary>
public enum MilestoneDimension
{
    Type,
    Kind,
    KeyNode,

    /// <summary>The initiative under which the type is filed.</summary>
    Initiative,

    /// <summary>The service under which the type is filed.</summary>
    Service,

    /// <summary>The main line, where the type is filed under it.</summary>
    MainLine,

    /// <summary>The month of the day from which the milestone counts.</summary>
    Month,

    /// <summary>Of the affiliation that spoke for the worker on that day.</summary>
    Organization,
}

/// <summary>One dimension of a milestone report.</summary>
/// <param name="Kind">Only for organisations: the nearest of this kind, itself or above; null: the organisation itself.</param>
public sealed record MilestoneGrouping(MilestoneDimension Dimension, OrganizationKind? Kind = null);

/// <summary>The counting milestones of a period whose worker counted on their own day (design §6).</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="Types">Only these; null: all.</param>
/// <param name="LeftOut">Types that are in no row.</param>
/// <param name="Sum">A numeric attribute that is added up; null: none.</param>
/// <param name="NotSummed">Types whose attribute is not added up.</param>
/// <param name="MostRows">With more rows there is no answer.</param>
public sealed record MilestoneQuestion(
    Population Population,
    DateOnly From,
    DateOnly To,
    IReadOnlyList<MilestoneGrouping> GroupBy,
    IReadOnlyList<string>? Types,
    IReadOnlyCollection<string> LeftOut,
    string? Sum,
    IReadOnlyCollection<string> NotSummed,
    int MostRows
);

/// <summary>The milestones that share the values of the dimensions.</summary>
/// <param name="Milestones">Each milestone is one.</param>
/// <param name="Sum">The attribute, of those that have it.</param>
public sealed record CountedMilestones(IReadOnlyList<string> Codes, SumOfWorkers Milestones, SumOfWorkers Sum);

/// <summary>A period of days, both inclusive.</summary>
public readonly record struct ReportPeriod(DateOnly First, DateOnly Last);

/// <summary>All figures of the framework for one period or several, which are read in one pass.</summary>
/// <param name="Periods">One after the other; what occurred on a day of two counts in the first in the list.</param>
/// <param name="LeftOut">Types that are in no figure.</param>
public sealed record FiguresQuestion(
    Population Population,
    IReadOnlyList<ReportPeriod> Periods,
    IReadOnlyCollection<string> LeftOut
);

/// <summary>What a milestone's type says of the dimensions of a report.</summary>
public static class MilestoneCodes
{
    /// <summary>The value of a dimension that follows from the type alone; null for the others.</summary>
    public static string? Of(MilestoneDimension dimension, string type, Framework framework)
    {
        var known = framework.MilestoneTypes.GetValueOrDefault(type);
        return dimension switch
        {
            MilestoneDimension.Type => type,
            MilestoneDimension.Kind => known?.Kind ?? ReportCodes.None,
            MilestoneDimension.KeyNode => known?.KeyNode ?? ReportCodes.None,
            MilestoneDimension.Initiative => FiledUnder(known, ProgrammePartKind.Initiative),
            MilestoneDimension.Service => FiledUnder(known, ProgrammePartKind.Service),
            MilestoneDimension.MainLine => FiledUnder(known, ProgrammePartKind.MainLine),
            _ => null,
        };
    }

    /// <summary>Such as <c>2025-09</c>.</summary>
    public static string OfMonth(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string FiledUnder(MilestoneType? type, ProgrammePartKind kind) =>
        type?.BelongsTo is { } part && part.Kind == kind ? part.Code : ReportCodes.None;
}

/// <summary>Where counts tell more than elsewhere.</summary>
public static class DelicateTypes
{
    /// <summary>True where a count of the type is shown only from a higher number on: it is restricted, or grants something in a sensitive channel.</summary>
    public static bool IsSensitive(this MilestoneType type, Framework framework) =>
        type.Sensitivity == Sensitivity.Restricted || type.Grants.Any(g => framework.FindChannel(g.Rung.Channel)!.Sensitive);

    public static bool IsSensitive(this Indicator indicator, Framework framework) =>
        indicator.BelongsTo is { Kind: ProgrammePartKind.Channel } part && framework.FindChannel(part.Code)!.Sensitive;

    public static bool IsSensitive(this Figure figure, Framework framework) =>
        (figure.Rung is { } rung && framework.FindChannel(rung.Rung.Channel)!.Sensitive)
        || FigureCodes.TypesOf(figure, framework).Any(t => t.IsSensitive(framework));

    /// <summary>
    /// Whether milestones of restricted types may be counted: in no group below a street (design §5). Every other filter on workers
    /// may make such a group, so with one they are not counted either.
    /// </summary>
    /// <param name="places">The kinds of the organisations whose workers are counted together; null where one is not known.</param>
    /// <param name="grouping">How deep organisations are told apart, where they are.</param>
    public static bool MayCountRestricted(
        WorkerFilter filter,
        IEnumerable<OrganizationKind?> places,
        MilestoneGrouping? grouping
    ) =>
        filter with { Organization = null } == new WorkerFilter()
        && places.All(IsStreetOrAbove)
        && (grouping is null || IsStreetOrAbove(grouping.Kind));

    private static bool IsStreetOrAbove(OrganizationKind? kind) =>
        kind is OrganizationKind.DistrictFederation or OrganizationKind.StreetUnion or OrganizationKind.IndustryUnion;
}
