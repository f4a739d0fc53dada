using System.Text;
using System.Text.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <param name="Name">The worker's name as it stands on the slip.</param>
/// <param name="Code">The eight digits; blanks and hyphens among them do not matter.</param>
/// <param name="Password">12 to 200 characters.</param>
/// <param name="Account">The name wanted for the account; not needed where the worker has one, whose name stays.</param>
public sealed record AccountClaim(string Name, string Code, string Password, string? Account = null);

public sealed class AccountClaimValidator : AbstractValidator<AccountClaim>
{
    public AccountClaimValidator()
    {
        RuleFor(r => r.Name).NotEmpty().MaximumLength(Limits.WorkerName);
        RuleFor(r => r.Code).NotEmpty().MaximumLength(20);
        RuleFor(r => r.Password).NotEmpty().MaximumLength(Passwords.Longest);
        RuleFor(r => r.Account).MaximumLength(AccountRules.LongestName);
    }
}

/// <param name="Account">With this name and the password one signs in now.</param>
/// <param name="Made">True where the account is new; false where an older one has a new password.</param>
public sealed record ClaimedBody(string Account, bool Made);

/// <summary>A worker gets in: by name and code he makes his account, or sets the password that he forgot.</summary>
public static class ClaimAccount
{
    public static readonly RefusalCode ClaimRefused = new(
        "claim-refused",
        RefusalKind.Shape,
        "Name and code do not belong together, or the code was used, replaced or has ended, as by a transfer. Write the name as on the slip, or ask your officer for a new code.",
        "姓名与激活码不符，或激活码已使用、已被替换、已过期，或因调动失效。请按领取单填写姓名，或向本单位工作人员领取新的激活码。"
    );
    public static readonly RefusalCode NotEightDigits = new(
        "claim-code-malformed",
        RefusalKind.Shape,
        "A claim code has {0} digits, such as 1234 5678. Type it as it stands on the slip.",
        "激活码为 {0} 位数字，例如 1234 5678，请按领取单填写。"
    );
    public static readonly RefusalCode AccountNeeded = new(
        "account-name-needed",
        RefusalKind.Rule,
        "You have no account yet. Choose a name for it in 'account'; the code stays good.",
        "您还没有账号，请在 account 中填写账号名；激活码仍然有效。"
    );

    public static readonly AccountClaim Example = new("马兰", "1234 5678", "a sentence that only I know", "ma.lan");

    /// <summary>
    /// Failures of one name from all addresses together that are not held up: thousands may share a common name, and whoever has
    /// many addresses must not try all their codes.
    /// </summary>
    public const int FreeFailuresOfName = 100;

    /// <summary>No account has such a name: claims are counted apart from sign-ins.</summary>
    private const string Counted = " claim ";

    public static async Task<Results<Ok<ClaimedBody>, Problem>> Handle(
        Body<AccountClaim> body,
        HttpContext context,
        CareerStore store,
        Passwords passwords,
        SignInThrottle throttle,
        RefusedAttempts refused
    )
    {
        var (name, written, password, wanted) = body.Value;
        var code = DigitsOf(written);
        var faults = new[]
        {
            code is null ? new Refusal(NotEightDigits, "/code", ClaimCodes.Digits) : null,
            wanted is null ? null : AccountRules.CheckName(wanted, "/account"),
            Passwords.Check(wanted ?? "", password, "/password"),
        };
        if (faults.OfType<Refusal>().ToList() is { Count: > 0 } refusals)
        {
            return Problem.Of(refusals);
        }
        var address = ClientAddress.Of(context);
        var counted = Counted + ClaimCodes.Plain(name);
        var wait = throttle.Try(Counted, address);
        wait = wait > TimeSpan.Zero ? wait : throttle.Try(counted, "", FreeFailuresOfName);
        if (wait > TimeSpan.Zero)
        {
            return SignInWithPassword.TooSoon(context, wait);
        }
        var hash = await passwords.HashCodeAsync(name, code!, isKnown: false);
        if (store.Reader.InSnapshot(c => Find(c, hash, store.Clock.ProcessNow, store.Today())) is not var (_, account))
        {
            await refused.NoteAsync("claimRefused", "", address);
            return Problem.Of(ClaimRefused);
        }
        throttle.Succeeded(Counted, address);
        throttle.Succeeded(counted, "");
        if ((account?.Name ?? wanted) is not { } accountName)
        {
            return Problem.Of(new Refusal(AccountNeeded, "/account"));
        }
        if (Passwords.Check(accountName, password, "/password") is { } weak)
        {
            return Problem.Of(weak);
        }
        var passwordHash = await passwords.HashAsync(accountName, password);
        var outcome = await store.Gate.RunAsync(tx => Claim(tx, hash, accountName, passwordHash));
        if (outcome.IsRefused)
        {
            return Problem.Of(outcome.Refusals);
        }
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(outcome.Value);
    }

