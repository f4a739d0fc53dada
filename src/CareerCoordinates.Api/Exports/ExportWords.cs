using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Api.Exports;

/// <summary>What stands in exports for values that no framework names; an import reads them.</summary>
internal static class ExportWords
{
    public static readonly Name Yes = new("是", "yes");
    public static readonly Name No = new("否", "no");

    public static Name Of(MilestoneState state) =>
        state switch
        {
            MilestoneState.Submitted => new("已提交", "submitted"),
            MilestoneState.Returned => new("退回补充", "returned"),
            MilestoneState.Rejected => new("不予认定", "rejected"),
            MilestoneState.Verified => new("已核验", "verified"),
            MilestoneState.Voided => new("作废", "voided"),
            _ => throw new InvalidOperationException($"No words for {state}."),
        };

    public static Name Of(EndKind kind) => kind == EndKind.Revoked ? new("撤销", "revoked") : new("终止", "ended");
}
