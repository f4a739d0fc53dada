using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Access;

/// <summary>What a request shows to prove who sends it; the store says whom that is, and with which rights, now.</summary>
internal abstract record Credential
{
    private const string Bearer = "Bearer ";

    /// <summary>A token or a cookie of a sign-in here.</summary>
    public sealed record OfSignIn(byte[] Hash, SignInKind Kind) : Credential;

    /// <summary>An API token of a program; it has no pause after which it would end.</summary>
    public sealed record OfProgram(byte[] Hash) : Credential;

    /// <summary>The OpenID Connect issuer has vouched for this account.</summary>
    public sealed record OfIssuer(string Account) : Credential;

    /// <summary>A token that is worth nothing.</summary>
    public sealed record Worthless : Credential;

    /// <summary>A token of the issuer, who could not yet be asked for his keys.</summary>
    public sealed record Unanswered : Credential;

    /// <summary>Null where the request shows nothing. A token is never passed over for a cookie.</summary>
    public static async ValueTask<Credential?> OfAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header is [{ } sent] && sent.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            var token = sent[Bearer.Length..].Trim();
            return token.StartsWith(ApiTokens.Prefix, StringComparison.Ordinal) ? new OfProgram(SignIns.HashOf(token))
                : OpenIdConnect.IsJwt(token) ? await context.RequestServices.GetRequiredService<OpenIdConnect>().CheckAsync(token)
                : new OfSignIn(SignIns.HashOf(token), SignInKind.Bearer);
        }
        return context.Request.Cookies[Gatekeeper.Cookie] is { Length: > 0 } cookie
            ? new OfSignIn(SignIns.HashOf(cookie), SignInKind.Cookie)
            : null;
    }

    /// <summary>Null where it proves nobody.</summary>
    public (Caller Caller, SignIn? SignIn)? Find(RecordConnection connection, CareerStore store)
    {
        var now = store.Clock.ProcessNow;
        switch (this)
        {
            case OfSignIn shown:
                return
                    connection.FindCaller(shown.Hash) is var (signIn, caller)
                    && signIn.Kind == shown.Kind
                    && now < signIn.TokenEndsAt
                    && now < signIn.SeenAt.Plus(Gatekeeper.LongestPause)
                    ? (caller, signIn)
                    : null;
            case OfProgram shown:
                return connection.FindTokenCaller(shown.Hash, now, store.Today()) is { } program ? (program, null) : null;
            case OfIssuer shown:
                return connection.FindCaller(shown.Account) is { } named ? (named, null) : null;
            default:
                return null;
        }
    }
}
