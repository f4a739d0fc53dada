using CareerCoordinates.Api.Access;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>Who has signed in from a device before is not locked out by others' guesses.</summary>
[BothEngines]
public class KnownDeviceTests(TestEngine engine)
{
    private const string Password = "a sentence that only I know";

    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task KnownDevice_GetsInWhileTheAccountIsUnderAttack()
    {
        await AccountAsync("ada");
        await AccountAsync("bela");
        var device = await DeviceAsync("ada");
        var others = await DeviceAsync("bela");
        await GuessAsync("ada", null);

        var stranger = await SignInAsync("ada", null);
        var other = await SignInAsync("ada", others);
        var known = await SignInAsync("ada", device);

        Assert.That((stranger.Status, stranger.Code), Is.EqualTo((429, "too-many-attempts")));
        Assert.That(other.Status, Is.EqualTo(429), "another account's device is nobody's here");
        Assert.That(known.Status, Is.EqualTo(200), known.Text);
        Assert.That(known.Body.TryGetProperty("deviceToken", out _), Is.False, "it has one");
    }

    [Test]
    public async Task KnownDevice_HasACountOfItsOwn()
    {
        await AccountAsync("cora");
        var device = await DeviceAsync("cora");
        await GuessAsync("cora", device);

        Assert.That((await SignInAsync("cora", device)).Status, Is.EqualTo(429), "a stolen device may not guess either");
        Assert.That((await SignInAsync("cora", null)).Status, Is.EqualTo(200), "others are not held up by it");
    }

    [Test]
    public async Task NewPassword_ForgetsTheDevices()
    {
        await AccountAsync("dora");
        var signedIn = (await SignInAsync("dora", null)).Expect(200).Body;
        var device = signedIn.GetProperty("deviceToken").GetString()!;
        using var client = office.Host.CreateClient(signedIn.GetProperty("token").GetString());

        using var changed = await client.PutAsync(
            "/api/v1/me/password",
            new StringContent(
                $$"""{"current":"{{Password}}","new":"another sentence for me"}""",
                System.Text.Encoding.UTF8,
                "application/json"
            )
        );

        Assert.That((int)changed.StatusCode, Is.EqualTo(204));
        Assert.That(IsKnown(device, "dora"), Is.False);
    }

    [Test]
    public async Task OfManyDevices_TheOneNotUsedForLongestIsForgotten()
    {
        await AccountAsync("elsa");
        var first = await DeviceAsync("elsa");
        var second = await DeviceAsync("elsa");
        for (var i = 2; i < KnownDevices.MostOfAccount; i++)
        {
            await DeviceAsync("elsa");
        }
        await SignInAsync("elsa", first);

        var newest = await DeviceAsync("elsa");

        Assert.That(new[] { first, second, newest }.Select(d => IsKnown(d, "elsa")), Is.EqualTo(new[] { true, false, true }));
    }

    [Test]
    public async Task CookieSignIn_KeepsTheDeviceInACookieOfItsOwn()
    {
        await AccountAsync("fred");
        using var client = HttpsClient();
        using var unknown = HttpsClient();
        var body = $$"""{"account":"fred","password":"{{Password}}","kind":"cookie"}""";

        using var first = await client.PostAsync("/api/v1/sign-in", Json(body));
        var device = DeviceCookieOf(first);
        await GuessAsync("fred", null);
        using var held = await unknown.PostAsync("/api/v1/sign-in", Json(body));
        using var known = await client.PostAsync("/api/v1/sign-in", Json(body));

        Assert.That(device, Does.Contain("max-age=31536000").And.Contain("secure").And.Contain("httponly"));
        Assert.That(device, Does.Contain("samesite=strict").And.Contain("path=/").And.Not.Contain("domain"));
        Assert.That(await first.Content.ReadAsStringAsync(), Does.Not.Contain("deviceToken"), "it is in the cookie alone");
        Assert.That((int)held.StatusCode, Is.EqualTo(429));
        Assert.That((int)known.StatusCode, Is.EqualTo(200));
        Assert.That(DeviceCookieOf(known).Split(';')[0], Is.EqualTo(device.Split(';')[0]), "good for another year");
    }

    /// <summary>Keeps its cookies, as a browser does.</summary>
    private HttpClient HttpsClient()
    {
        var client = office.Host.CreateClient((string?)null);
        client.BaseAddress = new("https://localhost");
        return client;
    }

    private async Task AccountAsync(string name) =>
        (await office.PostAsync("administrator", "accounts", new { name, password = Password })).Expect(201);

    private Task<AccessReply> SignInAsync(string account, string? deviceToken, string password = Password) =>
        office.PostAsync(
            "anonymous",
            "sign-in",
            new
            {
                account,
                password,
                deviceToken,
            }
        );

    private async Task<string> DeviceAsync(string account) =>
        (await SignInAsync(account, null)).Expect(200).Body.GetProperty("deviceToken").GetString()!;

    /// <summary>Until the next one has to wait for long.</summary>
    private async Task GuessAsync(string account, string? device)
    {
        var held = false;
        for (var i = 0; i < 5 * SignInThrottle.FreeFailures && !held; i++)
        {
            var reply = await SignInAsync(account, device, "not this one");
            held = reply.Status == 429;
            Assert.That(reply.Status, Is.EqualTo(401).Or.EqualTo(429));
        }
        Assert.That(held);
        // Each further failure doubles the wait: so that the next requests of a test fall into it.
        for (var i = 0; i < 4; i++)
        {
            office.Clock.Pass(TimeSpan.FromSeconds(20));
            await SignInAsync(account, device, "not this one");
        }
    }

    private bool IsKnown(string device, string account) =>
        office.Store.Reader.OnConnection(c => c.IsKnown(SignIns.HashOf(device), account, office.Store.Clock.ProcessNow));

    private static string DeviceCookieOf(HttpResponseMessage reply) =>
        reply
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith(SignInWithPassword.DeviceCookie + "=", StringComparison.Ordinal));

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}
