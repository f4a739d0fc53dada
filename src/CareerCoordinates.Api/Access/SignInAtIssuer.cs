using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Tokens;

namespace CareerCoordinates.Api.Access;

/// <summary>How one can sign in here.</summary>
/// <param name="Issuer">The host of the OpenID Connect issuer at which one can sign in with a browser; null: only with account and password.</param>
public sealed record SignInWaysBody(string? Issuer);

/// <param name="Address">The issuer's page, to which the browser goes.</param>
public sealed record IssuerPageBody(string Address);

/// <summary>What the issuer sends back with the browser.</summary>
public sealed record IssuerAnswer(string Code, string State);

public sealed class IssuerAnswerValidator : AbstractValidator<IssuerAnswer>
{
    public IssuerAnswerValidator()
    {
        RuleFor(r => r.Code).NotEmpty().MaximumLength(4000);
        RuleFor(r => r.State).NotEmpty().MaximumLength(200);
    }
}

/// <summary>
/// People sign in at the issuer with their browser (the authorization code flow, with PKCE). One secret in a cookie ties the steps together:
/// the state, the nonce and the verifier are derived from it, so nothing has to be stored, and nobody can finish in one browser
/// what was begun in another.
/// </summary>
public static class SignInAtIssuer
{
    public const string Cookie = "__Host-career-issuer";

    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    public static readonly RefusalCode NoIssuer = new(
        "no-issuer",
        RefusalKind.NotFound,
        "This installation has no issuer at which one could sign in with a browser. Sign in with account and password.",
        "本系统未配置可用浏览器登录的身份平台，请使用账号和密码登录。"
    );
    public static readonly RefusalCode NotBegunHere = new(
        "sign-in-not-begun-here",
        RefusalKind.Shape,
        "This sign-in was not begun in this browser, or more than {0} minutes ago. Begin again.",
        "此次登录不是在本浏览器中开始的，或已超过 {0} 分钟，请重新开始。"
    );
    public static readonly RefusalCode RefusedByIssuer = new(
        "issuer-refused",
        RefusalKind.Shape,
        "The issuer did not confirm who you are; his code works once and not for long. Begin again.",
        "身份平台未能确认您的身份；其登录码只能使用一次且很快失效，请重新开始。"
    );
    public static readonly RefusalCode NoAccount = new(
        "no-account-of-that-name",
        RefusalKind.Shape,
        "The issuer knows you as '{0}', but no account here is enabled under that name. Ask an administrator.",
        "身份平台上您的名称是“{0}”，但此处没有可用的同名账号，请联系管理员。"
    );

    internal static readonly SignInWaysBody WaysExample = new("issuer.example");
    internal static readonly IssuerPageBody PageExample = new(
        "https://issuer.example/authorize?response_type=code&client_id=career&redirect_uri=https%3A%2F%2Fcareer.example%2Fsign-in&scope=openid&state=1vJ0pRb7sQm8lXoN5dYcKwTzH2uGfEaPiBq9yVtS3Zk&nonce=Wc4nQ0sYk7bZr2uLhT8vXeJd5fGmPoA1iKyN9pRtS6M&code_challenge=7yBq2mXoL0sVd5tKcRwJ8pNzHuGfEaPi1vQ9YbZS3Tk&code_challenge_method=S256"
    );
    internal static readonly IssuerAnswer AnswerExample = new(
        "hV2kq8Yw5nTzR0sLxJd7",
        "1vJ0pRb7sQm8lXoN5dYcKwTzH2uGfEaPiBq9yVtS3Zk"
    );
    internal static readonly SignInBody SignedInExample = SignInBody.Example with
    {
        Kind = SignInKind.Cookie,
        TokenEndsAt = SignInBody.Example.EndsAt,
        Token = null,
        RefreshToken = null,
        AntiforgeryToken = SignInBody.Example.RefreshToken,
        DeviceToken = null,
    };

    public static SignInWaysBody Ways(OpenIdConnect issuer) =>
        new(issuer.Settings is { Browser: not null } settings ? settings.Discovery.Host : null);

