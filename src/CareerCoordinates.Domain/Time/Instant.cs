using System.Globalization;
using System.Text;

namespace CareerCoordinates.Domain.Time;

/// <summary>A point in time, UTC, in whole microseconds since 1970-01-01. The clock of <c>knownAt</c> and <c>recordedAt</c>.</summary>
public readonly record struct Instant(long Microseconds) : IComparable<Instant>, IUtf8SpanFormattable
{
    private const int DigitsEnd = 26;

    /// <summary>Later than every instant that a clock can give: "not superseded".</summary>
    public static readonly Instant Never = new(long.MaxValue);

    public static Instant From(DateTimeOffset time) => new((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10);

    /// <summary>The day that it is somewhere.</summary>
    public DateOnly DayIn(TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(ToDateTimeOffset(), zone).DateTime);

    /// <summary>When a day begins somewhere.</summary>
    public static Instant StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var ahead = zone.GetUtcOffset(midnight);
        // East of Greenwich the first day of all began before there are instants.
        return From(midnight.Ticks < ahead.Ticks ? DateTimeOffset.MinValue : new DateTimeOffset(midnight, ahead));
    }

    public DateTimeOffset ToDateTimeOffset() => new(DateTimeOffset.UnixEpoch.Ticks + Microseconds * 10, TimeSpan.Zero);

    public Instant PlusMicroseconds(long microseconds) => new(Microseconds + microseconds);

    public Instant Plus(TimeSpan time) => new(Microseconds + time.Ticks / TimeSpan.TicksPerMicrosecond);

    public static Instant Min(Instant a, Instant b) => a.Microseconds <= b.Microseconds ? a : b;

    public static Instant Max(Instant a, Instant b) => a.Microseconds >= b.Microseconds ? a : b;

    public int CompareTo(Instant other) => Microseconds.CompareTo(other.Microseconds);

    public static bool operator <(Instant a, Instant b) => a.Microseconds < b.Microseconds;

    public static bool operator >(Instant a, Instant b) => a.Microseconds > b.Microseconds;

    public static bool operator <=(Instant a, Instant b) => a.Microseconds <= b.Microseconds;

    public static bool operator >=(Instant a, Instant b) => a.Microseconds >= b.Microseconds;

    /// <summary>ISO 8601 with six digits of a second and <c>Z</c>: <c>2026-11-22T06:00:00.000000Z</c>.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[DigitsEnd + 2];
        return TryFormat(text, out var written, default, null) ? Encoding.ASCII.GetString(text[..written]) : "";
    }

    /// <summary>The same, as bytes; the format is always that one.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        // Of the round-trip form's seven digits the last is 0; it is the form that is written fastest.
        if (!ToDateTimeOffset().UtcDateTime.TryFormat(utf8Destination, out bytesWritten, "O", CultureInfo.InvariantCulture))
        {
            return false;
        }
        utf8Destination[DigitsEnd] = (byte)'Z';
        bytesWritten = DigitsEnd + 1;
        return true;
    }

    /// <summary>Reads ISO 8601 with zero to six digits of a second and <c>Z</c> or an offset; anything else is no instant.</summary>
    public static bool TryParse(string? text, out Instant instant)
    {
        instant = default;
        if (text is null || text.Length is < 20 or > 32 || text[10] != 'T')
        {
            return false;
        }
        string[] forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFK"];
        if (
            !(text[^1] == 'Z' || (text[^3] == ':' && text[^6] is '+' or '-'))
            || !DateTimeOffset.TryParseExact(
                text,
                forms,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
        )
        {
            return false;
        }
        instant = From(time);
        return true;
    }
}
