using System.Runtime.InteropServices;

namespace CareerCoordinates.Data.Reports;

/// <summary>Some workers of a layer, one after the other: what is asked of them is found out at once, which is quicker than to begin anew for each.</summary>
internal readonly struct Block(Layer layer, int first, int end)
{
    public const int MostWorkers = 1024;

    public Segment Segment => layer.Segment;

    public int First => first;

    public int End => end;

    public bool IsGone(int worker) => layer.IsGone(worker);

    public bool HasGone
    {
        get
        {
            var gone = false;
            for (var worker = first; layer.Gone is not null && worker < end; worker++)
            {
                gone |= IsGone(worker);
            }
            return gone;
        }
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

    public int StartOf(int worker) => worker == 0 ? 0 : ends[worker - 1] - start;

    public ReadOnlySpan<T> Of(int worker) => All[StartOf(worker)..StartOf(worker + 1)];

    /// <summary>Whose a row is.</summary>
    /// <param name="from">He or one before him.</param>
    public int WorkerOf(int row, int from)
    {
        while (row >= ends[from] - start)
        {
            from++;
        }
        return from;
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

/// <summary>What one thread uses again for each block.</summary>
internal sealed class Scratch
{
    private readonly List<(DayReading Day, Member[] Members)> members = [];
    private long[] sums = [];
    private int[] occurred = [];
    private int[] inForce = [];
    private int[] values = new int[16];

    public List<Guid> Ids { get; } = [];
    public List<ulong> RecordKeys { get; } = [];
    public List<ProjectedWorker> Workers { get; } = [];
    public Rows<ProjectedAffiliation>.Builder Affiliations { get; } = new();
    public Rows<ProjectedStanding>.Builder Standings { get; } = new();
    public Rows<ProjectedMilestone>.Builder Milestones { get; } = new();

    /// <summary>What was put together here.</summary>
    public KnownBlock Known =>
        new()
        {
            Ids = CollectionsMarshal.AsSpan(Ids),
            RecordKeys = CollectionsMarshal.AsSpan(RecordKeys),
            Workers = CollectionsMarshal.AsSpan(Workers),
            Affiliations = Affiliations.Rows,
            Standings = Standings.Rows,
            Milestones = Milestones.Rows,
        };

    public void Clear()
    {
        Ids.Clear();
        RecordKeys.Clear();
        Workers.Clear();
        Affiliations.Clear();
        Standings.Clear();
        Milestones.Clear();
    }

    public Member[] MembersOn(DayReading day)
    {
        foreach (var known in members)
        {
            if (known.Day == day)
            {
                return known.Members;
            }
        }
        members.Add((day, new Member[Block.MostWorkers]));
        return members[^1].Members;
    }

    public Span<long> Sums(int count) => Room(ref sums, count);

    public Span<int> Occurred(int count) => Room(ref occurred, count);

    public Span<int> InForce(int count) => Room(ref inForce, count);

    /// <summary>Numbers that are 0 until somebody writes there.</summary>
    public Span<int> Values(int count) => Room(ref values, count);

    private static Span<T> Room<T>(ref T[] array, int count)
    {
        if (array.Length < count)
        {
            array = new T[2 * count];
        }
        return array.AsSpan(0, count);
    }
}
