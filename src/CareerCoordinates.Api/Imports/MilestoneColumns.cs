using System.Globalization;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Imports;

/// <summary>The columns of a sheet of milestones: who, what, when, and the attributes of its types.</summary>
internal static class MilestoneColumns
{
    /// <summary>By this a row says which milestone it corrects.</summary>
    public const string MilestoneId = "milestoneId";

    public const string Revision = "revision";

    /// <summary>What offices call a staff number besides.</summary>
    public static readonly IReadOnlyList<string> StaffNumberNames =
    [
        "职工号",
        "员工号",
        "员工编号",
        "员工工号",
        "职工工号",
        "人员工号",
        "staff no.",
        "staff no",
        "employee number",
        "employee no.",
        "employee no",
        "employee ID",
    ];

    /// <summary>
    /// The district's number, as forms head it; units head their staff numbers so, too. Read where no other number says who it is.
    /// </summary>
    public static readonly IReadOnlyList<string> PerhapsNumber = ["编号", "人员编号", "No.", "No"];

    /// <summary>By these a row says who it is about.</summary>
    public static readonly IReadOnlyList<ImportColumn> Person =
    [
        new(
            "staffNumber",
            "工号",
            "staff number",
            false,
            "所在单位的工号，前导零保留；须同时填写单位，或在上传时为整个文件选定单位",
            "At the organisation, which the row or the upload must name; leading zeros are kept",
            "",
            [],
            [],
            [.. StaffNumberNames]
        ),
        new("name", "姓名", "name", false, "与工号等一并核对", "Compared with what the number says", "马岚", [], [], "职工姓名"),
        new(
            "birthDate",
            "出生日期",
            "birth date",
            false,
            "无工号时与姓名一并用于查找",
            "Finds the person together with the name where there is no staff number",
            "",
            [],
            [],
            "出生年月日",
            "生日"
        ),
        new(
            "idNumber",
            "公民身份号码",
            "ID number",
            false,
            "可代替工号",
            "In place of a staff number",
            "",
            [],
            [],
            "身份证号",
            "身份证号码"
        ),
        new(
            "number",
            "职工编号",
            "number",
            false,
            "区内统一编号；与工号、公民身份号码三者填一即可",
            "The district's own number; one of the three numbers is enough",
            "CY-000123",
            [],
            []
        )
        {
            Perhaps = PerhapsNumber,
            InPlaceOf = ["idNumber"],
        },
        new(
            "organization",
            "单位",
            "organisation",
            false,
            "名称或统一社会信用代码",
            "By name or unified social credit code",
            "",
            [],
            [],
            "所在单位",
            "单位名称",
            "organization"
        ),
    ];

    /// <param name="only">The type of all rows; null where a column names it.</param>
    public static IReadOnlyList<ImportColumn> Of(Framework framework, MilestoneType? only) => [.. All(framework, only)];

