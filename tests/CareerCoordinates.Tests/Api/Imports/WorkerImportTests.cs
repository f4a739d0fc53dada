using System.Text;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Protection;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>The roster of a unit from a spreadsheet: new people, corrections, moves, and all of it taken back.</summary>
[BothEngines]
public class WorkerImportTests(TestEngine engine)
{
    private const string Header = "姓名,工号,出生日期,性别,是否农民工,参加工作时间,用工形式,职业编码,入职日期,离职日期\n";
    private const string Ma = "马岚,0042,1990年2月14日,女,否,2012-7-1,单位职工,6-18-01-01,2012/7/1,\n";
    private const string Su = "苏伟,0043,1988-05-01,男,是,2010-03-01,劳务派遣,,2015-03-01,\n";

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
    public async Task AmbiguousNames_AreRefused_WithTheCandidatesInScope()
    {
        var here = new List<Guid>();
        foreach (var number in (string[])["1", "2"])
        {
            here.Add(await office.HireAsync(office.Works, "马岚", number));
        }
        var outside = await office.HireAsync(office.OtherWorks, "马岚", "3");

        var looked = await office.UploadAsync("officer", "姓名,出生日期,参加工作日期\n马岚,1990-02-14,2012-09-01\n", Roster);

        Assert.That(looked.Problems(), Is.EqualTo(["A2 person-ambiguous"]));
        var detail = $"{looked.Body.GetProperty("problems")[0].GetProperty("detail")}";
        Assert.That(here, Has.All.Matches<Guid>(id => detail.Contains($"{id}", StringComparison.Ordinal)));
        Assert.That(detail, Does.Not.Contain($"{outside}"));
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

    [Test]
    public async Task Undo_RestoresEverybody_AsBefore()
    {
        await office.FoundAsync("东街仪表厂", "enterprise", office.Street);
        var (old, corrected) = (Invented.IdNumber("1901-03-07"), Invented.IdNumber("1901-03-08"));
        var header = "姓名,工号,出生日期,身份证号,参加工作日期,单位,入职日期,离职日期,调入\n";
        await office.TakeInAsync(
            header
                + $"马岚,0042,1901-03-07,{old},1921-07-01,东街机器厂,1921-07-01,,\n苏伟,0043,1902-05-01,,1922-03-01,东街机器厂,1922-03-01,,\n",
            [("kind", "workers")]
        );
        var (ma, su) = (await office.OnlyAsync("马岚"), await office.OnlyAsync("苏伟"));
        var before = $"{await office.StateAsync(ma)}\n{await office.StateAsync(su)}";
        var coordinates = await office.CoordinateAsync(ma);

        var second = await office.TakeInAsync(
            header
                + $"马岚,0042,1901-03-08,{corrected},1923-07-02,东街机器厂,1923-07-02,1950-01-01,\n"
                + "苏伟,700,1902-05-01,,,东街仪表厂,1930-01-01,,是\n"
                + "高山,0050,1903-01-01,,1925-01-01,东街仪表厂,1925-01-01,,\n",
            [("kind", "workers")]
        );
        var after = $"{await office.StateAsync(ma)}\n{await office.StateAsync(su)}";
        var moved = await office.CoordinateAsync(ma);
        var gao = await office.OnlyAsync("高山");
        var undone = await office.GoOnAsync("officer", second.Id, "undo");
        var gone = await office.GetAsync("officer", $"workers/{gao}");
        var result = await office.GetAsync("officer", $"imports/{second.Id}/result");
        var found = await office.PostAsync("officer", "workers:find-by-id-number", new { idNumber = old });
        var once = await office.UploadAsync(
            "officer",
            header + "高山,0050,1903-01-01,,,东街仪表厂,1925-01-01,,\n",
            ("kind", "workers")
        );

        Assert.That(second.Counts(), Is.EqualTo("committed 1 new, 2 changed, 0 same, 0 refused"));
        Assert.That(after, Is.Not.EqualTo(before));
        Assert.That(moved, Is.Not.EqualTo(coordinates));
        Assert.That(undone["state"], Is.EqualTo("undone"), undone.Text);
        Assert.That($"{await office.StateAsync(ma)}\n{await office.StateAsync(su)}", Is.EqualTo(before));
        Assert.That(await office.CoordinateAsync(ma), Is.EqualTo(coordinates));
        Assert.That(gone["voided"], Is.EqualTo("True"));
        Assert.That(result.Text.Split('\n').Skip(1).Take(3), Has.All.EndsWith(",undone"));
        Assert.That(found.Text, Does.Contain($"{ma}"), "the number from before is his again");
        Assert.That(once.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"), "it is as if it had not been");
    }

    [TestCase("milestone")]
    [TestCase("affiliation")]
    [TestCase("worker")]
    public async Task Undo_IsRefused_WhereLaterWorkStandsOnIt(string work)
    {
        var import = await office.TakeInAsync(Header + Ma + Su, Roster);
        var (ma, su) = (await office.OnlyAsync("马岚"), await office.OnlyAsync("苏伟"));
        switch (work)
        {
            case "milestone":
                var attributes = new { grade = "3", certificateNo = "A-1" };
                var milestone = new
                {
                    type = "skill-level-certificate",
                    occurredOn = "2020-11-30",
                    attributes,
                };
                (await office.PostAsync("officer", $"workers/{ma}/milestones", milestone)).Expect(201);
                break;
            case "affiliation":
                var place = new
                {
                    kind = "external",
                    externalName = "别处",
                    from = "2021-01-01",
                };
                (await office.PostAsync("officer", $"workers/{ma}/affiliations", place)).Expect(201);
                break;
            default:
                var seen = await office.GetAsync("officer", $"workers/{ma}");
                (
                    await office.SendAsync(
                        "officer",
                        HttpMethod.Patch,
                        $"workers/{ma}",
                        new { careerStart = "2012-07-02" },
                        seen.Etag
                    )
                ).Expect(200);
                break;
        }
        var before = $"{await office.StateAsync(ma)}\n{await office.StateAsync(su)}";

        var refused = await office.GoOnAsync("officer", import.Id, "undo");

        Assert.That(refused["state"], Is.EqualTo("committed"));
        Assert.That(refused["detail"], Does.Contain("马岚").And.Not.Contain("苏伟"));
        Assert.That(
            $"{await office.StateAsync(ma)}\n{await office.StateAsync(su)}",
            Is.EqualTo(before),
            "nothing of it is undone"
        );
    }

    [Test]
    public async Task Imports_AreUndone_OneAfterTheOther()
    {
        var (old, corrected) = (Invented.IdNumber("1901-03-07"), Invented.IdNumber("1901-03-08"));
        const string header = "姓名,工号,身份证号,出生日期,入职日期\n";
        var first = await office.TakeInAsync(header + $"马岚,0042,{old},1901-03-07,1921-07-01\n", Roster);
        var second = await office.TakeInAsync(header + $"马岚,0042,{corrected},1901-03-08,1922-07-01\n", Roster);

        var early = await office.GoOnAsync("officer", first.Id, "undo");
        var late = await office.GoOnAsync("officer", second.Id, "undo");
        var then = await office.GoOnAsync("officer", first.Id, "undo");

        Assert.That(early["state"], Is.EqualTo("committed"));
        Assert.That(late["state"], Is.EqualTo("undone"), late.Text);
        Assert.That(then["state"], Is.EqualTo("undone"), then.Text);
        Assert.That(await office.FindAsync("马岚"), Is.Empty);
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
