using System.Text.Json;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Reports;

/// <summary>Who gets which numbers: an officer exact ones of his subtree as it was, an analyst protected ones, nobody else any.</summary>
[BothEngines]
public class ReportTests(TestEngine engine)
{
    private const string Certificate = "reports/time-to-rung?channel=grade-promotion&fromRung=junior-worker&toRung=senior-worker";

    private AccessOffice office = null!;

    [SetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        await office.ReadyAsync();
    }

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task Officer_CountsThoseWhoWereInsideOnTheDay_AndIsToldHowManyMovedOn()
    {
        var moved = await office.HireAsync(office.Works, "He Moves");
        await TransferAsync(moved, office.OtherWorks, "2024-07-01");

        Assert.That(await LevelsAsync("officer", "2024-06-30"), Is.EqualTo(2));
        Assert.That(await LevelsAsync("officer", "2024-07-01"), Is.EqualTo(1));
        var people = (await office.GetAsync("officer", "reports/positions/people?groupBy=level&cell.level=0&asOf=2024-06-30"))
            .Expect(200)
            .Body;
        Assert.That(people.GetProperty("workers").GetInt32(), Is.EqualTo(2));
        Assert.That(people.GetProperty("movedOn").GetInt32(), Is.EqualTo(1));
        var listed = people.GetProperty("items").EnumerateArray().Select(w => w.GetProperty("id").GetGuid());
        Assert.That(listed, Is.EqualTo(new[] { office.Worker }));
    }

    [Test]
    public async Task TransitionsOfAnOfficer_SayAbsentForWhoLeft_AndAddUp()
    {
        var moved = await office.HireAsync(office.Works, "He Moves");
        await TransferAsync(moved, office.OtherWorks, "2024-07-01");

        var body = (await office.GetAsync("officer", "reports/transitions?channel=grade-promotion&from=2024-06-30&to=2024-12-31"))
            .Expect(200)
            .Body;

        var cells = body.GetProperty("cells").EnumerateArray().Select(c => c.GetRawText()).ToList();
        Assert.That(
            cells,
            Is.EquivalentTo(
                new[]
                {
                    """{"fromRung":"none","toRung":"none","workers":1}""",
                    """{"fromRung":"none","toRung":"absent","workers":1}""",
                }
            )
        );
        var people = await office.GetAsync(
            "officer",
            "reports/transitions/people?channel=grade-promotion&from=2024-06-30&to=2024-12-31&cell.fromRung=none&cell.toRung=absent"
        );
        Assert.That(people.Expect(200).Text, Does.Not.Contain("He Moves").And.Contains("\"workers\":1,\"movedOn\":1"));
    }

    [Test]
    public async Task OrganizationOutOfScope_IsNoFilter_AndGroupsShowNothingFromOutside()
    {
        var outside = await office.GetAsync("officer", $"reports/positions?organization={office.OtherWorks}");
        var absent = await office.GetAsync("officer", $"reports/positions?organization={AccessOffice.Absent}");
        var groups = await office.GetAsync("officer", "reports/positions?groupBy=organization");

        Assert.That((outside.Status, outside.Code), Is.EqualTo((400, "no-such-organization")));
        Assert.That(outside.Text, Does.Contain($"no organisation {office.OtherWorks} in your scope today"));
        Assert.That(outside.Alike(office.OtherWorks), Is.EqualTo(absent.Alike(AccessOffice.Absent)));
        Assert.That(groups.Expect(200).Text, Does.Contain(office.Works.ToString()).And.Not.Contain(office.OtherWorks.ToString()));
    }

