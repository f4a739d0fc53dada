using System.Text.Json;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Milestones;

/// <summary>A milestone as somebody wrote it down, not yet checked. Dates are in one of the three forms of <see cref="PartialDate"/>.</summary>
public sealed record MilestoneDraft(
    string Type,
    string OccurredOn,
    string? Until,
    IReadOnlyDictionary<string, JsonElement> Attributes,
    IReadOnlyList<EvidenceReference> Evidence,
    string? Note
);

/// <summary>Whether a draft fits the framework and the worker. Every fault is told at once, each with its pointer.</summary>
public static class MilestoneChecks
{
    public static readonly RefusalCode UnknownType = new(
        "unknown-type",
        RefusalKind.Rule,
        "There is no milestone type '{0}' in framework {1} version {2}. Take one of the types that the framework lists.",
        "坐标体系 {1}（第 {2} 版）没有成长节点类型“{0}”。请从体系所列类型中选择。"
    );

    public static readonly RefusalCode TypeDisabled = new(
        "type-disabled",
        RefusalKind.Rule,
        "{0} is not recorded here: framework {1} switches the type off.",
        "本系统不登记{0}：坐标体系 {1} 未启用该类型。"
    );

    public static readonly RefusalCode UntilOnPoint = new(
        "until-on-point",
        RefusalKind.Rule,
        "{0} is a fact of one day and takes no 'until'. Leave it out; if the fact ended later, record it and then use :end.",
        "{0}是某一日的事实，不填 until。请去掉；如后来失效，请登记后再作终止。"
    );

    public static readonly RefusalCode UntilMissing = new(
        "until-missing",
        RefusalKind.Rule,
        "{0} is held for a term. Say in 'until' which day is the last of the term.",
        "{0}有任期，请在 until 填写任期最后一日。"
    );

    public static readonly RefusalCode UntilBeforeOccurred = new(
        "until-before-occurred",
        RefusalKind.Rule,
        "The end {0} is before the start {1}. Correct one of the two.",
        "结束 {0} 早于开始 {1}，请更正其中之一。"
    );

    public static readonly RefusalCode PeriodNotOver = new(
        "period-not-over",
        RefusalKind.Rule,
        "{0} is not over yet (today is {1}). Give the day, or record it after {2}.",
        "{0} 尚未结束（今天是 {1}）。请写到日，或在 {2} 之后登记。"
    );

    public static readonly RefusalCode UnknownEvidenceType = new(
        "unknown-evidence-type",
        RefusalKind.Rule,
        "There is no evidence type '{0}'. Use one of: {1}.",
        "没有证明材料类型“{0}”。可用：{1}。"
    );

    public static readonly RefusalCode TooMuchEvidence = new(
        "too-much-evidence",
        RefusalKind.Shape,
        "{0} evidence references are given; at most {1} are allowed. Keep those that prove the fact.",
        "证明材料有 {0} 项，最多 {1} 项，请保留能证明事实的材料。"
    );

    /// <summary>
    /// The content that may be recorded, or every reason why not. <see cref="MilestoneContent.Ended"/> is null: an end is set by
    /// <see cref="MilestoneDecisions.End"/> or carried by a correction. Whether a <c>ref</c> names a worker is checked where workers are known.
    /// </summary>
    /// <param name="today">The day in the framework's time zone on which the draft is recorded.</param>
    public static Outcome<MilestoneContent> Check(Framework framework, MilestoneDraft draft, WorkerContent worker, DateOnly today)
    {
        var refusals = new List<Refusal>();
        var type = framework.MilestoneTypes.GetValueOrDefault(draft.Type ?? "");
        if (type is null)
        {
            refusals.Add(
                new Refusal(UnknownType, "/type", PlainText.Quoted(draft.Type ?? ""), framework.Code, framework.Version)
            );
        }
        else if (!type.Enabled)
        {
            refusals.Add(new Refusal(TypeDisabled, "/type", type.Name.WithCode(type.Code), framework.Code));
        }
        var occurredOn = Days.Read(draft.OccurredOn, "/occurredOn", refusals);
        var until = draft.Until is null ? null : Days.Read(draft.Until, "/until", refusals);
        CheckDates(type, draft.Until is not null, occurredOn, until, worker, today, refusals);
        var attributes = type is null ? AttributeSet.Empty : AttributeChecks.Check(type, draft.Attributes, refusals);
        var evidence = CheckEvidence(framework, draft.Evidence, refusals);
        var note = PlainText.Optional(draft.Note, Limits.Note, "/note", refusals, lines: true);
        return refusals.Count > 0
            ? refusals
            : new MilestoneContent(draft.Type!, occurredOn!.Value, until, null, attributes, evidence, note);
    }

    private static void CheckDates(
        MilestoneType? type,
        bool untilGiven,
        PartialDate? occurredOn,
        PartialDate? until,
        WorkerContent worker,
        DateOnly today,
        List<Refusal> refusals
    )
    {
        CheckPeriodOver(occurredOn, "/occurredOn", today, refusals);
        if (type?.Period == MilestonePeriod.Point && untilGiven)
        {
            refusals.Add(new Refusal(UntilOnPoint, "/until", type.Name.WithCode(type.Code)));
            return;
        }
        if (type?.Period == MilestonePeriod.Term && !untilGiven)
        {
            refusals.Add(new Refusal(UntilMissing, "/until", type.Name.WithCode(type.Code)));
        }
        CheckPeriodOver(until, "/until", today, refusals);
        if (occurredOn is not { } start)
        {
            return;
        }
        // An end inside the start's own month or year contradicts nothing: the fact then counts on that period's last day only.
        if (until is { } end && end.Last < start.First)
        {
            refusals.Add(new Refusal(UntilBeforeOccurred, "/until", end.ToString(), start.ToString()));
        }
        if (worker.BirthDate is { } born && start.Last < born)
        {
            refusals.Add(new Refusal(Days.BeforeBirth, "/occurredOn", start.ToString(), Days.Iso(born)));
        }
    }

    private static void CheckPeriodOver(PartialDate? date, string pointer, DateOnly today, List<Refusal> refusals)
    {
        if (date is { IsFullDay: false } period && period.Last >= today)
        {
            refusals.Add(new Refusal(PeriodNotOver, pointer, period.ToString(), Days.Iso(today), Days.Iso(period.Last)));
        }
    }

    private static List<EvidenceReference> CheckEvidence(
        Framework framework,
        IReadOnlyList<EvidenceReference> evidence,
        List<Refusal> refusals
    )
    {
        var kept = new List<EvidenceReference>();
        if (evidence.Count > Limits.EvidenceOfMilestone)
        {
            refusals.Add(new Refusal(TooMuchEvidence, "/evidence", evidence.Count, Limits.EvidenceOfMilestone));
            return kept;
        }
        for (var i = 0; i < evidence.Count; i++)
        {
            // A list read from JSON may hold null.
            var (type, reference) = (evidence[i]?.Type, evidence[i]?.Reference);
            if (!framework.EvidenceTypes.ContainsKey(type ?? ""))
            {
                var known = Name.List(framework.EvidenceTypes.OrderBy(t => t.Key, StringComparer.Ordinal));
                refusals.Add(new Refusal(UnknownEvidenceType, $"/evidence/{i}/type", PlainText.Quoted(type ?? ""), known));
            }
            var text = PlainText.Needed(reference, Limits.EvidenceReference, $"/evidence/{i}/reference", refusals);
            kept.Add(new EvidenceReference(type ?? "", text));
        }
        return kept;
    }
}
