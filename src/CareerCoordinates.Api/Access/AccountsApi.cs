using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Access;

/// <summary><c>/accounts</c> and <c>/audit-entries</c>: who may do what, and who did.</summary>
public static class AccountsApi
{
    public static RouteGroupBuilder MapAccounts(this RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags(ApiDocument.Access);
        accounts
            .MapGet("", ReadAccounts.HandleList)
            .Needs(Right.KeepAccounts)
            .WithName("listAccounts")
            .WithSummary("All accounts")
            .WithDescription("In order of name, with the roles that hold now.");
        accounts
            .MapPost("", RecordAccount.Handle)
            .Needs(Right.KeepAccounts)
            .WithName("recordAccount")
            .WithSummary("Make an account")
            .WithDescription(
                "Without a role it may do nothing. A worker makes his own account, by the claim code that his officer gives him."
            )
            .WithBodyExample(() => RecordAccount.Example)
            .WithAnswerExample(() => AccountBody.Example);
        accounts
            .MapGet("/{accountId:guid}", ReadAccounts.Handle)
            .Needs(Right.KeepAccounts)
            .WithName("getAccount")
            .WithSummary("One account")
            .WithDescription("With the roles that hold now.")
            .WithAnswerExample(() => AccountBody.Example);
        accounts
            .MapPost("/{accountId:guid}/grants", ChangeAccount.Grant)
            .Needs(Right.KeepAccounts)
            .WithName("grantRole")
            .WithSummary("Grant a role")
            .WithDescription(
                "In a subtree of the organisations; a verifier acts for bodies of the framework. `administrator` and `auditor` are for the whole tree: with an `organizationId` they are refused. What the account has already is refused with 409, which names that grant. Holds from the next request on."
            )
            .WithBodyExample(() => ChangeAccount.GrantExample)
            .WithAnswerExample(() => AccountBody.Example);
        accounts
            .MapPost("/{accountId:guid}/grants/{grantId:guid}:revoke", ChangeAccount.Revoke)
            .Needs(Right.KeepAccounts)
            .WithName("revokeRole")
            .WithSummary("Revoke a role")
            .WithDescription(
                "Ends on the account's next request, and its API tokens that need it end for good. The grant stays on the record. The last administrator stays one."
            )
            .WithAnswerExample(() => AccountBody.Example);
        accounts
            .MapPost("/{accountId:guid}:disable", ChangeAccount.Disable)
            .Needs(Right.KeepAccounts)
            .WithName("disableAccount")
            .WithSummary("Disable an account")
            .WithDescription("All its sign-ins end at once, and its API tokens for good. The last administrator is not disabled.")
            .WithAnswerExample(() => AccountBody.Example);
        accounts
            .MapPost("/{accountId:guid}:enable", ChangeAccount.Enable)
            .Needs(Right.KeepAccounts)
            .WithName("enableAccount")
            .WithSummary("Enable an account again")
            .WithDescription("With the roles that it had. Its API tokens are made anew.")
            .WithAnswerExample(() => AccountBody.Example);
        accounts
            .MapPut("/{accountId:guid}/password", ChangeAccount.SetPassword)
            .Needs(Right.KeepAccounts)
            .WithName("setAccountPassword")
            .WithSummary("Set the password of an account")
            .WithDescription("For one who has forgotten it; all its sign-ins end.")
            .WithBodyExample(() => new NewPassword(RecordAccount.Example.Password))
            .WithAnswerExample(() => AccountBody.Example);
        accounts
            .MapGet("/{accountId:guid}/tokens", ReadTokens.HandleOf)
            .Needs(Right.KeepAccounts)
            .WithName("listAccountTokens")
            .WithSummary("The API tokens of an account")
            .WithDescription("The newest first, those that have ended too, at most 500. Their secrets are not kept.")
            .WithAnswerExample(() => ApiTokensBody.Example);
        accounts
            .MapPost("/{accountId:guid}/tokens/{tokenId:guid}:revoke", RevokeToken.HandleOf)
            .Needs(Right.KeepAccounts)
            .WithName("revokeAccountToken")
            .WithSummary("Revoke an API token of an account")
            .WithDescription("It is worth nothing from its next request on.")
            .WithAnswerExample(() => ApiTokenBody.Example);
        api.MapGet("/audit-entries", ReadAudit.Handle)
            .Needs(Right.ReadAudit)
            .WithTags(ApiDocument.Access)
            .WithName("listAuditEntries")
            .WithSummary("The audit trail")
            .WithDescription("From the newest back: sign-ins, reads of persons, writes. Never changed.")
            .WithAnswerExample(() => AuditEntriesBody.Example);
        return api;
    }
}
