using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Api.Imports;

/// <summary>The columns of a list of organisations.</summary>
internal static class OrganizationColumns
{
    /// <summary>The first name of each is the one that is offered.</summary>
    public static readonly IReadOnlyList<CodedName> Kinds =
    [
        Kind(OrganizationKind.DistrictFederation, "区总工会", "district federation"),
        Kind(OrganizationKind.StreetUnion, "街道总工会", "street union"),
        Kind(OrganizationKind.IndustryUnion, "行业工会", "industry union"),
        Kind(OrganizationKind.EnterpriseUnion, "企业工会", "enterprise union"),
        Kind(OrganizationKind.Enterprise, "企业", "enterprise"),
        Kind(OrganizationKind.StreetUnion, "街道工会", "sub-district union"),
        Kind(OrganizationKind.StreetUnion, "地区总工会", "sub-district union federation"),
        Kind(OrganizationKind.StreetUnion, "乡总工会", "township union"),
        Kind(OrganizationKind.IndustryUnion, "行业工会联合会", "industry federation"),
        Kind(OrganizationKind.EnterpriseUnion, "基层工会", "grassroots union"),
    ];

    private static readonly IReadOnlyList<CodedName> Offered = [.. Kinds.DistinctBy(k => k.Code)];

    public static readonly IReadOnlyList<ImportColumn> All =
    [
        new(
            "name",
            "单位名称",
            "name",
            true,
            "单位或工会的全称",
            "The full name",
            "示例石化有限公司",
            [],
            [],
            "单位",
            "名称",
            "工会名称",
            "组织名称",
            "企业名称"
        ),
        new(
            "kind",
            "单位类型",
            "kind",
            false,
            "新登记时须填写",
            "Needed for a new one",
            "企业",
            [.. Offered.Select(k => k.Name.Zh)],
            [.. Offered.Select(k => k.Name.En)],
            "类型",
            "组织类型",
            "单位类别"
        ),
        new(
            "parent",
            "上级单位",
            "parent",
            false,
            "名称或统一社会信用代码；上级在同一文件中的，须排在下级之上；上传时已为整个文件选定上级的可不填",
            "By name or unified social credit code; one in the same file stands above its own; may be empty where one is chosen for the whole file at the upload",
            "",
            [],
            [],
            "上级",
            "上级工会",
            "上级组织",
            "隶属单位"
        ),
        new(
            "creditCode",
            "统一社会信用代码",
            "credit code",
            false,
            "18 位；有代码的按代码查找单位",
            "18 characters; an organisation is found by it first",
            "",
            [],
            [],
            "信用代码",
            "社会信用代码",
            "unified social credit code"
        ),
        new(
            "industryCode",
            "行业代码",
            "industry code",
            false,
            "国民经济行业分类 GB/T 4754，例如 C2511",
            "GB/T 4754, such as C2511",
            "C2511",
            [],
            [],
            "国民经济行业代码",
            "行业"
        ),
        new(
            "from",
            "起始日期",
            "from",
            false,
            "上级单位和行业自此日起有效；新登记时须填写",
            "The day from which this parent and industry hold; needed for a new one",
            "2003-05-01",
            [],
            [],
            "生效日期",
            "隶属起始日期",
            "成立日期"
        ),
        new(
            "unionFoundedOn",
            "建会日期",
            "union founded on",
            false,
            "工会成立的日期",
            "When its union was founded",
            "2004-03-08",
            [],
            [],
            "工会成立日期",
            "建会时间"
        ),
        new("tags", "标签", "tags", false, "多个标签用顿号分隔", "Several are separated by commas", "", [], [], "标记"),
        new(
            "phone",
            "联系电话",
            "phone",
            false,
            "答复职工询问的电话，职工本人页面上会显示",
            "At which its people are answered; workers are shown it",
            "",
            [],
            [],
            "电话",
            "咨询电话"
        ),
    ];

    private static CodedName Kind(OrganizationKind kind, string zh, string en) =>
        new(Codes<OrganizationKind>.Of(kind), new(zh, en));
}
