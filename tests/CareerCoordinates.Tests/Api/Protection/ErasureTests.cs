using System.Text.Json;
using CareerCoordinates.Api.Erasures;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Protection;

/// <summary>A person is erased: what identifies him is gone everywhere, and what counts is as it was.</summary>
[BothEngines]
public class ErasureTests(TestEngine engine)
{
    private RichPerson person = null!;

    [SetUp]
    public async Task Open() => person = await RichPerson.RecordAsync(engine);

    [TearDown]
    public async Task Close() => await person.DisposeAsync();

    [Test]
    public async Task Erasure_LeavesWhatCounts_OnBothClocks()
    {
        var before = await person.FiguresAsync();
        Assert.That(before, Does.Contain("\"authorised-ip-or-district\"").And.Contain("\"senior-worker\""));

        await EraseAsync();

        Assert.That(await person.FiguresAsync(), Is.EqualTo(before));
        var rebuilt = await StandingsRebuild.RunAsync(person.Host.Store, "test", _ => { }, CancellationToken.None);
        Assert.That(rebuilt.Rows, Is.Positive);
        Assert.That(rebuilt.Differing, Is.Zero, "what is left of the person says the same standings");
    }

    /// <summary>A patent of two is one, on a closed record, too, whichever of them is erased; followed, and read anew as after a restart.</summary>
    [Test]
    public async Task WhatAnotherHasAPartIn_IsCountedOnce_AsBefore()
    {
        await person.Host.ReadyAsync();
        await person.AddPatentOfAnotherAsync("2023-03-01", "CANARY-PATENT");
        person.Pass(TimeSpan.FromMinutes(1));
        var knownAt = person.Host.Store.Clock.ProcessNow;
        person.Pass(TimeSpan.FromMinutes(1));
        var before = await PatentsAsync();
        Assert.That(before, Does.Contain("\"value\":2"), "his other one is nobody else's");

        await EraseAsync();

        Assert.That(await PatentsAsync(), Is.EqualTo(before));
        person.Host.Store.Projection.Load(CancellationToken.None);
        Assert.That(await PatentsAsync(), Is.EqualTo(before), "read anew");

        async Task<string> PatentsAsync()
        {
            var reply = await person.GetAsync($"reports/indicators?year=2023&knownAt={knownAt}", RichPerson.Officer);
            var patents = reply
                .Expect(200)
                .Body.GetProperty("indicators")
                .EnumerateArray()
                .Single(i => i.GetProperty("code").GetString() == "patents");
            return patents.GetRawText();
        }
    }

    [Test]
    public async Task Erasure_TakesWhatIdentifies_FromEveryRowAndFile()
    {
        Assert.Multiple(() =>
        {
            foreach (var canary in person.Canaries)
            {
                Assert.That(person.Host.FindInRows(canary), Is.Not.Empty, $"{canary} can be found");
            }
        });

        await EraseAsync();

        Assert.Multiple(() =>
        {
            foreach (var canary in person.Canaries)
            {
                Assert.That(person.Host.FindInRows(canary), Is.Empty, canary);
            }
        });
        if (engine == TestEngine.Sqlite)
        {
            foreach (var canary in person.Canaries)
            {
                Assert.That(await person.Host.FindAsync(canary), Is.Empty, canary);
            }
        }
        Assert.That(person.Host.FindInRows(RichPerson.NameOfAnother), Is.Not.Empty, "others are as they were");
    }

