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
        builder.Services.GuardSockets();
        // By Logging:Console:FormatterName=json a line is a JSON object.
        builder.Logging.ClearProviders().AddConsole();
        builder.Services.Configure<SimpleConsoleFormatterOptions>(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // What it says of a failed start is said by Serve, in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        return builder;
    }

    private static bool SaysWhereToListen(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["urls"])
        || !string.IsNullOrEmpty(configuration["http_ports"])
        || !string.IsNullOrEmpty(configuration["https_ports"])
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
}
