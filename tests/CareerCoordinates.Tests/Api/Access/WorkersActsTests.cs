using System.Text.Json;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>What a worker does about his own record, and what an officer writes down for him.</summary>
[BothEngines]
public class WorkersActsTests(TestEngine engine)
{
    private AccessOffice office = null!;
    private Guid ma;
    private string me = "";

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [SetUp]
    public async Task Hire()
    {
        ma = await office.HireAsync(office.Works);
        me = $"ma-{ma:N}";
        await office.WorkerAccountAsync(me, ma);
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task WorkerSubmitsHisCertificate_AndItCountsOnceSomebodyHasVerifiedIt()
    {
        var recorded = (await office.PostAsync(me, "me/milestones", Certificate("3"))).Expect(201);
        var before = await office.GetAsync(me, "me/coordinate");

        (await office.DoAsync("verifier", ma, recorded.Id, "verify")).Expect(200);
        var after = await office.GetAsync(me, "me/coordinate");

        Assert.That(Text(recorded.Body, "state"), Is.EqualTo("submitted"));
        Assert.That(Text(recorded.Body, "recordedBy"), Is.EqualTo(me));
        Assert.That(Level(before), Is.Zero);
        Assert.That(Level(after), Is.EqualTo(4));
        var written = (await office.GetAsync("auditor", $"audit-entries?worker={ma}&action=recordMyMilestone")).Items;
        Assert.That(written.Select(e => Text(e, "account")), Is.EqualTo([me]));
    }

    [TestCase("officer")]
    [TestCase("verifier")]
    public async Task WhoHasNoAccountYet_IsListed_ToThoseWhoGiveCodes(string account)
    {
        var works = await office.FoundAsync("南街纺织厂", "enterprise", office.Street);
        var (with, without) = (await office.HireAsync(works), await office.HireAsync(works));
        await office.WorkerAccountAsync($"with-{with:N}", with);

        Assert.That(await ListedAsync("&account=false"), Is.EqualTo([without]));
        Assert.That(await ListedAsync("&account=true"), Is.EqualTo([with]));
        Assert.That(await ListedAsync(""), Is.EquivalentTo([with, without]));

        async Task<Guid[]> ListedAsync(string query) =>
            [
                .. (await office.GetAsync(account, $"workers?organization={works}{query}"))
                    .Expect(200)
                    .Items.Select(i => i.GetProperty("id").GetGuid()),
            ];
    }

    [Test]
    public async Task SameSubmissionSentTwice_IsOneMilestone()
    {
        var first = await office.SendAsync(me, HttpMethod.Post, "me/milestones", Certificate("3"), key: "again");
        var again = await office.SendAsync(me, HttpMethod.Post, "me/milestones", Certificate("3"), key: "again");

        Assert.That(again.Expect(201).Text, Is.EqualTo(first.Expect(201).Text));
        Assert.That((await office.GetAsync(me, "me/milestones")).Items, Has.Length.EqualTo(1));
    }

    [TestCase("verify")]
    [TestCase("answer")]
    public async Task WorkerDoesNotJudgeHimself(string verb)
    {
        var recorded = (await office.PostAsync(me, "me/milestones", Certificate("3"))).Expect(201);

        var judged = await office.DoAsync(me, ma, recorded.Id, verb, verb == "answer" ? new { reason = "It is so." } : null);

        Assert.That((judged.Status, judged.Code), Is.EqualTo((403, "not-allowed")));
    }

    [Test]
    public async Task WorkerMendsWhatHeSubmitted_AndVoidsWhatNobodyEverVerified()
    {
        var recorded = (await office.PostAsync(me, "me/milestones", Certificate("3"))).Expect(201);

        var corrected = await CorrectAsync(me, recorded.Id, "2");
        var voided = await office.DoAsync(me, ma, recorded.Id, "void", new { reason = "It is my brother's." });

        Assert.That(Text(corrected.Expect(200).Body, "state"), Is.EqualTo("submitted"));
        Assert.That(Text(voided.Expect(200).Body, "state"), Is.EqualTo("voided"));
    }

    [Test]
    public async Task WorkersCorrectionOfAVerifiedRecord_IsARequest_WhatWasVerifiedGoesOnCounting()
    {
        var id = await VerifiedAsync();
        var before = await office.GetAsync(me, "me/coordinate");

        var asked = (await CorrectAsync(me, id, "2")).Expect(200);
        var meanwhile = await office.GetAsync(me, "me/coordinate");
        var voided = await office.DoAsync(me, ma, id, "void", new { reason = "I would rather not." });
        var withdrawn = await office.DoAsync(me, ma, id, "withdraw", new { reason = "I misread the certificate." });

        Assert.That(Text(asked.Body, "state"), Is.EqualTo("submitted"));
        Assert.That(asked.Body.GetProperty("counting").GetInt32(), Is.EqualTo(2));
        Assert.That(meanwhile.Etag, Is.EqualTo(before.Etag));
        Assert.That(voided.Code, Is.EqualTo("about-himself"));
        Assert.That(Text(withdrawn.Expect(200).Body, "state"), Is.EqualTo("verified"));
        Assert.That(Text(withdrawn.Body, "recordedBy"), Is.EqualTo(me));
    }

    [Test]
    public async Task WorkersRequest_OnceVerified_MovesHim()
    {
        var id = await VerifiedAsync();
        (await CorrectAsync(me, id, "2")).Expect(200);

        (await office.DoAsync("verifier", ma, id, "verify")).Expect(200);

        Assert.That(Level(await office.GetAsync(me, "me/coordinate")), Is.EqualTo(5));
    }

    [Test]
    public async Task WorkerContestsARecord_TheOfficerAnswers_AndTheWorkerReadsTheAnswer()
    {
        var id = await VerifiedAsync();

        var contested = await office.DoAsync(me, ma, id, "contest", new { reason = "The grade is wrong." });
        var answered = await office.DoAsync("officer", ma, id, "answer", new { reason = "The register says grade 3." });
        var seen = (await office.GetAsync(me, "me/milestones")).Items.Single(m => m.GetProperty("id").GetGuid() == id);

        Assert.That(contested.Expect(200).Body.GetProperty("contested").GetBoolean());
        Assert.That(answered.Expect(200).Body.GetProperty("contested").GetBoolean(), Is.False);
        Assert.That(
            seen.GetProperty("contests").EnumerateArray().Select(c => (Text(c, "kind"), Text(c, "recordedBy"))),
            Is.EqualTo(new[] { ("contested", me), ("answered", "officer") })
        );
    }

    [Test]
    public async Task OfficerWritesDownWhatTheWorkerSays_AndItStaysSoOnBothClocks()
    {
        var recorded = (await office.PostAsync("officer", $"workers/{ma}/milestones", Certificate("3", onBehalf: true))).Expect(
            201
        );
        (await office.DoAsync("verifier", ma, recorded.Id, "verify")).Expect(200);
        var verified = await office.GetAsync(me, $"workers/{ma}/milestones/{recorded.Id}");
        (await CorrectAsync(me, recorded.Id, "2")).Expect(200);

        var now = await office.GetAsync(me, $"workers/{ma}/milestones/{recorded.Id}");
        var then = await office.GetAsync(me, $"workers/{ma}/milestones/{recorded.Id}?knownAt={Text(verified.Body, "knownAt")}");
        var revisions = (await office.GetAsync(me, $"workers/{ma}/milestones/{recorded.Id}/revisions")).Items;

        Assert.That(OnBehalf(recorded.Body));
        Assert.That(Text(recorded.Body, "recordedBy"), Is.EqualTo("officer"));
        Assert.That(OnBehalf(verified.Body));
        Assert.That(OnBehalf(then.Expect(200).Body));
        Assert.That(OnBehalf(now.Body), Is.False);
        Assert.That(revisions.Select(OnBehalf), Is.EqualTo([true, true, false]));
    }

    [Test]
    public async Task WhoWroteItDownForTheWorker_IsTheRecorder_AndDoesNotVerifyIt()
    {
        var recorded = (await office.PostAsync("verifier", $"workers/{ma}/milestones", Certificate("3", onBehalf: true))).Expect(
            201
        );

        var verified = await office.DoAsync("verifier", ma, recorded.Id, "verify");

        Assert.That((verified.Status, verified.Code), Is.EqualTo((422, "four-eyes")));
    }

    [Test]
    public async Task OfficerWhoIsTheWorkerHimself_DoesNotAnswerHisOwnObjection()
    {
        var id = await VerifiedAsync();
        var account = office.Store.Reader.OnConnection(c => c.FindAccount(me))!.Id;
        (
            await office.PostAsync(
                "administrator",
                $"accounts/{account}/grants",
                new { role = "officer", organizationId = office.Street }
            )
        ).Expect(200);
        (await office.DoAsync(me, ma, id, "contest", new { reason = "The grade is wrong." })).Expect(200);

        var answered = await office.DoAsync(me, ma, id, "answer", new { reason = "I am right." });

        Assert.That((answered.Status, answered.Code), Is.EqualTo((422, "about-himself")));
    }

    [Test]
    public async Task OfficerCorrectsOnBehalf_AndAWithdrawalGoesBackToWhoSaidItBefore()
    {
        var id = await VerifiedAsync();

        var corrected = await CorrectAsync("officer", id, "2", onBehalf: true);
        var withdrawn = await office.DoAsync("officer", ma, id, "withdraw", new { reason = "He was mistaken." });

        Assert.That(OnBehalf(corrected.Expect(200).Body));
        Assert.That(OnBehalf(withdrawn.Expect(200).Body), Is.False);
    }

    [Test]
    public async Task WorkerDoesNotSpeakOnBehalfOfHimself()
    {
        var recorded = await office.PostAsync(me, "me/milestones", Certificate("3", onBehalf: true));
        var own = (await office.PostAsync(me, "me/milestones", Certificate("3"))).Expect(201);
        var corrected = await CorrectAsync(me, own.Id, "2", onBehalf: true);

        Assert.That((recorded.Status, recorded.Code), Is.EqualTo((422, "on-behalf-of-oneself")));
        Assert.That((corrected.Status, corrected.Code), Is.EqualTo((422, "on-behalf-of-oneself")));
    }

    /// <summary>Submitted by the worker, verified by the verifier: level 4.</summary>
    private async Task<Guid> VerifiedAsync()
    {
        var recorded = (await office.PostAsync(me, "me/milestones", Certificate("3"))).Expect(201);
        (await office.DoAsync("verifier", ma, recorded.Id, "verify")).Expect(200);
        return recorded.Id;
    }

    private async Task<AccessReply> CorrectAsync(string account, Guid id, string grade, bool onBehalf = false)
    {
        var seen = await office.GetAsync(account, $"workers/{ma}/milestones/{id}");
        return await office.SendAsync(
            account,
            HttpMethod.Put,
            $"workers/{ma}/milestones/{id}",
            new
            {
                type = "skill-level-certificate",
                occurredOn = "2020-11-30",
                attributes = new { grade, certificateNo = "A1" },
                reason = "The certificate says so.",
                onBehalf,
            },
            seen.Expect(200).Etag
        );
    }

    private static object Certificate(string grade, bool onBehalf = false) =>
        new
        {
            type = "skill-level-certificate",
            occurredOn = "2020-11-30",
            attributes = new { grade, certificateNo = "A1" },
            onBehalf,
        };

    private static string? Text(JsonElement body, string member) => body.GetProperty(member).GetString();

    private static bool OnBehalf(JsonElement body) => body.GetProperty("onBehalf").GetBoolean();

    private static int Level(AccessReply coordinate) => coordinate.Expect(200).Body.GetProperty("level").GetInt32();
}