    [Test]
    public async Task ErasedPerson_IsShownWithoutWhatIdentifies_AndTakesNoMoreEntries()
    {
        var etag = (await person.GetAsync($"workers/{person.Worker}")).Etag;
        var waits = (await person.GetAsync("milestones?state=submitted&count=true")).Expect(200).Body;
        Assert.That(waits.GetProperty("count").GetInt32(), Is.EqualTo(1));
        await EraseAsync();

        var shown = (await person.GetAsync($"workers/{person.Worker}")).Expect(200);
        var known = (await person.GetAsync($"workers/{person.Worker}?knownAt={person.FirstKnown}")).Expect(200);
        foreach (var body in new[] { shown.Body, known.Body })
        {
            Assert.That(body.GetProperty("erased").GetBoolean(), Is.True);
            foreach (var member in new[] { "name", "number", "birthDate", "idNumber", "reason" })
            {
                Assert.That(body.GetProperty(member).ValueKind, Is.EqualTo(JsonValueKind.Null), member);
            }
            Assert.That(body.GetProperty("careerStart").GetString(), Is.EqualTo("2012-07-01"));
        }
        Assert.That(shown.Etag, Is.Not.EqualTo(etag));
        var found = await person.PostAsync("workers:search", new { text = RichPerson.Name });
        Assert.That(found.Expect(200).Items, Is.Empty);
        (await person.PostAsync("workers:find-by-id-number", new { idNumber = person.IdNumber })).Expect(404);
        Assert.That((await person.GetAsync("workers?count=true")).Body.GetProperty("count").GetInt32(), Is.EqualTo(2));

        var milestone = person.Milestones[0];
        var kept = (await person.GetAsync($"workers/{person.Worker}/milestones/{milestone}")).Expect(200).Body;
        Assert.That(kept.GetProperty("actions").GetArrayLength(), Is.Zero);
        var waiting = (await person.GetAsync("milestones?state=submitted&count=true")).Expect(200).Body;
        Assert.That(waiting.GetProperty("count").GetInt32(), Is.Zero, "nothing about him waits for a verifier");
        AccessReply[] refused =
        [
            await person.SendAsync(HttpMethod.Patch, $"workers/{person.Worker}", new { name = "New" }, "\"2-x\""),
            await person.PostAsync($"workers/{person.Worker}:void", new { reason = "gone" }, "\"2-x\""),
            await person.PostAsync($"workers/{person.Worker}:reveal-id-number", new { reason = "to see" }),
            await person.PostAsync(
                $"workers/{person.Worker}/milestones",
                new
                {
                    type = "labour-medal",
                    occurredOn = "2024-05-01",
                    attributes = new { level = "district" },
                }
            ),
            await person.PostAsync($"workers/{person.Worker}/milestones/{milestone}:contest", new { reason = "no" }, "\"1-x\""),
            await person.PostAsync($"workers/{person.Worker}/milestones/{milestone}:void", new { reason = "no" }, "\"1-x\""),
            await person.PostAsync(
                $"workers/{person.Worker}/affiliations",
                new
                {
                    kind = "labour-contract",
                    organizationId = person.Organization,
                    from = "2026-01-01",
                    transfer = true,
                }
            ),
            await person.PostAsync("erasures", new { workerId = person.Worker, reason = "again" }),
        ];
        Assert.That(refused.Select(r => r.Code), Has.All.EqualTo("worker-erased"));
        Assert.That((await person.GetAsync("me", RichPerson.Account)).Status, Is.EqualTo(401), "his account is closed");
    }

    [Test]
    public async Task Erasure_NeedsTwo_AndIsDecidedOnce()
    {
        var ask = new { workerId = person.Worker, reason = "request 118" };
        var asked = (await person.PostAsync("erasures", ask)).Expect(201);
        var path = $"erasures/{asked.Id}";

        var again = await person.PostAsync("erasures", ask);
        var alone = await person.PostAsync(path + ":approve", new { });
        var officer = await person.SendAsync(HttpMethod.Post, path + ":approve", new { }, account: RichPerson.Officer);
        var named = await person.PostAsync(
            path + ":refuse",
            new { reason = $"{RichPerson.Name} stays" },
            account: RichPerson.Second
        );
        var refused = await person.PostAsync(path + ":refuse", new { reason = "kept until 2028" }, account: RichPerson.Second);
        var late = await person.PostAsync(path + ":approve", new { }, account: RichPerson.Second);
        var unknown = await person.PostAsync($"erasures/{AccessOffice.Absent}:approve", new { });
        (await person.PostAsync("erasures", ask)).Expect(201);
        var list = (await person.GetAsync("erasures")).Expect(200);

        Assert.That(again.Code, Is.EqualTo("erasure-asked-already"));
        Assert.That(alone.Code, Is.EqualTo("erasure-needs-another"));
        Assert.That(officer.Status, Is.EqualTo(403));
        Assert.That(named.Code, Is.EqualTo("reason-names-person"));
        Assert.That(refused.Expect(200).Body.GetProperty("state").GetString(), Is.EqualTo("refused"));
        Assert.That(late.Code, Is.EqualTo("erasure-decided"));
        Assert.That(unknown.Code, Is.EqualTo("unknown-erasure"));
        Assert.That(list.Items.Select(i => i.GetProperty("state").GetString()), Is.EqualTo(new[] { "asked", "refused" }));
        Assert.That((await person.GetAsync($"workers/{person.Worker}")).Text, Does.Contain(RichPerson.Name));
    }

