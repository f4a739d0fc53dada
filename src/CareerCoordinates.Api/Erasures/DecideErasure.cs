using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Erasures;

/// <param name="Reason">Why not; at most 2,000 characters. It stays.</param>
public sealed record RefuseErasureRequest(string Reason);

public static class DecideErasure
{
    public static async Task<Results<Ok<ErasureBody>, Problem>> Approve(
        Guid erasureId,
        NoBody body,
        SignedIn me,
        CareerStore store,
        ILoggerFactory logs
    )
    {
        var erased = await DecideAsync(
            store,
            me,
            erasureId,
            (tx, asked) =>
                asked.AskedBy == me.Name ? new Refusal(ErasureRules.NeedsAnother, "")
                : tx.Connection.AreOfOneHand(asked.AskedBy, me.Name) ? new Refusal(ErasureRules.NotIndependent, "")
                : Carry(tx, store, asked, me.Name)
        );
        if (erased.IsRefused)
        {
            return Problem.Of(erased.Refusals);
        }
        if (!await store.SweepAsync())
        {
            logs.CreateLogger(nameof(Erasures)).LogWarning("{Warning}", EraseWorker.NotSwept);
        }
        return TypedResults.Ok(ErasureBody.Of(erased.Value));
    }

    /// <summary>The account of the erased person is disabled: it must not be the last administrator's.</summary>
    private static Outcome<Erasure> Carry(RecordTransaction tx, CareerStore store, Erasure asked, string by)
    {
        tx.LockRights();
        var erased = EraseWorker.Carry(tx, store, asked, by);
        return erased.IsRefused || tx.Connection.HasAdministrator() ? erased : new Refusal(AccountRules.LastAdministrator, "");
    }

    public static async Task<Results<Ok<ErasureBody>, Problem>> Refuse(
        Guid erasureId,
        Body<RefuseErasureRequest> body,
        SignedIn me,
        CareerStore store
    )
    {
        var refused = await DecideAsync(
            store,
            me,
            erasureId,
            (tx, asked) =>
            {
                var record = AskErasure.Find(tx, asked.WorkerId);
                if (record.IsRefused)
                {
                    return record.As<Erasure>();
                }
                var reason = ErasureRules.Reason(body.Value.Reason, record.Value.Revisions.Select(r => r.Content));
                return reason.IsRefused ? reason.As<Erasure>() : tx.Decide(asked, ErasureState.Refused, me.Name, reason.Value);
            }
        );
        return refused.IsRefused ? Problem.Of(refused.Refusals) : TypedResults.Ok(ErasureBody.Of(refused.Value));
    }

    private static async Task<Outcome<Erasure>> DecideAsync(
        CareerStore store,
        SignedIn me,
        Guid erasureId,
        Func<RecordTransaction, Erasure, Outcome<Erasure>> decide
    )
    {
        if (store.Reader.OnConnection(c => c.FindErasure(erasureId)) is not { } known)
        {
            return new Refusal(ErasureRules.UnknownErasure, "");
        }
        return await store.WriteAsync(
            me,
            tx =>
            {
                // The worker's lock keeps two decisions apart.
                tx.LockWorker(known.WorkerId);
                var asked = tx.Connection.FindErasure(erasureId)!;
                return asked.State == ErasureState.Asked ? decide(tx, asked) : new Refusal(ErasureRules.DecidedAlready, "");
            },
            known.WorkerId
        );
    }
}
