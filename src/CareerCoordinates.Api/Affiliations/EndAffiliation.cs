using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Affiliations;

/// <param name="On">The last day, inclusive.</param>
/// <param name="AlsoEnd">Milestones of the worker that end on the same day and for the same reason; all or nothing.</param>
public sealed record AffiliationEnd(DateOnly On, string Reason, IReadOnlyList<Guid>? AlsoEnd = null);

public sealed class AffiliationEndValidator : AbstractValidator<AffiliationEnd>
{
    public const int MostMilestones = 100;

    public AffiliationEndValidator() => RuleFor(r => r.AlsoEnd).AtMost(MostMilestones);
}

public static class EndAffiliation
{
    public static readonly RefusalCode UnknownMilestone = new(
        "unknown-milestone",
        RefusalKind.Rule,
        "This worker has no milestone {0}. List the worker's milestones for their ids.",
        "该职工没有编号为 {0} 的成长节点，请先查询其列表。"
    );

    public static Task<Results<Answer<AffiliationBody>, Problem>> Handle(
        Guid workerId,
        Guid affiliationId,
        Body<AffiliationEnd> body,
        IfMatch ifMatch,
        SignedIn me,
        CareerStore store
    ) =>
        store.ChangeAsync<AffiliationBody>(
            me,
            tx =>
            {
                var locked = AffiliationWriting.Newest(tx, workerId, affiliationId, ifMatch);
                if (locked.IsRefused)
                {
                    return locked.As<Answer<AffiliationBody>>();
                }
                var ending = AffiliationRules.End(locked.Value.Newest.Content, body.Value.On, body.Value.Reason);
                if (ending.IsRefused)
                {
                    return ending.As<Answer<AffiliationBody>>();
                }
                var next = locked.Value.Newest.Next(ending.Value.Content, ending.Value.Reason, tx.RecordedAt, me.Name);
                tx.Add(workerId, next);
                return EndMilestones(tx, me, locked.Value.Record, body.Value, ending.Value.Reason) is { Count: > 0 } refusals
                    ? refusals
                    : Answer.Of(AffiliationBody.Of(workerId, next), next.Number);
            }
        );

    private static List<Refusal> EndMilestones(
        RecordTransaction tx,
        SignedIn me,
        WorkerRecord record,
        AffiliationEnd asked,
        string reason
    )
    {
        var refusals = new List<Refusal>();
        var ids = (asked.AlsoEnd ?? []).Distinct().ToList();
        var hidden = me.HiddenTypes(tx.Connection, record.Id, tx.Today, record.AffiliationRevisions);
        for (var i = 0; i < ids.Count; i++)
        {
            var history = record.Without(hidden).RevisionsOf(ids[i]);
            var type = history.Count == 0 ? null : tx.Framework.MilestoneTypes.GetValueOrDefault(history[^1].Content.Type);
            var ended =
                history.Count == 0
                    ? new Refusal(UnknownMilestone, "", ids[i])
                    : MilestoneDecisions.End(
                        history,
                        new EndMilestone(asked.On, EndKind.Ended, reason),
                        new Decision(me.ActorFor(tx.Connection, tx.Today, record, type), tx.RecordedAt)
                    );
            if (ended.IsRefused)
            {
                refusals.AddRange(ended.Refusals.Select(r => r with { Pointer = $"/alsoEnd/{i}" }));
            }
            else
            {
                record = tx.Add(record, ended.Value);
            }
        }
        return refusals;
    }
}
