using System.Text.Json;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Milestones;

/// <summary>A milestone from its recording on, as an officer's program sees it.</summary>
[BothEngines]
public class MilestoneLifeTests(TestEngine engine)
{
    private MilestoneDesk desk = null!;

    [OneTimeSetUp]
    public async Task Open() => desk = await MilestoneDesk.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await desk.DisposeAsync();

    [Test]
    public async Task Recorded_IsSubmittedAndCountsNothing_InTheShapeOfTheDesign()
    {
        var worker = await desk.WorkerAsync();
        var evidence = """,{0}"evidence":[{"type":"completion-certificate","reference":"2020110500123"}],"note":" 存档 " """;

        var recorded = await desk.RecordAsync(worker, MilestoneDesk.Certificate(more: evidence.Replace("{0}", "")));

        recorded.Expect(201);
        Assert.That(recorded.Location, Is.EqualTo($"/api/v1/workers/{worker}/milestones/{recorded.Id}"));
        Assert.That(recorded.Etag, Does.Match("^W/\"1-[0-9a-f]{16}\"$"));
        var at = recorded.Text("recordedAt");
        Assert.That(at, Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"));
        Assert.That(
            recorded.Body.ToString(),
            Is.EqualTo(
                $$"""
                {"id":"{{recorded.Id}}","workerId":"{{worker}}","revision":1,"counting":null,"state":"submitted","type":"skill-level-certificate","occurredOn":"2020-11-30","until":null,"ended":null,"contested":false,"attributes":{"certificateNo":"A1","grade":"3"},"evidence":[{"type":"completion-certificate","reference":"2020110500123"}],"note":"存档","reason":null,"recordedAt":"{{at}}","recordedBy":"office","verifiedBy":null,"onBehalf":false,"warnings":[],"grants":[{"channel":"grade-promotion","rung":"senior-worker","level":4,"mode":"direct"}],"place":{"stage":"growth","level":0},"frameworkVersion":1,"actions":["correct","verify","return","reject","void","contest"],"contests":[]}
                """
            )
        );
        var read = await desk.GetAsync(worker, recorded.Id);
        Assert.That(read.Body.ToString(), Does.StartWith(recorded.Body.ToString()[..^1] + ","), "the same, and the clocks");
        Assert.That(read.Etag, Does.StartWith("W/\"1-"));
    }

    [Test]
    public async Task Attributes_ComeBackAsTypedValues()
    {
        var worker = await desk.WorkerAsync();
        const string json = """
            {"type":"five-small","occurredOn":"2018-10","attributes":{"form":"invention","implemented":true,"benefitCny":12000.50,"award":null}}
            """;

        var recorded = (await desk.RecordAsync(worker, json)).Expect(201);

        Assert.That(
            recorded.Body.GetProperty("attributes").GetRawText(),
            Is.EqualTo("""{"benefitCny":12000.5,"form":"invention","implemented":true}""")
        );
        Assert.That(recorded.Text("occurredOn"), Is.EqualTo("2018-10"));
    }

    [Test]
    public async Task Verified_CountsFromThen_AndTakesItsPlace()
    {
        var worker = await desk.WorkerAsync();
        var recorded = await desk.RecordAsync(worker, MilestoneDesk.Certificate());

        var verified = (await desk.ActAsync(worker, recorded, "verify")).Expect(200);

        Assert.That(verified.Etag, Does.StartWith("W/\"2-"));
        Assert.That(Said(verified), Is.EqualTo("2 verified counting 2"));
        Assert.That(verified.Text("verifiedBy"), Is.EqualTo("second"));
        Assert.That(verified.Body.GetProperty("place").GetRawText(), Is.EqualTo("""{"stage":"growth","level":4}"""));
        var before = await desk.GetAsync(worker, recorded.Id, "?knownAt=" + recorded.Text("recordedAt"));
        Assert.That(Said(before), Is.EqualTo("1 submitted counting –"));
    }

    [Test]
    public async Task TypoIsMended_AndTheRungStands()
    {
        var worker = await desk.WorkerAsync();
        var verified = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate());

        var corrected = (await desk.CorrectAsync(worker, verified, MilestoneDesk.Corrected(on: "2020-11-29"))).Expect(200);

        Assert.That(Said(corrected), Is.EqualTo("3 submitted counting 2"));
        Assert.That(corrected.Text("reason"), Is.EqualTo("mistyped"));
        Assert.That(desk.Store.Reader.ReadWorker(worker)!.At(Instant.Never)!.Counting, Has.Count.EqualTo(1));
        var again = (await desk.ActAsync(worker, corrected, "verify")).Expect(200);
        Assert.That(Said(again), Is.EqualTo("4 verified counting 4"));
        Assert.That(again.Text("occurredOn"), Is.EqualTo("2020-11-29"));
    }

    [Test]
    public async Task CertificateOfTheWrongGrade_CorrectedLater_WasKnownAsItWasBefore()
    {
        var worker = await desk.WorkerAsync();
        var wrong = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate("4"));
        var corrected = await desk.CorrectAsync(worker, wrong, MilestoneDesk.Corrected("3"));
        var right = (await desk.ActAsync(worker, corrected, "verify")).Expect(200);

