using System.Text;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Exports;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>An exported file of milestones, changed by hand and sent back: what was changed is corrected, the rest is left alone.</summary>
[BothEngines]
public class CorrectedBySheetTests(TestEngine engine)
{
    private AccessOffice office = null!;
    private Guid ma;
    private Guid verified;
    private Guid submitted;

    [SetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        ma = await office.HireAsync(office.Works, "马岚", "0042");
        verified = await office.VerifiedAsync(
            ma,
            "skill-level-certificate",
            "2016-11-30",
            new { grade = "4", certificateNo = "A-1" }
        );
        submitted = (
            await office.PostAsync(
                "officer",
                $"workers/{ma}/milestones",
                new
                {
                    type = "skill-level-certificate",
                    occurredOn = "2020-11-30",
                    attributes = new { grade = "3", certificateNo = "A-2" },
                    evidence = new[]
                    {
                        new { type = "skill-certificate", reference = "K-7" },
                        new { type = "skill-certificate", reference = "K-8" },
                    },
                    note = "见档案",
                }
            )
        ).Expect(201).Id;
    }

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task ChangedRows_AreCorrections_ThatWaitForVerification_AndUndoTakesThemBack()
    {
        var sheet = await ExportAsync();
        var before = await CoordinateAsync();

        var untouched = await office.UploadAsync("officer", sheet);
        var changed = sheet.Replace("A-1", "B-1", StringComparison.Ordinal).Replace("A-2", "B-2", StringComparison.Ordinal);
        var looked = await office.UploadAsync("officer", changed);
        var written = await office.CommitAsync("officer", looked.Id);

        Assert.That(untouched.Counts(), Is.EqualTo("checked 0 new, 0 changed, 2 same, 0 refused"), untouched.Text);
        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 2 changed, 0 same, 0 refused"), looked.Text);
        Assert.That(written["state"], Is.EqualTo("committed"));
        Assert.That(await SaidAsync(verified), Is.EqualTo($"3 submitted B-1 导入 / import {looked.Id}"));
        Assert.That(await SaidAsync(submitted), Is.EqualTo($"2 submitted B-2 导入 / import {looked.Id}"));
        var kept = (await office.GetAsync("officer", $"workers/{ma}/milestones/{submitted}")).Expect(200).Body;
        Assert.That(kept.GetProperty("evidence").GetArrayLength(), Is.EqualTo(2), "a sheet shows one proof and loses none");
        Assert.That($"{kept.GetProperty("note")}", Is.EqualTo("见档案"));
        Assert.That(await CoordinateAsync(), Is.EqualTo(before), "nobody has verified it");

        var again = await office.UploadAsync("officer", changed);
        Assert.That(again.Counts(), Is.EqualTo("checked 0 new, 0 changed, 2 same, 0 refused"), again.Text);

        var undone = await office.GoOnAsync("officer", looked.Id, "undo");
        Assert.That(undone["state"], Is.EqualTo("undone"), undone.Text);
        Assert.That(await SaidAsync(verified), Is.EqualTo($"4 verified A-1 撤销导入 / import undone: {looked.Id}"));
        Assert.That(await SaidAsync(submitted), Is.EqualTo($"3 submitted A-2 撤销导入 / import undone: {looked.Id}"));
        Assert.That(await CoordinateAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task ImportThatWasCorrectedAndCorrectedBack_IsUndone()
    {
        var first = await office.WriteSheetAsync(
            "officer",
            "工号,发生日期,等级,证书编号\n0042,2012-11-30,5,A-0\n",
            ("type", "skill-level-certificate"),
            ("organization", $"{office.Works}")
        );
        var sheet = await ExportAsync();
        var second = await office.UploadAsync("officer", sheet.Replace("A-0", "B-0", StringComparison.Ordinal));
        Assert.That(second.Counts(), Is.EqualTo("checked 0 new, 1 changed, 2 same, 0 refused"), second.Text);
        Assert.That(second.Text, Does.Contain("A-0 → B-0"), "what it changes is told");
        await office.CommitAsync("officer", second.Id);

        var tooEarly = await office.GoOnAsync("officer", first.Id, "undo");
        await office.GoOnAsync("officer", second.Id, "undo");
        var undone = await office.GoOnAsync("officer", first.Id, "undo");

        Assert.That(tooEarly["state"], Is.EqualTo("committed"), "a correction stands on it");
        Assert.That(undone["state"], Is.EqualTo("undone"), undone.Text);
        Assert.That((await office.GetAsync("officer", $"workers/{ma}/milestones")).Items, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task NewOnesAndACorrection_OfOneWorker_MayStandInOneSheet_WhicheverWayHisUnitIsNamed()
    {
        var exported = await ExportAsync();
        var changed = exported.Replace("A-1", "B-1", StringComparison.Ordinal).TrimEnd();
        var columns = changed.TrimStart('\uFEFF').Split('\n')[0].TrimEnd().Split(',');
        string[] units = ["东街机器厂", "东街 机器厂", "东街机器厂"];
        var added = units.Select(
            (unit, i) =>
                string.Join(
                    ',',
                    columns.Select(column =>
                        column switch
                        {
                            "工号" => "0042",
                            "单位" => unit,
                            "节点类型" => "skill-level-certificate",
                            "发生日期" => $"2013-03-0{i + 1}",
                            "等级" => "5",
                            "证书编号" => $"C-{i}",
                            _ => "",
                        }
                    )
                )
        );

        var looked = await office.UploadAsync("officer", changed + "\r\n" + string.Join("\r\n", added) + "\r\n");
        var written = await office.CommitAsync("officer", looked.Id);

        Assert.That(looked.Counts(), Is.EqualTo("checked 3 new, 1 changed, 1 same, 0 refused"), looked.Text);
        Assert.That(written["state"], Is.EqualTo("committed"), written.Text);
        Assert.That(await SaidAsync(verified), Is.EqualTo($"3 submitted B-1 导入 / import {looked.Id}"));
        Assert.That((await office.GetAsync("officer", $"workers/{ma}/milestones")).Items, Has.Length.EqualTo(5));
    }

    [Test]
    public async Task EmptyCells_ChangeNothing_AndWhatIsNotHis_IsRefused()
    {
        await office.HireAsync(office.Works, "苏伟", "0043");

        var looked = await office.UploadAsync(
            "officer",
            "单位,工号,发生日期,等级,证书编号,节点标识\n"
                + $"东街机器厂,0042,2020-11-30,,B-2,{submitted}\n"
                + $"东街机器厂,0043,2020-11-30,3,A-9,{submitted}\n"
                + "东街机器厂,0042,2020-11-30,3,A-9,17\n",
            ("type", "skill-level-certificate")
        );

        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 1 changed, 0 same, 2 refused"), looked.Text);
        Assert.That(looked.Problems(), Is.EqualTo(["F3 unknown-milestone", "F4 not-well-formed"]));
    }

    [Test]
    public async Task WhatWasChangedSinceTheExport_IsNotOverwritten()
    {
        var sheet = await ExportAsync();
        (
            await office.SendAsync(
                "officer",
                HttpMethod.Put,
                $"workers/{ma}/milestones/{submitted}",
                new
                {
                    type = "skill-level-certificate",
                    occurredOn = "2020-11-30",
                    attributes = new { grade = "3", certificateNo = "C-2" },
                    reason = "Typed wrong.",
                },
                "\"1\""
            )
        ).Expect(200);

        var looked = await office.UploadAsync("officer", sheet.Replace("A-2", "B-2", StringComparison.Ordinal));

        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 0 changed, 1 same, 1 refused"), looked.Text);
        Assert.That(looked.Problems().Single(), Does.EndWith(" stale"));
    }

    [Test]
    public async Task Corrections_AreVerifiedWithASample_AsWhatIsNew()
    {
        var sheet = (await ExportAsync())
            .Replace("A-1", "B-1", StringComparison.Ordinal)
            .Replace("A-2", "B-2", StringComparison.Ordinal);
        var written = await office.WriteSheetAsync("officer", sheet);

        var waiting = (await office.GetAsync("verifier", "imports/to-verify")).Expect(200).Items;
        (await office.SendAsync("verifier", HttpMethod.Post, $"imports/{written.Id}:sample", new { })).Expect(200);
        var verified = await office.SendAsync(
            "verifier",
            HttpMethod.Post,
            $"imports/{written.Id}:verify",
            new { basis = "Register" }
        );

        Assert.That(waiting.Select(w => $"{w.GetProperty("id")} {w.GetProperty("waiting")}"), Is.EqualTo([$"{written.Id} 2"]));
        Assert.That((verified["verified"], verified["left"]), Is.EqualTo(("2", "0")), verified.Text);
        Assert.That(await SaidAsync(verified: true), Does.StartWith("4 verified B-1"));
    }

    private Task<string> SaidAsync(bool verified) => SaidAsync(verified ? this.verified : submitted);

    private async Task<string> ExportAsync() =>
        Encoding.UTF8.GetString(
            (await office.AskAsync("officer", "exports/milestones", ReportCalls.Csv, "zh")).Expect(200).Bytes
        );

    private async Task<string> SaidAsync(Guid milestone)
    {
        var body = (await office.GetAsync("officer", $"workers/{ma}/milestones/{milestone}")).Expect(200).Body;
        return $"{body.GetProperty("revision")} {body.GetProperty("state")} {body.GetProperty("attributes").GetProperty("certificateNo")} {body.GetProperty("reason")}";
    }

    private async Task<string> CoordinateAsync() =>
        $"{(await office.GetAsync("officer", $"workers/{ma}/coordinate")).Expect(200).Body.GetProperty("level")}";
}
