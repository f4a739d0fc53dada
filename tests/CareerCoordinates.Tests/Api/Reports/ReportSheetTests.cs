using System.Globalization;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Sheets;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Http.Extensions;

namespace CareerCoordinates.Tests.Api.Reports;

/// <summary>Every report as CSV and as a workbook: the figures of the JSON, with names for people, and what was asked.</summary>
[BothEngines]
public class ReportSheetTests(TestEngine engine)
{
    private const string Formula = "=HYPERLINK(1)";
    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        await office.AccountAsync("district", AccessOffice.Grant(Role.Officer, office.District));
        var trap = await office.FoundAsync(Formula, "enterprise", office.Street);
        await office.HireAsync(trap);
        await office.ReadyAsync();
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task EveryReport_ComesInAllForms([Values("officer", "analyst")] string account)
    {
        foreach (var report in KnownReports.All)
        {
            var path = $"reports/{report.Name}{new QueryBuilder(report.Needed())}";

            var json = (await office.AskAsync(account, path)).Expect(200);
            var csv = (await office.AskAsync(account, path, ReportCalls.Csv)).Expect(200);
            var xlsx = (await office.AskAsync(account, path, ReportCalls.Xlsx)).Expect(200);

            Assert.That(json.MediaType, Is.EqualTo("application/json"), report.Name);
            Assert.That(csv.MediaType, Is.EqualTo("text/csv; charset=utf-8"), report.Name);
            Assert.That(xlsx.MediaType, Is.EqualTo(ReportCalls.Xlsx), report.Name);
            Assert.That(csv.FileName, Does.StartWith(report.Name + "-").And.EndsWith(".csv"));
            var table = SheetTests.ReadCsv(csv.Bytes);
            Assert.That(table.Select(row => row.Length).Distinct().Count(), Is.EqualTo(1), report.Name);
            using var workbook = SheetTests.Open(xlsx.Bytes);
            Assert.That(SheetTests.Names(workbook), Is.EqualTo(new[] { report.Title.En, "about" }));
            var isProtected = account == "analyst";
            Assert.That(
                SheetTests.Rows(workbook, 0).Select(row => row.Select(SheetTests.Shown)),
                Is.EqualTo(isProtected ? table.Select(row => row[..^1]) : table),
                "The workbook has the cells of the CSV."
            );
            Assert.That(table[0][^1] == "counts", Is.EqualTo(isProtected), "A CSV has no second sheet that says so.");
            Assert.That(csv.FileName!.EndsWith("-protected.csv", StringComparison.Ordinal), Is.EqualTo(isProtected));
            var about = SheetTests.Rows(workbook, 1).Select(row => string.Join(" | ", row.Select(SheetTests.Shown))).ToList();
            foreach (var parameter in json.Body.GetProperty("question").EnumerateObject().Where(p => p.Name == "knownAt"))
            {
                Assert.That(about, Has.Some.StartsWith("known at | "), report.Name);
            }
            Assert.That(about, Has.Some.StartsWith("counts | " + json["counts"]), report.Name);
            Assert.That(about, Has.Some.StartsWith("framework | "), report.Name);
            Assert.That(about, Has.Some.StartsWith("use limit | "), report.Name);
            Assert.That(about.Exists(line => line.StartsWith("notice | ", StringComparison.Ordinal)), Is.EqualTo(isProtected));
        }
    }

    [Test]
    public async Task Csv_HasTheFiguresOfTheJson_WithNamesInTheLanguageAskedFor()
    {
        const string path = "reports/positions?asOf=2025-12-31";
        var json = (await office.AskAsync("officer", path)).Expect(200);

        var zh = SheetTests.ReadCsv((await office.AskAsync("officer", path, ReportCalls.Csv, "zh-CN")).Expect(200).Bytes);
        var en = SheetTests.ReadCsv((await office.AskAsync("officer", path, ReportCalls.Csv)).Expect(200).Bytes);

        Assert.That(zh[0], Is.EqualTo(new[] { "通道代码", "通道", "台阶代码", "台阶", "职工人数" }));
        Assert.That(en[0], Is.EqualTo(new[] { "channel code", "channel", "rung code", "rung", "workers" }));
        var cells = json
            .Body.GetProperty("cells")
            .EnumerateArray()
            .Select(c =>
                new[] { c.GetProperty("channel").GetString(), c.GetProperty("rung").GetString(), $"{c.GetProperty("workers")}" }
            );
        Assert.That(en.Skip(1).Select(r => new[] { r[0], r[2], r[4] }), Is.EqualTo(cells).And.Not.Empty);
        var channel = office.Store.Frameworks.Current.Channels[0];
        Assert.That(zh.Skip(1).First(r => r[0] == channel.Code)[1], Is.EqualTo(channel.Name.Zh));
        Assert.That(en.Skip(1).First(r => r[0] == channel.Code)[1], Is.EqualTo(channel.Name.En));
        Assert.That(zh.Skip(1).First(r => r[2] == "none")[3], Is.EqualTo("无"));
    }

