using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using Tab = DocumentFormat.OpenXml.Spreadsheet.Sheet;
using Tabs = DocumentFormat.OpenXml.Spreadsheet.Sheets;

namespace CareerCoordinates.Api.Sheets;

/// <summary>
/// A workbook that this program writes, part after part: the sheets as they come, then what names them. The same sheets give the same bytes.
/// </summary>
/// <param name="stream">Need not be able to seek; stays open.</param>
/// <param name="styles">The looks of its cells.</param>
internal sealed class XlsxPackage(Stream stream, Stylesheet styles) : IDisposable
{
    private const string PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string OfficeRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string SpreadsheetTypes = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>When a part was written is no part of what it says.</summary>
    private static readonly DateTimeOffset AnyTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The fonts of <see cref="Styles"/>; 0 is plain.</summary>
    public const uint Bold = 1;
    public const uint Italic = 2;

    private readonly ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<(string Name, bool Hidden)> sheets = [];
    private Stream? sheet;

    /// <summary>The looks that cells can have, in their order, and the forms of numbers that they name.</summary>
    public static Stylesheet Styles(CellFormats formats, params NumberingFormat[] numbers)
    {
        var styles = new Stylesheet(
            new Fonts(FontOf(), FontOf(new Bold()), FontOf(new Italic())),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 })
            ),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            formats
        );
        if (numbers.Length > 0)
        {
            styles.PrependChild(new NumberingFormats(numbers.AsEnumerable<OpenXmlElement>()));
        }
        return styles;
    }

    /// <param name="stream">Need not be able to seek; stays open.</param>
    /// <param name="sheets">Each with its name, and what writes its worksheet.</param>
    public static void Write(
        Stream stream,
        Stylesheet styles,
        IReadOnlyList<(string Name, bool Hidden, Action<OpenXmlWriter> Write)> sheets
    )
    {
        using var package = new XlsxPackage(stream, styles);
        foreach (var (name, hidden, write) in sheets)
        {
            WritePart(package.Begin(name, hidden), write);
            package.End();
        }
        package.Complete();
    }

    /// <summary>Begins a sheet: its worksheet is written into the stream.</summary>
    public Stream Begin(string name, bool hidden = false)
    {
        if (sheets.Count == 0)
        {
            // By their first parts programs tell workbooks from other archives.
            WriteRelationships("_rels/.rels", [("officeDocument", "xl/workbook.xml")]);
            WritePart(Open("xl/styles.xml"), writer => writer.WriteElement(styles));
        }
        sheets.Add((name, hidden));
        return sheet = Open($"xl/worksheets/sheet{Number(sheets.Count - 1)}.xml");
    }

    public void End()
    {
        sheet?.Dispose();
        sheet = null;
    }

    /// <summary>What makes a workbook of the sheets.</summary>
    public void Complete()
    {
        WritePart(Open("xl/workbook.xml"), writer => writer.WriteElement(new Workbook(new Tabs(sheets.Select(TabOf)))));
        WriteRelationships(
            "xl/_rels/workbook.xml.rels",
            [.. sheets.Select((_, i) => ("worksheet", $"worksheets/sheet{Number(i)}.xml")), ("styles", "styles.xml")]
        );
        WriteContentTypes();
    }

    public void Dispose()
    {
        End();
        zip.Dispose();
    }

    private static Font FontOf(params OpenXmlElement[] look) =>
        new([.. look, new FontSize { Val = 11 }, new FontName { Val = "Calibri" }]);

    private static OpenXmlElement TabOf((string Name, bool Hidden) sheet, int i)
    {
        var tab = new Tab
        {
            Name = sheet.Name,
            SheetId = (uint)(i + 1),
            Id = $"rId{Number(i)}",
        };
        if (sheet.Hidden)
        {
            tab.State = SheetStateValues.Hidden;
        }
        return tab;
    }

    private static string Number(int i) => (i + 1).ToString(CultureInfo.InvariantCulture);

    private static void WritePart(Stream part, Action<OpenXmlWriter> write)
    {
        using var stream = part;
        using var writer = OpenXmlWriter.Create(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.WriteStartDocument();
        write(writer);
        writer.Close();
    }

    private Stream Open(string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = AnyTime;
        return entry.Open();
    }

    private void WriteContentTypes()
    {
        using var stream = Open("[Content_Types].xml");
        using var xml = XmlWriter.Create(stream);
        xml.WriteStartElement("Types", ContentTypes);
        Part("Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
        Part("Override", "PartName", "/xl/workbook.xml", SpreadsheetTypes + "sheet.main+xml");
        Part("Override", "PartName", "/xl/styles.xml", SpreadsheetTypes + "styles+xml");
        for (var i = 1; i <= sheets.Count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"/xl/worksheets/sheet{i}.xml");
            Part("Override", "PartName", name, SpreadsheetTypes + "worksheet+xml");
        }
        xml.WriteEndElement();

        void Part(string element, string key, string value, string type)
        {
            xml.WriteStartElement(element, ContentTypes);
            xml.WriteAttributeString(key, value);
            xml.WriteAttributeString("ContentType", type);
            xml.WriteEndElement();
        }
    }

    private void WriteRelationships(string name, IReadOnlyList<(string Type, string Target)> targets)
    {
        using var stream = Open(name);
        using var xml = XmlWriter.Create(stream);
        xml.WriteStartElement("Relationships", PackageRelationships);
        for (var i = 0; i < targets.Count; i++)
        {
            xml.WriteStartElement("Relationship", PackageRelationships);
            xml.WriteAttributeString("Id", string.Create(CultureInfo.InvariantCulture, $"rId{i + 1}"));
            xml.WriteAttributeString("Type", $"{OfficeRelationships}/{targets[i].Type}");
            xml.WriteAttributeString("Target", targets[i].Target);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }
}
