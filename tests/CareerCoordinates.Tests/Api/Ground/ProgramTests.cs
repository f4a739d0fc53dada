using System.Net;
using System.Net.Sockets;
using CareerCoordinates.Api.Hosting;
using Microsoft.AspNetCore.Builder;

namespace CareerCoordinates.Tests.Api.Ground;

public class ProgramTests
{
    [TestCase("", "Serve")]
    [TestCase("--urls http://localhost:1", "Serve")]
    [TestCase("--urls=http://localhost:1", "Serve")]
    [TestCase("demo", "Demo")]
    [TestCase("demo --urls=http://localhost:1", "Demo")]
    [TestCase("demo --workers 88000", "DemoOf")]
    [TestCase("demo --workers=88000 --Database:Engine=postgres", "DemoOf")]
    [TestCase("openapi", "OpenApi")]
    [TestCase("--help", "Help")]
    [TestCase("serve", null)]
    [TestCase("demo --workers", null)]
    [TestCase("demo --workers many", null)]
    [TestCase("demo --workers 0", null)]
    [TestCase("demo 5", null)]
    [TestCase("--urls", null)]
    [TestCase("-x", null)]
    public void Command_IsReadFromTheLine(string line, string? expected) =>
        Assert.That(Command.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))?.GetType().Name, Is.EqualTo(expected));

    [TestCase("--urls=http://0.0.0.0:0")]
    [TestCase("--urls=http://*:0")]
    [TestCase("--urls=http://[::]:0")]
    [TestCase("--urls=http://127.0.0.1:0;http://0.0.0.0:0")]
    [TestCase("--Kestrel:Endpoints:Open:Url=http://0.0.0.0:0")]
    [TestCase("--Kestrel:Endpoints:Open:Url=http://+:0", "--urls=http://127.0.0.1:0")]
    [TestCase("--http_ports=0")]
    public async Task Server_AskedToListenToOthers_Refuses(params string[] settings)
    {
        await using var app = Build(settings);
        Assert.That(
            async () => await app.StartAsync(),
            Throws.TypeOf<NotLoopbackException>().With.Message.Contains("Refusing to listen on")
        );
    }

    [TestCase("--urls=http://127.0.0.1:0")]
    [TestCase("--urls=http://[::1]:0")]
    public async Task Server_OnLoopback_Listens(params string[] settings)
    {
        if (settings[0].Contains("::1", StringComparison.Ordinal) && !Socket.OSSupportsIPv6)
        {
            Assert.Ignore("No IPv6 here.");
        }
        await using var app = Build(settings);
        await app.StartAsync();
        Assert.That(app.Urls.Select(url => new Uri(url)), Has.All.Matches<Uri>(url => url.IsLoopback));
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(app.Urls.First()));
        Assert.That(response.Headers.Contains("Server"), Is.False);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await app.StopAsync();
    }

    private static WebApplication Build(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.UseCareerServer();
        return builder.Build();
    }
}
