using System.Text.Json.Serialization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Reports;

/// <param name="GroupBy">Up to two dimensions.</param>
public sealed record PositionsQuery(DateOnly? AsOf, GroupWish GroupBy, ReportWish Wish) : IQuery<PositionsQuery>
{
    public static PositionsQuery Read(QueryReader query) =>
        new(
            query.Day(
                "asOf",
                "The day on which workers are counted; by default today, for protected counts the last month end.",
                "2025-12-31"
            ),
            GroupWish.Read(query, "One or two dimensions, separated by a comma; `channel,rung` by default.", "channel,rung"),
            ReportWish.Read(query)
        );
}

/// <summary>Workers who share the values of the dimensions asked for; the other members are left out.</summary>
/// <param name="Rung">`none`: nothing is held in the channel.</param>
/// <param name="Organization">An organisation's id; `none`: none of the kind is above.</param>
public sealed record PositionCell(
    [property: JsonPropertyOrder(1)] ReportCount Workers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Channel = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Rung = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Level = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stage = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Organization = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Industry = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IndustrySection = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Occupation = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? EmploymentForm = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CareerStartYear = null
)
{
    public static PositionCell Of(IReadOnlyList<Grouping> groupBy, IReadOnlyList<string> codes, ReportCount workers)
    {
        string? Code(Dimension dimension)
        {
            for (var i = 0; i < groupBy.Count; i++)
            {
                if (groupBy[i].Dimension == dimension)
                {
                    return codes[i];
                }
            }
            return null;
        }
        var rung = Code(Dimension.ChannelRung)?.Split(' ');
        return new(
            workers,
            rung?[0],
            rung?[1],
            Code(Dimension.Level) is { } level ? int.Parse(level, System.Globalization.CultureInfo.InvariantCulture) : null,
            Code(Dimension.Stage),
            Code(Dimension.Organization),
            Code(Dimension.Industry),
            Code(Dimension.IndustrySection),
            Code(Dimension.Occupation),
            Code(Dimension.EmploymentForm),
            Code(Dimension.CareerStartYear)
        );
    }

    /// <summary>The values in the order of <see cref="Names"/>, and the number.</summary>
    public IReadOnlyList<object?> Values(IReadOnlyList<Grouping> groupBy) =>
        [
            .. groupBy.SelectMany(g =>
                g.Dimension switch
                {
                    Dimension.ChannelRung => new object?[] { Channel, Rung },
                    Dimension.Level => [Level],
                    Dimension.Stage => [Stage],
                    Dimension.Organization => [Organization],
                    Dimension.Industry => [Industry],
                    Dimension.IndustrySection => [IndustrySection],
                    Dimension.Occupation => [Occupation],
                    Dimension.EmploymentForm => [EmploymentForm],
                    Dimension.CareerStartYear => [CareerStartYear],
                    _ => throw new ArgumentOutOfRangeException(nameof(groupBy)),
                }
            ),
            Workers,
        ];

    public static IReadOnlyList<ReportColumn> Names(IReadOnlyList<Grouping> groupBy) =>
        [.. groupBy.SelectMany(g => NamesOf(g.Dimension)), WorkersColumn];

    public static readonly ReportColumn WorkersColumn = new("workers", new("职工人数", "workers"));

    public static IReadOnlyList<ReportColumn> NamesOf(Dimension dimension) =>
        dimension switch
        {
            Dimension.ChannelRung => [new("channel", new("通道", "channel")), new("rung", new("台阶", "rung"))],
            Dimension.Level => [new("level", new("层", "level"))],
            Dimension.Stage => [new("stage", new("阶段", "stage"))],
            Dimension.Organization => [new("organization", new("单位", "organisation"))],
            Dimension.Industry => [new("industry", new("行业", "industry"))],
            Dimension.IndustrySection => [new("industrySection", new("行业门类", "industry section"))],
            Dimension.Occupation => [new("occupation", new("职业", "occupation"))],
            Dimension.EmploymentForm => [new("employmentForm", new("用工形式", "employment form"))],
            Dimension.CareerStartYear => [new("careerStartYear", new("从业起始年", "career start year"))],
            _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
        };
}

/// <summary>How many workers stand where.</summary>
/// <param name="Cells">Exact: those in which anybody is. Protected: all that the framework knows; where a dimension is not of the framework, those that are shown.</param>
public sealed record PositionsBody(IReadOnlyList<PositionCell> Cells) : DayReportBody
{
    internal IReadOnlyList<Grouping> GroupBy { get; init; } = [];

    internal override ReportTable ToTable() => new(PositionCell.Names(GroupBy), [.. Cells.Select(c => c.Values(GroupBy))]);
}

