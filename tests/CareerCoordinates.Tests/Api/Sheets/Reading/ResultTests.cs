using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Api.Sheets.Reading;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Table = CareerCoordinates.Api.Sheets.Sheet;

namespace CareerCoordinates.Tests.Api.Sheets.Reading;

/// <summary>The answer is what was sent, with one column more.</summary>
public class ResultTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static string? TextOf(int row) =>
        row == 1 ? "处理结果"
        : row == 2 ? "=拒绝, \"C2\""
        : null;

    [TestCase("姓名,工号\r\n王,1\r\n李,2\r\n", "姓名,工号,处理结果\r\n王,1,\"'=拒绝, \"\"C2\"\"\"\r\n李,2\r\n")]
    [TestCase("姓;b\nc;d", "姓;b;处理结果\nc;d;\"'=拒绝, \"\"C2\"\"\"")]
    [TestCase("姓,b,c,,\n\"x\ny\"\nz,1,2\n", "姓,b,c,处理结果,,\n\"x\ny\",,,\"'=拒绝, \"\"C2\"\"\"\nz,1,2\n")]
    [TestCase("sep=;\n姓;b\n=1;\"2\" \n", "sep=;\n姓;b;处理结果\n'=1;\"2\" ;\"'=拒绝, \"\"C2\"\"\"\n")]
    public void Csv_IsTheSameBytes_WithOneFieldMore(string sent, string expected)
    {
        foreach (var encoding in new[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Gb18030 })
        {
            var result = Written([.. encoding.GetPreamble(), .. encoding.GetBytes(sent)]);

            Assert.That(
                result,
                Is.EqualTo((byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(expected)]),
                encoding.WebName
            );
        }
    }

    // Numbers with a sign, and the sign alone, are no formulas; what is quoted can be one.
    [TestCase("a,-5,+3.25,-,2020-11-30", "a,-5,+3.25,-,2020-11-30")]
    [TestCase("=1+1,x=1,\"=A1,\"\"b\"\"\" ,@a", "'=1+1,x=1,\"'=A1,\"\"b\"\"\",'@a")]
    [TestCase("-1+1,+86 10,--,\"\t=1\"", "'-1+1,'+86 10,'--,'\t=1")]
    [TestCase("＝1,\"\r\n=1\",'=1, =1", "'＝1,\"'\r\n=1\",'=1, =1")]
    public void Csv_CellsThatBeginLikeFormulas_AreTextOnTheWayOut_AndReadBackAsTheyWere(string sent, string expected)
    {
        var sheet = Encoding.UTF8.GetBytes("姓名\r\n" + sent + "\r\n,,,,,\r\n");

        var result = Written(sheet, _ => _ => null);

        Assert.That(Encoding.UTF8.GetString(result), Is.EqualTo("姓名\r\n" + expected + "\r\n,,,,,\r\n"));
        Assert.That(Written(result, _ => _ => null), Is.EqualTo(result), "once");
        Assert.That(Said(result), Is.EqualTo(Said(sheet)));

        static IEnumerable<string?> Said(byte[] file) => TestBook.Rows(file)[1].Cells.Select(cell => SheetValue.Text(cell).Value);
    }

    [Test]
    public void Workbook_KeepsEverythingElse()
    {
        var sent = TestBook
            .Of(
                "<sheetPr><tabColor rgb=\"FFFF0000\"/></sheetPr><dimension ref=\"A1:B4\"/><sheetFormatPr defaultRowHeight=\"15\"/>"
                    + "<cols><col min=\"1\" max=\"1\" width=\"30\" customWidth=\"1\"/><col min=\"3\" max=\"16384\" width=\"9\" hidden=\"1\" customWidth=\"1\"/></cols>"
                    + "<sheetData><row r=\"1\" spans=\"1:2\" ht=\"40\"><c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
                    + "<row r=\"2\"><c r=\"A2\"><f>1+1</f><v>2</v></c><c r=\"B2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> a&#13;\nb </t></is></c><c r=\"C2\" s=\"1\"/><c r=\"D2\" s=\"1\"/></row>"
                    + "<row r=\"3\"/><row r=\"4\"><c r=\"A4\"><v>4</v></c></row></sheetData>"
                    + "<mergeCells count=\"1\"><mergeCell ref=\"A3:B3\"/></mergeCells><!-- kept --><pageMargins left=\"1\" right=\"1\" top=\"1\" bottom=\"1\" header=\"0\" footer=\"0\"/>",
                "<sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c></row></sheetData>"
            )
            .WithTexts("<t>姓名</t>", "<t>值</t>")
            .WithFormats("000000")
            .Put("xl/media/a.png", [1, 2, 3])
            .Bytes();

        var result = Written(sent, sheet => sheet.Index == 0 ? TextOf : null);

        var (before, after) = (PartsOf(sent), PartsOf(result));
        Assert.That(after.Keys, Is.EqualTo(before.Keys));
        Assert.That(
            after.Where(part => !part.Value.SequenceEqual(before[part.Key])).Select(part => part.Key),
            Is.EqualTo(new[] { "xl/worksheets/sheet1.xml" })
        );
        // The sheet with what was added taken out again is the sheet that was sent.
        var (was, now) = (Xml(before["xl/worksheets/sheet1.xml"]), Xml(after["xl/worksheets/sheet1.xml"]));
        XNamespace main = TestBook.Main;
        Assert.That(now.Descendants(main + "dimension").Single().Attribute("ref")!.Value, Is.EqualTo("A1:C4"));
        Assert.That(
            now.Descendants(main + "col")
                .Select(col => $"{col.Attribute("min")!.Value}-{col.Attribute("max")!.Value} {col.Attribute("hidden")?.Value}"),
            Is.EqualTo(new[] { "1-1 ", "3-3 ", "4-16384 1" })
        );
        var added = now.Descendants(main + "c").Where(cell => cell.Attribute("r")!.Value is "C1" or "C2").ToList();
        Assert.That(added.Select(cell => cell.Value), Is.EqualTo(new[] { "处理结果", "'=拒绝, \"C2\"" }));
        Assert.That(added.Select(cell => cell.Attribute("t")!.Value), Is.All.EqualTo("inlineStr"));
        added.ForEach(cell => cell.Remove());
        now.Descendants(main + "dimension").Single().SetAttributeValue("ref", "A1:B4");
        now.Descendants(main + "cols").Single().ReplaceWith(was.Descendants(main + "cols").Single());
        was.Descendants(main + "c").Single(cell => cell.Attribute("r")!.Value == "C2").Remove();
        was.Descendants(main + "row").First().Attribute("spans")!.Remove();
        Assert.That(now.ToString(), Is.EqualTo(was.ToString()));
    }

    [Test]
    public void Workbook_OfThisProgram_StaysValid_AndReadsBack()
    {
        using var stream = new MemoryStream();
        XlsxSheets.Write(
            stream,
            [
                new Table(
                    "t",
                    ["姓名", "日"],
                    [
                        ["王", new DateOnly(2020, 11, 30)],
                        ["李", null],
                    ]
                ),
                new Table(
                    "u",
                    [],
                    [
                        ["x"],
                    ]
                ),
            ],
            CancellationToken.None
        );

        var result = Written(stream.ToArray());

        using var document = SpreadsheetDocument.Open(new MemoryStream(result), isEditable: false);
        Assert.That(
            new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019)
                .Validate(document)
                .Select(fault => $"{fault.Path?.XPath}: {fault.Description}"),
            Is.Empty
        );
        Assert.That(
            TestBook.Rows(result).Select(row => string.Join('|', row.Cells.Select(cell => cell.Text))),
            Is.EqualTo(new[] { "姓名|日|处理结果", "王|2020-11-30|'=拒绝, \"C2\"", "李" })
        );
        Assert.That(TestBook.Rows(result, 1).Single()[2].Text, Is.EqualTo("处理结果"));
    }

    [Test]
    public void Forms_WithRowsAndColumnsOfTheirOwn_StayAsTheyAre()
    {
        const string controls =
            "<controls><control><controlPr><anchor><from><xdr:col xmlns:xdr=\"x\">1</xdr:col><xdr:row xmlns:xdr=\"x\">2</xdr:row></from></anchor></controlPr></control></controls>";
        var sent = TestBook.Of("<sheetData><row><c><v>1</v></c></row></sheetData>" + controls).Bytes();

        var sheet = Xml(PartsOf(Written(sent))["xl/worksheets/sheet1.xml"]);

        Assert.That(
            sheet.ToString(SaveOptions.DisableFormatting).Replace($" xmlns=\"{TestBook.Main}\"", ""),
            Does.Contain(controls)
        );
        Assert.That(sheet.Root!.Value, Is.EqualTo("1处理结果12"));
    }

    [Test]
    public void Column_StandsBehindMergedCells_AndWithoutWidthsToo()
    {
        var sent = TestBook
            .Of(
                "<sheetData><row><c><v>1</v></c><c s=\"1\"/></row></sheetData><mergeCells><mergeCell ref=\"A1:C1\"/></mergeCells>"
            )
            .Bytes();

        Assert.That(TestBook.Rows(Written(sent)).Single()[4].Text, Is.EqualTo("处理结果"));
    }

    [Test]
    public void Workbook_WithPrefixes_AndStrict_GetsCellsOfItsOwnKind()
    {
        const string strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
        var sent = TestBook
            .OfRows("")
            .Put(
                "xl/worksheets/sheet1.xml",
                $"<x:worksheet xmlns:x=\"{strict}\"><x:sheetData><x:row><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"
            )
            .Bytes();

        var sheet = Xml(PartsOf(Written(sent))["xl/worksheets/sheet1.xml"]);

        Assert.That(sheet.Descendants().Select(element => element.Name.NamespaceName).Distinct(), Is.EqualTo(new[] { strict }));
        Assert.That(sheet.Root!.Value, Is.EqualTo("7处理结果"));
    }

    [Test]
    public void Text_IsCutToWhatACellHolds_AndToWhatXmlCan()
    {
        var sent = TestBook.OfRows("<row><c><v>1</v></c></row>").Bytes();

        var cell = TestBook.Rows(Written(sent, _ => _ => "a\u0001" + new string('b', 40_000))).Single()[2];

        Assert.That(cell.Text, Has.Length.EqualTo(CellText.LongestInWorkbook - 1).And.StartsWith("ab"));
    }

    private static byte[] Written(byte[] sent, Func<BookSheet, Func<int, string?>?>? textsOf = null)
    {
        using var book = TestBook.Open(sent).Value;
        using var output = new MemoryStream();
        book.WriteResult(output, textsOf ?? (_ => TextOf), CancellationToken.None);
        return output.ToArray();
    }

    private static Dictionary<string, byte[]> PartsOf(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        return zip.Entries.ToDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var content = new MemoryStream();
                using var stream = entry.Open();
                stream.CopyTo(content);
                return content.ToArray();
            }
        );
    }

    private static XDocument Xml(byte[] part) => XDocument.Load(new MemoryStream(part), LoadOptions.PreserveWhitespace);
}
