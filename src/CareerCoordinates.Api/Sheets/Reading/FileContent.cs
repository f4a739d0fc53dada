using System.Text;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>What a file is, by its first bytes: names lie.</summary>
internal enum FileKind
{
    Zip,
    Text,
}

internal static class FileContent
{
    private const int Looked = 1024;

    private static readonly (byte[] Start, Name Said)[] Others =
    [
        ([.. "%PDF"u8], new("PDF 文档", "a PDF document")),
        ([0x89, .. "PNG"u8], Picture),
        ([0xFF, 0xD8, 0xFF], Picture),
        ([.. "GIF8"u8], Picture),
        ([.. "RIFF"u8], Picture),
        ([.. "II*\0"u8], Picture),
        ([.. "MM\0*"u8], Picture),
        ([.. "Rar!"u8], Archive),
        ([.. "7z"u8, 0xBC, 0xAF], Archive),
        ([0x1F, 0x8B], Archive),
        ([.. "PK\x05\x06"u8], Archive),
        ([.. "PK\x07\x08"u8], Archive),
        ([.. @"{\rtf"u8], new("RTF 文档", "a text document (RTF)")),
        ([.. "SQLite format 3"u8], new("数据库文件", "a database")),
    ];

    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static Name Picture => new("图片", "a picture");

    private static Name Archive => new("压缩包", "an archive");

    /// <summary>A file that is neither is refused by its kind.</summary>
    public static FileKind Of(Stream file)
    {
        file.Position = 0;
        var buffer = new byte[Looked];
        var start = buffer.AsSpan(0, file.ReadAtLeast(buffer, Looked, throwOnEndOfStream: false));
        if (start.IsEmpty)
        {
            throw BadBookException.Of(BookRefusals.EmptyFile);
        }
        if (start.StartsWith("PK\x03\x04"u8))
        {
            return FileKind.Zip;
        }
        if (start.StartsWith(Compound))
        {
            throw OfCompound(file);
        }
        foreach (var (first, said) in Others)
        {
            if (start.StartsWith(first))
            {
                throw BadBookException.Of(BookRefusals.NoSheetFile, said);
            }
        }
        if (IsMarkup(start))
        {
            // What many office systems hand out under the name .xls.
            throw BadBookException.Of(BookRefusals.OldWorkbook, new Name("网页或 XML 表格", "a web page or an XML table"));
        }
        return FileKind.Text;
    }

    /// <summary>Whether a name that ends so is what people expect of the content; one without an end is.</summary>
    public static bool Fits(string extension, Book book) =>
        extension.Length == 0
        || (
            book.Encoding is null
                ? extension.Equals(".xlsx", StringComparison.OrdinalIgnoreCase)
                : extension.ToUpperInvariant() is ".CSV" or ".TSV" or ".TAB" or ".TXT"
        );

    /// <summary>
    /// Whether an archive begins here, or a compound file, which old documents and macros are kept in; such parts of a workbook are never opened.
    /// </summary>
    public static bool IsArchive(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\x03\x04"u8)
        || start.StartsWith(Compound)
        || start.StartsWith("PK\x05\x06"u8)
        || start.StartsWith("Rar!"u8)
        || start.StartsWith<byte>([.. "7z"u8, 0xBC, 0xAF])
        || start.StartsWith<byte>([0x1F, 0x8B]);

    private static bool IsMarkup(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith<byte>([0xEF, 0xBB, 0xBF]))
        {
            start = start[3..];
        }
        start = start.TrimStart(" \t\r\n"u8);
        foreach (var opening in (string[])["<html", "<!doctype", "<?xml", "<table", "<meta", "<workbook", "<head", "<style"])
        {
            if (start.Length >= opening.Length && Ascii.EqualsIgnoreCase(start[..opening.Length], opening))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A compound file: a workbook of before 2007, or one sealed with a password. Its streams' names stand in it as UTF-16.</summary>
    private static BadBookException OfCompound(Stream file) =>
        Holds(file, "EncryptedPackage") ? BadBookException.Of(BookRefusals.Encrypted)
        : Holds(file, "Workbook") || Holds(file, "Book")
            ? BadBookException.Of(
                BookRefusals.OldWorkbook,
                new Name("旧格式工作簿（.xls）", "a workbook of the old format (.xls)")
            )
        : BadBookException.Of(BookRefusals.NoSheetFile, new Name("旧格式的办公文档", "an office document of an old format"));

    private static bool Holds(Stream file, string name)
    {
        var sought = Encoding.Unicode.GetBytes(name);
        var buffer = new byte[1 << 16];
        var kept = 0;
        file.Position = 0;
        while (file.Read(buffer, kept, buffer.Length - kept) is var read and > 0)
        {
            var seen = buffer.AsSpan(0, kept + read);
            if (seen.IndexOf(sought) >= 0)
            {
                return true;
            }
            kept = Math.Min(sought.Length - 1, seen.Length);
            seen[^kept..].CopyTo(buffer);
        }
        return false;
    }
}
