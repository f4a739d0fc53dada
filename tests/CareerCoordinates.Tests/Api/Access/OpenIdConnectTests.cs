using CareerCoordinates.Api.Access;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>Tokens of a real issuer: he says who it is, our store what he may; and every token that is not quite right is worth nothing.</summary>
[BothEngines]
public class OpenIdConnectTests(TestEngine engine)
{
    private OidcProvider provider = null!;
    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        provider = await OidcProvider.StartAsync();
        office = await OpenOfficeAsync();
        (await SendAsync(await provider.TokenAsync("ada"))).Expect(200);
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        await office.DisposeAsync();
        provider.Dispose();
    }

    [Test]
    public async Task TokenOfTheIssuer_IsTheAccountThatItNames_WithTheRightsThatWeGave()
    {
        office.SendToken("by issuer", await provider.TokenAsync("ada"));

        var me = (await office.GetAsync("by issuer", "me")).Expect(200);
        (await office.GetAsync("by issuer", $"workers/{office.Worker}")).Expect(200);
        (await office.GetAsync("by issuer", $"workers/{office.Stranger}")).Expect(404);
        (await office.GetAsync("by issuer", "accounts")).Expect(403);
        var signOut = await office.PostAsync("by issuer", "sign-out", new { });

        Assert.That(me.Body.GetProperty("account").GetString(), Is.EqualTo("ada"));
        Assert.That((signOut.Status, signOut.Code), Is.EqualTo((409, "signed-in-elsewhere")));
    }

    [Test]
    public async Task RevokedGrantAndDisabledAccount_TakeEffectOnTheNextRequest()
    {
        var grant = AccessOffice.Grant(Role.Officer, office.Street);
        await office.AccountAsync("unknown-here", grant);
        office.SendToken("by issuer", await provider.TokenAsync("unknown-here"));
        var account = office.Store.Reader.OnConnection(c => c.FindAccount("unknown-here"))!.Id;

        (await office.GetAsync("by issuer", $"workers/{office.Worker}")).Expect(200);
        (await office.PostAsync("administrator", $"accounts/{account}/grants/{grant.Id}:revoke", new { })).Expect(200);
        (await office.GetAsync("by issuer", $"workers/{office.Worker}")).Expect(403);
        (await office.PostAsync("administrator", $"accounts/{account}:disable", new { })).Expect(200);
        (await office.GetAsync("by issuer", "me")).Expect(401);
    }

    [TestCase("rsa")]
    [TestCase("pss")]
    [TestCase("ec")]
    public async Task EachKindOfKey_IsTaken(string key) => (await SignedAsync(new { key })).Expect(200);

    [Test]
    public async Task TokenThatIsNotQuiteRight_IsWorthNothing()
    {
        var wrong = new (string What, object Wish)[]
        {
            ("another issuer", new { claims = new { iss = "https://issuer.example" } }),
            ("no issuer", new { claims = new { iss = (string?)null } }),
            ("another audience", new { claims = new { aud = "https://other.example" } }),
            ("no audience", new { claims = new { aud = (string?)null } }),
            ("no end", new { claims = new { exp = (long?)null } }),
            ("alg none", new { header = new { alg = "none" } }),
            ("alg None", new { header = new { alg = "None" }, hmacWithPublicKey = true }),
            ("HMAC with the public key as secret", new { header = new { alg = "HS256" }, hmacWithPublicKey = true }),
            ("a key of somebody else under a name of his", new { unknownKey = true }),
            ("a key of somebody else under the name of the issuer's", new { unknownKey = true, header = new { kid = "rsa-1" } }),
            ("a key of somebody else without a name", new { unknownKey = true, header = new { kid = (string?)null } }),
            ("another kind of token", new { header = new { typ = "logout+jwt" } }),
            ("a header that is to be understood", new { header = new { crit = new[] { "exp2" }, exp2 = 1 } }),
            ("bound to a key that is not shown", new { claims = new { cnf = new { jkt = "x" } } }),
            ("no subject", new { claims = new { sub = (string?)null } }),
            ("a subject that is a number", new { claims = new { sub = 5 } }),
            ("an account that does not exist", new { claims = new { sub = "eve" } }),
            ("an account that is disabled", new { claims = new { sub = "disabled" } }),
        };
        Assert.Multiple(async () =>
        {
            foreach (var (what, wish) in wrong)
            {
                var reply = await SignedAsync(wish);
                Assert.That((reply.Status, reply.Code), Is.EqualTo((401, "sign-in-needed")), what);
            }
        });
    }

    /// <summary>60 seconds are forgiven to clocks that differ.</summary>
    [TestCase(-59, true)]
    [TestCase(-61, false)]
    public async Task ExpiredToken_IsWorthNothing(int seconds, bool taken) =>
        Assert.That((await SignedAsync(new { claims = new { exp = Then(seconds) } })).Status, Is.EqualTo(taken ? 200 : 401));

    [TestCase(59, true)]
    [TestCase(61, false)]
    public async Task TokenOfTheFuture_IsWorthNothing(int seconds, bool taken) =>
        Assert.That(
            (await SignedAsync(new { claims = new { nbf = Then(seconds), exp = Then(3600) } })).Status,
            Is.EqualTo(taken ? 200 : 401)
        );

    [Test]
    public async Task ChangedToken_IsWorthNothing()
    {
        var parts = (await provider.SignAsync(new { claims = new { sub = "disabled" } })).Split('.');
        var others = (await provider.SignAsync(new { })).Split('.');
        var flipped = (others[2][9] == 'A' ? 'B' : 'A') + others[2][10..];

        (await SendAsync($"{parts[0]}.{others[1]}.{parts[2]}")).Expect(401);
        (await SendAsync($"{others[0]}.{others[1]}.{others[2][..9]}{flipped}")).Expect(401);
        (await SendAsync($"{others[0]}.{others[1]}.")).Expect(401);
        (await SendAsync("a.b.c")).Expect(401);
        (await SendAsync($"{others[0]}.{others[1]}.{new string('A', 20_000)}")).Expect(401);
        (await SendAsync(string.Join('.', others))).Expect(200);
    }

    [Test]
    public async Task WhereNoIssuerIsConfigured_ItsTokensAreWorthNothing()
    {
        await using var closed = await AccessOffice.OpenAsync(engine, DateTimeOffset.UtcNow);
        await closed.AccountAsync("ada", AccessOffice.Grant(Role.Officer, closed.Street));
        closed.SendToken("by issuer", await provider.TokenAsync("ada"));

        (await closed.GetAsync("by issuer", "me")).Expect(401);
    }

    [Test]
    public async Task AnotherClaim_MayNameTheAccount()
    {
        await using var other = await OpenOfficeAsync(("OpenIdConnect:AccountClaim", "account_here"));

        other.SendToken("by issuer", await provider.TokenAsync("ada"));
        (await other.GetAsync("by issuer", "me")).Expect(200);
        other.SendToken("by issuer", await provider.SignAsync(new { claims = new { sub = "ada" } }));
        (await other.GetAsync("by issuer", "me")).Expect(401);
    }

    [Test]
    public async Task NewKeysOfTheIssuer_AreFetchedOnce_AndTheOldOnesForgotten()
    {
        using var own = await OidcProvider.StartAsync();
        await using var desk = await OpenOfficeAsync(("OpenIdConnect:Issuer", own.Issuer));
        var old = await own.TokenAsync("ada");
        desk.SendToken("by issuer", old);
        (await desk.GetAsync("by issuer", "me")).Expect(200);
        desk.Clock.Pass(OpenIdConnect.BetweenFetches);

        await own.RenewAsync();
        desk.SendToken("by issuer", await own.TokenAsync("ada"));
        (await desk.GetAsync("by issuer", "me")).Expect(200);
        Assert.That(await own.FetchesAsync(), Is.EqualTo(2));

        desk.SendToken("by issuer", old);
        (await desk.GetAsync("by issuer", "me")).Expect(401);
        // However many keys are made up, the issuer is asked once in a while.
        desk.SendToken("by issuer", await own.SignAsync(new { unknownKey = true }));
        for (var i = 0; i < 20; i++)
        {
            (await desk.GetAsync("by issuer", "me")).Expect(401);
        }
        Assert.That(await own.FetchesAsync(), Is.EqualTo(2));
        desk.Clock.Pass(OpenIdConnect.BetweenFetches);
        (await desk.GetAsync("by issuer", "me")).Expect(401);
        Assert.That(await own.FetchesAsync(), Is.EqualTo(3));
    }

    [Test]
    public async Task IssuerThatIsDown_IsWaitedFor_OnlyWhileItsKeysAreUnknown()
    {
        using var own = await OidcProvider.StartAsync();
        await using var desk = await OpenOfficeAsync(("OpenIdConnect:Issuer", own.Issuer));
        desk.SendToken("by issuer", await own.TokenAsync("ada"));
        await own.SetDownAsync(true);

        var unanswered = await desk.GetAsync("by issuer", "me");
        Assert.That((unanswered.Status, unanswered.Code), Is.EqualTo((503, "issuer-unavailable")));
        Assert.That(unanswered.Headers, Does.Contain("Retry-After"));
        foreach (var iss in new[] { "https://issuer.example", null })
        {
            desk.SendToken("by another", await own.SignAsync(new { claims = new { iss } }));
            Assert.That((await desk.GetAsync("by another", "me")).Status, Is.EqualTo(401), iss ?? "no issuer");
        }
        (await desk.GetAsync("officer", "me")).Expect(200);

        await own.SetDownAsync(false);
        desk.Clock.Pass(TimeSpan.FromSeconds(5));
        (await desk.GetAsync("by issuer", "me")).Expect(200);

        await own.SetDownAsync(true);
        desk.Clock.Pass(OpenIdConnect.KeysLast);
        desk.SendToken(
            "by issuer",
            await own.SignAsync(new { claims = new { exp = desk.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds() } })
        );
        (await desk.GetAsync("by issuer", "me")).Expect(200);
    }

    private async Task<AccessOffice> OpenOfficeAsync(params (string, string)[] settings)
    {
        var opened = await AccessOffice.OpenAsync(
            engine,
            DateTimeOffset.UtcNow,
            [("OpenIdConnect:Issuer", provider.Issuer), ("OpenIdConnect:Audience", OidcProvider.Audience), .. settings]
        );
        await opened.AccountAsync("ada", AccessOffice.Grant(Role.Officer, opened.Street));
        await opened.AccountAsync("disabled", AccessOffice.Grant(Role.Officer, opened.Street));
        var disabled = opened.Store.Reader.OnConnection(c => c.FindAccount("disabled"))!.Id;
        (await opened.PostAsync("administrator", $"accounts/{disabled}:disable", new { })).Expect(200);
        return opened;
    }

    /// <summary>So many seconds from the moment of the next request, which the office's clock puts a second later.</summary>
    private long Then(int seconds) => office.Clock.GetUtcNow().ToUnixTimeSeconds() + 1 + seconds;

    private async Task<AccessReply> SignedAsync(object wish) => await SendAsync(await provider.SignAsync(wish));

    private async Task<AccessReply> SendAsync(string token)
    {
        office.SendToken("by issuer", token);
        return await office.GetAsync("by issuer", "me");
    }
}
