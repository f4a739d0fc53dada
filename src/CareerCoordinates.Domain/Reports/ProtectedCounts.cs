using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace CareerCoordinates.Domain.Reports;

/// <summary>A count as an analyst sees it.</summary>
/// <param name="Shown">The count with its noise; null where that is below the threshold.</param>
public readonly record struct ProtectedCount(int? Shown, int Threshold)
{
    /// <summary>The number, or <c>&lt;10</c>.</summary>
    public override string ToString() =>
        Shown?.ToString(CultureInfo.InvariantCulture) ?? string.Create(CultureInfo.InvariantCulture, $"<{Threshold}");
}

/// <summary>
/// Counts of people for those who may see no person (design §6; the rules are those of "Protected counts"). The noise of a
/// cell follows from who is in it and from the key alone: the same people give the same number in every table, for every
/// analyst, on every day and engine, so asking again does not average it away. A count is shown only where, with its
/// noise, it reaches the threshold: behind each shown count stand at least threshold - <see cref="Noise.Bound"/> people.
/// </summary>
/// <remarks>
/// All empty cells have the key sum 0 and so one noise between them. Nobody can learn it: a count of 0 with any noise stays
/// below every threshold, is hidden like any other small count, and what is hidden enters no sum, share or curve.
/// <para/>
/// One number tells of one person hardly more than a coin does (right 59.7% of the time). What the noise does not hide: as
/// the same people give the same number, a number that changed tells that the people changed; and cells of different people
/// have noises of their own, so many cells that would all hold one person tell of him together. Asking has to be limited
/// beside it: few dimensions, month ends, and not every instant as <c>knownAt</c>.
/// </remarks>
public sealed class ProtectedCounts
{
    public const int KeyBytes = 32;

    /// <summary>The least count shown.</summary>
    public const int Threshold = 10;

    /// <summary>The same where a cell tells of political treatment (the political channel).</summary>
    public const int SensitiveThreshold = 20;

    /// <summary>From so many workers on a sum has three significant digits; below it two, since a mean to three digits tells how many they are.</summary>
    private const int WorkersForThreeDigits = 100;

    private readonly byte[] key;

    /// <param name="key"><see cref="KeyBytes"/> secret bytes, the same for the life of a database.</param>
    public ProtectedCounts(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyBytes)
        {
            throw new ArgumentException($"The key of protected counts has {KeyBytes} bytes, not {key.Length}.", nameof(key));
        }
        this.key = key.ToArray();
    }

    /// <summary>
    /// What a worker adds to the key sum of a cell: HMAC-SHA256(key, id), first 64 bits, the id as 16 bytes in network order.
    /// Takes about a microsecond, so it is worth keeping.
    /// </summary>
    public ulong RecordKey(Guid workerId)
    {
        Span<byte> id = stackalloc byte[16];
        workerId.TryWriteBytes(id, bigEndian: true, out _);
        return FirstBits(id);
    }

    /// <param name="threshold">The least number shown; at least <see cref="Threshold"/>.</param>
    public ProtectedCount Count(Cell cell, int threshold = Threshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold, Threshold);
        var withNoise = cell.Count + NoiseOf(cell);
        return new ProtectedCount(withNoise >= threshold ? withNoise : null, threshold);
    }

    /// <summary>
    /// The sum of a number over a cell, changed in the proportion in which its count is, rounded so that the number of workers does not
    /// follow from it: to two significant digits, to three from 100 workers on, and never finer than a whole. Null, so
    /// hidden, where the count is hidden or one worker gives over half.
    /// </summary>
    /// <remarks>
    /// Coarser than three digits throughout: the mean of a few workers to three digits, of hours by the half say, fits one number of
    /// workers only, and so would undo the noise of the count.
    /// </remarks>
    /// <param name="largest">The most that one worker of the cell gives, all that is his added up, its sign left out.</param>
    public decimal? Sum(Cell cell, decimal sum, decimal largest, int threshold = Threshold) =>
        Count(cell, threshold).Shown is { } shown && largest <= Math.Abs(sum) / 2
            ? Rounded(sum / cell.Count * shown, shown < WorkersForThreeDigits ? 2 : 3)
            : null;

    /// <summary>
    /// How many things the workers of a cell have, such as milestones: as a sum, and with a noise of its own that follows from who is in the
    /// cell and from the number. So where the same people have one thing more the noise is another, and what changed is not told by
    /// subtraction. (As a sum alone, which is what "Protected counts" have, it is: a number below 100 is not rounded.)
    /// </summary>
    /// <param name="number">A whole one.</param>
    /// <inheritdoc cref="Sum"/>
    public decimal? Number(Cell cell, decimal number, decimal largest, int threshold = Threshold)
    {
        if (Count(cell, threshold).Shown is not { } shown || largest > number / 2)
        {
            return null;
        }
        var withNoise = number / cell.Count * shown + NoiseOf(cell, number);
        // Each has one at least, unless several have a part in the same.
        return Math.Max(number < cell.Count ? 0 : shown, Rounded(withNoise, shown < WorkersForThreeDigits ? 2 : 3));
    }

    /// <summary>
    /// A share of two shown counts; null where one of them is hidden. As their noises differ, a part may be shown larger than
    /// its whole: that is a share of 1.
    /// </summary>
    public static double? Share(ProtectedCount part, ProtectedCount whole) =>
        part.Shown is { } some && whole.Shown is { } all ? Math.Min(1, (double)some / all) : null;

    private int NoiseOf(Cell cell)
    {
        Span<byte> named = stackalloc byte[4 + sizeof(ulong)];
        "cell"u8.CopyTo(named);
        BinaryPrimitives.WriteUInt64BigEndian(named[4..], cell.KeySum);
        return NoiseOf(named);
    }

    private int NoiseOf(Cell cell, decimal number)
    {
        Span<byte> named = stackalloc byte[6 + 2 * sizeof(ulong)];
        "number"u8.CopyTo(named);
        BinaryPrimitives.WriteUInt64BigEndian(named[6..], cell.KeySum);
        BinaryPrimitives.WriteInt64BigEndian(named[(6 + sizeof(ulong))..], decimal.ToInt64(number));
        return NoiseOf(named);
    }

    // The first 53 bits, all that a double holds.
    private int NoiseOf(ReadOnlySpan<byte> named) => Noise.At((FirstBits(named) >> 11) * double.ScaleB(1, -53));

    private ulong FirstBits(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, message, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private static decimal Rounded(decimal value, int digits)
    {
        var tooLarge = digits == 2 ? 100 : 1000;
        var last = 1m;
        while (Math.Abs(value / last) >= tooLarge)
        {
            last *= 10;
        }
        return Math.Round(value / last, MidpointRounding.AwayFromZero) * last;
    }
}
