namespace CareerCoordinates.Data.Reports;

/// <summary>
/// Which milestones are worth a look, by type and days alone: a worker has many, and few of them count in a question. Some of those found may
/// count after all in nothing.
/// </summary>
internal sealed class AskedMilestones
{
    private readonly int first;
    private readonly int last;
    private readonly int firstEnd;

    /// <summary>By number of the type all bits where it is asked for, else none.</summary>
    private readonly (int Occurred, int InForce)[] ofTypes = new (int, int)[ProjectedMilestone.OtherTypes + 1];

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
            ref var known = ref ofTypes[Math.Min(type, ProjectedMilestone.OtherTypes)];
            known.Occurred |= occurred(types[type]) ? -1 : 0;
            known.InForce |= inForce?.Invoke(types[type]) == true ? -1 : 0;
        }
    }

    /// <summary>The place of the first one, from a place on; their number where there is none.</summary>
    public int Next(ReadOnlySpan<ProjectedMilestone> milestones, int from)
    {
        var (types, f, l, e) = (ofTypes, first, last, firstEnd);
        var i = from;
        for (; i < milestones.Length; i++)
        {
            // One branch instead of five, which would be guessed wrong every other time.
            ref readonly var milestone = ref milestones[i];
            var ofType = types[milestone.Type];
            var (day, end) = (milestone.Day, milestone.Last);
            var occurred = ~((day - f) | (l - day)) >> 31;
            var inForce = ~((end - e) | (l - day)) >> 31;
            if (((ofType.Occurred & occurred) | (ofType.InForce & inForce)) != 0)
            {
                break;
            }
        }
        return i;
    }
}
