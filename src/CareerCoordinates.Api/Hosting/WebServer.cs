using System.Net;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using Microsoft.Extensions.Logging.Console;

namespace CareerCoordinates.Api.Hosting;

/// <summary>How the web server itself is set.</summary>
public static class WebServer
{
    public const string DefaultUrl = "http://localhost:5080";

    public static WebApplicationBuilder UseCareerServer(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestLimits.BodyBytes;
        });
        if (!SaysWhereToListen(builder.Configuration))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
        builder.Services.ListenOnLoopbackOnly();
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // What it says of a failed start is said by Serve, in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        return builder;
    }

    /// <summary>No answer is to be guessed at by a browser, errors included.</summary>
    public static IApplicationBuilder UseSafeHeaders(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers.XContentTypeOptions = "nosniff";
                    return Task.CompletedTask;
                });
                return next(context);
            }
        );

    /// <summary>A page elsewhere must not reach this server by a name of its own that it lets resolve to loopback.</summary>
    public static IApplicationBuilder UseLoopbackHosts(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                var host = context.Request.Host.Host;
                return
                    host is "localhost"
                    || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
                    ? next(context)
                    : Problem.Of(RequestRefusals.HostNotAllowed, host).ExecuteAsync(context);
            }
        );

    private static bool SaysWhereToListen(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["urls"])
        || !string.IsNullOrEmpty(configuration["http_ports"])
        || !string.IsNullOrEmpty(configuration["https_ports"])
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
