using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Milestones;

/// <summary>
/// The decisions about one milestone: its history and a command in, the next revision or the reasons against it out.
/// A history is all revisions of the milestone, 1, 2, 3…; the new one is not written here.
/// </summary>
public static class MilestoneDecisions
{
    public static readonly RefusalCode TransitionNotAllowed = new(
        "transition-not-allowed",
        RefusalKind.Conflict,
        "A milestone that is {0} cannot take '{1}' now. Possible from here: {2}.",
        "当前状态为“{0}”，不能执行“{1}”。可执行：{2}。"
    );

    public static readonly RefusalCode UnknownMilestone = new(
        "unknown-milestone",
        RefusalKind.NotFound,
        "This worker has no such milestone. List the worker's milestones for its id.",
        "该职工没有此成长节点，请在其成长节点列表中查询 id。"
    );

    public static readonly RefusalCode TypeCannotChange = new(
        "type-cannot-change",
        RefusalKind.Rule,
        "A correction cannot make '{0}' into '{1}'. Void this milestone with a reason and record a new one.",
        "更正不能把“{0}”改为“{1}”。请作废本条并说明理由，再登记新的成长节点。"
    );

    public static readonly RefusalCode EndBeforeOccurred = new(
        "end-before-occurred",
        RefusalKind.Rule,
        "The last day in force {0} is before the start {1}. Give a later day; a correction may carry \"ended\": null to take the end back. What was never true is voided.",
        "终止日 {0} 早于开始 {1}。请填写较晚的日期；更正时可用 \"ended\": null 撤回终止。从未属实的记录应作废。"
    );

    public static readonly RefusalCode EndAfterUntil = new(
        "end-after-until",
        RefusalKind.Rule,
        "The last day in force {0} is after the end {1} that the milestone has already. Give an earlier day, or correct 'until'.",
        "终止日 {0} 晚于本条已有的结束日 {1}。请填写较早的日期，或先更正 until。"
    );

    public static readonly RefusalCode RecorderNeeded = new(
        "recorder-needed",
        RefusalKind.Rule,
        "Only the one who recorded this may do it. A verifier can return or reject it instead.",
        "此操作只能由登记人执行；核验人员可退回补充或不予认定。"
    );

    public static readonly RefusalCode TooManyMilestones = new(
        "too-many-milestones",
        RefusalKind.Rule,
        "This worker has {0} milestones; at most {1} are kept for one person. Check whether an import ran twice.",
        "该职工已有 {0} 条成长节点，每人最多 {1} 条。请检查是否重复导入。"
    );

    /// <summary>What the states allow. Whether this actor may do it is asked by the action itself.</summary>
    public static IReadOnlyList<MilestoneAction> Allowed(IReadOnlyList<MilestoneRevision> history) =>
        Allowed(MilestoneHistory.At(history, Instant.Never)!);

    /// <inheritdoc cref="Allowed(IReadOnlyList{MilestoneRevision})"/>
    public static IReadOnlyList<MilestoneAction> Allowed(Milestone milestone) =>
        (milestone.Newest.State, milestone.Counting is not null) switch
        {
            (MilestoneState.Submitted, false) =>
            [
                MilestoneAction.Correct,
                MilestoneAction.Verify,
                MilestoneAction.Return,
                MilestoneAction.Reject,
                MilestoneAction.Void,
            ],
            (MilestoneState.Submitted, true) =>
            [
                MilestoneAction.Correct,
                MilestoneAction.Verify,
                MilestoneAction.Return,
                MilestoneAction.Reject,
                MilestoneAction.Withdraw,
                MilestoneAction.Void,
            ],
            (MilestoneState.Returned or MilestoneState.Rejected, false) => [MilestoneAction.Correct, MilestoneAction.Void],
            (MilestoneState.Returned or MilestoneState.Rejected, true) =>
            [
                MilestoneAction.Correct,
                MilestoneAction.Withdraw,
                MilestoneAction.Void,
            ],
            (MilestoneState.Verified, _) => [MilestoneAction.Correct, MilestoneAction.End, MilestoneAction.Void],
            _ => [],
        };

    /// <summary>Revision 1 of a new milestone, which awaits a second person's verification. The same fact recorded twice is not refused: people may rightly have two of a kind.</summary>
    public static Outcome<MilestoneRevision> Record(RecordMilestone command, Decision decision)
    {
        var refusals = new List<Refusal>();
        if (command.MilestonesOfWorker >= Limits.MilestonesOfWorker)
        {
            refusals.Add(new Refusal(TooManyMilestones, "", command.MilestonesOfWorker, Limits.MilestonesOfWorker));
        }
        CheckEnding(command.Content, "/ended/on", refusals);
        if (refusals.Count > 0)
        {
            return refusals;
        }
        return new MilestoneRevision(
            command.WorkerId,
            command.MilestoneId,
            1,
            MilestoneState.Submitted,
            command.Content,
            null,
            decision.At,
            decision.By.Name,
            null,
            command.FrameworkVersion,
            null
        )
        {
            OnBehalf = command.OnBehalf,
        };
    }

