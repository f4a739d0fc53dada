using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Milestones;

/// <summary>States of a milestone's revision (已提交 退回补充 不予认定 已核验 作废).</summary>
public enum MilestoneState
{
    Submitted,
    Returned,
    Rejected,
    Verified,
    Voided,
}

public enum EndKind
{
    Ended,
    Revoked,
}

/// <summary>How a fact came to an end: <paramref name="On"/> is its last day in force, inclusive.</summary>
public sealed record Ending(DateOnly On, EndKind Kind, string Reason);

/// <summary>A reference to a proof kept elsewhere: the type is one of the framework's <c>evidenceTypes</c>.</summary>
public sealed record EvidenceReference(string Type, string Reference);

/// <summary>What a milestone says. A correction replaces it whole; it cannot change the type.</summary>
public sealed record MilestoneContent(
    string Type,
    PartialDate OccurredOn,
    PartialDate? Until,
    Ending? Ended,
    AttributeSet Attributes,
    IReadOnlyList<EvidenceReference> Evidence,
    string? Note
);

/// <summary>
/// One row of a milestone's history. Revisions count 1, 2, 3… and are never changed, save that
/// <see cref="SupersededAt"/> is set once when the next one is recorded.
/// </summary>
public sealed record MilestoneRevision(
    Guid WorkerId,
    Guid MilestoneId,
    int Revision,
    MilestoneState State,
    MilestoneContent Content,
    string? Reason,
    Instant RecordedAt,
    string RecordedBy,
    string? VerifiedBy,
    int FrameworkVersion,
    Instant? SupersededAt
)
{
    /// <summary>
    /// Somebody else wrote the content down for the worker, who said it; it stays with the content when that is judged, ended or
    /// written again. For four eyes the one who wrote it down is the recorder.
    /// </summary>
    public bool OnBehalf { get; init; }
}

/// <summary>A milestone at a <c>knownAt</c>: its newest revision, and the one that counts (null: nothing counts).</summary>
public sealed record Milestone(MilestoneRevision Newest, MilestoneRevision? Counting, bool Contested)
{
    public Guid Id => Newest.MilestoneId;
}

/// <summary>A verified fact as the grid reads it: the content of the counting revision.</summary>
public sealed record CountingMilestone(
    Guid Id,
    string Type,
    PartialDate OccurredOn,
    PartialDate? Until,
    Ending? Ended,
    AttributeSet Attributes
)
{
    /// <summary>
    /// The days on which the fact is in force: from the last day of <see cref="OccurredOn"/>'s period to the earlier of
    /// <see cref="Until"/>'s last day and <see cref="Ended"/>'s day, inclusive; on that first day only if the end lies inside the period.
    /// </summary>
    public DayPeriod InForce
    {
        get
        {
            var from = OccurredOn.Last;
            DateOnly? last = Until?.Last;
            if (Ended is { } ended && (last is null || ended.On < last))
            {
                last = ended.On;
            }
            return DayPeriod.Inclusive(from, last is { } day && day < from ? from : last);
        }
    }
}

/// <summary>A worker's objection to a milestone, or the answer to one. <paramref name="Sequence"/> counts both per milestone.</summary>
public sealed record MilestoneContest(
    Guid MilestoneId,
    int Sequence,
    bool IsAnswer,
    string Reason,
    Instant RecordedAt,
    string RecordedBy
);
