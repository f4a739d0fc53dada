using System.Text.RegularExpressions;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Tests.Api.Protection;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>What a worker asks about himself: where he stands, his whole record, and who looked at it.</summary>
[BothEngines]
public partial class OwnRecordTests(TestEngine engine)
{
    private AccessOffice office = null!;
    private Guid ma;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        await office.AccountAsync("street", AccessOffice.Grant(Role.Officer, office.Street));
    }

    [SetUp]
    public async Task Hire()
    {
        ma = await office.HireAsync(office.Works);
        await office.WorkerAccountAsync($"ma-{ma:N}", ma);
        Ma = $"ma-{ma:N}";
    }

    private string Ma { get; set; } = "";

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [TestCase("coordinate")]
    [TestCase("coordinate/explanation")]
    [TestCase("trajectory")]
    [TestCase("next-steps")]
    [TestCase("milestones")]
    [TestCase("record")]
    public async Task Me_IsTheSameAsTheWorkerOfMyAccount(string what)
    {
        await RecordVerifiedAsync();

        var mine = await office.GetAsync(Ma, $"me/{what}?asOf=2026-01-01");
        var byId = await office.GetAsync(Ma, $"workers/{ma}/{what}?asOf=2026-01-01");

        Assert.That(WithoutClock(mine.Expect(200)), Is.EqualTo(WithoutClock(byId.Expect(200))));
        Assert.That(mine.Etag, Is.EqualTo(byId.Etag));
    }

    [TestCase("officer")]
    [TestCase("auditor")]
    [TestCase("nobody")]
    public async Task AccountOfNobody_HasNoRecordOfItsOwn(string account)
    {
        foreach (var what in new[] { "coordinate", "milestones", "record", "accesses" })
        {
            var reply = await office.GetAsync(account, $"me/{what}");

            Assert.That((reply.Status, reply.Code), Is.EqualTo((404, "no-own-record")), what);
        }
    }

    [Test]
    public async Task Record_TellsEverything_WithNamesBesideTheCodes()
    {
        var id = await RecordVerifiedAsync();
        (await office.DoAsync(Ma, ma, id, "contest", new { reason = "The grade is wrong." })).Expect(200);
        (await office.DoAsync("officer", ma, id, "answer", new { reason = "The register says so." })).Expect(200);

        var record = (await office.GetAsync(Ma, "me/record")).Expect(200).Body;

        var milestone = record.GetProperty("milestones").EnumerateArray().Single();
        Assert.Multiple(() =>
        {
            Assert.That(record.GetProperty("person")[0].GetProperty("name").GetString(), Is.EqualTo("Ma Lan"));
            Assert.That(record.GetProperty("affiliations")[0].GetProperty("organization").GetString(), Is.EqualTo("东街机器厂"));
            Assert.That(milestone.GetProperty("type").GetProperty("zh").GetString(), Is.EqualTo("职业技能等级（资格）证书"));
            Assert.That(milestone.GetProperty("state").GetProperty("zh").GetString(), Is.EqualTo("已核验"));
            Assert.That(
                milestone.GetProperty("grants")[0].GetProperty("rung").GetProperty("en").GetString(),
                Is.Not.Empty.And.Not.EqualTo("senior-worker")
            );
            Assert.That(
                milestone.GetProperty("revisions").EnumerateArray().Select(r => r.GetProperty("recordedBy").GetString()),
                Is.EqualTo(["officer", "verifier"])
            );
            Assert.That(milestone.GetProperty("revisions")[1].GetProperty("verifiedBy").GetString(), Is.EqualTo("verifier"));
            Assert.That(milestone.GetProperty("contests").GetArrayLength(), Is.EqualTo(2));
            Assert.That(record.GetProperty("coordinate").GetProperty("level").GetInt32(), Is.EqualTo(4));
            Assert.That(record.GetProperty("trajectory").GetArrayLength(), Is.GreaterThan(1));
        });
    }

    [Test]
    public async Task Record_AtAnEarlierInstant_HasWhatWasKnownThen_AndStaysTheSame()
    {
        var id = await RecordVerifiedAsync();
        var known = (await office.GetAsync(Ma, "me/record?asOf=2026-01-01")).Expect(200);
        var at = known.Body.GetProperty("knownAt").GetString();
        office.Clock.Pass(TimeSpan.FromMinutes(1));
        (await office.DoAsync("officer", ma, id, "end", new { on = "2025-01-01", reason = "lapsed" })).Expect(200);

        var then = (await office.GetAsync(Ma, $"me/record?asOf=2026-01-01&knownAt={at}")).Expect(200);
        var again = (await office.GetAsync(Ma, $"me/record?asOf=2026-01-01&knownAt={at}")).Expect(200);

        Assert.That(then.Text.Replace("\"knownAtClosed\":true", "\"knownAtClosed\":false"), Is.EqualTo(known.Text));
        Assert.That((again.Text, again.Etag), Is.EqualTo((then.Text, then.Etag)));
    }

    [Test]
    public async Task Record_OfFiveThousandMilestones_IsAnswered()
    {
        await office.FillAsync(
            ma,
            Limits.MilestonesOfWorker,
            "skill-level-certificate",
            ("grade", AttributeValue.Of("3")),
            ("certificateNo", AttributeValue.Of("A1"))
        );

        var record = (await office.GetAsync(Ma, "me/record")).Expect(200).Body;
        var more = await office.PostAsync("officer", $"workers/{ma}/milestones", Certificate());

        Assert.That(record.GetProperty("milestones").GetArrayLength(), Is.EqualTo(Limits.MilestonesOfWorker));
        Assert.That(more.Code, Is.EqualTo("too-many-milestones"));
    }

    [Test]
    public async Task Accesses_SayWhoLookedWhenAndInWhichRole_NewestFirst_WithoutMyOwn()
    {
        (await office.GetAsync("street", $"workers/{ma}/coordinate")).Expect(200);
        (await office.GetAsync("street", "workers?limit=500")).Expect(200);
        (await office.PostAsync("street", "workers:search", new { text = "Ma L" })).Expect(200);
        (await office.PostAsync("street", $"workers/{ma}/milestones", Certificate())).Expect(201);
        (await office.GetAsync(Ma, "me/coordinate")).Expect(200);

        var reply = (await office.GetAsync(Ma, "me/accesses")).Expect(200);
        var all = reply.Items;
        Assert.That(reply.Headers, Does.Contain("Cache-Control"));
        var hers = all.Where(a => a.GetProperty("account").GetString() == "street").ToList();

        Assert.That(
            hers.Select(a => (a.GetProperty("kind").GetString(), a.GetProperty("operation").GetString())),
            Is.EqualTo(
                new[]
                {
                    ("change", "recordMilestone"),
                    ("search", "searchWorkers"),
                    ("list", "listWorkers"),
                    ("read", "getCoordinate"),
                }
            )
        );
        var role = hers[0].GetProperty("as")[0];
        Assert.That(role.GetProperty("role").GetString(), Is.EqualTo("officer"));
        Assert.That(role.GetProperty("organization").GetString(), Is.EqualTo("东街总工会"));
        Assert.That(hers[0].GetProperty("words").GetProperty("zh").GetString(), Is.Not.Empty);
        Assert.That(all.Select(a => a.GetProperty("account").GetString()), Has.None.EqualTo(Ma));
    }

    [Test]
    public async Task Accesses_TellWhoSawTheIdNumberAndWhy_WhoFoundMeByIt_AndWhatWasRefused()
    {
        var (mine, others) = (Invented.IdNumber(), Invented.IdNumber());
        (await office.PostAsync("street", "workers", WorkerIdNumberTests.Worker(others, null, office.Works))).Expect(201);
        var path = $"workers/{ma}";
        (await office.SendAsync("street", HttpMethod.Patch, path, new { idNumber = mine }, "\"1-x\"")).Expect(200);
        (await office.SendAsync("street", HttpMethod.Patch, path, new { idNumber = others }, "\"2-x\"")).Expect(409);
        (await office.PostAsync("street", "workers:find-by-id-number", new { idNumber = mine })).Expect(200);
        (await office.PostAsync("street", path + ":reveal-id-number", new { reason = "for the form" })).Expect(200);

        var all = (await office.GetAsync(Ma, "me/accesses")).Expect(200).Items;

        Assert.That(
            all.Where(a => a.GetProperty("account").GetString() == "street")
                .Select(a => $"{a.GetProperty("kind")} {a.GetProperty("operation")} {a.GetProperty("reason")}".Trim()),
            Is.EqualTo(
                new[]
                {
                    "revealed revealIdNumber for the form",
                    "found-by-id-number findWorkerByIdNumber",
                    "refused-attempt changeWorker",
                    "change changeWorker",
                }
            )
        );
        Assert.That(all[0].GetProperty("words").GetProperty("zh").GetString(), Does.Contain("公民身份号码"));
    }

    [Test]
    public async Task Accesses_ComeInPages()
    {
        for (var i = 0; i < 3; i++)
        {
            (await office.PostAsync("street", "workers:search", new { text = "Ma L" })).Expect(200);
        }

        var whole = (await office.GetAsync(Ma, "me/accesses?limit=500")).Expect(200).Items;
        var read = new List<Guid>();
        string? before = null;
        bool more;
        do
        {
            var page = (await office.GetAsync(Ma, "me/accesses?limit=2" + before)).Expect(200);
            read.AddRange(page.Items.Select(i => i.GetProperty("id").GetGuid()));
            before = $"&before={read[^1]}";
            more = page.Body.GetProperty("more").GetBoolean();
        } while (more);

        Assert.That(read, Has.Count.EqualTo(3).And.EqualTo(whole.Select(i => i.GetProperty("id").GetGuid())));
    }

    [TestCase("workers?limit=1")]
    [TestCase("milestones?limit=1")]
    public async Task Accesses_NameOnlyListsThatShowedMe(string list)
    {
        await RecordVerifiedAsync();
        var first = (await office.GetAsync("street", list)).Expect(200).Items.Single();
        var entry = (await office.GetAsync("auditor", "audit-entries?account=street&limit=1")).Items.Single();

        var shown = first.TryGetProperty("workerId", out var ofMilestone) ? ofMilestone : first.GetProperty("id");
        Assert.That(
            entry.GetProperty("details").GetProperty("workers").EnumerateArray().Select(w => w.GetGuid()),
            Is.EqualTo([shown.GetGuid()])
        );
    }

    [Test]
    public async Task Accesses_OfOneWhomNobodyLookedAt_NameNobodyElsesReader()
    {
        var wu = await office.HireAsync(office.OtherWorks, "Wu Xiu");
        await office.WorkerAccountAsync("wu", wu);
        (await office.GetAsync("street", "workers?limit=500")).Expect(200);

        var hers = (await office.GetAsync("wu", "me/accesses")).Expect(200);

        Assert.That(hers.Items.Select(a => a.GetProperty("account").GetString()), Has.None.EqualTo("street"));
    }

    [Test]
    public async Task Auditor_FiltersTheTrail_ByWorkerAccountActionAndDay()
    {
        (await office.GetAsync("street", "workers?limit=500")).Expect(200);
        (await office.GetAsync("street", $"workers/{ma}")).Expect(200);
        async Task<string[]> ActionsAsync(string filter) =>
            [
                .. (await office.GetAsync("auditor", "audit-entries?limit=500&" + filter))
                    .Expect(200)
                    .Items.Select(e => e.GetProperty("action").GetString()!),
            ];

        var today = office.Store.Today();
        var ofMa = await ActionsAsync($"worker={ma}&account=street");
        var lists = await ActionsAsync($"worker={ma}&account=street&action=listWorkers");
        var ofToday = await ActionsAsync($"worker={ma}&from={today:yyyy-MM-dd}&to={today:yyyy-MM-dd}");
        var ofYesterday = await ActionsAsync($"worker={ma}&to={today.AddDays(-1):yyyy-MM-dd}");
        var ofTomorrow = await ActionsAsync($"from={today.AddDays(1):yyyy-MM-dd}");
        var turned = await office.GetAsync("auditor", "audit-entries?from=2026-02-01&to=2026-01-01");
        var extremes = await office.GetAsync("auditor", "audit-entries?from=1900-01-01&to=2200-12-31&limit=1");

        Assert.That(ofMa, Is.EqualTo(["readPerson", "listWorkers"]));
        Assert.That(lists, Is.EqualTo(["listWorkers"]));
        Assert.That(ofToday, Is.SupersetOf(ofMa));
        Assert.That(ofYesterday, Is.Empty);
        Assert.That(ofTomorrow, Is.Empty);
        Assert.That(turned.Code, Is.EqualTo("from-after-to"));
        Assert.That(extremes.Expect(200).Items, Has.Length.EqualTo(1));
    }

    private async Task<Guid> RecordVerifiedAsync()
    {
        var recorded = (await office.PostAsync("officer", $"workers/{ma}/milestones", Certificate())).Expect(201);
        (await office.DoAsync("verifier", ma, recorded.Id, "verify")).Expect(200);
        return recorded.Id;
    }

    private static object Certificate() =>
        new
        {
            type = "skill-level-certificate",
            occurredOn = "2020-11-30",
            attributes = new { grade = "3", certificateNo = "A1" },
        };

    private static string WithoutClock(AccessReply reply) => KnownAt().Replace(reply.Text, "");

    [GeneratedRegex("\"knownAt\":\"[^\"]*\"")]
    private static partial Regex KnownAt();
}
