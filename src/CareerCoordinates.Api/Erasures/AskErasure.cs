using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Erasures;

/// <param name="WorkerId">Whom.</param>
/// <param name="Reason">Why, at most 2,000 characters. It stays, so it must not name the person.</param>
public sealed record ErasureToAsk(Guid WorkerId, string Reason);

public static class AskErasure
{
    public static readonly ErasureToAsk Example = new(ErasureBody.Example.WorkerId, ErasureBody.Example.Reason);

    public static async Task<Results<Recorded<ErasureBody>, Problem>> Handle(
        Body<ErasureToAsk> body,
        SignedIn me,
        CareerStore store
    )
    {
        var (workerId, reason) = body.Value;
        var asked = await store.WriteAsync(me, tx => Ask(tx, store.Key, workerId, reason, me.Name), workerId);
        return asked.IsRefused
            ? Problem.Of(asked.Refusals)
            : Answer.Recorded($"/api/v1/erasures/{asked.Value.Id}", ErasureBody.Of(asked.Value), 1);
    }

    internal static Outcome<Erasure> Ask(RecordTransaction tx, KeyEncryptionKey? key, Guid workerId, string? reason, string by)
    {
        var record = Find(tx, workerId);
        if (record.IsRefused)
        {
            return record.As<Erasure>();
        }
        var said = ErasureRules.Reason(reason, record.Value.Revisions.Select(r => r.Content));
        if (said.IsRefused)
        {
            return said.As<Erasure>();
        }
        if (key is null)
        {
            return new Refusal(ErasureRules.NeedsKey, "");
        }
        if (tx.Connection.FindErasureAsked(workerId) is not null)
        {
            return new Refusal(ErasureRules.AskedAlready, "/workerId");
        }
        var asked = new Erasure(tx.NewId(), workerId, ErasureState.Asked, said.Value, tx.RecordedAt, by);
        tx.Add(asked);
        return asked;
    }

    /// <summary>The record of one who is not erased yet, locked. A voided one names a person, too.</summary>
    internal static Outcome<WorkerRecord> Find(RecordTransaction tx, Guid workerId) =>
        tx.LockWorker(workerId) switch
        {
            null => new Refusal(WorkerRules.UnknownWorker, "/workerId"),
            { Revisions: [.., { Content.Erased: true }] } => new Refusal(WorkerRules.WorkerErased, "/workerId"),
            { } record => record,
        };
}
