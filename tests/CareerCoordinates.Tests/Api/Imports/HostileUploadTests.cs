using System.IO.Compression;
using System.Text;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Sheets.Reading;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>What would hurt is refused at the door, in the language of whoever sent it, and nothing of it is kept.</summary>
[BothEngines]
public class HostileUploadTests(TestEngine engine)
{
    private const string Sheet = "xl/worksheets/sheet1.xml";
    private const string Row = "<row><c><v>1</v></c></row>";
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private AccessOffice office = null!;

    private static TestBook Good => TestBook.OfRows(Row);

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    private static IEnumerable<TestCaseData> Files()
    {
        yield return Case(
            "zip bomb",
            "a.xlsx",
            Good.Put("xl/media/a.png", new byte[20_000_000]).Bytes(CompressionLevel.Optimal),
            "workbook-too-large"
        );
        yield return Case(
            "bomb of lying size",
            "a.xlsx",
            HostileFileTests.WithSize(
                Good.Put(Sheet, $"<worksheet>{new string(' ', 20_000_000)}</worksheet>").Bytes(),
                Sheet,
                _ => 900
            ),
            "workbook-broken"
        );
        yield return Case(
            "nested archive",
            "a.xlsx",
            Good.Put("xl/embeddings/a.xlsx", Good.Bytes()).Bytes(),
            "workbook-embeds-archive"
        );
        yield return Case(
            "document of an old format inside",
            "a.xlsx",
            Good.Put("xl/embeddings/oleObject1.bin", [.. Compound, .. new byte[600]]).Bytes(),
            "workbook-embeds-archive"
        );
        yield return Case(
            "archive of workbooks",
            "a.zip",
            TestBook.OfRows(Row).Without("[Content_Types].xml").Bytes(),
            "file-not-a-sheet"
        );
        yield return Case(
            "entity of a file",
            "a.xlsx",
            Good.Put(Sheet, "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><worksheet>&b;</worksheet>").Bytes(),
            "workbook-suspicious"
        );
        yield return Case(
            "entities of entities",
            "a.xlsx",
            Good.Put(
                    "xl/sharedStrings.xml",
                    "<!DOCTYPE a [<!ENTITY b \"lol\"><!ENTITY c \"&b;&b;&b;\">]><sst><si><t>&c;</t></si></sst>"
                )
                .Bytes(),
            "workbook-suspicious"
        );
        yield return Case(
            "links to another workbook",
            "a.xlsx",
            Good.Put("xl/externalLinks/externalLink1.xml", "<externalLink/>").Bytes(),
            "workbook-links-elsewhere"
        );
        yield return Case(
            "connection to a database",
            "a.xlsx",
            Good.Put("xl/connections.xml", "<connections/>").Bytes(),
            "workbook-links-elsewhere"
        );
        yield return Case("macros", "a.xlsm", Good.Put("xl/vbaProject.bin", "x").Bytes(), "workbook-has-macros");
        yield return Case(
            "macros under another name",
            "a.xlsx",
            Good.Put("xl/theme/theme9.xml", [.. Compound, .. Encoding.Unicode.GetBytes("_VBA_PROJECT")]).Bytes(),
            "workbook-embeds-archive"
        );
        yield return Case("a picture named as a workbook", "a.xlsx", [0x89, .. "PNG\r\n\x1A\n"u8], "file-not-a-sheet");
        yield return Case("a program named as a CSV", "a.csv", [.. "MZ\x90\0\x03\0\0\0"u8, .. new byte[200]], "text-has-nul");
        yield return Case(
            "encrypted",
            "a.xlsx",
            [.. Compound, .. new byte[1_000], .. Encoding.Unicode.GetBytes("EncryptedPackage")],
            "workbook-password-protected"
        );
        yield return Case(
            "old workbook",
            "a.xls",
            [.. Compound, .. new byte[600], .. Encoding.Unicode.GetBytes("Workbook")],
            "workbook-old-format"
        );
        yield return Case("an endless line", "a.csv", Encoding.UTF8.GetBytes(new string('x', 30_000_000)), "cell-too-long");
        yield return Case(
            "an endless line of commas",
            "a.csv",
            Encoding.UTF8.GetBytes(new string(',', 30_000_000)),
            "too-many-columns"
        );
        yield return Case(
            "an endless quotation",
            "a.csv",
            Encoding.UTF8.GetBytes("姓名\n\"" + new string('\n', 10_000_000)),
            "quote-not-closed"
        );
        yield return Case("zero bytes", "a.csv", "姓名,工号\n马\0岚,1\n"u8.ToArray(), "text-has-nul");
        yield return Case(
            "zero in XML",
            "a.xlsx",
            TestBook.OfRows("<row><c t=\"str\"><v>a&#0;b</v></c></row>").Bytes(),
            "workbook-broken"
        );
        yield return Case(
            "10,000 columns in a CSV",
            "a.csv",
            Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 10_000))),
            "too-many-columns"
        );
        yield return Case(
            "10,000 columns in a workbook",
            "a.xlsx",
            TestBook.OfRows($"<row>{string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 10_000))}</row>").Bytes(),
            "too-many-columns"
        );
        yield return Case("nothing", "a.csv", [], "file-empty");

        static TestCaseData Case(string what, string name, byte[] file, string code) =>
            new TestCaseData(name, file, code).SetArgDisplayNames(what);
    }

    [TestCaseSource(nameof(Files))]
    public async Task IsRefused_InBothLanguages(string name, byte[] file, string code)
    {
        var (en, zh) = (await SendAsync(name, file, "en"), await SendAsync(name, file, "zh-CN"));

        Assert.That((en.Status, en.Code, zh.Status, zh.Code), Is.EqualTo((400, code, 400, code)), en.Text);
        Assert.That(en["detail"], Does.Match("^[^\u4E00-\u9FFF]+$").And.Not.Contain("{"));
        Assert.That(zh["detail"], Does.Match("[\u4E00-\u9FFF]").And.Not.Contain("{"));
        Assert.That((await office.GetAsync("officer", "imports")).Expect(200).Items, Is.Empty, "nothing is kept");
    }

    private async Task<AccessReply> SendAsync(string name, byte[] file, string language)
    {
        using var form = new MultipartFormDataContent { { new StringContent("workers"), "kind" } };
        form.Add(new StringContent($"{office.Works}"), "organization");
        form.Add(new ByteArrayContent(file), "file", name);
        return await office.SendFormAsync("officer", "imports", form, language);
    }
}

