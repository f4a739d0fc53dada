using System.Globalization;
using CareerCoordinates.Api.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace CareerCoordinates.Api.Sheets;

/// <summary>
/// Tables as a workbook, written as they come: no more than a row is in memory. The same tables give the same bytes. Text is text even where
/// it looks like a formula, and stays so when somebody edits the cell.
/// </summary>
public static class XlsxSheets
{
    /// <summary>Below the headers; spreadsheets read no more.</summary>
    public const int MostRows = 1_048_575;

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

    /// <param name="stream">Need not be able to seek; stays open.</param>
    public static void Write(Stream stream, IReadOnlyList<Sheet> sheets, CancellationToken cancellation)
    {
        XlsxPackage.Write(
            stream,
            Styles(),
            [
                .. sheets.Select(sheet =>
                    (sheet.Name, false, (Action<OpenXmlWriter>)(writer => WriteSheet(writer, sheet, cancellation)))
                ),
            ]
        );
    }

    private static Stylesheet Styles() =>
        XlsxPackage.Styles(
            new CellFormats(
                new CellFormat(),
                new CellFormat { FontId = XlsxPackage.Bold, ApplyFont = true },
                new CellFormat { NumberFormatId = FirstOwnNumberFormat, ApplyNumberFormat = true },
                new CellFormat { QuotePrefix = true }
            ),
            new NumberingFormat { NumberFormatId = FirstOwnNumberFormat, FormatCode = "yyyy-mm-dd" }
        );

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
}
