using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Api.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// An OpenID Connect issuer: he says who somebody is, by tokens of programs or when people sign in there with their browser; what they may this program's own store says. The issuer's
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

    /// <summary>Null where none is configured.</summary>
    public OpenIdConnectSettings? Settings => settings;

    internal Task<Credential> CheckAsync(string token) => CheckAsync(token, settings?.Audience ?? "");

    /// <param name="nonce">What the token has to repeat: it was made for this sign-in. Null asks for none.</param>
    private async Task<Credential> CheckAsync(string token, string audience, string? nonce = null)
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
        var result = await handler.ValidateTokenAsync(token, Parameters(settings, audience, keys));
        return
            result.IsValid
            && (nonce is null || IsForThisSignIn(result.Claims, audience, nonce))
            && result.Claims.TryGetValue(settings.AccountClaim, out var account)
            && account is string { Length: > 0 and <= AccountRules.LongestName } name
            ? new Credential.OfIssuer(name)
            : new Credential.Worthless();
    }

    /// <summary>It repeats the nonce, and if it names a party for whom it was made, that is us (OpenID Connect Core 1.0, section 3.1.3.7).</summary>
    private static bool IsForThisSignIn(IDictionary<string, object> claims, string client, string nonce) =>
        claims.TryGetValue("nonce", out var repeated)
        && Equals(repeated, nonce)
        && (!claims.TryGetValue("azp", out var party) || Equals(party, client));

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

    /// <summary>Where the issuer asks people who they are; null while he cannot be asked for it.</summary>
    internal async Task<Uri?> PageOfIssuerAsync() =>
        settings is null ? null : EndpointOf(settings, (await KeysAsync(settings, null))?.AuthorizationEndpoint);

    /// <summary>Who signed in at the issuer, for the code that he gave to the browser (OpenID Connect Core 1.0, section 3.1.3).</summary>
    /// <param name="verifier">Proves that the code was asked for here (RFC 7636).</param>
    internal async Task<Credential> RedeemAsync(string code, string verifier, string nonce)
    {
        if (settings?.Browser is not { } client)
        {
            return new Credential.Worthless();
        }
        if (EndpointOf(settings, (await KeysAsync(settings, null))?.TokenEndpoint) is not { } endpoint)
        {
            return new Credential.Unanswered();
        }
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = client.RedirectUri.ToString(),
            ["client_id"] = client.Id,
            ["code_verifier"] = verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(form) };
        if (client.Secret is { } secret)
        {
            // Both parts are encoded as in a form (RFC 6749, section 2.3.1).
            var pair = $"{WebUtility.UrlEncode(client.Id)}:{WebUtility.UrlEncode(secret)}";
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
        }
        try
        {
            using var response = await http.SendAsync(request);
            if ((int)response.StatusCode is >= 400 and < 500)
            {
                return new Credential.Worthless();
            }
            response.EnsureSuccessStatusCode();
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            return
                answer.RootElement is { ValueKind: JsonValueKind.Object } given
                && given.TryGetProperty("id_token", out var token)
                && token.ValueKind == JsonValueKind.String
                ? await CheckAsync(token.GetString()!, client.Id, nonce)
                : new Credential.Worthless();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            CannotBeAsked(settings.Issuer, e);
            return new Credential.Unanswered();
        }
    }

    /// <summary>An endpoint that the issuer names, if what is sent there cannot be read on the way.</summary>
    private static Uri? EndpointOf(OpenIdConnectSettings issuer, string? named) =>
        Uri.TryCreate(named, UriKind.Absolute, out var endpoint)
        && (endpoint.Scheme == "https" || (endpoint.Scheme == "http" && endpoint.IsLoopback && issuer.Discovery.IsLoopback))
            ? endpoint
            : null;

    private TokenValidationParameters Parameters(
        OpenIdConnectSettings issuer,
        string audience,
        OpenIdConnectConfiguration keys
    ) =>
        new()
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = audience,
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
                        or JsonException
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
