using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Domain.People;

/// <summary>
/// What may be recorded about a node of the union and enterprise tree. Any kind may stand at the top: an enterprise may run this alone.
/// </summary>
public static class OrganizationRules
{
    public static readonly RefusalCode UnknownOrganization = new(
        "unknown-organization",
        RefusalKind.NotFound,
        "There is no such organisation. Search the tree for its id.",
        "没有此单位，请在组织树中查询其 id。"
    );

    public static readonly RefusalCode UnknownParent = new(
        "unknown-parent",
        RefusalKind.Rule,
        "There is no such organisation to stand under. Record the parent first, or leave it out for a root.",
        "上级单位不存在。请先登记上级单位；如为最上级，请不填。"
    );

    public static readonly RefusalCode Cycle = new(
        "organization-cycle",
        RefusalKind.Conflict,
        "An organisation cannot stand under itself or under one of its own. Move that one out first.",
        "单位不能隶属于自身或其下级。请先调整该下级单位。"
    );

    public static readonly RefusalCode TreeTooDeep = new(
        "tree-too-deep",
        RefusalKind.Rule,
        "The tree may be {0} nodes deep; this place would be on level {1}. Put it under a higher organisation.",
        "组织树最多 {0} 层，此处为第 {1} 层。请置于更高的上级之下。"
    );

    public static readonly RefusalCode TooDeepBelow = new(
        TreeTooDeep.Code,
        RefusalKind.Rule,
        "The tree may be {0} nodes deep; with what stands below this organisation it would be {1}. Put it under a higher organisation, or move what stands below it first.",
        "组织树最多 {0} 层，连同该单位的下级将达 {1} 层。请置于更高的上级之下，或先调整其下级。"
    );

    public static readonly RefusalCode TooManyTags = new(
        "too-many-tags",
        RefusalKind.Shape,
        "{0} tags are given; at most {1} are allowed. Keep those that are used.",
        "标签有 {0} 个，最多 {1} 个，请保留需要的。"
    );

    public static readonly RefusalCode NoPhone = new(
        "phone-unreadable",
        RefusalKind.Shape,
        "'{0}' is no telephone number. Write it as it is dialled, such as 010-0000 0120: digits, blanks and + - ( ) /.",
        "“{0}”不是电话号码。请按拨号方式填写，例如 010-0000 0120 转 12：只含数字、空格和 + - ( ) / 转。"
    );

    public static readonly RefusalCode OrganizationVoided = new(
        "organization-voided",
        RefusalKind.Conflict,
        "This organisation's record was voided and takes no more changes. Record it anew if that was a mistake.",
        "该单位记录已作废，不能再变更。如系误作废，请重新建立。"
    );

    public static readonly RefusalCode CreditCodeTaken = new(
        "credit-code-taken",
        RefusalKind.Conflict,
        "Another organisation has the credit code {0}. Look it up in the list: a duplicate is voided, a wrong code corrected. If you do not find it, it may be outside your units: ask the district federation's administrator.",
        "信用代码 {0} 已由其他单位使用。请先在列表中查找：重复的予以作废，填错的予以更正；查不到的，可能不在您的管理范围内，请联系区总工会管理员。"
    );

    public static readonly RefusalCode HasMembers = new(
        "organization-in-use",
        RefusalKind.Conflict,
        "This organisation is still in use by {0}. Move or void them first.",
        "该单位下仍有{0}。请先调整或作废。"
    );

    /// <summary>What stands between the digits of a telephone number; 转 before an extension.</summary>
    private const string PhoneSigns = " +-()/转";

    /// <summary>The content that may be recorded, texts and codes in their plain form, or every reason why not.</summary>
    /// <param name="id">The organisation's own id.</param>
    /// <param name="waysUp">
    /// The ways up from the parent on <see cref="OrganizationContent.From"/> and every later day on which it changes, with
    /// what would stand below on these days; empty where there is no parent or none that the caller may know of.
    /// </param>
    /// <param name="isMoved">
    /// False where it stays below the parent that it has: what was moved too deep together with one above it can still be corrected.
    /// </param>
    public static Outcome<OrganizationContent> Check(
        OrganizationContent candidate,
        Guid id,
        IReadOnlyList<WayUp> waysUp,
        bool isMoved = true
    )
    {
        var refusals = new List<Refusal>();
        var name = PlainText.Needed(candidate.Name, Limits.OrganizationName, "/name", refusals);
        CheckParent(candidate.ParentId, id, waysUp, isMoved, refusals);
        var creditCode = Read(candidate.CreditCode, "/creditCode", (c, p) => CreditCode.Read(c, p), c => c.Value, refusals);
        var industryCode = Read(candidate.IndustryCode, "/industryCode", IndustryCode.Read, c => c, refusals);
        Days.CheckRange(candidate.From, "/from", refusals);
        Days.CheckRange(candidate.UnionFoundedOn, "/unionFoundedOn", refusals);
        var tags = CheckTags(candidate.Tags, refusals);
        var phone = CheckPhone(candidate.Phone, refusals);
        return refusals.Count > 0
            ? refusals
            : candidate with
            {
                Name = name,
                CreditCode = creditCode,
                IndustryCode = industryCode,
                Tags = tags,
                Phone = phone,
            };
    }

