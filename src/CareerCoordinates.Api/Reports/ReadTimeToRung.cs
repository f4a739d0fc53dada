using System.Globalization;
using System.Text.Json.Serialization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Reports;

public sealed record TimeToRungQuery(
    DateOnly? AsOf,
    string? Channel,
    string? FromRung,
    string? ToRung,
    GroupWish GroupBy,
    ReportWish Wish
) : IQuery<TimeToRungQuery>
{
    public const string CareerStart = "career-start";

    public static TimeToRungQuery Read(QueryReader query) =>
        new(
            query.Day(
                "asOf",
                "The last day that is looked at: who has not arrived by then is still on the way. By default today, for protected counts the last month end.",
                "2025-12-31"
            ),
            query.Required("channel", query.Text("channel", "The channel.", ReadTimeToRung.Example.Question["channel"])),
            query.Required(
                "fromRung",
                query.Text(
                    "fromRung",
                    "Counted from the first day at this rung or above; `career-start`: from then.",
                    ReadTimeToRung.Example.Question["fromRung"]
                )
            ),
            query.Required(
                "toRung",
                query.Text("toRung", "Until the first day at this rung or above.", ReadTimeToRung.Example.Question["toRung"])
            ),
            GroupWish.Read(query, "One dimension, by its value on the start day; by default all together.", "employmentForm"),
            ReportWish.Read(query)
        );
}

/// <summary>A point of the curve.</summary>
/// <param name="Time">In the report's unit.</param>
/// <param name="Survival">The share that has not arrived after this time.</param>
/// <param name="Lower">Lower bound of the 95% interval (log-log, Greenwood); null for protected counts, and where nobody is left.</param>
public sealed record TimePoint(int Time, ReportCount AtRisk, ReportCount Events, double Survival, double? Lower, double? Upper);

/// <summary>A group, and how long it took.</summary>
/// <param name="Key">The value of the dimension; `all` where none was asked for.</param>
/// <param name="Workers">Those who started.</param>
/// <param name="Events">Those of them who arrived while they were seen.</param>
/// <param name="Excluded">Those who arrived without a day at the start; not among the workers.</param>
/// <param name="Median">The time by which half had arrived, those still on the way counted as long as they were seen; null where it is not reached, or protected.</param>
/// <param name="Words">The same in plain words.</param>
public sealed record TimeGroup(
    string Key,
    ReportCount Workers,
    ReportCount Events,
    ReportCount Excluded,
    double? LowerQuartile,
    double? Median,
    double? UpperQuartile,
    string Words,
    IReadOnlyList<TimePoint> Curve
);

/// <summary>Whether the groups differ (log-rank test).</summary>
/// <param name="P">How often groups that do not differ would give this chi-square or more.</param>
public sealed record LogRankBody(double ChiSquare, int DegreesOfFreedom, double P);

/// <summary>How long it takes from one rung to another (Kaplan–Meier).</summary>
/// <param name="Unit">`days`; for protected counts `years`.</param>
/// <param name="LogRank">Null for one group, for protected counts, and where there is nothing to compare.</param>
public sealed record TimeToRungBody(
    [property: JsonPropertyOrder(-3)] string Unit,
    IReadOnlyList<TimeGroup> Groups,
    LogRankBody? LogRank
) : DayReportBody
{
    internal override ReportTable ToTable() =>
        new(
            [
                new("key", new("组别", "group")),
                new("workers", new("起始人数", "workers")),
                new("arrived", new("到达总数", "arrived in all")),
                new("excluded", new("未经起始台阶", "excluded")),
                new("unit", new("时间单位", "unit of time")),
                new("lowerQuartile", new("四分之一到达", "a quarter arrived")),
                new("median", new("中位时间", "median")),
                new("upperQuartile", new("四分之三到达", "three quarters arrived")),
                new("time", new("时间", "time")),
                new("atRisk", new("在途人数", "at risk")),
                new("events", new("到达人数", "events")),
                new("survival", new("尚未到达比例", "not yet arrived")),
                new("lower", new("95%下限", "lower 95%")),
                new("upper", new("95%上限", "upper 95%")),
            ],
            [.. Groups.SelectMany(RowsOf)]
        );

    /// <summary>A line for each point of the curve; a group in which nobody arrived has one without a point.</summary>
    private IEnumerable<IReadOnlyList<object?>> RowsOf(TimeGroup group) =>
        group.Curve.Count == 0 ? [RowOf(group, null)] : group.Curve.Select(point => RowOf(group, point));

    private IReadOnlyList<object?> RowOf(TimeGroup group, TimePoint? point) =>
        [
            group.Key,
            group.Workers,
            group.Events,
            group.Excluded,
            Unit,
            group.LowerQuartile,
            group.Median,
            group.UpperQuartile,
            point?.Time,
            point?.AtRisk,
            point?.Events,
            point?.Survival,
            point?.Lower,
            point?.Upper,
        ];

    /// <summary>Each group in words.</summary>
    internal override IReadOnlyList<string> Remarks(ReportNames names, Instant madeAt)
    {
        var said = Groups.Select(g =>
        {
            var name = names.NameOf("key", g.Key);
            return (name.Length > 0 ? name : g.Key) + names.Of(new("：", ": ")) + g.Words;
        });
        return LogRank is not { } test
            ? [.. said]
            :
            [
                .. said,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"log-rank: χ² = {test.ChiSquare:0.###}, df = {test.DegreesOfFreedom}, p = {test.P:0.#####}"
                ),
            ];
    }
}

