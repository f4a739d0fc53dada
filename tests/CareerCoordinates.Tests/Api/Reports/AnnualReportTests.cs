using System.Text.Json;
using CareerCoordinates.Tests.Engines;
using DocumentFormat.OpenXml.Spreadsheet;

namespace CareerCoordinates.Tests.Api.Reports;

/// <summary>A street's year beside the one before, as its officer files it.</summary>
[BothEngines]
public class AnnualReportTests(TestEngine engine) : StreetOfTwoYears(engine)
{
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
        var csv = (await office.AskAsync("officer", "reports/annual?year=2026", ReportCalls.Csv)).Expect(200);
        Assert.That(
            Sheets.SheetTests.ReadCsv(csv.Bytes)[0],
            Has.Some.EqualTo("this year (computed until 2026-11-23)").And.Some.EqualTo("last year (computed until 2025-11-23)"),
            "it has nothing but its headers to say it"
        );
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

    /// <summary>A whole and its part both entered it; the sum is what was entered, and says that some may be in it twice.</summary>
    [Test]
    public async Task EnteredByAWholeAndItsPart_IsSaidToOverlap()
    {
        foreach (var (account, organization) in new[] { ("officer", office.Street), ("works", office.Works) })
        {
            var surveyed = new
            {
                organizationId = organization,
                indicator = "surveyed-workers",
                figure = "workers",
                year = 2025,
                yearKind = "calendar",
                number = 50,
                source = "the list",
            };
            (await office.PostAsync(account, "entered-figures", surveyed)).Expect(201);
        }
        // Until the record in which they stand is closed.
        office.Clock.Pass(TimeSpan.FromMinutes(1));

        var report = await ReportAsync("officer", "annual?year=2025");
        var part = await ReportAsync("works", "annual?year=2025");
        var indicators = await ReportAsync("officer", "indicators?year=2025");
        var csv = Sheets.SheetTests.ReadCsv(
            (await office.AskAsync("officer", "reports/annual?year=2025", ReportCalls.Csv)).Expect(200).Bytes
        );

        Assert.That(Line(report, "surveyed-workers", "workers"), Is.EqualTo("100   entered"));
        Assert.That(LineOf(report, "surveyed-workers", "workers").GetProperty("overlaps").GetBoolean(), Is.True);
        Assert.That(LineOf(report, "essays", "essays").GetProperty("overlaps").GetBoolean(), Is.False, "one entered it");
        Assert.That(Line(part, "surveyed-workers", "workers"), Is.EqualTo("50   entered"));
        Assert.That(LineOf(part, "surveyed-workers", "workers").GetProperty("overlaps").GetBoolean(), Is.False);
        var figures = indicators
            .GetProperty("indicators")
            .EnumerateArray()
            .SelectMany(i => i.GetProperty("figures").EnumerateArray());
        Assert.That(figures.Count(f => f.GetProperty("overlaps").GetBoolean()), Is.EqualTo(1));
        var at = Array.FindIndex(csv[0], header => header.Contains("counted twice", StringComparison.Ordinal));
        Assert.That(csv.Count(row => row[at] == "yes"), Is.EqualTo(1));
    }

    [Test]
    public async Task ProtectedCsv_TellsWhatWasEnteredFromWhatIsProtected()
    {
        var csv = Sheets.SheetTests.ReadCsv(
            (await office.AskAsync("analyst", "reports/annual?year=2025", ReportCalls.Csv)).Expect(200).Bytes
        );
        var source = Array.IndexOf(csv[0], "source code");

        Assert.That(
            csv.Skip(1).Select(row => (row[source], row[^1])).Distinct(),
            Is.EquivalentTo([("computed", "protected, not for statutory returns"), ("entered", "as organisations entered it")])
        );
    }

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
}
