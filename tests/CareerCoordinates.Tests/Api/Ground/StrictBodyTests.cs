namespace CareerCoordinates.Tests.Api.Ground;

public class StrictBodyTests
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

    [TestCase("""{"name":"a","size":1,"colour":"red"}""", "/colour unknown-member")]
    [TestCase("""{"name":"a","size":1,"Name":"b"}""", "/Name unknown-member")]
    [TestCase("""{"name":"a","size":1,"name":"b"}""", "/name duplicate-member")]
    [TestCase("""{"name":"a","size":1,"na\u006de":"b"}""", "/name duplicate-member")]
    [TestCase("""{"name":"a","size":1,"anything":{"x":{"y":1,"y":2}}}""", "/anything/x/y duplicate-member")]
    [TestCase("""{"size":1}""", "/name member-missing")]
    [TestCase("""{"name":null,"size":1}""", "/name null-not-allowed")]
    [TestCase("""{"name":7,"size":1}""", "/name not-a-text")]
    [TestCase("""{"name":"a","size":"1"}""", "/size not-an-integer")]
    [TestCase("""{"name":"a","size":1.5}""", "/size not-an-integer")]
    [TestCase("""{"name":"a","size":1e400}""", "/size not-an-integer")]
    [TestCase("""{"name":"a","size":1,"kind":"PlainOne"}""", "/kind value-not-allowed")]
    [TestCase("""{"name":"a","size":1,"kind":0}""", "/kind value-not-allowed")]
    [TestCase("""{"name":"a","size":1,"on":"2023-02-30"}""", "/on not-a-day")]
    [TestCase("""{"name":"a","size":1,"on":"1899-12-31"}""", "/on not-a-day")]
    [TestCase("""{"name":"a","size":1,"on":"2201-01-01"}""", "/on not-a-day")]
    [TestCase("""{"name":"a","size":1,"on":"2023-2-3"}""", "/on not-a-day")]
    [TestCase("""{"name":"a","size":1,"on":"2023-02"}""", "/on not-a-day")]
    [TestCase("""{"name":"a","size":1,"items":{}}""", "/items not-a-list")]
    [TestCase(
        """{"name":"a","size":1,"items":[{"name":"x"},{"nam/e":"x"}]}""",
        "/items/1/nam~1e unknown-member",
        "/items/1/name member-missing"
    )]
    [TestCase("""{"name":"a","size":1,"items":[null]}""", "/items/0 null-not-allowed")]
    [TestCase("""{"name":"\ud800","size":1}""", "/name invalid-text")]
    [TestCase("""{"name":"a\u0000","size":1}""", "/name invalid-text")]
    [TestCase("""{"name":"a","size":1,"anything":{"\u0000":1}}""", "/anything/\0 invalid-text")]
    [TestCase("""{"name":"","size":1}""", "/name empty")]
    [TestCase("""{"name":"abcdefghijk","size":1}""", "/name too-long")]
    [TestCase("""{"name":"a","size":1,"items":[{"name":" "}]}""", "/items/0/name empty")]
    [TestCase("""{"name":5,"size":"x","colour":1}""", "/name not-a-text", "/size not-an-integer", "/colour unknown-member")]
    public async Task Body_WithAFault_IsRefusedWithItsPlace(string body, params string[] faults)
    {
        var problem = await client.PostAsync("/probes", GroundHost.Json(body)).Problem(400);
        Assert.That(problem.Faults(), Is.EquivalentTo(faults));
        Assert.That(problem.Code(), Is.EqualTo(faults[0].Split(' ')[1]));
    }

    [TestCase("", "body-missing")]
    [TestCase("{", "malformed-json")]
    [TestCase("""{"name":"a","size":1,}""", "malformed-json")]
    [TestCase("""{"name":"a","size":1} {}""", "malformed-json")]
    [TestCase("""{"name":"a"/* no */,"size":1}""", "malformed-json")]
    [TestCase("null", "not-an-object")]
    [TestCase("[]", "not-an-object")]
    [TestCase("7", "not-an-object")]
    public async Task Body_ThatIsNoObject_IsRefused(string body, string code)
    {
        var problem = await client.PostAsync("/probes", GroundHost.Json(body)).Problem(400);
        Assert.That(problem.Code(), Is.EqualTo(code));
    }

    [Test]
    public async Task Nesting_BeyondTheLimit_IsRefused()
    {
        // The object around it is the first level.
        string Nested(int levels) =>
            $$"""{"name":"a","size":1,"anything":{{new string('[', levels)}}{{new string(']', levels)}}}""";
        var problem = await client.PostAsync("/probes", GroundHost.Json(Nested(32))).Problem(400);
        Assert.That(problem.Code(), Is.EqualTo("too-deep"));
        using var allowed = await client.PostAsync("/probes", GroundHost.Json(Nested(31)));
        Assert.That((int)allowed.StatusCode, Is.EqualTo(201), await allowed.Content.ReadAsStringAsync());
        var huge = await client.PostAsync("/probes", GroundHost.Json(new string('[', 500_000))).Problem(400);
        Assert.That(huge.Code(), Is.EqualTo("too-deep"));
    }

    [TestCase("text/plain")]
    [TestCase("application/xml")]
    [TestCase("application/merge-patch+json")]
    [TestCase("application/x-www-form-urlencoded")]
    public async Task MediaType_OtherThanJson_Is415(string type)
    {
        var problem = await client.PostAsync("/probes", GroundHost.Json("{}", type)).Problem(415);
        Assert.That(problem.Code(), Is.EqualTo("unsupported-media-type"));
    }

    [Test]
    public async Task MediaType_MissingOrInAnotherCharset_Is415()
    {
        using var none = new ByteArrayContent("{}"u8.ToArray());
        Assert.That((await client.PostAsync("/probes", none).Problem(415)).Code(), Is.EqualTo("unsupported-media-type"));
        using var utf16 = new StringContent("{}", System.Text.Encoding.Unicode, "application/json");
        Assert.That((await client.PostAsync("/probes", utf16).Problem(415)).Code(), Is.EqualTo("unsupported-media-type"));
    }

    [Test]
    public async Task Body_Compressed_Is415()
    {
        using var body = GroundHost.Json("""{"name":"a","size":1}""");
        body.Headers.ContentEncoding.Add("gzip");
        Assert.That((await client.PostAsync("/probes", body).Problem(415)).Code(), Is.EqualTo("unsupported-media-type"));
    }

    [Test]
    public async Task Body_NotSentAtAll_IsMissing() =>
        Assert.That((await client.PostAsync("/probes", null).Problem(400)).Code(), Is.EqualTo("body-missing"));

    [Test]
    public async Task Body_OverOneMegabyte_Is413()
    {
        var body = $$"""{"name":"a","size":1,"anything":"{{new string('x', 1024 * 1024)}}"}""";
        var problem = await client.PostAsync("/probes", GroundHost.Json(body)).Problem(413);
        Assert.That(problem.Code(), Is.EqualTo("body-too-large"));
    }

    [Test]
    public async Task Body_WithAByteOrderMark_IsRead()
    {
        using var response = await client.PostAsync("/probes", GroundHost.Json("\uFEFF{\"name\":\"a\",\"size\":1}"));
        Assert.That((int)response.StatusCode, Is.EqualTo(201));
    }

    [TestCase("""{}""", """{"name":"was","on":"2020-01-02"}""")]
    [TestCase("""{"on":null}""", """{"name":"was","on":null}""")]
    [TestCase("""{"name":"now","on":"2021-03-04"}""", """{"name":"now","on":"2021-03-04"}""")]
    [TestCase("""{"nickname":null}""", """{"name":"was","on":"2020-01-02"}""")]
    public async Task MergePatch_TellsAbsentFromNull(string patch, string expected)
    {
        foreach (var type in new[] { "application/json", "application/merge-patch+json" })
        {
            using var response = await Patch(patch, type);
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(expected));
        }
    }

    [TestCase("""{"name":null}""", "/name null-not-allowed")]
    [TestCase("""{"name":3}""", "/name not-a-text")]
    [TestCase("""{"on":"soon"}""", "/on not-a-day")]
    [TestCase("""{"size":1}""", "/size unknown-member")]
    public async Task MergePatch_WithAFault_IsRefused(string patch, string fault)
    {
        var problem = await Patch(patch, "application/merge-patch+json").Problem(400);
        Assert.That(problem.Faults(), Is.EqualTo([fault]));
    }

    private Task<HttpResponseMessage> Patch(string body, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, "/probes/1") { Content = GroundHost.Json(body, type) };
        request.Headers.Add("If-Match", "\"3-0\"");
        return client.SendAsync(request);
    }
}
