using System.Globalization;
using System.Text;
using CareerCoordinates.Api.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace CareerCoordinates.Api.Sheets;

/// <summary>A table as CSV (RFC 4180) in UTF-8, with the mark by which spreadsheets know that it is; numbers and days as programs write them.</summary>
public static class CsvSheet
{
    /// <param name="stream">Stays open.</param>
    public static void Write(Stream stream, Sheet sheet, CancellationToken cancellation)
    {
        using var file = new CsvFile(stream);
        file.Write(sheet, cancellation);
        file.Complete();
    }
}

/// <inheritdoc cref="CsvSheet"/>
/// <remarks>It holds one table: its name is not written.</remarks>
public sealed class CsvFile : SheetFile
{
    private static readonly CsvConfiguration Form = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        // By itself the library leaves a single line end as it is, which others take for the end of the row.
        ShouldQuote = field => field.Field.AsSpan().IndexOfAny("\",\r\n") >= 0 || field.Field != field.Field?.Trim(),
    };

    private readonly CsvWriter csv;

    public CsvFile(Stream stream) =>
        csv = new CsvWriter(
            new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true),
            Form
        );

    public override void Begin(string name, IReadOnlyList<string> headers) => Row(headers);

    public override void Row(IReadOnlyList<object?> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(TextOf(cell));
        }
        csv.NextRecord();
    }

    public override void Complete() => csv.Flush();

    public override void Dispose() => csv.Dispose();

    private static string TextOf(object? cell) =>
        cell switch
        {
            null => "",
            int or long or decimal or double => ((IFormattable)cell).ToString(null, CultureInfo.InvariantCulture),
            Share share => share.Number.ToString(CultureInfo.InvariantCulture),
            DateOnly day => day.ToString(DayConverter.Form, CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            _ => CellText.Neutral(cell.ToString() ?? ""),
        };
}
