namespace CareerCoordinates.Domain.Milestones;

/// <summary>
/// A worker's objection to a milestone and the answer to it (提出异议). Both are rows of their own and change no revision, so a
/// milestone of any state may be contested, a voided one too.
/// </summary>
public static class MilestoneContests
{
    public static readonly RefusalCode AlreadyContested = new(
        "already-contested",
        RefusalKind.Conflict,
        "This milestone is contested already, since {0}. Answer that objection first.",
        "本条已于 {0} 提出异议。请先答复该异议。"
    );

    public static readonly RefusalCode NotContested = new(
        "not-contested",
        RefusalKind.Conflict,
        "Nobody contests this milestone now, so there is nothing to answer. Read it again.",
        "本条目前没有待答复的异议，请重新读取。"
    );

    /// <param name="soFar">The objections and answers of this milestone, in order.</param>
    public static Outcome<MilestoneContest> Contest(
        Guid milestoneId,
        IReadOnlyList<MilestoneContest> soFar,
        string? reason,
        Decision decision
    ) =>
        Open(soFar) is { } open
            ? new Refusal(AlreadyContested, "", open.RecordedAt)
            : Next(milestoneId, soFar, isAnswer: false, reason, decision);

    /// <inheritdoc cref="Contest"/>
    public static Outcome<MilestoneContest> Answer(
        Guid milestoneId,
        IReadOnlyList<MilestoneContest> soFar,
        string? reason,
        Decision decision
    ) =>
        Open(soFar) is null ? new Refusal(NotContested, "")
        : decision.By.IsTheWorker ? new Refusal(FourEyesRule.AboutHimself, "")
        : Next(milestoneId, soFar, isAnswer: true, reason, decision);

    /// <summary>The objection that awaits an answer, or null.</summary>
    private static MilestoneContest? Open(IReadOnlyList<MilestoneContest> soFar) =>
        soFar is [.., { IsAnswer: false } open] ? open : null;

    private static Outcome<MilestoneContest> Next(
        Guid milestoneId,
        IReadOnlyList<MilestoneContest> soFar,
        bool isAnswer,
        string? reason,
        Decision decision
    )
    {
        var refusals = new List<Refusal>();
        var said = PlainText.Reason(reason, refusals);
        return refusals.Count > 0
            ? refusals
            : new MilestoneContest(milestoneId, soFar.Count + 1, isAnswer, said, decision.At, decision.By.Name);
    }
}