    private static Outcome<ClaimedBody> Claim(RecordTransaction tx, byte[] hash, string name, string passwordHash)
    {
        if (Find(tx.Connection, hash, tx.RecordedAt, tx.Today) is not var (code, account))
        {
            return new Refusal(ClaimRefused, "");
        }
        if (account is null && tx.Connection.FindAccount(name) is not null)
        {
            return new Refusal(AccountRules.NameTaken, "/account", name);
        }
        // Of two claims with one code at the same time one gets through.
        if (!tx.Use(code))
        {
            return new Refusal(ClaimRefused, "");
        }
        if (account is null)
        {
            tx.Add(new Account(tx.NewId(), name, passwordHash, code.WorkerId, false, tx.RecordedAt, code.MadeBy, name));
        }
        else
        {
            tx.SetPassword(account.Id, passwordHash, account.Name);
            tx.EndAll(account.Id);
        }
        var made = account is null;
        var details = JsonSerializer.Serialize(new { made, codeBy = code.MadeBy });
        tx.Audit(account?.Name ?? name, "claimAccount", code.WorkerId, details);
        return new ClaimedBody(account?.Name ?? name, made);
    }

    /// <summary>The code, and the account whose password it sets; null where the code opens nothing.</summary>
    private static (ClaimCode Code, Account? Account)? Find(RecordConnection connection, byte[] hash, Instant now, DateOnly today)
    {
        if (
            connection.FindClaimCode(hash) is not { } code
            || now >= code.EndsAt
            || !WorkerReferences.Exists(connection, code.WorkerId)
            || !MayStillGive(connection, code, today)
        )
        {
            return null;
        }
        // A disabled account is an administrator's decision, which no code takes back; nor does one open what has roles by now.
        var accounts = connection.FindAccountsOf(code.WorkerId);
        var enabled = accounts.FirstOrDefault(a => !a.Disabled);
        return (accounts.Count > 0 && enabled is null) || accounts.Any(a => connection.HasRoles(a.Id)) ? null : (code, enabled);
    }

    /// <summary>
    /// Whether who made the code could make it now: a transfer of the worker, a revoked grant and a disabled account end what they
    /// leave behind. The local user could give to everybody, and nobody revokes him.
    /// </summary>
    private static bool MayStillGive(RecordConnection connection, ClaimCode code, DateOnly today) =>
        code.MadeBy == LocalUser.Name
        || (
            connection.FindCaller(code.MadeBy) is { } giver
            && connection.Covers(giver.ScopeOf(Right.GiveClaimCodes), connection.ReadAffiliations(code.WorkerId), today)
        );

    private static string? DigitsOf(string written)
    {
        var digits = string.Concat(PlainText.Alike(written).Where(c => !char.IsWhiteSpace(c) && c is not '-'));
        return digits.Length == ClaimCodes.Digits && digits.All(char.IsAsciiDigit) ? digits : null;
    }
}
