using System.Globalization;

namespace CareerCoordinates.Domain.Time;

/// <summary>
/// A day <c>2020-11-30</c>, or, where only that is known, a month <c>2020-11</c> or a year <c>1993</c>.
/// Shown as given; counts from (and, as an end, until) the last day of its period. Years 1900 to 2200.
/// </summary>
public readonly record struct PartialDate : IComparable<PartialDate>
{
    public const int FirstYear = 1900;
    public const int LastYear = 2200;

    private PartialDate(DateOnly first, DateOnly last)
    {
        First = first;
        Last = last;
    }

    public static PartialDate Day(DateOnly day) => new(day, day);

    /// <summary>First day of the period.</summary>
    public DateOnly First { get; }

    /// <summary>Last day of the period, inclusive: the day from which a fact counts.</summary>
    public DateOnly Last { get; }

    public bool IsFullDay => First == Last;

    public bool Contains(DateOnly day) => First <= day && day <= Last;

    public int CompareTo(PartialDate other) => Last != other.Last ? Last.CompareTo(other.Last) : First.CompareTo(other.First);

    public override string ToString() =>
        First.ToString(
            IsFullDay ? "yyyy-MM-dd"
                : First.Month == Last.Month ? "yyyy-MM"
                : "yyyy",
            CultureInfo.InvariantCulture
        );

    /// <summary>Reads the three forms exactly (Latin digits, no blanks); 30 February and years outside 1900 to 2200 are no dates.</summary>
    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        if (text is null || !AllDigitsOrHyphens(text))
        {
            return false;
        }
        var day = DateOnly.MinValue;
        var form = text.Length switch
        {
            4 => "yyyy",
            7 => "yyyy-MM",
            10 => "yyyy-MM-dd",
            _ => null,
        };
        if (
            form is null
            || !DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
            || day.Year is < FirstYear or > LastYear
        )
        {
            return false;
        }
        date = text.Length switch
        {
            4 => new(day, new DateOnly(day.Year, 12, 31)),
            7 => new(day, day.AddMonths(1).AddDays(-1)),
            _ => Day(day),
        };
        return true;
    }

    /// <summary>For text that this program wrote itself.</summary>
    public static PartialDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException($"Not a day, month or year: '{text}'.");

    private static bool AllDigitsOrHyphens(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }
        return true;
    }
}
