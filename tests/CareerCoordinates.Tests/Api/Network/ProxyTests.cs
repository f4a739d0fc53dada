using System.Text;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Network;

/// <summary>Who is served in clear, and whose word is taken for where a request came from.</summary>
public class ProxyTests
{
    private const string Proxy = "10.0.0.7";
    private const string For = "X-Forwarded-For: 203.0.113.5";
    private const string Https = "X-Forwarded-Proto: https";
    private const string Host = "X-Forwarded-Host: career.example";
    private const string Me = "/api/v1/me";

    private PeerHost host = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        host = await PeerHost.StartAsync(TestEngine.Sqlite, ("TrustedProxy:Addresses", "10.0.0.7, 10.1.0.0/16,127.0.0.1"));
        client = host.CreateClient();
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [TestCase(Proxy)]
    [TestCase("10.1.255.3")]
    [TestCase("::ffff:10.0.0.7")]
    [TestCase("127.0.0.1")]
    public async Task Proxy_PassesOn_WhatCameByHttps(string peer)
    {
        var (status, _, response) = await client.GetFromAsync(peer, Me, For, Https, Host);

        Assert.That(status, Is.EqualTo(200));
        Assert.That(response.Headers.GetValues("Strict-Transport-Security"), Is.EqualTo(new[] { "max-age=31536000" }));
    }

    [TestCase("X-Forwarded-Proto: http")]
    [TestCase("X-Forwarded-Port: 443")]
    public async Task Proxy_ThatWasAskedWithoutHttps_IsRefused(string proto)
    {
        var (status, code, response) = await client.GetFromAsync(Proxy, Me, For, proto, Host);

        Assert.That((status, code), Is.EqualTo((403, "https-needed")));
        Assert.That(response.Headers.Location, Is.Null, "not sent on: what is secret has been shown");
        Assert.That(response.Headers.Contains("Strict-Transport-Security"), Is.False, "means nothing without https");
    }

    /// <summary>A proxy on this machine that rewrites Host must not pass for the machine's own user.</summary>
    [Test]
    public async Task ProxyOnThisMachine_ThatWasAskedWithoutHttps_IsRefused() =>
        Assert.That((await client.GetFromAsync("127.0.0.1", Me, For)).Code, Is.EqualTo("https-needed"));

    /// <summary>A proxy that was not told to set the header must not serve passwords in clear, wherever it stands.</summary>
    [TestCase(Proxy)]
    [TestCase("10.1.255.3")]
    [TestCase("127.0.0.1")]
    public async Task Proxy_ThatDoesNotSayHttps_IsRefused(string peer)
    {
        Assert.That((await client.GetFromAsync(peer, Me)).Code, Is.EqualTo("https-needed"));
        Assert.That((await client.GetFromAsync(peer, Me, Host)).Code, Is.EqualTo("https-needed"));
        Assert.That((await client.GetFromAsync(peer, Me, "X-Forwarded-For: " + peer)).Code, Is.EqualTo("https-needed"));
    }

    [TestCase(Proxy, "/healthz")]
    [TestCase(Proxy, "/readyz")]
    [TestCase("127.0.0.1", "/healthz")]
    [TestCase("127.0.0.1", "/readyz")]
    public async Task Proxy_MayAskForHealthInClear(string peer, string path) =>
        Assert.That((await client.GetFromAsync(peer, "http://10.0.0.9" + path)).Status, Is.EqualTo(200));

    [TestCase("10.0.0.8")]
    [TestCase("10.2.0.1")]
    [TestCase("192.0.2.1")]
    [TestCase("2001:db8::1")]
    public async Task Others_AreNotServedInClear_WhateverTheySay(string peer)
    {
        Assert.That((await client.GetFromAsync(peer, Me, For, Https, Host)).Code, Is.EqualTo("only-through-proxy"));
        Assert.That((await client.GetFromAsync(peer, "/healthz")).Code, Is.EqualTo("only-through-proxy"));
        Assert.That((await client.GetFromAsync(peer, "/nowhere")).Code, Is.EqualTo("only-through-proxy"));
    }

    [Test]
    public async Task Others_ByHttps_AreServed_AndNotBelieved()
    {
        // Believed, this would be refused as having come without https.
        var (status, _, _) = await client.GetFromAsync(
            "192.0.2.1",
            "https://career.example/api/v1/me",
            For,
            "X-Forwarded-Proto: http"
        );

        Assert.That(status, Is.EqualTo(200));
    }

