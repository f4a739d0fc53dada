using System.Net;
using System.Text.Json;

namespace CareerCoordinates.Tests.Api.Ground;

public class HeadersAndQueryTests
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

    [TestCase("?asof=2020-01-01", "?asof unknown-parameter")]
    [TestCase("?asOf=2020-01-01&asOf=2020-01-01", "?asOf repeated-parameter")]
    [TestCase("?asOf=", "?asOf not-a-day")]
    [TestCase("?asOf", "?asOf not-a-day")]
    [TestCase("?asOf=2020-02-30", "?asOf not-a-day")]
    [TestCase("?asOf=2020-11", "?asOf not-a-day")]
    [TestCase("?asOf=1899-12-31", "?asOf not-a-day")]
    [TestCase("?knownAt=2020-01-01", "?knownAt not-an-instant")]
    [TestCase("?knownAt=", "?knownAt not-an-instant")]
    [TestCase("?knownAt=2026-11-22T17:00:00.000001Z", "?knownAt known-at-in-future")]
    public async Task Clocks_BadlyAsked_AreRefused(string query, string fault)
    {
        var problem = await client.GetAsync("/probes/clock" + query).Problem(400);
        Assert.That(problem.Faults(), Is.EqualTo([fault]));
    }

    [Test]
    public async Task Clocks_ByDefault_AreTodayWhereTheFrameworkLivesAndNow() =>
        Assert.That(
            await client.GetStringAsync("/probes/clock"),
            Is.EqualTo("""{"asOf":"2026-11-23","knownAt":"2026-11-22T17:00:00.000000Z","level":3}""")
        );

    [Test]
    public async Task KnownAt_WithAnOffset_IsEchoedInUtc() =>
        Assert.That(
            await client.GetStringAsync("/probes/clock?asOf=2020-06-01&knownAt=2021-01-01T08:00:00%2B08:00"),
            Is.EqualTo("""{"asOf":"2020-06-01","knownAt":"2021-01-01T00:00:00.000000Z","level":3}""")
        );

    [TestCase("?limit=0", "?limit out-of-range")]
    [TestCase("?limit=501", "?limit out-of-range")]
    [TestCase("?limit=ten", "?limit not-an-integer")]
    [TestCase("?count=yes", "?count not-a-flag")]
    [TestCase("?cursor=abc", "?cursor bad-cursor")]
    [TestCase("?cursor=%21%21", "?cursor bad-cursor")]
    [TestCase("?cursor=", "?cursor empty")]
    [TestCase("?kind=%20", "?kind empty")]
    [TestCase("?kind=%00", "?kind invalid-text")]
    public async Task List_BadlyAsked_IsRefused(string query, string fault)
    {
        var problem = await client.GetAsync("/probes" + query).Problem(400);
        Assert.That(problem.Faults(), Is.EqualTo([fault]));
    }

    [Test]
    public async Task EndpointWithoutQuery_RefusesAnyParameter()
    {
        var problem = await client.GetAsync("/api/v1/frameworks/chaoyang-12345?asOf=2020-01-01").Problem(400);
        Assert.That(problem.Faults(), Is.EqualTo(["?asOf unknown-parameter"]));
    }

    [Test]
    public async Task List_ReadPageByPage_GivesEveryItemOnce()
    {
        var seen = new List<string?>();
        var next = "/probes?limit=3&kind=a&count=true";
        while (next is not null)
        {
            using var response = await client.GetAsync(next);
            using var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            seen.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetString()));
            Assert.That(page.RootElement.GetProperty("count").GetInt32(), Is.EqualTo(7));
            var cursor = page.RootElement.GetProperty("nextCursor").GetString();
            Assert.That(response.Headers.Contains("Link"), Is.EqualTo(cursor is not null));
            next = cursor is null ? null : response.Headers.GetValues("Link").Single().Split('<', '>')[1];
        }
        Assert.That(seen, Is.EqualTo(Enumerable.Range(1, 7).Select(n => $"item-{n}")));
    }

    [Test]
    public async Task Cursor_OfAnotherListOrAltered_IsRefused()
    {
        using var page = JsonDocument.Parse(await client.GetStringAsync("/probes?limit=3&kind=a"));
        var cursor = page.RootElement.GetProperty("nextCursor").GetString()!;
        Assert.That((await client.GetAsync($"/probes?kind=b&cursor={cursor}").Problem(400)).Code(), Is.EqualTo("bad-cursor"));
        var altered = (cursor[0] == 'A' ? 'B' : 'A') + cursor[1..];
        Assert.That((await client.GetAsync($"/probes?kind=a&cursor={altered}").Problem(400)).Code(), Is.EqualTo("bad-cursor"));
        using var other = await client.GetAsync($"/probes?limit=2&kind=a&cursor={cursor}");
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task ETag_ByDefaultIsWeak_AndAnswers304()
    {
        using var weak = await client.GetAsync("/probes/clock?asOf=2020-06-01");
        using var strong = await client.GetAsync("/probes/clock?asOf=2020-06-01&knownAt=2021-01-01T00:00:00Z");
        var tag = weak.Headers.ETag!;
        Assert.That(tag.IsWeak, Is.True);
        Assert.That(strong.Headers.ETag!.IsWeak, Is.False);
        // knownAt is no part of the hash.
        Assert.That(strong.Headers.ETag.Tag, Is.EqualTo(tag.Tag));
        Assert.That(tag.Tag, Does.Match("^\"7-[0-9a-f]{16}\"$"));
        Assert.That(weak.Headers.CacheControl?.ToString(), Is.EqualTo("no-cache, private"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/probes/clock?asOf=2020-06-01");
        request.Headers.TryAddWithoutValidation("If-None-Match", $"\"x\", {tag}");
        using var again = await client.SendAsync(request);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(await again.Content.ReadAsStringAsync(), Is.Empty);
    }

    [TestCase(null, 428, "if-match-required")]
    [TestCase("*", 400, "bad-if-match")]
    [TestCase("3", 400, "bad-if-match")]
    [TestCase("\"x-y\"", 400, "bad-if-match")]
    [TestCase("\"3-a\", \"4-b\"", 400, "bad-if-match")]
    [TestCase("\"2-a\"", 412, "stale")]
    public async Task IfMatch_MissingMalformedOrStale_IsRefused(string? tag, int status, string code) =>
        Assert.That((await Put(tag).Problem(status)).Code(), Is.EqualTo(code));

    [TestCase("\"3\"")]
    [TestCase("\"3-whatever\"")]
    [TestCase("W/\"3-whatever\"")]
    public async Task IfMatch_OfTheNewestRevision_IsTaken(string tag)
    {
        using var response = await Put(tag);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.ETag!.Tag, Does.StartWith("\"4-"));
    }

    [TestCase("key with blank", ExpectedResult = 400)]
    [TestCase("键", ExpectedResult = 400)]
    [TestCase("a-key", ExpectedResult = 201)]
    public async Task<int> IdempotencyKey_IsVisibleAscii(string key)
    {
        using var response = await Post(key, """{"name":"a","size":1}""");
        return (int)response.StatusCode;
    }

    [Test]
    public async Task IdempotencyKey_SentAgain_GetsTheSameAnswer_AndAnotherBodyIsRefused()
    {
        using var first = await Post("again", """{"name":"a","size":1}""");
        using var second = await Post("again", """{"name":"a","size":1}""");
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(second.Headers.Location, Is.EqualTo(first.Headers.Location));
        Assert.That(second.Headers.ETag, Is.EqualTo(first.Headers.ETag));
        Assert.That(await second.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        var other = await Post("again", """{"name":"b","size":1}""").Problem(422);
        Assert.That(other.Code(), Is.EqualTo("idempotency-key-reused"));
        using var third = await Post("afresh", """{"name":"a","size":1}""");
        Assert.That(third.Headers.Location, Is.Not.EqualTo(first.Headers.Location));
    }

    private Task<HttpResponseMessage> Post(string key, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/probes") { Content = GroundHost.Json(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    private Task<HttpResponseMessage> Put(string? tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/probes/1")
        {
            Content = GroundHost.Json("""{"name":"a","size":1}"""),
        };
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }
        return client.SendAsync(request);
    }
}
