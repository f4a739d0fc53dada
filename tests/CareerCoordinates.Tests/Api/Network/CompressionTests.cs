using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Network;

/// <summary>What is long goes out compressed to whoever asks for that, and is the same to whoever does not.</summary>
public class CompressionTests
{
    private PeerHost host = null!;
    private HttpClient client = null!;
    private string model = "";

    [OneTimeSetUp]
    public async Task Open()
    {
        host = await PeerHost.StartAsync(TestEngine.Sqlite);
        client = host.CreateClient();
        var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/me");
        var framework = me.GetProperty("framework");
        model = $"/api/v1/frameworks/{framework.GetProperty("code")}/versions/{framework.GetProperty("version")}";
        await host.ReadyAsync();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [TestCase("br", "br")]
    [TestCase("gzip", "gzip")]
    [TestCase("gzip, deflate, br", "br")]
    [TestCase("br;q=0, gzip", "gzip")]
    public async Task WhoAsksForIt_GetsTheSameInFewerBytes(string asked, string given)
    {
        using var plain = await GetAsync(model);
        using var answer = await GetAsync(model, asked);
        Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo([given]));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
        Assert.That(Vary(answer), Does.Contain("Accept-Encoding"));
        var whole = await plain.Content.ReadAsByteArrayAsync();
        var sent = await answer.Content.ReadAsByteArrayAsync();
        Assert.That(sent, Has.Length.LessThan(whole.Length / 3));
        Assert.That(Unpacked(sent, given), Is.EqualTo(whole));
    }

    [TestCase(null)]
    [TestCase("identity")]
    [TestCase("br;q=0")]
    public async Task WhoDoesNot_GetsItPlain(string? asked)
    {
        using var answer = await GetAsync(model, asked);
        Assert.That(answer.Content.Headers.ContentEncoding, Is.Empty);
        Assert.That(answer.Headers.ETag!.IsWeak, Is.False);
        Assert.That((await answer.Content.ReadAsByteArrayAsync()).LongLength, Is.EqualTo(answer.Content.Headers.ContentLength));
    }

    [Test]
    public async Task ETag_OfEitherForm_IsKnownForTheOther()
    {
        using var plain = await GetAsync(model);
        using var answer = await GetAsync(model, "br");
        Assert.That(answer.Headers.ETag!.IsWeak, Is.True, "other bytes, the same meaning");
        Assert.That(answer.Headers.ETag.Tag, Is.EqualTo(plain.Headers.ETag!.Tag));
        foreach (var tag in new[] { answer.Headers.ETag, plain.Headers.ETag })
        {
            using var again = await GetAsync(model, "br", tag.ToString());
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(again.Content.Headers.ContentEncoding, Is.Empty);
            Assert.That(await again.Content.ReadAsByteArrayAsync(), Is.Empty);
        }
    }

    [Test]
    public async Task Head_SaysWhatGetSends()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, model);
        request.Headers.Add("Accept-Encoding", "gzip");
        using var answer = await client.SendAsync(request);
        Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo(["gzip"]));
        Assert.That(Vary(answer), Does.Contain("Accept-Encoding"));
    }

    [Test]
    public async Task Report_AsCsv_IsCompressed_AndStillVariesByWhatItVaried()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/reports/annual?year=2025");
        request.Headers.Add("Accept", "text/csv");
        request.Headers.Add("Accept-Encoding", "br");
        using var answer = await client.SendAsync(request);
        Assert.That(answer.Content.Headers.ContentEncoding, Is.EqualTo(["br"]));
        Assert.That(Vary(answer), Does.Contain("Accept-Encoding").And.Contain("Accept-Language"));
        Assert.That(
            Encoding.UTF8.GetString(Unpacked(await answer.Content.ReadAsByteArrayAsync(), "br")),
            Does.Contain("section code")
        );
    }

    [Test]
    public async Task ShortAnswers_AndAnswersOfWrites_AreLeftAlone()
    {
        using var few = await GetAsync("/api/v1/organizations", "br");
        Assert.That(few.Content.Headers.ContentEncoding, Is.Empty);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sign-in");
        request.Headers.Add("Accept-Encoding", "br");
        request.Content = JsonContent.Create(new { account = "nobody", password = new string('x', 2000) });
        using var refused = await client.SendAsync(request);
        Assert.That(refused.Content.Headers.ContentEncoding, Is.Empty);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? encodings = null, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
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

    private static string Vary(HttpResponseMessage answer) => string.Join(",", answer.Headers.GetValues("Vary"));

    private static byte[] Unpacked(byte[] sent, string encoding)
    {
        using var packed = new MemoryStream(sent);
        using Stream unpacking =
            encoding == "br"
                ? new BrotliStream(packed, CompressionMode.Decompress)
                : new GZipStream(packed, CompressionMode.Decompress);
        using var whole = new MemoryStream();
        unpacking.CopyTo(whole);
        return whole.ToArray();
    }
}
