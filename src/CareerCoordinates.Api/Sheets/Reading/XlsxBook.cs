using System.IO.Compression;
using System.Xml;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>
/// A workbook (ISO/IEC 29500, transitional or strict). One that takes values from elsewhere is refused; nothing outside of the file is ever opened.
/// </summary>
internal sealed class XlsxBook : Book
{
    private sealed record Part(string Name, MergedCells Merges);

    private readonly XlsxParts parts;
    private readonly SharedTexts texts;
    private readonly CellFormats formats;
    private readonly bool from1904;
    private readonly IReadOnlyList<Part> sheetParts;

    private XlsxBook(
        XlsxParts parts,
        XlsxContents contents,
        SharedTexts texts,
        CellFormats formats,
        List<BookSheet> sheets,
        List<Part> sheetParts
    )
        : base(sheets)
    {
        this.parts = parts;
        this.texts = texts;
        this.formats = formats;
        this.sheetParts = sheetParts;
        from1904 = contents.From1904;
    }

    public override string Extension => ".xlsx";

    public override string? Encoding => null;

    public override char? Separator => null;

    public static XlsxBook Read(Stream file, CancellationToken cancellation)
    {
        var parts = XlsxParts.Open(file);
        try
        {
            return Read(parts, cancellation);
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    private static XlsxBook Read(XlsxParts parts, CancellationToken cancellation)
    {
        var contents = XlsxContents.Read(parts);
        var texts = contents.SharedTexts is { } shared ? SharedTexts.Read(parts.Content(shared), cancellation) : new();
        var formats = contents.Styles is { } styles ? CellFormats.Read(parts.Content(styles)) : new();
        var (sheets, sheetParts) = (new List<BookSheet>(), new List<Part>());
        foreach (var tab in contents.Tabs)
        {
            using var part = new PartReader(parts.Content(tab.Part));
            var reader = new XlsxRows(part, texts, formats, contents.From1904, null, null);
            var (rows, last) = (0, 0);
            foreach (var row in reader.Read(cancellation))
            {
                rows++;
                last = Math.Max(last, row.Cells.Count);
            }
            last = rows > 0 ? Math.Max(last, reader.Merges.LastColumn) : 0;
            sheets.Add(new(sheets.Count, tab.Name, tab.Hidden, rows, last, reader.HiddenColumns));
            sheetParts.Add(new(tab.Part, reader.Merges));
        }
        if (sheets.Sum(sheet => (long)sheet.Rows) == 0)
        {
            throw BadBookException.Of(sheets.Count == 0 ? BookRefusals.NoSheets : BookRefusals.NoContent);
        }
        RefuseTooManyRows(sheets);
        CheckOthers(parts, [contents.SharedTexts, contents.Styles, .. contents.Tabs.Select(tab => tab.Part)], cancellation);
        return new XlsxBook(parts, contents, texts, formats, sheets, sheetParts);
    }

    public override IEnumerable<SheetRow> Rows(BookSheet sheet, CancellationToken cancellation)
    {
        var (name, merges) = sheetParts[sheet.Index];
        using var part = new PartReader(parts.Content(name));
        foreach (var row in new XlsxRows(part, texts, formats, from1904, sheet, merges).Read(cancellation))
        {
            yield return row;
        }
    }

    public override void WriteResult(Stream output, Func<BookSheet, Func<int, string?>?> textsOf, CancellationToken cancellation)
    {
        var added = new Dictionary<string, (int Column, Func<int, string?> TextOf)>(StringComparer.OrdinalIgnoreCase);
        foreach (var sheet in Sheets)
        {
            if (textsOf(sheet) is { } textOf)
            {
                added[sheetParts[sheet.Index].Name] = (sheet.LastColumn + 1, textOf);
            }
        }
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, entry) in parts.All)
        {
            cancellation.ThrowIfCancellationRequested();
            var copy = zip.CreateEntry(name, CompressionLevel.Fastest);
            copy.LastWriteTime = entry.LastWriteTime;
            using var target = copy.Open();
            if (added.TryGetValue(name, out var column))
            {
                using var part = new PartReader(parts.Content(name), whole: true);
                using var xml = XmlWriter.Create(target, XlsxResult.Settings);
                new XlsxResult(part, xml, column.Column, column.TextOf).Copy(cancellation);
            }
            else
            {
                using var source = parts.Content(name);
                Copy(source, target, cancellation);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            parts.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>What is only copied is inflated once, too, so that the size of no part is a lie, and no archive is among them.</summary>
    private static void CheckOthers(XlsxParts parts, IReadOnlyList<string?> read, CancellationToken cancellation)
    {
        foreach (var (name, _) in parts.All.Where(one => !read.Contains(one.Name, StringComparer.OrdinalIgnoreCase)))
        {
            using var source = parts.Content(name);
            Copy(source, Stream.Null, cancellation);
            if (FileContent.IsArchive(source.Start))
            {
                throw BadBookException.Of(BookRefusals.EmbeddedFile, Domain.PlainText.Quoted(name));
            }
        }
    }

    private static void Copy(PartStream source, Stream target, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        while (source.Read(buffer) is var read and > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            source.BeginPiece();
            target.Write(buffer, 0, read);
        }
    }
}