    [Test]
    public async Task Analyst_GetsProtectedCounts_OfMonthEndsAndTheRecordAsADayBegan()
    {
        for (var i = 0; i < 40; i++)
        {
            await office.HireAsync(office.Works, $"Hand {i}");
        }
        office.Clock.Pass(TimeSpan.FromDays(1));

        var body = (await office.GetAsync("analyst", "reports/positions?groupBy=level")).Expect(200).Body;

        Assert.That(body.GetProperty("counts").GetString(), Is.EqualTo("protected"));
        Assert.That(body.GetProperty("asOf").GetString(), Is.EqualTo("2026-10-31"));
        Assert.That(body.GetProperty("knownAtClosed").GetBoolean());
        var began = body.GetProperty("knownAt").GetString();
        Assert.That(began, Does.EndWith("T16:00:00.000000Z"), "midnight in Shanghai");
        Assert.That(body.GetProperty("notice").GetString(), Does.Contain("statutory"));
        var byLevel = body.GetProperty("cells").EnumerateArray().Select(c => c.GetProperty("workers")).ToList();
        Assert.That(byLevel[0].GetInt32(), Is.InRange(41 - 5, 41 + 5));
        Assert.That(byLevel.Skip(1).Select(c => c.GetString()), Has.All.EqualTo("<10"));
        Refused("month-ends-only", await office.GetAsync("analyst", "reports/grid?asOf=2026-10-30"));
        Refused("month-ends-only", await office.GetAsync("analyst", "reports/grid?asOf=2026-11-30"));
        var refused = await office.GetAsync("analyst", $"reports/grid?knownAt={Now()}");
        Refused("day-begins-only", refused);
        Assert.That(refused.Text, Does.Contain("Ask for 2026-11-23T00:00:00+08:00"));
        (await office.GetAsync("analyst", $"reports/grid?knownAt={began}")).Expect(200);
        Refused("exact-counts-not-allowed", await office.GetAsync("analyst", "reports/grid?counts=exact"));
        Refused("protected-counts-not-allowed", await office.GetAsync("officer", "reports/grid?counts=protected"));
    }

    /// <summary>
    /// The same people give the same number, so two records a moment apart would tell whose verification lies between: an analyst gets neither.
    /// </summary>
    [Test]
    public async Task Analyst_CannotAskBeforeAndAfterOneVerification()
    {
        for (var i = 0; i < 40; i++)
        {
            await office.HireAsync(office.Works, $"Hand {i}");
        }
        office.Clock.Pass(TimeSpan.FromDays(1));
        const string path = "reports/positions?groupBy=level";
        var day = (await office.GetAsync("analyst", path)).Expect(200).Text;
        var before = Now();
        office.Clock.Pass(TimeSpan.FromMinutes(1));
        var hired = await office.HireAsync(office.Works, "One More");
        office.Clock.Pass(TimeSpan.FromMinutes(1));
        var after = Now();
        office.Clock.Pass(TimeSpan.FromMinutes(1));

        (await office.GetAsync("analyst", $"{path}&knownAt=0001-01-01T00:00:00Z")).Expect(200);
        Refused("day-begins-only", await office.GetAsync("analyst", $"{path}&knownAt={before}"));
        Refused("day-begins-only", await office.GetAsync("analyst", $"{path}&knownAt={after}"));
        Assert.That((await office.GetAsync("analyst", path)).Expect(200).Text, Is.EqualTo(day), "nothing of today");
        office.Clock.Pass(TimeSpan.FromDays(1));
        var next = (await office.GetAsync("analyst", path)).Expect(200).Text;
        Assert.That(next, Is.Not.EqualTo(day).And.Not.Contain(hired.ToString()));
    }

    /// <summary>The few of a small cell are in no answer, and an empty cell looks like one with a few.</summary>
    [Test]
    public async Task SmallCell_LooksToAnAnalystLikeAnEmptyOne()
    {
        office.Clock.Pass(TimeSpan.FromDays(1));

        foreach (var path in new[] { "reports/grid", "reports/positions", "reports/positions?groupBy=employmentForm" })
        {
            var cells = (await office.GetAsync("analyst", path)).Expect(200).Body.GetProperty("cells").EnumerateArray().ToList();
            Assert.That(cells, Has.Count.GreaterThan(5));
            var shown = cells.Select(c => c.GetProperty("workers").ToString());
            Assert.That(shown, Has.All.Matches<string>(text => text is "<10" or "<20"), path);
        }
        var open = (await office.GetAsync("analyst", "reports/positions?groupBy=organization")).Expect(200);
        Assert.That(open.Body.GetProperty("cells").GetArrayLength(), Is.Zero);
        var times = (await office.GetAsync("analyst", Certificate)).Expect(200);
        Assert.That(times.Body.GetProperty("groups").GetArrayLength(), Is.Zero);
    }

    [TestCase("verifier")]
    [TestCase("administrator")]
    [TestCase("worker")]
    [TestCase("nobody")]
    public async Task Others_GetNoReport(string account)
    {
        var refused = await office.GetAsync(account, "reports/grid");

        Assert.That(refused.Status, Is.EqualTo(403));
    }

