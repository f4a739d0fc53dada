using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Workers;

/// <summary>What is absent stays, null takes away, a value sets.</summary>
public sealed record WorkerPatch(
    Optional<string?> Number = default,
    Optional<string> Name = default,
    Optional<DateOnly?> CareerStart = default,
    Optional<DateOnly?> BirthDate = default,
    Optional<string?> Gender = default,
    Optional<bool?> MigrantWorker = default,
    Optional<string?> IdNumber = default,
    string? Reason = null
)
{
    public WorkerContent On(WorkerContent c) =>
        new(
            Number.Or(c.Number),
            Name.Or(c.Name),
            CareerStart.Or(c.CareerStart),
            BirthDate.Or(c.BirthDate),
            Gender.Or(c.Gender),
            MigrantWorker.Or(c.MigrantWorker),
            c.IdNumber
        );
}

public sealed class WorkerPatchValidator : AbstractValidator<WorkerPatch>
{
    public WorkerPatchValidator() => RuleFor(p => p.Reason).MaximumLength(Limits.Reason).WithoutIdNumber();
}

public static class ChangeWorker
{
    public static Task<Results<Answer<WorkerBody>, Problem>> Handle(
        Guid workerId,
        Body<WorkerPatch> body,
        IfMatch ifMatch,
        SignedIn me,
        CareerStore store
    ) =>
        store
            .ChangeAsync<WorkerBody>(
                me,
                tx =>
                {
                    var locked = WorkerLocking.Newest(tx, workerId);
                    if (locked.IsRefused)
                    {
                        return locked.As<Answer<WorkerBody>>();
                    }
                    var view = locked.Value.At(Instant.Never)!;
                    if (ifMatch.Check(view.Worker.Number) is { } stale)
                    {
                        return stale;
                    }
                    var decided = Decide(tx, store.Key, view, body.Value);
                    if (decided.IsRefused)
                    {
                        return decided.As<Answer<WorkerBody>>();
                    }
                    if (!decided.Value.IsChangeOf(view.Worker.Content))
                    {
                        // Nothing changes, so nothing is superseded.
                        return Answer.Of(WorkerBody.Of(view.Worker), view.Worker.Number);
                    }
                    var content = decided.Value.Seal(tx, store.Key);
                    var next = view.Worker.Next(content, body.Value.Reason, tx.RecordedAt, me.Name);
                    tx.Add(next);
                    return Answer.Of(WorkerBody.Of(next), next.Number);
                }
            )
            .OrNoteAsync(store, me, body.Value.IdNumber.Or(null));

    /// <summary>What a locked worker would be after the change; the same for one request and for a row of a sheet.</summary>
    internal static Outcome<DecidedWorker> Decide(
        RecordTransaction tx,
        KeyEncryptionKey? key,
        WorkerView view,
        WorkerPatch patch
    ) =>
        RecordWorker.Decide(
            tx,
            key,
            view.Worker.Id,
            patch.On(view.Worker.Content),
            patch.IdNumber,
            view.Worker.Content.BirthDate,
            EarliestFact(view)
        );

    /// <summary>The first day that any milestone or affiliation of the worker speaks of.</summary>
    internal static DateOnly? EarliestFact(WorkerView view) =>
        view
            .Affiliations.Select(a => (DateOnly?)a.Content.From)
            .Concat(view.Counting.Select(m => (DateOnly?)m.OccurredOn.Last))
            .Concat(view.Milestones.Where(MayStillCount).Select(m => (DateOnly?)m.Newest.Content.OccurredOn.Last))
            .Min();

    /// <summary>What is submitted is verified as it stands; its day was checked against the birth date when it was recorded.</summary>
    private static bool MayStillCount(Milestone milestone) => milestone.Newest.State == MilestoneState.Submitted;
}

public static class WorkerLocking
{
    /// <summary>The whole record of a worker, locked, if he exists and is neither voided nor erased.</summary>
    public static Outcome<WorkerRecord> Newest(RecordTransaction tx, Guid workerId) =>
        tx.LockWorker(workerId) switch
        {
            null => new Refusal(WorkerRules.UnknownWorker, "", workerId),
            { Revisions: [.., { Content.Erased: true }] } => new Refusal(WorkerRules.WorkerErased, ""),
            { Revisions: [.., { Voided: true }] } => new Refusal(WorkerRules.WorkerVoided, "", workerId),
            { } record => record,
        };
}
