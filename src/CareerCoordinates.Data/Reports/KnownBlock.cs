using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CareerCoordinates.Data.Reports;

/// <summary>Some workers of a layer, one after the other: what is asked of them is found out at once, which is quicker than to begin anew for each.</summary>
internal readonly struct Block(Layer layer, int first, int end)
{
    public const int MostWorkers = 1024;

    public Segment Segment => layer.Segment;

    public int First => first;

    public int End => end;

    public bool IsGone(int worker) => layer.IsGone(worker);

    /// <summary>The workers, and who is gone as one that is voided: a few do not make it worth while to put all that the others have together.</summary>
    /// <param name="scratch">Where they are put together if one is gone.</param>
    public ReadOnlySpan<ProjectedWorker> WorkersButGone(List<ProjectedWorker> scratch)
    {
        var workers = Segment.Workers.AsSpan(first..end);
        if (layer.Gone is not { } gone)
        {
            return workers;
        }
        scratch.Clear();
        for (var worker = first; worker < end; worker++)
        {
            scratch.Add(gone[worker] ? Segment.Workers[worker] with { Voided = true } : Segment.Workers[worker]);
        }
        return CollectionsMarshal.AsSpan(scratch);
    }
}

/// <summary>Rows of some workers, one worker's after the other's.</summary>
/// <param name="ends">Where the rows of each end, counted from a row that is <paramref name="start"/> rows before the first.</param>
internal readonly ref struct RowsOf<T>(ReadOnlySpan<T> all, ReadOnlySpan<int> ends, int start)
    where T : struct
{
    private readonly ReadOnlySpan<int> ends = ends;
    private readonly int start = start;

    public readonly ReadOnlySpan<T> All = all;

    public int StartOf(int worker) => worker == 0 ? 0 : EndOf(worker - 1);

    public int EndOf(int worker) => ends[worker] - start;

    public ReadOnlySpan<T> Of(int worker) => All[StartOf(worker)..StartOf(worker + 1)];

    /// <summary>Says of each row whose it is, which is quicker than to look for the workers of many.</summary>
    /// <param name="workers">As long as all rows, and one <see cref="Vector256{T}"/> more.</param>
    // Apart, for the reason that DayReading gives.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void TellWorkers(Span<short> workers)
    {
        var row = 0;
        for (var worker = 0; worker < ends.Length; worker++)
        {
            // Most have fewer rows than are written at once; what is too much belongs to the next one, who writes there, too.
            var (number, end) = (Vector256.Create((short)worker), ends[worker] - start);
            for (; row < end; row += Vector256<short>.Count)
            {
                number.CopyTo(workers[row..]);
            }
            row = end;
        }
    }
}

/// <summary>What was known of the workers of a block who may count; they are numbered from 0 on.</summary>
internal readonly ref struct KnownBlock
{
    public required ReadOnlySpan<Guid> Ids { get; init; }
    public required ReadOnlySpan<ulong> RecordKeys { get; init; }
    public required ReadOnlySpan<ProjectedWorker> Workers { get; init; }

    /// <summary>They and the standings come in no order that matters, and none is left out.</summary>
    public required RowsOf<ProjectedAffiliation> Affiliations { get; init; }
    public required RowsOf<ProjectedStanding> Standings { get; init; }

    /// <summary>Nothing where they are not asked for.</summary>
    public RowsOf<ProjectedMilestone> Milestones { get; init; }

    public int Count => Workers.Length;
}
