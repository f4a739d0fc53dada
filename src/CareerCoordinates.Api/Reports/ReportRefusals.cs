using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Reports;

/// <summary>What reports refuse.</summary>
public static class ReportRefusals
{
    public static readonly RefusalCode Loading = new(
        "reports-loading",
        RefusalKind.Shape,
        "Reports are not ready yet: {0} of {1} workers are read. Ask again in a few seconds.",
        "统计尚未就绪：已读取 {1} 名职工中的 {0} 名，请稍候再试。"
    );
    public static readonly RefusalCode NotThatFar = new(
        "version-not-reached",
        RefusalKind.Shape,
        "What was written under Min-Data-Version {0} is not counted yet. Ask again in a few seconds.",
        "Min-Data-Version {0} 所对应的写入尚未计入，请稍候再试。"
    );
    public static readonly RefusalCode BadVersion = new(
        "bad-data-version",
        RefusalKind.Shape,
        "Min-Data-Version takes the number that a Data-Version header gave.",
        "Min-Data-Version 须为响应头 Data-Version 给出的数字。"
    );
    public static readonly RefusalCode UnknownDimension = new(
        "unknown-dimension",
        RefusalKind.Shape,
        "There is no dimension '{0}'. Possible: {1}; channel goes with rung, as 'channel,rung'.",
        "没有维度“{0}”。可用维度：{1}；channel 须与 rung 一起写作“channel,rung”。"
    );
    public static readonly RefusalCode TooManyDimensions = new(
        "too-many-dimensions",
        RefusalKind.Shape,
        "This report is grouped by {0} dimensions at most. Leave out what is too many, and filter by it instead.",
        "此统计的分组维度最多 {0} 个，请去掉多余的，改用筛选条件。"
    );
    public static readonly RefusalCode RepeatedDimension = new(
        "repeated-dimension",
        RefusalKind.Shape,
        "The dimension '{0}' is named twice; name it once.",
        "维度“{0}”出现两次，只能出现一次。"
    );
    public static readonly RefusalCode KindWithoutDimension = new(
        "organization-kind-without-dimension",
        RefusalKind.Shape,
        "organizationKind says how deep organisations are counted: give it together with groupBy=organization.",
        "organizationKind 指定单位统计的层级，须与 groupBy=organization 一起使用。"
    );
    public static readonly RefusalCode UnknownForm = new(
        "unknown-employment-form",
        RefusalKind.Shape,
        "The framework has no employment form '{0}'. Possible: {1}.",
        "坐标体系中没有用工形式“{0}”。可用：{1}。"
    );
    public static readonly RefusalCode NoIndustry = new(
        "no-industry",
        RefusalKind.Shape,
        "'{0}' is no industry of GB/T 4754. Write a section letter A to T, alone or with a division, group or class of it: C, C25, C2511.",
        "“{0}”不是 GB/T 4754 的行业代码。请填写门类字母 A–T，或再加其大类、中类、小类，如 C、C25、C2511。"
    );
    public static readonly RefusalCode NoOccupation = new(
        "no-occupation",
        RefusalKind.Shape,
        "'{0}' begins no occupation code. Write a code of the Occupation Classification (2022) or its beginning: 6-31-01-03, 6-31, 6.",
        "“{0}”不是职业编码的开头。请填写《职业分类大典（2022年版）》编码或其前段，如 6-31-01-03、6-31、6。"
    );
    public static readonly RefusalCode UnknownChannel = new(
        "unknown-channel",
        RefusalKind.Shape,
        "The framework has no channel '{0}'. Its channels: {1}.",
        "坐标体系中没有通道“{0}”。可用通道：{1}。"
    );
    public static readonly RefusalCode UnknownRungOfChannel = new(
        "unknown-rung-of-channel",
        RefusalKind.Shape,
        "The channel '{0}' has no rung '{1}'. Its rungs: {2}.",
        "通道“{0}”中没有台阶“{1}”。可用台阶：{2}。"
    );
    public static readonly RefusalCode RungNotAbove = new(
        "rung-not-above",
        RefusalKind.Shape,
        "The rung to be reached ('{1}') must stand above the one from which it is counted ('{0}'). Exchange them, or choose a higher one.",
        "目标台阶“{1}”须高于起始台阶“{0}”，请对调或另选更高的台阶。"
    );
    public static readonly RefusalCode NotForTimes = new(
        "dimension-not-for-times",
        RefusalKind.Shape,
        "Times are not told apart by channel and rung. Choose another dimension.",
        "用时统计不能按通道和台阶分组，请选择其他维度。"
    );
    public static readonly RefusalCode UnknownCell = new(
        "unknown-cell",
        RefusalKind.Shape,
        "Name the cell by {0}, with codes as the report gives them.",
        "请用 {0} 指明单元格，取值须为统计结果中的代码。"
    );
    public static readonly RefusalCode NoSuchCell = new(
        "no-such-cell",
        RefusalKind.Shape,
        "The report has no cell with '{0}'. Possible here: {1}.",
        "统计结果中没有取值为“{0}”的单元格。可用取值：{1}。"
    );
    public static readonly RefusalCode ExactNotAllowed = new(
        "exact-counts-not-allowed",
        RefusalKind.Shape,
        "Your role sees protected counts only. Leave out 'counts', or say counts=protected.",
        "您的角色只能查看受保护的统计数，请省略 counts 或使用 counts=protected。"
    );
    public static readonly RefusalCode ProtectedNotAllowed = new(
        "protected-counts-not-allowed",
        RefusalKind.Shape,
        "Your role sees exact counts only. Leave out 'counts', or say counts=exact.",
        "您的角色只能查看准确的统计数，请省略 counts 或使用 counts=exact。"
    );
    public static readonly RefusalCode MonthEndsOnly = new(
        "month-ends-only",
        RefusalKind.Shape,
        "Protected counts are given for the last day of a month that is over, not for {0}. Ask for {1}.",
        "受保护的统计只提供已结束月份的月末数据，不提供 {0}，请改用 {1}。"
    );
    public static readonly RefusalCode DayBeginsOnly = new(
        "day-begins-only",
        RefusalKind.Shape,
        "Protected counts are of the record as it stood when a day began, not at {0}. Ask for {1}, or leave knownAt out for the newest.",
        "受保护的统计只按每日零时的记录提供，不提供 {0} 的；请改用 {1}，或省略 knownAt 以取最近的零时。"
    );
    public static readonly RefusalCode TooManyCells = new(
        "too-many-cells",
        RefusalKind.Shape,
        "This would be more than {0} cells. Choose another dimension, an organizationKind, or filters.",
        "结果将超过 {0} 个单元格，请更换维度、指定 organizationKind 或增加筛选条件。"
    );
    public static readonly RefusalCode TooManyRows = new(
        "too-many-rows",
        RefusalKind.Shape,
        "The report has {0} rows; a workbook holds {1}. Take it as CSV (Accept: text/csv), or group it by less.",
        "统计结果共 {0} 行，而工作簿最多 {1} 行。请改用 CSV（Accept: text/csv），或减少分组。"
    );
}
