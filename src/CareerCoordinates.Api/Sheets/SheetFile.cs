namespace CareerCoordinates.Api.Sheets;

/// <summary>A file of tables that is written as its rows are found: no more than a row of it is in memory.</summary>
public abstract class SheetFile : IDisposable
{
    /// <param name="stream">Need not be able to seek; stays open.</param>
    public static SheetFile Of(SheetForm form, Stream stream) =>
        form switch
        {
            SheetForm.Csv => new CsvFile(stream),
            SheetForm.Xlsx => new XlsxFile(stream),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "No file of tables."),
        };

    /// <summary>Ends the table before, and begins another.</summary>
    /// <inheritdoc cref="Sheet" path="/param"/>
    public abstract void Begin(string name, IReadOnlyList<string> headers);

    /// <inheritdoc cref="Sheet" path="/param[@name='Rows']"/>
    public abstract void Row(IReadOnlyList<object?> cells);

    /// <summary>Ends the file. A workbook that was not ended is opened by no spreadsheet; a CSV looks as if it were whole.</summary>
    public abstract void Complete();

    public abstract void Dispose();

    /// <summary>A table whole.</summary>
    public void Write(Sheet sheet, CancellationToken cancellation)
    {
        Begin(sheet.Name, sheet.Headers);
        foreach (var row in sheet.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            Row(row);
        }
    }
}
