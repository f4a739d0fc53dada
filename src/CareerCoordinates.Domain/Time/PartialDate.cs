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

    /// <summary>The month that ends on a day.</summary>
    public static PartialDate Month(DateOnly last) => new(new DateOnly(last.Year, last.Month, 1), last);

    /// <summary>The year that ends on a day.</summary>
    public static PartialDate Year(DateOnly last) => new(new DateOnly(last.Year, 1, 1), last);

    /// <summary>First day of the period.</summary>
    public DateOnly First { get; }

    /// <summary>Last day of the period, inclusive: the day from which a fact counts.</summary>
    public DateOnly Last { get; }

    public bool IsFullDay => First == Last;

    public bool Contains(DateOnly day) => First <= day && day <= Last;

    public int CompareTo(PartialDate other) => Last != other.Last ? Last.CompareTo(other.Last) : First.CompareTo(other.First);

    public override string ToString() =>
        First.ToString(
            IsFullDay ? "O"
                : First.Month == Last.Month ? "yyyy-MM"
                : "yyyy",
            CultureInfo.InvariantCulture
        );

    /// <summary>Reads the three forms exactly (Latin digits, no blanks); 30 February and years outside 1900 to 2200 are no dates.</summary>
    public static bool TryParse(string? text, out PartialDate date)
    {
        date = default;
        if (text is not { Length: 4 or 7 or 10 } || !TryNumber(text, 0, 4, out var year) || year is < FirstYear or > LastYear)
        {
            return false;
        }
        if (text.Length == 4)
        {
            date = new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
            return true;
        }
        if (text[4] != '-' || !TryNumber(text, 5, 2, out var month) || month is < 1 or > 12)
        {
            return false;
        }
        var days = DateTime.DaysInMonth(year, month);
        if (text.Length == 7)
        {
            date = new(new DateOnly(year, month, 1), new DateOnly(year, month, days));
            return true;
        }
        if (text[7] != '-' || !TryNumber(text, 8, 2, out var day) || day < 1 || day > days)
        {
            return false;
        }
        date = Day(new DateOnly(year, month, day));
        return true;
    }

    /// <summary>For text that this program wrote itself.</summary>
    public static PartialDate Parse(string text) =>
        TryParse(text, out var date) ? date : throw new FormatException($"Not a day, month or year: '{text}'.");

    private static bool TryNumber(string text, int start, int length, out int number)
    {
        number = 0;
        for (var i = start; i < start + length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                return false;
            }
            number = number * 10 + (text[i] - '0');
        }
        return true;
    }
}
