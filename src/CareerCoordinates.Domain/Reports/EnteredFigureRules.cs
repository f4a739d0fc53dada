using System.Globalization;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Domain.Reports;

/// <summary>What may be entered for an organisation.</summary>
public static class EnteredFigureRules
{
    public static readonly RefusalCode UnknownEnteredFigure = new(
        "unknown-entered-figure",
        RefusalKind.NotFound,
        "There is no such entered figure. List the entered figures for their ids.",
        "没有此填报数，请在填报数列表中查询其 id。"
    );

    public static readonly RefusalCode UnknownIndicator = new(
        "unknown-indicator",
        RefusalKind.Rule,
        "The framework has no indicator '{0}'. Those that are entered: {1}.",
        "坐标体系中没有指标“{0}”。可填报的指标：{1}。"
    );

    public static readonly RefusalCode IndicatorComputed = new(
        "indicator-computed",
        RefusalKind.Rule,
        "{0} is computed from the record, so nobody enters it: record the milestones that it counts. Those that are entered: {1}.",
        "{0}由系统依据记录计算，不能填报；请登记其所统计的成长节点。可填报的指标：{1}。"
    );

    public static readonly RefusalCode UnknownFigure = new(
        "unknown-figure",
        RefusalKind.Rule,
        "{0} has no figure '{1}'. It has: {2}.",
        "{0}没有“{1}”这一项。可用：{2}。"
    );

    public static readonly RefusalCode YearOutOfRange = new(
        "year-out-of-range",
        RefusalKind.Shape,
        "The year {0} lies outside the years {1} to {2} that this record covers. Check it.",
        "{0} 年不在本系统记录的 {1} 年至 {2} 年之内，请核对。"
    );

    public static readonly RefusalCode YearNotBegun = new(
        "year-not-begun",
        RefusalKind.Rule,
        "This reporting year begins on {0}, and nothing can be reported of it before. Check the year and 'yearKind'.",
        "该统计年度自 {0} 起，此前不能填报。请核对年份与 yearKind。"
    );

    public static readonly RefusalCode OrganizationNotBegun = new(
        "organization-not-begun",
        RefusalKind.Rule,
        "This reporting year ends on {0}, and the organisation stands in the record only from {1} on, so no report would count the figure. Check the year and its kind, or have the day from which the organisation stands corrected first.",
        "该统计年度止于 {0}，而该单位自 {1} 起才在册，任何报表都不会计入此数。请核对年份与年度口径；如单位的起始日期有误，请先更正。"
    );

    public static readonly RefusalCode NumberOutOfRange = new(
        "entered-number-out-of-range",
        RefusalKind.Rule,
        "{0} must lie between 0 and {1}. Check the number and its unit ({2}).",
        "{0}应在 0 至 {1} 之间，请核对数值与单位（{2}）。"
    );

    public static readonly RefusalCode NumberNotWhole = new(
        "entered-number-not-whole",
        RefusalKind.Rule,
        "{0} counts in {1}, which come whole. Leave out the decimals.",
        "{0}以“{1}”计，应为整数，请去掉小数。"
    );

    public static readonly RefusalCode NumberTooFine = new(
        "entered-number-too-fine",
        RefusalKind.Rule,
        "{0} is given in {1} with at most {2} decimal places. Round it.",
        "{0}以“{1}”计，最多 {2} 位小数，请取舍。"
    );

    public static readonly RefusalCode AlreadyEntered = new(
        "already-entered",
        RefusalKind.Conflict,
        "{0} is entered for this organisation and year already, as {1}. Correct that one, or void it first.",
        "该单位该年度的{0}已填报（id {1}）。请更正该条，或先将其作废。"
    );

    public static readonly RefusalCode EnteredFigureVoided = new(
        "entered-figure-voided",
        RefusalKind.Conflict,
        "This entered figure was voided and takes no more changes. Enter it anew if that was a mistake.",
        "该填报数已作废，不能再变更。如系误作废，请重新填报。"
    );

