using System.Globalization;
using System.Text;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>How a cell shows its number: as a number, or as a day or a part of one.</summary>
/// <param name="LeastDigits">Of a format such as <c>000000</c>, which fills with zeros; else 0.</param>
internal readonly record struct NumberShape(NumberShape.Form As, int LeastDigits = 0)
{
    public enum Form
    {
        Number,
        Percent,

        /// <summary>With a day of the month, or a month without a year.</summary>
        Day,

        /// <summary>A year and a month.</summary>
        Month,
        Year,

        /// <summary>Only a time of day.</summary>
        Time,
    }

    /// <summary>Days from 1900 to 1904: the second calendar of workbooks begins later.</summary>
    private const int Since1904 = 1_462;

    private const double DayAfterLast = 2_958_466;
    private const int FalseLeapDay = 60;
    private const int SecondsOfDay = 86_400;

    private static readonly DateTime DayZero = new(1899, 12, 30);

    /// <summary>
    /// The formats that every spreadsheet knows by number (ECMA-376 part 1, 18.8.30), those from 27 on as in Chinese ones; another format by
    /// what it is made of.
    /// </summary>
    public static NumberShape Of(int id, string? format) =>
        format is not null
            ? Of(format)
            : new(
                id switch
                {
                    9 or 10 => Form.Percent,
                    14 or 15 or 16 or 22 or 28 or 29 or 30 or 31 or 51 or 53 or 54 or 58 => Form.Day,
                    17 or 27 or 36 or 50 or 52 or 57 => Form.Month,
                    18 or 19 or 20 or 21 or (>= 32 and <= 35) or 45 or 47 or 55 or 56 => Form.Time,
                    _ => Form.Number,
                }
            );

    public static NumberShape Of(string format)
    {
        var (letters, isElapsed) = Letters(format);
        if (letters.Equals("general", StringComparison.OrdinalIgnoreCase) || isElapsed)
        {
            return new(Form.Number);
        }
        var small = letters
            .ToLowerInvariant()
            .Replace("am/pm", "", StringComparison.Ordinal)
            .Replace("a/p", "", StringComparison.Ordinal);
        if (small.AsSpan().IndexOfAny('0', '#', '?') >= 0 && !small.Contains("ss.0", StringComparison.Ordinal))
        {
            return small.Contains('%', StringComparison.Ordinal) ? new(Form.Percent)
                : small.All(letter => letter == '0') ? new(Form.Number, small.Length)
                : new(Form.Number);
        }
        var (year, month, day) = (
            small.AsSpan().IndexOfAny('y', 'e') >= 0,
            small.Contains('m', StringComparison.Ordinal),
            small.Contains('d', StringComparison.Ordinal)
        );
        var time = small.AsSpan().IndexOfAny('h', 's') >= 0;
        return new(
            day || (year && time) ? Form.Day
            : time ? Form.Time
            : year && month ? Form.Month
            : year ? Form.Year
            : month ? Form.Day
            : Form.Number
        );
    }

    /// <summary>The text of a number as this shape shows it, and whether that is a day or a time.</summary>
    public (string Text, bool IsDay) Show(double number, bool from1904)
    {
        if (As is Form.Number or Form.Percent)
        {
            var plain = As == Form.Percent ? Plain(number * 100) + "%" : Plain(number);
            return (number >= 0 && plain.All(char.IsAsciiDigit) ? plain.PadLeft(LeastDigits, '0') : plain, false);
        }
        var serial = from1904 ? number + Since1904 : number;
        return serial is >= 0 and < DayAfterLast ? (Shown(serial), true) : (Plain(number), false);
    }

    /// <summary>The day that a number means by which a workbook counts days, whatever it is shown as; from 1901 on.</summary>
    public static DateOnly DayOf(int number, bool from1904) =>
        DateOnly.FromDateTime(DayZero.AddDays(from1904 ? number + Since1904 : number));

    /// <summary>The 15 digits that a spreadsheet keeps, without an exponent.</summary>
    public static string Plain(double number)
    {
        if (Math.Abs(number) < 1e15 && number == Math.Truncate(number))
        {
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        }
        if (Math.Abs(number) is >= 1e-14 and < 7e27)
        {
            // The conversion rounds to 15 digits.
            return ((decimal)number).ToString("0.############################", CultureInfo.InvariantCulture);
        }
        return number.ToString("G15", CultureInfo.InvariantCulture);
    }

    private string Shown(double serial)
    {
        // To the second: what is typed as a time is seldom a whole fraction of a day.
        var seconds = (long)Math.Round(serial * SecondsOfDay);
        var (day, time) = ((int)(seconds / SecondsOfDay), TimeSpan.FromSeconds(seconds % SecondsOfDay));
        if (As == Form.Time && day == 0)
        {
            return Clock(time);
        }
        // Spreadsheets take 1900 for a leap year: their day 60 never was, and what is before it is one off.
        var date = DayZero.AddDays(day < FalseLeapDay ? day + 1 : day);
        var text =
            day == 0 ? "1900-01-00"
            : day == FalseLeapDay ? "1900-02-29"
            : As == Form.Year && date is { Month: 1, Day: 1 } ? date.ToString("yyyy", CultureInfo.InvariantCulture)
            // A month that is typed is kept as its first day; another day was typed as a day.
            : As == Form.Month && date.Day == 1 ? date.ToString("yyyy-MM", CultureInfo.InvariantCulture)
            : date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return time == TimeSpan.Zero ? text : $"{text} {Clock(time)}";
    }

    private static string Clock(TimeSpan time) => time.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>The first section of a format without what it shows as it is: quoted text, escaped and padding characters, colours, locales.</summary>
    private static (string Letters, bool IsElapsed) Letters(string format)
    {
        var letters = new StringBuilder();
        var isElapsed = false;
        for (var i = 0; i < format.Length && format[i] != ';'; i++)
        {
            switch (format[i])
            {
                case '"':
                    i = EndOf(format, i, '"');
                    break;
                case '[':
                    var end = EndOf(format, i, ']');
                    isElapsed |=
                        end > i + 1
                        && "hHmMsS".Contains(format[i + 1], StringComparison.Ordinal)
                        && format[(i + 1)..end].Distinct().Count() == 1;
                    i = end;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                default:
                    letters.Append(format[i]);
                    break;
            }
        }
        return (letters.ToString(), isElapsed);
    }

    private static int EndOf(string format, int start, char closing) =>
        format.IndexOf(closing, start + 1) is var end and >= 0 ? end : format.Length;
}
