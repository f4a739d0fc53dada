using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Reports;

/// <summary>The year of a report, as asked for.</summary>
public sealed record YearWish(int? Number, YearKind? Kind, ReportWish Wish)
{
    public static readonly RefusalCode NotOver = new(
        "year-not-over",
        RefusalKind.Shape,
        "Protected counts are given for a year that is over and whose last month is; {0} ends on {1}. Ask for an earlier one.",
        "受保护的统计只提供已结束年度的数据；{0} 年度至 {1} 为止，请改查更早的年度。"
    );
    public static readonly RefusalCode NotBegun = new(
        "year-not-begun",
        RefusalKind.Shape,
        "The year {0} begins on {1}, after what was known on {2}. Ask for an earlier year, or for a later knownAt.",
        "{0} 年度自 {1} 开始，晚于所查记录的日期 {2}。请改查更早的年度，或使用更晚的 knownAt。"
    );

    /// <summary>The year before it is within what the record may hold, too.</summary>
    private const int FirstYear = Limits.FirstYear + 2;

    public static YearWish Read(QueryReader query, string example) =>
        new(
            query.Required("year", query.Number("year", "The year.", FirstYear, Limits.LastYear, example: example)),
            query.OneOf<YearKind>(
                "yearKind",
                "`calendar` by default; `october`: from 1 October of the year before to 30 September."
            ),
            ReportWish.Read(query)
        );

    public ReportingYear Year => new(Kind ?? YearKind.Calendar, Number!.Value);
}

/// <summary>The programme's part under which something is filed.</summary>
public sealed record PartBody(ProgrammePartKind Kind, string Code, Name Name)
{
    public static PartBody? Of(ProgrammePart? part) => part is null ? null : new(part.Kind, part.Code, part.Name);
}

public enum FigureSource
{
    /// <summary>Counted from the record.</summary>
    Computed,

    /// <summary>Reported by organisations, with their sources; added up, and never mixed with what is counted.</summary>
    Entered,
}

/// <summary>One value of what a figure is broken down by.</summary>
/// <param name="Code">`none`: not recorded.</param>
/// <param name="Name">Null where the framework has no name for it.</param>
public sealed record FigureRowBody(string Code, Name? Name, ReportNumber Value);

/// <summary>One figure of an indicator.</summary>
/// <param name="Unit">A code of the framework's `units`.</param>
/// <param name="Value">Null: nothing to divide by, nobody entered it, the type is not counted here, or a filter on workers cannot narrow it.</param>
/// <param name="Rows">What it is broken down by; null where it is not. A worker may be in several rows.</param>
/// <param name="IsShare">Whether the value is a part of one, to be shown in per cent.</param>
/// <param name="Organizations">Of an entered figure: how many organisations entered it; null for others.</param>
/// <param name="Overlaps">Of an entered figure: whether one of those organisations is part of another, so that some may be counted twice.</param>
public sealed record FigureBody(
    string Code,
    Name Name,
    string Unit,
    bool IsShare,
    ReportNumber? Value,
    IReadOnlyList<FigureRowBody>? Rows,
    int? Organizations,
    bool Overlaps
);

/// <summary>An indicator with its figures.</summary>
public sealed record IndicatorBody(
    string Code,
    Name Name,
    Name Definition,
    PartBody? BelongsTo,
    FigureSource Source,
    IReadOnlyList<FigureBody> Figures
);

/// <summary>The indicators of one year or of several, exact or protected as the desk says.</summary>
internal sealed class YearFigures(ReportDesk desk, CareerStore store, IReadOnlyCollection<string> leftOut)
{
    /// <summary>Decimal places of a share.</summary>
    private const int PlacesOfShares = 9;

    private readonly MilestoneReports reports = new(desk.Columns);