    /// <summary>What a person should look at in content that is accepted.</summary>
    public static IReadOnlyList<Warning> Warnings(OrganizationContent content, Guid id) =>
        content.CreditCode is { } code
        && CreditCode.Read(code, "/creditCode") is { IsRefused: false, Value.InnerCheckHolds: false }
            ? [new Warning(CreditCode.InnerCheck, "/creditCode", id, code)]
            : [];

    /// <summary>Whether an organisation may be voided, given what hangs on it and is not voided. Gives the reason, blanks cut.</summary>
    public static Outcome<string> Void(bool voided, int children, int affiliations, string? reason) =>
        !voided && children + affiliations > 0
            ? new Refusal(HasMembers, "", Hanging(children, affiliations))
            : Voiding.Check(voided, OrganizationVoided, reason);

    private static Name Hanging(int children, int affiliations)
    {
        var parts = new List<Name>();
        if (children > 0)
        {
            parts.Add(new($" {children} 个单位", children == 1 ? "1 organisation" : $"{children} organisations"));
        }
        if (affiliations > 0)
        {
            parts.Add(
                new($" {affiliations} 条所在单位记录", affiliations == 1 ? "1 affiliation" : $"{affiliations} affiliations")
            );
        }
        return new(string.Join("、", parts.Select(p => p.Zh)), string.Join(" and ", parts.Select(p => p.En)));
    }

    private static string? CheckPhone(string? said, List<Refusal> refusals)
    {
        var before = refusals.Count;
        if (PlainText.Optional(said, Limits.Phone, "/phone", refusals) is not { } text || refusals.Count > before)
        {
            return null;
        }
        var phone = PlainText.Alike(text);
        if (!phone.Any(char.IsAsciiDigit) || !phone.All(one => char.IsAsciiDigit(one) || PhoneSigns.Contains(one)))
        {
            refusals.Add(new(NoPhone, "/phone", PlainText.Quoted(text)));
        }
        return phone;
    }

    private static void CheckParent(Guid? parentId, Guid id, IReadOnlyList<WayUp> waysUp, bool isMoved, List<Refusal> refusals)
    {
        if (parentId is not { } parent)
        {
            return;
        }
        if (parent == id || waysUp.Any(way => way.Ids.Contains(id)))
        {
            refusals.Add(new Refusal(Cycle, "/parentId"));
        }
        else if (waysUp.Count == 0)
        {
            refusals.Add(new Refusal(UnknownParent, "/parentId"));
        }
        else if (isMoved && waysUp.Max(way => way.Ids.Count) is var above and >= Limits.TreeDepth)
        {
            refusals.Add(new Refusal(TreeTooDeep, "/parentId", Limits.TreeDepth, above + 1));
        }
        else if (isMoved && waysUp.Max(way => way.Ids.Count + 1 + way.Below) is var deep and > Limits.TreeDepth)
        {
            refusals.Add(new Refusal(TooDeepBelow, "/parentId", Limits.TreeDepth, deep));
        }
    }

    private static List<string> CheckTags(IReadOnlyList<string>? tags, List<Refusal> refusals)
    {
        if (tags?.Count > Limits.TagsOfOrganization)
        {
            refusals.Add(new Refusal(TooManyTags, "/tags", tags.Count, Limits.TagsOfOrganization));
            return [];
        }
        var kept = (tags ?? []).Select((tag, i) => PlainText.Needed(tag, Limits.Tag, $"/tags/{i}", refusals));
        return [.. kept.Distinct(StringComparer.Ordinal)];
    }

    private static string? Read<T>(
        string? text,
        string pointer,
        Func<string, string, Outcome<T>> read,
        Func<T, string> plain,
        List<Refusal> refusals
    )
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        var outcome = read(text, pointer);
        refusals.AddRange(outcome.Refusals);
        return outcome.IsRefused ? null : plain(outcome.Value);
    }
}
