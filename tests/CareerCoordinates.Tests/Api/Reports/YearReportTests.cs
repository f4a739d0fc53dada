using System.Text.Json;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;
using DocumentFormat.OpenXml.Spreadsheet;

namespace CareerCoordinates.Tests.Api.Reports;

/// <summary>A street's year as its officer and its analyst see it: milestones, indicators, and the year beside the one before.</summary>
[BothEngines]
public class YearReportTests(TestEngine engine)
{
    private const string Of2025 = "from=2025-01-01&to=2025-12-31";

    private AccessOffice office = null!;
    private Guid moved;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        await office.AccountAsync("other-street", AccessOffice.Grant(Role.Officer, office.OtherStreet));
        await office.AccountAsync("works", AccessOffice.Grant(Role.Officer, office.Works));
        await CertifyAsync(office.Worker, "5", "2024-05-05");
        var corrected = await CertifyAsync(office.Worker, "4", "2025-05-05");
        var seen = await office.GetAsync("officer", $"workers/{office.Worker}/milestones/{corrected}");
        var better = new
        {
            type = "skill-level-certificate",
            occurredOn = "2025-05-06",
            attributes = new { grade = "3", certificateNo = "A1" },
            reason = "mistyped",
        };
        (
            await office.SendAsync(
                "officer",
                HttpMethod.Put,
                $"workers/{office.Worker}/milestones/{corrected}",
                better,
                seen.Etag
            )
        ).Expect(200);
        (await office.DoAsync("verifier", office.Worker, corrected, "verify")).Expect(200);
        // Not verified: it counts nowhere.
        await RecordAsync(office.Worker, "skill-level-certificate", "2025-06-06", new { grade = "2", certificateNo = "A1" });
        moved = await office.HireAsync(office.Works, "He Yi");
        await CertifyAsync(moved, "5", "2025-03-03");
        await CertifyAsync(moved, "4", "2025");
        var place = (await office.GetAsync("officer", $"workers/{moved}/affiliations")).Items[0];
        (
            await office.PostAsync(
                Api.TestAccounts.Office,
                $"workers/{moved}/affiliations/{place.GetProperty("id").GetGuid()}:end",
                new { on = "2025-06-30", reason = "moved" },
                place.GetProperty("etag").GetString()
            )
        ).Expect(200);
        var next = new
        {
            kind = "labour-contract",
            organizationId = office.OtherWorks,
            from = "2025-07-01",
        };
        (await office.PostAsync(Api.TestAccounts.Office, $"workers/{moved}/affiliations", next)).Expect(201);
        foreach (var (year, number) in new[] { (2024, 5), (2025, 8) })
        {
            var essays = new
            {
                organizationId = office.Street,
                indicator = "essays",
                figure = "essays",
                year,
                yearKind = "calendar",
                number,
                source = "the list of the street",
            };
            (await office.PostAsync("officer", "entered-figures", essays)).Expect(201);
        }
        for (var i = 0; i < 30; i++)
        {
            var one = await office.HireAsync(office.Works);
            await office.FillAsync(one, 1, "volunteer-service", "2015-01-15", ("hours", AttributeValue.Of(2)));
        }
        office.Store.Projection.Load(CancellationToken.None);
        office.Clock.Pass(TimeSpan.FromDays(1));
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task Officer_CountsMilestonesOfTheirOwnDay_EachOnce_AsItIsNow()
    {
        Assert.That(
            await RowsAsync("officer", Of2025 + "&groupBy=type,month&type=skill-level-certificate"),
            Is.EqualTo(["skill-level-certificate 2025-03: 1 of 1", "skill-level-certificate 2025-05: 1 of 1"])
        );
        Assert.That(
            await RowsAsync("other-street", Of2025 + "&groupBy=month"),
            Is.EqualTo(["2025-12: 1 of 1"]),
            "a year alone counts from its last day, and he had moved by then"
        );
        Assert.That(await RowsAsync("officer", Of2025 + "&kind=certification"), Is.EqualTo([": 2 of 2"]));
        Assert.That(
            await RowsAsync("officer", "from=2025-05-05&to=2025-05-05&groupBy=kind"),
            Is.Empty,
            "the day before the correction"
        );
        Assert.That(
            await RowsAsync("officer", $"{Of2025}&groupBy=organization&organizationKind=street-union&kind=certification"),
            Is.EqualTo([$"{office.Street}: 2 of 2"])
        );
        Assert.That(await RowsAsync("officer", Of2025 + "&kind=certification&level=3"), Is.Empty);
        Assert.That(
            await RowsAsync("officer", Of2025 + "&kind=certification&level=4"),
            Is.EqualTo([": 1 of 1"]),
            "on the day of the certificate that lifts him there"
        );
    }

