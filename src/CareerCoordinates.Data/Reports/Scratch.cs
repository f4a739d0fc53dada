using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CareerCoordinates.Data.Reports;

/// <summary>What one thread uses again for each block.</summary>
internal sealed class Scratch
{
    private readonly List<(DayReading Day, Member[] Members)> members = [];
    private long[] sums = [];
    private int[] occurred = [];
    private int[] inForce = [];
    private short[] workers = [];
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

    /// <summary>Of each row whose it is.</summary>
    public ReadOnlySpan<short> WorkersOf<T>(in RowsOf<T> rows)
        where T : struct
    {
        var told = Room(ref workers, rows.All.Length + Vector256<short>.Count);
        rows.TellWorkers(told);
        return told;
    }

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
