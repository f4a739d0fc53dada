using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Affiliations;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Workers;

/// <param name="Number">The district's own number; unique.</param>
/// <param name="CareerStart">First entry into the trade; without it stage and years are unknown.</param>
/// <param name="Gender"><c>female</c> or <c>male</c>.</param>
/// <param name="IdNumber">18 characters (GB 11643), optional. It is kept sealed and only ever shown masked.</param>
/// <param name="Affiliation">The first affiliation, at an organisation of the tree.</param>
public sealed record NewWorker(
    string Name,
    NewAffiliation Affiliation,
    string? Number = null,
    DateOnly? CareerStart = null,
    DateOnly? BirthDate = null,
    string? Gender = null,
    bool? MigrantWorker = null,
    string? IdNumber = null
)
{
    internal WorkerContent Content => new(Number, Name, CareerStart, BirthDate, Gender, MigrantWorker);
}

public sealed class NewWorkerValidator : AbstractValidator<NewWorker>
{
    public NewWorkerValidator() => RuleFor(r => r.Name).NotEmpty();
}

public static class RecordWorker
{
    public static readonly NewWorker Example = new(
        "马岚",
        new NewAffiliation(
            AffiliationKind.LabourContract,
            new DateOnly(2012, 7, 1),
            Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a01"),
            StaffNumber: "0042",
            EmploymentForm: "employee",
            OccupationCode: "6-18-01-01"
        ),
        "CY-000123",
        new DateOnly(2012, 7, 1),
        new DateOnly(1990, 2, 14),
        "female",
        false
    );

    public static Task<Results<Recorded<WorkerBody>, Problem>> Handle(Body<NewWorker> body, SignedIn me, CareerStore store) =>
        store
            .RecordAsync(me, Blinded(body, store.Key), tx => Record(tx, me, body.Value, store.Key))
            .OrNoteAsync(store, me, body.Value.IdNumber);

    /// <summary>What is kept of a request with an ID number must not help to find the number.</summary>
    private static IdempotencyKey? Blinded(Body<NewWorker> body, KeyEncryptionKey? key) =>
        body is { Idempotency: { } sent, Value.IdNumber: not null } && key is not null
            ? sent with
            {
                RequestHash = key.Blind(sent.RequestHash),
            }
            : body.Idempotency;

    private static Outcome<Recorded<WorkerBody>> Record(RecordTransaction tx, SignedIn me, NewWorker asked, KeyEncryptionKey? key)
    {
        var decided = DecideNew(tx, me, asked, key);
        if (decided.IsRefused)
        {
            return decided.As<Recorded<WorkerBody>>();
        }
        var (worker, first) = decided.Value.Save(tx, me, key);
        var answer = WorkerBody.Of(worker) with { Affiliation = AffiliationBody.Of(worker.Id, first) };
        return Answer.Recorded($"/api/v1/workers/{worker.Id}", answer, 1);
    }

    /// <summary>A new worker with his first affiliation, not written yet; the same for one request and for a row of a sheet.</summary>
    internal static Outcome<DecidedHire> DecideNew(RecordTransaction tx, SignedIn me, NewWorker asked, KeyEncryptionKey? key)
    {
        var idNumber = asked.IdNumber is null ? default : new Optional<string?>(asked.IdNumber);
        var worker = Decide(tx, key, tx.NewId(), asked.Content, idNumber);
        if (worker.IsRefused)
        {
            return worker.As<DecidedHire>();
        }
        var affiliationId = tx.NewId();
        var affiliation = AffiliationWriting.DecideFirst(tx, me, worker.Value.Content, affiliationId, asked.Affiliation.Content);
        return affiliation.IsRefused
            ? affiliation.As<DecidedHire>()
            : new DecidedHire(worker.Value, affiliationId, affiliation.Value);
    }

    /// <summary>What may be recorded about the worker, the district's number and the ID number included.</summary>
    internal static Outcome<DecidedWorker> Decide(
        RecordTransaction tx,
        KeyEncryptionKey? key,
        Guid id,
        WorkerContent candidate,
        Optional<string?> idNumber,
        DateOnly? birthDateBefore = null,
        DateOnly? earliestFact = null
    )
    {
        var check = WorkerRules.Check(candidate, tx.Today, earliestFact);
        if (check.IsRefused)
        {
            return check.As<DecidedWorker>();
        }
        return check.Value.Number is { } number && UniqueNumbers.OtherHolder(tx, number, id) is not null
            ? new Refusal(WorkerRules.NumberTaken, "/number", number)
            : WorkerIdNumber.Decide(tx, key, id, check.Value, idNumber, birthDateBefore);
    }
}

/// <summary>A new worker with his first affiliation: decided, not written.</summary>
internal sealed record DecidedHire(DecidedWorker Worker, Guid AffiliationId, AffiliationContent Affiliation)
{
    public (Revision<WorkerContent> Worker, Revision<AffiliationContent> Affiliation) Save(
        RecordTransaction tx,
        SignedIn me,
        KeyEncryptionKey? key
    )
    {
        var worker = new Revision<WorkerContent>(Worker.Id, 1, false, Worker.Seal(tx, key), null, tx.RecordedAt, me.Name);
        tx.Add(worker);
        var first = new Revision<AffiliationContent>(AffiliationId, 1, false, Affiliation, null, tx.RecordedAt, me.Name);
        tx.Add(worker.Id, first);
        return (worker, first);
    }
}