public static class ReadTimeToRung
{
    internal static readonly TimeToRungBody Example = Examples.Read<TimeToRungBody>("time-to-rung");

    private const double DaysOfYear = 365.25;

    public static async Task<Results<ReportAnswer<TimeToRungBody>, Problem>> Handle(
        Query<TimeToRungQuery> query,
        MinDataVersion version,
        SignedIn me,
        CareerStore store,
        CancellationToken cancellation
    )
    {
        var asked = query.Value;
        var (channel, from, to, grouping) = (default(Channel), default(Rung), default(Rung), default(Grouping));
        var opened = await ReportDesk.OpenAsync(
            me,
            store,
            asked.Wish,
            version,
            [("asOf", asked.AsOf)],
            (framework, refusals) =>
            {
                channel = ReportDesk.ChannelOf(framework, asked.Channel, refusals);
                from =
                    asked.FromRung == TimeToRungQuery.CareerStart
                        ? null
                        : ReportDesk.RungOf(channel, asked.FromRung, "?fromRung", refusals);
                to = ReportDesk.RungOf(channel, asked.ToRung, "?toRung", refusals);
                if (from is not null && to is not null && to.Order <= from.Order)
                {
                    refusals.Add(new(ReportRefusals.RungNotAbove, "?toRung", from.Code, to.Code));
                }
                grouping = asked.GroupBy.Groupings("", 1, refusals) is [var only, ..] ? only : null;
                if (grouping is { Dimension: Dimension.ChannelRung })
                {
                    refusals.Add(new(ReportRefusals.NotForTimes, "?groupBy"));
                }
            },
            cancellation
        );
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        desk.Say("channel", channel!.Code);
        desk.Say("fromRung", from?.Code ?? TimeToRungQuery.CareerStart);
        desk.Say("toRung", to!.Code);
        desk.Say("groupBy", grouping is null ? null : GroupWish.WordOf(grouping.Dimension));
        desk.Say("organizationKind", grouping?.Kind is { } kind ? Codes<Domain.People.OrganizationKind>.Of(kind) : null);
        var groups = desk.Columns.Times(new(desk.Population, desk.Clocks.AsOf, channel, from, to, grouping));
        var isExact = desk.Counts == CountsKind.Exact;
        var logRank =
            isExact && groups.Count > 1 ? LogRank.Between([.. groups.Select(g => g.Times.Select(Tallied))], cancellation) : null;
        return new ReportAnswer<TimeToRungBody>(
            language => new TimeToRungBody(
                isExact ? "days" : "years",
                [
                    .. groups
                        .Select(g => isExact ? Exact(g, to, language) : Guarded(g, store.ProtectedCounts, channel, to, language))
                        .OfType<TimeGroup>(),
                ],
                logRank is null ? null : new(logRank.ChiSquare, logRank.DegreesOfFreedom, logRank.P)
            ),
            desk
        );
    }

    private static Tally Tallied(TimeCell cell) => new(cell.Days, cell.Events.Count, cell.Censored.Count);

    private static TimeGroup Exact(GroupTimes group, Rung to, Language language)
    {
        var found = KaplanMeier.Of(group.Times.Select(Tallied));
        return new(
            group.Code,
            found.Workers,
            found.Events,
            group.Excluded.Count,
            found.LowerQuartile,
            found.Median,
            found.UpperQuartile,
            TimeWords.Of(
                found.Median / DaysOfYear,
                found.Workers == 0 ? null
                    : found.Curve.Count > 0 ? found.Curve[^1].Survival
                    : 1,
                language.Say(to.Name),
                language
            ),
            [.. found.Curve.Select(p => new TimePoint(p.Time, p.AtRisk, p.Events, p.Survival, p.Lower, p.Upper))]
        );
    }

    /// <summary>Null where the group is too small to be shown.</summary>
    private static TimeGroup? Guarded(GroupTimes group, ProtectedCounts counts, Channel channel, Rung to, Language language)
    {
        var years = new List<(Cell Events, Cell Censored)>();
        foreach (var cell in group.Times)
        {
            var year = YearOfRisk.Of(cell.Days);
            while (years.Count < year)
            {
                years.Add(default);
            }
            years[year - 1] = (years[year - 1].Events + cell.Events, years[year - 1].Censored + cell.Censored);
        }
        var found = ProtectedSurvival.Of(
            counts,
            YearOfRisk.FromLeaving(years),
            group.Excluded,
            ReportDesk.ThresholdOf(channel.Sensitive)
        );
        return found.Workers.Shown is null
            ? null
            : new(
                group.Code,
                found.Workers,
                found.Events,
                found.Excluded,
                null,
                null,
                null,
                TimeWords.OfProtected(found, language.Say(to.Name), language),
                [.. found.Curve.Select(p => new TimePoint(p.Year, new(p.AtRisk, 0), new(p.Events, 0), p.Survival, null, null))]
            );
    }
}
