using System.Text;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api.Network;

/// <summary>What every answer tells a browser, and who may see the page that shows the document.</summary>
public class SafeHeadersTests
{
    private const string Closed = "default-src 'none'; frame-ancestors 'none'";

    private PeerHost host = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        host = await PeerHost.StartAsync(TestEngine.Sqlite);
        client = host.CreateClient();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [TestCase("GET", "/api/v1/organizations", 200)]
    [TestCase("HEAD", "/api/v1/organizations", 200)]
    [TestCase("GET", "/api/v1/workers/01990000-0000-7000-8000-00000000dead", 404)]
    [TestCase("GET", "/api/v1/organizations?asof=1", 400)]
    [TestCase("POST", "/api/v1/organizations", 400)]
    [TestCase("DELETE", "/api/v1/organizations", 405)]
    [TestCase("GET", "/nowhere", 404)]
    [TestCase("GET", "/healthz", 200)]
    [TestCase("GET", "/metrics", 200)]
    [TestCase("GET", "/openapi.yaml", 200)]
    [TestCase("GET", "/swagger/nowhere", 404)]
    [TestCase("GET", "/swagger/index.html", 200)]
    [TestCase("GET", "http://evil.example/api/v1/me", 400)]
    public async Task EveryAnswer_HasThem(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await client.SendAsync(request);
        string Header(string name) => string.Join("|", answer.Headers.TryGetValues(name, out var values) ? values : []);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
        Assert.That(Header("Referrer-Policy"), Is.EqualTo("no-referrer"));
        Assert.That(Header("Cross-Origin-Resource-Policy"), Is.EqualTo("same-origin"));
        Assert.That(Header("Cross-Origin-Opener-Policy"), Is.EqualTo("same-origin"));
        Assert.That(Header("Permissions-Policy"), Does.Contain("geolocation=()"));
        Assert.That(Header("Cache-Control"), Is.Not.Empty);
        Assert.That(answer.Headers.Contains("Server"), Is.False);
        Assert.That(answer.Headers.Contains("X-Powered-By"), Is.False);
        Assert.That(
            Header("Content-Security-Policy"),
            path.StartsWith("/swagger", StringComparison.Ordinal)
                ? Does.StartWith("default-src 'none';").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe")
                : Is.EqualTo(Closed)
        );
    }

    [Test]
    public async Task WhatIsAboutAccounts_IsKeptByNobody()
    {
        var paths = host
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ITagsMetadata>()?.Tags.Contains("Access") == true)
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET"))
            .Select(e =>
                "/" + e.RoutePattern.RawText!.TrimStart('/').Replace("{accountId:guid}", "01990000-0000-7000-8000-00000000dead")
            )
            .Distinct()
            .ToList();
        Assert.That(paths, Has.Count.GreaterThan(4));
        foreach (var path in paths)
        {
            using var answer = await client.GetAsync(path);
            Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"), path);
        }
        using var made = await client.PostAsync(
            "/api/v1/accounts",
            new StringContent("""{"name":"someone","password":"a sentence for somebody"}""", Encoding.UTF8, "application/json")
        );
        Assert.That((int)made.StatusCode, Is.EqualTo(201));
        Assert.That(made.Headers.CacheControl?.ToString(), Is.EqualTo("no-store"));
    }

    [TestCase("/swagger")]
    [TestCase("/swagger/index.html")]
    [TestCase("/swagger/swagger-ui-bundle.js")]
    [TestCase("/SWAGGER/index.html")]
    public async Task PageOfTheDocument_IsForThoseSignedIn(string path)
    {
        await host.Store.SignInAsync("somebody", null);
        using var nobody = host.CreatePlainClient();
        using var stranger = host.CreateClient("made-up");

        using var closed = await nobody.GetAsync(path);
        using var madeUp = await stranger.GetAsync(path);
        using var signedIn = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        using var open = await signedIn.GetAsync(path);

        Assert.That((int)closed.StatusCode, Is.EqualTo(401));
        Assert.That(await closed.Content.ReadAsStringAsync(), Does.Contain("sign-in-needed"));
        Assert.That((int)madeUp.StatusCode, Is.EqualTo(401));
        Assert.That((int)open.StatusCode, Is.EqualTo(path == "/swagger" ? 301 : 200));
    }

    [Test]
    public async Task DocumentItself_IsOpen()
    {
        await host.Store.SignInAsync("somebody", null);
        using var nobody = host.CreatePlainClient();

        using var yaml = await nobody.GetAsync("/openapi.yaml");
        using var json = await nobody.GetAsync("/openapi.json");

        Assert.That(((int)yaml.StatusCode, (int)json.StatusCode), Is.EqualTo((200, 200)));
    }

    [Test]
    public async Task WhileThereIsNoAccount_ThePageIsOpen()
    {
        await using var own = await PeerHost.StartAsync(TestEngine.Sqlite);
        using var asker = own.CreatePlainClient();

        using var page = await asker.GetAsync("/swagger/index.html");

        Assert.That((int)page.StatusCode, Is.EqualTo(200));
    }

    /// <summary>The policy holds only if the page keeps to it: no script, style or handler in the page itself.</summary>
    [Test]
    public async Task PageOfTheDocument_NeedsNoScriptOrStyleInIt()
    {
        var page = await client.GetStringAsync("/swagger/index.html");

        Assert.That(page, Does.Contain("<script src=").And.Contain("rel=\"stylesheet\""));
        Assert.That(page, Does.Not.Match("<style|<script(?![^>]* src=)| on[a-z]+=| style=|https?://(?!www.w3.org)"));
    }
}
