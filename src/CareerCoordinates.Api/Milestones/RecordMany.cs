using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

/// <summary>One of those to whom it happened.</summary>
/// <param name="Attributes">What was so of him; it goes before the common attribute of the same code.</param>
/// <param name="Evidence">Proofs of his own, besides the common ones.</param>
/// <param name="Note">Instead of the common note; at most 2,000 characters.</param>
public sealed record WorkerOfEvent(
    Guid WorkerId,
    IReadOnlyDictionary<string, JsonElement>? Attributes = null,
    IReadOnlyList<EvidenceReference>? Evidence = null,
    string? Note = null
);

/// <summary>One event, such as a course or a competition, that happened to many.</summary>
/// <param name="Type">A milestone type of the framework.</param>
/// <param name="OccurredOn">A day, or a month or a year where only that is known, of all of them.</param>
/// <param name="Workers">1 to 500, nobody twice.</param>
/// <param name="Attributes">What was so of all.</param>
/// <param name="Until">Last day in force, inclusive: never for a point, always for a term.</param>
/// <param name="Evidence">References to proofs kept elsewhere that stand for all.</param>
/// <param name="Note">At most 2,000 characters.</param>
public sealed record EventToRecord(
    string Type,
    string OccurredOn,
    IReadOnlyList<WorkerOfEvent> Workers,
    IReadOnlyDictionary<string, JsonElement>? Attributes = null,
    string? Until = null,
    IReadOnlyList<EvidenceReference>? Evidence = null,
    string? Note = null
)
{
    public MilestoneDraft DraftFor(WorkerOfEvent worker)
    {
        var attributes = new Dictionary<string, JsonElement>(Attributes ?? new Dictionary<string, JsonElement>());
        foreach (var (code, own) in worker.Attributes ?? new Dictionary<string, JsonElement>())
        {
            attributes[code] = own;
        }
        return new(Type, OccurredOn, Until, attributes, [.. Evidence ?? [], .. worker.Evidence ?? []], worker.Note ?? Note);
    }

    /// <summary>Where in this request stands what a refusal of one milestone points at.</summary>
    public string PlaceOf(string pointer, int at)
    {
        var (worker, common) = (Workers[at], Evidence?.Count ?? 0);
        var own = $"/workers/{at}";
        return pointer.Split('/') switch
        {
            [""] => own,
            ["", "attributes", var code, ..] when worker.Attributes?.ContainsKey(Pointers.Unescape(code)) is true => own
                + pointer,
            ["", "note"] when worker.Note is not null => own + pointer,
            ["", "evidence", var number, .. var rest] when int.TryParse(number, out var n) && n >= common =>
                $"{own}/evidence/{string.Join('/', [$"{n - common}", .. rest])}",
            _ => pointer,
        };
    }
}

public sealed class EventToRecordValidator : AbstractValidator<EventToRecord>
{
    public EventToRecordValidator()
    {
        RuleFor(e => e.Type).NotEmpty();
        RuleFor(e => e.OccurredOn).NotEmpty();
        RuleFor(e => e.Workers).NotEmpty().AtMost(Limits.RecordedAtOnce);
        RuleFor(e => e.Workers)
            .Custom(
                (workers, context) =>
                {
                    var seen = new HashSet<Guid>();
                    for (var i = 0; i < (workers?.Count ?? 0); i++)
                    {
                        if (!seen.Add(workers![i].WorkerId))
                        {
                            context.AddFailure(
                                new ValidationFailure($"Workers[{i}].WorkerId", "") { CustomState = RecordMany.NamedTwice }
                            );
                        }
                    }
                }
            );
    }
}

/// <summary>What came of one worker.</summary>
/// <param name="Status">201; 200 where the record said so already; or the status that the refusal has by itself.</param>
/// <param name="MilestoneId">What was recorded, or said so already; null where refused.</param>
/// <param name="Etag">What the next change needs; null where refused.</param>
/// <param name="Warnings">What to look at.</param>
/// <param name="Code">Why it was refused; stable for ever.</param>
/// <param name="Detail">The same in the language asked for.</param>
/// <param name="Errors">Every fault found, with its place in the request; empty where nothing is refused.</param>
public sealed record RecordingBody(
    Guid WorkerId,
    int Status,
    Guid? MilestoneId,
    int? Revision,
    string? Etag,
    IReadOnlyList<WarningBody> Warnings,
    string? Code,
    string? Detail,
    IReadOnlyList<ProblemFault> Errors
);

