using System.IO.Compression;
using System.Text;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Tests.Api.Sheets.Reading;

/// <summary>A workbook made part by part, as spreadsheets write them and as none does.</summary>
internal sealed class TestBook
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    private readonly List<(string Name, byte[] Content)> parts = [];

    private TestBook() { }

    /// <summary>A workbook with one sheet for each text, which is what stands inside its worksheet.</summary>
    public static TestBook Of(params string[] sheets) => Made(sheets);

    /// <summary>One sheet of rows alone.</summary>
    public static TestBook OfRows(string rows) => Of($"<sheetData>{rows}</sheetData>");

    public static TestBook Made(
        IReadOnlyList<string> sheets,
        string workbookPr = "",
        string tabAttributes = "",
        string main = Main,
        string office = Office,
        string targets = "worksheets/"
    )
    {
        var book = new TestBook();
        book.Put("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>");
        book.Put(
            "_rels/.rels",
            $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        );
        var tabs = string.Concat(
            sheets.Select((_, i) => $"<sheet name=\"表{i + 1}\" sheetId=\"{i + 1}\" {tabAttributes} r:id=\"r{i + 1}\"/>")
        );
        book.Put(
            "xl/workbook.xml",
            $"<workbook xmlns=\"{main}\" xmlns:r=\"{office}\">{workbookPr}<sheets>{tabs}</sheets></workbook>"
        );
        var relations = string.Concat(
            sheets.Select(
                (_, i) => $"<Relationship Id=\"r{i + 1}\" Type=\"{office}/worksheet\" Target=\"{targets}sheet{i + 1}.xml\"/>"
            )
        );
        book.Put(
            "xl/_rels/workbook.xml.rels",
            $"<Relationships xmlns=\"{Package}\">{relations}<Relationship Id=\"s\" Type=\"{office}/styles\" Target=\"styles.xml\"/>"
                + $"<Relationship Id=\"t\" Type=\"{office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
        );
        for (var i = 0; i < sheets.Count; i++)
        {
            book.Put(
                $"xl/worksheets/sheet{i + 1}.xml",
                $"<worksheet xmlns=\"{main}\" xmlns:r=\"{office}\">{sheets[i]}</worksheet>"
            );
        }
        return book;
    }

    /// <summary>The shared texts, each the inside of an <c>si</c>.</summary>
    public TestBook WithTexts(params string[] texts) =>
        Put("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(texts.Select(text => $"<si>{text}</si>"))}</sst>");

    /// <summary>Cell format 1, 2… for each: the number of a format, or one made of letters.</summary>
    public TestBook WithFormats(params string[] formats)
    {
        var own = new StringBuilder();
        var cells = new StringBuilder("<xf numFmtId=\"0\"/>");
        for (var i = 0; i < formats.Length; i++)
        {
            var isNumber = int.TryParse(formats[i], out var id) && id > 0;
            cells.Append($"<xf numFmtId=\"{(isNumber ? id : 200 + i)}\"/>");
            own.Append(
                isNumber
                    ? ""
                    : $"<numFmt numFmtId=\"{200 + i}\" formatCode=\"{System.Security.SecurityElement.Escape(formats[i])}\"/>"
            );
        }
        return Put(
            "xl/styles.xml",
            $"<styleSheet xmlns=\"{Main}\"><numFmts>{own}</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>"
        );
    }

    public TestBook Put(string name, string xml) => Put(name, Encoding.UTF8.GetBytes(xml));

    public TestBook Put(string name, byte[] content)
    {
        parts.RemoveAll(part => part.Name == name);
        return Add(name, content);
    }

    /// <summary>Beside a part that may already have this name.</summary>
    public TestBook Add(string name, byte[] content)
    {
        parts.Add((name, content));
        return this;
    }

    public TestBook Without(string name)
    {
        parts.RemoveAll(part => part.Name == name);
        return this;
    }

    public byte[] Bytes(CompressionLevel level = CompressionLevel.Fastest)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }
        return stream.ToArray();
    }

    public static Outcome<Book> Open(byte[] file, string name = "a") =>
        Book.Open(new MemoryStream(file), name, CancellationToken.None);

    /// <summary>The code for which a file is refused.</summary>
    public static string RefusalOf(byte[] file)
    {
        var opened = Open(file);
        Assert.That(opened.IsRefused, Is.True, "It was read.");
        var refusal = opened.Refusals.Single();
        Assert.That(refusal.En + refusal.Zh, Does.Not.Contain("{"));
        return refusal.Code.Code;
    }

    /// <summary>Every row with content of one sheet.</summary>
    public static List<SheetRow> Rows(byte[] file, int sheet = 0)
    {
        var opened = Open(file);
        Assert.That(opened.Refusals.Select(refusal => refusal.En), Is.Empty);
        using var book = opened.Value;
        var rows = book.Rows(book.Sheets[sheet], CancellationToken.None).ToList();
        Assert.That(rows, Has.Count.EqualTo(book.Sheets[sheet].Rows));
        return rows;
    }

    public List<SheetRow> Rows() => Rows(Bytes());

    /// <summary>The cells of the only row.</summary>
    public IReadOnlyList<SheetCell> Cells() => Rows().Single().Cells;
}
