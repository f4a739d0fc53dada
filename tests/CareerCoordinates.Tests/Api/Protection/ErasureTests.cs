using System.Text.Json;
using CareerCoordinates.Api.Erasures;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Api.Access;
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
