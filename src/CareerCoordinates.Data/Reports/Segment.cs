using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CareerCoordinates.Data.Reports;

/// <summary>
/// Some workers as columns, in order of their ids: what holds now, and apart from it what was superseded. A worker's rows lie
/// together; <c>…Ends</c> says for each worker where his end. Never changed once it is built.
/// </summary>
internal sealed class Segment
{
    /// <summary>The latest instant in it: who asks from then on sees all that holds now.</summary>
    public required long Newest { get; init; }

    public required Guid[] Ids { get; init; }
    public required ulong[] RecordKeys { get; init; }
    public required ProjectedWorker[] Workers { get; init; }
    public required Rows<ProjectedAffiliation> Affiliations { get; init; }
    public required Rows<ProjectedStanding> Standings { get; init; }
    public required Rows<ProjectedMilestone> Milestones { get; init; }
    public required Rows<Past<ProjectedWorker>> PastWorkers { get; init; }
    public required Rows<Past<ProjectedAffiliation>> PastAffiliations { get; init; }
    public required Rows<Past<ProjectedStanding>> PastStandings { get; init; }
    public required Rows<Past<ProjectedMilestone>> PastMilestones { get; init; }

    public int Count => Ids.Length;

    /// <summary>Bytes of what holds now, the workers included, the milestones not.</summary>
    public long CurrentBytes =>
        Ids.LongLength * (16 + sizeof(ulong))
        + Workers.LongLength * Unsafe.SizeOf<ProjectedWorker>()
        + Affiliations.Bytes
        + Standings.Bytes;

    public long MilestoneBytes => Milestones.Bytes + PastMilestones.Bytes;

    public long PastBytes => PastWorkers.Bytes + PastAffiliations.Bytes + PastStandings.Bytes;

    public int Find(Guid id) => Array.BinarySearch(Ids, id, NetworkOrder.Instance);

    /// <summary>One after the other: workers of the first come before workers of the second.</summary>
    public static Segment Concatenate(IReadOnlyList<Segment> parts) =>
        new()
        {
            Newest = parts.Select(p => p.Newest).DefaultIfEmpty().Max(),
            Ids = Join(parts, p => p.Ids),
            RecordKeys = Join(parts, p => p.RecordKeys),
            Workers = Join(parts, p => p.Workers),
            Affiliations = Rows<ProjectedAffiliation>.Concatenate([.. parts.Select(p => p.Affiliations)]),
            Standings = Rows<ProjectedStanding>.Concatenate([.. parts.Select(p => p.Standings)]),
            Milestones = Rows<ProjectedMilestone>.Concatenate([.. parts.Select(p => p.Milestones)]),
            PastWorkers = Rows<Past<ProjectedWorker>>.Concatenate([.. parts.Select(p => p.PastWorkers)]),
            PastAffiliations = Rows<Past<ProjectedAffiliation>>.Concatenate([.. parts.Select(p => p.PastAffiliations)]),
            PastStandings = Rows<Past<ProjectedStanding>>.Concatenate([.. parts.Select(p => p.PastStandings)]),
            PastMilestones = Rows<Past<ProjectedMilestone>>.Concatenate([.. parts.Select(p => p.PastMilestones)]),
        };

    /// <summary>Those workers of several segments that are taken, in order of their ids.</summary>
    /// <param name="taken">Segment and worker, no worker twice.</param>
    public static Segment Merge(IEnumerable<(Segment Segment, int Worker)> taken)
    {
        var all = taken.ToArray();
        Array.Sort(all, (a, b) => NetworkOrder.Instance.Compare(a.Segment.Ids[a.Worker], b.Segment.Ids[b.Worker]));
        return new()
        {
            Newest = all.Select(t => t.Segment.Newest).DefaultIfEmpty().Max(),
            Ids = [.. all.Select(t => t.Segment.Ids[t.Worker])],
            RecordKeys = [.. all.Select(t => t.Segment.RecordKeys[t.Worker])],
            Workers = [.. all.Select(t => t.Segment.Workers[t.Worker])],
            Affiliations = Rows<ProjectedAffiliation>.Merge(all, s => s.Affiliations),
            Standings = Rows<ProjectedStanding>.Merge(all, s => s.Standings),
            Milestones = Rows<ProjectedMilestone>.Merge(all, s => s.Milestones),
            PastWorkers = Rows<Past<ProjectedWorker>>.Merge(all, s => s.PastWorkers),
            PastAffiliations = Rows<Past<ProjectedAffiliation>>.Merge(all, s => s.PastAffiliations),
            PastStandings = Rows<Past<ProjectedStanding>>.Merge(all, s => s.PastStandings),
            PastMilestones = Rows<Past<ProjectedMilestone>>.Merge(all, s => s.PastMilestones),
        };
    }

