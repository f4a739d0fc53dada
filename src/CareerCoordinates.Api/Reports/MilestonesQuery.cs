using System.Text.Json;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Api.Reports;

/// <summary>By what milestones are told apart, as asked for: words separated by commas.</summary>
public sealed record MilestoneGroupWish(string? Text, OrganizationKind? Kind)
{
    private static readonly IReadOnlyList<(string Word, MilestoneDimension Dimension)> Words =
    [
        .. Enum.GetValues<MilestoneDimension>().Select(d => (WordOf(d), d)),
    ];

    public static readonly RefusalCode UnknownDimension = new(
        "unknown-milestone-dimension",
        RefusalKind.Shape,
        "Milestones are not told apart by '{0}'. Possible: {1}.",
        "成长节点不能按“{0}”分组。可用维度：{1}。"
    );

    public static MilestoneGroupWish Read(QueryReader query) =>
        new(
            query.Text(
                "groupBy",
                $"One or two of {string.Join(", ", Words.Select(w => w.Word))}, separated by a comma; without it there is one row.",
                ReadMilestones.Example.Question["groupBy"]
            ),
            query.OneOf<OrganizationKind>(
                "organizationKind",
                "With `groupBy=organization`: the nearest organisation of this kind, itself or above; without it the organisation itself."
            )
        );

    public static string WordOf(MilestoneDimension dimension) => JsonNamingPolicy.CamelCase.ConvertName(dimension.ToString());

    public IReadOnlyList<MilestoneGrouping> Groupings(List<Refusal> refusals)
    {
        var found = GroupWords.Read(Text ?? "", Words, 2, UnknownDimension, refusals);
        GroupWords.CheckKind(Kind, found.Contains(MilestoneDimension.Organization), refusals);
        return [.. found.Select(d => new MilestoneGrouping(d, d == MilestoneDimension.Organization ? Kind : null))];
    }
}

/// <param name="Sum">A numeric attribute.</param>
public sealed record MilestonesQuery(
    DateOnly? From,
    DateOnly? To,
    MilestoneGroupWish GroupBy,
    string? Sum,
    string? Type,
    string? Kind,
    ReportWish Wish
) : IQuery<MilestonesQuery>
{
    public static MilestonesQuery Read(QueryReader query) =>
        new(
            query.Required(
                "from",
                query.Day(
                    "from",
                    "The first day. Protected counts: the first of a month.",
                    ReadMilestones.Example.Question["from"]
                )
            ),
            query.Required(
                "to",
                query.Day(
                    "to",
                    $"The last day, included; at most {RequestLimits.ReportYears} years after the first. Protected counts: a month end.",
                    ReadMilestones.Example.Question["to"]
                )
            ),
            MilestoneGroupWish.Read(query),
            query.Text("sum", "A numeric attribute that is added up, such as `hours`.", "hours"),
            query.Text("type", "Only milestones of this type."),
            query.Text("kind", "Only milestones of this kind.", "training"),
            ReportWish.Read(query)
        );
}
