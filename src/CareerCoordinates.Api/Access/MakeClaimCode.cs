using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <summary>A code for a worker, told this once.</summary>
/// <param name="Name">The worker's name; it is asked for together with the code, written so.</param>
/// <param name="Account">The account whose password the code sets; null where it makes one.</param>
/// <param name="Code">Eight digits, in two groups.</param>
/// <param name="Link">Opens the page for it with the code filled in; the part after # is sent to no server.</param>
/// <param name="Qr">The link as a QR code: an SVG image.</param>
public sealed record ClaimCodeBody(
    Guid WorkerId,
    string Name,
    string? StaffNumber,
    string? Account,
    string Code,
    Instant EndsAt,
    string Link,
    string Qr
)
{
    public static readonly ClaimCodeBody Example = Of(
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4b01"),
        "马兰",
        "D-0042",
        null,
        "12345678",
        new Instant(1_796_536_800_000_000),
        "http://localhost:5080"
    ) with
    {
        // The image itself would fill a page of the document.
        Qr = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 37 37"><path d="M4 4h7v1H4zM12 4h1v1H12z"/></svg>""",
    };

    public static ClaimCodeBody Of(
        Guid workerId,
        string name,
        string? staffNumber,
        string? account,
        string code,
        Instant endsAt,
        string host
    )
    {
        var link = $"{host}/claim#{code}";
        return new(workerId, name, staffNumber, account, $"{code[..4]} {code[4..]}", endsAt, link, QrCode.SvgOf(link));
    }
}

/// <summary>An officer gives one worker a code: to make his account, or for a new password.</summary>
public static class MakeClaimCode
{
    public static readonly RefusalCode AccountDisabled = new(
        "account-disabled",
        RefusalKind.Conflict,
        "The worker's account is disabled, and a code would not open it. An administrator enables it again.",
        "该职工的账号已停用，激活码不能启用，请联系管理员。"
    );
    public static readonly RefusalCode CodeTaken = new(
        "claim-code-taken",
        RefusalKind.Conflict,
        "By chance the code is another's of the same name. Ask again for another one.",
        "激活码碰巧与同名职工的相同，请重新生成。"
    );

    public static async Task<Results<Created<ClaimCodeBody>, Problem>> Handle(
        Guid workerId,
        NoBody body,
        SignedIn me,
        HttpContext context,
        CareerStore store,
        Passwords passwords
    )
    {
        if (store.Reader.ReadWorkerOnly(workerId) is not [.., var worker])
        {
            return Problem.Of(WorkerRules.UnknownWorker, workerId);
        }
        var code = ClaimCodes.NewCode();
        var hash = await passwords.HashCodeAsync(worker.Content.Name, code, isKnown: true);
        var outcome = await store.WriteAsync(me, tx => Give(tx, workerId, hash, me.Name), workerId);
        if (outcome.IsRefused)
        {
            return Problem.Of(outcome.Refusals);
        }
        var (endsAt, account) = outcome.Value;
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created(
            (string?)null,
            ClaimCodeBody.Of(workerId, worker.Content.Name, null, account, code, endsAt, HostOf(context))
        );
    }

    /// <summary>Keeps the code's hash in place of an older one; answers until when it is good, and for which account.</summary>
    internal static Outcome<(Instant EndsAt, string? Account)> Give(RecordTransaction tx, Guid workerId, byte[] hash, string by)
    {
        if (!WorkerReferences.Exists(tx, workerId))
        {
            var isErased = tx.Connection.ReadWorkerOnly(workerId) is [.., { Content.Erased: true }];
            return new Refusal(isErased ? WorkerRules.WorkerErased : WorkerRules.WorkerVoided, "");
        }
        var accounts = tx.Connection.FindAccountsOf(workerId);
        if (accounts.Count > 0 && accounts.All(a => a.Disabled))
        {
            return new Refusal(AccountDisabled, "");
        }
        if (accounts.Any(a => tx.Connection.HasRoles(a.Id)))
        {
            return new Refusal(AccountRules.HasRoles, "");
        }
        if (tx.Connection.FindClaimCode(hash) is { } other && other.WorkerId != workerId)
        {
            return new Refusal(CodeTaken, "");
        }
        var endsAt = tx.RecordedAt.Plus(ClaimCodes.Last);
        tx.Add(new ClaimCode(workerId, hash, endsAt, by));
        return (endsAt, accounts.FirstOrDefault(a => !a.Disabled)?.Name);
    }

    /// <summary>The address by which this server was asked is the one that the worker can reach, for now.</summary>
    internal static string HostOf(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