    [Test]
    public async Task PeopleBehindARow_AreThoseWhoAreHereToday_AndHowManyMovedOn()
    {
        const string certified = "milestones/people?" + Of2025 + "&kind=certification";
        var all = await ReportAsync("officer", certified);
        var march = await ReportAsync("officer", certified + "&groupBy=month&cell.month=2025-03");
        var may = await ReportAsync(
            "officer",
            certified + "&groupBy=type,month&cell.type=skill-level-certificate&cell.month=2025-05"
        );
        var elsewhere = await ReportAsync("other-street", certified);

        Assert.That(People(all), Is.EqualTo($"2, 1 moved on: {office.Worker}"));
        Assert.That(People(march), Is.EqualTo("1, 1 moved on: "));
        Assert.That(People(may), Is.EqualTo($"1, 0 moved on: {office.Worker}"));
        Assert.That(People(elsewhere), Is.EqualTo($"1, 0 moved on: {moved}"));
        Assert.That(may.GetProperty("question").GetProperty("cell.month").GetString(), Is.EqualTo("2025-05"));
        foreach (var account in new[] { "analyst", "auditor", "verifier" })
        {
            Assert.That((await office.GetAsync(account, "reports/" + certified)).Status, Is.EqualTo(403), account);
        }

        static string People(JsonElement body) =>
            $"{body.GetProperty("workers")}, {body.GetProperty("movedOn")} moved on: "
            + string.Join(' ', body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()));
    }

    [Test]
    public async Task PeopleBehindARow_ComeAPageAtATime()
    {
        const string volunteers = "milestones/people?from=2015-01-01&to=2015-01-31&limit=20";
        var first = await ReportAsync("officer", volunteers);
        var next = await ReportAsync("officer", $"{volunteers}&cursor={first.GetProperty("nextCursor").GetString()}");

        Assert.That(first.GetProperty("items").GetArrayLength(), Is.EqualTo(20));
        Assert.That(next.GetProperty("items").GetArrayLength(), Is.EqualTo(10));
        Assert.That(next.GetProperty("workers").GetInt32(), Is.EqualTo(30));
    }

    [TestCase("groupBy=type&cell.type=medal", "no-such-cell")]
    [TestCase("groupBy=month&cell.month=2024-12", "no-such-cell")]
    [TestCase("groupBy=keyNode&cell.keyNode=nowhere", "no-such-cell")]
    [TestCase("groupBy=type,month&cell.type=volunteer-service", "unknown-cell")]
    [TestCase("cell.type=volunteer-service", "row-without-dimension")]
    [TestCase("type=party-development", "restricted-type-not-listed")]
    [TestCase("groupBy=type&cell.type=party-development", "restricted-type-not-listed")]
    public async Task PeopleBehindNoRow_AreRefusedWithTheRemedy(string query, string code)
    {
        var refused = await office.GetAsync("officer", $"reports/milestones/people?{Of2025}&{query}");

        Assert.That((refused.Status, refused.Code), Is.EqualTo((400, code)), refused.Text);
    }

    [Test]
    public async Task ASum_IsOfTheAttribute_ForAnAnalystToThreeDigits()
    {
        const string question = "milestones?from=2015-01-01&to=2015-01-31&sum=hours&groupBy=type&type=volunteer-service";
        var row = (await ReportAsync("officer", question)).GetProperty("rows")[0];
        var guarded = (await ReportAsync("analyst", question)).GetProperty("rows")[0];

        Assert.That((row.GetProperty("milestones").GetInt32(), row.GetProperty("workers").GetInt32()), Is.EqualTo((30, 30)));
        Assert.That(row.GetProperty("sum").GetDecimal(), Is.EqualTo(60));
        Assert.That(guarded.GetProperty("workers").GetInt32(), Is.InRange(25, 35));
        var workers = guarded.GetProperty("workers").GetInt32();
        Assert.That(guarded.GetProperty("milestones").GetInt32(), Is.InRange(workers, workers + Noise.Bound));
        Assert.That(guarded.GetProperty("sum").GetDecimal(), Is.EqualTo(2 * guarded.GetProperty("workers").GetInt32()));
    }

    [Test]
    public async Task Indicators_AreOfTheYear_ComputedBesideEntered()
    {
        var report = await ReportAsync("officer", "indicators?year=2025");

        Assert.That(Value(report, "workers-total", "workers"), Is.EqualTo("31"));
        Assert.That(Value(report, "certificates-year", "certificates"), Is.EqualTo("2"));
        Assert.That(Value(report, "certificates-year", "by-grade", "5"), Is.EqualTo("1"));
        Assert.That(Value(report, "certificates-year", "by-grade", "4"), Is.EqualTo("0"));
        Assert.That(Value(report, "certificates-year", "by-grade", "3"), Is.EqualTo("1"));
        Assert.That(Value(report, "high-skilled-share", "share"), Is.EqualTo("1"));
        Assert.That(Value(report, "essays", "essays"), Is.EqualTo("8"));
        Assert.That(Value(report, "hotline-calls", "taken"), Is.EqualTo(""), "nobody entered it, which is not 0");
        Assert.That(IndicatorOf(report, "essays").GetProperty("source").GetString(), Is.EqualTo("entered"));
        Assert.That(
            IndicatorOf(report, "essays").GetProperty("figures")[0].GetProperty("organizations").GetInt32(),
            Is.EqualTo(1)
        );
        Assert.That(IndicatorOf(report, "certificates-year").GetProperty("source").GetString(), Is.EqualTo("computed"));
        Assert.That(
            (report.GetProperty("isOver").GetBoolean(), report.GetProperty("asOf").GetString()),
            Is.EqualTo((true, "2025-12-31"))
        );
    }

    [Test]
    public async Task AFilterOnWorkers_NarrowsWhatCountsWorkers_AndNothingElse()
    {
        var report = await ReportAsync("officer", "indicators?year=2025&level=4");

        Assert.That(Value(report, "workers-total", "workers"), Is.EqualTo("1"));
        Assert.That(Value(report, "essays", "essays"), Is.EqualTo(""));
        Assert.That(Value(report, "grassroots-unions", "unions"), Is.EqualTo(""));
        Assert.That(report.GetProperty("notCounted").GetArrayLength(), Is.GreaterThan(0));
    }

    [Test]
    public async Task AYearFromOctober_IsCalledAfterItsEnd()
    {
        var report = await ReportAsync("officer", "indicators?year=2025&yearKind=october");

        Assert.That(
            (report.GetProperty("from").GetString(), report.GetProperty("asOf").GetString()),
            Is.EqualTo(("2024-10-01", "2025-09-30"))
        );
        Assert.That(Value(report, "certificates-year", "certificates"), Is.EqualTo("2"));
        Assert.That(Value(report, "essays", "essays"), Is.EqualTo(""), "it was entered for the calendar year");
    }

    [Test]
    public async Task ARunningYear_CountsUntilToday_AndSaysSo()
    {
        var report = await ReportAsync("officer", "indicators?year=2026");

        Assert.That(
            (report.GetProperty("isOver").GetBoolean(), report.GetProperty("asOf").GetString()),
            Is.EqualTo((false, "2026-11-23"))
        );
        Assert.That(await CodeAsync("analyst", "indicators?year=2026"), Is.EqualTo("year-not-over"));
        Assert.That(await CodeAsync("analyst", "annual?year=2026"), Is.EqualTo("year-not-over"));
        Assert.That(await CodeAsync("officer", "annual?year=2027"), Is.EqualTo("year-not-begun"));
        Assert.That(await CodeAsync("officer", "annual?year=2025&knownAt=0001-01-01T00:00:00Z"), Is.EqualTo("year-not-begun"));
        Assert.That(
            await CodeAsync("analyst", "indicators?year=2025&knownAt=0001-01-01T00:00:00Z"),
            Is.EqualTo("year-not-begun")
        );
    }

    [Test]
    public async Task Annual_PutsTheYearBesideTheOneBefore_InTheModelsOrder_Signed()
    {
        var report = await ReportAsync("officer", "annual?year=2025");

        Assert.That(Line(report, "certificates-year", "certificates"), Is.EqualTo("2 1 1 computed"));
        Assert.That(Line(report, "certificates-year", "by-grade", "3"), Is.EqualTo("1 0 1 computed"));
        Assert.That(Line(report, "essays", "essays"), Is.EqualTo("8 5 3 entered"));
        Assert.That(Line(report, "workers-total", "workers"), Is.EqualTo("31 32 -1 computed"));
        Assert.That(Line(report, "hotline-calls", "taken"), Is.EqualTo("   entered"));
        Assert.That(report.GetProperty("lastYearAsOf").GetString(), Is.EqualTo("2024-12-31"));
        Assert.That(
            report.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("section").GetString()).Distinct(),
            Is.EqualTo(["main-line", "goal", "initiative", "channel", "service", "other"])
        );
        var signed = report.GetProperty("signed");
        Assert.That(signed.GetProperty("by").GetString(), Is.EqualTo("officer"));
        Assert.That(report.GetProperty("knownAtClosed").GetBoolean(), Is.True);
        Assert.That(signed.GetProperty("knownAt").GetString(), Is.EqualTo(report.GetProperty("knownAt").GetString()));

        var again = await office.GetAsync("officer", $"reports/annual?year=2025&knownAt={signed.GetProperty("knownAt")}");
        var oncemore = await office.GetAsync("officer", $"reports/annual?year=2025&knownAt={signed.GetProperty("knownAt")}");
        Assert.That(oncemore.Text, Is.EqualTo(again.Expect(200).Text));
        Assert.That(again.HeaderText, Does.Contain("immutable"));
    }

    /// <summary>The certificate of "2025" counts on the year's last day, to which neither year has come.</summary>
    [Test]
    public async Task AnnualOfARunningYear_StandsBesideAsMuchOfTheOneBefore()
    {
        var whole = await ReportAsync("other-street", "annual?year=2025");
        var running = await ReportAsync("other-street", "annual?year=2026");
        var workbook = (await office.AskAsync("officer", "reports/annual?year=2026", ReportCalls.Xlsx)).Expect(200);

        Assert.That(Line(whole, "certificates-year", "certificates"), Is.EqualTo("1 0 1 computed"));
        Assert.That(Line(running, "certificates-year", "certificates"), Is.EqualTo("0 0 0 computed"));
        Assert.That(running.GetProperty("lastYearAsOf").GetString(), Is.EqualTo("2025-11-23"));
        Assert.That(
            Line(await ReportAsync("officer", "annual?year=2026"), "essays", "essays"),
            Is.EqualTo(" 8  entered"),
            "what is entered is of the whole year"
        );
        using var document = Sheets.SheetTests.Open(workbook.Bytes);
        var about = Sheets.SheetTests.Rows(document, 1).SelectMany(row => row.Select(Sheets.SheetTests.Shown));
        Assert.That(about, Has.Some.StartsWith("last year is counted until the same day, 2025-11-23;"));
    }

    [Test]
    public async Task AShare_IsOneOfParts_AndInPerCentInAWorkbook()
    {
        var report = await ReportAsync("officer", "annual?year=2025");
        var share = LineOf(report, "high-skilled-share", "share");
        var workbook = (await office.AskAsync("officer", "reports/annual?year=2025", ReportCalls.Xlsx)).Expect(200);

        Assert.That(
            (share.GetProperty("isShare").GetBoolean(), share.GetProperty("thisYear").GetDecimal()),
            Is.EqualTo((true, 1m))
        );
        Assert.That(LineOf(report, "workers-total", "workers").GetProperty("isShare").GetBoolean(), Is.False);
        using var document = Sheets.SheetTests.Open(workbook.Bytes);
        var row = Sheets.SheetTests.Rows(document, 0).Single(cells => cells.Any(c => Sheets.SheetTests.Shown(c) == "占比"));
        var formats = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ToList();
        Assert.That(
            row.Where(c => c.DataType is null && c.CellValue is not null)
                .Select(c => formats[(int)c.StyleIndex!.Value].NumberFormatId!.Value),
            Is.Not.Empty.And.All.EqualTo(10u),
            "0.00%"
        );
    }

    [Test]
    public async Task AnnualWorkbook_NamesWhoSigned()
    {
        var workbook = (await office.AskAsync("officer", "reports/annual?year=2025", ReportCalls.Xlsx)).Expect(200);

        using var document = Sheets.SheetTests.Open(workbook.Bytes);
        var about = Sheets.SheetTests.Rows(document, 1).SelectMany(row => row.Select(Sheets.SheetTests.Shown));
        Assert.That(about, Has.Some.Match("^signed by officer at 20.*Shanghai\\) on the record of 20.*Shanghai\\)$"));
        Assert.That(about, Has.Some.EqualTo("counted for"), "two officers ask the same and count others");
    }

    /// <summary>The closed record lies ten seconds back: who asks for his own write is answered from the open one, which nobody signs.</summary>
    [Test]
    public async Task AnnualWithTheCommitOfAWrite_IsOfNow_AndNotSigned()
    {
        var asked = await office.AskAsync(
            "officer",
            HttpMethod.Get,
            "reports/annual?year=2025",
            null,
            header: ("Min-Data-Version", "1")
        );

        var report = asked.Expect(200).Body;
        Assert.That(report.GetProperty("knownAtClosed").GetBoolean(), Is.False);
        Assert.That(report.GetProperty("signed").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Analyst_GetsProtectedCounts_AndNothingOfFew()
    {
        var report = await ReportAsync("analyst", "indicators?year=2025");
        var workers = int.Parse(Value(report, "workers-total", "workers"));
        var annual = await ReportAsync("analyst", "annual?year=2025");

        Assert.That(workers, Is.InRange(26, 36));
        Assert.That(Value(report, "certificates-year", "certificates"), Is.EqualTo("hidden"));
        Assert.That(Value(report, "certificates-year", "by-grade", "3"), Is.EqualTo("hidden"));
        Assert.That(Value(report, "members-total", "members"), Is.EqualTo("<20"), "it tells of the political channel");
        Assert.That(Value(report, "high-skilled-share", "share"), Is.EqualTo("hidden"));
        Assert.That(Value(report, "essays", "essays"), Is.EqualTo("8"), "it names no person");
        Assert.That(annual.GetProperty("signed").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(
            await RowsAsync("analyst", Of2025 + "&groupBy=kind"),
            Has.Count.EqualTo(12).And.All.Matches(": hidden of <[12]0$"),
            "a kind that nobody has is a row like the others"
        );
        Assert.That(await RowsAsync("analyst", Of2025 + "&groupBy=organization"), Is.Empty);
    }

    [Test]
    public async Task ALateRecord_ChangesNothingOfWhatWasKnown()
    {
        var before = (await ReportAsync("officer", "milestones?from=2023-01-01&to=2023-12-31&groupBy=type")).GetProperty(
            "knownAt"
        );
        await CertifyAsync(office.Worker, "5", "2023-05-05");

        Assert.That(await RowsAsync("officer", $"from=2023-01-01&to=2023-12-31&knownAt={before}"), Is.Empty);
        Assert.That(await RowsAsync("officer", "from=2023-01-01&to=2023-12-31"), Is.EqualTo([": 1 of 1"]));
    }

    [TestCase("officer", "milestones?from=2025-01-02&to=2025-01-01", "from-after-to")]
    [TestCase("officer", "milestones?from=2015-01-01&to=2025-01-01", "report-span-too-long")]
    [TestCase("officer", "milestones?from=2025-01-01", "parameter-missing")]
    [TestCase("officer", "milestones?from=2025-01-01&to=2025-12-31&groupBy=stage", "unknown-milestone-dimension")]
    [TestCase("officer", "milestones?from=2025-01-01&to=2025-12-31&groupBy=kind,kind", "repeated-dimension")]
    [TestCase("officer", "milestones?from=2025-01-01&to=2025-12-31&groupBy=type,kind,month", "too-many-dimensions")]
    [TestCase(
        "officer",
        "milestones?from=2025-01-01&to=2025-12-31&organizationKind=enterprise",
        "organization-kind-without-dimension"
    )]
    [TestCase("officer", "milestones?from=2025-01-01&to=2025-12-31&type=nothing", "unknown-type-of-report")]
    [TestCase("officer", "milestones?from=2025-01-01&to=2025-12-31&kind=nothing", "unknown-kind-of-report")]
    [TestCase("officer", "milestones?from=2025-01-01&to=2025-12-31&kind=honour&type=lecture", "type-not-of-kind")]
    [TestCase("officer", "milestones?from=2025-01-01&to=2025-12-31&sum=topic", "attribute-not-summable")]
    [TestCase("officer", "milestones?from=2025-01-01&to=2025-12-31&sum=hours&kind=honour", "attribute-not-summable")]
    [TestCase("officer", "milestones?from=2025-01-01&to=2025-12-31&counts=protected", "protected-counts-not-allowed")]
    [TestCase("works", "milestones?from=2025-01-01&to=2025-12-31&type=difficulty-assistance", "restricted-type-not-counted")]
    [TestCase("analyst", "milestones?from=2025-01-02&to=2025-01-31", "first-of-month-only")]
    [TestCase("analyst", "milestones?from=2025-01-01&to=2025-01-30", "month-ends-only")]
    [TestCase("officer", "indicators", "parameter-missing")]
    [TestCase("officer", "indicators?year=1900", "out-of-range")]
    [TestCase("officer", "indicators?year=2025&yearKind=moon", "value-not-allowed")]
    [TestCase("officer", "indicators?year=2025&asOf=2025-06-30", "unknown-parameter")]
    [TestCase("officer", "annual?year=2025&stage=nothing", "unknown-stage")]
    public async Task ABadQuestion_IsRefused(string account, string question, string code) =>
        Assert.That(await CodeAsync(account, question), Is.EqualTo(code));

    private static JsonElement LineOf(JsonElement report, string indicator, string figure, string? row = null) =>
        report
            .GetProperty("lines")
            .EnumerateArray()
            .Single(l =>
                l.GetProperty("indicator").GetProperty("code").GetString() == indicator
                && l.GetProperty("figure").GetProperty("code").GetString() == figure
                && (l.GetProperty("row") is { ValueKind: JsonValueKind.Object } its ? its.GetProperty("code").GetString() : null)
                    == row
            );

    private static string Line(JsonElement report, string indicator, string figure, string? row = null)
    {
        var line = LineOf(report, indicator, figure, row);
        return $"{line.GetProperty("thisYear")} {line.GetProperty("lastYear")} {line.GetProperty("change")} {line.GetProperty("source")}";
    }

    private async Task<Guid> CertifyAsync(Guid worker, string grade, string on)
    {
        var id = await RecordAsync(worker, "skill-level-certificate", on, new { grade, certificateNo = "A1" });
        (await office.DoAsync("verifier", worker, id, "verify")).Expect(200);
        return id;
    }

    private async Task<Guid> RecordAsync(Guid worker, string type, string occurredOn, object attributes)
    {
        var milestone = new
        {
            type,
            occurredOn,
            attributes,
        };
        return (await office.PostAsync("officer", $"workers/{worker}/milestones", milestone)).Expect(201).Id;
    }

    private async Task<JsonElement> ReportAsync(string account, string question) =>
        (await office.GetAsync(account, "reports/" + question)).Expect(200).Body;

    private async Task<string?> CodeAsync(string account, string question) =>
        (await office.GetAsync(account, "reports/" + question)).Code;

    private async Task<List<string>> RowsAsync(string account, string question) =>
        MilestoneRowTexts.Of(await ReportAsync(account, "milestones?" + question));

    private static JsonElement IndicatorOf(JsonElement report, string code) =>
        report.GetProperty("indicators").EnumerateArray().Single(i => i.GetProperty("code").GetString() == code);

    /// <summary>The number as text; empty where there is none.</summary>
    private static string Value(JsonElement report, string indicator, string figure, string? row = null)
    {
        var found = IndicatorOf(report, indicator)
            .GetProperty("figures")
            .EnumerateArray()
            .Single(f => f.GetProperty("code").GetString() == figure);
        return row is null
            ? found.GetProperty("value").ToString()
            : found
                .GetProperty("rows")
                .EnumerateArray()
                .Single(r => r.GetProperty("code").GetString() == row)
                .GetProperty("value")
                .ToString();
    }
}

/// <summary>Rows of a milestone report as <c>codes: milestones of workers</c>.</summary>
internal static class MilestoneRowTexts
{
    public static List<string> Of(JsonElement report) =>
        [
            .. report
                .GetProperty("rows")
                .EnumerateArray()
                .Select(r =>
                    string.Join(
                        ' ',
                        r.EnumerateObject()
                            .Where(m => m.Name is not ("milestones" or "workers" or "sum"))
                            .Select(m => m.Value.ToString())
                    ) + $": {r.GetProperty("milestones")} of {r.GetProperty("workers")}"
                ),
        ];
}
