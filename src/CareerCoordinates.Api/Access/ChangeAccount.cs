using System.Text.Json;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <param name="OrganizationId">The root of the subtree; absent: the whole tree. An administrator or auditor is always one for the whole tree.</param>
/// <param name="Acts">The framework's bodies for which it speaks: those whose milestones a verifier judges, and whose restricted ones he or an officer sees.</param>
public sealed record NewGrant(Role Role, Guid? OrganizationId = null, IReadOnlyList<string>? Acts = null);

/// <summary>A password that an administrator sets, to be changed by its owner.</summary>
public sealed record NewPassword(string Password);

public sealed class NewPasswordValidator : AbstractValidator<NewPassword>
{
    public NewPasswordValidator() => RuleFor(r => r.Password).NotEmpty().MaximumLength(Passwords.Longest);
}

/// <summary>What an administrator changes about another's account; each takes effect on the account's next request.</summary>
public static class ChangeAccount
{
    public static readonly NewGrant GrantExample = new(Role.Officer, Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a00"));

    public static Task<Results<Ok<AccountBody>, Problem>> Grant(
        Guid accountId,
        Body<NewGrant> body,
        SignedIn me,
        CareerStore store
    ) =>
        Change(
            store,
            me,
            accountId,
            (tx, account) =>
            {
                var grant = new RoleGrant(tx.NewId(), body.Value.Role, body.Value.OrganizationId, body.Value.Acts ?? []);
                if (AccountRules.CheckGrant(tx.Framework, grant, tx.Connection.ReadGrants(accountId)) is { } refusal)
                {
                    return refusal;
                }
                if (
                    grant.OrganizationId is { } root
                    && OrganizationHistory.On(tx.Connection.ReadOrganization(root), tx.Today, Instant.Never)
                        is not { Voided: false }
                )
                {
                    return new Refusal(AccountRules.OrganizationUnknown, "/organizationId", root);
                }
                tx.Add(accountId, grant, me.Name);
                return new Changed(grant);
            }
        );

    public static Task<Results<Ok<AccountBody>, Problem>> Revoke(
        Guid accountId,
        Guid grantId,
        NoBody body,
        SignedIn me,
        CareerStore store
    ) =>
        Change(
            store,
            me,
            accountId,
            (tx, account) =>
            {
                var held = tx.Connection.ReadGrants(accountId).FirstOrDefault(g => g.Grant.Id == grantId && g.RevokedAt is null);
                if (held is null)
                {
                    return new Refusal(AccountRules.UnknownGrant, "", grantId);
                }
                tx.Revoke(accountId, grantId, me.Name);
                return tx.Connection.HasAdministrator()
                    ? new Changed(held.Grant, tx.RevokeTokensBeyondGrants(account.Name, accountId, me.Name))
                    : new Refusal(AccountRules.LastAdministrator, "");
            }
        );

    public static Task<Results<Ok<AccountBody>, Problem>> Disable(Guid accountId, NoBody body, SignedIn me, CareerStore store) =>
        Change(
            store,
            me,
            accountId,
            (tx, account) =>
            {
                tx.SetDisabled(accountId, true);
                tx.EndAll(accountId);
                return tx.Connection.HasAdministrator()
                    ? new Changed(RevokedTokens: tx.RevokeTokensBeyondGrants(account.Name, accountId, me.Name))
                    : new Refusal(AccountRules.LastAdministrator, "");
            }
        );

    public static Task<Results<Ok<AccountBody>, Problem>> Enable(Guid accountId, NoBody body, SignedIn me, CareerStore store) =>
        Change(
            store,
            me,
            accountId,
            (tx, account) =>
            {
                tx.SetDisabled(accountId, false);
                return new Changed();
            }
        );

    public static async Task<Results<Ok<AccountBody>, Problem>> SetPassword(
        Guid accountId,
        Body<NewPassword> body,
        SignedIn me,
        CareerStore store,
        Passwords passwords
    )
    {
        var name = store.Reader.OnConnection(c => c.FindAccount(accountId))?.Name ?? "";
        if (Passwords.Check(name, body.Value.Password, "/password") is { } weak)
        {
            return Problem.Of(weak);
        }
        var hash = await passwords.HashAsync(name, body.Value.Password);
        return await Change(
            store,
            me,
            accountId,
            (tx, account) =>
            {
                if (account.WorkerId is not null && !tx.Connection.HasRoles(accountId))
                {
                    return new Refusal(AccountRules.WorkersOwn, "");
                }
                tx.SetPassword(accountId, hash, me.Name);
                tx.EndAll(accountId);
                return new Changed();
            }
        );
    }

    /// <summary>What the audit trail tells of a change: the grant that it gave or took away, if it is about one, and the tokens that it ended.</summary>
    private sealed record Changed(RoleGrant? Grant = null, IReadOnlyList<string>? RevokedTokens = null)
    {
        public string Details(Account account)
        {
            var details = new Dictionary<string, object?> { ["account"] = account.Name };
            if (Grant is { } grant)
            {
                details["grantId"] = grant.Id;
                details["role"] = grant.Role;
                details["organizationId"] = grant.OrganizationId;
                details["acts"] = grant.Acts;
            }
            if (RevokedTokens is { Count: > 0 })
            {
                details["revokedTokens"] = RevokedTokens;
            }
            return JsonSerializer.Serialize(details, ApiJson.Options);
        }
    }

    private static async Task<Results<Ok<AccountBody>, Problem>> Change(
        CareerStore store,
        SignedIn me,
        Guid accountId,
        Func<RecordTransaction, Account, Outcome<Changed>> change
    )
    {
        var outcome = await store.Gate.RunAsync<AccountBody>(tx =>
        {
            tx.LockRights();
            if (tx.Connection.FindAccount(accountId) is not { } account)
            {
                return new Refusal(AccountRules.UnknownAccount, "", accountId);
            }
            if (accountId == me.Caller.AccountId)
            {
                return new Refusal(AccountRules.NotOneself, "");
            }
            var changed = change(tx, account);
            if (changed.IsRefused)
            {
                return changed.As<AccountBody>();
            }
            me.Audit(tx, null, account.WorkerId, changed.Value.Details(account));
            return AccountBody.Of(tx.Connection.FindAccount(accountId)!, tx.Connection.ReadGrants(accountId));
        });
        return outcome.IsRefused ? Problem.Of(outcome.Refusals) : TypedResults.Ok(outcome.Value);
    }
}
