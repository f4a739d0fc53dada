using System.Text;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>The roster of a unit from a spreadsheet: new people, corrections and moves.</summary>
[BothEngines]
public class WorkerImportTests(TestEngine engine)
{
    internal const string Header = "姓名,工号,出生日期,性别,是否农民工,参加工作时间,用工形式,职业编码,入职日期,离职日期\n";
    internal const string Ma = "马岚,0042,1990年2月14日,女,否,2012-7-1,单位职工,6-18-01-01,2012/7/1,\n";
    internal const string Su = "苏伟,0043,1988-05-01,男,是,2010-03-01,劳务派遣,,2015-03-01,\n";

    private AccessOffice office = null!;

    private (string, string)[] Roster => [("kind", "workers"), ("organization", $"{office.Works}")];

    [SetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task ARoster_RecordsNewPeople_WithTheirAffiliation()
    {
        var looked = await office.UploadAsync("officer", Header + Ma + Su, Roster);
        var before = await office.FindAsync("马岚");
        var shown = (await office.GetAsync("officer", $"imports/{looked.Id}/rows")).Expect(200).Body.GetProperty("sheets")[0];
        var written = await office.CommitAsync("officer", looked.Id);
        var worker = await office.OnlyAsync("马岚");
        var place = await office.PlacesAsync(worker);

        Assert.That(looked.Counts(), Is.EqualTo("checked 2 new, 0 changed, 0 same, 0 refused"));
        Assert.That(before, Is.Empty, "a dry run writes nothing");
        Assert.That(
            shown
                .GetProperty("columns")
                .EnumerateArray()
                .Take(2)
                .Select(c => $"{c.GetProperty("header")} {c.GetProperty("code")}"),
            Is.EqualTo(["姓名 name", "工号 staffNumber"])
        );
        Assert.That(
            shown
                .GetProperty("rows")
                .EnumerateArray()
                .Select(r => $"{r.GetProperty("row")} {r.GetProperty("action")} {r.GetProperty("cells")[0]}"),
            Is.EqualTo(["2 create 马岚", "3 create 苏伟"])
        );
        Assert.That(written.Counts(), Is.EqualTo("committed 2 new, 0 changed, 0 same, 0 refused"));
        Assert.That(
            await office.SaidAsync(worker),
            Is.EqualTo("马岚 careerStart=2012-07-01 birthDate=1990-02-14 gender=female migrantWorker=False")
        );
        Assert.That(
            place,
            Is.EqualTo([
                $"labour-contract {office.Works} 2012-07-01..  primary=False staffNumber=0042 employmentForm=employee occupationCode=6-18-01-01",
            ])
        );
    }

    [Test]
    public async Task TheSameFileTwice_CreatesNothing()
    {
        await office.TakeInAsync(Header + Ma + Su, Roster);

        var again = await office.UploadAsync("officer", Header + Ma + Su, Roster);

        Assert.That(again.Counts(), Is.EqualTo("checked 0 new, 0 changed, 2 same, 0 refused"));
        Assert.That((await office.CommitAsync("officer", again.Id)).Code, Is.EqualTo("nothing-to-commit"));
    }

    [Test]
    public async Task ACorrectedRoster_ChangesExactlyTheChangedCells()
    {
        await office.TakeInAsync(Header + Ma + Su, Roster);
        var (ma, su) = (await office.OnlyAsync("马岚"), await office.OnlyAsync("苏伟"));
        var (maBefore, suBefore) = (await office.StateAsync(ma), await office.StateAsync(su));

        var looked = await office.UploadAsync(
            "officer",
            Header + Ma.Replace("2012-7-1", "2012-8-1", StringComparison.Ordinal) + "苏伟,0043,,,,,,,,2026-06-30\n",
            Roster
        );
        await office.CommitAsync("officer", looked.Id);

        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 2 changed, 0 same, 0 refused"));
        Assert.That(
            await office.StateAsync(ma),
            Is.EqualTo(maBefore.Replace("careerStart=2012-07-01", "careerStart=2012-08-01", StringComparison.Ordinal))
        );
        Assert.That(
            await office.StateAsync(su),
            Is.EqualTo(suBefore.Replace("2015-03-01.. ", "2015-03-01..2026-06-30 ", StringComparison.Ordinal)),
            "empty cells change nothing"
        );
    }

    [Test]
    public async Task ANameAndAStaffNumber_AreCorrected_ByWhatElseIsKnown()
    {
        await office.TakeInAsync(Header + Ma + Su, Roster);
        var (ma, su) = (await office.OnlyAsync("马岚"), await office.OnlyAsync("苏伟"));

        var looked = await office.UploadAsync(
            "officer",
            "姓名,工号,出生日期\n马岚岚,0042,1990-02-14\n苏伟,0143,1988-05-01\n",
            Roster
        );
        await office.CommitAsync("officer", looked.Id);

        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 2 changed, 0 same, 0 refused"));
        Assert.That(await office.OnlyAsync("马岚岚"), Is.EqualTo(ma));
        Assert.That((await office.PlacesAsync(su)).Single(), Does.Contain("staffNumber=0143"));
    }

    [Test]
    public async Task ATransfer_EndsThePlaceLeft_ASecondAffiliation_DoesNot()
    {
        var second = await office.FoundAsync("东街仪表厂", "enterprise", office.Street);
        await office.TakeInAsync(Header + Ma + Su, Roster);
        var (ma, su) = (await office.OnlyAsync("马岚"), await office.OnlyAsync("苏伟"));
        const string sheet =
            "姓名,出生日期,单位,工号,入职日期,调入\n马岚,1990-02-14,东街仪表厂,717,2021-04-01,是\n苏伟,1988-05-01,东街仪表厂,718,2021-04-01,\n";

        var looked = await office.UploadAsync("officer", sheet, ("kind", "workers"));
        await office.CommitAsync("officer", looked.Id);
        var again = await office.UploadAsync("officer", sheet, ("kind", "workers"));

        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 2 changed, 0 same, 0 refused"));
        Assert.That(
            (await office.PlacesAsync(ma)).Select(p => p[..p.IndexOf(" employmentForm", StringComparison.Ordinal)]),
            Is.EquivalentTo([
                $"labour-contract {office.Works} 2012-07-01..2021-03-31  primary=False staffNumber=0042",
                $"labour-contract {second} 2021-04-01..  primary=True staffNumber=717",
            ])
        );
        Assert.That(
            (await office.PlacesAsync(su)).Select(p => p.Contains("..  primary=False", StringComparison.Ordinal)),
            Is.EqualTo([true, true])
        );
        Assert.That(again.Counts(), Is.EqualTo("checked 0 new, 0 changed, 2 same, 0 refused"));
    }

    [Test]
    public async Task FaultyCells_AreNamed()
    {
        await office.TakeInAsync(Header + Ma, Roster);
        var sheet =
            Header
            + "马岚,0042,1990-02-14,未知,,,,,,\n"
            + "马岚,0042,,,可能,,,,,\n"
            + "马岚,0042,1990-02,,,,,,,\n"
            + "马岚,0042,,,,,正式工,,,\n"
            + "马岚,0042,,,,,,6-1,,\n"
            + "马岚,0042,,,,,,,,2011-01-01\n"
            + "苏伟,0042,,,,,,,2012-07-01,\n" // the number is that of another
            + "苏伟,0099,,,,,,,,\n"
            + "苏伟,,,,,,,,2012-07-01,\n"
            + ",0099,,,,,,,2012-07-01,\n"
            + "苏伟,0099,1988-05-01,,,,,,1980-01-01,\n"
            + "高山,0050,,,,,,,2012-07-01,\n"
            + "高山,0050,,,,,,,2012-07-01,\n"
            + "高海,0050,,,,,,,2012-07-01,\n";

        var looked = await office.UploadAsync("officer", sheet, Roster);

        Assert.That(
            looked.Problems(),
            Is.EqualTo([
                "D2 value-not-allowed",
                "E3 flag-unreadable",
                "C4 full-day-needed",
                "G5 value-not-allowed",
                "H6 occupation-code-malformed",
                "J7 until-before-from",
                "A8 person-has-other-name",
                "I9 first-day-needed",
                "A10 person-not-named",
                "A11 empty",
                "I12 before-birth",
                "A14 twice-in-file",
                "A15 twice-in-file",
            ])
        );
        Assert.That(looked["create"], Is.EqualTo("1"));
    }

    [Test]
    public async Task WhatIsSaidOfAnImport_IsInTheLanguageOfWhoAsks()
    {
        var looked = await office.UploadAsync("officer", "姓名,工号,性别,入职日期\n马岚,0042,未知,2012-07-01\n", Roster);

        var zh = await office.GetAsync("officer", $"imports/{looked.Id}", "zh");
        var en = await office.GetAsync("officer", $"imports/{looked.Id}", "en");
        var result = await office.AskAsync("officer", $"imports/{looked.Id}/result", "*/*", "zh");

        Assert.That($"{zh.Body.GetProperty("problems")[0].GetProperty("columnName")}", Is.EqualTo("性别"));
        Assert.That($"{en.Body.GetProperty("problems")[0].GetProperty("columnName")}", Is.EqualTo("gender"));
        Assert.That(zh["next"], Does.StartWith("没有可以写入的行"));
        Assert.That(en["next"], Does.StartWith("Nothing can be written"));
        Assert.That(zh.Text, Does.Contain("此处只能是：女、男。"));
        Assert.That(Encoding.UTF8.GetString(result.Bytes), Does.Contain("处理结果").And.Contain("不能导入：C2"));
    }

    [TestCase("workers")]
    [TestCase("organizations")]
    public async Task TheWorkbookOfATemplate_IsReadWithoutItsExplanations(string kind)
    {
        foreach (var language in new[] { "zh", "en" })
        {
            var template = (await office.AskAsync("officer", $"imports/template?kind={kind}", "*/*", language)).Expect(200).Bytes;

            var looked = await office.UploadAsync("officer", template, "template.xlsx", ("kind", kind));

            Assert.That(looked["rows"], Is.EqualTo("0"), looked.Text);
        }
    }

    [Test]
    public async Task TheTemplate_FilledIn_IsTaken()
    {
        var template = (await office.GetAsync("officer", "imports/template?kind=workers&format=csv")).Expect(200);
        var workbook = (await office.GetAsync("officer", "imports/template?kind=workers")).Expect(200);

        var looked = await office.UploadAsync("officer", template.Text.Replace("马岚", "苏伟", StringComparison.Ordinal), Roster);

        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"), looked.Text);
        Assert.That(workbook.Text, Is.Not.Empty);
        Assert.That(
            (await office.GetAsync("officer", "imports/template?kind=workers&type=labour-medal")).Code,
            Is.EqualTo("type-only-for-milestones")
        );
    }

    [Test]
    public async Task WhatChangesAfterTheDryRun_StopsTheCommit()
    {
        var looked = await office.UploadAsync("officer", Header + Ma + Su, Roster);
        await office.HireAsync(office.Works, "马岚", "0042");

        var stopped = await office.CommitAsync("officer", looked.Id);

        Assert.That(stopped.Counts(), Does.StartWith("checked 1 new, 1 changed"));
        Assert.That(await office.FindAsync("苏伟"), Is.Empty);
    }

    [Test]
    public async Task AChange_IsNotWritten_OverALaterOne()
    {
        await office.TakeInAsync(Header + Ma, Roster);
        var ma = await office.OnlyAsync("马岚");
        var looked = await office.UploadAsync("officer", "姓名,工号,参加工作时间\n马岚,0042,2011-01-01\n", Roster);
        var seen = await office.GetAsync("officer", $"workers/{ma}");
        (
            await office.SendAsync("officer", HttpMethod.Patch, $"workers/{ma}", new { careerStart = "2010-01-01" }, seen.Etag)
        ).Expect(200);

        var stopped = await office.CommitAsync("officer", looked.Id);

        Assert.That(stopped["state"], Is.EqualTo("checked"));
        Assert.That(await office.SaidAsync(ma), Does.Contain("careerStart=2010-01-01"));
    }
}
