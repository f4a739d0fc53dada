using CareerCoordinates.Api.Access;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>Passwords, tokens, cookies and how they end.</summary>
[BothEngines]
public class SignInTests(TestEngine engine)
{
    private const string Password = "a sentence that only I know";

    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task Token_SignsIn_UntilItIsSignedOut()
    {
        await AccountAsync("ada");
        using var client = Client(await SignInAsync("ada"));

        Assert.That((await client.GetAsync("/api/v1/me")).IsSuccessStatusCode);
        Assert.That((int)(await client.PostAsync("/api/v1/sign-out", null)).StatusCode, Is.EqualTo(204));
        Assert.That((int)(await client.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task WrongPasswordAndUnknownName_AreAnsweredAlike()
    {
        await AccountAsync("bela");

        var wrong = await office.PostAsync("anonymous", "sign-in", new { account = "bela", password = "not this one" });
        var unknown = await office.PostAsync("anonymous", "sign-in", new { account = "nobody-here", password = "not this one" });

        Assert.That((wrong.Status, wrong.Code), Is.EqualTo((401, "sign-in-refused")));
        Assert.That((unknown.Status, unknown.Code), Is.EqualTo((wrong.Status, wrong.Code)));
    }

    [Test]
    public async Task TenFailures_MakeTheNextOneWait_AndTheWaitEnds()
    {
        await AccountAsync("cora");
        for (var i = 0; i < SignInThrottle.FreeFailures + 1; i++)
        {
            await office.PostAsync("anonymous", "sign-in", new { account = "cora", password = "wrong wrong wrong" });
        }

        office.Clock.Pass(TimeSpan.FromSeconds(-1));
        var held = await office.PostAsync("anonymous", "sign-in", new { account = "cora", password = Password });
        office.Clock.Pass(SignInThrottle.LongestWait);
        var later = await office.PostAsync("anonymous", "sign-in", new { account = "cora", password = Password });

        Assert.That((held.Status, held.Code), Is.EqualTo((429, "too-many-attempts")), held.Text);
        Assert.That(held.Headers, Does.Contain("Retry-After"));
        Assert.That(later.Status, Is.EqualTo(200), later.Text);
    }

    [Test]
    public async Task Refresh_ReplacesBothTokens()
    {
        await AccountAsync("dora");
        var first = (await office.PostAsync("anonymous", "sign-in", new { account = "dora", password = Password })).Body;
        var refreshToken = first.GetProperty("refreshToken").GetString()!;

        var second = await office.PostAsync("anonymous", "sign-in:refresh", new { refreshToken });
        var again = await office.PostAsync("anonymous", "sign-in:refresh", new { refreshToken });

        using var old = Client(first.GetProperty("token").GetString()!);
        using var renewed = Client(second.Expect(200).Body.GetProperty("token").GetString()!);
        Assert.That((int)(await old.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(401));
        Assert.That((int)(await renewed.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(200));
        Assert.That(again.Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Token_EndsByItself()
    {
        await AccountAsync("elsa");
        using var client = Client(await SignInAsync("elsa"));

        office.Clock.Pass(SignInWithPassword.TokenLasts + TimeSpan.FromSeconds(1));

        Assert.That((int)(await client.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task CookieWrite_NeedsTheAntiforgeryToken()
    {
        await AccountAsync("fred");
        using var client = office.Host.CreateClient((string?)null);
        client.BaseAddress = new("https://localhost");
        using var reply = await client.PostAsync(
            "/api/v1/sign-in",
            new StringContent(
                $$"""{"account":"fred","password":"{{Password}}","kind":"cookie"}""",
                System.Text.Encoding.UTF8,
                "application/json"
            )
        );
        var set = reply
            .Headers.GetValues("Set-Cookie")
            .Single(c => c.StartsWith(Gatekeeper.Cookie + "=", StringComparison.Ordinal));
        var body = System.Text.Json.JsonDocument.Parse(await reply.Content.ReadAsStringAsync()).RootElement;
        client.DefaultRequestHeaders.Add("Cookie", set.Split(';')[0]);

        var without = await client.PostAsync("/api/v1/sign-out", null);
        client.DefaultRequestHeaders.Add(Gatekeeper.AntiforgeryHeader, body.GetProperty("antiforgeryToken").GetString());
        var with = await client.PostAsync("/api/v1/sign-out", null);

        Assert.That(set, Does.StartWith("__Host-").And.Contain("secure").And.Contain("httponly").And.Contain("samesite=strict"));
        Assert.That(body.TryGetProperty("token", out _), Is.False, "the secret is in the cookie alone");
        Assert.That((int)without.StatusCode, Is.EqualTo(403));
        Assert.That((int)with.StatusCode, Is.EqualTo(204));
    }

    [Test]
    public async Task CookieByHttp_IsGivenOnTheServersOwnMachineOnly()
    {
        await AccountAsync("fay");
        using var client = office.Host.CreateClient((string?)null);
        async Task<HttpResponseMessage> SignIn() =>
            await client.PostAsync(
                "/api/v1/sign-in",
                new StringContent(
                    $$"""{"account":"fay","password":"{{Password}}","kind":"cookie"}""",
                    System.Text.Encoding.UTF8,
                    "application/json"
                )
            );

        using var near = await SignIn();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.7");
        using var far = await SignIn();

        Assert.That((int)near.StatusCode, Is.EqualTo(200), "a browser keeps it for a loopback address");
        Assert.That(near.Headers.GetValues("Set-Cookie").First(), Does.Contain("secure"));
        Assert.That((int)far.StatusCode, Is.EqualTo(422));
        Assert.That(await far.Content.ReadAsStringAsync(), Does.Contain("cookie-needs-https"));
        Assert.That(far.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task NewPassword_EndsAllSignIns()
    {
        await AccountAsync("gina");
        using var client = Client(await SignInAsync("gina"));

        using var reply = await client.PutAsync(
            "/api/v1/me/password",
            new StringContent(
                $$"""{"current":"{{Password}}","new":"another sentence for me"}""",
                System.Text.Encoding.UTF8,
                "application/json"
            )
        );
        var old = await office.PostAsync("anonymous", "sign-in", new { account = "gina", password = Password });
        var renewed = await office.PostAsync(
            "anonymous",
            "sign-in",
            new { account = "gina", password = "another sentence for me" }
        );

        Assert.That((int)reply.StatusCode, Is.EqualTo(204), await reply.Content.ReadAsStringAsync());
        Assert.That((int)(await client.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(401));
        Assert.That((old.Status, renewed.Status), Is.EqualTo((401, 200)));
    }

    [TestCase("aaaaaaaaaaaa", "password-too-weak", "at least 5 different")]
    [TestCase(Password, "password-unchanged", "Choose another")]
    public async Task NewPassword_ThatIsNone_IsRefusedWithTheRemedy(string wanted, string code, string remedy)
    {
        var name = "g" + code;
        await AccountAsync(name);
        var token = await SignInAsync(name);
        using var client = Client(token);

        using var reply = await client.PutAsync(
            "/api/v1/me/password",
            new StringContent(
                $$"""{"current":"{{Password}}","new":"{{wanted}}"}""",
                System.Text.Encoding.UTF8,
                "application/json"
            )
        );
        var text = await reply.Content.ReadAsStringAsync();

        Assert.That((int)reply.StatusCode, Is.EqualTo(422), text);
        Assert.That(text, Does.Contain(code).And.Contain(remedy).And.Contain("/new"));
        Assert.That((int)(await client.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(200), "nothing has changed");
    }

    [Test]
    public async Task DisabledAccount_IsOutAtOnce()
    {
        var account = await AccountAsync("hugo");
        using var client = Client(await SignInAsync("hugo"));

        (await office.SendAsync("administrator", HttpMethod.Post, $"accounts/{account}:disable")).Expect(200);

        Assert.That((int)(await client.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task AdministratorAndAuditor_ExcludeEachOther()
    {
        var account = await AccountAsync("ivan");
        (await office.PostAsync("administrator", $"accounts/{account}/grants", new { role = "auditor" })).Expect(200);

        var both = await office.PostAsync("administrator", $"accounts/{account}/grants", new { role = "administrator" });

        Assert.That((both.Status, both.Code), Is.EqualTo((409, "roles-exclude-each-other")));
    }

    [Test]
    public async Task Bearer_ThatIsUsedAllDay_EndsAfterTwelveHours()
    {
        await AccountAsync("kate");
        var tokens = (await office.PostAsync("anonymous", "sign-in", new { account = "kate", password = Password })).Body;
        var begun = office.Clock.GetUtcNow();
        AccessReply refreshed;
        do
        {
            office.Clock.Pass(TimeSpan.FromMinutes(14));
            var refreshToken = tokens.GetProperty("refreshToken").GetString()!;
            refreshed = await office.PostAsync("anonymous", "sign-in:refresh", new { refreshToken });
            tokens = refreshed.Status == 200 ? refreshed.Body : tokens;
        } while (refreshed.Status == 200 && office.Clock.GetUtcNow() - begun < TimeSpan.FromHours(24));

        using var client = Client(tokens.GetProperty("token").GetString()!);
        Assert.That(refreshed.Status, Is.EqualTo(401));
        Assert.That(
            office.Clock.GetUtcNow() - begun,
            Is.GreaterThan(TimeSpan.FromHours(12)).And.LessThan(TimeSpan.FromHours(12.5))
        );
        Assert.That((int)(await client.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task Cookie_ThatIsUsedAllDay_EndsAfterTwelveHours()
    {
        await AccountAsync("lena");
        using var client = await CookieClientAsync("lena");
        var begun = office.Clock.GetUtcNow();
        while (
            (await client.GetAsync("/api/v1/me")).IsSuccessStatusCode && office.Clock.GetUtcNow() - begun < TimeSpan.FromHours(24)
        )
        {
            office.Clock.Pass(TimeSpan.FromMinutes(20));
        }

        Assert.That(
            office.Clock.GetUtcNow() - begun,
            Is.GreaterThanOrEqualTo(TimeSpan.FromHours(12)).And.LessThan(TimeSpan.FromHours(12.5))
        );
    }

    [Test]
    public async Task AfterHalfAnHourWithoutARequest_CookieAndRefreshTokenAreOver()
    {
        await AccountAsync("mara");
        using var cookie = await CookieClientAsync("mara");
        var tokens = (await office.PostAsync("anonymous", "sign-in", new { account = "mara", password = Password })).Body;

        office.Clock.Pass(Gatekeeper.LongestPause);

        var refreshToken = tokens.GetProperty("refreshToken").GetString()!;
        Assert.That((int)(await cookie.GetAsync("/api/v1/me")).StatusCode, Is.EqualTo(401));
        Assert.That((await office.PostAsync("anonymous", "sign-in:refresh", new { refreshToken })).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task OfTwoRefreshesAtOnce_OneGetsAPair()
    {
        await AccountAsync("nora");
        var tokens = (await office.PostAsync("anonymous", "sign-in", new { account = "nora", password = Password })).Body;
        var refreshToken = tokens.GetProperty("refreshToken").GetString()!;

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => Task.Run(() => office.PostAsync("anonymous", "sign-in:refresh", new { refreshToken })))
        );

        Assert.That(replies.Select(r => r.Status).Order(), Is.EqualTo(new[] { 200, 401, 401, 401, 401, 401, 401, 401 }));
    }

    [Test]
    public async Task StolenToken_DoesNotServeToGuessThePassword()
    {
        await AccountAsync("olga");
        using var client = Client(await SignInAsync("olga"));
        var statuses = new List<int>();
        for (var i = 0; i < SignInThrottle.FreeFailures + 2; i++)
        {
            using var reply = await client.PutAsync(
                "/api/v1/me/password",
                new StringContent(
                    """{"current":"not this one","new":"another sentence for me"}""",
                    System.Text.Encoding.UTF8,
                    "application/json"
                )
            );
            var said = await reply.Content.ReadAsStringAsync();
            Assert.That(said, Does.Contain("current-password-wrong").Or.Contain("too-many-attempts"));
            statuses.Add((int)reply.StatusCode);
        }

        Assert.That(statuses[..^1], Is.All.EqualTo(422));
        Assert.That(statuses[^1], Is.EqualTo(429));
    }

    [Test]
    public async Task Secrets_StandNowhereInTheDatabase()
    {
        await AccountAsync("jana");
        var token = await SignInAsync("jana");

        var stored = office.Store.Reader.OnConnection(c =>
            c.Prepared("SELECT password_hash FROM accounts WHERE name = 'jana'").Read(c.Transaction, row => row.Text())
        );

        Assert.That(stored[0], Does.Not.Contain(Password));
        Assert.That(office.Store.Reader.OnConnection(c => c.FindSignIn(SignIns.HashOf(token))), Is.Not.Null);
        Assert.That(
            office.Store.Reader.OnConnection(c => c.FindSignIn(System.Text.Encoding.UTF8.GetBytes(token))),
            Is.Null,
            "the token itself is no key"
        );
    }

    private async Task<Guid> AccountAsync(string name) =>
        (await office.PostAsync("administrator", "accounts", new { name, password = Password })).Expect(201).Id;

    private async Task<string> SignInAsync(string account) =>
        (await office.PostAsync("anonymous", "sign-in", new { account, password = Password }))
            .Expect(200)
            .Body.GetProperty("token")
            .GetString()!;

    private async Task<HttpClient> CookieClientAsync(string account)
    {
        var client = office.Host.CreateClient((string?)null);
        client.BaseAddress = new("https://localhost");
        using var reply = await client.PostAsync(
            "/api/v1/sign-in",
            new StringContent(
                $$"""{"account":"{{account}}","password":"{{Password}}","kind":"cookie"}""",
                System.Text.Encoding.UTF8,
                "application/json"
            )
        );
        client.DefaultRequestHeaders.Add("Cookie", reply.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        return client;
    }

    private HttpClient Client(string token) => office.Host.CreateClient(token);
}
