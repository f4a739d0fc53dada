using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

/// <summary>Why something is done.</summary>
/// <param name="Reason">A sentence that others will read; needed, at most 2,000 characters.</param>
public sealed record SaidWhy(string Reason);

/// <summary>The last day in force of a fact that lapsed or was revoked (终止).</summary>
/// <param name="On">A full day, inclusive; not before it occurred, not after its <c>until</c>.</param>
/// <param name="Reason">Why it ended; needed.</param>
/// <param name="Kind"><c>ended</c> by default; <c>revoked</c> where somebody took it back.</param>
public sealed record MilestoneEnd(DateOnly On, string Reason, EndKind Kind = EndKind.Ended);

/// <summary>The actions on one milestone: each takes the revision that the caller saw and adds the next one.</summary>
public static class DecideMilestone
{
    private delegate Outcome<MilestoneContest> Contesting(
        Guid milestoneId,
        IReadOnlyList<MilestoneContest> soFar,
        string? reason,
        Decision decision
    );

    public static Task<Results<Answer<MilestoneBody>, Problem>> Verify(
        Guid workerId,
        Guid milestoneId,
        IfMatch ifMatch,
        NoBody body,
        SignedIn me,
        CareerStore store
    ) =>
        MilestoneWrite.ChangeAsync(
            store,
            me,
            workerId,
            milestoneId,
            ifMatch,
            w => MilestoneDecisions.Verify(w.History, w.Decision)
        );

    public static Task<Results<Answer<MilestoneBody>, Problem>> Return(
        Guid workerId,
        Guid milestoneId,
        IfMatch ifMatch,
        Body<SaidWhy> body,
        SignedIn me,
        CareerStore store
    ) =>
        MilestoneWrite.ChangeAsync(
            store,
            me,
            workerId,
            milestoneId,
            ifMatch,
            w => MilestoneDecisions.Return(w.History, body.Value.Reason, w.Decision)
        );

    public static Task<Results<Answer<MilestoneBody>, Problem>> Reject(
        Guid workerId,
        Guid milestoneId,
        IfMatch ifMatch,
        Body<SaidWhy> body,
        SignedIn me,
        CareerStore store
    ) =>
        MilestoneWrite.ChangeAsync(
            store,
            me,
            workerId,
            milestoneId,
            ifMatch,
            w => MilestoneDecisions.Reject(w.History, body.Value.Reason, w.Decision)
        );

    public static Task<Results<Answer<MilestoneBody>, Problem>> Withdraw(
        Guid workerId,
        Guid milestoneId,
        IfMatch ifMatch,
        Body<SaidWhy> body,
        SignedIn me,
        CareerStore store
    ) =>
        MilestoneWrite.ChangeAsync(
            store,
            me,
            workerId,
            milestoneId,
            ifMatch,
            w => MilestoneDecisions.Withdraw(w.History, body.Value.Reason, w.Decision)
        );

    public static Task<Results<Answer<MilestoneBody>, Problem>> End(
        Guid workerId,
        Guid milestoneId,
        IfMatch ifMatch,
        Body<MilestoneEnd> body,
        SignedIn me,
        CareerStore store
    ) =>
        MilestoneWrite.ChangeAsync(
            store,
            me,
            workerId,
            milestoneId,
            ifMatch,
            w =>
                MilestoneDecisions.End(w.History, new EndMilestone(body.Value.On, body.Value.Kind, body.Value.Reason), w.Decision)
        );

    public static Task<Results<Answer<MilestoneBody>, Problem>> Void(
        Guid workerId,
        Guid milestoneId,
        IfMatch ifMatch,
        Body<SaidWhy> body,
        SignedIn me,
        CareerStore store
    ) =>
        MilestoneWrite.ChangeAsync(
            store,
            me,
            workerId,
            milestoneId,
            ifMatch,
            w => MilestoneDecisions.Void(w.History, body.Value.Reason, w.Decision)
        );

    public static Task<Results<Answer<MilestoneBody>, Problem>> Contest(
        Guid workerId,
        Guid milestoneId,
        IfMatch ifMatch,
        Body<SaidWhy> body,
        SignedIn me,
        CareerStore store
    ) => AddContest(store, me, workerId, milestoneId, ifMatch, body.Value.Reason, MilestoneContests.Contest);

    public static Task<Results<Answer<MilestoneBody>, Problem>> AnswerContest(
        Guid workerId,
        Guid milestoneId,
        IfMatch ifMatch,
        Body<SaidWhy> body,
        SignedIn me,
        CareerStore store
    ) => AddContest(store, me, workerId, milestoneId, ifMatch, body.Value.Reason, MilestoneContests.Answer);

    /// <summary>Objections and answers add no revision, so the ETag's revision stays.</summary>
    private static Task<Results<Answer<MilestoneBody>, Problem>> AddContest(
        CareerStore store,
        SignedIn me,
        Guid workerId,
        Guid milestoneId,
        IfMatch ifMatch,
        string? reason,
        Contesting decide
    ) =>
        store.ChangeAsync(
            me,
            transaction =>
            {
                var opened = MilestoneWrite.Open(transaction, me, workerId, milestoneId, ifMatch.Revision);
                if (opened.IsRefused)
                {
                    return opened.As<WrittenMilestone>();
                }
                var soFar = opened.Value.Record.Contests.Where(c => c.MilestoneId == milestoneId).ToList();
                var contest = decide(milestoneId, soFar, reason, opened.Value.Decision);
                return contest.IsRefused ? contest.As<WrittenMilestone>() : opened.Value.Save(contest.Value);
            },
            written => Answer.Of(written.Show(), written.Revision)
        );
}
