using System.Text.Json;
using System.Text.Json.Serialization;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <param name="Kind"><c>bearer</c> (default) or <c>cookie</c>, which needs https, or a browser on the server's own machine: there it keeps it by http, too.</param>
/// <param name="DeviceToken">The one that an earlier sign-in gave: others' failures then do not hold this one up.</param>
public sealed record SignInRequest(
    string Account,
    string Password,
    SignInKind Kind = SignInKind.Bearer,
    string? DeviceToken = null
);

public sealed class SignInRequestValidator : AbstractValidator<SignInRequest>
{
    public SignInRequestValidator()
    {
        RuleFor(r => r.Account).NotEmpty().MaximumLength(AccountRules.LongestName);
        RuleFor(r => r.Password).NotEmpty().MaximumLength(Passwords.Longest);
        RuleFor(r => r.DeviceToken).MaximumLength(200);
    }
}

/// <summary>What a sign-in gives. The tokens are told this once.</summary>
/// <param name="Token">Goes into the header <c>Authorization: Bearer</c>.</param>
/// <param name="RefreshToken">Gets a new pair when the token has ended.</param>
/// <param name="AntiforgeryToken">With a cookie: goes into <c>X-Antiforgery-Token</c> of every write.</param>
/// <param name="TokenEndsAt">Until when the token is taken.</param>
/// <param name="EndsAt">When one has to sign in again, whatever happens.</param>
/// <param name="DeviceToken">Where the device was not known yet: keep it and send it with later sign-ins. With a cookie it is a cookie, too.</param>
public sealed record SignInBody(
    SignInKind Kind,
    Instant TokenEndsAt,
    Instant EndsAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AntiforgeryToken = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? DeviceToken = null
)
{
    public static readonly SignInBody Example = new(
        SignInKind.Bearer,
        new Instant(1_795_328_100_000_000),
        new Instant(1_795_370_400_000_000),
        "6f1ed002ab5595859014ebf0951522d98ab9e1d1cbd0a1f8c2f8a25d6d1b3f0e",
        "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35",
        DeviceToken: "4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce"
    );
}

public static class SignInWithPassword
{
    public static readonly TimeSpan TokenLasts = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan SignInLasts = TimeSpan.FromHours(12);

    /// <summary>Keeps the device token for a year; only a sign-in reads it.</summary>
    public const string DeviceCookie = "__Host-career-device";

    public static readonly RefusalCode CookieNeedsHttps = new(
        "cookie-needs-https",
        RefusalKind.Rule,
        "The cookie of a sign-in is sent by https only, and you asked by http. Use https, or the kind 'bearer'.",
        "登录 Cookie 只经 https 传送，而本次请求使用 http。请改用 https，或使用 kind=bearer。"
    );

    public static readonly SignInRequest Example = new("officer-street", "a sentence that only I know");

    public static async Task<Results<Ok<SignInBody>, Problem>> Handle(
        Body<SignInRequest> body,
        HttpContext context,
        CareerStore store,
        Passwords passwords,
        SignInThrottle throttle,
        RefusedAttempts refused
    )
    {
        var (name, password, kind, _) = body.Value;
        if (kind == SignInKind.Cookie && !context.Request.IsHttps && LocalUser.IsFromElsewhere(context))
        {
            return Problem.Of(new Refusal(CookieNeedsHttps, "/kind"));
        }
        var address = ClientAddress.Of(context);
        var device = (body.Value.DeviceToken ?? context.Request.Cookies[DeviceCookie]) is { } token
            ? SignIns.HashOf(token)
            : null;
        var isKnown = device is not null && store.Reader.OnConnection(c => c.IsKnown(device, name, store.Clock.ProcessNow));
        var from = isKnown ? "device " + Convert.ToHexStringLower(device!) : address;
        if (throttle.Try(name, from) is var wait && wait > TimeSpan.Zero)
        {
            return TooSoon(context, wait);
        }
        var account = store.Reader.OnConnection(c => c.FindAccount(name));
        var isRight = await passwords.IsRightAsync(name, account?.PasswordHash, password, isKnown);
        if (!isRight || account is not { Disabled: false })
        {
            // An unknown name may be a password typed into the wrong field: it is not kept.
            await refused.NoteAsync("signInRefused", account?.Name ?? "", address);
            return Problem.Of(AccessRefusals.SignInRefused);
        }
        throttle.Succeeded(name, from);
        var fresh = SignIns.NewSecret();
        var made = await store.Gate.RunAsync<MadeSignIn>(tx =>
        {
            // A password that was changed meanwhile, or an account that was disabled, ends sign-ins: this one must not slip through.
            if (tx.Connection.FindAccount(account.Id) is not { Disabled: false } now || now.PasswordHash != account.PasswordHash)
            {
                return new Refusal(AccessRefusals.SignInRefused, "");
            }
            var isNew = device is null || !tx.SeeDevice(device, account.Id);
            if (isNew)
            {
                tx.AddDevice(SignIns.HashOf(fresh), account.Id);
            }
            tx.Audit(
                account.Name,
                "signIn",
                null,
                JsonSerializer.Serialize(
                    new
                    {
                        address,
                        kind,
                        isNewDevice = isNew,
                    },
                    ApiJson.Options
                )
            );
            return Begin(tx, account.Id, kind, tx.RecordedAt.Plus(SignInLasts)) with { DeviceToken = isNew ? fresh : null };
        });
        return made.IsRefused ? Problem.Of(made.Refusals) : made.Value.Answer(context);
    }

    /// <summary>Makes the secrets and keeps their hashes.</summary>
    internal static MadeSignIn Begin(RecordTransaction tx, Guid accountId, SignInKind kind, Instant endsAt)
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
        return new(kind, tokenEndsAt, endsAt, token, second);
    }

    internal static Problem TooSoon(HttpContext context, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Problem.Of(AccessRefusals.TooManyAttempts, seconds);
    }

    /// <summary>A sign-in that is stored, with its secrets.</summary>
    /// <param name="Second">The refresh token, or with a cookie the antiforgery token.</param>
    internal sealed record MadeSignIn(
        SignInKind Kind,
        Instant TokenEndsAt,
        Instant EndsAt,
        string Token,
        string Second,
        string? DeviceToken = null
    )
    {
        /// <summary>Cookies go into the answer's headers instead of its body.</summary>
        public Ok<SignInBody> Answer(HttpContext context)
        {
            context.Response.Headers.CacheControl = "no-store";
            if (Kind == SignInKind.Bearer)
            {
                return TypedResults.Ok(new SignInBody(Kind, TokenEndsAt, EndsAt, Token, Second, DeviceToken: DeviceToken));
            }
            context.Response.Cookies.Append(Gatekeeper.Cookie, Token, Cookie());
            if ((DeviceToken ?? context.Request.Cookies[DeviceCookie]) is { } device)
            {
                context.Response.Cookies.Append(DeviceCookie, device, Cookie(KnownDevices.Last));
            }
            return TypedResults.Ok(new SignInBody(Kind, TokenEndsAt, EndsAt, AntiforgeryToken: Second));
        }

        private static CookieOptions Cookie(TimeSpan? lasts = null) =>
            new()
            {
                HttpOnly = true,
                Secure = true,
                SameSite = SameSiteMode.Strict,
                Path = "/",
                MaxAge = lasts,
            };
    }
}
