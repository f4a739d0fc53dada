using System.Globalization;
using System.Text;
using System.Xml;
using CareerCoordinates.Api.Json;
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

    /// <param name="stream">Need not be able to seek; stays open.</param>
    public static void Write(Stream stream, IReadOnlyList<Sheet> sheets, CancellationToken cancellation)
    {
        using var file = new XlsxFile(stream);
        foreach (var sheet in sheets)
        {
            file.Write(sheet, cancellation);
        }
        file.Complete();
    }
}

/// <inheritdoc cref="XlsxSheets"/>
/// <param name="mostRows">Below the headers of a sheet; a table that has more goes on in another, with the same headers.</param>
public sealed class XlsxFile(Stream stream, int mostRows = XlsxSheets.MostRows) : SheetFile
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>The cell formats in the order of <see cref="Styles"/>.</summary>
    private const string Plain = "0";
    private const string Bold = "1";
    private const string IsoDay = "2";
    private const string Quoted = "3";
    private const string PerCent = "4";

    private const uint FirstOwnNumberFormat = 164;

    /// <summary>A format that every spreadsheet has: 0.00%.</summary>
    private const uint PerCentFormat = 10;

    /// <summary>In characters: a name of an organisation can be read, more is cut at the edge.</summary>
    private const string ColumnWidth = "24";

    /// <summary>Spreadsheets count days from a calendar in which 1900 is a leap year; before this day they are one off.</summary>
    private static readonly DateOnly FirstCertainDay = new(1900, 3, 1);
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    private static readonly XmlWriterSettings Form = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // A line end in a cell is the same wherever the program runs.
        NewLineHandling = NewLineHandling.Entitize,
    };

    private readonly XlsxPackage package = new(stream, Styles());
    private XmlWriter? xml;
    private string name = "";
    private IReadOnlyList<string> headers = [];
    private int parts;
    private int rows;

    public override void Begin(string name, IReadOnlyList<string> headers)
    {
        (this.name, this.headers, parts) = (name, headers, 0);
        BeginPart();
    }

    public override void Row(IReadOnlyList<object?> cells)
    {
        if (rows == mostRows)
        {
            BeginPart();
        }
        rows++;
        WriteRow(cells, Plain);
    }

    public override void Complete()
    {
        EndPart();
        package.Complete();
    }

    public override void Dispose()
    {
        xml?.Dispose();
        package.Dispose();
    }

    private void BeginPart()
    {
        EndPart();
        parts++;
        rows = 0;
        var part = package.Begin(parts == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {parts}"));
        xml = XmlWriter.Create(part, Form);
        xml.WriteStartDocument(standalone: true);
        xml.WriteStartElement("worksheet", Main);
        if (headers.Count > 0)
        {
            // The headers stay where they are when one scrolls.
            Open("sheetViews");
            Open("sheetView", ("workbookViewId", "0"));
            Open("pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
            Close(3);
            Open("cols");
            var last = headers.Count.ToString(CultureInfo.InvariantCulture);
            Open("col", ("min", "1"), ("max", last), ("width", ColumnWidth), ("customWidth", "1"));
            Close(2);
        }
        Open("sheetData");
        if (headers.Count > 0)
        {
            WriteRow(headers, Bold);
        }
    }

    private void EndPart()
    {
        if (xml is null)
        {
            return;
        }
        xml.WriteEndDocument();
        xml.Dispose();
        xml = null;
        package.End();
    }

    private void WriteRow(IReadOnlyList<object?> cells, string style)
    {
        Open("row");
        foreach (var cell in cells)
        {
            WriteCell(cell, style);
        }
        Close();
    }

    private void WriteCell(object? value, string style)
    {
        switch (value)
        {
            case null:
                Open("c");
                Close();
                break;
            case int or long or decimal:
                WriteValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), style);
                break;
            case Share share:
                WriteValue(share.Number.ToString(CultureInfo.InvariantCulture), PerCent);
                break;
            case double number when double.IsFinite(number):
                WriteValue(number.ToString("R", CultureInfo.InvariantCulture), style);
                break;
            case DateOnly day when day >= FirstCertainDay:
                WriteValue((day.DayNumber - DayZero.DayNumber).ToString(CultureInfo.InvariantCulture), IsoDay);
                break;
            case DateOnly day:
                WriteText(day.ToString(DayConverter.Form, CultureInfo.InvariantCulture), style);
                break;
            case bool flag:
                WriteValue(flag ? "1" : "0", style, "b");
                break;
            default:
                WriteText(value.ToString() ?? "", style);
                break;
        }
    }

    private void WriteValue(string value, string style, string? type = null)
    {
        Open("c", ("s", style), ("t", type));
        xml!.WriteElementString("v", Main, value);
        Close();
    }

    private void WriteText(string text, string style)
    {
        Open("c", ("s", CellText.IsDangerous(text) ? Quoted : style), ("t", "inlineStr"));
        Open("is");
        Open("t");
        xml!.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(CellText.Writable(text));
        Close(3);
    }

    private void Open(string element, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        xml!.WriteStartElement(element, Main);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                xml.WriteAttributeString(attribute, value);
            }
        }
    }

    private void Close(int elements = 1)
    {
        for (var i = 0; i < elements; i++)
        {
            xml!.WriteEndElement();
        }
    }

    private static Stylesheet Styles() =>
        XlsxPackage.Styles(
            new CellFormats(
                new CellFormat(),
                new CellFormat { FontId = XlsxPackage.Bold, ApplyFont = true },
                new CellFormat { NumberFormatId = FirstOwnNumberFormat, ApplyNumberFormat = true },
                new CellFormat { QuotePrefix = true },
                new CellFormat { NumberFormatId = PerCentFormat, ApplyNumberFormat = true }
            ),
            new NumberingFormat { NumberFormatId = FirstOwnNumberFormat, FormatCode = "yyyy-mm-dd" }
        );
}