    [Test]
    public async Task NameOfAnOrganisation_IsNoFormula()
    {
        const string path = "reports/positions?groupBy=organization,level";

        var csv = SheetTests.ReadCsv((await office.AskAsync("district", path, ReportCalls.Csv)).Expect(200).Bytes);
        using var workbook = SheetTests.Open((await office.AskAsync("district", path, ReportCalls.Xlsx)).Expect(200).Bytes);

        Assert.That(csv.Select(row => row[1]), Has.Some.EqualTo("'" + Formula).And.None.EqualTo(Formula));
        Assert.That(csv.Select(row => row[1]), Has.Some.EqualTo("东街机器厂"));
        var cell = SheetTests.Rows(workbook, 0).Select(row => row[1]).Single(c => SheetTests.Shown(c) == Formula);
        Assert.That(cell.CellFormula, Is.Null);
        // The level is a number, and stands beside its name.
        Assert.That(csv[1][2], Is.EqualTo("0"));
        Assert.That(csv[1][3], Is.EqualTo("none"));
    }

    [Test]
    public async Task QuestionSheet_SaysInWordsWhatWasAsked()
    {
        var about = new List<string>();
        foreach (
            var path in new[]
            {
                "reports/positions?groupBy=organization,level&organizationKind=street-union",
                "reports/indicators?year=2025&yearKind=october",
                "reports/time-to-rung?channel=grade-promotion&fromRung=career-start&toRung=technician&groupBy=organization",
            }
        )
        {
            using var workbook = SheetTests.Open((await office.AskAsync("district", path, ReportCalls.Xlsx)).Expect(200).Bytes);
            about.AddRange(SheetTests.Rows(workbook, 1).Select(row => string.Join(" | ", row.Select(SheetTests.Shown))));
        }

        Assert.That(about, Has.Some.EqualTo("grouped by | organization,level | organisation, level"));
        Assert.That(about, Has.Some.EqualTo("organisation kind | street-union | street union"));
        Assert.That(about, Has.Some.EqualTo("kind of year | october | union year (1 October to 30 September)"));
        Assert.That(about, Has.Some.StartsWith("remark | 东街机器厂: "));
    }

    [Test]
    public async Task ProtectedCounts_StayHidden()
    {
        var csv = SheetTests.ReadCsv((await office.AskAsync("analyst", "reports/grid", ReportCalls.Csv)).Expect(200).Bytes);

        Assert.That(csv.Skip(1).Select(row => row[^2]), Has.All.EqualTo("<10").And.Not.Empty);
        Assert.That(csv.Skip(1).Select(row => row[^1]), Has.All.EqualTo("protected, not for statutory returns"));
    }

    [TestCase("application/pdf")]
    [TestCase("image/png")]
    [TestCase("application/json;q=0")]
    public async Task FormThatNoReportHas_IsRefused_WithThoseThatThereAre(string accept)
    {
        var grid = new
        {
            report = "grid",
            name = "Grid",
            parameters = new { },
        };
        var saved = (await office.AskAsync("officer", HttpMethod.Post, "saved-reports", grid)).Expect(201);
        string[] paths =
        [
            .. KnownReports.All.Select(report => $"reports/{report.Name}{new QueryBuilder(report.Needed())}"),
            "reports/positions/people",
            $"saved-reports/{saved["id"]}/result",
        ];
        foreach (var path in paths)
        {
            var refused = (await office.AskAsync("officer", HttpMethod.Get, path, null, accept)).Expect(406);

            Assert.That(refused["code"], Is.EqualTo("not-acceptable"), path);
            Assert.That(
                refused["detail"],
                Does.Contain(ReportCalls.Csv).And.Contains(ReportCalls.Xlsx).And.Contains("application/json")
            );
        }
        // Who may not ask is told so first, and what has one form is given in it.
        (await office.AskAsync("analyst", HttpMethod.Get, "reports/positions/people", null, accept)).Expect(403);
        (await office.AskAsync("officer", HttpMethod.Get, "saved-reports", null, accept)).Expect(200);
    }

    [Test]
    public async Task ClosedQuestion_GivesTheSameBytes_AndTheirTagIsKnownAgain()
    {
        office.Clock.Pass(TimeSpan.FromMinutes(1));
        var knownAt = (await office.Store.ClosedThroughAsync()).ToString();
        foreach (var accept in new[] { ReportCalls.Csv, ReportCalls.Xlsx })
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"reports/grid?asOf=2025-12-31&knownAt={knownAt}");

            var first = (await office.AskAsync("officer", path, accept)).Expect(200);
            var again = (await office.AskAsync("officer", path, accept)).Expect(200);
            var known = await office.AskAsync(
                "officer",
                HttpMethod.Get,
                path,
                null,
                accept,
                header: ("If-None-Match", first.Etag!)
            );
            var other = await office.AskAsync("officer", path, accept, "zh");

            Assert.That(again.Bytes, Is.EqualTo(first.Bytes));
            known.Expect(304);
            Assert.That(other.Etag, Is.Not.EqualTo(first.Etag));
        }
    }
}
