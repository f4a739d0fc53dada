using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>A program's token: one role of its account, no wider than the account's own right, and never longer.</summary>
[BothEngines]
public class ApiTokenTests(TestEngine engine)
{
    private const string Password = "a sentence that only I know";

    private AccessOffice office = null!;
    private int made;

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task Token_DoesWhatItsRoleMay_InItsScope()
    {
        await TokenAsync("officer", "program", new { role = "officer", organizationId = office.Works });

        (await office.GetAsync("program", $"workers/{office.Worker}")).Expect(200);
        (await office.GetAsync("program", $"workers/{office.Stranger}")).Expect(404);
        (await office.GetAsync("program", $"organizations/{office.Works}")).Expect(200);
        (await office.GetAsync("program", $"organizations/{office.Street}")).Expect(404);
        var me = (await office.GetAsync("program", "me")).Expect(200);
        Assert.That(me.Body.GetProperty("grants").GetArrayLength(), Is.EqualTo(1));
        Assert.That(me.Text, Does.Contain(office.Works.ToString()).And.Not.Contain(office.Street.ToString()));
    }

    [Test]
    public async Task Secret_IsToldOnce_BeginsRecognisably_AndStandsNowhere()
    {
        var (answer, secret) = await TokenAsync("officer", "program", new { role = "officer", organizationId = office.Street });

        var list = (await office.GetAsync("officer", "me/tokens")).Expect(200);
        var seen = (await office.GetAsync("administrator", $"accounts/{await IdOf("officer")}/tokens")).Expect(200);
        var stored = office.Store.Reader.OnConnection(c =>
            c.Prepared("SELECT token_hash FROM api_tokens").Read(c.Transaction, row => row.Bytes())
        );

        Assert.That(secret, Does.Match("^cct_[0-9a-f]{64}$"));
        Assert.That(list.Text, Does.Contain(answer.Id.ToString()).And.Not.Contain("cct_"));
        Assert.That(seen.Text, Does.Contain(answer.Id.ToString()).And.Not.Contain("cct_"));
        Assert.That(stored, Has.Some.EqualTo(SignIns.HashOf(secret)));
        Assert.That(stored, Has.None.EqualTo(System.Text.Encoding.UTF8.GetBytes(secret)));
    }

    [Test]
    public async Task Recorded_IsSignedByTheAccount_AndTheTrailNamesTheToken()
    {
        var (token, _) = await TokenAsync("officer", "program", new { role = "officer", organizationId = office.Street });
        var name = token.Body.GetProperty("name").GetString();

        var milestone = await office.PostAsync(
            "program",
            $"workers/{office.Worker}/milestones",
            new
            {
                type = "union-membership",
                occurredOn = "2016-01-01",
                attributes = new { employmentForm = "employee" },
            }
        );
        (await office.GetAsync("program", "workers?limit=1")).Expect(200);
        (await office.GetAsync("program", $"workers/{office.Worker}/milestones")).Expect(200);
        var trail = (await office.GetAsync("auditor", "audit-entries?account=officer&limit=10")).Expect(200);

        Assert.That(milestone.Expect(201).Body.GetProperty("recordedBy").GetString(), Is.EqualTo("officer"));
        var byToken = trail.Items.Where(e => e.GetProperty("token").GetString() == name);
        Assert.That(
            byToken.Select(e => e.GetProperty("action").GetString()),
            Is.EquivalentTo(new[] { "recordMilestone", "listWorkers", "readPerson" })
        );
        Assert.That(trail.Items, Has.Some.Matches<System.Text.Json.JsonElement>(e => e.GetProperty("token").GetString() is null));
    }

    [TestCase("POST", "me/tokens")]
    [TestCase("GET", "me/tokens")]
    [TestCase("PUT", "me/password")]
    [TestCase("POST", "sign-out")]
    [TestCase("POST", "me/tokens/01990000-0000-7000-8000-00000000dead:revoke")]
    public async Task Token_HasNoRightToTheAccountItself(string method, string path)
    {
        await TokenAsync("officer", "program", new { role = "officer", organizationId = office.Street });

        var reply = await office.SendAsync("program", new HttpMethod(method), path, method == "GET" ? null : new { });

        Assert.That((reply.Status, reply.Code), Is.EqualTo((403, "token-may-not")));
    }

