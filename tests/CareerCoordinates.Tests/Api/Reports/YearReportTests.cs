using System.Text.Json;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Reports;

/// <summary>A street's year as its officer and its analyst see it: milestones and indicators.</summary>
[BothEngines]
public class YearReportTests(TestEngine engine) : StreetOfTwoYears(engine)
{
    private const string Of2025 = "from=2025-01-01&to=2025-12-31";

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
