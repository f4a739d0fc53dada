using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>Whether a period covers a day, without a branch.</summary>
internal static class DayMask
{
    /// <summary>All bits where the day is one from <paramref name="from"/> until before <paramref name="end"/>, else none.</summary>
    public static int Of(int from, int end, int day) => (day - end & ~(day - from)) >> 31;
}

/// <summary>
/// A standing in 12 bytes: from (17 bits), end (17), when it was recorded (20 bits of microseconds, 32 of seconds since 1970) and the number
/// of its rung (8).
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct ProjectedStanding(int from, int end, int rung, long recordedAt)
{
    private const ulong Day = ReportDay.NoEnd;
    private const int MicrosecondsAt = 2 * ReportDay.Bits;
    private const int RungAt = 56;

    private readonly ulong bits =
        (uint)from
        | ((ulong)(uint)end << ReportDay.Bits)
        | ((ulong)(uint)rung << RungAt)
        | ((ulong)(recordedAt % 1_000_000) << MicrosecondsAt);
    private readonly uint seconds = checked((uint)(recordedAt / 1_000_000));

    public int From => (int)(bits & Day);

    public int End => (int)((bits >> ReportDay.Bits) & Day);

    public int Rung => (int)(bits >> RungAt);

    public long RecordedAt => seconds * 1_000_000L + (long)((bits >> MicrosecondsAt) & 0xF_FFFF);

    public bool Covers(int day) => From <= day && day < End;

    /// <summary>All bits where it covers the day, else none.</summary>
    public int MaskOf(int day) => DayMask.Of(From, End, day);

    /// <summary>The same of four standings.</summary>
    /// <param name="standings">The first eight numbers of 32 bits that lie there, and the last eight.</param>
    public static Vector256<long> MaskOf((Vector256<int> First, Vector256<int> Last) standings, Vector256<long> day)
    {
        var bits = Avx2.Blend(
            Avx2.PermuteVar8x32(standings.First, Vector256.Create(0, 1, 3, 4, 6, 7, 0, 0)),
            Avx2.PermuteVar8x32(standings.Last, Vector256.Create(0, 0, 0, 0, 0, 0, 5, 6)),
            0b1100_0000
        );
        var from = bits.AsInt64() & Vector256.Create((long)Day);
        var end = (bits.AsInt64() >>> ReportDay.Bits) & Vector256.Create((long)Day);
        return Vector256.GreaterThan(end, day) & ~Vector256.GreaterThan(from, day);
    }
}

/// <summary>
/// A counting milestone in 16 bytes: day from which it counts (17 bits), last day in force (17), how its day was given (2), when it was
/// recorded (52, as a standing), the number of its type (8; those of greater numbers are told apart by their facts only), and the number
/// of its <see cref="MilestoneFacts"/>.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct ProjectedMilestone(int day, int last, DayForm form, int type, int facts, long recordedAt)
{
    /// <summary>Types from this number on have it in common.</summary>
    public const int OtherTypes = 255;

    private const ulong DayMask = ReportDay.NoEnd;
    private const int MicrosecondsAt = 2 * ReportDay.Bits;
    private const int FormAt = MicrosecondsAt + 20;
    private const int TypeAt = FormAt + 2;

    private readonly ulong bits =
        (uint)day
        | ((ulong)(uint)last << ReportDay.Bits)
        | ((ulong)(recordedAt % 1_000_000) << MicrosecondsAt)
        | ((ulong)form << FormAt)
        | ((ulong)Math.Min(type, OtherTypes) << TypeAt);
    private readonly uint seconds = checked((uint)(recordedAt / 1_000_000));

    public readonly int Facts = facts;

    public int Day => (int)(bits & DayMask);

    public int Last => (int)((bits >> ReportDay.Bits) & DayMask);

    public long RecordedAt => seconds * 1_000_000L + (long)((bits >> MicrosecondsAt) & 0xF_FFFF);

    /// <summary>The number of its type, or <see cref="OtherTypes"/>.</summary>
    public int Type => (int)(bits >> TypeAt);

    /// <summary>What lies at the beginning of four milestones.</summary>
    /// <param name="first">The first two as they lie there; the others come after.</param>
    public static Vector256<ulong> BitsOf(Vector256<ulong> first, Vector256<ulong> second) =>
        Avx2.Permute4x64(Avx2.UnpackLow(first, second), 0b11_01_10_00);

    public static Vector256<long> DayOf(Vector256<ulong> bits) => (bits & Vector256.Create(DayMask)).AsInt64();

    public static Vector256<long> LastOf(Vector256<ulong> bits) => DayOf(bits >> ReportDay.Bits);

    public static Vector256<ulong> TypeOf(Vector256<ulong> bits) => bits >> TypeAt;

    /// <summary>The day, and how it was given, as a number.</summary>
    public ulong DayAsGiven => (bits & DayMask) | ((bits >> FormAt) & 3) << ReportDay.Bits;
}

/// <summary>How a day is given: by itself, or only its month or year.</summary>
internal enum DayForm : byte
{
    Day,
    Month,
    Year,
}

/// <summary>An affiliation in the tree.</summary>
/// <param name="order">Its place among the worker's by id, which settles what nothing else does.</param>
internal readonly struct ProjectedAffiliation(
    int from,
    int end,
    bool primary,
    int form,
    int order,
    int organization,
    int occupation,
    long recordedAt
)
{
    private const ulong Day = ReportDay.NoEnd;
    private const int PrimaryAt = 2 * ReportDay.Bits;
    private const int FormAt = PrimaryAt + 1;
    private const int OrderAt = FormAt + 8;

    private readonly ulong bits =
        (uint)from
        | ((ulong)(uint)end << ReportDay.Bits)
        | (primary ? 1UL << PrimaryAt : 0)
        | ((ulong)(uint)form << FormAt)
        | ((ulong)(uint)order << OrderAt);

    public readonly long RecordedAt = recordedAt;
    public readonly int Organization = organization;
    public readonly ushort Occupation = checked((ushort)occupation);

    public int From => (int)(bits & Day);

    public int End => (int)((bits >> ReportDay.Bits) & Day);

    public int Form => (byte)(bits >> FormAt);

    /// <summary>All bits where it covers the day, else none.</summary>
    public int MaskOf(int day) => DayMask.Of(From, End, day);

    public bool Covers(int day) => From <= day && day < End;

    /// <summary>Whether this one speaks for the worker rather than the other: the primary one, else the earlier one, else the smaller id.</summary>
    public bool ComesBefore(in ProjectedAffiliation other)
    {
        var (a, b) = ((bits >> PrimaryAt) & 1, (other.bits >> PrimaryAt) & 1);
        return a != b ? a > b
            : From != other.From ? From < other.From
            : bits >> OrderAt < other.bits >> OrderAt;
    }
}

/// <summary>What is known of a worker himself.</summary>
/// <param name="CareerStart">-1: not known.</param>
internal readonly record struct ProjectedWorker(
    int CareerStart,
    bool Voided,
    ProjectedGender Gender,
    ProjectedFlag MigrantWorker,
    long RecordedAt
)
{
    public const int NoCareerStart = -1;
}

internal enum ProjectedGender : byte
{
    Unknown,
    Female,
    Male,
}

internal enum ProjectedFlag : byte
{
    Unknown,
    No,
    Yes,
}

/// <summary>A row that was superseded.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct Past<T>(T row, long supersededAt)
    where T : struct
{
    public readonly T Row = row;
    public readonly long SupersededAt = supersededAt;
}