    [Test]
    public async Task IdempotencyKeyOfTheAccount_IsNotTheTokens()
    {
        await office.AccountAsync("berta", AccessOffice.Grant(Role.Officer, office.District));
        await TokenAsync("berta", "program", new { role = "officer", organizationId = office.Street });
        var stranger = new
        {
            name = "CANARY-REPLAYED",
            affiliation = new
            {
                kind = "labour-contract",
                organizationId = office.OtherWorks,
                from = "2015-01-01",
            },
        };
        (await office.SendAsync("berta", HttpMethod.Post, "workers", stranger, key: "import-1")).Expect(201);

        var replayed = await office.SendAsync("program", HttpMethod.Post, "workers", stranger, key: "import-1");
        var again = await office.SendAsync("berta", HttpMethod.Post, "workers", stranger, key: "import-1");

        Assert.That((replayed.Status, replayed.Code), Is.EqualTo((422, "unknown-organization")), replayed.Text);
        again.Expect(201);
    }

    [Test]
    public async Task Token_SignsNobodyIn()
    {
        var (_, secret) = await TokenAsync("officer", "program", new { role = "officer", organizationId = office.Street });

        var refreshed = await office.PostAsync("anonymous", "sign-in:refresh", new { refreshToken = secret });
        using var client = office.Host.CreateClient((string?)null);
        client.DefaultRequestHeaders.Add("Cookie", $"__Host-career={secret}");
        using var asCookie = await client.GetAsync("/api/v1/me");

        Assert.That(refreshed.Status, Is.EqualTo(401));
        Assert.That((int)asCookie.StatusCode, Is.EqualTo(401));
    }

    [Test]
    public async Task RevokedByItsOwner_ItIsWorthNothing()
    {
        var (token, _) = await TokenAsync("officer", "program", new { role = "officer", organizationId = office.Street });

        var others = await office.PostAsync("verifier", $"me/tokens/{token.Id}:revoke", new { });
        var first = await office.PostAsync("officer", $"me/tokens/{token.Id}:revoke", new { });
        var second = await office.PostAsync("officer", $"me/tokens/{token.Id}:revoke", new { });

        Assert.That((others.Status, others.Code), Is.EqualTo((404, "unknown-token")));
        Assert.That(first.Expect(200).Body.GetProperty("revokedBy").GetString(), Is.EqualTo("officer"));
        Assert.That((second.Status, second.Code), Is.EqualTo((404, "unknown-token")));
        (await office.GetAsync("program", "me")).Expect(401);
    }

    [Test]
    public async Task RevokedByAnAdministrator_ItIsWorthNothing()
    {
        var (token, _) = await TokenAsync("officer", "program", new { role = "officer", organizationId = office.Street });
        var account = await IdOf("officer");

        var elsewhere = await office.PostAsync(
            "administrator",
            $"accounts/{AccessOffice.Absent}/tokens/{token.Id}:revoke",
            new { }
        );
        var revoked = await office.PostAsync("administrator", $"accounts/{account}/tokens/{token.Id}:revoke", new { });

        Assert.That(elsewhere.Status, Is.EqualTo(404));
        Assert.That(revoked.Expect(200).Body.GetProperty("revokedBy").GetString(), Is.EqualTo("administrator"));
        (await office.GetAsync("program", "me")).Expect(401);
    }

