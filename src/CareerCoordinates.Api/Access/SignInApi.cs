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
                "`bearer` gives a token for 15 minutes and a refresh token for 12 hours, for programs. `cookie` sets a cookie for the web app and gives the antiforgery token that every write carries in `X-Antiforgery-Token`. After 30 minutes without a request a sign-in is over. Send the device token with later sign-ins: then others' wrong guesses do not hold them up."
            )
            .WithBodyExample(SignInWithPassword.Example)
            .WithAnswerExample(SignInBody.Example);
        group
            .MapPost("/sign-in:refresh", RefreshSignIn.Handle)
            .OpenToAll()
            .WithName("refreshSignIn")
            .WithSummary("Get a new token for a refresh token")
            .WithDescription("Both tokens are replaced; the old ones are worth nothing from then on.")
            .WithBodyExample(RefreshSignIn.Example)
            .WithAnswerExample(SignInBody.Example);
        group
            .MapPost("/sign-out", SignOut.Handle)
            .Needs(Right.SignedIn)
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
            .WithAnswerExample(MeBody.Example);
        group
            .MapPut("/me/password", ChangePassword.Handle)
            .Needs(Right.SignedIn)
            .BeforeNotice()
            .WithName("changePassword")
            .WithSummary("Change one's password")
            .WithDescription("All sign-ins of the account end, this one too, and its devices are forgotten.")
            .WithBodyExample(ChangePassword.Example)
            .Produces(204);
        return api;
    }
}
