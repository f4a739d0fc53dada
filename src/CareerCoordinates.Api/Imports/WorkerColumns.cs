using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Api.Imports;

/// <summary>The columns of a roster, by the names that personnel offices give them.</summary>
internal static class WorkerColumns
{
    /// <summary>Whoever is at a place outside the tree is on no roster.</summary>
    public static readonly IReadOnlyList<CodedName> Kinds =
    [
        Kind(AffiliationKind.LabourContract, "劳动合同", "labour contract"),
        Kind(AffiliationKind.Dispatch, "劳务派遣", "dispatch"),
        Kind(AffiliationKind.PlatformWork, "平台用工", "platform work"),
        Kind(AffiliationKind.UnionOnly, "仅工会关系", "union only"),
    ];

    /// <summary>The first name of each is the one that is offered.</summary>
    public static readonly IReadOnlyList<CodedName> Genders =
    [
        new("female", new("女", "female")),
        new("male", new("男", "male")),
        new("female", new("女性", "f")),
        new("male", new("男性", "m")),
    ];

    public static IReadOnlyList<CodedName> FormsOf(Framework framework) =>
        [.. framework.EmploymentForms.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new CodedName(f.Key, f.Value))];

    public static IReadOnlyList<ImportColumn> Of(Framework framework)
    {
        var forms = FormsOf(framework);
        return
        [
            new("name", "姓名", "name", true, "职工姓名", "Of the person", "马岚", [], [], "职工姓名", "员工姓名"),
            new(
                "staffNumber",
                "工号",
                "staff number",
                false,
                "在本单位的工号，前导零保留",
                "At the organisation; leading zeros are kept",
                "0042",
                [],
                [],
                [.. MilestoneColumns.StaffNumberNames]
            )
            {
                // What is the number of somebody in the district is read as that.
                Perhaps = MilestoneColumns.PerhapsNumber,
                InPlaceOf = ["idNumber", "number"],
            },
            new(
                "idNumber",
                "公民身份号码",
                "ID number",
                false,
                "18 位，可不填；加密保存，页面只显示首末位",
                "18 characters, optional; kept sealed, only the first and the last are ever shown",
                "",
                [],
                [],
                "身份证号",
                "身份证号码",
                "身份证"
            ),
            new(
                "birthDate",
                "出生日期",
                "birth date",
                false,
                "无工号和公民身份号码时，与姓名一并用于查找",
                "Finds the person together with the name where there is neither a staff number nor an ID number",
                "1990-02-14",
                [],
                [],
                "出生年月日",
                "生日",
                "date of birth"
            ),
            new("gender", "性别", "gender", false, "女或男", "female or male", "女", ["女", "男"], ["female", "male"]),
            Flag("migrantWorker", "是否农民工", "migrant worker", "是或否", "yes or no", "否", "农民工"),
            new(
                "number",
                "职工编号",
                "number",
                false,
                "区内统一编号，不得重复",
                "The district's own number; unique",
                "",
                [],
                [],
                "统一编号"
            ),
            new(
                "careerStart",
                "参加工作日期",
                "career start",
                false,
                "首次从业的日期，职业周期由此计算",
                "First entry into the trade: years in career count from here",
                "2012-07-01",
                [],
                [],
                "职业起始日期",
                "参加工作时间",
                "工作起始日期",
                "从业起始日期"
            ),
            new(
                "organization",
                "单位",
                "organisation",
                false,
                "名称或统一社会信用代码；上传时已为整个文件选定单位的可不填",
                "By name or unified social credit code; may be empty where one is chosen for the whole file at the upload",
                "",
                [],
                [],
                "所在单位",
                "单位名称",
                "工作单位",
                "所属工会",
                "organization"
            ),
            new(
                "kind",
                "关系类型",
                "kind of affiliation",
                false,
                "不填视为劳动合同",
                "Empty: a labour contract",
                "劳动合同",
                [.. Kinds.Select(k => k.Name.Zh)],
                [.. Kinds.Select(k => k.Name.En)],
                "用工关系",
                "affiliation kind"
            ),
            new(
                "employmentForm",
                "用工形式",
                "employment form",
                false,
                "体系中的用工形式",
                "One of the framework's",
                "",
                [.. forms.Select(f => f.Name.Zh)],
                [.. forms.Select(f => f.Name.En)],
                "就业形式"
            ),
            new(
                "occupationCode",
                "职业编码",
                "occupation code",
                false,
                "《职业分类大典（2022 年版）》编码",
                "Occupation Classification 2022",
                "6-18-01-01",
                [],
                [],
                "职业代码",
                "工种编码"
            ),
            new(
                "from",
                "入职日期",
                "first day",
                false,
                "在本单位的第一日；新登记时须填写",
                "The first day there; needed for whoever is new there",
                "2012-07-01",
                [],
                [],
                "入职时间",
                "到岗日期",
                "进厂日期",
                "入会日期",
                "hire date"
            ),
            new(
                "until",
                "离职日期",
                "last day",
                false,
                "在本单位的最后一日（含当日）",
                "The last day there, inclusive",
                "",
                [],
                [],
                "离职时间",
                "调出日期",
                "leaving date"
            ),
            Flag(
                "primary",
                "主要单位",
                "primary",
                "报表按此单位归类",
                "Reports group the person by this one",
                "",
                "是否主要单位"
            ),
            Flag(
                "transfer",
                "调入",
                "transfer",
                "填“是”时，原主要单位在入职日前一日终止",
                "yes: the primary affiliation ends the day before the first day here",
                "",
                "是否调入"
            ),
        ];
    }

    private static CodedName Kind(AffiliationKind kind, string zh, string en) =>
        new(Codes<AffiliationKind>.Of(kind), new(zh, en));

    private static ImportColumn Flag(
        string code,
        string zh,
        string en,
        string saidZh,
        string saidEn,
        string example,
        string other
    ) => new(code, zh, en, false, saidZh, saidEn, example, ["是", "否"], ["yes", "no"], other);
}
