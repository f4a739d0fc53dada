using System.Text.Json;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Milestones;

/// <summary>The lists of milestones: of one worker, and of all for an inbox.</summary>
[BothEngines]
public class MilestoneListTests(TestEngine engine)
{
    private static readonly string[] Life =
    [
        """{"type":"union-membership","occurredOn":"2012-09","attributes":{"employmentForm":"employee"}}""",
        MilestoneDesk.Certificate("5", "2013"),
        MilestoneDesk.Certificate("4", "2016-06-18"),
        """{"type":"worker-representative-elected","occurredOn":"2017-05-01","until":"2020-04-30","attributes":{"post":"representative"}}""",
        """{"type":"lecture","occurredOn":"2018-01-01","attributes":{"topic":"seals","role":"speaker","hours":2.5}}""",
        MilestoneDesk.Certificate("3", "2020-11-30"),
    ];

    private MilestoneDesk desk = null!;
    private Guid worker;

    [OneTimeSetUp]
    public async Task Open()
    {
        desk = await MilestoneDesk.OpenAsync(engine);
        worker = await desk.WorkerAsync();
        foreach (var json in Life.Reverse())
        {
            await desk.VerifiedAsync(worker, json);
        }
        (await desk.RecordAsync(worker, MilestoneDesk.Certificate("2", "2025-12-05"))).Expect(201);
    }

    [OneTimeTearDown]
    public async Task Close() => await desk.DisposeAsync();

    [TestCase("", ExpectedResult = "2012-09 2013 2016-06-18 2017-05-01 2018-01-01 2020-11-30 2025-12-05")]
    [TestCase("?type=skill-level-certificate", ExpectedResult = "2013 2016-06-18 2020-11-30 2025-12-05")]
    [TestCase("?kind=training", ExpectedResult = "2018-01-01")]
    [TestCase("?channel=political-treatment", ExpectedResult = "2012-09 2017-05-01")]
    [TestCase("?state=submitted", ExpectedResult = "2025-12-05")]
    [TestCase("?from=2013-12-31&to=2017-05-01", ExpectedResult = "2013 2016-06-18 2017-05-01")]
    [TestCase("?from=2014-01-01&to=2017-04-30", ExpectedResult = "2016-06-18")]
    [TestCase("?asOf=2017-05-01", ExpectedResult = "2012-09 2013 2016-06-18 2017-05-01")]
    [TestCase("?asOf=2013-12-30", ExpectedResult = "2012-09")]
    [TestCase("?inForce=false&asOf=2020-05-01", ExpectedResult = "2017-05-01")]
    [TestCase("?inForce=true&asOf=2020-04-30&channel=political-treatment", ExpectedResult = "2012-09 2017-05-01")]
    [TestCase("?knownAt=2026-01-01T00:00:00Z", ExpectedResult = "unknown-worker")]
    public async Task<string> List_GivesWhatIsAskedFor_InTheOrderOfLife(string query)
    {
        var reply = await desk.ListAsync(worker, query);
        return reply.Code ?? string.Join(' ', reply.Items.Select(i => i.GetProperty("occurredOn").GetString()));
    }

    [Test]
    public async Task List_GivesEachItsPlaceGrantsAndEtag()
    {
        var items = (await desk.ListAsync(worker)).Items;

        Assert.That(
            items.Select(i => i.GetProperty("place").GetProperty("stage") + " " + i.GetProperty("place").GetProperty("level")),
            Is.EqualTo(["entry 1", "entry 2", "formation 3", "formation 3", "growth 3", "growth 4", "mature 4"])
        );
        var last = items[^1];
        var single = await desk.GetAsync(worker, last.GetProperty("id").GetGuid());
        Assert.That("W/" + last.GetProperty("etag").GetString(), Is.EqualTo(single.Etag));
    }

