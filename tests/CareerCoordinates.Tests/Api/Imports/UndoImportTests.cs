using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Protection;
using CareerCoordinates.Tests.Api.Reports;
using CareerCoordinates.Tests.Engines;
using static CareerCoordinates.Tests.Api.Imports.WorkerImportTests;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>A roster is taken back: everybody is as before, unless later work stands on it.</summary>
[BothEngines]
public class UndoImportTests(TestEngine engine)
{
    private AccessOffice office = null!;

    private (string, string)[] Roster => [("kind", "workers"), ("organization", $"{office.Works}")];

    [SetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

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
}
