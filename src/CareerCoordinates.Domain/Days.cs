using System.Globalization;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain;

/// <summary>What days may be on this record, and the refusals that say so.</summary>
public static class Days
{
    public static readonly RefusalCode NotADate = new(
        "not-a-date",
        RefusalKind.Shape,
        "'{0}' is no date. Write a day as 2020-11-30, or, where only that is known, a month as 2020-11 or a year as 1993.",
        "“{0}”不是日期。请写到日（2020-11-30）；只知道年月写 2020-11，只知道年份写 1993。"
    );

    public static readonly RefusalCode OutOfRange = new(
        "date-out-of-range",
        RefusalKind.Shape,
        "{0} lies outside the years {1} to {2} that this record covers. Check the year.",
        "{0} 不在本系统记录的 {1} 年至 {2} 年之内，请核对年份。"
    );

    public static readonly RefusalCode BeforeBirth = new(
        "before-birth",
        RefusalKind.Rule,
        "{0} is before the worker's birth date {1}. Correct the date, or the birth date if that is wrong.",
        "{0} 早于职工出生日期 {1}。请更正日期；如出生日期有误，请先更正出生日期。"
    );

    /// <summary>Reads one of the three forms; null, and a refusal added, where it is no date of this record.</summary>
    public static PartialDate? Read(string? text, string pointer, List<Refusal> refusals)
    {
        if (PartialDate.TryParse(text, out var date))
        {
            return date;
        }
        refusals.Add(
            IsDateOfAnotherYear(text)
                ? new Refusal(OutOfRange, pointer, text, Limits.FirstYear, Limits.LastYear)
                : new Refusal(NotADate, pointer, PlainText.Quoted(text ?? ""))
        );
        return null;
    }

    /// <summary>Adds a refusal where a full day lies outside the years of this record.</summary>
    public static void CheckRange(DateOnly? day, string pointer, List<Refusal> refusals, int firstYear = Limits.FirstYear)
    {
        if (day is { } d && (d.Year < firstYear || d.Year > Limits.LastYear))
        {
            refusals.Add(new Refusal(OutOfRange, pointer, Iso(d), firstYear, Limits.LastYear));
        }
    }

    /// <summary>As the product writes days: <c>2020-11-30</c>.</summary>
    public static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static bool IsDateOfAnotherYear(string? text) =>
        text?.Length is 4 or 7 or 10
        && DateOnly.TryParseExact(
            text,
            ["yyyy", "yyyy-MM", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
        && day.Year is < Limits.FirstYear or > Limits.LastYear;
}