    private static IEnumerable<ImportColumn> All(Framework framework, MilestoneType? only)
    {
        foreach (var column in Person)
        {
            yield return column;
        }
        if (only is not null)
        {
            yield return OfExports(
                "type",
                "节点类型",
                "milestone type",
                "整个文件已选定类型；此列写明其他类型的行不予导入",
                "The type is chosen for the whole file; a row that says another one is refused"
            ) with
            {
                Others = ["成长节点类型"],
            };
        }
        else
        {
            var enabled = framework
                .MilestoneTypes.Values.Where(t => t.Enabled)
                .OrderBy(t => t.Code, StringComparer.Ordinal)
                .ToList();
            yield return new(
                "type",
                "节点类型",
                "milestone type",
                true,
                "成长节点类型的名称或代码",
                "The milestone type, by name or code",
                enabled[0].Name.Zh,
                [.. enabled.Select(t => t.Name.Zh)],
                [.. enabled.Select(t => t.Name.En)],
                "成长节点类型"
            );
        }
        yield return new(
            "occurredOn",
            "发生日期",
            "occurred on",
            true,
            "日期 2020-11-30；只知道月或年时写 2020-11 或 2020",
            "A day 2020-11-30; a month 2020-11 or a year 2020 where only that is known",
            "2020-11-30",
            [],
            [],
            "日期",
            "取得日期",
            "发证日期",
            "date"
        );
        if (only?.Period is not MilestonePeriod.Point)
        {
            yield return new(
                "until",
                "截止日期",
                "until",
                only?.Period == MilestonePeriod.Term,
                "最后一日（含当日）；任期制的须填写",
                "The last day in force, inclusive; needed for a term",
                only?.Period == MilestonePeriod.Term ? "2023-11-29" : "",
                [],
                [],
                "终止日期",
                "到期日期"
            );
        }
        var attributes = (only is null ? framework.MilestoneTypes.Values.Where(t => t.Enabled) : [only])
            .SelectMany(t => t.Attributes)
            .GroupBy(a => a.Code);
        foreach (var same in attributes)
        {
            var first = same.First();
            var allowed = same.SelectMany(a => a.Allowed).DistinctBy(a => a.Code).ToList();
            yield return new(
                first.Code,
                first.Name.Zh,
                first.Name.En,
                only is not null && first.Required,
                first.Name.Zh,
                first.Name.En,
                ExampleOf(first, allowed).Zh,
                [.. allowed.Select(a => a.Name.Zh)],
                [.. allowed.Select(a => a.Name.En)],
                [.. same.SelectMany(a => (string[])[a.Name.Zh, a.Name.En]).Distinct()]
            )
            {
                ExampleEn = ExampleOf(first, allowed).En,
            };
        }
        var proofs = framework.EvidenceTypes.OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        yield return new(
            "evidence",
            "证明材料",
            "evidence",
            false,
            "证明材料的编号或存放处",
            "Where the proof is kept, or its number",
            "",
            [],
            [],
            "证明材料编号"
        );
        yield return new(
            "evidenceType",
            "证明材料类型",
            "evidence type",
            false,
            "证明材料种类的名称或代码",
            "The kind of proof, by name or code",
            "",
            [.. proofs.Select(p => p.Value.Zh)],
            [.. proofs.Select(p => p.Value.En)]
        );
        yield return new("note", "备注", "note", false, "至多 2000 字", "At most 2,000 characters", "", [], []);
        yield return OfExports(
            MilestoneId,
            "节点标识",
            "milestone id",
            "导出文件中的标识；填写后更正该成长节点，空白单元格不作更改",
            "As an export gives it: the row then corrects this milestone; an empty cell changes nothing"
        );
        yield return OfExports(
            Revision,
            "版次",
            "revision",
            "导出时的版次；之后有变更的不予更正",
            "As the export gives it: what was changed since is not corrected"
        );
    }

    private static ImportColumn OfExports(string code, string zh, string en, string explanationZh, string explanationEn) =>
        new(code, zh, en, false, explanationZh, explanationEn, "", [], []) { IsOfExports = true };

    /// <summary>What is needed has an example that is taken.</summary>
    private static Name ExampleOf(AttributeDefinition attribute, List<CodedName> allowed) =>
        allowed.Count > 0 ? allowed[0].Name
        : !attribute.Required ? new("", "")
        : attribute.Type switch
        {
            AttributeType.Integer => Same($"{Within(attribute, 1)}"),
            AttributeType.Decimal => Same($"{Within(attribute, 8)}"),
            AttributeType.Boolean => new("是", "yes"),
            _ when attribute.Format == AttributeFormat.OccupationCode => Same("6-18-01-01"),
            _ when attribute.Name.Zh.EndsWith('号') => Same("A-2020-0001"),
            _ => new(
                Short($"{attribute.Name.Zh}示例", attribute.MaxLength),
                Short($"example of a {attribute.Name.En}", attribute.MaxLength)
            ),
        };

    private static Name Same(FormattableString text)
    {
        var said = text.ToString(CultureInfo.InvariantCulture);
        return new(said, said);
    }

    private static Name Same(string text) => new(text, text);

    private static string Short(string text, int most) => text.Length > most ? text[..most] : text;

    private static decimal Within(AttributeDefinition attribute, decimal usual) =>
        Math.Min(attribute.Max ?? usual, Math.Max(attribute.Min ?? usual, usual));
}