/// <summary>One result for each worker, in the order of the request.</summary>
public sealed record RecordingsBody(IReadOnlyList<RecordingBody> Items);

public static class RecordMany
{
    public static readonly RefusalCode NamedTwice = new(
        "worker-named-twice",
        RefusalKind.Shape,
        "The same worker stands in the list twice. Name everybody once.",
        "名单中有重复的职工，每人只能出现一次。"
    );

    /// <summary>
    /// Each is a write of its own: one that is refused holds up no other. What the record says already is not recorded again, so that a
    /// list that was mended can be sent again as a whole.
    /// </summary>
    public static async Task<Results<Ok<RecordingsBody>, Problem>> Handle(
        Body<EventToRecord> body,
        HttpContext http,
        SignedIn me,
        CareerStore store
    )
    {
        if (body.Idempotency is { } key && await IsReusedAsync(store, key))
        {
            return Problem.Of(RequestRefusals.IdempotencyKeyReused);
        }
        var (said, language) = (body.Value, Languages.Of(http));
        var results = await Task.WhenAll(
            said.Workers.Select(
                async (worker, i) =>
                {
                    var written = await store.WriteAsync(
                        me,
                        tx => Record(tx, me, said, worker, body.Idempotency),
                        worker.WorkerId,
                        body.Idempotency
                    );
                    return Result(said, i, written, language);
                }
            )
        );
        return TypedResults.Ok(new RecordingsBody(results));
    }

    /// <summary>
    /// Whether the key came with another body before. What it recorded is found by its workers; that it came is kept besides, since another
    /// body may name others.
    /// </summary>
    private static async Task<bool> IsReusedAsync(CareerStore store, IdempotencyKey key) =>
        (
            await store.Gate.RunAsync<bool>(tx =>
            {
                if (tx.FindAnswer(key) is { } before)
                {
                    return !before.SameRequest;
                }
                tx.Keep(key, new StoredAnswer(StatusCodes.Status200OK, "", []));
                return false;
            })
        ).Value;

    private static Outcome<WrittenMilestone> Record(
        RecordTransaction transaction,
        SignedIn me,
        EventToRecord said,
        WorkerOfEvent worker,
        IdempotencyKey? request
    )
    {
        if (RecordMilestone.Before(transaction, me, worker.WorkerId, request) is { } before)
        {
            return before;
        }
        var opened = MilestoneWrite.Open(transaction, me, worker.WorkerId);
        if (opened.IsRefused)
        {
            return opened.As<WrittenMilestone>();
        }
        var write = opened.Value;
        var decided = RecordMilestone.Decide(write, said.DraftFor(worker), onBehalf: false);
        return decided.IsRefused ? decided.As<WrittenMilestone>()
            : write.SameAs(decided.Value.Content) is { } same ? write.AsItIs(same)
            : write.Save(decided.Value, warn: true, request);
    }

    private static RecordingBody Result(EventToRecord said, int at, Outcome<WrittenMilestone> outcome, Language language)
    {
        var worker = said.Workers[at].WorkerId;
        if (outcome.IsRefused)
        {
            var first = outcome.Refusals[0];
            return new(
                worker,
                Problem.StatusOf(first.Code),
                null,
                null,
                null,
                [],
                first.Code.Code,
                Problem.Text(first, language),
                [
                    .. outcome.Refusals.Select(r => new ProblemFault(
                        said.PlaceOf(r.Pointer, at),
                        r.Code.Code,
                        Problem.Text(r, language)
                    )),
                ]
            );
        }
        var made = outcome.Value.Show();
        return new(
            worker,
            outcome.Value.IsNew ? 201 : 200,
            made.Id,
            made.Revision,
            EntityTag.Of(made.Revision, made),
            made.Warnings,
            null,
            null,
            []
        );
    }
}
