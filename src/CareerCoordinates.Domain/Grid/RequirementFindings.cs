using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Domain.Grid;

public enum Finding
{
    Met,
    Unmet,

    /// <summary>The record cannot say: a datum is missing, or people decide.</summary>
    Unknown,
}

/// <summary>What <see cref="LeafFinding.Had"/> and <see cref="LeafFinding.Needed"/> count.</summary>
public enum FindingUnit
{
    Milestones,

    /// <summary>1 while the rung or a higher one is held, else 0.</summary>
    Rungs,

    Days,

    /// <summary>Cut to one decimal.</summary>
    Years,
}

/// <summary>How it stands with one leaf of a requirement on a day.</summary>
/// <param name="Had">What the worker has, and <paramref name="Needed"/> what is asked, in <paramref name="Unit"/>; null where not known.</param>
/// <param name="Earliest">
/// The first day, not before the day asked, on which the leaf is met if nothing but time passes and the facts already recorded
/// come into force and end; the day asked where it is met; null where that does not happen or cannot be known.
/// </param>
/// <param name="MilestoneIds">The facts that the finding rests on.</param>
public sealed record LeafFinding(
    RequirementLeaf Leaf,
    Finding State,
    decimal? Had,
    decimal? Needed,
    FindingUnit? Unit,
    DateOnly? Earliest,
    IReadOnlyList<Guid> MilestoneIds
);

/// <summary>
/// One alternative: all of its leaves. <paramref name="Earliest"/> is the first day on which all are met together: the latest
/// day of the leaves, unless one of them has ended by then.
/// </summary>
public sealed record AlternativeFinding(IReadOnlyList<LeafFinding> AllOf, Finding State, DateOnly? Earliest);
