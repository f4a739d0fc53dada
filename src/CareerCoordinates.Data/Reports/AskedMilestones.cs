namespace CareerCoordinates.Data.Reports;

/// <summary>
/// Which milestones are worth a look, by type and days alone: a worker has many, and few of them count in a question. Some of those found may
/// count after all in nothing.
/// </summary>
internal sealed class AskedMilestones
{
    private const int Occurred = 1;
    private const int InForce = 2;

    private readonly int first;
    private readonly int last;
    private readonly int firstEnd;

    /// <summary>For what a type is asked, by its number.</summary>
    private readonly byte[] ofTypes = new byte[ProjectedMilestone.OtherTypes + 1];

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
    }

    /// <summary>Tells the places of those that are asked for, first by their own day, second while they are in force.</summary>
    public Found Find(ReadOnlySpan<ProjectedMilestone> milestones, Scratch scratch)
    {
        var (types, f, l, e) = (ofTypes, first, last, firstEnd);
        var occurred = scratch.Occurred(milestones.Length);
        var inForce = scratch.InForce(milestones.Length);
        var (ofOccurred, ofInForce) = (0, 0);
        for (var i = 0; i < milestones.Length; i++)
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

    internal readonly ref struct Found(ReadOnlySpan<int> occurred, ReadOnlySpan<int> inForce)
    {
        public readonly ReadOnlySpan<int> Occurred = occurred;
        public readonly ReadOnlySpan<int> InForce = inForce;
    }
}