    [Test]
    public async Task PeopleBehindANumber_AreForOfficersOnly_AndWhoIsShownIsInTheTrail()
    {
        foreach (var account in new[] { "analyst", "auditor", "verifier" })
        {
            Assert.That((await office.GetAsync(account, "reports/positions/people")).Status, Is.EqualTo(403), account);
        }
        (await office.GetAsync("officer", "reports/positions/people")).Expect(200);

        var trail = await office.GetAsync("auditor", $"audit-entries?worker={office.Worker}");
        Assert.That(trail.Text, Does.Contain("listPeopleOfPositions"));
    }

    [Test]
    public async Task OwnWrite_IsInTheNextReport_AndItsCommitCanBeAskedFor()
    {
        var before = await LevelsAsync(TestAccounts.Office, "2026-11-22");
        var written = await office.PostAsync(
            TestAccounts.Office,
            "workers",
            new
            {
                name = "New Hand",
                careerStart = "2015-01-01",
                affiliation = new
                {
                    kind = "labour-contract",
                    organizationId = office.Works,
                    from = "2015-01-01",
                },
            }
        );
        var commit = long.Parse(Header(written.Expect(201), "Data-Version"));

        var report = await office.GetAsync(TestAccounts.Office, "reports/positions?groupBy=level&asOf=2026-11-22");

        Assert.That(Total(report.Expect(200).Body), Is.EqualTo(before + 1));
        Assert.That(long.Parse(Header(report, "Data-Version")), Is.GreaterThanOrEqualTo(commit));
    }

    [Test]
    public async Task CommitThatNeverWas_IsRefused_WithoutWaitingWhereThereIsOneWriter()
    {
        var asked = await office.AskAsync(
            "officer",
            HttpMethod.Get,
            "reports/grid",
            null,
            header: ("Min-Data-Version", "999999999999999999")
        );

        var expected = engine == TestEngine.Sqlite ? (400, "bad-data-version") : (503, "version-not-reached");
        Assert.That((asked.Status, asked["code"]), Is.EqualTo(expected));
    }

    [Test]
    public async Task VoidedWorker_IsInNoCount_ButIsInWhatWasKnownBefore()
    {
        var hand = await office.HireAsync(office.Works, "Twice Entered");
        var known = Now();
        var read = await office.GetAsync(TestAccounts.Office, $"workers/{hand}");
        (await office.PostAsync(TestAccounts.Office, $"workers/{hand}:void", new { reason = "twice" }, read.Etag)).Expect(200);
        office.Clock.Pass(TimeSpan.FromSeconds(30));

        Assert.That(await LevelsAsync("officer", "2026-11-01"), Is.EqualTo(1));
        var then = await office.GetAsync("officer", $"reports/positions?groupBy=level&asOf=2026-11-01&knownAt={known}");
        Assert.That(Total(then.Expect(200).Body), Is.EqualTo(2));
        Assert.That(then.HeaderText, Does.Contain("immutable"));
    }

