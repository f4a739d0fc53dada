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

public sealed record AnnualQuery(YearWish Year) : IQuery<AnnualQuery>
{
    public static AnnualQuery Read(QueryReader query) => new(YearWish.Read(query, ReadIndicators.Example.Question["year"]));
}

/// <summary>The parts of the annual report, in its order.</summary>
public enum AnnualSection
{
    MainLine,
    Goal,
    Initiative,
    Channel,
    Service,

    /// <summary>What is filed under none of them.</summary>
    Other,

    /// <summary>The action plans with their tasks, where the framework lists them.</summary>
    Programme,
}

/// <summary>A code with its name.</summary>
public sealed record NamedCode(string Code, Name Name);

/// <summary>A line of the annual report.</summary>
/// <param name="Part">The goal, initiative, channel, service or action plan; null for what is filed under none.</param>
/// <param name="Task">Of the programme only.</param>
/// <param name="Indicator">Null for a task that no indicator shows.</param>
/// <param name="Row">The value that the line is for, where the figure is broken down; null for all together.</param>
/// <param name="IsShare">Whether its numbers are parts of one, to be shown in per cent.</param>
/// <param name="Overlaps">Of an entered figure: whether one of the organisations that entered it in either year is part of another, so that some may be counted twice.</param>
/// <param name="ThisYear">Null: nothing to divide by, nobody entered it, or it is not counted here.</param>
/// <param name="Change">This year less last year; null where either is not shown.</param>
public sealed record AnnualLine(
    AnnualSection Section,
    PartOfAnnual? Part,
    NamedCode? Task,
    NamedCode? Indicator,
    NamedCode? Figure,
    NamedRow? Row,
    NamedCode? Unit,
    FigureSource? Source,
    bool IsShare,
    bool Overlaps,
    ReportNumber? ThisYear,
    ReportNumber? LastYear,
    decimal? Change,
    Name? Definition
);

/// <summary>The part under which a line stands.</summary>
public sealed record PartOfAnnual(string Code, Name Name);

/// <summary>A value by which a figure is broken down; its name is null where the framework has none.</summary>
public sealed record NamedRow(string Code, Name? Name);

/// <summary>
/// Who answers for an exact report, and for which state of the record: asked again, it says the same. When he took it stands in his workbook; of a
/// saved one, when he saved it.
/// </summary>
/// <param name="By">The account.</param>
/// <param name="KnownAt">The instant whose record was counted; it is closed, so that nothing before it can be added any more.</param>
public sealed record SignatureBody(string By, Instant KnownAt);

