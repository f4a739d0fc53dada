using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Access;

/// <summary><c>/sign-in</c>, <c>/sign-out</c> and <c>/me</c>: who am I, and for how long.</summary>
public static class SignInApi
{
    public static IServiceCollection AddAccess(this IServiceCollection services) =>
        services
            .AddSingleton<Passwords>()
            .AddSingleton<SignInThrottle>()
            .AddSingleton<RefusedAttempts>()
            .AddSingleton<PersonalReads>()
            .AddSingleton<OpenIdConnect>()
            .AddSingleton<RateLimits>()
            .AddSingleton(provider => NoticeLoading.Load(provider.GetRequiredService<IConfiguration>()))
            .AddHostedService<CleanUp>();

    public static RouteGroupBuilder MapSignIn(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags(ApiDocument.Access);
        group
            .MapPost("/sign-in", SignInWithPassword.Handle)
            .OpenToAll()
            .WithName("signIn")
            .WithSummary("Sign in with account and password")
            .WithDescription(
                "`bearer` gives a token for 15 minutes and a refresh token for 12 hours, for programs. `cookie`, by https only (or by http on the server's own machine), sets a cookie for the web app and gives the antiforgery token that every write carries in `X-Antiforgery-Token`. After 30 minutes without a request a sign-in is over. Send the device token with later sign-ins: then others' wrong guesses do not hold them up."
            )
            .WithBodyExample(() => SignInWithPassword.Example)
            .WithAnswerExample(() => SignInBody.Example);
        group
            .MapPost("/sign-in:refresh", RefreshSignIn.Handle)
            .OpenToAll()
            .WithName("refreshSignIn")
            .WithSummary("Get a new token for a refresh token")
            .WithDescription("Both tokens are replaced; the old ones are worth nothing from then on.")
            .WithBodyExample(() => RefreshSignIn.Example)
            .WithAnswerExample(() => SignInBody.Example);
        group
            .MapGet("/sign-in", SignInAtIssuer.Ways)
            .OpenToAll()
            .WithName("getSignInWays")
            .WithSummary("How one can sign in")
            .WithDescription(
                "With account and password always; with a browser at an OpenID Connect issuer where one is configured."
            )
            .WithAnswerExample(() => SignInAtIssuer.WaysExample);
        group
            .MapPost("/sign-in:at-issuer", SignInAtIssuer.Begin)
            .OpenToAll()
            .WithName("beginSignInAtIssuer")
            .WithSummary("Begin to sign in at the issuer, with a browser")
            .WithDescription(
                "Gives the issuer's address for the browser to go to, and a cookie that ties what comes back to this browser for ten minutes. The issuer sends it to the page `/sign-in` with `code` and `state`."
            )
            .WithAnswerExample(() => SignInAtIssuer.PageExample);
        group
            .MapPost("/sign-in:from-issuer", SignInAtIssuer.Finish)
            .OpenToAll()
            .WithName("finishSignInAtIssuer")
            .WithSummary("Finish signing in at the issuer")
            .WithDescription(
                "With what the issuer sent back. He says who it is; the account of that name signs in, by cookie as with a password, and has the roles that it was granted here."
            )
            .WithBodyExample(() => SignInAtIssuer.AnswerExample)
            .WithAnswerExample(() => SignInAtIssuer.SignedInExample);
        group
            .MapPost("/sign-out", SignOut.Handle)
            .Needs(Right.OwnAccount)
            .BeforeNotice()
            .WithName("signOut")
            .WithSummary("End this sign-in")
            .WithDescription("Its tokens and its cookie are worth nothing from then on.")
            .Produces(204);
        group
            .MapGet("/me", Me.Handle)
            .Needs(Right.SignedIn)
            .BeforeNotice()
            .WithName("getMe")
            .WithSummary("The account that is signed in")
            .WithDescription("With the roles that it has now, and the notice that is to be acknowledged.")
            .WithAnswerExample(() => MeBody.Example);
        group
            .MapPut("/me/password", ChangePassword.Handle)
            .Needs(Right.OwnAccount)
            .BeforeNotice()
            .WithName("changePassword")
            .WithSummary("Change one's password")
            .WithDescription("All sign-ins of the account end, this one too, and its devices are forgotten.")
            .WithBodyExample(() => ChangePassword.Example)
            .Produces(204);
        group
            .MapGet("/me/tokens", ReadTokens.HandleOwn)
            .Needs(Right.OwnAccount)
            .WithName("listTokens")
            .WithSummary("One's API tokens")
            .WithDescription("The newest first, those that have ended too, at most 500. Their secrets are not kept.")
            .WithAnswerExample(() => ApiTokensBody.Example);
        group
            .MapPost("/me/tokens", RecordToken.Handle)
            .Needs(Right.OwnAccount)
            .WithName("recordToken")
            .WithSummary("Make an API token for a program")
            .WithDescription(
                "One role, in a scope within one of the account's own grants, for 366 days at most. The answer tells the token this once; it begins with `cct_` and goes into `Authorization: Bearer`. What it records is signed by the account, and the audit trail names the token. It cannot make tokens, change the password or sign in. It ends for good when it is revoked, when the grant that it needs is revoked, and when the account is disabled: nothing makes it good again."
            )
            .WithBodyExample(() => RecordToken.Example)
            .WithAnswerExample(() => ApiTokenBody.Example with { Token = RecordToken.ExampleSecret });
        group
            .MapPost("/me/tokens/{tokenId:guid}:revoke", RevokeToken.HandleOwn)
            .Needs(Right.OwnAccount)
            .WithName("revokeToken")
            .WithSummary("Revoke one of one's API tokens")
            .WithDescription("It is worth nothing from its next request on.")
            .WithAnswerExample(() => ApiTokenBody.Example);
        return api;
    }
}
