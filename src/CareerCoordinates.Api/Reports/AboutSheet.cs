using System.Globalization;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Api.Reports;

/// <summary>The sheet of a workbook that says what its figures are: the whole question, both clocks, the framework, and how exactly they count.</summary>
internal static class AboutSheet
{
    /// <summary>What the parameters are called; others by their names in the API.</summary>
    private static readonly Dictionary<string, Name> Parameters = new()
    {
        ["asOf"] = new("截至", "as of"),
        ["from"] = new("起始日", "from"),
        ["to"] = new("截止日", "to"),
        ["knownAt"] = new("按当时的记录", "known at"),
        ["counts"] = new("统计方式", "counts"),
        ["organization"] = new("单位", "organisation"),
        ["organizationKind"] = new("单位层级", "organisation kind"),
        ["industry"] = new("行业", "industry"),
        ["industrySection"] = new("行业门类", "industry section"),
        ["occupation"] = new("职业", "occupation"),
        ["employmentForm"] = new("用工形式", "employment form"),
        ["stage"] = new("阶段", "stage"),
        ["level"] = new("层", "level"),
        ["careerStartYear"] = new("从业起始年", "career start year"),
        ["groupBy"] = new("分组", "grouped by"),
        ["channel"] = new("通道", "channel"),
        ["rung"] = new("台阶", "rung"),
        ["fromRung"] = new("起始台阶", "from rung"),
        ["toRung"] = new("目标台阶", "to rung"),
        ["type"] = new("成长节点", "milestone type"),
        ["kind"] = new("成长节点类别", "milestone kind"),
        ["sum"] = new("合计项", "sum of"),
        ["year"] = new("年度", "year"),
        ["yearKind"] = new("年度口径", "kind of year"),
        ["state"] = new("状态", "state"),
        ["inForce"] = new("截至日有效", "in force on the day"),
        ["include"] = new("包括", "including"),
        ["keyNode"] = new("关键节点", "key node"),
        ["initiative"] = new("行动", "initiative"),
        ["service"] = new("服务", "service"),
        ["mainLine"] = new("主线", "main line"),
        ["month"] = new("月份", "month"),
    };

    /// <summary>They come first, in this order.</summary>
    private static readonly List<string> OfTime = ["asOf", "from", "to", "year"];

    private static readonly Dictionary<string, Name> YearKinds = new()
    {
        [Codes<YearKind>.Of(YearKind.Calendar)] = new("自然年度（1月1日至12月31日）", "calendar year (1 January to 31 December)"),
        [Codes<YearKind>.Of(YearKind.October)] = new(
            "工会统计年度（上年10月1日至9月30日）",
            "union year (1 October to 30 September)"
        ),
    };

    private static readonly Dictionary<string, Name> OrganizationKinds = Imports
        .OrganizationColumns.Kinds.DistinctBy(kind => kind.Code)
        .ToDictionary(kind => kind.Code, kind => kind.Name);

    public static readonly Name Closed = new("记录已封闭（结果不再变化）", "record closed (this never changes again)");
    public static readonly Name Framework = new("坐标体系", "framework");
    public static readonly Name Disclaimer = new("声明", "disclaimer");
    public static readonly Name UseLimit = new("使用限制", "use limit");

    /// <summary>The sheet with what is said: an item, its value, and what the value means.</summary>
    public static Sheet Of(ReportNames names, IReadOnlyList<IReadOnlyList<object?>> rows) =>
        new(
            names.Of(new("说明", "about")),
            [names.Of(new("项目", "item")), names.Of(new("内容", "value")), names.Of(new("名称", "meaning"))],
            rows
        );