/// <summary>A year beside the one before, in the order of the model: main line, goals, initiatives, channels, services, the rest, programme.</summary>
/// <param name="LastYearAsOf">The last day counted of the year before: a running year stands beside as much of it. What organisations entered is of whole years.</param>
/// <param name="Signed">
/// Null for protected counts, which are for nobody's signature; where nobody signed in; with a filter on workers; and where the record asked for is not closed yet, as
/// with `Min-Data-Version`, which asks for what was written just now.
/// </param>
public sealed record AnnualBody(
    int Year,
    YearKind YearKind,
    DateOnly From,
    bool IsOver,
    IReadOnlyList<string> NotCounted,
    DateOnly LastYearAsOf,
    SignatureBody? Signed,
    IReadOnlyList<AnnualLine> Lines
) : YearReportBody(Year, YearKind, From, IsOver, NotCounted)
{
    internal override IReadOnlyList<string> Remarks(ReportNames names, Instant madeAt)
    {
        var remarks = new List<string>();
        if (Signed is { By: var by, KnownAt: var knownAt })
        {
            remarks.Add(
                names.Of(
                    new(
                        $"{by} 于 {names.At(madeAt)} 按 {names.At(knownAt)} 的记录签署",
                        $"signed by {by} at {names.At(madeAt)} on the record of {names.At(knownAt)}"
                    )
                )
            );
        }
        remarks.AddRange(base.Remarks(names, madeAt));
        if (!IsOver)
        {
            remarks.Add(
                names.Of(
                    new(
                        $"上年为同期数，统计至 {Days.Iso(LastYearAsOf)}；单位填报的为全年数",
                        $"last year is counted until the same day, {Days.Iso(LastYearAsOf)}; what organisations entered is of whole years"
                    )
                )
            );
        }
        return remarks;
    }

    private static readonly Name ThisYear = new("本年", "this year");
    private static readonly Name LastYear = new("上年", "last year");

    /// <summary>A CSV has nothing but its headers to say it.</summary>
    private static Name Until(Name year, DateOnly day) =>
        new($"{year.Zh}（系统计算数至 {Days.Iso(day)}）", $"{year.En} (computed until {Days.Iso(day)})");

    internal override ReportTable ToTable() =>
        new(
            [
                new("section", new("部分", "section")),
                new("partZh", new("所属", "part in Chinese")),
                new("partEn", new("所属（英文）", "part in English")),
                new("taskZh", new("任务", "task in Chinese")),
                new("taskEn", new("任务（英文）", "task in English")),
                new("indicatorZh", new("指标", "indicator in Chinese")),
                new("indicatorEn", new("指标（英文）", "indicator in English")),
                new("figureZh", new("数据项", "figure in Chinese")),
                new("figureEn", new("数据项（英文）", "figure in English")),
                new("rowZh", new("分项", "row in Chinese")),
                new("rowEn", new("分项（英文）", "row in English")),
                new("unitZh", new("计量单位", "unit in Chinese")),
                new("unitEn", new("计量单位（英文）", "unit in English")),
                new("thisYear", IsOver ? ThisYear : Until(ThisYear, AsOf)),
                new("lastYear", IsOver ? LastYear : Until(LastYear, LastYearAsOf)),
                new("change", new("增减", "change")),
                new("source", new("来源", "source")),
                new("overlaps", Overlapping),
                new("definitionZh", new("指标解释", "definition in Chinese")),
                new("definitionEn", new("指标解释（英文）", "definition in English")),
            ],
            [
                .. Lines.Select(
                    IReadOnlyList<object?> (l) =>
                        [
                            Codes<AnnualSection>.Of(l.Section),
                            l.Part?.Name.Zh,
                            l.Part?.Name.En,
                            l.Task?.Name.Zh,
                            l.Task?.Name.En,
                            l.Indicator?.Name.Zh,
                            l.Indicator?.Name.En,
                            l.Figure?.Name.Zh,
                            l.Figure?.Name.En,
                            l.Row?.Name?.Zh ?? l.Row?.Code,
                            l.Row?.Name?.En ?? l.Row?.Code,
                            l.Unit?.Name.Zh,
                            l.Unit?.Name.En,
                            l.ThisYear?.CellAs(l.IsShare),
                            l.LastYear?.CellAs(l.IsShare),
                            l.Change is { } change ? ((ReportNumber)change).CellAs(l.IsShare) : null,
                            l.Source is { } source ? Codes<FigureSource>.Of(source) : null,
                            l.Overlaps ? true : null,
                            l.Definition?.Zh,
                            l.Definition?.En,
                        ]
                ),
            ]
        );
}

public static class ReadAnnual
{
    internal static readonly AnnualBody Example = Examples.Read<AnnualBody>("annual");

    public static async Task<Results<ReportAnswer<AnnualBody>, Problem>> Handle(
        Query<AnnualQuery> query,
        MinDataVersion version,
        SignedIn me,
        CareerStore store,
        CancellationToken cancellation
    )
    {
        var asked = query.Value.Year;
        var opened = await YearFigures.OpenAsync(me, store, asked, version, cancellation, closed: version.Number is null);
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        ReadIndicators.Say(desk, asked.Year);
        var leftOut = desk.RestrictedLeftOut();
        var (year, before, beforeUntil) = new YearFigures(desk, store, leftOut).OfTwo(asked.Year);
        var lines = AnnualLines.Of(desk.Framework, year, before);
        var signed =
            !LocalUser.Is(me)
            && desk is { Counts: CountsKind.Exact, Clocks.KnownAtClosed: true, Population.Filter.IsOfWorkers: false }
                ? new SignatureBody(me.Caller.Name, desk.Clocks.KnownAt)
                : null;
        return new ReportAnswer<AnnualBody>(
            _ => new AnnualBody(
                asked.Year.Number,
                asked.Year.Kind,
                asked.Year.FirstDay,
                YearFigures.IsOver(asked.Year, desk),
                leftOut,
                beforeUntil,
                signed,
                lines
            ),
            desk
        );
    }
}

