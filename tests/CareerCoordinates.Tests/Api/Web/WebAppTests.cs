using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CareerCoordinates.Api.Web;
using CareerCoordinates.Tests.Api.Network;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Http;

namespace CareerCoordinates.Tests.Api.Web;

/// <summary>How the web app is served: from the API's own address, and without ever standing in its way.</summary>
public partial class WebAppTests
{
    private PeerHost host = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        host = await PeerHost.StartAsync(TestEngine.Sqlite);
        client = host.CreatePlainClient();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [TestCase("/")]
    [TestCase("/mine")]
    [TestCase("/people/01990000-0000-7000-8000-00000000dead")]
    public async Task Page_IsGivenToABrowser_WithAStrictPolicy(string path)
    {
        using var answer = await GetAsync(path, accept: "text/html,application/xhtml+xml,*/*;q=0.8");
        var body = await answer.Content.ReadAsStringAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.That(policy, Does.StartWith("default-src 'none'").And.Contain("script-src 'self'").And.Not.Contain("unsafe"));
        Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("no-cache"));
        Assert.That(body, Does.Contain("career-demo\" content=\"no\"").And.Contain("/browser-check.js"));
        Assert.That(InlineScript().IsMatch(body), Is.False, "the policy would not run it");
    }

    [Test]
    public async Task WorkersOwnPage_AsksAtOnceForTheServedFramework()
    {
        using var answer = await GetAsync("/mine", accept: "text/html");
        var asked = ServedFramework().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value;
        using var framework = await GetAsync(asked);

        Assert.That(framework.StatusCode, Is.EqualTo(HttpStatusCode.OK), asked);
        Assert.That(await client.GetStringAsync("/"), Does.Not.Contain("/api/v1/frameworks"));
    }

    [TestCase("br")]
    [TestCase("gzip")]
    [TestCase("identity")]
    [TestCase("gzip, deflate, br")]
    [TestCase("br;q=0, gzip")]
    public async Task EveryHashedFile_ComesWhole_InEachEncoding_AndIsKept(string encodings)
    {
        var page = await client.GetStringAsync("/");
        var files = HashedFile().Matches(page).Select(found => found.Value).ToList();
        Assert.That(files, Has.Count.GreaterThanOrEqualTo(2));

        foreach (var file in files)
        {
            var plain = await client.GetByteArrayAsync(file);
            using var answer = await GetAsync(file, encodings: encodings);
            var sent = await answer.Content.ReadAsByteArrayAsync();
            var encoding = answer.Content.Headers.ContentEncoding.SingleOrDefault();

            Assert.That(Decoded(sent, encoding), Is.EqualTo(plain).And.Not.Empty, file);
            Assert.That(
                encoding,
                Is.EqualTo(
                    encodings.Contains("br;q=0") || encodings == "gzip" ? "gzip"
                    : encodings == "identity" ? null
                    : "br"
                )
            );
            Assert.That(answer.Headers.CacheControl?.ToString(), Does.Contain("max-age=31536000").And.Contain("immutable"));
            Assert.That(answer.Headers.Vary, Does.Contain("Accept-Encoding"));

            using var again = await GetAsync(file, encodings: encodings, known: answer.Headers.ETag!.ToString());
            Assert.That((int)again.StatusCode, Is.EqualTo(304));
        }
    }

    [TestCase("GET", "/api/v1/nothing", 404)]
    [TestCase("GET", "/api", 404)]
    [TestCase("GET", "/API/v1/nothing", 404)]
    [TestCase("GET", "/swagger/nothing", 404)]
    [TestCase("GET", "/openapi.xml", 404)]
    [TestCase("GET", "/assets/gone-12345678.js", 404)]
    [TestCase("GET", "/assets/../appsettings.json", 404)]
    [TestCase("GET", "/%2e%2e/seeds/notices/notice.json", 404)]
    [TestCase("POST", "/mine", 404)]
    [TestCase("POST", "/", 404)]
    [TestCase("GET", "/healthz", 200)]
    public async Task Page_NeverStandsForWhatIsTheApis(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Accept", "text/html,*/*;q=0.8");
        using var answer = await client.SendAsync(request);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.Not.EqualTo("text/html"));
    }

    [Test]
    public async Task Program_ThatAsksForAnUnknownAddress_GetsItsProblem()
    {
        using var answer = await GetAsync("/nothing", accept: "application/json");

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task Head_HasTheLengthAndNoBody()
    {
        using var answer = await client.SendAsync(new(HttpMethod.Head, "/"));

        Assert.That(answer.Content.Headers.ContentLength, Is.GreaterThan(500));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task WithoutTheBuild_ABrowserIsToldWhatIsMissing()
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Path = "/";
        using var body = new MemoryStream();
        context.Response.Body = body;

        await WebApp.Answer(context, null, _ => throw new InvalidOperationException("The page is the app's."));

        Assert.That(context.Response.StatusCode, Is.EqualTo(503));
        Assert.That(Encoding.UTF8.GetString(body.ToArray()), Does.Contain("Install Node").And.Contain("请安装 Node"));
    }

    [Test]
    public void Demo_IsMarkedInThePage()
    {
        var demo = WebFiles.Read(WebFiles.Folder, isDemo: true, TestFrameworks.Chaoyang)!;
        var real = WebFiles.Read(WebFiles.Folder, isDemo: false, TestFrameworks.Chaoyang)!;

        Assert.That(Encoding.UTF8.GetString(demo.Page.Plain), Does.Contain("career-demo\" content=\"yes\""));
        Assert.That(demo.Page.Tag, Is.Not.EqualTo(real.Page.Tag));
        Assert.That(WebFiles.Read(Path.Combine(WebFiles.Folder, "assets"), isDemo: false, TestFrameworks.Chaoyang), Is.Null);
    }

    private async Task<HttpResponseMessage> GetAsync(
        string path,
        string accept = "*/*",
        string? encodings = null,
        string? known = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", accept);
        if (encodings is not null)
        {
            request.Headers.Add("Accept-Encoding", encodings);
        }
        if (known is not null)
        {
            request.Headers.Add("If-None-Match", known);
        }
        return await client.SendAsync(request);
    }

    private static byte[] Decoded(byte[] sent, string? encoding)
    {
        using var from = new MemoryStream(sent);
        using Stream decoder = encoding switch
        {
            "br" => new BrotliStream(from, CompressionMode.Decompress),
            "gzip" => new GZipStream(from, CompressionMode.Decompress),
            _ => from,
        };
        using var to = new MemoryStream();
        decoder.CopyTo(to);
        return to.ToArray();
    }

    [GeneratedRegex("href=\"(/api/v1/frameworks/[^\"]+)\"")]
    private static partial Regex ServedFramework();

    [GeneratedRegex("/assets/[\\w.-]+\\.(js|css)")]
    private static partial Regex HashedFile();

    [GeneratedRegex("<script(?![^>]*\\bsrc=)|<style|\\son\\w+=", RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();
}
