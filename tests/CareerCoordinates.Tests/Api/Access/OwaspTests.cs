using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Http;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>The OWASP API Security Top 10 of 2023, item by item: what each would mean here, tried.</summary>
[BothEngines]
public class OwaspTests(TestEngine engine)
{
    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task Api1_BrokenObjectLevelAuthorization_AnIdAloneOpensNothing()
    {
        var milestone = (await RecordAsync(office.Stranger, Certificate())).Expect(201).Id;
        var colleague = await office.HireAsync(office.Works);
        foreach (var (account, other) in new[] { ("worker", colleague), ("officer", office.Stranger) })
        {
            foreach (var what in new[] { "", "/coordinate", "/record", $"/milestones/{milestone}" })
            {
                var theirs = await office.GetAsync(account, $"workers/{other}{what}");
                var absent = await office.GetAsync(account, $"workers/{AccessOffice.Absent}{what}");

                Assert.That(theirs.Status, Is.EqualTo(404), $"{account} {what}");
                Assert.That(theirs.Alike(other), Is.EqualTo(absent.Alike(AccessOffice.Absent)));
            }
        }
        (await office.GetAsync("worker", $"workers/{office.Worker}/milestones/{milestone}")).Expect(404);
    }

    [Test]
    public async Task Api2_BrokenAuthentication_NothingButARightTokenSignsIn()
    {
        string Jwt(string header) =>
            string.Join('.', new[] { header, """{"sub":"officer","exp":4102444800}""", "" }.Select(Base64Url));
        string[] wrong =
        [
            "",
            "null",
            new('0', 64),
            ApiTokens.Prefix + new string('0', 64),
            Jwt("""{"alg":"none"}"""),
            Jwt("""{"alg":"HS256"}"""),
        ];
        foreach (var token in wrong)
        {
            office.SendToken("made-up", token);
            var reply = await office.GetAsync("made-up", "me");

            Assert.That((reply.Status, reply.Code), Is.EqualTo((401, "sign-in-needed")), token);
            Assert.That(reply.HeaderText, Does.Contain("WWW-Authenticate: Bearer"));
        }
        var guesses = new List<int>();
        for (var i = 0; i < SignInThrottle.FreeFailures + 2; i++)
        {
            office.Clock.Pass(TimeSpan.FromSeconds(-1));
            guesses.Add(
                (await office.PostAsync("anonymous", "sign-in", new { account = "officer", password = $"guess {i}" })).Status
            );
        }

        Assert.That(guesses.Take(SignInThrottle.FreeFailures), Is.All.EqualTo(401));
        Assert.That(guesses[^1], Is.EqualTo(429));
    }

    [TestCase("revision", 9)]
    [TestCase("verifiedBy", "officer")]
    [TestCase("recordedBy", "somebody")]
    [TestCase("recordedAt", "2020-01-01T00:00:00Z")]
    [TestCase("counting", 1)]
    [TestCase("workerId", AccessOffice.Absent)]
    public async Task Api3_BrokenObjectPropertyLevelAuthorization_NobodyAssignsWhatTheServerKeeps(string member, object value)
    {
        var body = Certificate();
        body[member] = value;

        var worker = await office.HireAsync(office.Works);

        var reply = await RecordAsync(worker, body);

        Assert.That(reply.Status, Is.EqualTo(400), reply.Text);
        Assert.That(reply.Text, Does.Contain($"\"/{member}\"").And.Contain("unknown-member"));
        Assert.That((await office.GetAsync("officer", $"workers/{worker}/milestones")).Items, Is.Empty);
    }