    [Test]
    public async Task ThisMachine_IsServedInClear_UnderItsOwnNameOnly()
    {
        await using var own = await PeerHost.StartAsync(TestEngine.Sqlite, ("TrustedProxy:Addresses", "10.0.0.7"));
        using var asker = own.CreateClient();

        Assert.That((await asker.GetFromAsync("127.0.0.1", Me)).Status, Is.EqualTo(200));
        Assert.That(
            (await asker.GetFromAsync("127.0.0.1", "http://evil.example/api/v1/me")).Code,
            Is.EqualTo("host-not-allowed")
        );
    }

    [Test]
    public async Task AddressThatTheProxyNames_IsTheOneThatIsHeldUp()
    {
        for (var i = 0; i <= SignInThrottle.FreeFailures; i++)
        {
            Assert.That(await SignInAsync("203.0.113.5"), Is.EqualTo(401));
        }
        Assert.That(await SignInAsync("203.0.113.5"), Is.EqualTo(429));
        Assert.That(await SignInAsync("203.0.113.6"), Is.EqualTo(401));
        // The nearest address that is no proxy counts, not what the client wrote before it.
        Assert.That(await SignInAsync("203.0.113.6, 203.0.113.5"), Is.EqualTo(429));
        Assert.That(await SignInAsync("203.0.113.5, 203.0.113.7"), Is.EqualTo(401));
        Assert.That(await SignInAsync("203.0.113.5, 10.1.0.2"), Is.EqualTo(429), "through two of ours");
    }

    [Test]
    public async Task WhereNoProxyIsTrusted_OnlyThisMachineIsServedInClear()
    {
        await using var own = await PeerHost.StartAsync(TestEngine.Sqlite);
        using var asker = own.CreateClient();

        Assert.That((await asker.GetFromAsync(Proxy, Me, For, Https, Host)).Code, Is.EqualTo("only-through-proxy"));
        Assert.That((await asker.GetFromAsync("::1", Me, For, Https, Host)).Status, Is.EqualTo(200));
        Assert.That((await asker.GetFromAsync("192.0.2.1", "https://career.example/api/v1/me")).Status, Is.EqualTo(200));
    }

    /// <summary>Whoever can connect may do everything then: that must be somebody at this machine.</summary>
    [TestCase("10.0.0.7", "X-Forwarded-For: 203.0.113.5", "X-Forwarded-Proto: https", "X-Forwarded-Host: career.example")]
    [TestCase("127.0.0.1", "X-Forwarded-For: 203.0.113.5", "X-Forwarded-Proto: https", "X-Forwarded-Host: career.example")]
    [TestCase("127.0.0.1", "Via: 1.1 proxy", "X-Forwarded-Proto: https")]
    public async Task WhileThereIsNoAccount_NothingComesThroughAProxy(string peer, params string[] headers)
    {
        await using var own = await PeerHost.StartAsync(TestEngine.Sqlite, ("TrustedProxy:Addresses", "10.0.0.7,127.0.0.1"));
        using var asker = own.CreatePlainClient();

        Assert.That((await asker.GetFromAsync(peer, Me, headers)).Code, Is.EqualTo("no-account-yet"));
        Assert.That(
            (await asker.GetFromAsync("192.0.2.1", "https://career.example/api/v1/me")).Code,
            Is.EqualTo("no-account-yet")
        );
        Assert.That((await asker.GetFromAsync(peer, "/swagger/index.html", headers)).Status, Is.EqualTo(401));
        Assert.That((await asker.GetFromAsync("::1", Me)).Status, Is.EqualTo(200));
    }

    [TestCase("Forwarded: for=203.0.113.5")]
    [TestCase("X-Forwarded-For: 203.0.113.5")]
    [TestCase("X-Real-IP: 203.0.113.5")]
    public async Task WhileThereIsNoAccount_AProxyThatNobodyConfiguredIsNoticed(string header)
    {
        await using var own = await PeerHost.StartAsync(TestEngine.Sqlite);
        using var asker = own.CreatePlainClient();

        Assert.That((await asker.GetFromAsync("127.0.0.1", Me, header)).Code, Is.EqualTo("no-account-yet"));
    }

    private async Task<int> SignInAsync(string forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/sign-in")
        {
            Content = new StringContent(
                """{"account":"nobody","password":"wrong wrong wrong"}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add(PeerHost.Peer, Proxy);
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