    public static async Task<Outcome<ReportDesk>> OpenAsync(
        SignedIn me,
        CareerStore store,
        YearWish asked,
        MinDataVersion version,
        CancellationToken cancellation,
        bool closed = false
    )
    {
        var year = asked.Year;
        var now = closed ? await store.ClosedThroughAsync() : Instant.From(store.Clock.Time.GetUtcNow());
        var today = (asked.Wish.KnownAt ?? now).DayIn(store.Frameworks.Current.TimeZone);
        var month = new DateOnly(today.Year, today.Month, 1);
        return await ReportDesk.OpenAsync(
            me,
            store,
            asked.Wish,
            version,
            // A year that was not over counts until the day of knownAt: asked again, it counts until the same day.
            [("year", year.LastDay < today ? year.LastDay : today)],
            (_, _) => { },
            cancellation,
            counts =>
                year.FirstDay > today
                    ? new Refusal(YearWish.NotBegun, "?year", year.Number, Days.Iso(year.FirstDay), Days.Iso(today))
                : counts == CountsKind.Protected && year.LastDay >= month
                    ? new Refusal(YearWish.NotOver, "?year", year.Number, Days.Iso(year.LastDay))
                : null,
            closed
        );
    }

    /// <summary>Whether the year was over when what is counted was known.</summary>
    public static bool IsOver(ReportingYear year, ReportDesk desk) =>
        year.LastDay < desk.Clocks.KnownAt.DayIn(desk.Framework.TimeZone);

    /// <summary>The indicators of a year in the framework's order, until the day that the desk answers for.</summary>
    public IReadOnlyList<IndicatorBody> Of(ReportingYear year) => Count((year, PeriodOf(year)))[0];

    /// <summary>The indicators of a year, and those of the one before until the same day of it: a running year is compared with as much.</summary>
    public (IReadOnlyList<IndicatorBody> Year, IReadOnlyList<IndicatorBody> Before, DateOnly BeforeUntil) OfTwo(
        ReportingYear year
    )
    {
        var before = year with { Number = year.Number - 1 };
        var (period, earlier) = (PeriodOf(year), new ReportPeriod(before.FirstDay, PeriodOf(year).Last.AddYears(-1)));
        var counted = Count((year, period), (before, earlier));
        return (counted[0], counted[1], earlier.Last);
    }

    private List<List<IndicatorBody>> Count(params IReadOnlyList<(ReportingYear Year, ReportPeriod Period)> years)
    {
        var counted = reports.Figures(new(desk.Population, [.. years.Select(y => y.Period)], leftOut));
        return [.. years.Select((y, i) => Of(y.Year, y.Period, counted[i]))];
    }

    private ReportPeriod PeriodOf(ReportingYear year) =>
        new(year.FirstDay, year.LastDay < desk.Clocks.AsOf ? year.LastDay : desk.Clocks.AsOf);

    private List<IndicatorBody> Of(
        ReportingYear year,
        ReportPeriod period,
        IReadOnlyDictionary<(string Indicator, string Figure), CountedFigure> counted
    )
    {
        var entered = Entered(year, period.Last);
        return
        [
            .. desk.Framework.Indicators.Select(indicator => new IndicatorBody(
                indicator.Code,
                indicator.Name,
                indicator.Definition,
                PartBody.Of(indicator.BelongsTo),
                indicator.IsEntered ? FigureSource.Entered : FigureSource.Computed,
                indicator.IsEntered
                    ? [.. indicator.Entered.Select(f => Of(f, entered.GetValueOrDefault((indicator.Code, f.Code)), period.Last))]
                    : Computed(indicator, counted)
            )),
        ];
    }

    private FigureBody Of(EnteredFigure figure, EnteredSum? sum, DateOnly day) =>
        new(
            figure.Code,
            figure.Name,
            figure.Unit,
            IsShare: false,
            sum is null ? null : (ReportNumber)sum.Sum,
            Rows: null,
            // What an organisation entered is of all its workers.
            desk.Population.Filter.IsOfWorkers
                ? null
                : sum?.Organizations.Count ?? 0,
            sum is not null && reports.HasOneBelowAnother(desk.Population, sum.Organizations, day)
        );

    /// <summary>Empty where workers are filtered.</summary>
    private Dictionary<(string, string), EnteredSum> Entered(ReportingYear year, DateOnly day)
    {
        if (desk.Population.Filter.IsOfWorkers)
        {
            return [];
        }
        return store
            .Reader.InSnapshot(c =>
                c.SumsAt(
                    organization => reports.CountsOrganization(desk.Population, organization, day),
                    year,
                    desk.Clocks.KnownAt
                )
            )
            .ToDictionary(s => (s.Indicator, s.Figure));
    }

