using System.Text;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Tests.Api.Sheets.Reading;

public class HeaderRowTests
{
    private static readonly KnownColumn[] Known =
    [
        new("name", ["姓名", "name", "职工姓名"], Required: true),
        new("staffNumber", ["工号", "staff number"]) { Perhaps = ["编号"], InPlaceOf = ["idNumber"] },
        new("idNumber", ["身份证号"]),
        new("occurredOn", ["取得日期", "date"], Required: true),
        new("level", ["级别"]),
        new("grade", ["级别", "等级（级）"]),
    ];

    [TestCase("姓名,取得日期,工号", "1:name=1,occurredOn=2,staffNumber=3")]
    [TestCase("工号,取得日期,姓名", "1:staffNumber=1,occurredOn=2,name=3")]
    [TestCase(
        "花名册,,\n\n注：必填项带星号,,\n* 姓 名：,取得日期（必填）,ＳＴＡＦＦ－Number",
        "4:name=1,occurredOn=2,staffNumber=3"
    )]
    [TestCase("Name,occurred_on,备注", "1:name=1,occurredOn=2")]
    [TestCase("姓名,姓名（拼音）,Date", "1:name=1,occurredOn=3")]
    [TestCase("姓名,date,级别", "1:name=1,occurredOn=2,level=3,grade=3")]
    [TestCase("姓名,date,等级（级）", "1:name=1,occurredOn=2,grade=3")]
    [TestCase("姓名,date\n姓名,date", "1:name=1,occurredOn=2")]
    [TestCase("姓名,date,级别（grade）,级别（level）", "1:name=1,occurredOn=2,grade=3,level=4")]
    [TestCase("姓名,date,职级／档次（grade）", "1:name=1,occurredOn=2,grade=3")]
    [TestCase("姓名,date,工号（name）", "1:name=1,occurredOn=2,staffNumber=3")]
    [TestCase("编号,姓名,date", "1:staffNumber=1,name=2,occurredOn=3")]
    [TestCase("编号,姓名,date,工号", "1:name=2,occurredOn=3,staffNumber=4")]
    [TestCase("编号,姓名,date,身份证号", "1:name=2,occurredOn=3,idNumber=4")]
    public void Headers_AreFound(string csv, string expected) => Assert.That(Told(Find(csv)), Is.EqualTo(expected));

    [Test]
    public void Headers_ThatNobodyKnows_AreTold() =>
        Assert.That(
            Find("姓名,date,备注,,姓名（拼音）").Value.Unknown.Select(cell => $"{cell.Address} {cell.Text}"),
            Is.EqualTo(new[] { "C1 备注", "E1 姓名（拼音）" })
        );

    [Test]
    public void Mapping_GoesBeforeNames()
    {
        var found = Find("姓名,date,工号,新工号", ("新工号 ", "staffNumber"));

        Assert.That(found.Value.Columns["staffNumber"], Is.EqualTo(4));
        Assert.That(found.Value.Unknown.Single().Text, Is.EqualTo("工号"));
    }

    [TestCase("姓名,date", "新工号", "staffNumber", "mapping-header-missing")]
    [TestCase("姓名,date,新工号", "新工号", "number", "mapping-code-unknown")]
    public void Mapping_ThatLeadsNowhere_IsRefused(string csv, string header, string code, string refused) =>
        Assert.That(Find(csv, (header, code)).Refusals.Single().Code.Code, Is.EqualTo(refused));

    [Test]
    public void Missing_IsRefusedWithTheNamesLookedFor()
    {
        var refusal = Find("题目\n工号,备注").Refusals;

        Assert.That(refusal.Select(one => one.Code), Is.EqualTo(new[] { HeaderRow.Missing, HeaderRow.Missing }));
        Assert.That(
            refusal[0].En,
            Is.EqualTo(
                "There is no column '姓名' (also: name, 职工姓名) among the headers in row 2. Add it, or rename the header that means it (at the API a mapping can say so, too)."
            )
        );
    }

    [Test]
    public void Twice_IsRefusedWithBothPlaces()
    {
        var refusal = Find("姓名,date,职工姓名").Refusals.Single();

        Assert.That(refusal.Code, Is.EqualTo(HeaderRow.Twice));
        Assert.That(refusal.En, Does.Contain("A1 '姓名', C1 '职工姓名'"));
    }

    [Test]
    public void NoHeaders_AreRefused()
    {
        Assert.That(Find("a,b\n1,2").Refusals.Single().Code, Is.EqualTo(HeaderRow.NotFound));
        Assert.That(
            Find(string.Concat(Enumerable.Repeat("x\n", SheetLimits.RowsToHeader)) + "姓名,date").Refusals.Single().Code,
            Is.EqualTo(HeaderRow.NotFound)
        );
    }

    [Test]
    public void Header_MergedWithTheRowAbove_Counts()
    {
        var rows = TestBook
            .Of(
                "<sheetData><row>"
                    + Text("花名册")
                    + "</row><row>"
                    + Text("姓名")
                    + Text("证书")
                    + "</row><row><c/>"
                    + Text("取得日期")
                    + Text("等级（级）")
                    + "</row></sheetData>"
                    + "<mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:C2\"/></mergeCells>"
            )
            .Rows();

        Assert.That(Told(HeaderRow.Find(rows, Known)), Is.EqualTo("3:name=1,occurredOn=2,grade=3"));
    }

    [Test]
    public void Row_GivesTheCellUnderAHeader()
    {
        var rows = TestBook.Rows(Encoding.UTF8.GetBytes("姓名,date\n王伟,2020\n"));
        var header = HeaderRow.Find(rows, Known).Value;

        Assert.That(header.In(rows[1], "occurredOn")?.Address, Is.EqualTo("B2"));
        Assert.That(header.In(rows[1], "level"), Is.Null);
    }

    private static string Text(string text) => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>";

    private static Outcome<SheetHeader> Find(string csv, params (string Header, string Code)[] mapping) =>
        HeaderRow.Find(
            TestBook.Rows(Encoding.UTF8.GetBytes(csv)),
            Known,
            mapping.ToDictionary(one => one.Header, one => one.Code)
        );

    private static string Told(Outcome<SheetHeader> found)
    {
        Assert.That(found.Refusals.Select(refusal => refusal.En), Is.Empty);
        var columns = found.Value.Columns.OrderBy(one => one.Value).Select(one => $"{one.Key}={one.Value}");
        return $"{found.Value.Row}:{string.Join(',', columns)}";
    }
}
