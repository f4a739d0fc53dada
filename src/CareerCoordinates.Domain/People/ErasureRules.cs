namespace CareerCoordinates.Domain.People;

/// <summary>
/// What must be so before a person is erased (design §5): somebody asks with a reason, another decides, and what identifies the
/// person goes from all revisions, for good. The reason stays, so it must not name him.
/// </summary>
public static class ErasureRules
{
    public static readonly RefusalCode UnknownErasure = new(
        "unknown-erasure",
        RefusalKind.NotFound,
        "There is no such request to erase a person. List the erasures for their ids.",
        "没有此删除申请，请先查询删除申请列表。"
    );

    public static readonly RefusalCode AskedAlready = new(
        "erasure-asked-already",
        RefusalKind.Conflict,
        "That this person be erased is asked for already. Approve or refuse that request.",
        "已有删除该职工个人信息的申请，请先处理该申请。"
    );

    public static readonly RefusalCode DecidedAlready = new(
        "erasure-decided",
        RefusalKind.Conflict,
        "This request is decided already. Read it again.",
        "该申请已处理，请重新读取。"
    );

    public static readonly RefusalCode NeedsAnother = new(
        "erasure-needs-another",
        RefusalKind.Conflict,
        "Who asked for an erasure does not approve it: it cannot be undone. Let another administrator decide.",
        "删除不可撤销，申请人不得自行批准，请由另一位管理员决定。"
    );

    public static readonly RefusalCode NotIndependent = new(
        "erasure-needs-independent",
        RefusalKind.Conflict,
        "Of the account that asked and yours one made the other, granted it the role 'administrator' or set its password, so that one person may hold both. Let an administrator decide who owes his account to somebody else; who keeps the server can make one: -- account create-administrator.",
        "申请账号与您的账号之间，一方创建了另一方、授予了其管理员角色或设置了其密码，可能由同一人掌握。请由账号与申请人无关的管理员决定；服务器运维人员可用 -- account create-administrator 创建。"
    );

    public static readonly RefusalCode ReasonNamesPerson = new(
        "reason-names-person",
        RefusalKind.Rule,
        "The reason stays after the person is gone, so it must not hold his name or a number of his. Name the request or the law instead.",
        "理由在删除后仍会保留，不得含有其姓名或编号，请改写为申请单号或法律依据。"
    );

    public static readonly RefusalCode NeedsKey = new(
        "erasure-needs-key",
        RefusalKind.Rule,
        "An erasure needs the protection key, under which texts that are counted stay countable. Let the operator set Protection:KeyFile.",
        "删除需要保护密钥，以便仍按文本计数。请由运维人员设置 Protection:KeyFile。"
    );

    /// <summary>The reason, blanks cut.</summary>
    /// <param name="revisions">What was ever recorded of the person himself.</param>
    public static Outcome<string> Reason(string? reason, IEnumerable<WorkerContent> revisions)
    {
        var refusals = new List<Refusal>();
        var said = PlainText.Reason(reason, refusals);
        var names = revisions.SelectMany(r => new[] { r.Name, r.Number }).OfType<string>().Where(n => n.Length > 0);
        if (names.Any(n => said.Contains(n, StringComparison.OrdinalIgnoreCase)))
        {
            refusals.Add(new Refusal(ReasonNamesPerson, "/reason"));
        }
        return refusals.Count > 0 ? refusals : said;
    }
}