        var then = (await desk.GetAsync(worker, wrong.Id, "?knownAt=" + corrected.Text("recordedAt"))).Expect(200);

        Assert.That(Said(then), Is.EqualTo("3 submitted counting 2"));
        Assert.That(then.Body.GetProperty("place").GetProperty("level").GetInt32(), Is.EqualTo(3));
        Assert.That(right.Body.GetProperty("place").GetProperty("level").GetInt32(), Is.EqualTo(4));
    }

    [Test]
    public async Task PendingCorrection_Withdrawn_LeavesWhatCounted()
    {
        var worker = await desk.WorkerAsync();
        var verified = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate());
        var corrected = await desk.CorrectAsync(worker, verified, MilestoneDesk.Corrected("1"));

        var withdrawn = (await desk.ActAsync(worker, corrected, "withdraw")).Expect(200);

        Assert.That(Said(withdrawn), Is.EqualTo("4 verified counting 4"));
        Assert.That(withdrawn.Body.GetProperty("attributes").GetProperty("grade").GetString(), Is.EqualTo("3"));
    }

    [Test]
    public async Task Returned_IsCorrectedAndVerified_AndRejected_StaysOut()
    {
        var worker = await desk.WorkerAsync();
        var first = await desk.RecordAsync(worker, MilestoneDesk.Certificate());
        var returned = (await desk.ActAsync(worker, first, "return")).Expect(200);
        var corrected = (await desk.CorrectAsync(worker, returned, MilestoneDesk.Corrected())).Expect(200);
        var verified = (await desk.ActAsync(worker, corrected, "verify")).Expect(200);
        var second = await desk.RecordAsync(worker, MilestoneDesk.Certificate("1"));
        var rejected = (await desk.ActAsync(worker, second, "reject")).Expect(200);

        Assert.That(Said(returned), Is.EqualTo("2 returned counting –"));
        Assert.That(Said(corrected), Is.EqualTo("3 submitted counting –"));
        Assert.That(Said(verified), Is.EqualTo("4 verified counting 4"));
        Assert.That(Said(rejected), Is.EqualTo("2 rejected counting –"));
        Assert.That(rejected.Text("reason"), Is.EqualTo("as the register says"));
    }

    [Test]
    public async Task RevokedCertificate_IsInForceUntilThatDay_AndCanBeTakenBack()
    {
        var worker = await desk.WorkerAsync();
        var verified = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate());

        var ended = await desk.ActAsync(
            worker,
            verified,
            "end",
            """{"on":"2024-06-30","reason":"revoked by the centre","kind":"revoked"}"""
        );

        ended.Expect(200);
        Assert.That(Said(ended), Is.EqualTo("3 verified counting 3"));
        Assert.That(
            ended.Body.GetProperty("ended").GetRawText(),
            Is.EqualTo("""{"on":"2024-06-30","kind":"revoked","reason":"revoked by the centre"}""")
        );
        Assert.That((await desk.ListAsync(worker, "?inForce=true&asOf=2024-06-30")).Items, Has.Length.EqualTo(1));
        Assert.That((await desk.ListAsync(worker, "?inForce=true&asOf=2024-07-01")).Items, Is.Empty);

        var kept = await desk.CorrectAsync(worker, ended, MilestoneDesk.Corrected());
        Assert.That(kept.Body.GetProperty("ended").GetProperty("on").GetString(), Is.EqualTo("2024-06-30"));
        var moved = await desk.CorrectAsync(
            worker,
            kept,
            MilestoneDesk.Corrected(more: ""","ended":{"on":"2024-07-31","kind":"ended","reason":"a month later"}""")
        );
        Assert.That(moved.Body.GetProperty("ended").GetProperty("on").GetString(), Is.EqualTo("2024-07-31"));
        var takenBack = await desk.CorrectAsync(worker, moved, MilestoneDesk.Corrected(more: ""","ended":null"""));
        Assert.That(takenBack.Body.GetProperty("ended").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Voided_CountsNothing_IsListedOnlyWhenAskedFor_AndIsFinal()
    {
        var worker = await desk.WorkerAsync();
        var verified = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate());

        var voided = (await desk.ActAsync(worker, verified, "void")).Expect(200);

        Assert.That(Said(voided), Is.EqualTo("3 voided counting –"));
        Assert.That((await desk.ListAsync(worker)).Items, Is.Empty);
        Assert.That((await desk.ListAsync(worker, "?include=voided")).Items, Has.Length.EqualTo(1));
        Assert.That((await desk.ListAsync(worker, "?state=voided")).Items, Has.Length.EqualTo(1));
        Assert.That((await desk.ListAsync(worker, "?knownAt=" + verified.Text("recordedAt"))).Items, Has.Length.EqualTo(1));
        var refused = (await desk.ActAsync(worker, voided, "verify")).Expect(409);
        Assert.That(refused.Code, Is.EqualTo("transition-not-allowed"));
    }

    [Test]
    public async Task Contested_UntilAnswered_WithoutANewRevision()
    {
        var worker = await desk.WorkerAsync();
        var verified = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate("4"));

        var contested = (await desk.ActAsync(worker, verified, "contest", """{"reason":"it is grade 3"}""")).Expect(200);

        Assert.That(contested.Body.GetProperty("contested").GetBoolean(), Is.True);
        Assert.That(Said(contested), Is.EqualTo("2 verified counting 2"));
        Assert.That(contested.Etag, Does.StartWith("W/\"2-"));
        Assert.That((await desk.ActAsync(worker, contested, "contest")).Expect(409).Code, Is.EqualTo("already-contested"));
        var answered = (await desk.ActAsync(worker, contested, "answer", """{"reason":"so it is"}""")).Expect(200);
        Assert.That(answered.Body.GetProperty("contested").GetBoolean(), Is.False);
        Assert.That(
            answered
                .Body.GetProperty("contests")
                .EnumerateArray()
                .Select(c => $"{c.GetProperty("kind")}: {c.GetProperty("reason")}"),
            Is.EqualTo(["contested: it is grade 3", "answered: so it is"])
        );
        Assert.That((await desk.ActAsync(worker, answered, "answer")).Expect(409).Code, Is.EqualTo("not-contested"));
        var before = await desk.GetAsync(worker, verified.Id, "?knownAt=" + verified.Text("recordedAt"));
        Assert.That(before.Body.GetProperty("contests").GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Revisions_AreAllThere_AsKnownThen()
    {
        var worker = await desk.WorkerAsync();
        var recorded = await desk.RecordAsync(worker, MilestoneDesk.Certificate());
        var verified = await desk.ActAsync(worker, recorded, "verify");
        var ended = await desk.ActAsync(worker, verified, "end", """{"on":"2024-06-30","reason":"lapsed"}""");
        var path = $"workers/{worker}/milestones/{recorded.Id}/revisions";

        var all = (await desk.SendAsync(HttpMethod.Get, path)).Expect(200);
        var then = await desk.SendAsync(HttpMethod.Get, path + "?knownAt=" + verified.Text("recordedAt"));

        Assert.That(all.Items.Select(i => i.GetProperty("state").GetString()), Is.EqualTo(["submitted", "verified", "verified"]));
        Assert.That(all.Items[1].GetProperty("supersededAt").GetString(), Is.EqualTo(ended.Text("recordedAt")));
        Assert.That(then.Items.Select(i => i.GetProperty("revision").GetInt32()), Is.EqualTo([1, 2]));
        Assert.That(then.Items[1].GetProperty("supersededAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task BeforeItsFirstRevision_AMilestoneIsNotThere()
    {
        var worker = await desk.WorkerAsync();
        var first = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate());
        var second = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate("2", "2025-12-05"));

        var tooEarly = await desk.GetAsync(worker, second.Id, "?knownAt=" + first.Text("recordedAt"));
        var notYet = await desk.GetAsync(worker, second.Id, "?asOf=2025-12-04");

        Assert.That((tooEarly.Status, tooEarly.Code), Is.EqualTo((404, "unknown-milestone")));
        Assert.That((notYet.Status, notYet.Code), Is.EqualTo((404, "unknown-milestone")));
        Assert.That((await desk.GetAsync(worker, first.Id, "?knownAt=2020-01-01T00:00:00Z")).Code, Is.EqualTo("unknown-worker"));
    }

    [Test]
    public async Task SecondOpenMilestoneOfAType_IsWarnedAbout_InBothLanguages()
    {
        var worker = await desk.WorkerAsync();
        const string json = """{"type":"post-assignment","occurredOn":"2013-07-01","attributes":{"postKind":"independent"}}""";
        var first = await desk.VerifiedAsync(worker, json.Replace("2013", "2012").Replace("independent", "trainee"));

        var one = (await desk.RecordAsync(worker, json)).Expect(201).Body.GetProperty("warnings")[0];
        var both = (await desk.RecordAsync(worker, json)).Body.GetProperty("warnings").EnumerateArray();

        Assert.That(one.GetProperty("code").GetString(), Is.EqualTo("another-open"));
        Assert.That(one.GetProperty("about").GetGuid(), Is.EqualTo(first.Id));
        Assert.That(one.GetProperty("en").GetString(), Does.Match(@"^Another '.+' \(post-assignment\) is open since 2012-07-01"));
        Assert.That(one.GetProperty("zh").GetString(), Does.Match("^另有一条“.+”（post-assignment）自 2012-07-01 起未终止"));
        Assert.That(both.Select(w => w.GetProperty("code").GetString()), Is.EquivalentTo(["another-open", "already-recorded"]));
    }

    /// <summary>Revision, state and what counts.</summary>
    private static string Said(Reply reply)
    {
        var counting = reply.Body.GetProperty("counting");
        return $"{reply.Body.GetProperty("revision")} {reply.Text("state")} counting {(counting.ValueKind == JsonValueKind.Null ? "–" : counting)}";
    }
}
