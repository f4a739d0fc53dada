using System.Text.Json;
using CareerCoordinates.Domain;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Imports;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Milestones;

/// <summary>A course or a competition is recorded once for all who were there.</summary>
[BothEngines]
public class RecordManyTests(TestEngine engine)
{
    private AccessOffice office = null!;

    [SetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task OneEvent_IsSubmittedForEverybody_WithWhatWasSoOfEach()
    {
        var (ma, su) = (await office.HireAsync(office.Works, "Ma"), await office.HireAsync(office.Works, "Su"));

        var reply = (
            await RecordAsync(
                new { grade = "4" },
                new { workerId = ma, attributes = new { certificateNo = "A-1" } },
                new { workerId = su, attributes = new { certificateNo = "A-2", grade = "3" } }
            )
        ).Expect(200);
        var (ofMa, ofSu) = (await MilestonesAsync(ma), await MilestonesAsync(su));

        Assert.That(Said(reply), Is.EqualTo(["201 ", "201 "]));
        Assert.That(ofMa.Select(Told), Is.EqualTo(["submitted 2020-11-30 4 A-1 officer"]));
        Assert.That(ofSu.Select(Told), Is.EqualTo(["submitted 2020-11-30 3 A-2 officer"]));
        Assert.That($"{reply.Items[0].GetProperty("milestoneId")}", Is.EqualTo($"{ofMa[0].GetProperty("id")}"));
        var etag = $"{reply.Items[0].GetProperty("etag")}";
        (
            await office.SendAsync(
                "verifier",
                HttpMethod.Post,
                $"workers/{ma}/milestones/{ofMa[0].GetProperty("id")}:verify",
                ifMatch: etag
            )
        ).Expect(200);
    }

    [Test]
    public async Task WhoIsRefused_HoldsUpNobody_AndTheFaultIsNamedWhereItStands()
    {
        var ma = await office.HireAsync(office.Works, "Ma");
        var elsewhere = await office.HireAsync(office.OtherWorks, "Ouyang");

        var reply = (
            await RecordAsync(
                new { grade = "4" },
                new { workerId = office.Worker, attributes = new { grade = "99", certificateNo = "A-0" } },
                new { workerId = ma, attributes = new { certificateNo = "A-1" } },
                new { workerId = elsewhere, attributes = new { certificateNo = "A-2" } },
                new { workerId = Guid.Parse(AccessOffice.Absent), attributes = new { certificateNo = "A-3" } }
            )
        ).Expect(200);

        Assert.That(Said(reply), Is.EqualTo(["422 /workers/0/attributes/grade", "201 ", "404 /workers/2", "404 /workers/3"]));
        Assert.That(
            $"{reply.Items[2].GetProperty("detail")}",
            Is.EqualTo($"{reply.Items[3].GetProperty("detail")}"),
            "out of scope is like absent"
        );
        Assert.That(await MilestonesAsync(elsewhere, TestAccounts.Office), Is.Empty);
    }

    [Test]
    public async Task TheMendedList_CanBeSentAsAWhole()
    {
        var (ma, su) = (await office.HireAsync(office.Works, "Ma"), await office.HireAsync(office.Works, "Su"));
        var first = await RecordAsync(
            new { grade = "4" },
            new { workerId = ma, attributes = new { certificateNo = "A-1" } },
            new { workerId = su, attributes = new { grade = "99", certificateNo = "A-2" } }
        );

        var mended = await RecordAsync(
            new { grade = "4" },
            new { workerId = ma, attributes = new { certificateNo = "A-1" } },
            new { workerId = su, attributes = new { grade = "3", certificateNo = "A-2" } }
        );

        Assert.That(Said(mended), Is.EqualTo(["200 ", "201 "]));
        Assert.That($"{mended.Items[0].GetProperty("milestoneId")}", Is.EqualTo($"{first.Items[0].GetProperty("milestoneId")}"));
        Assert.That((await MilestonesAsync(ma)).Length + (await MilestonesAsync(su)).Length, Is.EqualTo(2));
    }

    [Test]
    public async Task TheSameRequestAgain_IsAnsweredAsBefore_AndAnotherUnderItsKeyIsRefused()
    {
        var ma = await office.HireAsync(office.Works, "Ma");
        var list = Event(new { grade = "4" }, new { workerId = ma, attributes = new { certificateNo = "A-1" } });
        var other = Event(new { grade = "3" }, new { workerId = ma, attributes = new { certificateNo = "A-1" } });

        var first = await office.SendAsync("officer", HttpMethod.Post, "milestones:batch", list, key: "course-7");
        var again = await office.SendAsync("officer", HttpMethod.Post, "milestones:batch", list, key: "course-7");
        var reused = await office.SendAsync("officer", HttpMethod.Post, "milestones:batch", other, key: "course-7");

        Assert.That(again.Text, Is.EqualTo(first.Text));
        Assert.That((reused.Status, reused.Code), Is.EqualTo((422, "idempotency-key-reused")));
        Assert.That(await MilestonesAsync(ma), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task AListThatCannotBeMeant_IsRefusedAsAWhole()
    {
        var ma = await office.HireAsync(office.Works, "Ma");
        var one = new { workerId = ma, attributes = new { certificateNo = "A-1" } };

        var twice = await RecordAsync(new { grade = "4" }, one, one);
        var nobody = await RecordAsync(new { grade = "4" });
        var tooMany = await RecordAsync(
            new { grade = "4" },
            [.. Enumerable.Range(0, Limits.RecordedAtOnce + 1).Select(_ => (object)new { workerId = Guid.NewGuid() })]
        );

        Assert.That((twice.Status, twice.Code), Is.EqualTo((400, "worker-named-twice")));
        Assert.That(twice.Text, Does.Contain("/workers/1/workerId"));
        Assert.That((nobody.Status, tooMany.Status), Is.EqualTo((400, 400)));
        Assert.That(await MilestonesAsync(ma), Is.Empty);
    }

    [Test]
    public async Task WhatEverybodyShares_AndProofsOfOne_AreBothKept()
    {
        var ma = await office.HireAsync(office.Works, "Ma");
        var proof = office.Store.Frameworks.Current.EvidenceTypes.Keys.Order(StringComparer.Ordinal).First();
        object[] workers =
        [
            new
            {
                workerId = ma,
                attributes = new { certificateNo = "A-1" },
                evidence = new[] { new { type = proof, reference = "own" }, new { type = "no-such", reference = "bad" } },
            },
        ];
        object Said(object list) =>
            new
            {
                type = "skill-level-certificate",
                occurredOn = "2020-11-30",
                attributes = new { grade = "4" },
                evidence = new[] { new { type = proof, reference = "common" } },
                note = "Course of November",
                workers = list,
            };

        var faulty = (await office.PostAsync("officer", "milestones:batch", Said(workers))).Expect(200);
        var good = (
            await office.PostAsync(
                "officer",
                "milestones:batch",
                Said(
                    new[]
                    {
                        new
                        {
                            workerId = ma,
                            attributes = new { certificateNo = "A-1" },
                            evidence = new[] { new { type = proof, reference = "own" } },
                        },
                    }
                )
            )
        ).Expect(200);
        var milestone = (await MilestonesAsync(ma)).Single();

        Assert.That(RecordManyTests.Said(faulty), Is.EqualTo(["422 /workers/0/evidence/1/type"]));
        Assert.That(RecordManyTests.Said(good), Is.EqualTo(["201 "]));
        Assert.That(
            milestone.GetProperty("evidence").EnumerateArray().Select(e => $"{e.GetProperty("reference")}"),
            Is.EqualTo(["common", "own"])
        );
        Assert.That($"{milestone.GetProperty("note")}", Is.EqualTo("Course of November"));
    }

    private static object Event(object attributes, params object[] workers) =>
        new
        {
            type = "skill-level-certificate",
            occurredOn = "2020-11-30",
            attributes,
            workers,
        };

    private Task<AccessReply> RecordAsync(object attributes, params object[] workers) =>
        office.PostAsync("officer", "milestones:batch", Event(attributes, workers));

    private async Task<JsonElement[]> MilestonesAsync(Guid worker, string account = "officer") =>
        (await office.GetAsync(account, $"workers/{worker}/milestones")).Expect(200).Items;

    private static string Told(JsonElement m) =>
        $"{m.GetProperty("state")} {m.GetProperty("occurredOn")} {m.GetProperty("attributes").GetProperty("grade")} {m.GetProperty("attributes").GetProperty("certificateNo")} {m.GetProperty("recordedBy")}";

    /// <summary>Status and first place of each result.</summary>
    private static string[] Said(AccessReply reply) =>
        [
            .. reply.Items.Select(item =>
                $"{item.GetProperty("status")} {item.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("pointer")}").FirstOrDefault()}"
            ),
        ];
}
