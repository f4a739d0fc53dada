using CareerCoordinates.Data.Imports;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Protection;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Engines;
using static CareerCoordinates.Tests.Api.Imports.WorkerImportTests;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>Who is meant by a row of a roster: by a number, by a name, in scope and out of it.</summary>
[BothEngines]
public class PersonOfRowTests(TestEngine engine)
{
    private AccessOffice office = null!;

    private (string, string)[] Roster => [("kind", "workers"), ("organization", $"{office.Works}")];

    [SetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task LeadingZeros_AreKept_AndMissed()
    {
        await office.TakeInAsync("姓名,工号,入职日期\n马岚,0042,2012-07-01\n", Roster);

        var looked = await office.UploadAsync(
            "officer",
            "姓名,工号,入职日期\n马岚,42,2012-07-01\n苏伟,042,2013-01-01\n苏桂枝,42,2013-01-01\n苏伟,42,2014-01-01\n",
            Roster
        );
        var apart = await office.UploadAsync("officer", "姓名,工号,入职日期\n苏伟,042,2013-01-01\n苏伟,42,2013-01-01\n", Roster);

        Assert.That(looked.Counts(), Is.EqualTo("checked 2 new, 0 changed, 0 same, 2 refused"), "42, 042 and 0042 are three");
        Assert.That(looked.Problems(), Is.EqualTo(["B2 leading-zeros-lost", "A5 twice-in-file"]));
        Assert.That(apart.Problems(), Is.EqualTo(["B3 leading-zeros-lost"]), "also where the zeros are in the same file");
    }

    [Test]
    public async Task LeadingZeros_OfSomebodyFoundByNameAndBirthDate_AreNotTakenAway()
    {
        await office.TakeInAsync(Header + Ma, Roster);
        var looked = await office.UploadAsync("officer", Header + Ma.Replace(",0042,", ",42,", StringComparison.Ordinal), Roster);

        Assert.That(looked.Problems(), Is.EqualTo(["B2 leading-zeros-lost"]));
        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 0 changed, 0 same, 1 refused"));
    }

    [Test]
    public async Task AmbiguousNames_AreRefused_WithTheCandidatesInScope()
    {
        foreach (var number in (string[])["0071", "0072"])
        {
            await office.HireAsync(office.Works, "马岚", number);
        }
        await office.HireAsync(office.OtherWorks, "马岚", "0073");

        var looked = await office.UploadAsync("officer", "姓名,出生日期,参加工作日期\n马岚,1990-02-14,2012-09-01\n", Roster);

        Assert.That(looked.Problems(), Is.EqualTo(["A2 person-ambiguous"]));
        var detail = $"{looked.Body.GetProperty("problems")[0].GetProperty("detail")}";
        Assert.That(detail, Does.Match("马岚 \\S+ 0071, 马岚 \\S+ 0072").Or.Match("马岚 \\S+ 0072, 马岚 \\S+ 0071"));
        Assert.That(detail, Does.Not.Contain("0073"));
    }

    [Test]
    public async Task WhoIsOutOfScope_IsLikeNobody()
    {
        await office.HireAsync(office.OtherWorks, "马岚", "0042");

        var looked = await office.UploadAsync(
            "officer",
            "姓名,出生日期,工号,入职日期\n马岚,1990-02-14,0042,2020-01-01\n",
            Roster
        );
        var elsewhere = await office.UploadAsync(
            "officer",
            "姓名,工号,单位,入职日期\n马岚,0042,西街机器厂,2020-01-01\n马岚,0042,没有的厂,2020-01-01\n",
            ("kind", "workers")
        );

        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"));
        Assert.That(elsewhere.Problems(), Is.EqualTo(["C2 unknown-organization-name", "C3 unknown-organization-name"]));
        var details = elsewhere.Body.GetProperty("problems").EnumerateArray().Select(p => $"{p.GetProperty("detail")}").ToList();
        Assert.That(
            details[0].Replace("西街机器厂", "", StringComparison.Ordinal),
            Is.EqualTo(details[1].Replace("没有的厂", "", StringComparison.Ordinal))
        );
    }

    [Test]
    public async Task AGenderThatTheIdNumberContradicts_IsTold_AndTaken()
    {
        var (one, other) = (Invented.IdNumber(), Invented.IdNumber());
        string Gender(string number, bool right) => ((number[16] - '0') % 2 == 1) == right ? "男" : "女";

        var looked = await office.UploadAsync(
            "officer",
            $"姓名,工号,身份证号,性别,入职日期\n马岚,0042,{one},{Gender(one, true)},1921-07-01\n苏伟,0043,{other},{Gender(other, false)},1921-07-01\n",
            Roster
        );

        Assert.That(looked.Counts(), Is.EqualTo("checked 2 new, 0 changed, 0 same, 0 refused"));
        Assert.That(looked.Warnings(), Is.EqualTo(["D3 gender-differs-from-id-number"]));
    }

    [Test]
    public async Task IdNumbers_AreSealed_AndToldNowhere()
    {
        var (one, other) = (Invented.IdNumber("1901-03-07"), Invented.IdNumber("1902-04-08"));
        var header = "姓名,工号,身份证号,出生日期,入职日期\n";
        var first = await office.TakeInAsync(
            header + $"马岚,0042,{one},1901-03-07,1921-07-01\n苏伟,0043,{one},1901-03-07,1921-07-01\n高山,{other},,,1921-07-01\n",
            Roster,
            skip: true
        );
        var ma = await office.OnlyAsync("马岚");

        var looked = await office.UploadAsync(
            "officer",
            header + $"马兰,,{one},,\n高海,0050,{Invented.Wrong(one)},,1921-07-01\n高海,0051,{other},1901-03-07,1921-07-01\n",
            Roster
        );
        await office.CommitAsync("officer", looked.Id, skip: true);
        var result = await office.GetAsync("officer", $"imports/{looked.Id}/result");
        var trail = await office.GetAsync("auditor", "audit-entries?account=officer");
        var shown = await office.GetAsync("officer", $"workers/{ma}");

        Assert.That(first.Problems(), Is.EqualTo(["A3 twice-in-file", "B4 id-number-elsewhere"]));
        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 1 changed, 0 same, 2 refused"));
        Assert.That(
            looked.Problems(),
            Is.EqualTo(["C3 id-number-check", "C4 id-number-and-birth-date", "D4 id-number-and-birth-date"])
        );
        Assert.That(shown["name"], Is.EqualTo("马兰"), "found by the number, corrected");
        Assert.That(shown["idNumber"], Is.EqualTo($"{one[0]}****************{one[^1]}"));
        Assert.That(first.Text + looked.Text + trail.Text + shown.Text, Does.Not.Contain(one[..17]).And.Not.Contain(other[..17]));
        Assert.That(result.Text, Does.Contain(one), "it is his own file");
        var said = result.Text.Split('\n').Select(line => line.Split(',', 6)[^1]);
        Assert.That(string.Join('\n', said), Does.Not.Contain(one[..17]));
        Assert.That(PlanOf(looked.Id), Does.Not.Contain(one[..17]).And.Not.Contain(other[..17]));
    }

    [Test]
    public async Task ANumberThatSomebodyElsewhereHas_IsRefused_AndTheTrailSaysSo()
    {
        var number = Invented.IdNumber();
        (
            await office.PostAsync(
                TestAccounts.Office,
                "workers",
                new
                {
                    name = "马岚",
                    idNumber = number,
                    affiliation = new
                    {
                        kind = "labour-contract",
                        organizationId = office.OtherWorks,
                        from = "1921-07-01",
                    },
                }
            )
        ).Expect(201);

        var looked = await office.UploadAsync("officer", $"姓名,身份证号,入职日期\n马岚,{number},1921-07-01\n", Roster);
        var trail = await office.GetAsync("auditor", "audit-entries?account=officer");

        Assert.That(looked.Problems(), Is.EqualTo(["B2 id-number-taken"]));
        Assert.That(trail.Text, Does.Contain("idNumbersTaken"));
    }

    [Test]
    public async Task AFileOfNumbers_IsNoWayToAskWhoIsOnRecord()
    {
        var numbers = Enumerable.Range(0, 51).Select(_ => Invented.IdNumber()).ToList();
        string SheetOf(int rows) =>
            "姓名,身份证号,单位,入职日期\n" + string.Concat(numbers.Take(rows).Select((n, i) => $"某{i},{n},{{0}},1921-07-01\n"));
        var recorded = await office.UploadAsync(
            TestAccounts.Office,
            string.Format(null, SheetOf(51), "西街机器厂"),
            ("kind", "workers")
        );
        (await office.CommitAsync(TestAccounts.Office, recorded.Id)).Expect(200);

        var some = await office.UploadAsync("officer", string.Format(null, SheetOf(50), ""), Roster);
        var many = await office.UploadAsync("officer", string.Format(null, SheetOf(51), ""), Roster);
        var trail = await office.GetAsync("auditor", "audit-entries?account=officer");

        Assert.That(some.Counts(), Is.EqualTo("checked 0 new, 0 changed, 0 same, 50 refused"), some.Text);
        Assert.That(many["state"], Is.EqualTo("failed"));
        Assert.That(many["detail"], Does.Contain("More than 50").And.Contain("调入"));
        Assert.That(many.Problems(), Is.Empty, "which of them are on record is not told");
        Assert.That(trail.Text, Does.Contain("\"idNumbersTaken\":51"));
    }

    [Test]
    public async Task NamesakesBornOnTheSameDay_WithStaffNumbersOfTheirOwn_AreTwoPeople()
    {
        const string sheet =
            "姓名,工号,出生日期,入职日期\n马岚,0042,1990-02-14,2012-07-01\n马岚,0043,1990-02-14,2012-07-01\n马岚,,1990-02-14,2012-07-01\n";

        var looked = await office.UploadAsync("officer", sheet, Roster);
        await office.CommitAsync("officer", looked.Id, skip: true);
        var again = await office.UploadAsync("officer", sheet, Roster);

        Assert.That(looked.Counts(), Is.EqualTo("checked 2 new, 0 changed, 0 same, 1 refused"), looked.Text);
        Assert.That(looked.Problems(), Is.EqualTo(["A4 twice-in-file"]));
        Assert.That(await office.FindAsync("马岚"), Has.Length.EqualTo(2));
        Assert.That(again.Counts(), Is.EqualTo("checked 0 new, 0 changed, 2 same, 1 refused"), again.Text);
    }

    [Test]
    public async Task WhoIsNotFound_IsNotTransferred_AndNotRecordedAnew()
    {
        var looked = await office.UploadAsync(
            "officer",
            "姓名,出生日期,关系类型,入职日期,调入\n马岚,1990-01-01,劳动合同,2015-03-01,是\n",
            ("kind", "workers"),
            ("organization", $"{office.Works}")
        );

        Assert.That(looked.Problems(), Is.EqualTo(["E2 nobody-to-transfer"]), looked.Text);
    }

    private string PlanOf(Guid import)
    {
        var row = office.Store.Reader.OnConnection(c => c.FindImport(import))!;
        using var plan = new System.IO.Compression.GZipStream(
            office.Store.OpenPart(row, "plan")!,
            System.IO.Compression.CompressionMode.Decompress
        );
        using var problems = new StreamReader(office.Store.OpenPart(row, "problems")!);
        using var text = new StreamReader(plan);
        return text.ReadToEnd() + problems.ReadToEnd();
    }
}