    [Test]
    public async Task Api3_BrokenObjectPropertyLevelAuthorization_NobodyVerifiesByRecording_AndAnAnalystSeesNoPerson()
    {
        var verified = Certificate();
        verified["state"] = "verified";
        var tried = await RecordAsync(office.Worker, verified);
        var seen = new StringBuilder();
        foreach (var read in Mapped.Of(office.Host).Where(e => e.IsGet()))
        {
            var path = read.PathWith(("workerId", office.Worker), ("organizationId", office.Works));
            seen.AppendLine((await office.GetAsync("analyst", path)).Text);
        }

        Assert.That(tried.Status, Is.InRange(400, 422), tried.Text);
        Assert.That(seen.ToString(), Does.Contain(office.Works.ToString()), "what he may see is there");
        Assert.That(seen.ToString(), Does.Not.Contain("Ma Lan").And.Not.Contain("CANARY").And.Not.Contain("staffNumber"));
        Assert.That(seen.ToString(), Does.Not.Contain($"\"{office.Worker}\"").And.Not.Contain("careerStart"));
    }

    [Test]
    public async Task Api4_UnrestrictedResourceConsumption_EachAnswerAndRequestHasItsLimit()
    {
        var big = Certificate();
        big["note"] = new string('x', Limits.BodyBytes);
        var deep = Certificate();
        deep["attributes"] = JsonSerializer.Deserialize<JsonElement>(new string('[', 60) + new string(']', 60));
        var many = new
        {
            items = Enumerable.Repeat(
                new
                {
                    workerId = office.Worker,
                    milestoneId = office.Worker,
                    etag = "x",
                },
                501
            ),
        };

        (await RecordAsync(office.Worker, big)).Expect(413);
        (await RecordAsync(office.Worker, deep)).Expect(400);
        (await office.GetAsync("officer", $"workers?limit={Limits.PageSize + 1}")).Expect(400);
        (await office.PostAsync("verifier", "milestones:verify", many)).Expect(400);
        await using var busy = await AccessOffice.OpenAsync(engine, DateTimeOffset.UtcNow, ("RateLimits:List", "1/3"));
        var replies = new List<AccessReply>();
        for (var i = 0; i < 12; i++)
        {
            replies.Add(await busy.GetAsync("officer", "workers"));
            busy.Clock.Pass(TimeSpan.FromSeconds(-1));
        }
        Assert.That(
            replies.Where(r => r.Status == 429),
            Is.Not.Empty.And.All.Matches<AccessReply>(r => r.Headers.Contains("Retry-After"))
        );
    }

    [Test]
    public async Task Api5_BrokenFunctionLevelAuthorization_AnAuditorAndAnAnalystWriteNothing_AndNobodyGoesBeyondHisRole()
    {
        var writes = Mapped.Of(office.Host).Where(e => !e.IsGet() && e.Right() is { } right && right > Right.OwnAccount).ToList();
        Assert.That(writes, Has.Count.AtLeast(35));
        foreach (var write in writes)
        {
            var path = write.PathWith(("workerId", office.Worker), ("organizationId", office.Works));
            // The record is no analyst's to write; the questions that he saves are his own.
            string[] others = write.Right() == Right.SaveReports ? ["auditor", "nobody"] : ["auditor", "analyst", "nobody"];
            foreach (var account in others)
            {
                var reply = await office.SendAsync(account, write.Method(), path, write.ExampleBody(), "\"1-x\"");
                Assert.That(reply.Status, Is.EqualTo(write.IsOfOneself() ? 404 : 403), $"{account} {write.Name()}: {reply.Text}");
            }
        }
        var milestone = (await RecordAsync(office.Worker, Certificate())).Expect(201);
        var judged = await office.DoAsync("officer", office.Worker, milestone.Id, "verify");
        (await office.GetAsync("officer", "accounts")).Expect(403);
        (await office.GetAsync("administrator", $"workers/{office.Worker}")).Expect(403);
        (await office.GetAsync("worker", "workers")).Expect(403);
        Assert.That(judged.Code, Is.EqualTo("not-allowed"));
    }

