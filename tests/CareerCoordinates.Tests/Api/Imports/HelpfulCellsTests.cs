using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>What is said of a cell that nearly says what was meant: it names the way out. Ma has the staff number 0042.</summary>
[BothEngines]
public class HelpfulCellsTests(TestEngine engine)
{
    private AccessOffice office = null!;

    [SetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        await office.HireAsync(office.Works, "马岚", "0042");
    }

    [TearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task ACellWithoutAHeader_IsTold_AndTheRowIsTaken()
    {
        var looked = await UploadAsync(
            "工号,发生日期,等级,证书编号,备注\n0042,2020-11-30,三级,A1,参加了甲班,乙班\n",
            ("type", "skill-level-certificate")
        );

        Assert.That(looked.Text, Does.Contain("\"create\":1").And.Contain("'乙班' stands under no header"));
        Assert.That(looked.Warnings(), Does.Contain("F2 cell-without-header"));
    }

    [Test]
    public async Task AStaffNumberThatLostItsZeros_IsShownWithThem()
    {
        var looked = await UploadAsync(
            "工号,发生日期,等级,证书编号\n42,2020-11-30,三级,A1\n43,2020-11-30,三级,A2\n",
            ("type", "skill-level-certificate")
        );

        Assert.That(looked.Problems(), Is.EqualTo(["A2 leading-zeros-lost", "A3 person-not-found"]));
        Assert.That(looked.Text, Does.Contain("has 0042"));
    }

    [Test]
    public async Task AChoiceThatIsNone_IsAnsweredWithTheNamesOfTheTemplate()
    {
        var looked = await UploadAsync(
            "工号,发生日期,等级,证书编号\n0042,2020-11-30,甲等,A1\n",
            ("type", "skill-level-certificate")
        );

        Assert.That(looked.Problems(), Is.EqualTo(["C2 value-not-allowed"]));
        Assert.That(looked.Text, Does.Contain("expected: grade 5, grade 4, grade 3"));
    }

    [Test]
    public async Task APartOfATypesName_IsAnsweredWithTheWhole()
    {
        var looked = await UploadAsync("工号,节点类型,发生日期,等级\n0042,技能等级证书,2020-11-30,三级\n");

        Assert.That(looked.Problems(), Is.EqualTo(["B2 unknown-type-name"]));
        Assert.That(looked.Text, Does.Contain("such as Skill-level certificate"));
    }

    private Task<AccessReply> UploadAsync(string csv, params (string, string)[] form) =>
        office.UploadAsync("officer", csv, [("organization", $"{office.Works}"), .. form]);
}
