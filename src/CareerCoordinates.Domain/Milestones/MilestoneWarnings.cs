using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Milestones;

/// <summary>What a person should look at after recording a milestone. Nothing here refuses.</summary>
public static class MilestoneWarnings
{
    public static readonly WarningCode AnotherOpen = new(
        "another-open",
        "Another {0} is open since {1}, milestone {2}. If it ended when this one began, end it.",
        "另有一条{0}自 {1} 起未终止（{2}）。如已随本条开始而结束，请将其终止。"
    );

    public static readonly WarningCode AlreadyRecorded = new(
        "already-recorded",
        "The same {0} of {1} is on the record already, milestone {2}. If it is the same fact, void one of the two.",
        "已有相同的{0}（{1}，{2}）。如为同一事实，请作废其中一条。"
    );

    public static readonly WarningCode NotYet = new(
        "not-yet",
        "{0} lies ahead: the {1} counts from that day only. If that is a slip, correct it.",
        "日期 {0} 尚未到来，{1}自该日起才生效。如系误填，请更正。"
    );

    public static readonly WarningCode BeforeCareer = new(
        "before-career",
        "{0} is before the career start, {1}. The {2} counts all the same, and is drawn at the start: check both days.",
        "日期 {0} 早于参加工作日期 {1}。{2}照常生效，画在坐标起点，请核对两个日期。"
    );

    public static readonly WarningCode TooYoung = new(
        "before-fourteen",
        "On {0} the worker was not yet {1} years old. Check the day, and the birth date.",
        "{0} 时职工未满 {1} 周岁。请核对该日期和出生日期。"
    );

    /// <summary>Nobody's career begins earlier; what lies before is a slip far more often than not.</summary>
    private const int YoungestAge = 14;

    /// <param name="today">Where the framework lives.</param>
    /// <param name="careerStart">The worker's; null where it is not recorded.</param>
    /// <param name="birthDate">The worker's; null where it is not recorded.</param>
    /// <param name="id">The milestone just recorded or corrected, or to be verified.</param>
    /// <param name="others">The worker's milestones as known now; the same one may be among them.</param>
    public static IReadOnlyList<Warning> Of(
        MilestoneType type,
        Guid id,
        MilestoneContent content,
        IEnumerable<Milestone> others,
        DateOnly today,
        DateOnly? careerStart,
        DateOnly? birthDate
    )
    {
        var warnings = OfDay(type, id, content, today, careerStart, birthDate);
        var days = InForce(id, content);
        foreach (var other in others)
        {
            var known = other.Newest.Content;
            if (other.Id == id || known.Type != type.Code || !MayBeTrue(other.Newest.State))
            {
                continue;
            }
            var name = new object?[] { type.Name.WithCode(type.Code), known.OccurredOn.ToString(), other.Id };
            if (known.OccurredOn == content.OccurredOn && known.Attributes.Equals(content.Attributes))
            {
                warnings.Add(new Warning(AlreadyRecorded, "", other.Id, name));
            }
            else if (
                type.Period == MilestonePeriod.Open
                && InForce(other.Id, known) is { HasEnd: false } open
                && open.Overlaps(days)
            )
            {
                warnings.Add(new Warning(AnotherOpen, "", other.Id, name));
            }
        }
        return warnings;
    }

    /// <summary>What its own day gives reason to look at.</summary>
    /// <param name="id">Null for one that is not written yet.</param>
    public static List<Warning> OfDay(
        MilestoneType type,
        Guid? id,
        MilestoneContent content,
        DateOnly today,
        DateOnly? careerStart,
        DateOnly? birthDate
    )
    {
        var warnings = new List<Warning>();
        var (on, name) = (content.OccurredOn, type.Name.WithCode(type.Code));
        if (careerStart is { } start && on.Last < start && type.Grants.Count > 0)
        {
            warnings.Add(new(BeforeCareer, "/occurredOn", id, on.ToString(), Days.Iso(start), name));
        }
        if (birthDate is { } born && on.Last < born.AddYears(YoungestAge))
        {
            warnings.Add(new(TooYoung, "/occurredOn", id, on.ToString(), YoungestAge));
        }
        if (on.First > today)
        {
            warnings.Add(new(NotYet, "/occurredOn", id, on.ToString(), name));
        }
        return warnings;
    }

    private static bool MayBeTrue(MilestoneState state) => state is not (MilestoneState.Voided or MilestoneState.Rejected);

    private static DayPeriod InForce(Guid id, MilestoneContent content) =>
        new CountingMilestone(id, content.Type, content.OccurredOn, content.Until, content.Ended, content.Attributes).InForce;
}
