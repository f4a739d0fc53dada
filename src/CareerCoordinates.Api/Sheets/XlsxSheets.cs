using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using CareerCoordinates.Api.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using Tab = DocumentFormat.OpenXml.Spreadsheet.Sheet;
using Tabs = DocumentFormat.OpenXml.Spreadsheet.Sheets;

namespace CareerCoordinates.Api.Sheets;

/// <summary>
/// Tables as a workbook, written as they come: no more than a row is in memory. The same tables give the same bytes. Text is text even where
/// it looks like a formula, and stays so when somebody edits the cell.
/// </summary>
public static class XlsxSheets
{
    /// <summary>Below the headers; spreadsheets read no more.</summary>
    public const int MostRows = 1_048_575;

    private const string PackageRelationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string OfficeRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string SpreadsheetTypes = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    /// <summary>The cell formats in the order of <see cref="Styles"/>.</summary>
    private const uint Plain = 0;
    private const uint Bold = 1;
    private const uint IsoDay = 2;
    private const uint Quoted = 3;

    private const uint FirstOwnNumberFormat = 164;

    /// <summary>In characters: a name of an organisation can be read, more is cut at the edge.</summary>
    private const double ColumnWidth = 24;

    /// <summary>Spreadsheets count days from a calendar in which 1900 is a leap year; before this day they are one off.</summary>
    private static readonly DateOnly FirstCertainDay = new(1900, 3, 1);
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    /// <summary>When a part was written is no part of what it says.</summary>
    private static readonly DateTimeOffset AnyTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="stream">Need not be able to seek; stays open.</param>
    public static void Write(Stream stream, IReadOnlyList<Sheet> sheets, CancellationToken cancellation)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        WriteContentTypes(zip, sheets.Count);
        WriteRelationships(zip, "_rels/.rels", [("officeDocument", "xl/workbook.xml")]);
        WriteRelationships(
            zip,
            "xl/_rels/workbook.xml.rels",
            [
                .. sheets.Select(
                    (_, i) => ("worksheet", string.Create(CultureInfo.InvariantCulture, $"worksheets/sheet{i + 1}.xml"))
                ),
                ("styles", "styles.xml"),
            ]
        );
        WritePart(zip, "xl/workbook.xml", writer => writer.WriteElement(WorkbookOf(sheets)));
        WritePart(zip, "xl/styles.xml", writer => writer.WriteElement(Styles()));
        for (var i = 0; i < sheets.Count; i++)
        {
            var sheet = sheets[i];
            WritePart(
                zip,
                string.Create(CultureInfo.InvariantCulture, $"xl/worksheets/sheet{i + 1}.xml"),
                writer => WriteSheet(writer, sheet, cancellation)
            );
        }
    }

    private static Workbook WorkbookOf(IReadOnlyList<Sheet> sheets) =>
        new(
            new Tabs(
                sheets.Select(
                    OpenXmlElement (sheet, i) =>
                        new Tab
                        {
                            Name = sheet.Name,
                            SheetId = (uint)(i + 1),
                            Id = string.Create(CultureInfo.InvariantCulture, $"rId{i + 1}"),
                        }
                )
            )
        );

    private static Stylesheet Styles() =>
        new(
            new NumberingFormats(new NumberingFormat { NumberFormatId = FirstOwnNumberFormat, FormatCode = "yyyy-mm-dd" }),
            new Fonts(new Font(Size(), Face()), new Font(new Bold(), Size(), Face())),
            new Fills(
                new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 })
            ),
            new Borders(new Border()),
            new CellStyleFormats(new CellFormat()),
            new CellFormats(
                new CellFormat(),
                new CellFormat { FontId = 1, ApplyFont = true },
                new CellFormat { NumberFormatId = FirstOwnNumberFormat, ApplyNumberFormat = true },
                new CellFormat { QuotePrefix = true }
            )
        );

    private static FontSize Size() => new() { Val = 11 };

    private static FontName Face() => new() { Val = "Calibri" };

    private static void WriteSheet(OpenXmlWriter writer, Sheet sheet, CancellationToken cancellation)
    {
        writer.WriteStartElement(new Worksheet());
        if (sheet.Headers.Count > 0)
        {
            // The headers stay where they are when one scrolls.
            var pane = new Pane
            {
                VerticalSplit = 1,
                TopLeftCell = "A2",
                ActivePane = PaneValues.BottomLeft,
                State = PaneStateValues.Frozen,
            };
            writer.WriteElement(new SheetViews(new SheetView(pane) { WorkbookViewId = 0 }));
            var all = new Column
            {
                Min = 1,
                Max = (uint)sheet.Headers.Count,
                Width = ColumnWidth,
                CustomWidth = true,
            };
            writer.WriteElement(new Columns(all));
        }
        writer.WriteStartElement(new SheetData());
        if (sheet.Headers.Count > 0)
        {
            WriteRow(writer, sheet.Headers, Bold);
        }
        foreach (var row in sheet.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            WriteRow(writer, row, Plain);
        }
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteRow(OpenXmlWriter writer, IReadOnlyList<object?> cells, uint style)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells)
        {
            writer.WriteElement(CellOf(cell, style));
        }
        writer.WriteEndElement();
    }

    private static Cell CellOf(object? value, uint style) =>
        value switch
        {
            null => new Cell(),
            int or long or decimal => Number(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), style),
            double number when double.IsFinite(number) => Number(number.ToString("R", CultureInfo.InvariantCulture), style),
            DateOnly day when day >= FirstCertainDay => Number(
                (day.DayNumber - DayZero.DayNumber).ToString(CultureInfo.InvariantCulture),
                IsoDay
            ),
            DateOnly day => Text(day.ToString(DayConverter.Form, CultureInfo.InvariantCulture), style),
            bool flag => new Cell
            {
                DataType = CellValues.Boolean,
                CellValue = new(flag ? "1" : "0"),
                StyleIndex = style,
            },
            _ => Text(value.ToString() ?? "", style),
        };

    private static Cell Number(string digits, uint style) => new() { CellValue = new(digits), StyleIndex = style };

    private static Cell Text(string text, uint style) =>
        new(new InlineString(new Text(CellText.Writable(text)) { Space = SpaceProcessingModeValues.Preserve }))
        {
            DataType = CellValues.InlineString,
            StyleIndex = CellText.IsDangerous(text) ? Quoted : style,
        };

    private static void WritePart(ZipArchive zip, string name, Action<OpenXmlWriter> write)
    {
        using var stream = Open(zip, name);
        using var writer = OpenXmlWriter.Create(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.WriteStartDocument();
        write(writer);
        writer.Close();
    }

    private static Stream Open(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = AnyTime;
        return entry.Open();
    }

    private static void WriteContentTypes(ZipArchive zip, int sheets)
    {
        using var stream = Open(zip, "[Content_Types].xml");
        using var xml = XmlWriter.Create(stream);
        xml.WriteStartElement("Types", ContentTypes);
        Part("Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
        Part("Override", "PartName", "/xl/workbook.xml", SpreadsheetTypes + "sheet.main+xml");
        Part("Override", "PartName", "/xl/styles.xml", SpreadsheetTypes + "styles+xml");
        for (var i = 1; i <= sheets; i++)
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

    private static void WriteRelationships(ZipArchive zip, string name, IReadOnlyList<(string Type, string Target)> targets)
    {
        using var stream = Open(zip, name);
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