    /// <summary>Neither may the one who asked decide by an account that he holds, nor decide himself what he asked by it.</summary>
    [TestCase("made", true)]
    [TestCase("made", false)]
    [TestCase("granted", true)]
    [TestCase("password", true)]
    [TestCase("password", false)]
    public async Task Erasure_IsNotApproved_ByAnAccountOfTheSameHand(string how, bool officeAsks)
    {
        const string password = "a sentence that only I know";
        var store = person.Host.Store;
        Guid id;
        if (how == "made")
        {
            id = (await person.PostAsync("accounts", new { name = "helper", password })).Expect(201).Id;
        }
        else
        {
            await store.SignInAsync("helper", null);
            id = store.Reader.OnConnection(c => c.FindAccount("helper"))!.Id;
        }
        var granting = how == "granted" ? TestAccounts.Office : RichPerson.Second;
        (await person.PostAsync($"accounts/{id}/grants", new { role = "administrator" }, account: granting)).Expect(200);
        if (how == "password")
        {
            (await person.SendAsync(HttpMethod.Put, $"accounts/{id}/password", new { password })).Expect(200);
        }
        person.SendToken("helper", await store.SignInAsync("helper", null));
        var (asks, decides) = officeAsks ? (TestAccounts.Office, "helper") : ("helper", TestAccounts.Office);
        var ask = new { workerId = person.Worker, reason = "request 118" };
        var path = $"erasures/{(await person.PostAsync("erasures", ask, account: asks)).Expect(201).Id}:approve";

        var refused = await person.PostAsync(path, new { }, account: decides);

        Assert.That((refused.Status, refused.Code), Is.EqualTo((409, "erasure-needs-independent")), refused.Text);
        if (how == "password")
        {
            var own = new { current = password, @new = "another sentence for me" };
            (await person.SendAsync(HttpMethod.Put, "me/password", own, account: "helper")).Expect(204);
            person.SendToken("helper", await store.SignInAsync("helper", null));
            (await person.PostAsync(path, new { }, account: decides)).Expect(200);
        }
        else
        {
            (await person.GetAsync($"workers/{person.Worker}")).Expect(200);
            Assert.That(person.Host.FindInRows(RichPerson.Name), Is.Not.Empty);
        }
    }

    [Test]
    public async Task RequestThatRecordedThePerson_SentAgain_DoesNotRecordHimAnew()
    {
        Task<AccessReply> Again(object body) => person.SendAsync(HttpMethod.Post, "workers", body, key: RichPerson.Key);
        (await Again(person.Recorded)).Expect(201);
        await EraseAsync();

        var replayed = await Again(person.Recorded);
        var another = await Again(WorkerIdNumberTests.Worker(null, null, person.Organization));
        var kept = person
            .Host.Store.Reader.OnConnection(c =>
                c.Prepared("SELECT idempotency_key, headers, body, request_hash FROM idempotency_keys WHERE status = 410")
                    .Read(c.Transaction, r => (Key: r.Text(), Headers: r.Text(), Body: r.Bytes(), Hash: r.Bytes()))
            )
            .Single(k => k.Key.Length > 0);

        Assert.That((replayed.Status, replayed.Code), Is.EqualTo((409, "idempotent-answer-gone")), replayed.Text);
        Assert.That((another.Status, another.Code), Is.EqualTo((409, "idempotent-answer-gone")), another.Text);
        Assert.That(kept.Key, Does.Match("^gone:[0-9a-f]{64}$"), "a client may make its key of a name");
        Assert.That((kept.Headers, kept.Body.Length, kept.Hash.Length), Is.EqualTo(("", 0, 0)));
        Assert.That(person.Host.FindInRows(RichPerson.Name), Is.Empty);
        person.Pass(TimeSpan.FromHours(25));
        Assert.That((await Again(person.Recorded)).Code, Is.Not.EqualTo("idempotent-answer-gone"), "as long as keys are kept");
    }

    [TestCase("for {0}, born long ago", "reason-names-person")]
    [TestCase(" ", "reason-required")]
    public async Task Reason_ThatWouldStay_MustNotName(string reason, string code)
    {
        var refused = await person.PostAsync(
            "erasures",
            new { workerId = person.Worker, reason = string.Format(null, reason, RichPerson.Name) }
        );
        Assert.That(refused.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task Command_CarriesOutWhatWasAsked_OrAsksItself()
    {
        (await person.PostAsync("erasures", new { workerId = person.Worker, reason = "request 118" })).Expect(201);

        await EraseWorker.RunAsync(person.Host.Store, person.Worker, "request 118");
        // The clock of the test moves with requests only, and the list is in its order.
        (await person.GetAsync("erasures")).Expect(200);
        await EraseWorker.RunAsync(person.Host.Store, person.Another, "request 119");

        var list = (await person.GetAsync("erasures")).Expect(200).Items;
        Assert.That(
            list.Select(i => $"{i.GetProperty("state")} {i.GetProperty("askedBy")} {i.GetProperty("decidedBy")}"),
            Is.EqualTo(new[] { "erased command line command line", "erased office command line" })
        );
        Assert.That(
            () => EraseWorker.RunAsync(person.Host.Store, person.Worker, "again"),
            Throws.TypeOf<CareerCoordinates.Api.Hosting.SettingException>().With.Message.Contains("erased")
        );
        Assert.That(
            () => EraseWorker.RunAsync(person.Host.Store, Guid.Parse(AccessOffice.Absent), "again"),
            Throws.TypeOf<CareerCoordinates.Api.Hosting.SettingException>().With.Message.Contains("no such worker")
        );
    }

    private async Task EraseAsync()
    {
        var asked = (await person.PostAsync("erasures", new { workerId = person.Worker, reason = "request 118" })).Expect(201);
        var erased = (await person.PostAsync($"erasures/{asked.Id}:approve", new { }, account: RichPerson.Second)).Expect(200);
        Assert.That(erased.Body.GetProperty("state").GetString(), Is.EqualTo("erased"));
        Assert.That(erased.Body.GetProperty("decidedBy").GetString(), Is.EqualTo("second"));
    }
}
