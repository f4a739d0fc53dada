namespace CareerCoordinates.Api.Hosting;

/// <summary>Whose tokens are taken besides our own.</summary>
/// <param name="Issuer">As it stands in the tokens' <c>iss</c>.</param>
/// <param name="Audience">What <c>aud</c> names: this service, as the issuer knows it.</param>
/// <param name="AccountClaim">The claim whose value is the name of an account here.</param>
public sealed record OpenIdConnectSettings(string Issuer, string Audience, string AccountClaim)
{
    private const string Section = "OpenIdConnect";

    /// <summary>OpenID Connect Discovery 1.0, section 4.</summary>
    public Uri Discovery => new(Issuer.TrimEnd('/') + "/.well-known/openid-configuration");

    /// <summary>Null where none is configured.</summary>
    /// <exception cref="SettingException">They make no sense.</exception>
    public static OpenIdConnectSettings? From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var (issuer, audience, claim) = (section["Issuer"] ?? "", section["Audience"] ?? "", section["AccountClaim"] ?? "");
        if (issuer.Length + audience.Length + claim.Length == 0)
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
            ? new(issuer, audience, claim.Length > 0 ? claim : "sub")
            : throw new SettingException(
                $"{Section}:Audience is missing: without it tokens that were made for other services would be taken."
            );
    }
}
