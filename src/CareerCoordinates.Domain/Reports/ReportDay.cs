namespace CareerCoordinates.Domain.Reports;

/// <summary>
/// A day as a small number: days since 1900-01-01, so that every day the record may hold (1900 to 2200) fits 17 bits.
/// Periods are half open; <see cref="NoEnd"/> is later than every day.
/// </summary>
public static class ReportDay
{
    public const int Bits = 17;
    public const int NoEnd = (1 << Bits) - 1;

    private static readonly int Epoch = new DateOnly(1900, 1, 1).DayNumber;

    public static int Of(DateOnly day) => Math.Clamp(day.DayNumber - Epoch, 0, NoEnd);

    /// <summary>The first day after an inclusive last day; null: no end.</summary>
    public static int EndOf(DateOnly? last) => last is { } day ? Of(day.AddDays(1)) : NoEnd;

    public static DateOnly Read(int day) => DateOnly.FromDayNumber(day + Epoch);
}