    [Test]
    public async Task List_ReadPageByPage_GivesEachOnce_AlsoWhileOthersWrite()
    {
        var someone = await desk.WorkerAsync();
        foreach (var day in Enumerable.Range(1, 7))
        {
            await desk.VerifiedAsync(someone, MilestoneDesk.Certificate(on: $"2020-01-{day:00}"));
        }
        var seen = new List<string?>();
        var cursor = "";
        do
        {
            var page = (await desk.ListAsync(someone, "?limit=3&count=true" + cursor)).Expect(200);
            seen.AddRange(page.Items.Select(i => i.GetProperty("occurredOn").GetString()));
            Assert.That(page.Body.GetProperty("count").GetInt32(), Is.EqualTo(7));
            cursor = page.Text("nextCursor") is { } next ? "&cursor=" + next : null;
            // The pages answer as of the instant of the first one.
            await desk.VerifiedAsync(someone, MilestoneDesk.Certificate(on: "2020-01-07"));
        } while (cursor is not null);

        Assert.That(seen, Is.EqualTo(Enumerable.Range(1, 7).Select(day => $"2020-01-{day:00}")));
    }

    [Test]
    public async Task Inbox_ListsWhatAwaits_UnderAnOrganisation()
    {
        var (district, street, other) = await TreeAsync();
        var inside = await MemberAsync(street);
        var outside = await MemberAsync(other);
        var waiting = await desk.RecordAsync(inside, MilestoneDesk.Certificate());
        var lecture = await desk.RecordAsync(inside, Life[4]);
        await desk.VerifiedAsync(inside, MilestoneDesk.Certificate("1"));
        var elsewhere = await desk.RecordAsync(outside, MilestoneDesk.Certificate());
        var voided = await MemberAsync(street);
        await desk.RecordAsync(voided, MilestoneDesk.Certificate());
        await desk.VoidAsync(voided);

        async Task<Guid[]> Inbox(string query) =>
            [
                .. (await desk.SendAsync(HttpMethod.Get, "milestones?state=submitted" + query))
                    .Expect(200)
                    .Items.Select(i => i.GetProperty("id").GetGuid()),
            ];

        Assert.That(await Inbox("&organization=" + street), Is.EqualTo([waiting.Id, lecture.Id]));
        var item = (await desk.SendAsync(HttpMethod.Get, "milestones?state=submitted&limit=1&organization=" + street)).Items[0];
        var members = new[] { "workerName", "workerNumber", "staffNumber", "organization" };
        Assert.That(
            members.Select(m => item.TryGetProperty(m, out var v) ? v.GetString() : null),
            Is.EqualTo(["Ma Lan", null, "0042", "street"])
        );
        Assert.That(await Inbox($"&organization={street}&type=lecture"), Is.EqualTo([lecture.Id]));
        Assert.That(await Inbox("&organization=" + district), Is.EquivalentTo([waiting.Id, lecture.Id, elsewhere.Id]));
        Assert.That(await Inbox($"&organization={street}&asOf=2019-06-01"), Is.EqualTo([lecture.Id]));
        var unknown = await desk.SendAsync(HttpMethod.Get, $"milestones?organization={Guid.CreateVersion7()}");
        Assert.That(unknown.Faults, Is.EqualTo(["?organization no-such-organization"]));
        Assert.That(await Inbox($"&organization={district}&knownAt={waiting.Text("recordedAt")}"), Is.EqualTo([waiting.Id]));
        Assert.That(
            (await desk.SendAsync(HttpMethod.Get, "milestones?type=medal")).Expect(400).Faults,
            Is.EqualTo(["?type value-not-allowed"])
        );
    }