/// <summary>What a caller sends stands in no answer and in no list if an ID number is in it, however it is parted.</summary>
[BothEngines]
public class HostileCellTests(TestEngine engine)
{
    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [TestCase("_x0000_", Description = "a zero that XML cannot hold")]
    [TestCase("_xD800_", Description = "half of a character")]
    [TestCase("_x202E_", Description = "turns what follows")]
    [TestCase("&#x202E;")]
    public async Task CharactersThatNobodySees_AreRefusedWithTheirCell(string hidden)
    {
        foreach (
            var text in (string[])["<c r=\"A2\" t=\"inlineStr\"><is><t>马{0}岚</t></is></c>", "<c r=\"A2\" t=\"s\"><v>0</v></c>"]
        )
        {
            var looked = await RosterAsync(
                TestBook
                    .OfRows(
                        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>工号</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>入职日期</t></is></c></row>"
                            + $"<row r=\"2\">{text.Replace("{0}", hidden, StringComparison.Ordinal)}<c r=\"B2\"><v>7</v></c><c r=\"C2\" t=\"str\"><v>2012-07-01</v></c></row>"
                    )
                    .WithTexts($"<t>马{hidden}岚</t>")
                    .Bytes(),
                "a.xlsx"
            );

            Assert.That(
                looked.Problems(),
                Is.EqualTo((string[])["A2 control-character"]).Or.EqualTo((string[])["A2 character-lost"]),
                looked.Text
            );
        }
    }

    [TestCase("110105 19020101 0022")]
    [TestCase("110105-1902-0101-0022")]
    [TestCase("1101 0519 0201 0100 22")]
    [TestCase("１１０１０５　１９０２０１０１　００２２")]
    public async Task AnIdNumber_HoweverItIsParted_StandsInNoAnswer(string number)
    {
        var looked = await RosterAsync(
            Encoding.UTF8.GetBytes(
                $"姓名,工号,出生日期,性别\n马岚,1,{number},女\n苏伟,2,1990-01-01,{number}\n马岚 {number},3,,\n"
            ),
            $"{number}.csv"
        );
        var result = await office.GetAsync("officer", $"imports/{looked.Id}");

        Assert.That(looked.Counts(), Is.EqualTo("checked 0 new, 0 changed, 0 same, 3 refused"), looked.Text);
        Assert.That(looked.Text + result.Text, Does.Not.Contain(number).And.Not.Contain(number[^4..]));
    }

    private Task<AccessReply> RosterAsync(byte[] file, string name) =>
        office.UploadAsync("officer", file, name, ("kind", "workers"), ("organization", $"{office.Works}"));
}