/// <summary>Puts two years side by side, in the order of the model.</summary>
internal static class AnnualLines
{
    public static IReadOnlyList<AnnualLine> Of(
        Framework framework,
        IReadOnlyList<IndicatorBody> thisYear,
        IReadOnlyList<IndicatorBody> lastYear
    )
    {
        var lines = new List<AnnualLine>();
        for (var i = 0; i < thisYear.Count; i++)
        {
            lines.AddRange(Of(framework, thisYear[i], lastYear[i]));
        }
        var order = framework.ProgrammeParts.Select((part, place) => ((part.Kind, part.Code), place)).ToDictionary();
        var filed = lines.OrderBy(l =>
            l.Section == AnnualSection.Other ? int.MaxValue : order[(KindOf(l.Section), l.Part!.Code)]
        );
        return [.. filed, .. framework.ActionPlans.SelectMany(plan => plan.Tasks.SelectMany(task => Of(plan, task, lines)))];
    }

    private static IEnumerable<AnnualLine> Of(Framework framework, IndicatorBody now, IndicatorBody before)
    {
        var part = now.BelongsTo;
        for (var i = 0; i < now.Figures.Count; i++)
        {
            var (figure, earlier) = (now.Figures[i], before.Figures[i]);
            AnnualLine Line(NamedRow? row, ReportNumber? value, ReportNumber? last) =>
                new(
                    part is null ? AnnualSection.Other : SectionOf(part.Kind),
                    part is null ? null : new(part.Code, part.Name),
                    null,
                    new(now.Code, now.Name),
                    new(figure.Code, figure.Name),
                    row,
                    new(figure.Unit, framework.Units[figure.Unit]),
                    now.Source,
                    figure.IsShare,
                    figure.Overlaps || earlier.Overlaps,
                    value,
                    last,
                    value?.Number - last?.Number is { } change ? ((ReportNumber)change).Number : null,
                    now.Definition
                );
            yield return Line(null, figure.Value, earlier.Value);
            foreach (var (row, value, last) in Rows(figure.Rows ?? [], earlier.Rows ?? []))
            {
                yield return Line(row, value, last);
            }
        }
    }

    /// <summary>A row that is in one year only stands beside nothing.</summary>
    private static IEnumerable<(NamedRow Row, ReportNumber? Value, ReportNumber? Last)> Rows(
        IReadOnlyList<FigureRowBody> now,
        IReadOnlyList<FigureRowBody> before
    ) =>
        now.Concat(before)
            .DistinctBy(r => r.Code)
            .Select(r =>
                (
                    new NamedRow(r.Code, r.Name),
                    now.FirstOrDefault(n => n.Code == r.Code)?.Value,
                    before.FirstOrDefault(b => b.Code == r.Code)?.Value
                )
            );

    private static IEnumerable<AnnualLine> Of(ActionPlan plan, ProgrammeTask task, IReadOnlyList<AnnualLine> lines)
    {
        var (part, named) = (new PartOfAnnual(plan.Code, plan.Name), new NamedCode(task.Code, task.Name));
        return task.Indicator is null
            ? [new(AnnualSection.Programme, part, named, null, null, null, null, null, false, false, null, null, null, null)]
            : lines
                .Where(l => l.Indicator!.Code == task.Indicator && l.Row is null)
                .Select(l => l with { Section = AnnualSection.Programme, Part = part, Task = named });
    }

    private static AnnualSection SectionOf(ProgrammePartKind kind) =>
        kind switch
        {
            ProgrammePartKind.MainLine => AnnualSection.MainLine,
            ProgrammePartKind.Goal => AnnualSection.Goal,
            ProgrammePartKind.Initiative => AnnualSection.Initiative,
            ProgrammePartKind.Channel => AnnualSection.Channel,
            _ => AnnualSection.Service,
        };

    private static ProgrammePartKind KindOf(AnnualSection section) =>
        section switch
        {
            AnnualSection.MainLine => ProgrammePartKind.MainLine,
            AnnualSection.Goal => ProgrammePartKind.Goal,
            AnnualSection.Initiative => ProgrammePartKind.Initiative,
            AnnualSection.Channel => ProgrammePartKind.Channel,
            _ => ProgrammePartKind.Service,
        };
}
