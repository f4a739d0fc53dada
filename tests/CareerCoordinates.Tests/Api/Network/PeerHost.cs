using System.Net;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CareerCoordinates.Tests.Api.Network;

/// <summary>The real program; a header of the tests' own says from which address a request is to come.</summary>
public sealed class PeerHost(TestDatabase database) : ApiHost(database)
{
    public const string Peer = "X-Test-Peer";

    /// <summary>Where the log goes, too, with everything in it.</summary>
    public CapturedLog? Log { get; init; }

    public static async Task<PeerHost> StartAsync(TestEngine engine, params (string Name, string Value)[] settings)
    {
        var host = new PeerHost(await engine.OpenAsync());
        foreach (var (name, value) in settings)
        {
            host.Settings[name] = value;
        }
        return host;
    }

    /// <summary>A client that is nobody yet and does not make an account, as the host's others do.</summary>
    public HttpClient CreatePlainClient() => Server.CreateClient();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter>(new FromPeer()));
        if (Log is not null)
        {
            builder.ConfigureLogging(logging => logging.AddProvider(Log).AddFilter<CapturedLog>(null, LogLevel.Trace));
        }
    }

    private sealed class FromPeer : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (context, go) =>
                    {
                        if (context.Request.Headers.Remove(Peer, out var address))
                        {
                            context.Connection.RemoteIpAddress = IPAddress.Parse(address.ToString());
                        }
                        return go(context);
                    }
                );
                next(app);
            };
    }
}

internal static class PeerRequests
{
    /// <summary>GET from an address, with headers written as <c>Name: value</c>.</summary>
    public static async Task<(int Status, string? Code, HttpResponseMessage Response)> GetFromAsync(
        this HttpClient client,
        string peer,
        string url,
        params string[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add(PeerHost.Peer, peer);
        foreach (var header in headers)
        {
            var colon = header.IndexOf(": ", StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 2)..]);
        }
        var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var code = System.Text.RegularExpressions.Regex.Match(text, "\"code\":\"([a-z-]+)\"");
        return ((int)response.StatusCode, code.Success ? code.Groups[1].Value : null, response);
    }
}
