using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.People;

/// <summary>A move: the affiliation that begins, and the one that it ends on the day before.</summary>
public sealed record AffiliationTransfer(AffiliationContent Begun, Affiliation Ended);

/// <summary>An affiliation with its last day set, and why.</summary>
public sealed record AffiliationEnding(AffiliationContent Content, string Reason);

/// <summary>
/// What may be recorded about a worker's places. A worker may be at several organisations at once, but once at each; on a day at
/// most one is flagged primary; at least one is in the tree. Whether an organisation exists is asked where the tree is known.
/// </summary>
public static class AffiliationRules
{
    public static readonly RefusalCode OrganizationNeeded = new(
        "organization-needed",
        RefusalKind.Rule,
        "An affiliation of kind '{0}' names an organisation of the tree. Give its organizationId and leave externalName out.",
        "“{0}”类须指明组织树中的单位。请填写 organizationId，不填 externalName。"
    );

    public static readonly RefusalCode ExternalNameNeeded = new(
        "external-name-needed",
        RefusalKind.Rule,
        "An affiliation of kind 'external' is a place outside the tree. Give its externalName and leave organizationId out.",
        "external 类为组织树以外的单位。请填写 externalName，不填 organizationId。"
    );

    public static readonly RefusalCode NoneInTree = new(
        "none-in-tree",
        RefusalKind.Rule,
        "At least one affiliation must be at an organisation of the tree. Record that one first.",
        "至少须有一条所在单位在组织树内，请先登记。"
    );

    public static readonly RefusalCode LastInTree = new(
        "last-affiliation-in-tree",
        RefusalKind.Conflict,
        "This is the worker's only affiliation in the tree; without one no unit would keep him. Correct it (PATCH), record the right one or a transfer first, or void the worker.",
        "这是该职工在组织树内唯一的所在单位，作废后将无单位管理。请更正本条（PATCH），或先登记正确的单位、办理调动，或作废该职工。"
    );

    public static readonly RefusalCode UntilBeforeFrom = new(
        "until-before-from",
        RefusalKind.Rule,
        "The last day {0} is before the first day {1}. Correct one of the two.",
        "截止日 {0} 早于起始日 {1}，请更正其中之一。"
    );

    public static readonly RefusalCode EndAfterUntil = new(
        "end-after-last-day",
        RefusalKind.Rule,
        "The affiliation ends on {1} already, before {0}. Give an earlier day, or correct 'until'.",
        "该记录已于 {1} 截止，早于 {0}。请填写较早的日期，或更正 until。"
    );

    public static readonly RefusalCode OverlapAtOrganization = new(
        "overlap-at-organization",
        RefusalKind.Conflict,
        "The worker is at this organisation already from {0} until {1} (affiliation {2}). End or correct that one.",
        "该职工自 {0} 至 {1} 已在此单位（{2}）。请终止或更正该条。"
    );

    public static readonly RefusalCode PrimaryOverlap = new(
        "primary-overlap",
        RefusalKind.Conflict,
        "Another affiliation is flagged primary from {0} until {1} (affiliation {2}). Correct its days or its flag first; a transfer ends only what is primary on the day before.",
        "另一条自 {0} 至 {1} 已标为主要单位（{2}）。请先更正那一条的日期或主要标记；调动只结束到新单位前一天的主要单位。"
    );

    public static readonly RefusalCode NothingToTransfer = new(
        "nothing-to-transfer",
        RefusalKind.Conflict,
        "On {0} no primary affiliation that began before is in force, so there is none to leave. Record this one without \"transfer\", or give a later 'from'.",
        "{0} 当日没有此前开始且有效的主要所在单位可供调出。请不带 \"transfer\" 登记，或填写较晚的 from。"
    );

    public static readonly RefusalCode UnknownEmploymentForm = new(
        "unknown-employment-form",
        RefusalKind.Rule,
        "There is no employment form '{0}'. Use one of: {1}.",
        "没有用工形式“{0}”。可用：{1}。"
    );

