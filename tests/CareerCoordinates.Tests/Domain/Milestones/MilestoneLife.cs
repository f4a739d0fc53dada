using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Domain.Milestones;

/// <summary>One milestone that grows step by step, each a microsecond after the last.</summary>
internal sealed class MilestoneLife
{
    public static readonly Actor Li = new("li", MayVerify: false, FourEyes: true);
    public static readonly Actor Wang = new("wang", MayVerify: true, FourEyes: true);
    public static readonly Actor Zhao = new("zhao", MayVerify: true, FourEyes: true);
    public static readonly Actor Himself = new("himself", MayVerify: false, FourEyes: true, IsTheWorker: true);
    public static readonly Actor Local = new("local", MayVerify: true);

    private readonly List<MilestoneRevision> history = [];

    public IReadOnlyList<MilestoneRevision> History => history;

    public MilestoneRevision Newest => history[^1];

    public MilestoneRevision? Counting => MilestoneHistory.At(history, Instant.Never)!.Counting;

    public static MilestoneContent Content(string occurredOn = "2020-11-30", string? until = null, string type = "club") =>
        new(
            type,
            PartialDate.Parse(occurredOn),
            until is null ? null : PartialDate.Parse(until),
            null,
            AttributeSet.Empty,
            [],
            null
        );

    public static MilestoneLife Recorded(Actor by, bool verified = false, MilestoneContent? content = null)
    {
        var life = new MilestoneLife();
        var command = new RecordMilestone(Guid.NewGuid(), Guid.NewGuid(), content ?? Content(), 1, 0);
        life.history.Add(MilestoneDecisions.Record(command, life.By(by)).Value);
        return verified ? life.Then(MilestoneAction.Verify, Local) : life;
    }

    public Decision By(Actor actor) => new(actor, new Instant(history.Count + 1));

    public Outcome<MilestoneRevision> Try(
        MilestoneAction action,
        Actor by,
        string? reason = "because",
        MilestoneContent? content = null
    ) =>
        action switch
        {
            MilestoneAction.Correct => Correct(by, content, EndedChange.Keep, reason),
            MilestoneAction.Verify => MilestoneDecisions.Verify(history, By(by)),
            MilestoneAction.Return => MilestoneDecisions.Return(history, reason, By(by)),
            MilestoneAction.Reject => MilestoneDecisions.Reject(history, reason, By(by)),
            MilestoneAction.Withdraw => MilestoneDecisions.Withdraw(history, reason, By(by)),
            MilestoneAction.End => End(by, new DateOnly(2021, 1, 1), reason),
            MilestoneAction.Void => MilestoneDecisions.Void(history, reason, By(by)),
            _ => throw new InvalidOperationException(),
        };

    public Outcome<MilestoneRevision> Correct(Actor by, MilestoneContent? content, EndedChange ended, string? reason = "typo") =>
        MilestoneDecisions.Correct(history, new CorrectMilestone(content ?? Newest.Content, 2, ended, reason), By(by));

    public Outcome<MilestoneRevision> End(Actor by, DateOnly on, string? reason = "left") =>
        MilestoneDecisions.End(history, new EndMilestone(on, EndKind.Ended, reason), By(by));

    public MilestoneLife Then(Outcome<MilestoneRevision> outcome)
    {
        history.Add(outcome.Value);
        return this;
    }

    public MilestoneLife Then(MilestoneAction action, Actor by, MilestoneContent? content = null) =>
        Then(Try(action, by, content: content));
}