    /// <summary>The content that may be recorded, texts and number in their plain form, or every reason why not.</summary>
    /// <param name="today">The day of recording: a year must have begun.</param>
    /// <param name="firstDay">The first day of the organisation, as <see cref="OrganizationHistory.FirstDay"/> says: a year must not have ended before.</param>
    public static Outcome<EnteredFigureContent> Check(
        Framework framework,
        EnteredFigureContent candidate,
        DateOnly today,
        DateOnly firstDay
    )
    {
        var refusals = new List<Refusal>();
        var figure = FindFigure(framework, candidate, refusals);
        CheckYear(candidate.Year, today, firstDay, refusals);
        if (figure is not null)
        {
            CheckNumber(framework, figure, candidate.Number, refusals);
        }
        var source = PlainText.Needed(candidate.Source, Limits.EnteredSource, "/source", refusals);
        return refusals.Count > 0
            ? refusals
            : candidate with
            {
                Number = EnteredFigureContent.OfMillionths(candidate.Millionths),
                Source = source,
            };
    }

    /// <summary>Refuses content that passed <see cref="Check"/> where the organisation has entered it already, under another id.</summary>
    public static Refusal Taken(Framework framework, EnteredFigureContent content, Guid by)
    {
        var indicator = framework.Indicators.First(i => i.Code == content.Indicator);
        var figure = framework.FindEntered(content.Indicator, content.Figure)!;
        var said = new Name($"“{indicator.Name.Zh}：{figure.Name.Zh}”", $"'{indicator.Name.En}: {figure.Name.En}'");
        return new Refusal(AlreadyEntered, "", said, by);
    }

    /// <summary>Whether it may be voided. Gives the reason, blanks cut.</summary>
    public static Outcome<string> Void(bool voided, string? reason) => Voiding.Check(voided, EnteredFigureVoided, reason);

    /// <summary>Why a correction is made, or why it is not enough to say so.</summary>
    public static Outcome<string> Reason(string? reason)
    {
        var refusals = new List<Refusal>();
        var said = PlainText.Reason(reason, refusals);
        return refusals.Count > 0 ? refusals : said;
    }

    private static EnteredFigure? FindFigure(Framework framework, EnteredFigureContent candidate, List<Refusal> refusals)
    {
        var indicator = framework.Indicators.FirstOrDefault(i => i.Code == candidate.Indicator);
        if (indicator is not { IsEntered: true })
        {
            var entered = framework.Indicators.Where(i => i.IsEntered);
            var known = Name.List(entered.Select(i => KeyValuePair.Create(i.Code, i.Name)));
            refusals.Add(
                indicator is null
                    ? new Refusal(UnknownIndicator, "/indicator", PlainText.Quoted(candidate.Indicator), known)
                    : new Refusal(IndicatorComputed, "/indicator", indicator.Name.WithCode(indicator.Code), known)
            );
            return null;
        }
        if (indicator.Entered.FirstOrDefault(f => f.Code == candidate.Figure) is { } figure)
        {
            return figure;
        }
        var figures = Name.List(indicator.Entered.Select(f => KeyValuePair.Create(f.Code, f.Name)));
        refusals.Add(
            new Refusal(
                UnknownFigure,
                "/figure",
                indicator.Name.WithCode(indicator.Code),
                PlainText.Quoted(candidate.Figure),
                figures
            )
        );
        return null;
    }

    private static void CheckYear(ReportingYear year, DateOnly today, DateOnly firstDay, List<Refusal> refusals)
    {
        if (year.Number is < Limits.FirstYear or > Limits.LastYear)
        {
            refusals.Add(new Refusal(YearOutOfRange, "/year", year.Number, Limits.FirstYear, Limits.LastYear));
        }
        else if (year.FirstDay > today)
        {
            refusals.Add(new Refusal(YearNotBegun, "/year", Days.Iso(year.FirstDay)));
        }
        else if (year.LastDay < firstDay)
        {
            // A report adds up the organisations that were there on the last day.
            refusals.Add(new Refusal(OrganizationNotBegun, "/year", Days.Iso(year.LastDay), Days.Iso(firstDay)));
        }
    }

    private static void CheckNumber(Framework framework, EnteredFigure figure, decimal number, List<Refusal> refusals)
    {
        var said = figure.Name.WithCode(figure.Code);
        var unit = framework.Units[figure.Unit];
        if (number is < 0 or > Limits.EnteredNumber)
        {
            var most = Limits.EnteredNumber.ToString("0", CultureInfo.InvariantCulture);
            refusals.Add(new Refusal(NumberOutOfRange, "/number", said, most, unit));
        }
        else if (number != decimal.Round(number, figure.Decimals))
        {
            refusals.Add(
                figure.Decimals == 0
                    ? new Refusal(NumberNotWhole, "/number", said, unit)
                    : new Refusal(NumberTooFine, "/number", said, unit, figure.Decimals)
            );
        }
    }
}