    private static T[] Join<T>(IReadOnlyList<Segment> parts, Func<Segment, T[]> column)
    {
        var joined = new T[parts.Sum(p => column(p).Length)];
        var at = 0;
        foreach (var part in parts)
        {
            column(part).CopyTo(joined, at);
            at += column(part).Length;
        }
        return joined;
    }
}

/// <summary>Rows of several workers, one worker's after the other's.</summary>
internal sealed class Rows<T>(T[] rows, int[] workerEnds)
    where T : struct
{
    private readonly T[] all = rows;
    private readonly int[] ends = workerEnds;

    public long Bytes => (long)all.Length * Unsafe.SizeOf<T>() + ends.LongLength * sizeof(int);

    public int Count => all.Length;

    public ReadOnlySpan<T> Of(int worker)
    {
        var start = worker == 0 ? 0 : ends[worker - 1];
        return all.AsSpan(start, ends[worker] - start);
    }

    public RowsOf<T> Of(Block block)
    {
        var start = block.First == 0 ? 0 : ends[block.First - 1];
        return new(all.AsSpan(start..ends[block.End - 1]), ends.AsSpan(block.First..block.End), start);
    }

    public static Rows<T> Concatenate(IReadOnlyList<Rows<T>> parts)
    {
        var rows = new T[parts.Sum(p => p.all.Length)];
        var joined = new int[parts.Sum(p => p.ends.Length)];
        var (row, worker) = (0, 0);
        foreach (var part in parts)
        {
            part.all.CopyTo(rows, row);
            foreach (var end in part.ends)
            {
                joined[worker++] = row + end;
            }
            row += part.all.Length;
        }
        return new(rows, joined);
    }

    public static Rows<T> Merge((Segment Segment, int Worker)[] taken, Func<Segment, Rows<T>> column)
    {
        var ends = new int[taken.Length];
        var row = 0;
        for (var i = 0; i < taken.Length; i++)
        {
            row += column(taken[i].Segment).Of(taken[i].Worker).Length;
            ends[i] = row;
        }
        var rows = new T[row];
        for (var i = 0; i < taken.Length; i++)
        {
            column(taken[i].Segment).Of(taken[i].Worker).CopyTo(rows.AsSpan(i == 0 ? 0 : ends[i - 1]));
        }
        return new(rows, ends);
    }

    /// <summary>Takes rows in the order of the workers.</summary>
    internal sealed class Builder
    {
        private readonly List<T> rows = [];
        private readonly List<int> ends = [];

        public void Add(T row) => rows.Add(row);

        /// <summary>The next worker's rows begin; the one before may have none.</summary>
        public void EndWorker() => ends.Add(rows.Count);

        public int WorkersEnded => ends.Count;

        public void Clear()
        {
            rows.Clear();
            ends.Clear();
        }

        /// <summary>What is in it, until it is changed.</summary>
        public RowsOf<T> Rows => new(CollectionsMarshal.AsSpan(rows), CollectionsMarshal.AsSpan(ends), 0);

        public Rows<T> Build() => new([.. rows], [.. ends]);
    }
}

/// <summary>As both databases order ids: by their bytes as they are written.</summary>
internal sealed class NetworkOrder : IComparer<Guid>
{
    public static readonly NetworkOrder Instance = new();

    public int Compare(Guid x, Guid y)
    {
        Span<byte> a = stackalloc byte[16];
        Span<byte> b = stackalloc byte[16];
        x.TryWriteBytes(a, bigEndian: true, out _);
        y.TryWriteBytes(b, bigEndian: true, out _);
        return a.SequenceCompareTo(b);
    }
}
