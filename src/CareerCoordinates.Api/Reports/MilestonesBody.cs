using System.Text.Json.Serialization;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Reports;

/// <summary>The milestones that share the values of the dimensions asked for; the other members are left out.</summary>
/// <param name="Milestones">How many; protected: `hidden` where few workers have them, or one has most.</param>
/// <param name="Workers">Whose they are, each counted once.</param>
/// <param name="Sum">The attribute of those that have it, where it was asked for.</param>
/// <param name="KeyNode">`none`: the type is at none; the same for `initiative`, `service` and `mainLine`.</param>
/// <param name="Month">Of the day from which the milestone counts: a year alone counts from its last day.</param>
/// <param name="Organization">An organisation's id; `none`: none of the kind is above.</param>
public sealed record MilestoneRow(
    [property: JsonPropertyOrder(1)] ReportNumber Milestones,
    [property: JsonPropertyOrder(2)] ReportCount Workers,
    [property: JsonPropertyOrder(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReportNumber? Sum = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Type = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? KeyNode = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Initiative = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Service = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MainLine = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Month = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Organization = null
)
{
    public static MilestoneRow Of(
        IReadOnlyList<MilestoneGrouping> groupBy,
        IReadOnlyList<string> codes,
        ReportNumber milestones,
        ReportCount workers,
        ReportNumber? sum
    )
    {
        string? Code(MilestoneDimension dimension) =>
            groupBy.Zip(codes).FirstOrDefault(d => d.First.Dimension == dimension).Second;
        return new(
            milestones,
            workers,
            sum,
            Code(MilestoneDimension.Type),
            Code(MilestoneDimension.Kind),
            Code(MilestoneDimension.KeyNode),
            Code(MilestoneDimension.Initiative),
            Code(MilestoneDimension.Service),
            Code(MilestoneDimension.MainLine),
            Code(MilestoneDimension.Month),
            Code(MilestoneDimension.Organization)
        );
    }

    public string? CodeOf(MilestoneDimension dimension) =>
        dimension switch
        {
            MilestoneDimension.Type => Type,
            MilestoneDimension.Kind => Kind,
            MilestoneDimension.KeyNode => KeyNode,
            MilestoneDimension.Initiative => Initiative,
            MilestoneDimension.Service => Service,
            MilestoneDimension.MainLine => MainLine,
            MilestoneDimension.Month => Month,
            _ => Organization,
        };

    public static Name NameOf(MilestoneDimension dimension) =>
        dimension switch
        {
            MilestoneDimension.Type => new("节点类型", "milestone type"),
            MilestoneDimension.Kind => new("节点类别", "milestone kind"),
            MilestoneDimension.KeyNode => new("关键节点", "key node"),
            MilestoneDimension.Initiative => new("举措", "initiative"),
            MilestoneDimension.Service => new("服务", "service"),
            MilestoneDimension.MainLine => new("主线", "main line"),
            MilestoneDimension.Month => new("月份", "month"),
            _ => new("单位", "organisation"),
        };
}

/// <summary>The milestones of a period: how many, of how many workers, and what they add up to.</summary>
/// <param name="Rows">Exact: those in which anything is. Protected: all that the framework knows; by organisation, those that are shown.</param>
/// <param name="NotCounted">Restricted types, which are in no row: they are counted in no group below a street, nor with a filter on workers.</param>
public sealed record MilestonesBody(
    [property: JsonPropertyOrder(-10)] DateOnly From,
    [property: JsonPropertyOrder(-10)] DateOnly To,
    IReadOnlyList<MilestoneRow> Rows,
    IReadOnlyList<string> NotCounted
) : ReportBody
{
    internal IReadOnlyList<MilestoneGrouping> GroupBy { get; init; } = [];

    internal override IReadOnlyList<string> Remarks(ReportNames names, Instant madeAt) => names.NotCounted(NotCounted);

    internal override ReportTable ToTable()
    {
        var hasSum = Question.ContainsKey("sum");
        var columns = GroupBy
            .Select(g => new ReportColumn(MilestoneGroupWish.WordOf(g.Dimension), MilestoneRow.NameOf(g.Dimension)))
            .Append(new("milestones", new("节点数", "milestones")))
            .Append(PositionCell.WorkersColumn);
        return new(
            [.. hasSum ? columns.Append(new("sum", new("合计", "sum"))) : columns],
            [
                .. Rows.Select(
                    IReadOnlyList<object?> (r) =>
                        [
                            .. GroupBy.Select(g => r.CodeOf(g.Dimension)),
                            r.Milestones.Cell,
                            r.Workers,
                            .. hasSum ? new[] { r.Sum?.Cell } : [],
                        ]
                ),
            ]
        );
    }
}
