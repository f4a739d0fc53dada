using System.Text.Json;
using System.Text.Json.Nodes;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>The trail says of a write what was written: by ids, never by what stands in it.</summary>
[BothEngines]
public class AuditDetailsTests(TestEngine engine)
{
    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task Milestone_IsNamedWithItsRevision()
    {
        var worker = await office.HireAsync(office.Works, "Wu Jing");
        var recorded = (
            await office.PostAsync(
                "officer",
                $"workers/{worker}/milestones",
                new
                {
                    type = "skill-level-certificate",
                    occurredOn = "2020-11-30",
                    attributes = new { grade = "3", certificateNo = "A1" },
                }
            )
        ).Expect(201);
        (await office.PostAsync("verifier", $"workers/{worker}/milestones/{recorded.Id}:verify", new { }, recorded.Etag)).Expect(
            200
        );

        await ExpectAsync("recordMilestone", worker, new() { ["milestoneId"] = recorded.Id, ["revision"] = 1 });
        await ExpectAsync("verifyMilestone", worker, new() { ["milestoneId"] = recorded.Id, ["revision"] = 2 });
    }

    [Test]
    public async Task WhatIsMade_IsNamed()
    {
        var worker = await office.HireAsync(office.Works, "Wu Ning");
        var organization = await office.FoundAsync("Gravel Works", "enterprise", office.Street);

        var hired = await NewestAsync($"account={TestAccounts.Office}&action=recordWorker");
        var entered = (
            await office.PostAsync(
                "officer",
                "entered-figures",
                new
                {
                    organizationId = organization,
                    indicator = "essays",
                    figure = "essays",
                    yearKind = "calendar",
                    year = 2025,
                    number = 4,
                    source = "the list of essays",
                }
            )
        ).Expect(201);
        var figure = await NewestAsync("account=officer&action=recordEnteredFigure");
        var founded = await NewestAsync($"account={TestAccounts.Office}&action=recordOrganization");

        Assert.That(Text(hired), Is.EqualTo(new JsonObject { ["workerId"] = worker }.ToJsonString()));
        Assert.That(Text(figure), Is.EqualTo(new JsonObject { ["enteredFigureId"] = entered.Id }.ToJsonString()));
        Assert.That(Text(founded), Is.EqualTo(new JsonObject { ["organizationId"] = organization }.ToJsonString()));
    }

    [Test]
    public async Task WhatTheAddressNames_IsNamedWithItsNewRevision()
    {
        var organization = await office.FoundAsync("Pebble Works", "enterprise", office.Street);
        (
            await office.SendAsync(
                TestAccounts.Office,
                HttpMethod.Post,
                $"organizations/{organization}:void",
                new { reason = "recorded twice" },
                "\"1\""
            )
        ).Expect(200);

        var voided = await NewestAsync("action=voidOrganization");

        Assert.That(
            Text(voided),
            Is.EqualTo(new JsonObject { ["organizationId"] = organization, ["revision"] = 2 }.ToJsonString())
        );
    }

    [Test]
    public async Task Grant_IsNamedWithItsRoleItsScopeAndItsBodies_WhenItBeginsAndWhenItEnds()
    {
        await office.AccountAsync("granted");
        var account = office.Store.Reader.OnConnection(c => c.FindAccount("granted"))!.Id;
        var body = office.Store.Frameworks.Current.VerifierRoles.Keys.First();
        var granted = (
            await office.PostAsync(
                "administrator",
                $"accounts/{account}/grants",
                new
                {
                    role = "verifier",
                    organizationId = office.Street,
                    acts = new[] { body },
                }
            )
        ).Expect(200);
        var grant = granted.Body.GetProperty("grants")[0].GetProperty("id").GetGuid();
        (await office.PostAsync("administrator", $"accounts/{account}/grants/{grant}:revoke", new { })).Expect(200);

        var expected = new JsonObject
        {
            ["account"] = "granted",
            ["grantId"] = grant,
            ["role"] = "verifier",
            ["organizationId"] = office.Street,
            ["acts"] = new JsonArray(body),
        }.ToJsonString();
        Assert.That(Text(await NewestAsync("action=grantRole")), Is.EqualTo(expected));
        Assert.That(Text(await NewestAsync("action=revokeRole")), Is.EqualTo(expected));
    }

    [Test]
    public async Task Account_IsNamed_WhenItIsMade()
    {
        (
            await office.PostAsync(
                "administrator",
                "accounts",
                new { name = "just-made", password = "a sentence that only I know" }
            )
        ).Expect(201);
        Assert.That(Text(await NewestAsync("action=recordAccount")), Is.EqualTo("""{"account":"just-made"}"""));
    }

    private async Task ExpectAsync(string action, Guid worker, JsonObject details) =>
        Assert.That(Text(await NewestAsync($"worker={worker}&action={action}")), Is.EqualTo(details.ToJsonString()));

    private async Task<JsonElement> NewestAsync(string filter) =>
        (await office.GetAsync("auditor", "audit-entries?" + filter)).Expect(200).Items[0];

    private static string Text(JsonElement entry) => entry.GetProperty("details").GetRawText();
}