    /// <summary>
    /// Replaces the content; the result awaits verification and what counted goes on counting. <c>ended</c> is kept unless the
    /// correction carries it; after a rejection that which counts is kept, so that a rejected end does not come back unasked.
    /// </summary>
    public static Outcome<MilestoneRevision> Correct(
        IReadOnlyList<MilestoneRevision> history,
        CorrectMilestone command,
        Decision decision
    )
    {
        if (NotAllowed(history, MilestoneAction.Correct) is { } refusal)
        {
            return refusal;
        }
        var newest = Newest(history);
        var refusals = new List<Refusal>();
        var reason = PlainText.Reason(command.Reason, refusals);
        if (command.Content.Type != newest.Content.Type)
        {
            refusals.Add(new Refusal(TypeCannotChange, "/type", newest.Content.Type, command.Content.Type));
        }
        var standing = newest.State == MilestoneState.Rejected ? Counting(history) ?? newest : newest;
        var ended = command.Ended.Carried ? command.Ended.Value : standing.Content.Ended;
        if (command.Ended is { Carried: true, Value: { } carried })
        {
            ended = carried with { Reason = PlainText.Reason(carried.Reason, refusals, "/ended/reason") };
        }
        var content = command.Content with { Ended = ended };
        CheckEnding(content, "/ended/on", refusals);
        if (refusals.Count > 0)
        {
            return refusals;
        }
        return Next(newest, MilestoneState.Submitted, reason, decision) with
        {
            Content = content,
            FrameworkVersion = command.FrameworkVersion,
            OnBehalf = command.OnBehalf,
        };
    }

    /// <param name="basis">On what it rests, where it was not looked at by itself; others will read it as the reason.</param>
    public static Outcome<MilestoneRevision> Verify(
        IReadOnlyList<MilestoneRevision> history,
        Decision decision,
        string? basis = null
    )
    {
        if (WhyNotVerify(history, decision.By) is [var refusal, ..])
        {
            return refusal;
        }
        return Next(Newest(history), MilestoneState.Verified, basis, decision) with { VerifiedBy = decision.By.Name };
    }

    /// <summary>Every reason why the newest revision may not be verified by this actor; empty if it may.</summary>
    public static IReadOnlyList<Refusal> WhyNotVerify(IReadOnlyList<MilestoneRevision> history, Actor actor) =>
        NotAllowed(history, MilestoneAction.Verify) is { } refusal ? [refusal] : FourEyesRule.MayNotJudge(history, actor);

    /// <summary>Sends it back to be completed (退回补充).</summary>
    public static Outcome<MilestoneRevision> Return(
        IReadOnlyList<MilestoneRevision> history,
        string? reason,
        Decision decision
    ) => Judge(history, MilestoneAction.Return, MilestoneState.Returned, reason, decision);

    public static Outcome<MilestoneRevision> Reject(
        IReadOnlyList<MilestoneRevision> history,
        string? reason,
        Decision decision
    ) => Judge(history, MilestoneAction.Reject, MilestoneState.Rejected, reason, decision);

    /// <summary>
    /// Takes a pending change back: the content that counts is written again as verified, under the framework version and by the
    /// verifier that it had.
    /// </summary>
    /// <param name="undoesImport">The undo of an import withdraws what others recorded.</param>
    public static Outcome<MilestoneRevision> Withdraw(
        IReadOnlyList<MilestoneRevision> history,
        string? reason,
        Decision decision,
        bool undoesImport = false
    )
    {
        if (NotAllowed(history, MilestoneAction.Withdraw) is { } refusal)
        {
            return refusal;
        }
        var refusals = new List<Refusal>();
        var said = PlainText.Reason(reason, refusals);
        if (!undoesImport && FourEyesRule.RecorderOfContent(history) != decision.By.Name)
        {
            refusals.Add(new Refusal(RecorderNeeded, ""));
        }
        if (refusals.Count > 0)
        {
            return refusals;
        }
        var counting = Counting(history)!;
        return Next(Newest(history), MilestoneState.Verified, said, decision) with
        {
            Content = counting.Content,
            VerifiedBy = counting.VerifiedBy,
            FrameworkVersion = counting.FrameworkVersion,
            OnBehalf = counting.OnBehalf,
        };
    }

