using System.Text.Json.Serialization;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Time;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <param name="Kind"><c>bearer</c> (default) or <c>cookie</c>.</param>
public sealed record SignInRequest(string Account, string Password, SignInKind Kind = SignInKind.Bearer);

public sealed class SignInRequestValidator : AbstractValidator<SignInRequest>
{
    public SignInRequestValidator()
    {
        RuleFor(r => r.Account).NotEmpty().MaximumLength(AccountRules.LongestName);
        RuleFor(r => r.Password).NotEmpty().MaximumLength(Passwords.Longest);
    }
}

/// <summary>What a sign-in gives. The tokens are told this once.</summary>
/// <param name="Token">Goes into the header <c>Authorization: Bearer</c>.</param>
/// <param name="RefreshToken">Gets a new pair when the token has ended.</param>
/// <param name="AntiforgeryToken">With a cookie: goes into <c>X-Antiforgery-Token</c> of every write.</param>
/// <param name="TokenEndsAt">Until when the token is taken.</param>
/// <param name="EndsAt">When one has to sign in again, whatever happens.</param>
public sealed record SignInBody(
    SignInKind Kind,
    Instant TokenEndsAt,
    Instant EndsAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AntiforgeryToken = null
)
{
    public static readonly SignInBody Example = new(
        SignInKind.Bearer,
        new Instant(1_795_328_100_000_000),
        new Instant(1_795_370_400_000_000),
        "6f1ed002ab5595859014ebf0951522d98ab9e1d1cbd0a1f8c2f8a25d6d1b3f0e",
        "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"
    );
}

public static class SignInWithPassword
{
    public static readonly TimeSpan TokenLasts = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan SignInLasts = TimeSpan.FromHours(12);

    public static readonly SignInRequest Example = new("officer-street", "a sentence that only I know");

    public static async Task<Results<Ok<SignInBody>, Problem>> Handle(
        Body<SignInRequest> body,
        HttpContext context,
        CareerStore store,
        Passwords passwords,
        SignInThrottle throttle
    )
    {
        var (name, password, kind) = body.Value;
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var wait = throttle.WaitOf(name, address);
        if (wait > TimeSpan.Zero)
        {
            return TooSoon(context, wait);
        }
        var account = store.Reader.OnConnection(c => c.FindAccount(name));
        if (!await passwords.IsRightAsync(name, account?.PasswordHash, password) || account is not { Disabled: false })
        {
            throttle.Failed(name, address);
            await store.Gate.RunAsync<bool>(tx =>
            {
                // An unknown name may be a password typed into the wrong field: it is not kept.
                tx.Audit(account?.Name ?? "", "signInRefused");
                return true;
            });
            return Problem.Of(AccessRefusals.SignInRefused);
        }
        throttle.Succeeded(name, address);
        var made = await store.Gate.RunAsync<SignInBody>(tx =>
        {
            tx.Audit(account.Name, "signIn");
            return Begin(tx, account.Id, kind, tx.RecordedAt.Plus(SignInLasts), context);
        });
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(made.Value);
    }

    /// <summary>Makes the secrets and keeps their hashes; a cookie goes into the answer's header instead of its body.</summary>
    internal static SignInBody Begin(RecordTransaction tx, Guid accountId, SignInKind kind, Instant endsAt, HttpContext context)
    {
        var isCookie = kind == SignInKind.Cookie;
        var (token, second) = (SignIns.NewSecret(), SignIns.NewSecret());
        var tokenEndsAt = isCookie ? endsAt : Instant.Min(endsAt, tx.RecordedAt.Plus(TokenLasts));
        tx.Add(
            new SignIn(
                SignIns.HashOf(token),
                isCookie ? null : SignIns.HashOf(second),
                accountId,
                kind,
                isCookie ? SignIns.HashOf(second) : null,
                tokenEndsAt,
                endsAt,
                tx.RecordedAt
            )
        );
        if (!isCookie)
        {
            return new(kind, tokenEndsAt, endsAt, token, second);
        }
        context.Response.Cookies.Append(
            Gatekeeper.Cookie,
            token,
            new CookieOptions
            {
                HttpOnly = true,
                Secure = true,
                SameSite = SameSiteMode.Strict,
                Path = "/",
            }
        );
        return new(kind, tokenEndsAt, endsAt, AntiforgeryToken: second);
    }

    private static Problem TooSoon(HttpContext context, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Problem.Of(AccessRefusals.TooManyAttempts, seconds);
    }
}