    [Test]
    public async Task WithoutItsGrant_ItIsWorthNothing_FromTheNextRequestOn()
    {
        var grant = AccessOffice.Grant(Role.Officer, office.Street);
        await office.AccountAsync("carla", grant, AccessOffice.Grant(Role.Officer, office.OtherStreet));
        await TokenAsync("carla", "other-program", new { role = "officer", organizationId = office.OtherWorks });
        await TokenAsync("carla", "program", new { role = "officer", organizationId = office.Works });
        (await office.GetAsync("program", $"workers/{office.Worker}")).Expect(200);

        (await office.PostAsync("administrator", $"accounts/{await IdOf("carla")}/grants/{grant.Id}:revoke", new { })).Expect(
            200
        );

        (await office.GetAsync("program", $"workers/{office.Worker}")).Expect(401);
        (await office.GetAsync("program", "me")).Expect(401);
        (await office.GetAsync("carla", "me")).Expect(200);
        (await office.GetAsync("other-program", "me")).Expect(200);
        var again = new { role = "officer", organizationId = office.Street };
        (await office.PostAsync("administrator", $"accounts/{await IdOf("carla")}/grants", again)).Expect(200);
        (await office.GetAsync("program", "me")).Expect(401);
        var trail = await office.GetAsync("auditor", "audit-entries?action=revokeRole&limit=1");
        Assert.That(trail.Items[0].GetProperty("details").GetProperty("revokedTokens").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task OfADisabledAccount_ItIsWorthNothing_AlsoWhenTheAccountIsBack()
    {
        await office.AccountAsync("dirk", AccessOffice.Grant(Role.Officer, office.Street));
        await TokenAsync("dirk", "program", new { role = "officer", organizationId = office.Street });

        (await office.PostAsync("administrator", $"accounts/{await IdOf("dirk")}:disable", new { })).Expect(200);
        var disabled = await office.GetAsync("program", "me");
        (await office.PostAsync("administrator", $"accounts/{await IdOf("dirk")}:enable", new { })).Expect(200);

        disabled.Expect(401);
        (await office.GetAsync("program", "me")).Expect(401);
    }

    [Test]
    public async Task AtItsEnd_ItIsWorthNothing_AndNotForAPauseBefore()
    {
        await using var own = await AccessOffice.OpenAsync(engine);
        var end = own.Clock.GetUtcNow().AddDays(300);
        var token = await own.PostAsync(
            "officer",
            "me/tokens",
            new
            {
                name = "yearly",
                role = "officer",
                organizationId = own.Street,
                endsAt = Text(end),
            }
        );
        own.SendToken("program", token.Expect(201).Body.GetProperty("token").GetString());

        own.Clock.Pass(TimeSpan.FromDays(299));
        (await own.GetAsync("program", "me")).Expect(200);
        own.Clock.Pass(TimeSpan.FromDays(1));
        (await own.GetAsync("program", "me")).Expect(401);
    }

    [Test]
    public async Task AskedForMore_ThanOnesOwn_IsRefused()
    {
        string[] bodies = [.. office.Store.Frameworks.Current.VerifierRoles.Keys];
        await office.AccountAsync("emil", AccessOffice.Grant(Role.Verifier, office.Street, bodies[0]));

        Assert.That(await Refusal("officer", new { role = "officer" }), Is.EqualTo((422, "beyond-own-grants")), "everywhere");
        Assert.That(
            await Refusal("officer", new { role = "officer", organizationId = office.District }),
            Is.EqualTo((422, "beyond-own-grants"))
        );
        Assert.That(
            await Refusal("officer", new { role = "officer", organizationId = AccessOffice.Absent }),
            Is.EqualTo((422, "beyond-own-grants"))
        );
        Assert.That(
            await Refusal("administrator", new { role = "administrator", organizationId = office.Street }),
            Is.EqualTo((422, "role-is-for-whole-tree"))
        );
        Assert.That(await Refusal("officer", new { role = "worker" }), Is.EqualTo((422, "beyond-own-grants")));
        Assert.That(await Refusal("nobody", new { role = "officer" }), Is.EqualTo((422, "beyond-own-grants")));
        Assert.That(
            await Refusal(
                "emil",
                new
                {
                    role = "verifier",
                    organizationId = office.Works,
                    acts = bodies,
                }
            ),
            Is.EqualTo((422, "beyond-own-grants"))
        );
        Assert.That(
            await Refusal("emil", new { role = "verifier", organizationId = office.Works }),
            Is.EqualTo((422, "token-acts-missing"))
        );
        Assert.That(
            await Refusal("worker", new { role = "worker", organizationId = office.Works }),
            Is.EqualTo((422, "token-scope-not-taken"))
        );
    }

    [TestCase("No Name", 1, "bad-token-name")]
    [TestCase("a-name", 0, "bad-token-end")]
    [TestCase("a-name", 367, "bad-token-end")]
    public async Task NameAndEnd_AreChecked(string name, int days, string code)
    {
        var reply = await office.PostAsync(
            "officer",
            "me/tokens",
            new
            {
                name,
                role = "officer",
                organizationId = office.Street,
                endsAt = Text(office.Clock.GetUtcNow().AddDays(days)),
            }
        );

        Assert.That((reply.Status, reply.Code), Is.EqualTo((422, code)), reply.Text);
    }

    [Test]
    public async Task Name_IsGivenOnce_EvenAfterItsTokenWasRevoked()
    {
        var (token, _) = await TokenAsync("officer", "program", new { role = "officer", organizationId = office.Street });
        var name = token.Body.GetProperty("name").GetString()!;
        (await office.PostAsync("officer", $"me/tokens/{token.Id}:revoke", new { })).Expect(200);

        var again = await office.PostAsync(
            "officer",
            "me/tokens",
            Asked(name, new { role = "officer", organizationId = office.Street })
        );
        var others = await office.PostAsync("verifier", "me/tokens", Asked(name, VerifierToken()));

        Assert.That((again.Status, again.Code), Is.EqualTo((409, "token-name-taken")));
        others.Expect(201);
    }

    [Test]
    public async Task TokenOfAWorker_ReachesHimself_AndThatOfAnotherRoleDoesNotActForHim()
    {
        // An officer who is a worker of his own street, too.
        var self = await office.HireAsync(office.Works, "Bai Fan");
        await office.WorkerAccountAsync("fanni", self);
        (
            await office.PostAsync(
                "administrator",
                $"accounts/{await IdOf("fanni")}/grants",
                new { role = "officer", organizationId = office.OtherStreet }
            )
        ).Expect(200);

        await TokenAsync("fanni", "as worker", new { role = "worker" });
        await TokenAsync("fanni", "as officer", new { role = "officer", organizationId = office.OtherStreet });

        (await office.GetAsync("as worker", $"workers/{self}")).Expect(200);
        (await office.GetAsync("as worker", $"workers/{office.Stranger}")).Expect(404);
        (await office.GetAsync("as officer", $"workers/{self}")).Expect(404);
        (await office.GetAsync("as officer", $"workers/{office.Stranger}")).Expect(200);
    }

    [Test]
    public async Task TokenOfAVerifier_JudgesNothingAboutItsOwner()
    {
        var self = await office.HireAsync(office.Works, "Bai Lu");
        await office.WorkerAccountAsync("gerd", self);
        string[] acts = [.. office.Store.Frameworks.Current.VerifierRoles.Keys];
        (
            await office.PostAsync(
                "administrator",
                $"accounts/{await IdOf("gerd")}/grants",
                new
                {
                    role = "verifier",
                    organizationId = office.Street,
                    acts,
                }
            )
        ).Expect(200);
        var milestone = await office.PostAsync(
            TestAccounts.Office,
            $"workers/{self}/milestones",
            new
            {
                type = "union-membership",
                occurredOn = "2016-01-01",
                attributes = new { employmentForm = "employee" },
            }
        );
        await TokenAsync(
            "gerd",
            "program",
            new
            {
                role = "verifier",
                organizationId = office.Street,
                acts,
            }
        );

        var verified = await office.PostAsync(
            "program",
            $"workers/{self}/milestones/{milestone.Expect(201).Id}:verify",
            new { },
            "\"1\""
        );

        Assert.That(verified.Status, Is.Not.InRange(200, 299), verified.Text);
    }

    [TestCase("UPDATE api_tokens SET ends_at = 9223372036854775807")]
    [TestCase("UPDATE api_tokens SET revoked_at = NULL, revoked_by = NULL")]
    [TestCase("DELETE FROM api_tokens")]
    public async Task Record_OfATokenCannotBeChangedByAnybody(string sql)
    {
        var (token, _) = await TokenAsync("officer", "program", new { role = "officer", organizationId = office.Street });
        (await office.PostAsync("officer", $"me/tokens/{token.Id}:revoke", new { })).Expect(200);

        Assert.That(
            async () =>
                await office.Store.Gate.RunAsync<bool>(tx => tx.Connection.Prepared(sql).Execute(tx.Connection.Transaction) > 0),
            Throws.Exception
        );
    }

    [Test]
    public void EveryEntryOfTheTrail_NamesTheToken() =>
        Assert.That(
            Contract.Repository.LinesWith(
                Contract.Repository.SourceFiles("src").Where(path => !path.EndsWith("SignedIn.cs", StringComparison.Ordinal)),
                new System.Text.RegularExpressions.Regex(@"\.Audit\(me\.Name")
            ),
            Is.Empty,
            "write me.Audit(tx, …)"
        );

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", null);

    private object VerifierToken() =>
        new
        {
            role = "verifier",
            organizationId = office.Street,
            acts = office.Store.Frameworks.Current.VerifierRoles.Keys.Take(1),
        };

    private async Task<(int Status, string? Code)> Refusal(string account, object wish)
    {
        var reply = await office.PostAsync(account, "me/tokens", Asked($"wish-{++made}", wish));
        return (reply.Status, reply.Code);
    }

    /// <summary>The wish with a name and an end ten days from now.</summary>
    private Dictionary<string, object> Asked(string name, object wish)
    {
        var asked = wish.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(wish)!);
        asked["name"] = name;
        asked["endsAt"] = Text(office.Clock.GetUtcNow().AddDays(10));
        return asked;
    }

    /// <summary>Makes a token, which <paramref name="program"/> sends from now on.</summary>
    private async Task<(AccessReply Answer, string Secret)> TokenAsync(string account, string program, object wish)
    {
        var reply = (await office.PostAsync(account, "me/tokens", Asked($"program-{++made}", wish))).Expect(201);
        var secret = reply.Body.GetProperty("token").GetString()!;
        office.SendToken(program, secret);
        return (reply, secret);
    }

    private Task<Guid> IdOf(string account) => Task.FromResult(office.Store.Reader.OnConnection(c => c.FindAccount(account))!.Id);
}
