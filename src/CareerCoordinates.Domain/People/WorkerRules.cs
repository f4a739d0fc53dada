using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Domain.People;

/// <summary>What may be recorded about a worker. Whether a number is taken is asked where all workers are known.</summary>
public static class WorkerRules
{
    public static readonly RefusalCode BornInFuture = new(
        "born-in-future",
        RefusalKind.Rule,
        "The birth date {0} is in the future. Check the year.",
        "出生日期 {0} 晚于今天，请核对年份。"
    );

    public static readonly RefusalCode BirthAfterFacts = new(
        "birth-after-facts",
        RefusalKind.Rule,
        "The birth date {0} is later than {1}, the earliest day on this worker's record. Correct the birth date, or that record first.",
        "出生日期 {0} 晚于该职工记录中最早的日期 {1}。请更正出生日期，或先更正该记录。"
    );

    public static readonly RefusalCode UnknownGender = new(
        "unknown-gender",
        RefusalKind.Rule,
        "Gender cannot be '{0}'. Use one of: {1}; or leave it out.",
        "性别不能为“{0}”。可用：{1}；不明可不填。"
    );

    public static readonly RefusalCode UnknownWorker = new(
        "unknown-worker",
        RefusalKind.NotFound,
        "There is no such worker, or he was not on record yet at the knownAt asked for. Search by name or number for the id.",
        "没有此职工，或在所查询的 knownAt 时刻尚未登记。请按姓名或编号查询其 id。"
    );

    public static readonly RefusalCode WorkerVoided = new(
        "worker-voided",
        RefusalKind.Conflict,
        "This worker's record was voided and takes no more entries. Record the person anew if that was a mistake.",
        "该职工记录已作废，不能再登记。如系误作废，请重新建立。"
    );

    public static readonly RefusalCode VoidedNothingToShow = new(
        "worker-voided",
        RefusalKind.Conflict,
        "This worker's record was voided, so there is nothing to show. Ask with a knownAt before the voiding for what stood there.",
        "该职工记录已作废，没有可显示的内容。如需查看作废前的内容，请用作废之前的 knownAt 查询。"
    );

    public static readonly RefusalCode NumberTaken = new(
        "worker-number-taken",
        RefusalKind.Conflict,
        "Another worker has the number '{0}'. Search for it: the person may be on the record already. If you do not find him, he may be outside your units: ask the district federation's administrator.",
        "编号“{0}”已被使用。请先查询，此人可能已在库中；查不到的，可能不在您的管理范围内，请联系区总工会管理员。"
    );

    public static readonly RefusalCode WorkerErased = new(
        "worker-erased",
        RefusalKind.Conflict,
        "This person was erased: what identifies him is gone for good, and nothing more is recorded about him.",
        "该职工的个人信息已依法删除，不可恢复，也不再登记任何内容。"
    );

    public static readonly RefusalCode IdNumberTaken = new(
        "id-number-taken",
        RefusalKind.Conflict,
        "Another worker has this ID number: the person may be on the record already, also where you do not see him. Compare it with the identity card.",
        "该公民身份号码已登记于另一职工，此人可能已在库中（也可能不在您的管理范围内）。请与身份证核对。"
    );

    public static readonly RefusalCode IdNumberAndBirthDate = new(
        "id-number-and-birth-date",
        RefusalKind.Rule,
        "The ID number and the birth date say different days. Compare both with the identity card and correct the wrong one.",
        "公民身份号码中的出生日期与所填出生日期不一致，请与身份证核对并更正有误的一项。"
    );

    /// <summary>Codes of gender; unknown is null.</summary>
    public static readonly IReadOnlyList<string> Genders = ["female", "male"];

    private static readonly Name GenderNames = new("女（female）、男（male）", string.Join(", ", Genders));

    /// <summary>The content that may be recorded, blanks cut, or every reason why not.</summary>
    /// <param name="earliestFact">The first day that any milestone or affiliation of the worker speaks of, if one exists.</param>
    public static Outcome<WorkerContent> Check(WorkerContent candidate, DateOnly today, DateOnly? earliestFact = null)
    {
        var refusals = new List<Refusal>();
        var name = PlainText.Needed(candidate.Name, Limits.WorkerName, "/name", refusals);
        var number = PlainText.Optional(candidate.Number, Limits.WorkerNumber, "/number", refusals);
        if (candidate.BirthDate is { } born)
        {
            Days.CheckRange(born, "/birthDate", refusals, Limits.FirstBirthYear);
            if (born > today)
            {
                refusals.Add(new Refusal(BornInFuture, "/birthDate", Days.Iso(born)));
            }
            else if (earliestFact is { } fact && fact < born)
            {
                refusals.Add(new Refusal(BirthAfterFacts, "/birthDate", Days.Iso(born), Days.Iso(fact)));
            }
            if (candidate.CareerStart is { } start && start < born)
            {
                refusals.Add(new Refusal(Days.BeforeBirth, "/careerStart", Days.Iso(start), Days.Iso(born)));
            }
        }
        Days.CheckRange(candidate.CareerStart, "/careerStart", refusals);
        if (candidate.Gender is { } gender && !Genders.Contains(gender))
        {
            refusals.Add(new Refusal(UnknownGender, "/gender", PlainText.Quoted(gender), GenderNames));
        }
        return refusals.Count > 0 ? refusals : candidate with { Name = name, Number = number };
    }

    /// <summary>The refusals where the number says another birth date than the one given; which date it says is not told.</summary>
    public static List<Refusal> CheckBirthDate(IdNumber number, DateOnly? birthDate) =>
        birthDate is { } born && born != number.BirthDate
            ? [new Refusal(IdNumberAndBirthDate, "/idNumber"), new Refusal(IdNumberAndBirthDate, "/birthDate")]
            : [];

    /// <summary>Whether a worker's record may be voided: from then on it is as if never recorded. Gives the reason, blanks cut.</summary>
    public static Outcome<string> Void(bool voided, string? reason) => Voiding.Check(voided, WorkerVoided, reason);
}