    public static readonly RefusalCode StaffNumberTaken = new(
        "staff-number-taken",
        RefusalKind.Conflict,
        "Somebody else has the staff number '{0}' at this organisation from {1} until {2}. Check the number, or end the other affiliation first.",
        "工号“{0}”在该单位自 {1} 至 {2} 已由他人使用。请核对工号，或先终止另一条。"
    );

    public static readonly RefusalCode AffiliationVoided = new(
        "affiliation-voided",
        RefusalKind.Conflict,
        "This affiliation was voided and takes no more changes. Record it anew if that was a mistake.",
        "该所在单位记录已作废，不能再变更。如系误作废，请重新登记。"
    );

    /// <summary>A new or changed affiliation that may be recorded, blanks cut, or every reason why not.</summary>
    /// <param name="others">The worker's other affiliations that are not voided, without the one that is changed.</param>
    /// <param name="at">Where the affiliation stands in the request: <c>/affiliation</c> when it comes with a new worker.</param>
    public static Outcome<AffiliationContent> Check(
        Framework framework,
        WorkerContent worker,
        AffiliationContent candidate,
        IReadOnlyList<Affiliation> others,
        string at = ""
    )
    {
        var refusals = new List<Refusal>();
        var content = CheckAlone(framework, worker, candidate, at, refusals);
        CheckAmong(content, others, at, refusals);
        return refusals.Count > 0 ? refusals : content;
    }

    /// <summary>
    /// A move to another place: the affiliation that is primary on the first day of the new one ends on the day before, and the
    /// new one is primary in its stead. Refused where the primary one, also one flagged that is yet to begin, did not begin before.
    /// </summary>
    public static Outcome<AffiliationTransfer> Transfer(
        Framework framework,
        WorkerContent worker,
        AffiliationContent candidate,
        IReadOnlyList<Affiliation> others
    )
    {
        var yetToBegin = others.Any(o => o.Content.Primary && o.Content.From > candidate.From);
        if (
            PrimaryAffiliation.On(others, candidate.From) is not { } left
            || left.Content.From >= candidate.From
            || (yetToBegin && !left.Content.Primary)
        )
        {
            return new Refusal(NothingToTransfer, "/transfer", Days.Iso(candidate.From));
        }
        var ended = left with { Content = left.Content with { Until = candidate.From.AddDays(-1) } };
        var begun = Check(
            framework,
            worker,
            candidate with
            {
                Primary = true,
            },
            [.. others.Select(o => o.Id == left.Id ? ended : o)]
        );
        return begun.IsRefused ? begun.As<AffiliationTransfer>() : new AffiliationTransfer(begun.Value, ended);
    }

    /// <summary>Sets the last day, inclusive: not before the first, nor later than a last day that is set already.</summary>
    public static Outcome<AffiliationEnding> End(AffiliationContent content, DateOnly on, string? reason)
    {
        var refusals = new List<Refusal>();
        var said = PlainText.Reason(reason, refusals);
        Days.CheckRange(on, "/on", refusals);
        if (on < content.From)
        {
            refusals.Add(new Refusal(UntilBeforeFrom, "/on", Days.Iso(on), Days.Iso(content.From)));
        }
        else if (content.Until is { } until && on > until)
        {
            refusals.Add(new Refusal(EndAfterUntil, "/on", Days.Iso(on), Days.Iso(until)));
        }
        return refusals.Count > 0 ? refusals : new AffiliationEnding(content with { Until = on }, said);
    }

    /// <summary>Whether an affiliation may be voided: not the last in the tree, without which nobody but who sees everything would find the worker. Gives the reason, blanks cut.</summary>
    /// <param name="others">The worker's other affiliations that are not voided.</param>
    public static Outcome<string> Void(bool voided, AffiliationContent content, IReadOnlyList<Affiliation> others, string? reason)
    {
        var said = Voiding.Check(voided, AffiliationVoided, reason);
        return !said.IsRefused && content.OrganizationId is not null && others.All(o => o.Content.OrganizationId is null)
            ? new Refusal(LastInTree, "")
            : said;
    }

