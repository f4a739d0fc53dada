using System.Security.Cryptography;
using CareerCoordinates.Api.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// Tokens of an OpenID Connect issuer: the issuer says who somebody is, this program's own store what he may. The issuer's
/// keys are fetched when the first token comes, anew every hour, and when a token names a key that is not among them; a
/// fetch that fails leaves the ones known.
/// </summary>
public sealed partial class OpenIdConnect(IConfiguration configuration, TimeProvider time, ILogger<OpenIdConnect> log)
    : IDisposable
{
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan KeysLast = TimeSpan.FromHours(1);

    /// <summary>Made-up tokens must not make this server ask the issuer over and over.</summary>
    public static readonly TimeSpan BetweenFetches = TimeSpan.FromSeconds(30);

    /// <summary>While there are none at all everybody waits for them.</summary>
    private static readonly TimeSpan BetweenFirstFetches = TimeSpan.FromSeconds(5);

    private const int LongestToken = 16_000;
    private static readonly TimeSpan FetchTakes = TimeSpan.FromSeconds(5);

    /// <summary>Signatures by a key pair only: with a shared secret or none the public key would be enough to forge one.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256,
        SecurityAlgorithms.RsaSha384,
        SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256,
        SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256,
        SecurityAlgorithms.EcdsaSha384,
        SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>Other kinds, such as a notice that somebody has signed out, are signed by the same keys.</summary>
    private static readonly string[] Types = ["at+jwt", "application/at+jwt", "JWT"];

    private readonly OpenIdConnectSettings? settings = OpenIdConnectSettings.From(configuration);
    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = LongestToken };

    /// <summary>Only the issuer itself is asked: not whoever its answer points to by a redirect.</summary>
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = FetchTakes,
        MaxResponseContentBufferSize = 1024 * 1024,
    };
    private readonly SemaphoreSlim fetching = new(1);
    private OpenIdConnectConfiguration? known;
    private DateTimeOffset triedAt = DateTimeOffset.MinValue;

    public static bool IsJwt(string token) => token.Count(c => c == '.') == 2;

    public void Dispose()
    {
        http.Dispose();
        fetching.Dispose();
    }

    internal async Task<Credential> CheckAsync(string token)
    {
        if (settings is null || token.Length > LongestToken || !handler.CanReadToken(token))
        {
            return new Credential.Worthless();
        }
        // What another issuer signed is worth nothing, whether or not this one answers; what it says here is proved below.
        if (Read(token) is not { } read || !Algorithms.Contains(read.Alg) || read.Issuer != settings.Issuer)
        {
            return new Credential.Worthless();
        }
        var keys = await KeysAsync(settings, read.Kid);
        if (keys is null)
        {
            return new Credential.Unanswered();
        }
        var result = await handler.ValidateTokenAsync(token, Parameters(settings, keys));
        return
            result.IsValid
            && result.Claims.TryGetValue(settings.AccountClaim, out var account)
            && account is string { Length: > 0 and <= AccountRules.LongestName } name
            ? new Credential.OfIssuer(name)
            : new Credential.Worthless();
    }

    /// <summary>Null where a header asks for what is not understood here, or the token is bound to a key that is not asked for.</summary>
    private JsonWebToken? Read(string token)
    {
        try
        {
            var read = handler.ReadJsonWebToken(token);
            return
                read.TryGetHeaderValue<object>("crit", out _)
                || read.TryGetPayloadValue<object>("cnf", out _)
                || (read.Typ is { Length: > 0 } type && !Types.Contains(type, StringComparer.OrdinalIgnoreCase))
                ? null
                : read;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private TokenValidationParameters Parameters(OpenIdConnectSettings issuer, OpenIdConnectConfiguration keys) =>
        new()
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = issuer.Audience,
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = keys.SigningKeys,
            RequireSignedTokens = true,
            LifetimeValidator = (from, until, _, _) =>
                until is { } end && Now - ClockSkew < end && (from is not { } begin || begin <= Now + ClockSkew),
        };

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The issuer's keys, the one named among them if he has it; null while he has never answered.</summary>
    private async Task<OpenIdConnectConfiguration?> KeysAsync(OpenIdConnectSettings issuer, string? kid)
    {
        if (!IsDue(kid))
        {
            return known;
        }
        await fetching.WaitAsync();
        try
        {
            if (IsDue(kid))
            {
                triedAt = time.GetUtcNow();
                known = await FetchAsync(issuer) ?? known;
            }
            return known;
        }
        finally
        {
            fetching.Release();
        }
    }

    private bool IsDue(string? kid)
    {
        var since = time.GetUtcNow() - triedAt;
        return known is not { } keys
            ? since >= BetweenFirstFetches
            : since >= KeysLast
                || (since >= BetweenFetches && !string.IsNullOrEmpty(kid) && keys.SigningKeys.All(key => key.KeyId != kid));
    }

    private async Task<OpenIdConnectConfiguration?> FetchAsync(OpenIdConnectSettings issuer)
    {
        try
        {
            var fetched = await OpenIdConnectConfigurationRetriever.GetAsync(
                issuer.Discovery.ToString(),
                new HttpDocumentRetriever(http) { RequireHttps = !issuer.Discovery.IsLoopback },
                CancellationToken.None
            );
            if (fetched.Issuer == issuer.Issuer && fetched.SigningKeys.Count > 0)
            {
                return fetched;
            }
            IsAnother(issuer.Issuer, fetched.Issuer, fetched.SigningKeys.Count);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or HttpRequestException
                        or OperationCanceledException
                        or ArgumentException
                        or InvalidOperationException
                        or CryptographicException
                        or System.Text.Json.JsonException
            )
        {
            CannotBeAsked(issuer.Issuer, e);
        }
        return null;
    }

    [LoggerMessage(LogLevel.Error, "The OpenID Connect issuer {Issuer} cannot be asked for its keys.")]
    private partial void CannotBeAsked(string issuer, Exception e);

    [LoggerMessage(
        LogLevel.Error,
        "The discovery document of {Issuer} names the issuer {Named} and has {Keys} keys: it is not used."
    )]
    private partial void IsAnother(string issuer, string named, int keys);
}
