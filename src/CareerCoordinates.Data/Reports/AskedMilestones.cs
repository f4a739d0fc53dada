using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CareerCoordinates.Data.Reports;

/// <summary>
/// Which milestones are worth a look, by type and days alone: a worker has many, and few of them count in a question. Some of those found may
/// count after all in nothing.
/// </summary>
internal sealed class AskedMilestones
{
    private const int Occurred = 1;
    private const int InForce = 2;

    /// <summary>Milestones that are looked at together.</summary>
    private const int Four = 4;

    /// <summary>Types below this number have a bit each.</summary>
    private const int TypesWithBit = 64;

    private readonly int first;
    private readonly int last;
    private readonly int firstEnd;

    /// <summary>For what a type is asked, by its number.</summary>
    private readonly byte[] ofTypes = new byte[ProjectedMilestone.OtherTypes + 1];

    /// <summary>The same for four at once, a bit for each type; only where no type has a greater number.</summary>
    private readonly ulong occurredTypes;
    private readonly ulong inForceTypes;
    private readonly bool fourAtOnce;

    /// <param name="days">First and last day of those that are asked for by their own day.</param>
    /// <param name="occurred">Whether milestones of a type are asked for by their own day.</param>
    /// <param name="firstEnd">The earliest day on which those are asked for that are in force then; the latest is the last of <paramref name="days"/>.</param>
    /// <param name="inForce">Whether milestones of a type are asked for while they are in force; null: of none.</param>
    public AskedMilestones(
        CodeList types,
        (int First, int Last) days,
        Func<string, bool> occurred,
        int firstEnd = int.MaxValue,
        Func<string, bool>? inForce = null
    )
    {
        (first, last) = days;
        this.firstEnd = firstEnd;
        for (var type = 0; type < types.Count; type++)
        {
            ofTypes[Math.Min(type, ProjectedMilestone.OtherTypes)] |= (byte)(
                (occurred(types[type]) ? Occurred : 0) | (inForce?.Invoke(types[type]) == true ? InForce : 0)
            );
        }
        fourAtOnce = Avx2.IsSupported && types.Count <= TypesWithBit;
        for (var type = 0; type < TypesWithBit; type++)
        {
            occurredTypes |= (ulong)(ofTypes[type] & Occurred) << type;
            inForceTypes |= (ulong)(ofTypes[type] / InForce) << type;
        }
    }

    /// <summary>Tells the places of those that are asked for, first by their own day, second while they are in force.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Found Find(ReadOnlySpan<ProjectedMilestone> milestones, Scratch scratch)
    {
        var (types, f, l, e) = (ofTypes, first, last, firstEnd);
        var occurred = scratch.Occurred(milestones.Length + Four);
        var inForce = scratch.InForce(milestones.Length + Four);
        var (i, ofOccurred, ofInForce) = fourAtOnce ? FindFours(milestones, occurred, inForce) : default;
        for (; i < milestones.Length; i++)
        {
            // Without a branch, which would be guessed wrong every other time: a place is always written, and stays where it is one.
            ref readonly var milestone = ref milestones[i];
            var (day, end, asked) = (milestone.Day, milestone.Last, (int)types[milestone.Type]);
            occurred[ofOccurred] = i;
            inForce[ofInForce] = i;
            ofOccurred += asked & (~((day - f) | (l - day)) >>> 31);
            ofInForce += (asked >> 1) & (~((end - e) | (l - day)) >>> 31);
        }
        return new(occurred[..ofOccurred], inForce[..ofInForce]);
    }

    /// <summary>The same of four milestones at once, as long as there are four more.</summary>
    /// <returns>How many were looked at, and how many places were written to each of the two.</returns>
    private (int Read, int Occurred, int InForce) FindFours(
        ReadOnlySpan<ProjectedMilestone> milestones,
        Span<int> occurred,
        Span<int> inForce
    )
    {
        var (f, l, e) = (Vector256.Create((long)first), Vector256.Create((long)last), Vector256.Create((long)firstEnd));
        var (occurredBits, inForceBits) = (Vector256.Create(occurredTypes), Vector256.Create(inForceTypes));
        var all = MemoryMarshal.Cast<ProjectedMilestone, ulong>(milestones);
        var (i, ofOccurred, ofInForce) = (0, 0, 0);
        for (; i <= milestones.Length - Four; i += Four)
        {
            var four = ProjectedMilestone.BitsOf(
                Vector256.Create(all.Slice(2 * i, Vector256<ulong>.Count)),
                Vector256.Create(all.Slice(2 * i + Four, Vector256<ulong>.Count))
            );
            var day = ProjectedMilestone.DayOf(four);
            var tooLate = Vector256.GreaterThan(day, l);
            var early = Vector256.LessThan(day, f) | tooLate;
            var over = Vector256.LessThan(ProjectedMilestone.LastOf(four), e) | tooLate;
            // The bit of its type comes first, where it is read as the mask.
            var type = Vector256.Create(TypesWithBit - 1UL) - ProjectedMilestone.TypeOf(four);
            var isOccurred = Avx2.ShiftLeftLogicalVariable(occurredBits, type) & ~early.AsUInt64();
            var isInForce = Avx2.ShiftLeftLogicalVariable(inForceBits, type) & ~over.AsUInt64();
            ofOccurred += Write(Vector256.ExtractMostSignificantBits(isOccurred), i, occurred[ofOccurred..]);
            ofInForce += Write(Vector256.ExtractMostSignificantBits(isInForce), i, inForce[ofInForce..]);
        }
        return (i, ofOccurred, ofInForce);
    }

    /// <summary>Writes which of four are meant, one after the other, and something after them up to four.</summary>
    private static int Write(uint mask, int first, Span<int> places)
    {
        (Packed[mask] + Vector128.Create(first)).CopyTo(places);
        return BitOperations.PopCount(mask);
    }

    /// <summary>By the mask of four the places in it.</summary>
    private static readonly Vector128<int>[] Packed =
    [
        .. Enumerable
            .Range(0, 1 << Four)
            .Select(mask => Enumerable.Range(0, Four).Where(place => (mask >> place & 1) == 1).Concat(new int[Four]))
            .Select(places => Vector128.Create([.. places.Take(Four)])),
    ];

    internal readonly ref struct Found(ReadOnlySpan<int> occurred, ReadOnlySpan<int> inForce)
    {
        public readonly ReadOnlySpan<int> Occurred = occurred;
        public readonly ReadOnlySpan<int> InForce = inForce;
    }
}
