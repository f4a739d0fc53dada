using System.Text.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <param name="Version">The version that was read: the one in force.</param>
public sealed record Acknowledgement(int Version);

/// <summary>What a worker is told, and that he was told.</summary>
public static class AcknowledgeNotice
{
    public static readonly RefusalCode OtherVersion = new(
        "notice-of-another-version",
        RefusalKind.Conflict,
        "Version {0} of the notice is in force. Read it (GET /api/v1/notice) and acknowledge that one.",
        "现行告知书为第 {0} 版，请阅读（GET /api/v1/notice）后确认该版本。"
    );

    public static readonly Acknowledgement Example = new(1);

    public static Ok<Notice> Read(HttpContext context, Notice notice)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Ok(notice);
    }

    public static async Task<Results<NoContent, Problem>> Handle(
        Body<Acknowledgement> body,
        SignedIn me,
        Notice notice,
        CareerStore store
    )
    {
        if (LocalUser.Is(me))
        {
            return Problem.Of(AccessRefusals.SignInNeeded);
        }
        if (body.Value.Version != notice.Version)
        {
            return Problem.Of(new Refusal(OtherVersion, "/version", notice.Version));
        }
        await store.Gate.RunAsync<bool>(tx =>
        {
            if (tx.Acknowledge(me.Caller.AccountId, notice.Version))
            {
                me.Audit(tx, null, me.Caller.WorkerId, JsonSerializer.Serialize(new { version = notice.Version }));
            }
            return true;
        });
        return TypedResults.NoContent();
    }
}
