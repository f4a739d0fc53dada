using System.Text.Json;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.People;

[BothEngines]
public class WorkerTests(TestEngine engine) : PeopleTests(engine)
{
    private Reply quay = null!;

    [OneTimeSetUp]
    public async Task MakeAnOrganization() => quay = await Desk.OrganizationAsync();

    [Test]
    public async Task Worker_Recorded_CarriesTheFirstAffiliation_AndIsReadBack()
    {
        var number = Desk.NewNumber();
        var made = await Desk.WorkerAsync(
            quay.Id,
            " Tove Lind ",
            $$""","number":" {{number}} ","careerStart":"2012-07-01","birthDate":"1990-02-14","gender":"female","migrantWorker":false""",
            ""","staffNumber":"0042","employmentForm":"aboard","occupationCode":"6-18-01-01","primary":true"""
        );

        Assert.That(made.Location, Is.EqualTo($"/api/v1/workers/{made.Id}"));
        Assert.That((made["name"].GetString(), made["number"].GetString()), Is.EqualTo(("Tove Lind", number)));
        var first = made["affiliation"];
        Assert.That(first.GetProperty("staffNumber").GetString(), Is.EqualTo("0042"));
        Assert.That(first.GetProperty("organizationId").GetGuid(), Is.EqualTo(quay.Id));
        var read = await Desk.GetAsync($"workers/{made.Id}");
        Assert.That(read.Body.TryGetProperty("affiliation", out _), Is.False);
        Assert.That(read["birthDate"].GetString(), Is.EqualTo("1990-02-14"));
        Assert.That(read["migrantWorker"].GetBoolean(), Is.False);
        var list = await Desk.GetAsync($"workers/{made.Id}/affiliations");
        Assert.That(list.Ids, Is.EqualTo([first.GetProperty("id").GetGuid()]));
    }

    [Test]
    public async Task NextSteps_SayWhomToAsk_AsOfTheDay_AndAsKnown()
    {
        var street = await Desk.OrganizationAsync(kind: "street-union", more: ",\"phone\":\"010-0000 0120\"");
        var works = await Desk.OrganizationAsync(street.Id);
        var made = await Desk.WorkerAsync(works.Id);
        var path = $"workers/{made.Id}/next-steps";
        var asked = (await Desk.GetAsync(path)).Expect(200);
        var known = (await Desk.GetAsync($"organizations/{street.Id}")).Expect(200);
        (await Desk.PatchAsync($"organizations/{street.Id}", """{"phone":"010-0000 0121"}""", known.Etag)).Expect(200);

        Assert.That(Said(asked), Is.EqualTo($"{street.Id} 010-0000 0120"));
        Assert.That(Said(await Desk.GetAsync(path)), Is.EqualTo($"{street.Id} 010-0000 0121"));
        var before = await Desk.GetAsync($"{path}?knownAt={made.RecordedAt}");
        Assert.That(Said(before), Is.EqualTo($"{street.Id} 010-0000 0120"));
        Assert.That((await Desk.GetAsync($"{path}?asOf=1990-01-01"))["ask"].ValueKind, Is.EqualTo(JsonValueKind.Null));

        static string Said(Reply steps) => $"{steps["ask"].GetProperty("organizationId")} {steps["ask"].GetProperty("phone")}";
    }

    [Test]
    public async Task Worker_BeforeHeWasRecorded_IsUnknown()
    {
        var made = await Desk.WorkerAsync(quay.Id);
        var before = await Desk.GetAsync($"workers/{made.Id}?knownAt={quay.RecordedAt}");
        Assert.That((before.Status, before.Code), Is.EqualTo((404, "unknown-worker")));
        foreach (var path in new[] { "", "/revisions", "/affiliations", "/coordinate", "/trajectory", "/next-steps" })
        {
            (await Desk.GetAsync($"workers/{made.Id}{path}?knownAt={quay.RecordedAt}")).Expect(404);
            (await Desk.GetAsync($"workers/{Guid.NewGuid()}{path}")).Expect(404);
        }
    }

