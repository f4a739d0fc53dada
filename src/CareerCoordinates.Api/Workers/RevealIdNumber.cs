using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Workers;

/// <param name="Reason">What the number is needed for; at most 2,000 characters, without the number itself. It is kept in the audit trail.</param>
public sealed record RevealRequest(string Reason)
{
    public static readonly RevealRequest Example = new("The certificate's office asks for the number on its form.");
}

/// <summary>An ID number in clear: for the one answer, kept nowhere.</summary>
public sealed record RevealedIdNumber(string IdNumber);

public static class RevealIdNumber
{
    public static readonly RefusalCode NoneRecorded = new(
        "no-id-number",
        RefusalKind.NotFound,
        "No ID number is recorded for this worker, so there is none to show.",
        "该职工未登记公民身份号码。"
    );

    public static async Task<Results<Ok<RevealedIdNumber>, Problem>> Handle(
        Guid workerId,
        Body<RevealRequest> body,
        SignedIn me,
        HttpContext context,
        CareerStore store
    )
    {
        var refusals = new List<Refusal>();
        var reason = PlainText.Reason(body.Value.Reason, refusals);
        if (refusals.Count > 0)
        {
            return Problem.Of(refusals);
        }
        // The answer waits for the entry: no entry, no number (503).
        var revealed = await store.Gate.RunAsync(tx => Reveal(tx, store.Key, me, workerId, reason));
        if (revealed.IsRefused)
        {
            return Problem.Of(revealed.Refusals);
        }
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new RevealedIdNumber(revealed.Value.Reveal()));
    }

    private static Outcome<IdNumber> Reveal(
        RecordTransaction tx,
        KeyEncryptionKey? key,
        SignedIn me,
        Guid workerId,
        string reason
    )
    {
        var locked = WorkerLocking.Newest(tx, workerId);
        if (locked.IsRefused)
        {
            return locked.As<IdNumber>();
        }
        if (!LocalUser.Is(me) && !me.Covers(tx.Connection, workerId, locked.Value.AffiliationRevisions, tx.Today))
        {
            return new Refusal(WorkerRules.UnknownWorker, "", workerId);
        }
        if (locked.Value.Revisions[^1].Content.IdNumber is not { } kept)
        {
            return new Refusal(NoneRecorded, "");
        }
        me.Audit(tx, null, workerId, JsonSerializer.Serialize(new { reason }));
        return IdNumbers.Open(tx.Connection, key, workerId, kept);
    }
}
