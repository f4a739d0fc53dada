using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>A first look needs no account; the first account ends that.</summary>
[BothEngines]
public class LocalUserTests(TestEngine engine)
{
    [Test]
    public async Task WithoutAnyAccount_EverybodyOnThisMachineMayDoEverything_UntilThereIsOne()
    {
        await using var host = await ApiHost.StartAsync(engine);
        // The clients of the host are signed in, which makes an account.
        using var client = host.Server.CreateClient();

        using var before = await RecordAsync(client);
        using var read = await client.GetAsync("/api/v1/organizations");
        using var password = await client.PutAsync(
            "/api/v1/me/password",
            Json("""{"current":"x","new":"a sentence for nobody"}""")
        );
        using var forged = new HttpRequestMessage(HttpMethod.Get, "/api/v1/organizations");
        forged.Headers.Authorization = new("Bearer", "made-up");
        using var withAToken = await client.SendAsync(forged);
        await host.Store.SignInAsync("first", null);
        using var after = await RecordAsync(client);
        using var readAfter = await client.GetAsync("/api/v1/organizations");

        Assert.That((int)before.StatusCode, Is.EqualTo(201));
        Assert.That(await before.Content.ReadAsStringAsync(), Does.Contain("\"recordedBy\":\"local\""));
        Assert.That((int)read.StatusCode, Is.EqualTo(200));
        Assert.That((int)password.StatusCode, Is.EqualTo(401), "nobody has no password");
        Assert.That((int)withAToken.StatusCode, Is.EqualTo(401), "a token is never passed over");
        Assert.That((int)after.StatusCode, Is.EqualTo(401));
        Assert.That((int)readAfter.StatusCode, Is.EqualTo(401));
    }

    /// <summary>While there is no account nobody else could verify; yet what is recorded is submitted first.</summary>
    [Test]
    public async Task WithoutAnyAccount_WhoRecordsMayVerify_ButRecordsNothingAsVerified()
    {
        await using var host = await ApiHost.StartAsync(engine);
        using var client = host.Server.CreateClient();
        using var founded = await RecordAsync(client);
        var employer = await IdOf(founded);
        using var hired = await client.PostAsync(
            "/api/v1/workers",
            Json(
                $$"""{"name":"马岚","affiliation":{"kind":"labour-contract","organizationId":"{{employer}}","from":"2012-07-01"} }"""
            )
        );
        var path = $"/api/v1/workers/{await IdOf(hired)}/milestones";
        const string medal = """{"type":"labour-medal","occurredOn":"2023-04-28","attributes":{"level":"district"}""";
        using var refused = await client.PostAsync(path, Json(medal + ""","state":"verified"}"""));
        using var recorded = await client.PostAsync(path, Json(medal + ""","state":"submitted"}"""));
        var milestone = await IdOf(recorded);
        using var who = await client.GetAsync($"{path}/{milestone}/verification");
        using var verify = new HttpRequestMessage(HttpMethod.Post, $"{path}/{milestone}:verify");
        verify.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var verified = await client.SendAsync(verify);

        Assert.That((int)refused.StatusCode, Is.EqualTo(422));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("recorded-as-submitted").And.Contains(":verify"));
        Assert.That(
            await who.Content.ReadAsStringAsync(),
            Is.EqualTo(
                """{"state":"submitted","mayVerify":true,"because":[],"nearest":null,"mayVoid":true,"voidBecause":[],"nearestToVoid":null}"""
            )
        );
        Assert.That((int)verified.StatusCode, Is.EqualTo(200));
    }

    private static async Task<string> IdOf(HttpResponseMessage made) =>
        System.Text.Json.JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;

    private static Task<HttpResponseMessage> RecordAsync(HttpClient client) =>
        client.PostAsync(
            "/api/v1/organizations",
            Json("""{"kind":"district-federation","name":"示例区总工会","from":"2000-01-01"}""")
        );

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
