using System.Text.Json;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.People;

[BothEngines]
public class AffiliationTests(TestEngine engine) : PeopleTests(engine)
{
    private Guid quay;
    private Guid yard;

    [SetUp]
    public async Task MakeOrganizations()
    {
        quay = (await Desk.OrganizationAsync()).Id;
        yard = (await Desk.OrganizationAsync()).Id;
    }

    [Test]
    public async Task Transfer_EndsThePrimaryOneTheDayBefore_AndInheritsItsFlag()
    {
        var worker = await Desk.WorkerAsync(quay, affiliation: ""","primary":true,"staffNumber":"7" """);
        var moved = (await AddAsync(worker, yard, "2021-04-01", ""","transfer":true""")).Expect(201);

        Assert.That(moved["primary"].GetBoolean(), Is.True);
        var all = (await ListAsync(worker)).Items;
        Assert.That(
            all.Select(a => (Text(a, "from"), Text(a, "until"))),
            Is.EqualTo([("2015-01-01", "2021-03-31"), ("2021-04-01", null)])
        );
        Assert.That(
            (await ListAsync(worker, $"?knownAt={worker.RecordedAt}")).Items.Select(a => Text(a, "until")),
            Is.EqualTo(new string?[] { null })
        );
        Assert.That(await AtAsync(quay, "2021-03-31"), Is.EqualTo([worker.Id]));
        Assert.That(await AtAsync(quay, "2021-04-01"), Is.Empty);
        Assert.That(await AtAsync(yard, "2021-04-01"), Is.EqualTo([worker.Id]));
        (await AddAsync(await Desk.WorkerAsync(yard), quay, "2021-04-01", ""","staffNumber":"7" """)).Expect(201);
    }

