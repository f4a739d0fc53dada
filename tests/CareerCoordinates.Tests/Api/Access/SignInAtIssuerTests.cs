using System.Text;
using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Engines;
using Microsoft.Extensions.Configuration;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>People sign in at a real issuer with their browser; whoever comes back with what is not quite right stays outside.</summary>
[BothEngines]
public class SignInAtIssuerTests(TestEngine engine)
{
    private OidcProvider provider = null!;
    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        provider = await OidcProvider.StartAsync();
        office = await AccessOffice.OpenAsync(
            engine,
            DateTimeOffset.UtcNow,
            [("OpenIdConnect:Issuer", provider.Issuer), .. OidcProvider.WebApp]
        );
        await office.AccountAsync("ada", AccessOffice.Grant(Role.Officer, office.Street));
        await office.AccountAsync("disabled");
        var disabled = office.Store.Reader.OnConnection(c => c.FindAccount("disabled"))!.Id;
        (await office.PostAsync("administrator", $"accounts/{disabled}:disable", new { })).Expect(200);
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await office.DisposeAsync();
        provider.Dispose();
    }

    [Test]
    public async Task WhoSignsInAtTheIssuer_IsTheAccountOfThatName_ByCookieAndToken()
    {
        var ways = (await office.GetAsync("anonymous", "sign-in")).Expect(200);
        using var browser = await BeginAsync();
        var (code, state) = await provider.SignInAsync(browser.Address, "ada");
        var (status, body) = await browser.SendAsync("sign-in:from-issuer", new { code, state });
        browser.Antiforgery = body.GetProperty("antiforgeryToken").GetString();
        var (_, me) = await browser.GetAsync("me");
        var trail = (await office.GetAsync("auditor", "audit-entries?action=signIn&account=ada&limit=1")).Expect(200);
        var (signOut, _) = await browser.SendAsync("sign-out", null);
        var (afterwards, _) = await browser.GetAsync("me");

        Assert.That(ways["issuer"], Is.EqualTo("127.0.0.1"));
        Assert.That((status, me.GetProperty("account").GetString()), Is.EqualTo((200, "ada")));
        Assert.That(body.TryGetProperty("token", out _), Is.False, "the secret is in the cookie alone");
        Assert.That(trail.Text, Does.Contain(provider.Issuer));
        Assert.That((signOut, afterwards), Is.EqualTo((204, 401)));
    }

    [Test]
    public async Task Code_WorksOnce_AndOnlyInTheBrowserThatBegan()
    {
        using var browser = await BeginAsync();
        using var other = await BeginAsync();
        var (code, state) = await provider.SignInAsync(browser.Address, "ada");

        var elsewhere = await other.SendAsync("sign-in:from-issuer", new { code, state });
        var withoutCookie = await office.PostAsync("anonymous", "sign-in:from-issuer", new { code, state });
        var (first, _) = await browser.SendAsync("sign-in:from-issuer", new { code, state });
        var again = await browser.SendAsync("sign-in:from-issuer", new { code, state });
        using var third = await BeginAsync();
        var stolen = await third.SendAsync("sign-in:from-issuer", new { code, state = third.State });

        Assert.That((elsewhere.Status, CodeOf(elsewhere.Body)), Is.EqualTo((400, "sign-in-not-begun-here")));
        Assert.That((withoutCookie.Status, withoutCookie.Code), Is.EqualTo((400, "sign-in-not-begun-here")));
        Assert.That(first, Is.EqualTo(200));
        Assert.That((again.Status, CodeOf(again.Body)), Is.EqualTo((400, "sign-in-not-begun-here")), "its cookie is used up");
        Assert.That((stolen.Status, CodeOf(stolen.Body)), Is.EqualTo((401, "issuer-refused")));
    }

    [Test]
    public async Task CodeOfAnotherSignIn_DoesNotPass_ForItsProofIsAnother()
    {
        using var attacker = await BeginAsync();
        using var victim = await BeginAsync();
        var (code, _) = await provider.SignInAsync(attacker.Address, "ada");

        var (status, body) = await victim.SendAsync("sign-in:from-issuer", new { code, state = victim.State });

        Assert.That((status, CodeOf(body)), Is.EqualTo((401, "issuer-refused")));
    }

    [TestCase("eve")]
    [TestCase("disabled")]
    public async Task WhoHasNoAccountThatIsEnabled_IsToldSo_AndStaysOutside(string name)
    {
        using var browser = await BeginAsync();
        var (code, state) = await provider.SignInAsync(browser.Address, name);

        var (status, body) = await browser.SendAsync("sign-in:from-issuer", new { code, state });

        Assert.That((status, CodeOf(body)), Is.EqualTo((401, "no-account-of-that-name")));
        Assert.That(body.GetProperty("detail").GetString(), Does.Contain(name));
        Assert.That((await browser.GetAsync("me")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task IssuerThatDoesNotAnswer_Is503_AndWithoutOneThereIsNoSuchWay()
    {
        using var own = await OidcProvider.StartAsync();
        await own.SetDownAsync(true);
        await using var desk = await AccessOffice.OpenAsync(
            engine,
            DateTimeOffset.UtcNow,
            [("OpenIdConnect:Issuer", own.Issuer), .. OidcProvider.WebApp]
        );
        await using var plain = await AccessOffice.OpenAsync(engine);

        var down = await desk.PostAsync("anonymous", "sign-in:at-issuer", new { });
        var none = await plain.PostAsync("anonymous", "sign-in:at-issuer", new { });
        var finish = await plain.PostAsync("anonymous", "sign-in:from-issuer", new { code = "x", state = "y" });
        var ways = (await plain.GetAsync("anonymous", "sign-in")).Expect(200);

        Assert.That((down.Status, down.Code), Is.EqualTo((503, "issuer-unavailable")));
        Assert.That((none.Status, none.Code, finish.Code), Is.EqualTo((404, "no-issuer", "no-issuer")));
        Assert.That(ways.Body.GetProperty("issuer").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase("", "https://career.example/sign-in", "ClientId is missing")]
    [TestCase("web-app", "https://career.example/other", "RedirectUri is the https address")]
    [TestCase("web-app", "http://career.example/sign-in", "RedirectUri is the https address")]
    [TestCase("web-app", "", "RedirectUri is the https address")]
    public void SettingsThatMakeNoSense_StopTheStart(string client, string redirect, string said)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["OpenIdConnect:Issuer"] = "https://issuer.example",
                    ["OpenIdConnect:Audience"] = "career",
                    ["OpenIdConnect:ClientId"] = client,
                    ["OpenIdConnect:ClientSecret"] = "x",
                    ["OpenIdConnect:RedirectUri"] = redirect,
                }
            )
            .Build();

        Assert.That(
            () => OpenIdConnectSettings.From(configuration),
            Throws.InstanceOf<SettingException>().With.Message.Contains(said)
        );
    }

    private static string? CodeOf(JsonElement problem) => problem.GetProperty("code").GetString();

    private async Task<Browser> BeginAsync()
    {
        var browser = new Browser(office);
        var (status, body) = await browser.SendAsync("sign-in:at-issuer", new { });
        Assert.That(status, Is.EqualTo(200), body.ToString());
        browser.Address = body.GetProperty("address").GetString()!;
        return browser;
    }

    /// <summary>One that keeps the cookies, which are for https, on loopback.</summary>
    private sealed class Browser(AccessOffice office) : IDisposable
    {
        private readonly HttpClient client = office.Host.CreateClient((string?)null);
        private readonly Dictionary<string, string> cookies = [];

        public string Address { get; set; } = "";

        public string? Antiforgery { get; set; }

        public string State => System.Web.HttpUtility.ParseQueryString(new Uri(Address).Query)["state"]!;

        public Task<(int Status, JsonElement Body)> GetAsync(string path) => AskAsync(new(HttpMethod.Get, "/api/v1/" + path));

        public Task<(int Status, JsonElement Body)> SendAsync(string path, object? body) =>
            AskAsync(
                new(HttpMethod.Post, "/api/v1/" + path)
                {
                    Content = body is null
                        ? null
                        : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
                }
            );

        private async Task<(int Status, JsonElement Body)> AskAsync(HttpRequestMessage request)
        {
            using var sent = request;
            office.Clock.Pass(TimeSpan.FromSeconds(1));
            if (cookies.Count > 0)
            {
                sent.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
            }
            if (Antiforgery is { } token)
            {
                sent.Headers.Add(Gatekeeper.AntiforgeryHeader, token);
            }
            using var reply = await client.SendAsync(sent);
            foreach (var set in reply.Headers.TryGetValues("Set-Cookie", out var given) ? given : [])
            {
                var (name, value) = set.Split(';')[0].Split('=', 2) is [var n, var v] ? (n, v) : default;
                if (value.Length > 0)
                {
                    Assert.That(set, Does.Contain("httponly").IgnoreCase.And.Contain("samesite=strict").IgnoreCase);
                    cookies[name] = value;
                }
                else
                {
                    cookies.Remove(name);
                }
            }
            var text = await reply.Content.ReadAsStringAsync();
            return ((int)reply.StatusCode, text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default);
        }

        public void Dispose() => client.Dispose();
    }
}
