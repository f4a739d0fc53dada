using System.Net;
using System.Text.Json;

namespace CareerCoordinates.Tests.Api.Ground;

public class ProblemTests
{
    private GroundHost host = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        host = await GroundHost.StartAsync();
        client = host.CreateClient();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [TestCase("/nothing/here")]
    [TestCase("/api/v1/nothing")]
    [TestCase("/api/v1/frameworks/chaoyang-12345/versions/two")]
    public async Task UnknownAddress_Is404AsAProblem(string path) =>
        Assert.That((await client.GetAsync(path).Problem(404)).Code(), Is.EqualTo("not-found"));

    [Test]
    public async Task WrongMethod_Is405AsAProblem() =>
        Assert.That(
            (await client.DeleteAsync("/api/v1/frameworks/chaoyang-12345").Problem(405)).Code(),
            Is.EqualTo("method-not-allowed")
        );

    /// <summary>An address ends where its id or its verb does: what only its neighbours take is not offered.</summary>
    [TestCase("DELETE", "workers", "GET, HEAD, POST")]
    [TestCase("DELETE", "workers/{0}", "GET, HEAD, PATCH")]
    [TestCase("POST", "workers/{0}", "GET, HEAD, PATCH")]
    [TestCase("DELETE", "workers/{0}:void", "POST")]
    [TestCase("GET", "workers/{0}:void", "POST")]
    [TestCase("DELETE", "workers/{0}/milestones/{0}", "GET, HEAD, PUT")]
    [TestCase("GET", "workers/{0}/milestones/{0}:verify", "POST")]
    [TestCase("DELETE", "milestones", "GET, HEAD")]
    [TestCase("GET", "milestones:verify", "POST")]
    public async Task WrongMethod_IsToldThoseOfThisAddressOnly(string method, string path, string allowed)
    {
        var address = "/api/v1/" + string.Format(null, path, "01990000-0000-7000-8000-000000000000");
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(string.Join(", ", response.Content.Headers.Allow), Is.EqualTo(allowed));
    }

    [TestCase("GET", "workers/not-an-id")]
    [TestCase("POST", "workers/{0}/milestones/{0}:praise")]
    public async Task AddressThatIsNone_Is404WhateverTheMethod(string method, string path)
    {
        var address = "/api/v1/" + string.Format(null, path, "01990000-0000-7000-8000-000000000000");
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(response.Content.Headers.Allow, Is.Empty);
    }

    [TestCase("/healthz", 200)]
    [TestCase("/api/v1/frameworks/chaoyang-12345", 200)]
    [TestCase("/api/v1/workers", 200)]
    [TestCase("/api/v1/workers/01990000-0000-7000-8000-000000000000", 404)]
    public async Task Head_IsAnsweredWhereGetIs(string path, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var response = await client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Exception_Is500WithoutDetails()
    {
        var problem = await client.GetAsync("/probes/crash").Problem(500);
        Assert.That(problem.Code(), Is.EqualTo("internal-error"));
        using var response = await client.GetAsync("/probes/crash");
        Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
        Assert.That(problem.ToString(), Does.Not.Contain("swordfish").And.Not.Contain("Exception"));
    }

    [TestCase("evil.example", 400)]
    [TestCase("localhost.evil.example", 400)]
    [TestCase("10.0.0.7:5080", 400)]
    [TestCase("localhost:5080", 200)]
    [TestCase("127.0.0.1:5080", 200)]
    [TestCase("[::1]:5080", 200)]
    public async Task Server_AnswersOnlyAsLocalhost(string name, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.Host = name;
        using var response = await client.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [TestCase("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN")]
    [TestCase("zh-Hans-CN", "zh-CN")]
    [TestCase("ZH", "zh-CN")]
    [TestCase("en-GB,zh;q=0.5", "en")]
    [TestCase("en;q=0.2,zh;q=0.7", "zh-CN")]
    [TestCase("fr, de", "en")]
    [TestCase("zhx", "en")]
    [TestCase("???;;;", "en")]
    [TestCase(null, "en")]
    public async Task Text_IsInTheLanguageAskedFor(string? accepted, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/frameworks/other");
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        using var response = await client.SendAsync(request);
        Assert.That(response.Content.Headers.ContentLanguage, Is.EqualTo([language]));
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.That(problem.RootElement.Code(), Is.EqualTo("unknown-framework"));
        Assert.That(
            problem.RootElement.GetProperty("detail").GetString(),
            Does.Contain(language == "en" ? "There is no framework \"other\" here" : "此处没有坐标体系“other”")
        );
    }

    [Test]
    public async Task Framework_IsAnsweredAsPublished()
    {
        using var newest = await client.GetAsync("/api/v1/frameworks/chaoyang-12345");
        using var version = await client.GetAsync("/api/v1/frameworks/chaoyang-12345/versions/1");
        Assert.That(await newest.Content.ReadAsStringAsync(), Does.Contain("职业"));
        Assert.That(await version.Content.ReadAsStringAsync(), Is.EqualTo(await newest.Content.ReadAsStringAsync()));
        Assert.That(version.Headers.CacheControl?.ToString(), Does.Contain("immutable"));
        Assert.That(newest.Headers.CacheControl?.ToString(), Does.Not.Contain("immutable"));
        Assert.That(
            (await client.GetAsync("/api/v1/frameworks/chaoyang-12345/versions/7").Problem(404)).Code(),
            Is.EqualTo("unknown-framework-version")
        );
    }

    [Test]
    public async Task Metrics_CountRequestsByRouteAndStatus()
    {
        await client.GetAsync("/api/v1/frameworks/nowhere").Problem(404);
        Assert.That(
            await client.GetStringAsync("/metrics"),
            Does.Match("""duration_seconds_count\{method="GET",route="/api/v1/frameworks/\{code\}",status="404"\} [1-9]""")
        );
    }

    [TestCase("/healthz", "text/plain")]
    [TestCase("/metrics", "text/plain")]
    [TestCase("/openapi.yaml", "application/yaml")]
    [TestCase("/openapi.json", "application/json")]
    [TestCase("/swagger/index.html", "text/html")]
    public async Task WhatRunsTheServer_Answers(string path, string type)
    {
        using var response = await client.GetAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo(type));
        Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
    }
}
