using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Reports;

public sealed record MilestonesPeopleQuery(MilestonesQuery Report, PeopleWish People) : IQuery<MilestonesPeopleQuery>
{
    public static MilestonesPeopleQuery Read(QueryReader query) =>
        new(
            MilestonesQuery.Read(query),
            PeopleWish.Read(
                query,
                [.. Enum.GetValues<MilestoneDimension>().Select(d => (MilestoneGroupWish.WordOf(d), (string?)null))]
            )
        );
}

/// <summary>
/// The people behind a row of the milestone report, or behind all of it. Never for a restricted type: a list of people would say of each
/// what only who may see such milestones knows.
/// </summary>
public static class ReadPeopleOfMilestones
{
    public static readonly RefusalCode RestrictedPeople = new(
        "restricted-type-not-listed",
        RefusalKind.Shape,
        "Milestones of the type '{0}' are counted, but who has them is not listed. Ask for another type.",
        "节点类型“{0}”只作统计，不列出人员名单，请改用其他类型。"
    );

    public static readonly RefusalCode RowWithoutDimension = new(
        "row-without-dimension",
        RefusalKind.Shape,
        "A row is named by what the report is grouped by: with '{0}' say groupBy={1}.",
        "行由统计的分组维度确定：使用“{0}”时请同时指定 groupBy={1}。"
    );

    public static Task<Results<PeopleAnswer, Problem>> Handle(Query<MilestonesPeopleQuery> query, PeopleCall call)
    {
        var (asked, people) = query.Value;
        // Without a row: everybody who has a milestone that counts.
        asked = people.Cell.Members.Count == 0 ? asked with { GroupBy = new(null, null) } : asked;
        IReadOnlyList<MilestoneGrouping> groupBy = [];
        IReadOnlyList<MilestoneType> types = [];
        IReadOnlyList<string>? row = null;
        List<string> restricted = [];
        return ReadPeople.AnswerAsync(
            call,
            asked.Wish,
            people,
            [("to", asked.To)],
            (framework, refusals) =>
            {
                ReadMilestones.CheckDays(asked, refusals);
                groupBy = asked.GroupBy.Groupings(refusals);
                types = ReadMilestones.TypesOf(asked, framework, refusals);
                if (groupBy.Count == 0 && people.Cell.Members.Keys.FirstOrDefault() is { } member)
                {
                    refusals.Add(new(RowWithoutDimension, "?groupBy", CellWish.Before + member, member));
                    return;
                }
                row = people.Cell.Of([.. groupBy.Select(g => MilestoneGroupWish.WordOf(g.Dimension))], refusals);
                foreach (var dimension in groupBy.Select(g => g.Dimension))
                {
                    if (refusals.Count == 0 && ValuesOf(dimension, asked, framework, call.Store) is { } values)
                    {
                        people.Cell.Check(MilestoneGroupWish.WordOf(dimension), values, refusals);
                    }
                }
                restricted =
                [
                    .. framework
                        .MilestoneTypes.Values.Where(t => t.Sensitivity == Sensitivity.Restricted)
                        .Select(t => t.Code)
                        // Who may see what is always today's, also of what another version answers.
                        .Union(call.Store.Frameworks.Restricted.Keys)
                        .Order(StringComparer.Ordinal),
                ];
                foreach (
                    var (type, place) in new[]
                    {
                        (asked.Type, "?type"),
                        (people.Cell.Members.GetValueOrDefault("type"), "?cell.type"),
                    }
                )
                {
                    if (type is not null && restricted.Contains(type))
                    {
                        refusals.Add(new(RestrictedPeople, place, type));
                    }
                }
            },
            desk =>
            {
                ReadMilestones.Say(desk, asked, groupBy);
                return new MilestoneReports(desk.Columns).People(
                    ReadMilestones.QuestionOf(asked, desk, groupBy, types, restricted),
                    row!
                );
            },
            () => restricted.FindAll(code => types.Any(t => t.Code == code))
        );
    }

    /// <summary>What a dimension may be; null where the framework does not say it.</summary>
    private static IReadOnlyList<string>? ValuesOf(
        MilestoneDimension dimension,
        MilestonesQuery asked,
        Framework framework,
        CareerStore store
    ) =>
        dimension switch
        {
            MilestoneDimension.Organization => null,
            MilestoneDimension.Month => asked.From > asked.To ? null : MilestoneRows.Months(asked.From!.Value, asked.To!.Value),
            // What was recorded under a version whose types are gone stands under its type.
            MilestoneDimension.Type =>
            [
                .. store
                    .Frameworks.Versions.SelectMany(v => v.Framework.MilestoneTypes.Keys)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ],
            _ =>
            [
                .. framework
                    .MilestoneTypes.Keys.Select(t => MilestoneCodes.Of(dimension, t, framework)!)
                    .Append(ReportCodes.None)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ],
        };
}