    [Test]
    public async Task Inbox_ListsWhatIsContested_UntilItIsAnswered()
    {
        var (_, street, _) = await TreeAsync();
        var member = await MemberAsync(street);
        var plain = await desk.VerifiedAsync(member, MilestoneDesk.Certificate("4"));
        var wrong = await desk.VerifiedAsync(member, MilestoneDesk.Certificate("3"));
        var gone = await desk.RecordAsync(member, Life[4]);
        var voided = await desk.ActAsync(member, gone, "void");
        var early = (await desk.ActAsync(member, wrong, "contest")).Expect(200);
        (await desk.ActAsync(member, voided, "contest")).Expect(200);

        async Task<Guid[]> Inbox(string query) =>
            [
                .. (await desk.SendAsync(HttpMethod.Get, $"milestones?organization={street}{query}"))
                    .Expect(200)
                    .Items.Select(i => i.GetProperty("id").GetGuid()),
            ];

        Assert.That(await Inbox("&contested=true"), Is.EquivalentTo([wrong.Id, gone.Id]), "a voided one too");
        Assert.That(await Inbox("&contested=true&state=verified"), Is.EqualTo([wrong.Id]));
        Assert.That(await Inbox("&contested=false"), Is.EqualTo([plain.Id]));
        var before = early.Body.GetProperty("contests")[0].GetProperty("recordedAt").GetString();
        (await desk.ActAsync(member, wrong, "answer")).Expect(200);
        Assert.That(await Inbox("&contested=true"), Is.EqualTo([gone.Id]));
        Assert.That(await Inbox("&contested=true&knownAt=" + before), Is.EqualTo([wrong.Id]));
        (await desk.ActAsync(member, wrong, "contest")).Expect(200);
        Assert.That(await Inbox("&contested=true"), Is.EquivalentTo([wrong.Id, gone.Id]), "contested again");
    }

    [Test]
    public async Task Inbox_ListsWhatRunsOut_WithinDays()
    {
        var (_, street, _) = await TreeAsync();
        var member = await MemberAsync(street);
        string Term(string until) => MilestoneDesk.With(Life[3], "until", $"\"{until}\"");
        var april = await desk.VerifiedAsync(member, Term("2027-04-30"));
        var may = await desk.VerifiedAsync(member, Term("2027-05-31"));
        await desk.VerifiedAsync(member, MilestoneDesk.Certificate());
        var ended = await desk.VerifiedAsync(member, Term("2027-05-15"));
        (await desk.ActAsync(member, ended, "end", """{"on":"2026-01-31","reason":"left the works"}""")).Expect(200);

        async Task<Guid[]> Inbox(string query) =>
            [
                .. (await desk.SendAsync(HttpMethod.Get, $"milestones?organization={street}{query}"))
                    .Expect(200)
                    .Items.Select(i => i.GetProperty("id").GetGuid()),
            ];

        Assert.That(await Inbox("&untilFrom=2027-05-01&untilTo=2027-05-31"), Is.EqualTo([may.Id]));
        Assert.That(await Inbox("&untilFrom=2027-04-30"), Is.EquivalentTo([april.Id, may.Id]));
        Assert.That(await Inbox("&untilTo=2027-05-30"), Is.EqualTo([april.Id]));
        Assert.That(
            (await desk.SendAsync(HttpMethod.Get, "milestones?untilFrom=2027-05-02&untilTo=2027-05-01")).Expect(400).Faults,
            Is.EqualTo(["?untilFrom from-after-to"])
        );
    }

    [Test]
    public async Task Inbox_ReadPageByPage_GivesEachOnce()
    {
        var (district, street, _) = await TreeAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var member = await MemberAsync(street);
            await desk.RecordAsync(member, MilestoneDesk.Certificate());
            await desk.RecordAsync(member, MilestoneDesk.Certificate("2"));
        }
        var seen = new List<Guid>();
        var cursor = "";
        do
        {
            var page = await desk.SendAsync(HttpMethod.Get, $"milestones?organization={district}&limit=4&count=true{cursor}");
            seen.AddRange(page.Expect(200).Items.Select(i => i.GetProperty("id").GetGuid()));
            Assert.That(page.Body.GetProperty("count").GetInt32(), Is.EqualTo(6));
            cursor = page.Text("nextCursor") is { } next ? "&cursor=" + next : null;
        } while (cursor is not null);