    [TestCase("reports/positions?groupBy=shoe", "unknown-dimension")]
    [TestCase("reports/positions?groupBy=rung", "unknown-dimension")]
    [TestCase("reports/positions?groupBy=level,level", "repeated-dimension")]
    [TestCase("reports/positions?groupBy=level,stage,organization", "too-many-dimensions")]
    [TestCase("reports/positions?organizationKind=enterprise", "organization-kind-without-dimension")]
    [TestCase("reports/positions?stage=ripe", "unknown-stage")]
    [TestCase("reports/positions?groupBy=level,", "unknown-dimension")]
    [TestCase("reports/positions?level=2.5", "not-an-integer")]
    [TestCase("reports/positions?level=9", "unknown-level")]
    [TestCase("reports/positions?employmentForm=pirate", "unknown-employment-form")]
    [TestCase("reports/positions?knownAt=2999-01-01T00:00:00Z", "known-at-in-future")]
    [TestCase("reports/transitions?channel=sea&from=2020-01-01&to=2021-01-01", "unknown-channel")]
    [TestCase("reports/transitions?channel=grade-promotion&from=2022-01-01&to=2021-01-01", "from-after-to")]
    [TestCase("reports/transitions?channel=grade-promotion&from=2022-01-01", "parameter-missing")]
    [TestCase("reports/time-to-rung?channel=grade-promotion&fromRung=technician&toRung=senior-worker", "rung-not-above")]
    [TestCase("reports/time-to-rung?channel=grade-promotion&fromRung=union-member&toRung=technician", "unknown-rung-of-channel")]
    [TestCase(Certificate + "&groupBy=channel,rung", "dimension-not-for-times")]
    [TestCase("reports/positions/people?groupBy=level&cell.stage=growth", "unknown-cell")]
    [TestCase("reports/positions/people?groupBy=level&cell.level=99", "no-such-cell")]
    [TestCase("reports/positions/people?cell.channel=grade-promotion&cell.rung=nope", "no-such-cell")]
    [TestCase("reports/positions/people?cell.channel=sea&cell.rung=none", "unknown-channel")]
    [TestCase("reports/grid/people?cell.stage=x&cell.level=1", "no-such-cell")]
    [TestCase("reports/grid/people?cell.stage=mature&cell.level=1&counts=protected", "people-are-exact")]
    [TestCase(
        "reports/transitions/people?channel=grade-promotion&from=2020-01-01&to=2021-01-01&cell.fromRung=none&cell.toRung=nope",
        "no-such-cell"
    )]
    [TestCase("reports/positions?industry=ZZ", "no-industry")]
    [TestCase("reports/positions?industry=c25", "no-industry")]
    [TestCase("reports/positions?industry=C2511x", "no-industry")]
    [TestCase("reports/positions?occupation=9-99", "no-occupation")]
    [TestCase("reports/positions?occupation=6-1", "no-occupation")]
    public async Task BadQuestion_IsRefusedWithItsPlace(string path, string code)
    {
        var refused = await office.GetAsync("officer", path);

        Assert.That((refused.Status, refused.Code), Is.EqualTo((400, code)), refused.Text);
    }

    /// <summary>Who keeps a street is not told what it belongs to.</summary>
    [Test]
    public async Task OrganizationAboveTheScope_IsNoGroup()
    {
        var above = await office.GetAsync(
            "officer",
            "reports/positions?groupBy=organization&organizationKind=district-federation"
        );
        var own = await office.GetAsync("officer", "reports/positions?groupBy=organization&organizationKind=street-union");

        Assert.That(
            above.Expect(200).Text,
            Does.Not.Contain(office.District.ToString()).And.Contain("\"organization\":\"none\"")
        );
        Assert.That(own.Expect(200).Text, Does.Contain(office.Street.ToString()));
    }

    [Test]
    public async Task TableOfTimes_HasALineForAGroupInWhichNobodyArrived()
    {
        var csv = await office.AskAsync(
            "officer",
            "reports/time-to-rung?channel=grade-promotion&fromRung=career-start&toRung=technician",
            ReportCalls.Csv
        );

        var table = Sheets.SheetTests.ReadCsv(csv.Expect(200).Bytes);
        Assert.That(table, Has.Count.EqualTo(2), "the header and the one group");
        Assert.That(table[1].Take(5), Is.EqualTo(new[] { "all", "all", "1", "0", "0" }));
        Assert.That(table[1], Does.Contain("days"));
    }

    /// <summary>Days stand in a refusal as they are written everywhere.</summary>
    [Test]
    public async Task DaysOfARefusal_AreIso()
    {
        var refused = await office.GetAsync(
            "officer",
            "reports/transitions?channel=grade-promotion&from=2026-01-02&to=2025-12-31"
        );

        Assert.That(refused.Text, Does.Contain("2026-01-02").And.Contain("2025-12-31"));
    }

    private async Task TransferAsync(Guid worker, Guid to, string from)
    {
        var transfer = new
        {
            kind = "labour-contract",
            organizationId = to,
            from,
            transfer = true,
        };
        (await office.PostAsync(TestAccounts.Office, $"workers/{worker}/affiliations", transfer)).Expect(201);
    }

    private async Task<int> LevelsAsync(string account, string asOf) =>
        Total((await office.GetAsync(account, $"reports/positions?groupBy=level&asOf={asOf}")).Expect(200).Body);

    private static int Total(JsonElement body) =>
        body.GetProperty("cells").EnumerateArray().Sum(c => c.GetProperty("workers").GetInt32());

    private string Now() => Instant.From(office.Clock.GetUtcNow()).ToString();

    private static string Header(AccessReply reply, string name) =>
        reply.HeaderText.Split('\n').Single(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split(':')[1].Trim();

    private static void Refused(string code, AccessReply reply) =>
        Assert.That((reply.Status, reply.Code), Is.EqualTo((403, code)), reply.Text);
}
