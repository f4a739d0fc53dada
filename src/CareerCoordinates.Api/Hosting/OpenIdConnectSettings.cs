namespace CareerCoordinates.Api.Hosting;

/// <summary>Whose tokens are taken besides our own.</summary>
/// <param name="Issuer">As it stands in the tokens' <c>iss</c>.</param>
/// <param name="Audience">What <c>aud</c> names: this service, as the issuer knows it.</param>
/// <param name="AccountClaim">The claim whose value is the name of an account here.</param>
/// <param name="Browser">How people sign in at the issuer in a browser; null: they do not.</param>
public sealed record OpenIdConnectSettings(string Issuer, string Audience, string AccountClaim, BrowserClient? Browser)
{
    private const string Section = "OpenIdConnect";

    /// <summary>The page of the web app to which the issuer sends people back.</summary>
    private const string Page = "/sign-in";

    /// <summary>OpenID Connect Discovery 1.0, section 4.</summary>
    public Uri Discovery => new(Issuer.TrimEnd('/') + "/.well-known/openid-configuration");

    /// <summary>Null where none is configured.</summary>
    /// <exception cref="SettingException">They make no sense.</exception>
    public static OpenIdConnectSettings? From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var (issuer, audience, claim) = (section["Issuer"] ?? "", section["Audience"] ?? "", section["AccountClaim"] ?? "");
        var client = section["ClientId"] ?? "";
        var (secret, redirect) = (section["ClientSecret"] ?? "", section["RedirectUri"] ?? "");
        if (issuer.Length + audience.Length + claim.Length + client.Length + secret.Length + redirect.Length == 0)
        {
            return null;
        }
        if (
            !Uri.TryCreate(issuer, UriKind.Absolute, out var address)
            || address.Scheme is not ("https" or "http")
            || address.Query.Length + address.Fragment.Length + address.UserInfo.Length > 0
        )
        {
            throw new SettingException($"{Section}:Issuer is an https address without query, not \"{issuer}\".");
        }
        if (address.Scheme == "http" && !address.IsLoopback)
        {
            throw new SettingException(
                $"{Section}:Issuer must be https, not \"{issuer}\": whoever stands between could give out keys of his own."
            );
        }
        return audience.Length > 0
            ? new(issuer, audience, claim.Length > 0 ? claim : "sub", BrowserOf(client, secret, redirect))
            : throw new SettingException(
                $"{Section}:Audience is missing: without it tokens that were made for other services would be taken."
            );
    }

    private static BrowserClient? BrowserOf(string client, string secret, string redirect)
    {
        if (client.Length + secret.Length + redirect.Length == 0)
        {
            return null;
        }
        if (client.Length == 0)
        {
            throw new SettingException(
                $"{Section}:ClientId is missing: without it the issuer does not know for whom people sign in. Leave {Section}:ClientSecret and {Section}:RedirectUri out, too, if they do not."
            );
        }
        return
            Uri.TryCreate(redirect, UriKind.Absolute, out var page)
            && (page.Scheme == "https" || (page.Scheme == "http" && page.IsLoopback))
            && page is { AbsolutePath: Page, Query: "", Fragment: "", UserInfo: "" }
            ? new(client, secret.Length > 0 ? secret : null, page)
            : throw new SettingException(
                $"{Section}:RedirectUri is the https address of the web app's page {Page}, such as https://career.example{Page}, not \"{redirect}\"."
            );
    }
}

/// <summary>As what the issuer knows the web app.</summary>
/// <param name="Secret">Null for a client without one: the proof of RFC 7636 (PKCE) is always sent.</param>
/// <param name="RedirectUri">The page to which it sends people back, as it is registered there.</param>
public sealed record BrowserClient(string Id, string? Secret, Uri RedirectUri);