        Assert.That(seen, Has.Count.EqualTo(6).And.Unique);
    }

    [Test]
    public async Task VerifyMany_AnswersEachItem_AndOneRefusalHoldsUpNoOther()
    {
        var (_, street, _) = await TreeAsync();
        var member = await MemberAsync(street);
        var first = await desk.RecordAsync(member, MilestoneDesk.Certificate("4"));
        var second = await desk.RecordAsync(member, MilestoneDesk.Certificate("3"));
        var done = await desk.VerifiedAsync(member, MilestoneDesk.Certificate("2"));
        var nobody = Guid.CreateVersion7();
        string Item(Guid workerId, Guid milestoneId, string etag) =>
            JsonSerializer.Serialize(
                new
                {
                    workerId,
                    milestoneId,
                    etag,
                }
            );
        string[] items =
        [
            Item(member, first.Id, first.Etag!),
            Item(member, second.Id, "\"7-ab\""),
            Item(member, second.Id, second.Etag!),
            Item(member, done.Id, done.Etag!),
            Item(member, nobody, "\"1-ab\""),
            Item(nobody, first.Id, "\"1-ab\""),
            Item(member, first.Id, "nonsense"),
        ];

        var reply = await desk.SendAsync(
            HttpMethod.Post,
            "milestones:verify",
            $$"""{"items":[{{string.Join(',', items)}}]}""",
            bySecond: true
        );

        Assert.That(
            reply.Expect(200).Items.Select(i => $"{i.GetProperty("status")} {i.GetProperty("code")}".Trim()),
            Is.EqualTo([
                "200",
                "412 stale",
                "200",
                "409 transition-not-allowed",
                "404 unknown-milestone",
                "404 unknown-worker",
                "400 bad-if-match",
            ])
        );
        var next = await desk.GetAsync(member, first.Id);
        Assert.That("W/" + reply.Items[0].GetProperty("etag").GetString(), Does.StartWith("W/\"2-"));
        Assert.That(next.Text("state"), Is.EqualTo("verified"));
    }

    [TestCase("""{"items":[]}""", "/items empty")]
    [TestCase("""{"items":[{"workerId":"x","milestoneId":"y","etag":"z"}]}""", "/items/0/workerId not-an-id")]
    [TestCase("""{"items":[null]}""", "/items/0 null-not-allowed")]
    [TestCase("{}", "/items member-missing")]
    [TestCase(null, "/items too-many")]
    public async Task VerifyMany_BadlyAsked_IsRefused(string? json, string fault)
    {
        var item = JsonSerializer.Serialize(
            new
            {
                workerId = worker,
                milestoneId = worker,
                etag = "\"1-a\"",
            }
        );
        json ??= $$"""{"items":[{{string.Join(',', Enumerable.Repeat(item, 501))}}]}""";

        var refused = await desk.SendAsync(HttpMethod.Post, "milestones:verify", json);

        Assert.That(refused.Expect(400).Faults[0], Is.EqualTo(fault));
    }

    private async Task<(Guid District, Guid Street, Guid Other)> TreeAsync()
    {
        var outcome = await desk.Store.Gate.RunAsync<(Guid, Guid, Guid)>(tx =>
        {
            Guid Node(string name, OrganizationKind kind, Guid? parent)
            {
                var id = tx.NewId();
                var content = new OrganizationContent(parent, kind, name, null, null, new DateOnly(2000, 1, 1), null, []);
                tx.Add(new Revision<OrganizationContent>(id, 1, false, content, null, tx.RecordedAt, "local"));
                return id;
            }
            var district = Node("district", OrganizationKind.DistrictFederation, null);
            return (
                district,
                Node("street", OrganizationKind.StreetUnion, district),
                Node("other street", OrganizationKind.StreetUnion, district)
            );
        });
        return outcome.Value;
    }

    private async Task<Guid> MemberAsync(Guid organization)
    {
        var member = await desk.WorkerAsync();
        await desk.Store.Gate.RunAsync<int>(tx =>
        {
            tx.LockWorker(member);
            var content = new AffiliationContent(
                AffiliationKind.LabourContract,
                organization,
                null,
                new DateOnly(2012, 7, 1),
                null,
                true,
                "0042",
                null,
                null
            );
            tx.Add(member, new Revision<AffiliationContent>(tx.NewId(), 1, false, content, null, tx.RecordedAt, "local"));
            return 1;
        });
        return member;
    }
}