    [Test]
    public async Task Transfer_WithNothingToLeave_IsRefused()
    {
        var worker = await Desk.WorkerAsync(quay, affiliation: ""","until":"2016-12-31" """);
        var refused = await AddAsync(worker, yard, "2021-04-01", ""","transfer":true""");
        Assert.That(refused.Expect(409).Faults, Is.EqualTo(["/transfer nothing-to-transfer"]));
        Assert.That((await ListAsync(worker)).Items, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Transfer_Refused_LeavesTheOldOneAsItWas()
    {
        var holder = await Desk.WorkerAsync(yard, affiliation: ""","staffNumber":"9" """);
        var worker = await Desk.WorkerAsync(quay);
        var before = await Desk.CensusAsync(worker.Id);

        var refused = await AddAsync(worker, yard, "2021-04-01", ""","transfer":true,"staffNumber":"9" """);
        Assert.That(refused.Expect(409).Faults, Is.EqualTo(["/staffNumber staff-number-taken"]));
        Assert.That(refused.Text, Does.Not.Contain(holder.Id.ToString()), "the answer does not say who has it");
        (await AddAsync(worker, Guid.NewGuid(), "2021-04-01", ""","transfer":true""")).Expect(422);
        Assert.That(await Desk.CensusAsync(worker.Id), Is.EqualTo(before));
    }

    [Test]
    public async Task TwoPosts_AtDifferentOrganizations_OverlapAsTheyMay()
    {
        var worker = await Desk.WorkerAsync(quay);
        (await AddAsync(worker, yard, "2018-01-01", kind: "platform-work")).Expect(201);

        Assert.That(await AtAsync(quay, "2019-01-01"), Is.EqualTo([worker.Id]));
        Assert.That(await AtAsync(yard, "2019-01-01"), Is.EqualTo([worker.Id]));
        var twice = await AddAsync(worker, yard, "2020-01-01");
        Assert.That(twice.Expect(409).Faults, Is.EqualTo(["/organizationId overlap-at-organization"]));
        var before = await AddAsync(worker, yard, "2017-01-01", ""","until":"2017-12-31" """);
        before.Expect(201);
        var stretched = await Desk.PatchAsync(Path(worker, before), """{"until":"2018-01-01"}""", before.Etag);
        Assert.That(stretched.Expect(409).Faults, Is.EqualTo(["/organizationId overlap-at-organization"]));
    }

    [Test]
    public async Task Primary_IsOneOnADay()
    {
        var worker = await Desk.WorkerAsync(quay, affiliation: ""","primary":true,"until":"2019-12-31" """);
        var second = await AddAsync(worker, yard, "2019-12-31", ""","primary":true""");
        Assert.That(second.Expect(409).Faults, Is.EqualTo(["/primary primary-overlap"]));
        (await AddAsync(worker, yard, "2020-01-01", ""","primary":true""")).Expect(201);
    }

    [Test]
    public async Task External_IsByName_NeverTheFirst_AndInNoOrganization()
    {
        var worker = await Desk.WorkerAsync(quay);
        var external = """{"kind":"external","externalName":" Ferry of the far shore ","from":"2019-01-01"}""";
        var added = (await Desk.PostAsync($"workers/{worker.Id}/affiliations", external)).Expect(201);
        Assert.That(Text(added.Body, "externalName"), Is.EqualTo("Ferry of the far shore"));
        Assert.That(added["organizationId"].ValueKind, Is.EqualTo(JsonValueKind.Null));

        var first = $$"""{"name":"Nils","affiliation":{{external}}}""";
        Assert.That(
            (await Desk.PostAsync("workers", first)).Expect(422).Faults,
            Is.EqualTo(["/affiliation/kind first-affiliation-in-tree"])
        );
    }

    [Test]
    public async Task StaffNumber_IsUniqueAmongThoseInForce()
    {
        var first = await Desk.WorkerAsync(quay, affiliation: ""","staffNumber":"0042" """);
        var firstPath = $"workers/{first.Id}/affiliations/{first["affiliation"].GetProperty("id").GetGuid()}";
        var twin = PeopleDesk.WorkerJson(quay, affiliation: ""","staffNumber":"0042" """, from: "2020-01-01");

        Assert.That(
            (await Desk.PostAsync("workers", twin)).Expect(409).Faults,
            Is.EqualTo(["/affiliation/staffNumber staff-number-taken"])
        );
        await Desk.WorkerAsync(quay, affiliation: ""","staffNumber":"42" """);
        await Desk.WorkerAsync(yard, affiliation: ""","staffNumber":"0042" """);
        (await Desk.PostAsync(firstPath + ":end", """{"on":"2019-12-31","reason":"retired"}""", "\"1-x\"")).Expect(200);
        var second = (await Desk.PostAsync("workers", twin)).Expect(201);

        var back = await Desk.PatchAsync(firstPath, """{"until":null}""", "\"2-x\"");
        Assert.That(back.Expect(409).Faults, Is.EqualTo(["/staffNumber staff-number-taken"]));
        (await AddAsync(second, yard, "2021-01-01")).Expect(201);
        (await Desk.VoidAsync($"workers/{second.Id}/affiliations/{second["affiliation"].GetProperty("id").GetGuid()}")).Expect(
            200
        );
        (await Desk.PatchAsync(firstPath, """{"until":null}""", "\"2-x\"")).Expect(200);
    }

    [Test]
    public async Task Patch_AbsentStays_NullTakesAway_ValueSets()
    {
        var worker = await Desk.WorkerAsync(
            quay,
            affiliation: ""","staffNumber":"5","employmentForm":"aboard","until":"2030-01-01" """
        );
        var path = $"workers/{worker.Id}/affiliations/{worker["affiliation"].GetProperty("id").GetGuid()}";

        var second = (
            await Desk.PatchAsync(path, """{"until":null,"employmentForm":"ashore","reason":"contract renewed"}""", "\"1-x\"")
        ).Expect(200);
        Assert.That((Text(second.Body, "until"), Text(second.Body, "employmentForm")), Is.EqualTo(((string?)null, "ashore")));
        Assert.That((Text(second.Body, "staffNumber"), Text(second.Body, "reason")), Is.EqualTo(("5", "contract renewed")));
        var outside = """{"kind":"external","organizationId":null,"externalName":"Elsewhere"}""";
        Assert.That((await Desk.PatchAsync(path, outside, second.Etag)).Expect(422).Faults, Is.EqualTo(["/kind none-in-tree"]));
        (await Desk.PatchAsync(path, $$"""{"organizationId":"{{yard}}"}""", second.Etag)).Expect(200);

        Assert.That(await AtAsync(yard, "2016-01-01"), Is.EqualTo([worker.Id]));
        Assert.That(await AtAsync(quay, "2016-01-01"), Is.Empty);
        Assert.That(await AtAsync(quay, "2016-01-01", $"&knownAt={second.RecordedAt}"), Is.EqualTo([worker.Id]));
        Assert.That((await Desk.GetAsync($"{path}/revisions")).Items, Has.Length.EqualTo(3));
        Assert.That(
            (await Desk.GetAsync($"{path}?knownAt={second.RecordedAt}")).Text,
            Does.StartWith(second.Text[..^1] + ","),
            "the same, and the clocks"
        );
        (await Desk.GetAsync($"workers/{worker.Id}/affiliations/{Guid.NewGuid()}")).Expect(404);
        Assert.That((await Desk.PatchAsync(path, "{}", "\"1-x\"")).Expect(412).Code, Is.EqualTo("stale"));
        Assert.That((await Desk.PatchAsync(path, "{}", null)).Expect(428).Code, Is.EqualTo("if-match-required"));
    }

    [Test]
    public async Task End_WithAlsoEnd_EndsTheMilestonesOnTheSameDay()
    {
        var worker = await Desk.WorkerAsync(quay);
        var post = await Desk.MilestoneAsync(worker.Id, "berth", "2015-01-01", """{"post":"bosun","ship":"Ternen"}""");
        var guild = await Desk.MilestoneAsync(worker.Id, "guild-enrolment", "2015-06-01");
        var path = $"workers/{worker.Id}/affiliations/{worker["affiliation"].GetProperty("id").GetGuid()}";
        var ended = await Desk.SendAsync(
            HttpMethod.Post,
            path + ":end",
            $$"""{"on":"2020-06-30","reason":"left the port","alsoEnd":["{{post.Id}}","{{post.Id}}"]}""",
            "\"1-x\"",
            bySecond: true
        );

        Assert.That(Text(ended.Expect(200).Body, "until"), Is.EqualTo("2020-06-30"));
        var milestone = await Desk.GetAsync($"workers/{worker.Id}/milestones/{post.Id}");
        Assert.That(Text(milestone["ended"], "on"), Is.EqualTo("2020-06-30"));
        Assert.That(milestone["counting"].GetInt32(), Is.EqualTo(3));
        Assert.That(
            (await Desk.GetAsync($"workers/{worker.Id}/milestones/{guild.Id}"))["ended"].ValueKind,
            Is.EqualTo(JsonValueKind.Null)
        );
        Assert.That(await RungAsync("2020-06-30"), Is.EqualTo("bosun"));
        Assert.That(await RungAsync("2020-07-01"), Is.Null);

        async Task<string?> RungAsync(string day) =>
            Text((await Desk.GetAsync($"workers/{worker.Id}/coordinate?asOf={day}"))["channels"][1], "rung");
    }

    /// <summary>Who recorded the post does not end it alone.</summary>
    [Test]
    public async Task End_WithAlsoEnd_ByWhoRecordedTheMilestone_SubmitsItsEnd()
    {
        var worker = await Desk.WorkerAsync(quay);
        var post = await Desk.MilestoneAsync(worker.Id, "berth", "2015-01-01", """{"post":"bosun","ship":"Ternen"}""");
        var path = $"workers/{worker.Id}/affiliations/{worker["affiliation"].GetProperty("id").GetGuid()}";
        var body = $$"""{"on":"2020-06-30","reason":"left the port","alsoEnd":["{{post.Id}}"]}""";
        (await Desk.PostAsync(path + ":end", body, "\"1-x\"")).Expect(200);

        var milestone = await Desk.GetAsync($"workers/{worker.Id}/milestones/{post.Id}");
        Assert.That(Text(milestone.Body, "state"), Is.EqualTo("submitted"));
        Assert.That(milestone["counting"].GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task End_WhoseMilestonesCannotEnd_ChangesNothing()
    {
        var worker = await Desk.WorkerAsync(quay);
        var post = await Desk.MilestoneAsync(worker.Id, "berth", "2019-01-01", """{"post":"bosun","ship":"Ternen"}""");
        var late = await Desk.MilestoneAsync(worker.Id, "guild-enrolment", "2021-06-01");
        var path = $"workers/{worker.Id}/affiliations/{worker["affiliation"].GetProperty("id").GetGuid()}";
        var before = await Desk.CensusAsync(worker.Id);
        var body = $$"""{"on":"2020-06-30","reason":"left","alsoEnd":["{{post.Id}}","{{late.Id}}","{{Guid.NewGuid()}}"]}""";
        var refused = await Desk.PostAsync(path + ":end", body, "\"1-x\"");

        Assert.That(refused.Expect(422).Faults, Is.EqualTo(["/alsoEnd/1 end-before-occurred", "/alsoEnd/2 unknown-milestone"]));
        Assert.That(await Desk.CensusAsync(worker.Id), Is.EqualTo(before));
        Assert.That((await Desk.GetAsync($"workers/{worker.Id}/milestones/{post.Id}"))["revision"].GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task End_OutsideTheAffiliation_IsRefused()
    {
        var worker = await Desk.WorkerAsync(quay, affiliation: ""","until":"2020-12-31" """);
        var path = $"workers/{worker.Id}/affiliations/{worker["affiliation"].GetProperty("id").GetGuid()}:end";
        foreach (var (on, code) in new[] { ("2014-12-31", "until-before-from"), ("2021-01-01", "end-after-last-day") })
        {
            var refused = await Desk.PostAsync(path, $$"""{"on":"{{on}}","reason":"left"}""", "\"1-x\"");
            Assert.That(refused.Expect(422).Faults, Is.EqualTo([$"/on {code}"]));
        }
        Assert.That(
            (await Desk.PostAsync(path, """{"on":"2020-01-01"}""", "\"1-x\"")).Expect(400).Faults,
            Is.EqualTo(["/reason member-missing"])
        );
        (await Desk.PostAsync(path, """{"on":"2015-01-01","reason":"left at once"}""", "\"1-x\"")).Expect(200);
    }

    [Test]
    public async Task Void_IsAsIfNeverRecorded_FromThatInstant()
    {
        var worker = await Desk.WorkerAsync(quay);
        var extra = (await AddAsync(worker, yard, "2018-01-01")).Expect(201);
        var voided = (await Desk.VoidAsync(Path(worker, extra))).Expect(200);

        Assert.That(voided["voided"].GetBoolean(), Is.True);
        Assert.That((await ListAsync(worker)).Ids, Does.Not.Contain(extra.Id));
        Assert.That((await ListAsync(worker, "?include=voided")).Ids, Does.Contain(extra.Id));
        Assert.That((await ListAsync(worker, $"?knownAt={extra.RecordedAt}")).Ids, Does.Contain(extra.Id));
        Assert.That(await AtAsync(yard, "2019-01-01"), Is.Empty);
        Assert.That(await AtAsync(yard, "2019-01-01", $"&knownAt={extra.RecordedAt}"), Is.EqualTo([worker.Id]));
        Assert.That(
            (await Desk.PatchAsync(Path(worker, extra), "{}", voided.Etag)).Expect(409).Code,
            Is.EqualTo("affiliation-voided")
        );
        Assert.That((await Desk.VoidAsync(Path(worker, extra), "\"2-x\"")).Expect(409).Code, Is.EqualTo("affiliation-voided"));
        (await AddAsync(worker, yard, "2018-01-01")).Expect(201);
    }

    [Test]
    public async Task OnlyOneInTheTree_IsNeitherVoidedNorMovedOut()
    {
        var worker = await Desk.WorkerAsync(quay);
        var only = (await ListAsync(worker)).Items.Single();
        var path = $"workers/{worker.Id}/affiliations/{only.GetProperty("id").GetGuid()}";
        var external = """{"kind":"external","externalName":"Quay Ltd","from":"2019-01-01"}""";
        (await Desk.PostAsync($"workers/{worker.Id}/affiliations", external)).Expect(201);

        var voided = await Desk.VoidAsync(path, "\"1-x\"");
        var moved = await Desk.PatchAsync(
            path,
            """{"kind":"external","externalName":"Quay Ltd","organizationId":null}""",
            "\"1-x\""
        );
        (await AddAsync(worker, yard, "2019-01-01")).Expect(201);
        var afterwards = await Desk.VoidAsync(path, "\"1-x\"");

        Assert.That(voided.Expect(409).Code, Is.EqualTo("last-affiliation-in-tree"));
        Assert.That(moved.Expect(422).Code, Is.EqualTo("none-in-tree"));
        afterwards.Expect(200);
    }

    [Test]
    public async Task List_InForce_AsksTheDay()
    {
        var worker = await Desk.WorkerAsync(quay, affiliation: ""","until":"2017-12-31" """);
        var next = (await AddAsync(worker, yard, "2018-01-01")).Expect(201);

        Assert.That((await ListAsync(worker, "?inForce=true&asOf=2018-01-01")).Ids, Is.EqualTo([next.Id]));
        Assert.That((await ListAsync(worker, "?inForce=true&asOf=2014-12-31")).Ids, Is.Empty);
        Assert.That((await ListAsync(worker, "?asOf=2014-12-31")).Ids, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task IdempotencyKey_SentAgain_MovesOnce()
    {
        var worker = await Desk.WorkerAsync(quay);
        var json = PeopleDesk.AffiliationJson(yard, "2021-04-01", ""","transfer":true""");
        var first = (await Desk.PostAsync($"workers/{worker.Id}/affiliations", json, key: "move")).Expect(201);
        var again = (await Desk.PostAsync($"workers/{worker.Id}/affiliations", json, key: "move")).Expect(201);

        Assert.That(again.Text, Is.EqualTo(first.Text));
        Assert.That((await ListAsync(worker)).Items, Has.Length.EqualTo(2));
    }

    private static string? Text(JsonElement body, string member) => body.GetProperty(member).GetString();

    private static string Path(Reply worker, Reply affiliation) => $"workers/{worker.Id}/affiliations/{affiliation.Id}";

    private Task<Reply> AddAsync(
        Reply worker,
        Guid organization,
        string from,
        string more = "",
        string kind = "labour-contract"
    ) => Desk.PostAsync($"workers/{worker.Id}/affiliations", PeopleDesk.AffiliationJson(organization, from, more, kind));

    private Task<Reply> ListAsync(Reply worker, string query = "") => Desk.GetAsync($"workers/{worker.Id}/affiliations{query}");

    private async Task<Guid[]> AtAsync(Guid organization, string day, string query = "") =>
        (await Desk.GetAsync($"workers?organization={organization}&asOf={day}{query}")).Expect(200).Ids;
}