    public static Sheet Of(WrittenReport report, ReportNames names)
    {
        var (body, framework) = (report.Body, report.Desk.Framework);
        var rows = new List<IReadOnlyList<object?>>();
        Say(new("统计", "report"), report.Name, names.Of(TitleOf(report.Name)));
        Say(new("统计范围", "counted for"), ScopeOf(report.Desk, names));
        if (body is DayReportBody { AsOf: var day } && !body.Question.ContainsKey("asOf"))
        {
            Say(LabelOf("asOf"), day);
        }
        foreach (
            var (name, value) in body
                .Question.Where(said => said.Value.Length > 0)
                .OrderBy(said => OfTime.IndexOf(said.Key) is >= 0 and var at ? at : OfTime.Count)
        )
        {
            var meaning = name switch
            {
                "counts" => names.Of(Meaning(body.Counts)),
                "knownAt" => names.At(body.KnownAt),
                "sum" => names.OfAttribute(value),
                "yearKind" => YearKinds.TryGetValue(value, out var year) ? names.Of(year) : "",
                "organizationKind" => OrganizationKinds.TryGetValue(value, out var kind) ? names.Of(kind) : "",
                "groupBy" => string.Join(names.Of(new("、", ", ")), value.Split(',').Select(d => names.Of(LabelOf(d)))),
                _ => MeaningOf(name, value),
            };
            Say(LabelOf(name), Value(name, value), meaning);
        }
        Say(Closed, body.KnownAtClosed ? names.Of(new("是", "yes")) : names.Of(new("否", "no")));
        Say(
            Framework,
            string.Create(CultureInfo.InvariantCulture, $"{body.Framework.Code} {body.Framework.Version}"),
            names.Of(framework.Name)
        );
        if (body.Notice is { } notice)
        {
            Say(new("注意", "notice"), notice);
        }
        foreach (var remark in body.Remarks(names, report.MadeAt))
        {
            Say(new("说明", "remark"), remark);
        }
        Say(Disclaimer, names.Of(framework.Disclaimer));
        Say(UseLimit, names.Of(framework.UseLimit));
        return Of(names, rows);

        // A member of the cell whose people are listed has the codes of the dimension of that name.
        string MeaningOf(string name, string value) =>
            MemberOf(name) is { } member
                ? names.NameOf(member, value, body.Question.GetValueOrDefault(CellWish.Before + "channel"))
                : names.NameOf(name, value);

        void Say(Name label, object? value, string meaning = "") =>
            rows.Add([names.Of(label), value, meaning.Length == 0 ? null : meaning]);
    }

    /// <summary>Whose workers they are: two officers ask the same and get other numbers.</summary>
    private static string ScopeOf(ReportDesk desk, ReportNames names) =>
        desk.Population.Scope.Everything
            ? names.Of(new("全部单位", "all organisations"))
            : string.Join(
                names.Of(new("、", ", ")),
                desk.Population.Scope.Roots.Select(root => desk.NameOf(root) ?? root.ToString())
            );

    /// <summary>The report's name on the tab of its sheet.</summary>
    public static string TabOf(string name, ReportNames names) => names.Of(TitleOf(name)).Replace(": ", " - ").Replace('：', '-');

    private static Name TitleOf(string name)
    {
        if (KnownReports.Find(name) is { } report)
        {
            return report.Title;
        }
        var behind = KnownReports.All.First(r => name.StartsWith(r.Name, StringComparison.Ordinal)).Title;
        return new(behind.Zh + "：人员名单", behind.En + ": the people");
    }

    public static Name LabelOf(string name) =>
        MemberOf(name) is { } member
            ? new("单元格：" + LabelOf(member).Zh, "cell: " + LabelOf(member).En)
            : Parameters.GetValueOrDefault(name) ?? new(name, name);

    /// <summary>Null where it is no member of a cell.</summary>
    private static string? MemberOf(string name) =>
        name.StartsWith(CellWish.Before, StringComparison.Ordinal) ? name[CellWish.Before.Length..] : null;

    /// <summary>Days as days, so that a spreadsheet can reckon with them.</summary>
    public static object Value(string name, string value) =>
        name is "asOf" or "from" or "to" && Json.DayConverter.TryParse(value, out var day) ? day : value;

    private static Name Meaning(CountsKind counts) =>
        counts == CountsKind.Exact
            ? new("准确：每名职工计一次", "exact: every worker counted once")
            : new("受保护：数字经过扰动，人数少的不显示", "protected: changed a little, small numbers not shown");
}
