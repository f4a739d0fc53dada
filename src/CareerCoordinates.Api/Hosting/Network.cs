using System.Net;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using Microsoft.AspNetCore.HttpOverrides;

namespace CareerCoordinates.Api.Hosting;

/// <summary>Which connections are served, and what is believed of what they say.</summary>
public static class Network
{
    /// <summary>Asked by what watches the server from the machine of the proxy; they take no secret and tell none.</summary>
    private static readonly string[] Health = ["/healthz", "/readyz"];

    /// <summary>
    /// Plain http is served to this machine, and to the proxies that are trusted. What a proxy does not say to have come by https is refused
    /// and not sent on to https: the password or token in it has been shown already, and a client that is sent on would go on
    /// doing so unnoticed.
    /// </summary>
    public static IApplicationBuilder UseNetworkRules(this WebApplication app)
    {
        var proxy = TrustedProxy.From(app.Configuration);
        app.Use(
            (context, next) =>
                context.Request.IsHttps
                || IsThisMachine(context.Connection.RemoteIpAddress)
                || proxy.Has(context.Connection.RemoteIpAddress)
                    ? next(context)
                    : Problem.Of(NetworkRefusals.OnlyThroughProxy).ExecuteAsync(context)
        );
        if (proxy.IsConfigured)
        {
            app.UseForwardedHeaders(BelievedOf(proxy));
            app.Use(
                (context, next) =>
                    context.Request.IsHttps || IsHealth(context) || !IsFromProxy(context, proxy)
                        ? next(context)
                        : Problem.Of(NetworkRefusals.HttpsNeeded).ExecuteAsync(context)
            );
        }
        // A page elsewhere must not reach this server by a name of its own that it lets resolve to loopback; over https it has no
        // certificate for that name. What watches a server behind a proxy asks by whatever name it has there.
        return app.Use(
            (context, next) =>
                context.Request.IsHttps || (proxy.IsConfigured && IsHealth(context)) || IsLoopbackName(context.Request.Host.Host)
                    ? next(context)
                    : Problem.Of(RequestRefusals.HostNotAllowed, context.Request.Host.Host).ExecuteAsync(context)
        );
    }

    public static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    /// <summary>A socket file and a test's own server have no address.</summary>
    public static bool IsThisMachine(IPAddress? address) => address is null || IPAddress.IsLoopback(TrustedProxy.Plain(address));

    private static ForwardedHeadersOptions BelievedOf(TrustedProxy proxy)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // Through as many as are trusted.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxy.Networks)
        {
            options.KnownIPNetworks.Add(network);
        }
        return options;
    }

    /// <summary>
    /// What the proxy sends without any mark was not said to have come by https. A mark that was believed has left another
    /// (<c>X-Original-…</c>), so this may be asked when the address is no longer the proxy's.
    /// </summary>
    private static bool IsFromProxy(HttpContext context, TrustedProxy proxy) =>
        proxy.Has(context.Connection.RemoteIpAddress) || LocalUser.IsFromElsewhere(context);

    private static bool IsHealth(HttpContext context) => Health.Contains(context.Request.Path.Value);
}
