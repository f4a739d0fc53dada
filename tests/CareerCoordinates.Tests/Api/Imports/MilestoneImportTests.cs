using System.Text;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>Certificates of a whole enterprise from a spreadsheet: looked at first, written whole, undone.</summary>
[BothEngines]
public class MilestoneImportTests(TestEngine engine)
{
    private const string Header = "工号,姓名,发生日期,等级,证书编号\n";

    private const string TwoOfMa = Header + "0042,马岚,2020-11-30,3,A-1\n0042,马岚,2022-11-30,2,A-2\n";

    private AccessOffice office = null!;

    private (string, string)[] Certificates => [("type", "skill-level-certificate"), ("organization", $"{office.Works}")];

    [SetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task AYearsCertificates_AreChecked_ThenSubmitted_AndTheCoordinateWaitsForVerification()
    {
        var (ma, su) = (
            await office.HireAsync(office.Works, "马岚", "0042"),
            await office.HireAsync(office.Works, "苏伟", "0043")
        );

        var looked = await office.UploadAsync(
            "officer",
            Header + "0042,马岚,2020年11月30日,三级,A-1\n0043,苏伟,２０２１-３-５,四级/中级工,A-2\n",
            Certificates
        );
        var before = (await office.GetAsync("officer", $"workers/{ma}/milestones")).Items.Length;
        var written = await office.CommitAsync("officer", looked.Id);
        var milestones = (await office.GetAsync("officer", $"workers/{ma}/milestones")).Items;
        var coordinate = await office.GetAsync("officer", $"workers/{ma}/coordinate");

        Assert.That(looked.Counts(), Is.EqualTo("checked 2 new, 0 changed, 0 same, 0 refused"));
        Assert.That(before, Is.Zero, "a dry run writes nothing");
        Assert.That(written.Counts(), Is.EqualTo("committed 2 new, 0 changed, 0 same, 0 refused"));
        Assert.That(written["next"], Does.Contain("waiting for verification by the verifiers of 东街总工会"));
        Assert.That(
            milestones.Select(m =>
                $"{m.GetProperty("state")} {m.GetProperty("occurredOn")} {m.GetProperty("attributes").GetProperty("grade")} {m.GetProperty("recordedBy")}"
            ),
            Is.EqualTo(["submitted 2020-11-30 3 officer"])
        );
        Assert.That($"{coordinate.Body.GetProperty("level")}", Does.Not.Contain("4"), "nobody has verified it");
        Assert.That((await office.GetAsync("officer", $"workers/{su}/milestones")).Items, Has.Length.EqualTo(1));
    }

    [TestCase("编号")]
    [TestCase("职工编号")]
    [TestCase("人员编号")]
    [TestCase("Staff no.")]
    public async Task StaffNumber_IsKnownByWhatOfficesCallIt(string header)
    {
        await office.HireAsync(office.Works, "马岚", "0042");

        var looked = await office.UploadAsync(
            "officer",
            $"{header},姓名,发生日期,等级,证书编号\n0042,马岚,2020-11-30,3,A-1\n",
            Certificates
        );

        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"), looked.Text);
    }

    [TestCase("编号")]
    [TestCase("人员编号")]
    [TestCase("No.")]
    [TestCase("Number")]
    public async Task TheDistrictsNumber_IsKnownByTheNamesThatListsAndFormsGiveIt(string header)
    {
        (string, string)[] roster = [("kind", "workers"), ("organization", $"{office.Works}")];
        await office.TakeInAsync("姓名,工号,职工编号,入职日期\n马岚,0042,YT-0001,2012-07-01\n", roster);

        var looked = await office.UploadAsync(
            "officer",
            $"姓名,{header},日期,等级,证书编号\n马岚,YT-0001,2020-11-30,3,A-1\n",
            ("type", "skill-level-certificate")
        );
        var nobody = await office.UploadAsync(
            "officer",
            $"姓名,{header},日期,等级,证书编号\n马岚,0042,2020-11-30,3,A-1\n",
            ("type", "skill-level-certificate")
        );
        var roll = await office.UploadAsync("officer", $"姓名,{header},性别\n马岚,YT-0001,女\n", roster);
        await office.CommitAsync("officer", roll.Id);

        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"), looked.Text);
        Assert.That(nobody.Problems(), Is.EqualTo(["B2 person-not-found"]));
        Assert.That(nobody.Text, Does.Contain("the district's number '0042'").Or.Contain("the district's number 0042"));
        Assert.That(nobody.Text, Does.Contain("If it is a staff number of a unit, name the unit"));
        Assert.That(roll["refuse"], Is.EqualTo("0"), roll.Text);
        var ma = await office.OnlyAsync("马岚");
        Assert.That((await office.PlacesAsync(ma)).Single(), Does.Contain("staffNumber=0042"), "no staff number was made of it");
    }

    [Test]
    public async Task TheSameFileTwice_CreatesNothing()
    {
        await office.HireAsync(office.Works, "马岚", "0042");
        const string sheet = Header + "0042,马岚,2020-11-30,3,A-1\n";
        await office.WriteSheetAsync("officer", sheet, Certificates);

        var again = await office.UploadAsync("officer", sheet, Certificates);
        var committed = await office.CommitAsync("officer", again.Id);

        Assert.That(again.Counts(), Is.EqualTo("checked 0 new, 0 changed, 1 same, 0 refused"));
        Assert.That((committed.Status, committed.Code), Is.EqualTo((409, "nothing-to-commit")));
    }

    [Test]
    public async Task AValueThatTheTypeDoesNotHave_IsRefused_NotDropped()
    {
        await office.HireAsync(office.Works, "马岚", "0042");

        var looked = await office.UploadAsync(
            "officer",
            "节点类型,工号,发生日期,主题,学时,等级,证书编号\ncraft-class,0042,2025-06-13,焊接,12,三级,MX-9\n职业技能等级（资格）证书,0042,2025-06-13,,,三级,MX-9\n",
            ("organization", $"{office.Works}")
        );

        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 1 refused"), looked.Text);
        Assert.That(looked.Problems(), Is.EquivalentTo(["F2 unknown-attribute", "G2 unknown-attribute"]));
    }

    [Test]
    public async Task ARowThatSaysAnotherType_ThanIsChosenForTheFile_IsRefused()
    {
        await office.HireAsync(office.Works, "马岚", "0042");

        var looked = await office.UploadAsync(
            "officer",
            "工号,节点类型,发生日期,等级,证书编号\n0042,职业技能等级（资格）证书,2020-11-30,3,A-1\n0042,匠心课堂,2021-11-30,2,A-2\n0042,,2022-11-30,1,A-3\n",
            Certificates
        );

        Assert.That(looked.Counts(), Is.EqualTo("checked 2 new, 0 changed, 0 same, 1 refused"), looked.Text);
        Assert.That(looked.Problems(), Is.EqualTo(["B3 other-type-than-chosen"]));
    }

    [Test]
    public async Task FaultyCells_AreNamed_AndNothingIsWrittenUntilTheyAreSkipped()
    {
        var ma = await office.HireAsync(office.Works, "马岚", "0042");
        var sheet =
            "各单位证书汇总,,,,\n"
            + Header
            + "0042,马岚,2020-11-30,3,A-1\n"
            + "42,马岚,2020-11-30,3,A-1\n" // the leading zeros are lost
            + "0042,马兰,2020-11-30,2,A-1\n"
            + "0042,马岚,11/30/2020,2,A-2\n"
            + "0042,马岚,2021-02-29,2,A-2\n"
            + "0042,马岚,2021-02-28,超级,A-2\n"
            + ",马岚,2021-02-28,2,A-2\n"
            + "0042,马岚,2020-11-30,3,A-1\n";

        var looked = await office.UploadAsync("officer", sheet, Certificates);
        var stopped = await office.CommitAsync("officer", looked.Id);
        var skipped = await office.CommitAsync("officer", looked.Id, skip: true);

        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 7 refused"));
        Assert.That(
            looked.Problems(),
            Is.EqualTo([
                "A4 leading-zeros-lost",
                "B5 person-has-other-name",
                "C6 day-ambiguous",
                "C7 day-impossible",
                "D8 value-not-allowed",
                "A9 person-not-named",
                "A10 twice-in-file",
            ])
        );
        Assert.That((stopped.Status, stopped.Code), Is.EqualTo((409, "rows-refused")));
        Assert.That(skipped["state"], Is.EqualTo("committed"));
        Assert.That((await office.GetAsync("officer", $"workers/{ma}/milestones")).Items, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task TheResult_IsTheOwnFile_WithOneColumnMore()
    {
        await office.HireAsync(office.Works, "马岚", "0042");
        var looked = await office.UploadAsync(
            "officer",
            Header + "0042,马岚,2020-11-30,3,A-1\n0042,马岚,2020-11-31,3,=A\n",
            Certificates
        );

        var result = (await office.GetAsync("officer", $"imports/{looked.Id}/result")).Expect(200);

        var lines = result.Text.TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Is.EqualTo("工号,姓名,发生日期,等级,证书编号,result"));
        Assert.That(lines[1], Is.EqualTo("0042,马岚,2020-11-30,3,A-1,would be created"));
        Assert.That(lines[2], Does.StartWith("0042,马岚,2020-11-31,3,'=A,").And.Contain("refused: C3"));
    }

    [TestCase("3级")]
    [TestCase("高级工（三级）")]
    [TestCase("高级工")]
    [TestCase("三级 / 高级工")]
    [TestCase("３")]
    public async Task AGrade_IsReadAsPeopleCallIt(string typed)
    {
        await office.HireAsync(office.Works, "马岚", "0042");

        var looked = await office.UploadAsync("officer", Header + $"0042,马岚,2020-11-30,{typed},A-1\n", Certificates);

        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"));
    }

    [Test]
    public async Task ADayThatLiesAhead_OrBeforeTheCareer_IsTaken_ButNamedForALook()
    {
        await office.HireAsync(office.Works, "马岚", "0042");
        var looked = await office.UploadAsync(
            "officer",
            Header + "0042,马岚,2019-11-30,4,A-0\n0042,马岚,2199-11-30,3,A-1\n0042,马岚,1999-11-30,5,A-2\n",
            Certificates
        );
        var result = (await office.GetAsync("officer", $"imports/{looked.Id}/result")).Expect(200);

        Assert.That(looked.Counts(), Is.EqualTo("checked 3 new, 0 changed, 0 same, 0 refused"));
        Assert.That(looked.Warnings(), Is.EqualTo(["C3 not-yet", "C4 before-career", "C4 before-fourteen"]));
        var rows = (await office.GetAsync("officer", $"imports/{looked.Id}/rows")).Expect(200).Body.GetProperty("sheets")[0];
        Assert.That(
            rows.GetProperty("rows").EnumerateArray().Select(r => $"{r.GetProperty("person")}"),
            Is.EqualTo(["马岚", "马岚", "马岚"]),
            "who is meant"
        );
        var lines = result.Text.TrimEnd().Split('\n');
        Assert.That(lines[1], Does.EndWith(",would be created"));
        Assert.That(lines[2], Does.Contain("would be created: C3 2199-11-30 lies ahead"));
    }

    [Test]
    public async Task WhatChangesAfterTheDryRun_StopsTheCommit_AndTheRowsAreCheckedAgain()
    {
        var ma = await office.HireAsync(office.Works, "马岚", "0042");
        await office.HireAsync(office.Works, "苏伟", "0043");
        var looked = await office.UploadAsync(
            "officer",
            Header + "0043,苏伟,2020-11-30,3,A-9\n0042,马岚,2020-11-30,3,A-1\n",
            Certificates
        );
        (
            await office.PostAsync(
                "officer",
                $"workers/{ma}/milestones",
                new
                {
                    type = "skill-level-certificate",
                    occurredOn = "2020-11-30",
                    attributes = new { grade = "3", certificateNo = "A-1" },
                }
            )
        ).Expect(201);

        var stopped = await office.CommitAsync("officer", looked.Id);
        var again = await office.CommitAsync("officer", looked.Id);

        Assert.That(stopped.Counts(), Is.EqualTo("checked 1 new, 0 changed, 1 same, 0 refused"));
        Assert.That(stopped["detail"], Does.Contain("Row 3"));
        Assert.That(again.Counts(), Is.EqualTo("committed 1 new, 0 changed, 1 same, 0 refused"));
    }

    [Test]
    public async Task Undo_VoidsWhatTheImportWrote_UnlessLaterWorkStandsOnIt()
    {
        var ma = await office.HireAsync(office.Works, "马岚", "0042");
        var looked = await office.WriteSheetAsync("officer", TwoOfMa, Certificates);
        var milestone = (await office.GetAsync("officer", $"workers/{ma}/milestones")).Items[0].GetProperty("id").GetGuid();
        (await office.DoAsync("verifier", ma, milestone, "verify")).Expect(200);

        var refused = await office.GoOnAsync("officer", looked.Id, "undo");
        var still = (await office.GetAsync("officer", $"workers/{ma}/milestones")).Items.Length;
        (await office.DoAsync("verifier", ma, milestone, "void", new { reason = "recorded in error" })).Expect(200);
        var second = await office.WriteSheetAsync("officer", Header + "0042,马岚,2023-11-30,1,A-3\n", Certificates);
        var undone = await office.GoOnAsync("officer", second.Id, "undo");
        var once = await office.UploadAsync("officer", Header + "0042,马岚,2023-11-30,1,A-3\n", Certificates);

        Assert.That(refused["state"], Is.EqualTo("committed"));
        Assert.That(refused["detail"], Does.Contain("马岚: Skill-level certificate (2020-11-30)"));
        Assert.That(still, Is.EqualTo(2), "nothing of it is undone");
        Assert.That(undone["state"], Is.EqualTo("undone"));
        Assert.That(once.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"), "it is as if it had not been");
    }

    [Test]
    public async Task Undo_LeavesAlone_WhomTheOfficerNoLongerHas_AndWhatIsVoidedAlready()
    {
        var ma = await office.HireAsync(office.Works, "马岚", "0042");
        var looked = await office.WriteSheetAsync("officer", TwoOfMa, Certificates);
        var milestones = (await office.GetAsync("officer", $"workers/{ma}/milestones")).Items;
        (await office.DoAsync("officer", ma, milestones[0].GetProperty("id").GetGuid(), "void", new { reason = "twice" })).Expect(
            200
        );
        var places = (await office.GetAsync(TestAccounts.Office, $"workers/{ma}/affiliations")).Items;
        await MoveAsync(ma, places[0], office.OtherWorks);

        var refused = await office.GoOnAsync("officer", looked.Id, "undo");
        var seen = (await office.GetAsync(TestAccounts.Office, $"workers/{ma}/milestones")).Items;

        Assert.That(
            (refused["state"], refused["detail"].Contains("no longer in your scope", StringComparison.Ordinal)),
            Is.EqualTo(("committed", true))
        );
        Assert.That(seen, Has.Length.EqualTo(1), "what was left is left");
        await MoveAsync(ma, (await office.GetAsync(TestAccounts.Office, $"workers/{ma}/affiliations")).Items[0], office.Works);

        var undone = await office.GoOnAsync("officer", looked.Id, "undo");

        Assert.That(undone["state"], Is.EqualTo("undone"));
        Assert.That((await office.GetAsync("officer", $"workers/{ma}/milestones")).Items, Is.Empty);
    }

    [Test]
    public async Task IdNumbersInTheWrongColumn_AreNotShown()
    {
        const string number = "110105189903070021";
        var looked = await office.UploadAsync(
            "officer",
            $"工号,职工编号,姓名,发生日期,等级,证书编号\n{number},,马岚,2020-11-30,3,A\n,{number},马岚,2020-11-30,3,A\n",
            Certificates
        );

        Assert.That(looked["refuse"], Is.EqualTo("2"));
        Assert.That(looked.Text, Does.Not.Contain(number));
    }

    private async Task MoveAsync(Guid worker, System.Text.Json.JsonElement place, Guid to) =>
        (
            await office.SendAsync(
                TestAccounts.Office,
                HttpMethod.Patch,
                $"workers/{worker}/affiliations/{place.GetProperty("id")}",
                new { organizationId = to, reason = "moved" },
                place.GetProperty("etag").GetString()
            )
        ).Expect(200);

    [Test]
    public async Task PeopleOutOfScope_AreLikeNobody_AndImportsBelongToTheirAccount()
    {
        await office.HireAsync(office.OtherWorks, "马岚", "0042");
        await office.AccountAsync("colleague", AccessOffice.Grant(Role.Officer, office.Street));

        var elsewhere = await office.UploadAsync(
            "officer",
            Header + "0042,马岚,2020-11-30,3,A-1\n",
            ("type", "skill-level-certificate"),
            ("organization", $"{office.OtherWorks}")
        );
        var byName = await office.UploadAsync(
            "officer",
            "姓名,出生日期,发生日期,等级,证书编号\n马岚,1990-02-14,2020-11-30,3,A-1\n",
            ("type", "skill-level-certificate")
        );
        var foreign = await office.GetAsync("colleague", $"imports/{byName.Id}");
        var commit = await office.CommitAsync("colleague", byName.Id);

        Assert.That(elsewhere.Code, Is.EqualTo("no-such-organization"));
        Assert.That(byName.Problems(), Is.EqualTo(["A2 person-not-found"]));
        Assert.That((foreign.Status, commit.Status), Is.EqualTo((404, 404)));
    }

    [Test]
    public async Task OneSheet_MayMixTypes_AndEncodings_AreRecognised()
    {
        var ma = await office.HireAsync(office.Works, "马岚", "0042");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var sheet = "工号\t单位\t节点类型\t日期\t等级\t证书编号\n0042\t{0}\t技能等级证书\t2020-11-30\t高级工\tA-1\n";
        var place = (await office.GetAsync("officer", $"organizations/{office.Works}"))["name"];
        var type = office.Store.Frameworks.Current.MilestoneTypes["skill-level-certificate"].Name.Zh;

        var looked = await office.UploadAsync(
            "officer",
            Encoding
                .GetEncoding("GB18030")
                .GetBytes(string.Format(null, sheet, place).Replace("技能等级证书", type, StringComparison.Ordinal)),
            "证书.txt"
        );
        await office.CommitAsync("officer", looked.Id);

        Assert.That(looked["encoding"], Is.EqualTo("GB18030"));
        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"));
        Assert.That((await office.GetAsync("officer", $"workers/{ma}/milestones")).Items, Has.Length.EqualTo(1));
    }

    [TestCase("zh-CN")]
    [TestCase("en")]
    public async Task TheExampleOfATemplate_IsNoRow_UntilSomethingOfItIsChanged(string language)
    {
        var template = (
            await office.GetAsync("officer", "imports/template?kind=milestones&type=skill-level-certificate&format=csv", language)
        ).Expect(200);
        (
            await office.PostAsync(
                TestAccounts.Office,
                "workers",
                new
                {
                    name = "马岚",
                    number = "CY-000124",
                    birthDate = "1990-02-14",
                    careerStart = "2012-07-01",
                    affiliation = new
                    {
                        kind = "labour-contract",
                        organizationId = office.Works,
                        from = "2012-07-01",
                    },
                }
            )
        ).Expect(201);

        var asItCame = await office.UploadAsync("officer", template.Text, Certificates);
        var looked = await office.UploadAsync(
            "officer",
            template.Text.Replace("CY-000123", "CY-000124", StringComparison.Ordinal),
            Certificates
        );

        Assert.That(asItCame.Counts(), Is.EqualTo("checked 0 new, 0 changed, 0 same, 0 refused"));
        Assert.That(looked.Problems(), Is.Empty);
        Assert.That(looked.Counts(), Is.EqualTo("checked 1 new, 0 changed, 0 same, 0 refused"));
    }

    [Test]
    public async Task ColumnsThatMeanNothingHere_AreNamed()
    {
        await office.HireAsync(office.Works, "马岚", "0042");

        var looked = await office.UploadAsync(
            "officer",
            "工号,姓名,车间主任,发生日期,等级,证书编号,奖金\n0042,马岚,某,2020-11-30,3,A-1,\n",
            Certificates
        );

        Assert.That(looked["notRead"], Is.EqualTo("""["车间主任","奖金"]"""));
        Assert.That(looked["next"], Does.Contain("notRead"));
        Assert.That(looked["create"], Is.EqualTo("1"), "the rest is taken");
    }

    [TestCase("zh")]
    [TestCase("en")]
    public async Task TheTypeOfAllRows_AndTheKindOfProof_MayBeNamedByTheirNames(string language)
    {
        var framework = office.Store.Frameworks.Current;
        var ma = await office.HireAsync(office.Works, "马岚", "0042");
        var type = framework.MilestoneTypes["skill-level-certificate"];
        var (code, proof) = framework.EvidenceTypes.OrderBy(t => t.Key, StringComparer.Ordinal).Last();

        var written = await office.WriteSheetAsync(
            "officer",
            $"工号,发生日期,等级,证书编号,证明材料,证明材料类型\n0042,2020-11-30,3,A-1,档案-7,{(language == "zh" ? proof.Zh : proof.En)}\n",
            ("type", language == "zh" ? type.Name.Zh : type.Name.En),
            ("organization", $"{office.Works}")
        );
        var milestone = (await office.GetAsync("officer", $"workers/{ma}/milestones")).Items[0];

        Assert.That(written.Counts(), Is.EqualTo("committed 1 new, 0 changed, 0 same, 0 refused"));
        Assert.That($"{milestone.GetProperty("type")}", Is.EqualTo("skill-level-certificate"));
        Assert.That($"{milestone.GetProperty("evidence")[0].GetProperty("type")}", Is.EqualTo(code));
    }

    [Test]
    public async Task OneNameForTwo_IsRefused_WithBothAsTheOfficerKnowsThem()
    {
        await office.HireAsync(office.Works, "马岚", "0042");
        await office.HireAsync(office.Works, "马岚", "0043");
        await office.HireAsync(office.OtherWorks, "马岚", "0044");
        var works = (await office.GetAsync("officer", $"organizations/{office.Works}"))["name"];

        var looked = await office.UploadAsync(
            "officer",
            "姓名,出生日期,发生日期,等级,证书编号\n马岚,1990-02-14,2020-11-30,3,A-1\n",
            Certificates
        );

        Assert.That(looked.Problems(), Is.EqualTo(["A2 person-ambiguous"]));
        Assert.That(looked.Text, Does.Contain("0042").And.Contain("0043").And.Contain(works));
        Assert.That(looked.Text, Does.Not.Contain("0044"), "whom the officer does not have is not named");
    }

    [TestCase("no header at all\n1\n", 400, "headers-not-found")]
    [TestCase("工号,姓名,等级,证书编号\n0042,马岚,3,A\n", 400, "column-missing")]
    [TestCase("", 400, "file-empty")]
    public async Task AFile_ThatCannotBeRead_IsRefusedAtOnce(string sheet, int status, string code)
    {
        var reply = await office.UploadAsync("officer", sheet, Certificates);

        Assert.That((reply.Status, reply.Code), Is.EqualTo((status, code)));
    }

    [Test]
    public async Task EverybodyWhoseRecordWasLookedAt_FindsIt()
    {
        var ma = await office.HireAsync(office.Works, "马岚", "0042");
        await office.WriteSheetAsync("officer", Header + "0042,马岚,2020-11-30,3,A-1\n", Certificates);

        var entries = (await office.GetAsync("auditor", $"audit-entries?worker={ma}&account=officer")).Items;

        Assert.That(entries.Select(e => $"{e.GetProperty("action")}"), Is.SupersetOf(["checkImport", "commitImport"]));
    }
}
