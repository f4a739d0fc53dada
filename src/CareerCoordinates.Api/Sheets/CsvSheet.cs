using System.Globalization;
using System.Text;
using CareerCoordinates.Api.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace CareerCoordinates.Api.Sheets;

/// <summary>A table as CSV (RFC 4180) in UTF-8, with the mark by which spreadsheets know that it is; numbers and days as programs write them.</summary>
public static class CsvSheet
{
    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        // By itself the library leaves a single line end as it is, which others take for the end of the row.
        ShouldQuote = field => field.Field.AsSpan().IndexOfAny("\",\r\n") >= 0 || field.Field != field.Field?.Trim(),
    };

    /// <param name="stream">Stays open.</param>
    public static void Write(Stream stream, Sheet sheet, CancellationToken cancellation)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        using var csv = new CsvWriter(text, Form);
        WriteRow(csv, sheet.Headers);
        foreach (var row in sheet.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            WriteRow(csv, row);
        }
    }

    private static void WriteRow(CsvWriter csv, IReadOnlyList<object?> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(TextOf(cell));
        }
        csv.NextRecord();
    }

    private static string TextOf(object? cell) =>
        cell switch
        {
            null => "",
            int or long or decimal or double => ((IFormattable)cell).ToString(null, CultureInfo.InvariantCulture),
            DateOnly day => day.ToString(DayConverter.Form, CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            _ => CellText.Neutral(cell.ToString() ?? ""),
        };
}