    /// <summary>
    /// A refusal if another worker holds the staff number at the same organisation on a day on which the candidate would; else null.
    /// The answer does not say who: the caller may not be allowed to know.
    /// </summary>
    /// <param name="held">The periods of the not voided affiliations of others at that organisation with that number.</param>
    public static Refusal? StaffNumberConflict(AffiliationContent candidate, IEnumerable<DayPeriod> held, string at = "")
    {
        if (candidate.StaffNumber is null || candidate.OrganizationId is null)
        {
            return null;
        }
        var days = candidate.InForce;
        foreach (var period in held)
        {
            if (period.Overlaps(days))
            {
                return new Refusal(
                    StaffNumberTaken,
                    at + "/staffNumber",
                    candidate.StaffNumber,
                    Days.Iso(period.From),
                    LastDay(period)
                );
            }
        }
        return null;
    }

    private static AffiliationContent CheckAlone(
        Framework framework,
        WorkerContent worker,
        AffiliationContent candidate,
        string at,
        List<Refusal> refusals
    )
    {
        var external = candidate.Kind == AffiliationKind.External;
        var name = PlainText.Optional(candidate.ExternalName, Limits.OrganizationName, at + "/externalName", refusals);
        if (external && (name is null || candidate.OrganizationId is not null))
        {
            refusals.Add(new Refusal(ExternalNameNeeded, at + "/externalName"));
        }
        else if (!external && (name is not null || candidate.OrganizationId is null))
        {
            refusals.Add(new Refusal(OrganizationNeeded, at + "/organizationId", Codes<AffiliationKind>.Of(candidate.Kind)));
        }
        Days.CheckRange(candidate.From, at + "/from", refusals);
        Days.CheckRange(candidate.Until, at + "/until", refusals);
        if (candidate.Until is { } until && until < candidate.From)
        {
            refusals.Add(new Refusal(UntilBeforeFrom, at + "/until", Days.Iso(until), Days.Iso(candidate.From)));
        }
        if (worker.BirthDate is { } born && candidate.From < born)
        {
            refusals.Add(new Refusal(Days.BeforeBirth, at + "/from", Days.Iso(candidate.From), Days.Iso(born)));
        }
        var staffNumber = PlainText.Optional(candidate.StaffNumber, Limits.StaffNumber, at + "/staffNumber", refusals);
        if (candidate.EmploymentForm is { } form && !framework.EmploymentForms.ContainsKey(form))
        {
            var known = Name.List(framework.EmploymentForms.OrderBy(f => f.Key, StringComparer.Ordinal));
            refusals.Add(new Refusal(UnknownEmploymentForm, at + "/employmentForm", PlainText.Quoted(form), known));
        }
        if (candidate.OccupationCode is { } occupation && !OccupationCode.IsWellFormed(occupation))
        {
            refusals.Add(new Refusal(OccupationCode.Malformed, at + "/occupationCode", PlainText.Quoted(occupation)));
        }
        return candidate with { ExternalName = name, StaffNumber = staffNumber };
    }

    private static void CheckAmong(
        AffiliationContent content,
        IReadOnlyList<Affiliation> others,
        string at,
        List<Refusal> refusals
    )
    {
        if (content.Kind == AffiliationKind.External && others.All(o => o.Content.Kind == AffiliationKind.External))
        {
            refusals.Add(new Refusal(NoneInTree, at + "/kind"));
        }
        if (content.Until is { } until && (until < content.From || until.Year > Limits.LastYear))
        {
            return;
        }
        var days = content.InForce;
        foreach (var other in others.Where(o => o.Content.InForce.Overlaps(days)))
        {
            var named = new object?[] { Days.Iso(other.Content.From), LastDay(other.Content.InForce), other.Id };
            if (content.OrganizationId is { } organization && organization == other.Content.OrganizationId)
            {
                refusals.Add(new Refusal(OverlapAtOrganization, at + "/organizationId", named));
            }
            if (content.Primary && other.Content.Primary)
            {
                refusals.Add(new Refusal(PrimaryOverlap, at + "/primary", named));
            }
        }
    }

    private static string LastDay(DayPeriod period) => period.LastDay is { } day ? Days.Iso(day) : "…";
}
