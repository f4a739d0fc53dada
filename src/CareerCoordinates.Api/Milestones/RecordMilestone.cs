using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

/// <summary>A fact about a worker, to be recorded.</summary>
/// <param name="Type">A milestone type of the framework.</param>
/// <param name="OccurredOn">A day <c>2020-11-30</c>, or a month <c>2020-11</c> or a year <c>1993</c> where only that is known.</param>
/// <param name="Attributes">What was true on that day; the type says which there are. Texts have at most 2,000 characters.</param>
/// <param name="Until">Last day in force, inclusive, in the same forms: never for a point, always for a term.</param>
/// <param name="Evidence">References to proofs kept elsewhere, at most 20, each of at most 200 characters.</param>
/// <param name="Note">At most 2,000 characters.</param>
/// <param name="State"><c>submitted</c>, or left out: what is recorded awaits a second person's verification.</param>
/// <param name="OnBehalf">True: you write down for the worker what he says (代填). You are the recorder, and it is shown.</param>
public sealed record MilestoneToRecord(
    string Type,
    string OccurredOn,
    IReadOnlyDictionary<string, JsonElement> Attributes,
    string? Until = null,
    IReadOnlyList<EvidenceReference>? Evidence = null,
    string? Note = null,
    string? State = null,
    bool OnBehalf = false
)
{
    public MilestoneDraft ToDraft() => new(Type, OccurredOn, Until, Attributes, Evidence ?? [], Note);
}

public sealed class MilestoneToRecordValidator : AbstractValidator<MilestoneToRecord>
{
    public MilestoneToRecordValidator()
    {
        RuleFor(m => m.Type).NotEmpty();
        RuleFor(m => m.OccurredOn).NotEmpty();
    }
}

public static class RecordMilestone
{
    public static readonly RefusalCode RecordedAsSubmitted = new(
        "recorded-as-submitted",
        RefusalKind.Rule,
        "What is recorded is submitted; a second person verifies it (:verify). Leave 'state' out, or give \"submitted\".",
        "登记后即为“已提交”，由另一人核验（:verify）。请去掉 state，或填写 \"submitted\"。"
    );

    private static readonly string Submitted = Codes<MilestoneState>.Of(MilestoneState.Submitted);

    public static async Task<Results<Recorded<MilestoneBody>, Problem>> Handle(
        Guid workerId,
        Body<MilestoneToRecord> body,
        SignedIn me,
        CareerStore store
    )
    {
        if (body.Value.State is { } state && state != Submitted)
        {
            return Problem.Of(new Refusal(RecordedAsSubmitted, "/state"));
        }
        var written = await store.WriteAsync(
            me,
            transaction =>
                Before(transaction, me, workerId, body.Idempotency)
                ?? Record(transaction, me, workerId, body.Value, body.Idempotency),
            request: body.Idempotency
        );
        if (written.IsRefused)
        {
            return Problem.Of(written.Refusals);
        }
        var (milestone, id) = (written.Value, written.Value.MilestoneId);
        return Answer.Recorded($"/api/v1/workers/{workerId}/milestones/{id}", milestone.Show(), milestone.Revision);
    }

    /// <summary>Where the same request came before: what it recorded, as it was then; null where it did not.</summary>
    internal static Outcome<WrittenMilestone>? Before(
        RecordTransaction transaction,
        SignedIn me,
        Guid workerId,
        IdempotencyKey? request
    )
    {
        if (request is null || transaction.FindMilestone(workerId, request) is not { } before)
        {
            return null;
        }
        if (!before.SameRequest)
        {
            return new Refusal(RequestRefusals.IdempotencyKeyReused, "");
        }
        var record = transaction.LockWorker(workerId)!;
        var first = record.RevisionsOf(before.MilestoneId)[0];
        if (
            me.Frameworks.Restricted.GetValueOrDefault(first.Content.Type) is { } restricted
            && me.MayNotRecord(transaction, record, restricted) is { } refusal
        )
        {
            return refusal;
        }
        return new WrittenMilestone(
            record,
            me.Frameworks.Find(first.FrameworkVersion)!,
            first.RecordedAt,
            first.MilestoneId,
            first.Revision,
            Warn: true
        );
    }

    private static Outcome<WrittenMilestone> Record(
        RecordTransaction transaction,
        SignedIn me,
        Guid workerId,
        MilestoneToRecord said,
        IdempotencyKey? request
    )
    {
        var opened = MilestoneWrite.Open(transaction, me, workerId);
        if (opened.IsRefused)
        {
            return opened.As<WrittenMilestone>();
        }
        var decided = Decide(opened.Value, said.ToDraft(), said.OnBehalf);
        return decided.IsRefused ? decided.As<WrittenMilestone>() : opened.Value.Save(decided.Value, warn: true, request);
    }

    /// <summary>The first revision of a new milestone, which is not written yet; the same for one fact and for a row of a sheet.</summary>
    internal static Outcome<MilestoneRevision> Decide(MilestoneWrite write, MilestoneDraft draft, bool onBehalf)
    {
        var content = write.Check(draft);
        if (content.IsRefused)
        {
            return content.As<MilestoneRevision>();
        }
        if (write.MayNotSayOnBehalf(onBehalf) is { } ownWords)
        {
            return ownWords;
        }
        var transaction = write.Transaction;
        var type = transaction.Framework.MilestoneTypes[draft.Type];
        if (write.Me.MayNotRecord(transaction, write.Record, type) is { } refusal)
        {
            return refusal;
        }
        return MilestoneDecisions.Record(
            new Domain.Milestones.RecordMilestone(
                write.Record.Id,
                transaction.NewId(),
                content.Value,
                transaction.Framework.Version,
                CountWith(type, write.Me, write.Record),
                onBehalf
            ),
            write.Decision
        );
    }

    /// <summary>Restricted milestones are counted by themselves: the limit tells nobody that there are some.</summary>
    private static int CountWith(MilestoneType type, SignedIn me, WorkerRecord record)
    {
        var restricted = me.Frameworks.Restricted;
        var isRestricted = restricted.ContainsKey(type.Code);
        return record.MilestoneRevisions.Count(r => r.Revision == 1 && restricted.ContainsKey(r.Content.Type) == isRestricted);
    }
}
