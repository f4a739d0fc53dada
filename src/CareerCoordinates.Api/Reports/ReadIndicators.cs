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

public sealed record IndicatorsQuery(YearWish Year) : IQuery<IndicatorsQuery>
{
    public static IndicatorsQuery Read(QueryReader query) => new(YearWish.Read(query, ReadIndicators.Example.Question["year"]));
}

/// <summary>What a report of a year says of the year.</summary>
/// <param name="Year">By which the year is called; one from October is called after the year in which it ends.</param>
/// <param name="From">Its first day.</param>
/// <param name="IsOver">False: it was counted until `asOf`, and more may come.</param>
/// <param name="NotCounted">Restricted types, which are in no figure: they are counted in no group below a street, nor with a filter on workers.</param>
public abstract record YearReportBody(
    [property: JsonPropertyOrder(-14)] int Year,
    [property: JsonPropertyOrder(-13)] YearKind YearKind,
    [property: JsonPropertyOrder(-12)] DateOnly From,
    [property: JsonPropertyOrder(-3)] bool IsOver,
    [property: JsonPropertyOrder(-2)] IReadOnlyList<string> NotCounted
) : DayReportBody
{
    /// <summary>What a table calls a figure that was entered by an organisation and by a part of it.</summary>
    protected static readonly Name Overlapping = new(
        "上下级均有填报，可能重复计算",
        "entered by an organisation and by a part of it: some may be counted twice"
    );

    internal override bool HoldsEntered => true;

    internal override IReadOnlyList<string> Remarks(ReportNames names, Instant madeAt) =>
        [
            .. IsOver ? []
            : names.Language == Language.Zh ? new[] { $"本年度尚未结束，统计至 {Days.Iso(AsOf)}" }
            : [$"the year was not over: counted until {Days.Iso(AsOf)}"],
            .. names.NotCounted(NotCounted),
        ];
}

/// <summary>
/// All indicators of the framework for a year. Workers and organisations are those of `asOf`, its last day; milestones are those that
/// occurred in it, or, where the framework says so, are in force on `asOf`.
/// </summary>
public sealed record IndicatorsBody(
    int Year,
    YearKind YearKind,
    DateOnly From,
    bool IsOver,
    IReadOnlyList<string> NotCounted,
    IReadOnlyList<IndicatorBody> Indicators
) : YearReportBody(Year, YearKind, From, IsOver, NotCounted)
{
    internal override ReportTable ToTable() =>
        new(
            [
                new("indicator", new("指标", "indicator")),
                new("figure", new("数据项代码", "figure code")),
                new("figureZh", new("数据项", "figure in Chinese")),
                new("figureEn", new("数据项（英文）", "figure in English")),
                new("row", new("分项代码", "row code")),
                new("rowZh", new("分项", "row in Chinese")),
                new("rowEn", new("分项（英文）", "row in English")),
                new("unit", new("计量单位", "unit")),
                new("source", new("来源", "source")),
                new("value", new("数值", "value")),
                new("organizations", new("填报单位数", "organisations that entered it")),
                new("overlaps", Overlapping),
            ],
            [
                .. Indicators.SelectMany(i =>
                    i.Figures.SelectMany(f =>
                        new (FigureRowBody? Row, object? Value)[] { (null, f.Value?.CellAs(f.IsShare)) }
                            .Concat((f.Rows ?? []).Select(r => (Row: (FigureRowBody?)r, Value: (object?)r.Value.Cell)))
                            .Select(
                                IReadOnlyList<object?> (r) =>
                                    [
                                        i.Code,
                                        f.Code,
                                        f.Name.Zh,
                                        f.Name.En,
                                        r.Row?.Code,
                                        r.Row?.Name?.Zh ?? r.Row?.Code,
                                        r.Row?.Name?.En ?? r.Row?.Code,
                                        f.Unit,
                                        Codes<FigureSource>.Of(i.Source),
                                        r.Value,
                                        f.Organizations,
                                        f.Overlaps ? true : null,
                                    ]
                            )
                    )
                ),
            ]
        );
}

public static class ReadIndicators
{
    internal static readonly IndicatorsBody Example = Examples.Read<IndicatorsBody>("indicators");

    public static async Task<Results<ReportAnswer<IndicatorsBody>, Problem>> Handle(
        Query<IndicatorsQuery> query,
        MinDataVersion version,
        SignedIn me,
        CareerStore store,
        CancellationToken cancellation
    )
    {
        var asked = query.Value.Year;
        var opened = await YearFigures.OpenAsync(me, store, asked, version, cancellation);
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        Say(desk, asked.Year);
        var leftOut = desk.RestrictedLeftOut();
        var indicators = new YearFigures(desk, store, leftOut).Of(asked.Year);
        return new ReportAnswer<IndicatorsBody>(
            _ => new IndicatorsBody(
                asked.Year.Number,
                asked.Year.Kind,
                asked.Year.FirstDay,
                YearFigures.IsOver(asked.Year, desk),
                leftOut,
                indicators
            ),
            desk
        );
    }

    internal static void Say(ReportDesk desk, ReportingYear year)
    {
        desk.Say("year", year.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        desk.Say("yearKind", Codes<YearKind>.Of(year.Kind));
    }
}
