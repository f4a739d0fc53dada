namespace CareerCoordinates.Domain.Milestones;

/// <summary>Nobody decides about what he recorded, or about himself (design §5): who wrote the content, and who may not judge it.</summary>
public static class FourEyesRule
{
    public static readonly RefusalCode VerifierNeeded = new(
        "verifier-needed",
        RefusalKind.Rule,
        "This needs somebody who may verify the milestone. GET …/verification names the nearest organisation that has one.",
        "此操作须由有核验权限的人员执行；GET …/verification 会指出最近的有核验人员的单位。"
    );

    public static readonly RefusalCode FourEyes = new(
        "four-eyes",
        RefusalKind.Rule,
        "Nobody decides about what he recorded himself. Somebody else who may verify this must do it; GET …/verification names the nearest organisation that has one.",
        "不能处理本人登记的内容，须由其他有核验权限的人员处理；GET …/verification 会指出最近的有核验人员的单位。"
    );

    public static readonly RefusalCode AboutHimself = new(
        "about-himself",
        RefusalKind.Rule,
        "Nobody decides about his own record. Somebody else who may verify this must do it; GET …/verification names the nearest organisation that has one.",
        "不能处理关于本人的记录，须由其他有核验权限的人员处理；GET …/verification 会指出最近的有核验人员的单位。"
    );

    /// <summary>
    /// Everybody who recorded what <see cref="RecorderOfContent"/> recorded last, at any time: what somebody else says again, though
    /// with another note or proof, is judged by none of them.
    /// </summary>
    public static IReadOnlyCollection<string> RecordersOfContent(IReadOnlyList<MilestoneRevision> history)
    {
        var last = LastContent(history);
        return
        [
            .. Enumerable
                .Range(0, history.Count)
                .Where(i => WroteContent(history, i) && SaysTheSame(history[i].Content, history[last].Content))
                .Select(i => history[i].RecordedBy)
                .Distinct(),
        ];
    }

    /// <summary>Everybody who recorded any of its content, at any time.</summary>
    public static IReadOnlyCollection<string> RecordersOfAnything(IReadOnlyList<MilestoneRevision> history) =>
        [
            .. Enumerable
                .Range(0, history.Count)
                .Where(i => WroteContent(history, i))
                .Select(i => history[i].RecordedBy)
                .Distinct(),
        ];

    /// <summary>The same fact: what stands beside it (proofs, the note, the reason of an end) makes it no other.</summary>
    private static bool SaysTheSame(MilestoneContent a, MilestoneContent b) => Fact(a) == Fact(b);

    private static MilestoneContent Fact(MilestoneContent content) =>
        content with
        {
            Evidence = Array.Empty<EvidenceReference>(),
            Note = null,
            Ended = content.Ended is { } ended ? ended with { Reason = "" } : null,
        };

    private static int LastContent(IReadOnlyList<MilestoneRevision> history) =>
        Enumerable.Range(0, history.Count).Last(i => WroteContent(history, i));

    /// <summary>
    /// Who recorded what is submitted, returned or rejected now. (Once a change is withdrawn the content is older, but then
    /// nothing can be judged until somebody submits again.)
    /// </summary>
    public static string RecorderOfContent(IReadOnlyList<MilestoneRevision> history) => history[LastContent(history)].RecordedBy;

    /// <summary>
    /// Submitting writes content, and so does an end that takes effect at once: only by one does a verified revision follow a
    /// verified one. Judging repeats content, and withdrawing goes back to what counts.
    /// </summary>
    private static bool WroteContent(IReadOnlyList<MilestoneRevision> history, int index) =>
        index == 0
        || history[index].State == MilestoneState.Submitted
        || (history[index].State == MilestoneState.Verified && history[index - 1].State == MilestoneState.Verified);

    /// <summary>Judging asks who recorded the content that is judged, and whom it is about.</summary>
    internal static List<Refusal> MayNotJudge(IReadOnlyList<MilestoneRevision> history, Actor actor) =>
        MayNot(actor, RecordersOfContent(history).Contains(actor.Name));

    /// <summary>An end or a void touches all that was said, so it asks who recorded any of it.</summary>
    internal static List<Refusal> MayNotClose(IReadOnlyList<MilestoneRevision> history, Actor actor) =>
        MayNot(actor, RecordersOfAnything(history).Contains(actor.Name));

    private static List<Refusal> MayNot(Actor actor, bool recordedIt)
    {
        var refusals = new List<Refusal>();
        if (actor.IsTheWorker)
        {
            refusals.Add(new Refusal(AboutHimself, ""));
        }
        else if (!actor.MayVerify)
        {
            refusals.Add(new Refusal(VerifierNeeded, ""));
        }
        if (actor.FourEyes && recordedIt)
        {
            refusals.Add(new Refusal(FourEyes, ""));
        }
        return refusals;
    }
}
