using System.Text.Json;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Sheets;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Reports;

/// <summary>The people behind a number as a sheet: all of them or the page asked for, each in the audit trail, and how many are not listed.</summary>
[BothEngines]
public class PeopleSheetTests(TestEngine engine)
{
    /// <summary>More than a page has by default.</summary>
    private const int Hired = 60;

    private const string Formula = "=HYPERLINK(1)";
    private const string Path = "reports/positions/people?groupBy=level&cell.level=0&asOf=2024-06-30";
    private const string Moves =
        "reports/transitions/people?channel=grade-promotion&from=2024-06-30&to=2024-12-31&cell.fromRung=none&cell.toRung=none";

    private readonly List<Guid> people = [];
    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        people.Add(office.Worker);
        for (var i = 0; i < Hired; i++)
        {
            people.Add(await office.HireAsync(office.Works, i == 0 ? Formula : $"Hand {i}"));
        }
        var gone = await office.HireAsync(office.Works, "CANARY-GONE");
        var transfer = new
        {
            kind = "labour-contract",
            organizationId = office.OtherWorks,
            from = "2024-07-01",
            transfer = true,
        };
        (await office.PostAsync(TestAccounts.Office, $"workers/{gone}/affiliations", transfer)).Expect(201);
        people.Sort((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task Sheet_HasAllPeople_WithNamesBesideCodes_AndNoFormula()
    {
        var csv = (await office.AskAsync("officer", Path, ReportCalls.Csv)).Expect(200);
        var xlsx = (await office.AskAsync("officer", Path, ReportCalls.Xlsx, "zh-CN")).Expect(200);

        Assert.That(csv.FileName, Is.EqualTo("positions-people-by-level-2024-06-30.csv"));
        var table = SheetTests.ReadCsv(csv.Bytes);
        string[] headers =
        [
            "number",
            "name",
            "gender code",
            "gender",
            "birth date",
            "career start",
            "migrant worker",
            "ID number (hidden)",
            "erased",
            "id",
        ];
        Assert.That(table[0], Is.EqualTo(headers));
        Assert.That(table.Skip(1).Select(row => Guid.Parse(row[^1])), Is.EqualTo(people));
        Assert.That(table.Select(row => row[1]), Has.Some.EqualTo("'" + Formula).And.Some.EqualTo("Hand 7"));
        Assert.That(csv.Text, Does.Not.Contain("CANARY"));
        Assert.That(csv.Headers["Moved-On"], Is.EqualTo("1"));
        Assert.That(csv.Headers.Keys, Has.None.EqualTo("Link"));
        using var workbook = SheetTests.Open(xlsx.Bytes);
        Assert.That(SheetTests.Names(workbook), Is.EqualTo(new[] { "坐标分布-人员名单", "说明" }));
        Assert.That(SheetTests.Rows(workbook, 0), Has.Count.EqualTo(people.Count + 1));
        var about = SheetTests.Rows(workbook, 1).Select(row => string.Join(" | ", row.Select(SheetTests.Shown))).ToList();
        Assert.That(about, Has.Some.EqualTo("单元格：层 | 0 | 无"));
        Assert.That(about, Has.Some.Contains("人数 62：其中 61 人目前在您的管理范围内，1 人已转出"));
    }

    [Test]
    public async Task Page_IsThePageOfTheJson_AndLeadsToTheNext()
    {
        const string page = Path + "&limit=40";
        var first = (await office.AskAsync("officer", page)).Expect(200);
        var sheet = (await office.AskAsync("officer", page, ReportCalls.Csv)).Expect(200);
        var next = Path + "&limit=40&cursor=" + first["nextCursor"];
        var last = (await office.AskAsync("officer", next, ReportCalls.Csv)).Expect(200);

        Assert.That(Listed(first.Body), Is.EqualTo(people.Take(40)));
        Assert.That(Ids(sheet), Is.EqualTo(people.Take(40)));
        Assert.That(sheet.Headers["Link"], Does.Contain("cursor=").And.EndsWith("rel=\"next\""));
        Assert.That(Ids(last), Is.EqualTo(people.Skip(40)));
        Assert.That(last.Headers.Keys, Has.None.EqualTo("Link"));
        using var workbook = SheetTests.Open((await office.AskAsync("officer", page, ReportCalls.Xlsx)).Expect(200).Bytes);
        var about = SheetTests.Rows(workbook, 1).Select(row => string.Join(" | ", row.Select(SheetTests.Shown)));
        Assert.That(about, Has.Some.Contains("one page of them, with 40 people"));
    }

    [Test]
    public async Task EverybodyOnASheet_IsInTheTrail()
    {
        (await office.AskAsync("officer", Moves, ReportCalls.Csv)).Expect(200);

        foreach (var worker in new[] { people[0], people[^1] })
        {
            var trail = await office.GetAsync("auditor", $"audit-entries?worker={worker}");
            Assert.That(trail.Expect(200).Text, Does.Contain("listPeopleOfTransitions"));
        }
    }

    [Test]
    public async Task List_CanBeAskedToIncludeACommit()
    {
        var bad = await office.AskAsync("officer", HttpMethod.Get, Path, null, header: ("Min-Data-Version", "soon"));

        Assert.That((bad.Status, bad["code"]), Is.EqualTo((400, "bad-data-version")));
        var known = (await office.AskAsync("officer", Path)).Headers["Data-Version"];
        (await office.AskAsync("officer", HttpMethod.Get, Path, null, header: ("Min-Data-Version", known))).Expect(200);
    }

    private static IEnumerable<Guid> Listed(JsonElement body) =>
        body.GetProperty("items").EnumerateArray().Select(w => w.GetProperty("id").GetGuid());

    private static IEnumerable<Guid> Ids(Reply csv) => SheetTests.ReadCsv(csv.Bytes).Skip(1).Select(row => Guid.Parse(row[^1]));
}
