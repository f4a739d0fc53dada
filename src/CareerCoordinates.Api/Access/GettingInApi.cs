using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Access;

/// <summary>How a worker gets in: his officer's code, his claim, the notice.</summary>
public static class GettingInApi
{
    public static RouteGroupBuilder MapGettingIn(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags(ApiDocument.Access);
        group
            .MapPost("/workers/{workerId:guid}/claim-codes", MakeClaimCode.Handle)
            .Needs(Right.GiveClaimCodes)
            .WithName("makeClaimCode")
            .WithSummary("Give a worker a claim code")
            .WithDescription(
                "With it and his name he makes his account, or sets a new password for the one that he has. It is told once, works once and for 14 days, and replaces an older one."
            )
            .WithAnswerExample(() => ClaimCodeBody.Example);
        group
            .MapPost("/organizations/{organizationId:guid}/claim-codes", MakeClaimCodes.Handle)
            .Needs(Right.GiveClaimCodes)
            .WithName("makeClaimCodes")
            .WithSummary("Claim codes for a unit")
            .WithDescription(
                "For the workers who belong to the organisation or one below it today and have neither an account nor a code that is still good, at most 500 at once. With `Accept: text/html` a sheet to print, in Chinese or English by `Accept-Language`."
            )
            .Produces<ClaimSheetBody>(200, "application/json", "text/html")
            .WithAnswerExample(() => MakeClaimCodes.Example);
        group
            .MapPost("/claims", ClaimAccount.Handle)
            .OpenToAll()
            .WithName("claimAccount")
            .WithSummary("Make one's account, or set a new password, with a claim code")
            .WithDescription(
                "A worker gives his name as on the slip, the code and a password; without an account also the name that he wants for it. Where he has one, its sign-ins end. Whatever does not fit together is refused alike; after ten failures from one address the wait doubles to five minutes."
            )
            .WithBodyExample(() => ClaimAccount.Example)
            .WithAnswerExample(() => new ClaimedBody(ClaimAccount.Example.Account!, true));
        group
            .MapGet("/notice", AcknowledgeNotice.Read)
            .OpenToAll()
            .WithName("getNotice")
            .WithSummary("What workers are told about their record")
            .WithDescription("What is kept, on which basis, who sees it, whom to ask, in Chinese and English.")
            .WithAnswerExample(() => Examples.Read<Notice>("notice"));
        group
            .MapPut("/me/notice", AcknowledgeNotice.Handle)
            .Needs(Right.SignedIn)
            .BeforeNotice()
            .WithName("acknowledgeNotice")
            .WithSummary("Acknowledge the notice")
            .WithDescription(
                "Before that a worker's own record is 403 `notice-not-acknowledged`; so again when a new version is in force."
            )
            .WithBodyExample(() => AcknowledgeNotice.Example)
            .Produces(204);
        return api;
    }
}