    public static async Task<Results<Ok<IssuerPageBody>, Problem>> Begin(NoBody body, HttpContext context, OpenIdConnect issuer)
    {
        if (issuer.Settings?.Browser is not { } client)
        {
            return Problem.Of(new Refusal(NoIssuer, ""));
        }
        if (IsInClear(context))
        {
            return Problem.Of(new Refusal(SignInWithPassword.CookieNeedsHttps, ""));
        }
        if (await issuer.PageOfIssuerAsync() is not { } page)
        {
            return Problem.Of(NetworkRefusals.IssuerUnavailable);
        }
        var secret = SignIns.NewSecret();
        context.Response.Cookies.Append(Cookie, secret, CookieOptions(Lasts));
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Derived(secret, "verifier"))));
        var asked = QueryString.Create(
            new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["client_id"] = client.Id,
                ["redirect_uri"] = client.RedirectUri.ToString(),
                ["scope"] = "openid",
                ["state"] = Derived(secret, "state"),
                ["nonce"] = Derived(secret, "nonce"),
                ["code_challenge"] = challenge,
                ["code_challenge_method"] = "S256",
            }
        );
        var address = page.Query.Length > 0 ? $"{page}&{asked.Value![1..]}" : page + asked.Value;
        return TypedResults.Ok(new IssuerPageBody(address));
    }

    public static async Task<Results<Ok<SignInBody>, Problem>> Finish(
        Body<IssuerAnswer> body,
        HttpContext context,
        CareerStore store,
        OpenIdConnect issuer,
        RefusedAttempts refused
    )
    {
        if (issuer.Settings is not { Browser: not null } settings)
        {
            return Problem.Of(new Refusal(NoIssuer, ""));
        }
        if (IsInClear(context))
        {
            return Problem.Of(new Refusal(SignInWithPassword.CookieNeedsHttps, ""));
        }
        if (
            context.Request.Cookies[Cookie] is not { Length: > 0 } secret
            || !CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(body.Value.State),
                Encoding.UTF8.GetBytes(Derived(secret, "state"))
            )
        )
        {
            return Problem.Of(new Refusal(NotBegunHere, "/state", (int)Lasts.TotalMinutes));
        }
        context.Response.Cookies.Delete(Cookie, CookieOptions(null));
        var address = ClientAddress.Of(context);
        var proved = await issuer.RedeemAsync(body.Value.Code, Derived(secret, "verifier"), Derived(secret, "nonce"));
        if (proved is Credential.Unanswered)
        {
            return Problem.Of(NetworkRefusals.IssuerUnavailable);
        }
        if (proved is not Credential.OfIssuer { Account: var name })
        {
            await refused.NoteAsync("signInRefused", "", address);
            return Problem.Of(new Refusal(RefusedByIssuer, "/code"));
        }
        var account = store.Reader.OnConnection(c => c.FindAccount(name));
        if (account is not { Disabled: false })
        {
            await refused.NoteAsync("signInRefused", account?.Name ?? "", address);
            return Problem.Of(new Refusal(NoAccount, "", name));
        }
        var made = await store.Gate.RunAsync<SignInWithPassword.MadeSignIn>(tx =>
        {
            // One that was disabled meanwhile must not slip through.
            if (tx.Connection.FindAccount(account.Id) is not { Disabled: false })
            {
                return new Refusal(NoAccount, "", name);
            }
            var details = new
            {
                address,
                kind = SignInKind.Cookie,
                issuer = settings.Issuer,
            };
            tx.Audit(account.Name, "signIn", null, JsonSerializer.Serialize(details, ApiJson.Options));
            var endsAt = tx.RecordedAt.Plus(SignInWithPassword.SignInLasts);
            return SignInWithPassword.Begin(tx, account.Id, SignInKind.Cookie, endsAt);
        });
        return made.IsRefused ? Problem.Of(made.Refusals) : made.Value.Answer(context);
    }

    private static bool IsInClear(HttpContext context) => !context.Request.IsHttps && LocalUser.IsFromElsewhere(context);

    /// <summary>43 characters, as RFC 7636 asks of a verifier.</summary>
    private static string Derived(string secret, string purpose) =>
        Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(purpose)));

    private static CookieOptions CookieOptions(TimeSpan? lasts) =>
        new()
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            MaxAge = lasts,
        };
}