    private List<FigureBody> Computed(
        Indicator indicator,
        IReadOnlyDictionary<(string Indicator, string Figure), CountedFigure> counted
    )
    {
        var bodies = new List<FigureBody>();
        foreach (var figure in indicator.Figures)
        {
            if (figure.Measure is FigureMeasure.Share share)
            {
                bodies.Add(
                    new(
                        figure.Code,
                        figure.Name,
                        figure.Unit,
                        IsShare: true,
                        ShareOf(share, indicator, bodies),
                        Rows: null,
                        Organizations: null,
                        Overlaps: false
                    )
                );
                continue;
            }
            var result = counted[(indicator.Code, figure.Code)];
            var sensitive = indicator.IsSensitive(desk.Framework) || figure.IsSensitive(desk.Framework);
            var isCounted = IsCounted(figure);
            bodies.Add(
                new(
                    figure.Code,
                    figure.Name,
                    figure.Unit,
                    IsShare: false,
                    isCounted ? Show(figure, result.All, sensitive) : null,
                    figure.By is null || !isCounted ? null : Rows(figure, result, sensitive),
                    Organizations: null,
                    Overlaps: false
                )
            );
        }
        return bodies;
    }

    private bool IsCounted(Figure figure) =>
        figure.Measure is FigureMeasure.CountOrganizations
            ? !desk.Population.Filter.IsOfWorkers
            : figure.Milestones?.Type is not { } type || !leftOut.Contains(type);

    private List<FigureRowBody> Rows(Figure figure, CountedFigure result, bool sensitive)
    {
        var known = FigureCodes.Of(figure, desk.Framework);
        return
        [
            .. result
                .Rows.Where(r => !(figure.By!.Kind == FigureGroupingKind.MilestoneType && leftOut.Contains(r.Code!)))
                .Select(r => new FigureRowBody(
                    r.Code!,
                    FigureCodes.NameOf(r.Code!, figure, desk.Framework),
                    Show(figure, r, sensitive)
                ))
                // Which others there are is told by people: protected, only those that can be shown are listed.
                .Where(r => known.Contains(r.Code) || r.Value.Number is not null),
        ];
    }

    private ReportNumber Show(Figure figure, FigureRow row, bool sensitive) =>
        figure.Measure switch
        {
            FigureMeasure.CountOrganizations => row.Number,
            FigureMeasure.CountWorkers => desk.Show(row.Workers, sensitive),
            FigureMeasure.Sum when desk.Counts == CountsKind.Protected && SumsRestricted(figure) => ReportNumber.Hidden,
            FigureMeasure.Sum => desk.ShowSum(row.Workers, row.Number, row.Largest, sensitive),
            _ => desk.ShowNumber(row.Workers, row.Number, row.Largest, sensitive),
        };

    /// <summary>Sums of restricted types are never protected enough.</summary>
    private bool SumsRestricted(Figure figure) =>
        FigureCodes
            .TypesOf(figure, desk.Framework)
            .Any(t => t.Sensitivity == Sensitivity.Restricted && !leftOut.Contains(t.Code));

    /// <summary>From what is shown: so a share tells no more than its two numbers.</summary>
    private ReportNumber? ShareOf(FigureMeasure.Share share, Indicator indicator, List<FigureBody> before)
    {
        var part = before.Find(f => f.Code == share.Numerator)?.Value;
        var whole = before.Find(f => f.Code == share.Denominator)?.Value;
        if (part is not { } a || whole is not { } b)
        {
            return null;
        }
        if (a.Number is not { } some || b.Number is not { } all)
        {
            return ReportNumber.Hidden;
        }
        if (all == 0)
        {
            return null;
        }
        var isOfWorkers = indicator
            .Figures.Where(f => f.Code == share.Numerator || f.Code == share.Denominator)
            .All(f => f.Measure is FigureMeasure.CountWorkers);
        // As their noises differ, some may be shown as more than all.
        var value = desk.Counts == CountsKind.Protected && isOfWorkers ? Math.Min(1, some / all) : some / all;
        return Math.Round(value, PlacesOfShares);
    }
}
