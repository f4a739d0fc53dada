using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>A sheet of a file. A CSV is one, without a name.</summary>
/// <param name="Index">From 0, in the order of the tabs.</param>
/// <param name="Rows">With content.</param>
/// <param name="LastColumn">The last one with content or merged cells, from 1; 0 for a sheet without.</param>
/// <param name="HiddenColumns">From 1.</param>
public sealed record BookSheet(int Index, string Name, bool Hidden, int Rows, int LastColumn, IReadOnlySet<int> HiddenColumns);

/// <summary>
/// An uploaded table, by its content: a workbook (Office Open XML) or a CSV. Opening reads the file once from end to end and refuses
/// everything for which it cannot be read, so that afterwards rows come without a fault. A file that changes in between is an outage.
/// Not for several threads at once.
/// </summary>
public abstract class Book : IDisposable
{
    private protected Book(IReadOnlyList<BookSheet> sheets) => Sheets = sheets;

    /// <summary>All, hidden ones too, in the order of their tabs.</summary>
    public IReadOnlyList<BookSheet> Sheets { get; }

    /// <summary>What a person should know although the file is read.</summary>
    public IReadOnlyList<Warning> Warnings { get; private set; } = [];

    /// <summary><c>.xlsx</c>, <c>.csv</c> or <c>.tsv</c>: what the result is, too.</summary>
    public abstract string Extension { get; }

    /// <summary>Of a CSV: <c>UTF-8</c>, <c>UTF-8 with BOM</c>, <c>UTF-16LE</c>, <c>UTF-16BE</c> or <c>GB18030</c>; of a workbook null.</summary>
    public abstract string? Encoding { get; }

    /// <summary>Of a CSV: comma, semicolon or tab; of a workbook null.</summary>
    public abstract char? Separator { get; }

    /// <param name="file">Can seek; stays open, and has to until the book is disposed of.</param>
    /// <param name="name">As sent. It decides nothing; if it ends otherwise than the content says, a warning tells.</param>
    public static Outcome<Book> Open(Stream file, string name, CancellationToken cancellation)
    {
        try
        {
            Book book =
                FileContent.Of(file) == FileKind.Zip ? XlsxBook.Read(file, cancellation) : CsvBook.Read(file, cancellation);
            var extension = Path.GetExtension(name);
            book.Warnings = FileContent.Fits(extension, book)
                ? []
                : [new Warning(BookRefusals.OtherExtension, "", null, PlainText.Quoted(extension), book.Extension)];
            return book;
        }
        catch (BadBookException bad)
        {
            return bad.Refusal;
        }
    }

    /// <summary>The rows with content, from the top, one in memory at a time.</summary>
    public abstract IEnumerable<SheetRow> Rows(BookSheet sheet, CancellationToken cancellation);

    /// <summary>
    /// The same file with one column more, after the last used one of each sheet that was read: as it came otherwise. The texts stay texts
    /// whatever they begin with; in a CSV, where they would not, a cell that begins like a formula gets an apostrophe, which is not read.
    /// </summary>
    /// <param name="output">Need not be able to seek; stays open.</param>
    /// <param name="textsOf">
    /// For each sheet null, which leaves it as it is, or what to write into the row with this number (the header's row too), null for nothing.
    /// </param>
    public abstract void WriteResult(Stream output, Func<BookSheet, Func<int, string?>?> textsOf, CancellationToken cancellation);

    private protected static void RefuseTooManyRows(IReadOnlyList<BookSheet> sheets)
    {
        // What stands above the headers is not known yet: it may come on top.
        if (sheets.Sum(sheet => Math.Max(0, sheet.Rows - SheetLimits.RowsToHeader)) > SheetLimits.Rows)
        {
            throw BadBookException.Of(BookRefusals.TooManyRows, sheets.Sum(sheet => sheet.Rows), SheetLimits.Rows);
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) { }
}