    /// <summary>
    /// Gives a verified fact its last day in force. By one who may verify and recorded none of the content it takes effect at
    /// once; by anybody else it is submitted, and the fact counts as before until somebody verifies.
    /// </summary>
    public static Outcome<MilestoneRevision> End(
        IReadOnlyList<MilestoneRevision> history,
        EndMilestone command,
        Decision decision
    )
    {
        if (NotAllowed(history, MilestoneAction.End) is { } refusal)
        {
            return refusal;
        }
        var newest = Newest(history);
        var refusals = new List<Refusal>();
        var reason = PlainText.Reason(command.Reason, refusals);
        var content = newest.Content with { Ended = new Ending(command.On, command.Kind, reason) };
        CheckEnding(content, "/on", refusals);
        if (refusals.Count > 0)
        {
            return refusals;
        }
        var atOnce = FourEyesRule.MayNotClose(history, decision.By).Count == 0;
        return Next(newest, atOnce ? MilestoneState.Verified : MilestoneState.Submitted, reason, decision) with
        {
            Content = content,
            VerifiedBy = atOnce ? decision.By.Name : null,
        };
    }

    /// <summary>
    /// Says that the record was never true, or that the authority took the honour back. Final. While nothing was ever verified
    /// the recorder may do it; afterwards only one who may verify.
    /// </summary>
    public static Outcome<MilestoneRevision> Void(IReadOnlyList<MilestoneRevision> history, string? reason, Decision decision)
    {
        if (NotAllowed(history, MilestoneAction.Void) is { } refusal)
        {
            return refusal;
        }
        var refusals = new List<Refusal>();
        var said = PlainText.Reason(reason, refusals);
        refusals.AddRange(WhyNotVoid(history, decision.By).Take(1));
        if (refusals.Count > 0)
        {
            return refusals;
        }
        return Next(Newest(history), MilestoneState.Voided, said, decision);
    }

    /// <summary>Every reason why this actor may not void it; empty if he may.</summary>
    public static IReadOnlyList<Refusal> WhyNotVoid(IReadOnlyList<MilestoneRevision> history, Actor actor)
    {
        if (NotAllowed(history, MilestoneAction.Void) is { } refusal)
        {
            return [refusal];
        }
        var ownAndNeverVerified =
            history.All(r => r.State != MilestoneState.Verified) && FourEyesRule.RecorderOfContent(history) == actor.Name;
        return ownAndNeverVerified ? [] : FourEyesRule.MayNotClose(history, actor);
    }

    private static Outcome<MilestoneRevision> Judge(
        IReadOnlyList<MilestoneRevision> history,
        MilestoneAction action,
        MilestoneState state,
        string? reason,
        Decision decision
    )
    {
        if (NotAllowed(history, action) is { } refusal)
        {
            return refusal;
        }
        var refusals = new List<Refusal>();
        var said = PlainText.Reason(reason, refusals);
        refusals.AddRange(FourEyesRule.MayNotJudge(history, decision.By).Take(1));
        if (refusals.Count > 0)
        {
            return refusals;
        }
        return Next(Newest(history), state, said, decision);
    }

    private static Refusal? NotAllowed(IReadOnlyList<MilestoneRevision> history, MilestoneAction action)
    {
        var allowed = Allowed(history);
        return allowed.Contains(action)
            ? null
            : new Refusal(
                TransitionNotAllowed,
                "",
                MilestoneWords.Of(Newest(history).State),
                MilestoneWords.Of(action),
                MilestoneWords.List(allowed)
            );
    }

    private static void CheckEnding(MilestoneContent content, string pointer, List<Refusal> refusals)
    {
        if (content.Ended is not { } ended)
        {
            return;
        }
        Days.CheckRange(ended.On, pointer, refusals);
        if (ended.On < content.OccurredOn.First)
        {
            refusals.Add(new Refusal(EndBeforeOccurred, pointer, Days.Iso(ended.On), content.OccurredOn.ToString()));
        }
        else if (content.Until is { } until && ended.On > until.Last)
        {
            refusals.Add(new Refusal(EndAfterUntil, pointer, Days.Iso(ended.On), until.ToString()));
        }
    }

    private static MilestoneRevision Next(MilestoneRevision newest, MilestoneState state, string? reason, Decision decision) =>
        newest with
        {
            Revision = newest.Revision + 1,
            State = state,
            Reason = reason,
            RecordedAt = decision.At,
            RecordedBy = decision.By.Name,
            VerifiedBy = null,
            SupersededAt = null,
        };

    private static MilestoneRevision Newest(IReadOnlyList<MilestoneRevision> history) => history[^1];

    private static MilestoneRevision? Counting(IReadOnlyList<MilestoneRevision> history) =>
        MilestoneHistory.At(history, Instant.Never)!.Counting;
}