public static class ReadPositions
{
    public const int MostCells = 200_000;

    internal static readonly PositionsBody Example = Examples.Read<PositionsBody>("positions");

    public static async Task<Results<ReportAnswer<PositionsBody>, Problem>> Handle(
        Query<PositionsQuery> query,
        MinDataVersion version,
        SignedIn me,
        CareerStore store,
        CancellationToken cancellation
    )
    {
        var asked = query.Value;
        IReadOnlyList<Grouping> groupBy = [];
        var opened = await ReportDesk.OpenAsync(
            me,
            store,
            asked.Wish,
            version,
            [("asOf", asked.AsOf)],
            (_, refusals) => groupBy = asked.GroupBy.Groupings("channel,rung", 2, refusals),
            cancellation
        );
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        desk.Say("groupBy", string.Join(',', groupBy.Select(g => GroupWish.WordOf(g.Dimension))));
        desk.Say(
            "organizationKind",
            asked.GroupBy.Kind is { } kind ? Domain.Codes<Domain.People.OrganizationKind>.Of(kind) : null
        );
        var counted = desk.Columns.Count(new(desk.Population, desk.Clocks.AsOf, groupBy));
        if (counted.Count > MostCells)
        {
            return Problem.Of(ReportRefusals.TooManyCells, MostCells);
        }
        return Answer(desk, groupBy, Cells(desk, groupBy, counted));
    }

    internal static ReportAnswer<PositionsBody> Answer(
        ReportDesk desk,
        IReadOnlyList<Grouping> groupBy,
        IReadOnlyList<PositionCell> cells
    ) => new(_ => new PositionsBody(cells) { GroupBy = groupBy }, desk);

    internal static IReadOnlyList<PositionCell> Cells(
        ReportDesk desk,
        IReadOnlyList<Grouping> groupBy,
        IReadOnlyList<CountedCell> counted
    )
    {
        if (desk.Counts == CountsKind.Exact)
        {
            return [.. counted.Select(c => PositionCell.Of(groupBy, c.Codes, desk.Show(c.Workers)))];
        }
        var values = groupBy.Select(g => ClosedValues(g.Dimension, desk.Framework)).ToList();
        if (values.Contains(null))
        {
            // Which codes there are is told by people: only those that can be shown are listed.
            return
            [
                .. counted
                    .Select(c =>
                        PositionCell.Of(groupBy, c.Codes, desk.Show(c.Workers, IsSensitive(groupBy, c.Codes, desk.Framework)))
                    )
                    .Where(c => c.Workers.Number is not null),
            ];
        }
        // An empty cell is a cell like any other, so that what is hidden does not tell whether anybody is there.
        var known = counted.ToDictionary(c => string.Join('\n', c.Codes), c => c.Workers);
        return
        [
            .. Crossed(values!)
                .Select(codes =>
                    PositionCell.Of(
                        groupBy,
                        codes,
                        desk.Show(known.GetValueOrDefault(string.Join('\n', codes)), IsSensitive(groupBy, codes, desk.Framework))
                    )
                ),
        ];
    }

    private static IEnumerable<IReadOnlyList<string>> Crossed(IReadOnlyList<IReadOnlyList<string>> values) =>
        values.Aggregate<IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>>(
            [
                [],
            ],
            (all, next) => all.SelectMany(codes => next.Select(IReadOnlyList<string> (code) => [.. codes, code]))
        );

    private static bool IsSensitive(IReadOnlyList<Grouping> groupBy, IReadOnlyList<string> codes, Framework framework)
    {
        for (var i = 0; i < groupBy.Count; i++)
        {
            if (groupBy[i].Dimension == Dimension.ChannelRung)
            {
                return framework.FindChannel(codes[i].Split(' ')[0])!.Sensitive;
            }
        }
        return false;
    }

    /// <summary>All values that the framework gives the dimension; null where it gives none.</summary>
    internal static IReadOnlyList<string>? ClosedValues(Dimension dimension, Framework framework) =>
        dimension switch
        {
            Dimension.ChannelRung =>
            [
                .. framework.Channels.SelectMany(c =>
                    c.Rungs.Select(r => r.Code).Prepend(ReportCodes.None).Select(rung => c.Code + " " + rung)
                ),
            ],
            Dimension.Level =>
            [
                .. Enumerable
                    .Range(0, framework.Levels.Count + 1)
                    .Select(l => l.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ],
            Dimension.Stage => [.. framework.Stages.Select(s => s.Code), ReportCodes.Unknown],
            Dimension.EmploymentForm => [.. framework.EmploymentForms.Keys.Order(StringComparer.Ordinal), ReportCodes.None],
            _ => null,
        };
}