    [Test]
    public async Task Api6_UnrestrictedAccessToSensitiveBusinessFlows_ClaimCodesAreNotGuessedInBulk()
    {
        var worker = await office.HireAsync(office.Works, "Tom Quay");
        var made = (await office.PostAsync("officer", $"workers/{worker}/claim-codes", new { })).Expect(201);
        var right = made.Body.GetProperty("code").GetString()!;
        var guesses = new List<int>();
        for (var i = 0; i < SignInThrottle.FreeFailures + 2; i++)
        {
            guesses.Add((await ClaimAsync($"{i:00000000}")).Status);
            office.Clock.Pass(TimeSpan.FromSeconds(-1));
        }

        var held = await ClaimAsync(right);

        Assert.That(guesses.Take(SignInThrottle.FreeFailures), Is.All.EqualTo(401));
        Assert.That((held.Status, held.Code), Is.EqualTo((429, "too-many-attempts")), "even with the right code");
        var trail = await office.GetAsync("auditor", "audit-entries?action=claimRefused");
        Assert.That(trail.Items, Is.Not.Empty);
    }

    /// <summary>No input is an address that the server would fetch: the issuer's alone is, and that stands in the configuration.</summary>
    [Test]
    public async Task Api7_ServerSideRequestForgery_NoAddressThatIsSentIsFetched()
    {
        await using var bait = await Issuer.StartAsync((context, _) => context.Response.WriteAsync("{}"));
        var url = bait.Address + "/.well-known/openid-configuration";
        var body = Certificate();
        body["note"] = url;
        body["attributes"] = new { grade = "3", certificateNo = url };
        body["evidence"] = new[] { new { type = "completion-certificate", reference = url } };
        (await RecordAsync(office.Worker, body)).Expect(201);
        (
            await office.PostAsync(
                TestAccounts.Office,
                "organizations",
                new
                {
                    kind = "enterprise",
                    name = url,
                    from = "2000-01-01",
                }
            )
        ).Expect(201);
        (await office.PostAsync("officer", "workers:search", new { text = url })).Expect(200);
        var header = JsonSerializer.Serialize(
            new
            {
                alg = "RS256",
                kid = url,
                jku = url,
                x5u = url,
            }
        );
        office.SendToken(
            "baited",
            string.Join('.', Base64Url(header), Base64Url(JsonSerializer.Serialize(new { iss = bait.Address })), "AAAA")
        );
        (await office.GetAsync("baited", "me")).Expect(401);
        using var client = office.Host.CreateClient(office.Host.OfficeToken);
        foreach (var name in new[] { "Origin", "Referer", "X-Forwarded-Host", "Forwarded", "X-Original-URL" })
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, url);
        }
        using var answer = await client.GetAsync($"/api/v1/workers/{office.Worker}/record");

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(bait.Asked, Is.Empty);
    }

    [Test]
    public async Task Api8_SecurityMisconfiguration_NothingIsTold_AndNoOtherSiteIsLetIn()
    {
        using var client = office.Host.CreateClient(office.Host.OfficeToken);
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        client.DefaultRequestHeaders.Add("Access-Control-Request-Method", "GET");
        var paths = new[]
        {
            "/api/v1/workers",
            "/api/v1/workers?limit=x",
            "/api/v1/me",
            "/nowhere",
            "/api/v1/workers/" + AccessOffice.Absent,
        };
        foreach (var method in new[] { "GET", "OPTIONS", "TRACE", "POST", "DELETE" })
        {
            foreach (var path in paths)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                request.Content = method == "POST" ? new StringContent("{\"\\u", Encoding.UTF8, "application/json") : null;
                using var answer = await client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();

                Assert.That((int)answer.StatusCode, Is.LessThan(500), $"{method} {path}");
                Assert.That(answer.Headers.Select(h => h.Key), Has.None.StartsWith("Access-Control").And.None.EqualTo("Server"));
                Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
                Assert.That(
                    text,
                    Does.Not.Contain("   at ").And.Not.Contain("Exception").And.Not.Contain("/src/"),
                    $"{method} {path}"
                );
                Assert.That(method is "TRACE" or "OPTIONS" && answer.IsSuccessStatusCode, Is.False, path);
            }
        }
    }

    [Test]
    public async Task Api9_ImproperInventoryManagement_WhatIsServedIsInTheDocument_AndNothingElse()
    {
        var document = (await office.GetAsync("anonymous", "/openapi.json")).Expect(200).Body;
        var documented =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select operation.Value.GetProperty("operationId").GetString();
        Assert.That(Mapped.Of(office.Host).Select(e => e.Name()), Is.EquivalentTo(documented));
        Assert.That(
            document.GetProperty("paths").EnumerateObject().Select(p => Regex.Match(p.Name, "/v[0-9]+/").Value).Distinct(),
            Is.EquivalentTo(new[] { "/v1/", "" })
        );
        string[] forgotten =
        [
            "/api/v0/me",
            "/api/v2/me",
            "/api/me",
            "/v1/me",
            "/api/v1/debug",
            "/api/v1/workers/export",
            "/swagger/v1/swagger.json",
            "/openapi/v1.json",
            "/.env",
            "/appsettings.json",
            "/career.db",
        ];
        foreach (var path in forgotten)
        {
            (await office.GetAsync(TestAccounts.Office, path)).Expect(404);
        }
    }

    [TestCase("oversized")]
    [TestCase("redirect")]
    [TestCase("another issuer")]
    [TestCase("no JSON")]
    [TestCase("no keys")]
    public async Task Api10_UnsafeConsumptionOfApis_AnIssuerThatAnswersWrongIsNotBelieved(string fault)
    {
        await using var elsewhere = await Issuer.StartAsync((context, _) => context.Response.WriteAsync("{}"));
        await using var issuer = await Issuer.StartAsync(
            (context, self) =>
            {
                if (fault == "redirect")
                {
                    context.Response.Redirect(elsewhere.Address + "/keys");
                    return Task.CompletedTask;
                }
                var named = fault == "another issuer" ? "https://issuer.example" : self;
                var filling = fault == "oversized" ? new string(' ', 2 * 1024 * 1024) : "";
                return context.Response.WriteAsync(
                    fault == "no JSON" ? "<html>" : $$"""{{{filling}}"issuer":"{{named}}","jwks_uri":"{{self}}/jwks","keys":[]}"""
                );
            }
        );
        await using var trusting = await AccessOffice.OpenAsync(
            engine,
            DateTimeOffset.UtcNow,
            ("OpenIdConnect:Issuer", issuer.Address),
            ("OpenIdConnect:Audience", OidcProvider.Audience)
        );
        var header = Base64Url("""{"alg":"RS256","kid":"1","typ":"at+jwt"}""");
        trusting.SendToken("by issuer", $"{header}.{Base64Url($$"""{"iss":"{{issuer.Address}}","sub":"officer"}""")}.AAAA");

        var reply = await trusting.GetAsync("by issuer", "me");

        Assert.That((reply.Status, reply.Code), Is.EqualTo((503, "issuer-unavailable")));
        Assert.That(issuer.Asked, Is.Not.Empty);
        Assert.That(elsewhere.Asked, Is.Empty);
        (await trusting.GetAsync("officer", "me")).Expect(200);
    }

    private static Dictionary<string, object> Certificate() =>
        new()
        {
            ["type"] = "skill-level-certificate",
            ["occurredOn"] = "2020-11-30",
            ["attributes"] = new { grade = "3", certificateNo = "A1" },
        };

    private Task<AccessReply> RecordAsync(Guid worker, object body) =>
        office.PostAsync(worker == office.Stranger ? TestAccounts.Office : "officer", $"workers/{worker}/milestones", body);

    private Task<AccessReply> ClaimAsync(string code) =>
        office.PostAsync(
            "anonymous",
            "claims",
            new
            {
                name = "Tom Quay",
                code,
                password = "a sentence of Tom Quay's own",
                account = "tom.quay",
            }
        );

    private static string Base64Url(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
