using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Milestones;

/// <summary>
/// Who decides. With <paramref name="FourEyes"/> nobody verifies what he recorded, and an end or a void by one who recorded
/// some of the content needs a second person.
/// </summary>
/// <param name="Name">The account's name, by which revisions are signed.</param>
/// <param name="MayVerify">He speaks for a body that verifies the type, where the worker is, and is not that worker.</param>
/// <param name="IsTheWorker">The milestone is about himself.</param>
public sealed record Actor(string Name, bool MayVerify, bool FourEyes = false, bool IsTheWorker = false);

/// <summary>By whom and when; the time is the <c>recordedAt</c> of the revision that follows.</summary>
public sealed record Decision(Actor By, Instant At);

/// <summary>What can be done to a milestone that exists.</summary>
public enum MilestoneAction
{
    Correct,
    Verify,
    Return,
    Reject,
    Withdraw,
    End,
    Void,
}

/// <param name="MilestonesOfWorker">How many the worker has already.</param>
/// <param name="OnBehalf">Written down for the worker, who said it.</param>
public sealed record RecordMilestone(
    Guid WorkerId,
    Guid MilestoneId,
    MilestoneContent Content,
    int FrameworkVersion,
    int MilestonesOfWorker,
    bool OnBehalf = false
);

/// <param name="Content">The whole new content, checked under the newest framework version; its own <c>Ended</c> is not looked at.</param>
public sealed record CorrectMilestone(
    MilestoneContent Content,
    int FrameworkVersion,
    EndedChange Ended,
    string? Reason,
    bool OnBehalf = false
);

public sealed record EndMilestone(DateOnly On, EndKind Kind, string? Reason);

/// <summary>What a correction says about <c>ended</c>: nothing (keep it), null (take it back) or another value.</summary>
public readonly record struct EndedChange
{
    private EndedChange(bool carried, Ending? value)
    {
        Carried = carried;
        Value = value;
    }

    public static readonly EndedChange Keep;

    public static readonly EndedChange TakeBack = new(true, null);

    public static EndedChange To(Ending ending) => new(true, ending);

    public bool Carried { get; }

    public Ending? Value { get; }
}
