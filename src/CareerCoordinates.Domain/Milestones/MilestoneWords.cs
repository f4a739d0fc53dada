using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Domain.Milestones;

/// <summary>What officers call the states of a milestone and what can be done to one.</summary>
public static class MilestoneWords
{
    public static Name Of(MilestoneState state) =>
        new(
            state switch
            {
                MilestoneState.Submitted => "已提交",
                MilestoneState.Returned => "退回补充",
                MilestoneState.Rejected => "不予认定",
                MilestoneState.Verified => "已核验",
                MilestoneState.Voided => "作废",
                _ => throw new InvalidOperationException($"No word for {state}."),
            },
            Codes<MilestoneState>.Of(state)
        );

    public static Name Of(MilestoneAction action) =>
        new(
            action switch
            {
                MilestoneAction.Correct => "更正",
                MilestoneAction.Verify => "核验",
                MilestoneAction.Return => "退回补充",
                MilestoneAction.Reject => "不予认定",
                MilestoneAction.Withdraw => "撤回",
                MilestoneAction.End => "终止",
                MilestoneAction.Void => "作废",
                _ => throw new InvalidOperationException($"No word for {action}."),
            },
            Codes<MilestoneAction>.Of(action)
        );

    /// <summary>The actions with their codes, for a message.</summary>
    public static Name List(IReadOnlyCollection<MilestoneAction> actions) =>
        actions.Count == 0
            ? new("无，作废后不能再更改", "nothing, since voiding is final")
            : Name.List(actions.Select(a => KeyValuePair.Create(Codes<MilestoneAction>.Of(a), Of(a))));
}
