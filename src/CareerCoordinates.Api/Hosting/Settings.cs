using CareerCoordinates.Data;

namespace CareerCoordinates.Api.Hosting;

/// <summary>A setting that makes no sense, in words for who set it.</summary>
public sealed class SettingException(string en, string? zh = null) : OperatorException(en, zh ?? en);

/// <summary>The settings that mean something here: a mistyped one would be passed over in silence.</summary>
public static class Settings
{
    private static readonly string[] Ours =
    [
        "ConnectionStrings:Career",
        "Database:Engine",
        "Database:Migrate",
        "Framework:File",
        "Notice:File",
        "OpenIdConnect:AccountClaim",
        "OpenIdConnect:Audience",
        "OpenIdConnect:ClientId",
        "OpenIdConnect:ClientSecret",
        "OpenIdConnect:Issuer",
        "OpenIdConnect:RedirectUri",
        ProtectionKeys.Setting,
        ProtectionKeys.FileSetting,
        "RateLimits:List",
        "RateLimits:Read",
        "RateLimits:SignIn",
        "RateLimits:Write",
        "TrustedProxy:Addresses",
        "urls",
    ];

    /// <summary>What .NET's host and web server read by themselves.</summary>
    private static readonly string[] OfTheHost =
    [
        "AllowedHosts",
        "applicationName",
        "captureStartupErrors",
        "contentRoot",
        "detailedErrors",
        "environment",
        "hostingStartupAssemblies",
        "hostingStartupExcludeAssemblies",
        "http_ports",
        "https_port",
        "https_ports",
        "preferHostingUrls",
        "preventHostingStartup",
        "shutdownTimeoutSeconds",
        "startupAssembly",
        "suppressStatusMessages",
        "webroot",
    ];

    private static readonly string[] SectionsOfTheHost = ["hostBuilder:", "Kestrel:", "Logging:"];

    /// <summary>Whether a key on the command line means something; as in all configuration, case does not matter.</summary>
    public static bool IsKnown(string key) =>
        Ours.Concat(OfTheHost).Contains(key, StringComparer.OrdinalIgnoreCase)
        || SectionsOfTheHost.Any(section => key.StartsWith(section, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] OurSections =
    [
        "Database",
        "Framework",
        "Notice",
        "OpenIdConnect",
        "Protection",
        "RateLimits",
        "TrustedProxy",
    ];

    /// <summary>The environment holds much that is not for this program, so only its own sections are looked at.</summary>
    /// <exception cref="SettingException">A key in them means nothing, or a value makes no sense.</exception>
    public static void Check(IConfiguration configuration)
    {
        var given = OurSections.SelectMany(section => configuration.GetSection(section).AsEnumerable());
        var unknown = given.FirstOrDefault(s =>
            s.Value is { Length: > 0 } && !Ours.Contains(s.Key, StringComparer.OrdinalIgnoreCase)
        );
        if (unknown.Key is { } key)
        {
            throw new SettingException($"There is no setting {key}. Correct its name; 'help' lists the settings.");
        }
        OpenIdConnectSettings.From(configuration);
        RateLimitSettings.From(configuration);
        TrustedProxy.From(configuration);
    }
}