    [Test]
    public async Task Patch_AbsentStays_NullTakesAway_ValueSets()
    {
        var made = await Desk.WorkerAsync(
            quay.Id,
            more: ""","careerStart":"2012-07-01","gender":"female","migrantWorker":true"""
        );
        var path = $"workers/{made.Id}";

        var second = (await Desk.PatchAsync(path, """{"careerStart":null,"migrantWorker":null}""", made.Etag)).Expect(200);
        Assert.That(second["careerStart"].ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(second["migrantWorker"].ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(second["gender"].GetString(), Is.EqualTo("female"));
        var third = (await Desk.PatchAsync(path, """{"careerStart":"2013-07-01","reason":"per contract"}""", second.Etag)).Expect(
            200
        );
        Assert.That((third["careerStart"].GetString(), third["reason"].GetString()), Is.EqualTo(("2013-07-01", "per contract")));
        (await Desk.PatchAsync(path, "{}", third.Etag)).Expect(200);

        var then = await Desk.GetAsync($"{path}?knownAt={second.RecordedAt}");
        Assert.That(then.Text, Does.StartWith(second.Text[..^1] + ","), "the same, and the clocks");
        var revisions = (await Desk.GetAsync($"{path}/revisions")).Items;
        Assert.That(revisions.Select(r => r.GetProperty("revision").GetInt32()), Is.EqualTo([1, 2, 3]), "{} changes nothing");
        Assert.That((await Desk.GetAsync($"{path}/revisions?knownAt={second.RecordedAt}")).Items, Has.Length.EqualTo(2));
        Assert.That((await Desk.PatchAsync(path, "{}", made.Etag)).Expect(412).Code, Is.EqualTo("stale"));
        Assert.That((await Desk.PatchAsync(path, "{}", null)).Expect(428).Code, Is.EqualTo("if-match-required"));
    }

    [Test]
    public async Task CareerStart_KnownAtAnInstant_HoldsForAllDays()
    {
        var made = await Desk.WorkerAsync(quay.Id, more: ""","careerStart":"2012-07-01" """);
        (await Desk.PatchAsync($"workers/{made.Id}", """{"careerStart":"2002-07-01"}""", made.Etag)).Expect(200);

        Assert.That(await StageAsync("asOf=2014-07-01"), Is.EqualTo(("long-haul", 12.0m)));
        Assert.That(await StageAsync($"asOf=2014-07-01&knownAt={made.RecordedAt}"), Is.EqualTo(("first-tide", 2.0m)));

        async Task<(string?, decimal)> StageAsync(string query)
        {
            var stage = (await Desk.GetAsync($"workers/{made.Id}/coordinate?{query}"))["stage"];
            return (stage.GetProperty("code").GetString(), stage.GetProperty("yearsInCareer").GetDecimal());
        }
    }

    [Test]
    public async Task Number_Taken_IsRefused_AndFreeAgainAfterACorrectionOrAVoid()
    {
        var number = Desk.NewNumber();
        var first = await Desk.WorkerAsync(quay.Id, more: $",\"number\":\"{number}\"");
        var json = PeopleDesk.WorkerJson(quay.Id, "Second", $",\"number\":\"{number}\"");
        Assert.That((await Desk.PostAsync("workers", json)).Expect(409).Faults, Is.EqualTo(["/number worker-number-taken"]));

        (await Desk.PatchAsync($"workers/{first.Id}", """{"number":null}""", first.Etag)).Expect(200);
        var second = (await Desk.PostAsync("workers", json)).Expect(201);
        var back = await Desk.PatchAsync($"workers/{first.Id}", $$"""{"number":"{{number}}"}""", "\"2-x\"");
        Assert.That(back.Expect(409).Code, Is.EqualTo("worker-number-taken"));
        (await Desk.VoidAsync($"workers/{second.Id}")).Expect(200);
        (await Desk.PatchAsync($"workers/{first.Id}", $$"""{"number":"{{number}}"}""", "\"2-x\"")).Expect(200);
    }

    [Test]
    public async Task IdempotencyKey_SentAgain_RecordsOnePerson()
    {
        var json = PeopleDesk.WorkerJson(quay.Id, "Once", $",\"number\":\"{Desk.NewNumber()}\"");
        var key = Desk.NewNumber("key");
        var first = (await Desk.PostAsync("workers", json, key: key)).Expect(201);
        var again = (await Desk.PostAsync("workers", json, key: key)).Expect(201);

        Assert.That((again.Text, again.Etag, again.Location), Is.EqualTo((first.Text, first.Etag, first.Location)));
        Assert.That(
            (await Desk.PostAsync("workers", json + " ", key: key)).Expect(422).Code,
            Is.EqualTo("idempotency-key-reused")
        );
        Assert.That((await Desk.GetAsync($"workers/{first.Id}/revisions")).Items, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task IdempotencyKey_OfARefusal_IsNotKept()
    {
        var number = Desk.NewNumber();
        var holder = await Desk.WorkerAsync(quay.Id, more: $",\"number\":\"{number}\"");
        var json = PeopleDesk.WorkerJson(quay.Id, "Later", $",\"number\":\"{number}\"");
        var key = Desk.NewNumber("key");
        (await Desk.PostAsync("workers", json, key: key)).Expect(409);
        (await Desk.VoidAsync($"workers/{holder.Id}")).Expect(200);

        (await Desk.PostAsync("workers", json, key: key)).Expect(201);
    }

    [Test]
    public async Task Void_IsAsIfNeverRecorded_FromThatInstant()
    {
        var port = await Desk.OrganizationAsync();
        var made = await Desk.WorkerAsync(
            port.Id,
            more: ""","careerStart":"2012-07-01" """,
            affiliation: ""","staffNumber":"1" """
        );
        await Desk.MilestoneAsync(made.Id, "guild-enrolment", "2016-01-01");
        var path = $"workers/{made.Id}";
        Assert.That((await Desk.VoidAsync(path, json: "{}")).Expect(400).Faults, Is.EqualTo(["/reason member-missing"]));
        var voided = (await Desk.VoidAsync(path)).Expect(200);

        Assert.That(voided["voided"].GetBoolean(), Is.True);
        Assert.That((await Desk.GetAsync(path))["voided"].GetBoolean(), Is.True);
        var revisions = (await Desk.GetAsync($"{path}/revisions")).Items;
        Assert.That(revisions[0].GetProperty("supersededAt").GetString(), Is.EqualTo(voided.RecordedAt));
        Assert.That(revisions[1].TryGetProperty("supersededAt", out _), Is.False);
        var before = (await Desk.GetAsync($"{path}/revisions?knownAt={made.RecordedAt}")).Items;
        Assert.That(before.Single().TryGetProperty("supersededAt", out _), Is.False);
        foreach (var read in new[] { "coordinate", "trajectory", "next-steps" })
        {
            Assert.That((await Desk.GetAsync($"{path}/{read}")).Expect(409).Code, Is.EqualTo("worker-voided"));
            (await Desk.GetAsync($"{path}/{read}?knownAt={made.RecordedAt}")).Expect(200);
        }
        Assert.That((await Desk.GetAsync($"workers?organization={port.Id}&count=true"))["count"].GetInt32(), Is.Zero);
        Assert.That((await Desk.GetAsync($"workers?organization={port.Id}&include=voided")).Ids, Is.EqualTo([made.Id]));
        Assert.That(
            (await Desk.GetAsync($"workers?organization={port.Id}&knownAt={made.RecordedAt}")).Ids,
            Is.EqualTo([made.Id])
        );
        Assert.That((await Desk.GetAsync($"{path}/milestones")).Items, Has.Length.EqualTo(1), "its milestones are not touched");

        var affiliation = made["affiliation"].GetProperty("id").GetGuid();
        foreach (
            var write in new[]
            {
                Desk.PatchAsync(path, """{"name":"Back"}""", voided.Etag),
                Desk.VoidAsync(path, "\"2-x\""),
                Desk.PostAsync($"{path}/affiliations", PeopleDesk.AffiliationJson(quay.Id, "2020-01-01")),
                Desk.PatchAsync($"{path}/affiliations/{affiliation}", """{"until":"2020-01-01"}""", "\"1-x\""),
                Desk.PostAsync($"{path}/affiliations/{affiliation}:end", """{"on":"2020-01-01","reason":"left"}""", "\"1-x\""),
                Desk.VoidAsync($"{path}/affiliations/{affiliation}"),
                Desk.PostAsync($"{path}/milestones", """{"type":"guild-enrolment","occurredOn":"2017-01-01","attributes":{}}"""),
            }
        )
        {
            Assert.That((await write).Expect(409).Code, Is.EqualTo("worker-voided"));
        }
        await Desk.WorkerAsync(port.Id, affiliation: ""","staffNumber":"1" """);
    }

    [Test]
    public async Task BirthDate_AfterTheEarliestFact_IsRefused()
    {
        var made = await Desk.WorkerAsync(quay.Id, from: "2015-01-01");
        var path = $"workers/{made.Id}";
        var late = await Desk.PatchAsync(path, """{"birthDate":"2015-01-02"}""", made.Etag);
        Assert.That(late.Expect(422).Faults, Is.EqualTo(["/birthDate birth-after-facts"]));

        var pending = """{"type":"guild-enrolment","occurredOn":"2010-05-01","attributes":{}}""";
        (await Desk.PostAsync($"{path}/milestones", pending)).Expect(201);
        var after = await Desk.PatchAsync(path, """{"birthDate":"2010-05-02"}""", made.Etag);
        Assert.That(
            after.Expect(422).Faults,
            Is.EqualTo(["/birthDate birth-after-facts"]),
            "what is submitted may be verified as it stands"
        );
        (await Desk.PatchAsync(path, """{"birthDate":"1990-05-01"}""", made.Etag)).Expect(200);
    }

    [Test]
    public async Task Search_ByTheStartOfANameOrNumber_OnTheRecordsClock()
    {
        var number = Desk.NewNumber("ZQ");
        var anna = await Desk.WorkerAsync(quay.Id, "赵一平", $",\"number\":\"{number}\"");
        var ben = await Desk.WorkerAsync(quay.Id, "赵一安");
        var cai = await Desk.WorkerAsync(quay.Id, "李赵一");

        Assert.That(await FoundAsync("赵一"), Is.EquivalentTo([anna.Id, ben.Id]));
        Assert.That(await FoundAsync("赵一平"), Is.EqualTo([anna.Id]));
        Assert.That(await FoundAsync(" 李 "), Is.EqualTo([cai.Id]));
        Assert.That(await FoundAsync(number), Is.EqualTo([anna.Id]));
        Assert.That(await FoundAsync(number[1..]), Is.EqualTo([anna.Id]), "a part of a number, where nothing begins so");
        Assert.That(await FoundAsync(number.ToLowerInvariant()), Is.EqualTo([anna.Id]), "in small letters");
        Assert.That(await FoundAsync(number[^2..]), Is.Empty, "too short a part");
        Assert.That(await FoundAsync("一平"), Is.EqualTo([anna.Id]), "a part of a name, where nothing begins so");
        Assert.That(await FoundAsync("平"), Is.Empty, "too short a part of a name");
        Assert.That(await FoundAsync("100%_"), Is.Empty);
        Assert.That(await FoundAsync("赵一", $"?knownAt={anna.RecordedAt}"), Is.EqualTo([anna.Id]));
        (await Desk.PatchAsync($"workers/{ben.Id}", """{"name":"钱一安"}""", ben.Etag)).Expect(200);
        (await Desk.VoidAsync($"workers/{cai.Id}")).Expect(200);
        Assert.That(await FoundAsync("赵"), Is.EqualTo([anna.Id]));
        Assert.That(await FoundAsync("钱一"), Is.EqualTo([ben.Id]));
        Assert.That(await FoundAsync("李赵"), Is.Empty);
        var one = (await Desk.PostAsync("workers:search?limit=1", """{"text":"赵"}""")).Expect(200);
        Assert.That(one["more"].GetBoolean(), Is.False);
        Assert.That(
            one["items"][0].GetProperty("standing").GetProperty("organization").GetString(),
            Is.EqualTo(quay["name"].GetString())
        );
        Assert.That(one["items"][0].GetProperty("standing").GetProperty("level").GetInt32(), Is.Zero);

        async Task<Guid[]> FoundAsync(string text, string query = "") =>
            (await Desk.PostAsync($"workers:search{query}", JsonSerializer.Serialize(new { text }))).Expect(200).Ids;
    }
}
