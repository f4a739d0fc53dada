using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>Something on loopback that answers whatever is asked with what a test wants, and keeps what was asked.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<string> asked = [];

    private Issuer(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (asked)
            {
                return [.. asked];
            }
        }
    }

    public static async Task<Issuer> StartAsync(Func<HttpContext, string, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var issuer = new Issuer(builder.Build());
        issuer.app.Run(context =>
        {
            lock (issuer.asked)
            {
                issuer.asked.Add(context.Request.Path);
            }
            return answer(context, issuer.Address);
        });
        await issuer.app.StartAsync();
        return issuer;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
