using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CareerCoordinates.Api.Sheets.Reading;

namespace CareerCoordinates.Tests.Api.Sheets.Reading;

/// <summary>Files that would hurt, or are no sheets: refused with a reason before much is done.</summary>
public class HostileFileTests
{
    private const string Row = "<row><c><v>1</v></c></row>";
    private const string Sheet = "xl/worksheets/sheet1.xml";

    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static TestBook Good => TestBook.OfRows(Row);

    [Test]
    public void TheBookThatTheseTestsSpoil_IsReadBefore() => Assert.That(Good.Cells().Single().Text, Is.EqualTo("1"));

    private static IEnumerable<TestCaseData> OtherFiles()
    {
        yield return Case("empty", [], "file-empty");
        yield return Case("pdf", "%PDF-1.7 ..."u8, "file-not-a-sheet");
        yield return Case("png", [0x89, .. "PNG\r\n"u8], "file-not-a-sheet");
        yield return Case("jpeg", [0xFF, 0xD8, 0xFF, 0xE0], "file-not-a-sheet");
        yield return Case("rar", "Rar!\x1A\x07"u8, "file-not-a-sheet");
        yield return Case("7z", [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "file-not-a-sheet");
        yield return Case("gzip", [0x1F, 0x8B, 8], "file-not-a-sheet");
        yield return Case("html", "\n <HTML><table>"u8, "workbook-old-format");
        yield return Case("xml 2003", [0xEF, 0xBB, 0xBF, .. "<?xml version=\"1.0\"?><Workbook/>"u8], "workbook-old-format");
        yield return Case(
            "xls",
            [.. Compound, .. new byte[600], .. Encoding.Unicode.GetBytes("Workbook")],
            "workbook-old-format"
        );
        yield return Case(
            "doc",
            [.. Compound, .. new byte[600], .. Encoding.Unicode.GetBytes("WordDocument")],
            "file-not-a-sheet"
        );
        yield return Case(
            "password",
            [.. Compound, .. new byte[65_520], .. Encoding.Unicode.GetBytes("EncryptedPackage")],
            "workbook-password-protected"
        );
        yield return Case(
            "ods",
            Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")),
            "workbook-old-format"
        );
        yield return Case("numbers", Zip(("Index/Document.iwa", "x")), "workbook-old-format");
        yield return Case("xlsb", Good.Put("xl/workbook.bin", "x").Bytes(), "workbook-old-format");
        yield return Case("docx", Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<a/>")), "file-not-a-sheet");
        yield return Case("zip of sheets", Zip(("a.xlsx", "x")), "file-not-a-sheet");
        yield return Case("macros", Good.Put("xl/vbaProject.bin", "x").Bytes(), "workbook-has-macros");
        yield return Case("old macros", Good.Put("xl/macrosheets/sheet1.xml", "<a/>").Bytes(), "workbook-has-macros");

        static TestCaseData Case(string name, ReadOnlySpan<byte> file, string code) =>
            new TestCaseData(file.ToArray(), code).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(OtherFiles))]
    public void AnotherKindOfFile_IsNamed(byte[] file, string code) => Assert.That(TestBook.RefusalOf(file), Is.EqualTo(code));

    private static IEnumerable<TestCaseData> Spoilt()
    {
        yield return Case("nested archive", Good.Put("xl/embeddings/a.bin", "PK\x03\x04 and so on"), "workbook-embeds-archive");
        yield return Case("path traversal", Good.Put("../../etc/passwd", "x"), "workbook-suspicious");
        yield return Case("path traversal, backslash", Good.Put("xl\\..\\..\\x", "x"), "workbook-suspicious");
        yield return Case("drive", Good.Put("C:/x", "x"), "workbook-suspicious");
        yield return Case("duplicate part", Good.Add(Sheet, "<worksheet/>"u8.ToArray()), "workbook-suspicious");
        yield return Case(
            "duplicate part, other case",
            Good.Add("XL/worksheets/SHEET1.xml", "<a/>"u8.ToArray()),
            "workbook-suspicious"
        );
        yield return Case("dense part", Good.Put("xl/media/a.png", new byte[11_000_000]), "workbook-too-large");
        yield return Case(
            "dtd",
            Good.Put(Sheet, $"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><worksheet>&b;</worksheet>"),
            "workbook-suspicious"
        );
        yield return Case(
            "dtd in relations",
            Good.Put("_rels/.rels", "<?xml version=\"1.0\"?><!DOCTYPE a><a/>"),
            "workbook-suspicious"
        );
        yield return Case("undeclared entity", Good.Put(Sheet, "<worksheet>&b;</worksheet>"), "workbook-broken");
        yield return Case("deep xml", Good.Put(Sheet, string.Concat(Enumerable.Repeat("<a>", 100_000))), "workbook-suspicious");
        yield return Case("long attribute", Good.Put(Sheet, $"<worksheet a=\"{Noise(3_000_000)}\"/>"), "workbook-suspicious");
        yield return Case(
            "many names",
            Good.Put(Sheet, $"<worksheet>{string.Concat(Enumerable.Range(0, 10_000).Select(i => $"<a{i}/>"))}</worksheet>"),
            "workbook-suspicious"
        );
        yield return Case("cut xml", Good.Put(Sheet, "<worksheet><sheetData><row><c>"), "workbook-broken");
        yield return Case("no xml", Good.Put(Sheet, "not xml"), "workbook-broken");
        yield return Case("empty part", Good.Put(Sheet, ""), "workbook-broken");
        yield return Case("missing sheet", Good.Without(Sheet), "workbook-broken");
        yield return Case("missing workbook", Good.Without("xl/workbook.xml"), "workbook-broken");
        yield return Case("missing relations", Good.Without("xl/_rels/workbook.xml.rels"), "workbook-without-sheets");
        yield return Case(
            "no text with this number",
            TestBook.OfRows("<row><c t=\"s\"><v>3</v></c></row>").WithTexts("<t>a</t>"),
            "workbook-broken"
        );
        yield return Case(
            "no number of a text",
            TestBook.OfRows("<row><c t=\"s\"><v>-1</v></c></row>").WithTexts("<t>a</t>"),
            "workbook-broken"
        );
        yield return Case("rows backwards", TestBook.OfRows("<row r=\"2\"/><row r=\"1\"/>"), "workbook-broken");
        yield return Case("row number beyond", TestBook.OfRows("<row r=\"99999999999\"/>"), "workbook-broken");
        yield return Case("cell twice", TestBook.OfRows("<row r=\"1\"><c r=\"A1\"/><c r=\"A1\"/></row>"), "workbook-broken");
        yield return Case("cell of another row", TestBook.OfRows("<row r=\"1\"><c r=\"A2\"/></row>"), "workbook-broken");
        yield return Case(
            "no content",
            TestBook.OfRows("<row r=\"1\"><c r=\"A1\" t=\"str\"><f>x</f><v></v></c></row>"),
            "sheet-without-content"
        );
        yield return Case(
            "long text",
            TestBook.OfRows($"<row><c t=\"str\"><v>{new string('x', 40_000)}</v></c></row>"),
            "cell-too-long"
        );
        yield return Case(
            "long inline text",
            TestBook.OfRows($"<row><c t=\"inlineStr\"><is><t>{new string('x', 40_000)}</t></is></c></row>"),
            "cell-too-long"
        );
        yield return Case("long shared text", Good.WithTexts($"<t>{new string('x', 40_000)}</t>"), "cell-too-long");
        yield return Case("far column", TestBook.OfRows("<row r=\"1\"><c r=\"NTP1\"><v>1</v></c></row>"), "too-many-columns");
        yield return Case(
            "many merges",
            TestBook.Of(
                $"<sheetData>{Row}</sheetData><mergeCells>{string.Concat(Enumerable.Repeat("<mergeCell ref=\"A1:IV9\"/>", 2_000))}</mergeCells>"
            ),
            "workbook-suspicious"
        );
        yield return Case(
            "two sheets of one part",
            Good.Put("xl/_rels/workbook.xml.rels", Relations)
                .Put("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheet r:id=\"a\"/><sheet r:id=\"b\"/></workbook>"),
            "workbook-suspicious"
        );

        static TestCaseData Case(string name, TestBook book, string code) =>
            new TestCaseData(book, code).SetArgDisplayNames(name);
    }

    private const string Relations =
        "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" Type=\"x/worksheet\" Target=\"/xl/worksheets/sheet1.xml\"/></Relationships>";

    [TestCaseSource(nameof(Spoilt))]
    public void ASpoiltWorkbook_IsRefused(object book, string code) =>
        Assert.That(TestBook.RefusalOf(((TestBook)book).Bytes(CompressionLevel.Optimal)), Is.EqualTo(code));

    [Test]
    public void AMillionSharedTexts_AreRefusedOnceTheyFillTheMemory()
    {
        var text = Encoding.UTF8.GetBytes($"<si><t>{Noise(100)}</t></si>");
        using var texts = new MemoryStream();
        texts.Write("<sst>"u8);
        for (var i = 0; i < 1_000_000; i++)
        {
            texts.Write(text);
        }
        texts.Write("</sst>"u8);

        Assert.That(
            TestBook.RefusalOf(Good.Put("xl/sharedStrings.xml", texts.ToArray()).Bytes(CompressionLevel.NoCompression)),
            Is.EqualTo("workbook-too-large")
        );
    }

    [Test]
    public void AMillionEmptyRows_AreNoRows()
    {
        var rows = new StringBuilder();
        for (var i = 2; i <= CellAddress.LastRow; i++)
        {
            rows.Append($"<row r=\"{i}\" s=\"{i % 7}\"/>");
        }

        Assert.That(TestBook.OfRows($"<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>{rows}").Rows(), Has.Count.EqualTo(1));
    }

    [Test]
    public void MoreRowsThanAllowed_InAllSheetsTogether_AreRefusedWithTheirNumber()
    {
        var sheet = $"<sheetData>{string.Concat(Enumerable.Repeat(Row, 100_040))}</sheetData>";
        var opened = TestBook.Open(TestBook.Of(sheet, sheet).Bytes());

        Assert.That(opened.Refusals.Single().Code.Code, Is.EqualTo("too-many-rows"));
        Assert.That(opened.Refusals.Single().En, Does.Contain("200080 rows"));
    }

    [Test]
    public void ManyParts_AreRefusedBeforeTheirDirectoryIsLoaded()
    {
        var book = Good;
        for (var i = 0; i < SheetLimits.Parts; i++)
        {
            book.Put($"xl/media/{i}", [1]);
        }

        Assert.That(TestBook.RefusalOf(book.Bytes()), Is.EqualTo("workbook-suspicious"));
    }

    // The directory of the archive says how large a part is; both lies are found, in a part that is read and in one that is only copied.
    [TestCase(Sheet, -20, "workbook-broken")]
    [TestCase(Sheet, 20, "workbook-suspicious")]
    [TestCase("xl/media/a.png", 20, "workbook-suspicious")]
    public void ALyingSize_IsFound(string part, int by, string code)
    {
        var file = Good.Put("xl/media/a.png", new byte[1000]).Bytes();

        Assert.That(TestBook.RefusalOf(WithSize(file, part, size => (uint)(size + by))), Is.EqualTo(code));
    }

    [Test]
    public void ADeclaredBomb_IsRefusedBeforeItIsInflated() =>
        Assert.That(TestBook.RefusalOf(WithSize(Good.Bytes(), Sheet, _ => 2_000_000_000)), Is.EqualTo("workbook-too-large"));

    [Test]
    public void ARealBomb_OfLyingSize_IsNotInflated()
    {
        var bomb = Good.Put(Sheet, [.. "<worksheet>"u8, .. new byte[20_000_000].Select(_ => (byte)' '), .. "</worksheet>"u8])
            .Bytes();

        Assert.That(TestBook.RefusalOf(WithSize(bomb, Sheet, _ => 1_000)), Is.EqualTo("workbook-broken"));
    }

    [Test]
    public void ADamagedArchive_IsRefused_WhateverTheByte()
    {
        var file = Good.WithTexts("<t>a</t>").WithFormats("14").Bytes();
        for (var at = 4; at < file.Length; at += 2)
        {
            var damaged = (byte[])file.Clone();
            damaged[at] ^= 0x5A;
            var opened = TestBook.Open(damaged);
            if (!opened.IsRefused)
            {
                // A byte that says nothing: a time, a name that nobody asks for.
                using var book = opened.Value;
                Assert.That(() => book.Rows(book.Sheets[0], CancellationToken.None).Count(), Throws.Nothing, $"byte {at}");
            }
        }
        for (var length = 4; length < file.Length; length += 7)
        {
            Assert.That(TestBook.Open(file[..length]).IsRefused, Is.True, $"cut at {length}");
        }
    }

    [Test]
    public void APartElsewhere_IsNotFetched()
    {
        var book = Good.Put(
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"file:///etc/passwd\" TargetMode=\"External\"/></Relationships>"
        );

        Assert.That(book.Cells().Single().Text, Is.EqualTo("1"));
    }

    /// <summary>Text that does not shrink much.</summary>
    private static string Noise(int length)
    {
        var random = new Random(length);
        return string.Create(
            length,
            random,
            (text, chance) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = (char)('a' + chance.Next(26));
                }
            }
        );
    }

    /// <summary>Another size in the directory, where the runtime looks.</summary>
    internal static byte[] WithSize(byte[] file, string part, Func<uint, uint> size)
    {
        var name = Encoding.UTF8.GetBytes(part);
        var at = file.AsSpan().LastIndexOf(name) - 46;
        Assert.That(file.AsSpan(at, 4).SequenceEqual("PK\x01\x02"u8), Is.True);
        var declared = file.AsSpan(at + 24, 4);
        BinaryPrimitives.WriteUInt32LittleEndian(declared, size(BinaryPrimitives.ReadUInt32LittleEndian(declared)));
        return file;
    }

    private static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        return stream.ToArray();
    }
}
