using System.Buffers.Binary;
using System.IO.Compression;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>
/// The parts of a workbook, which is a ZIP archive: refused before anything is inflated if it is another kind of archive or says of itself
/// that it is too large; every byte that is inflated later is counted.
/// </summary>
internal sealed class XlsxParts : IDisposable
{
    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.OrdinalIgnoreCase);

    private XlsxParts(ZipArchive zip) => this.zip = zip;

    /// <summary>In the order of the file, with the names by which they are asked for.</summary>
    public IEnumerable<(string Name, ZipArchiveEntry Entry)> All => entries.Select(one => (one.Key, one.Value));

    /// <exception cref="BadBookException">It is refused.</exception>
    public static XlsxParts Open(Stream file)
    {
        RefuseTooManyEntries(file);
        file.Position = 0;
        var parts = new XlsxParts(Reading("ZIP", () => new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true)));
        try
        {
            parts.Check();
            return parts;
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>The content of a part; refused if there is no such part.</summary>
    public PartStream Content(string name) =>
        entries.TryGetValue(name, out var entry)
            ? new PartStream(name, entry)
            : throw BadBookException.Of(BookRefusals.Broken, new Name($"缺少 {name}", $"{name} is missing"));

    /// <summary>What the runtime says of a damaged archive is told as a refusal.</summary>
    public static T Reading<T>(string part, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception bad)
            when (bad is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            throw BadBookException.Of(BookRefusals.Broken, part);
        }
    }

    public void Dispose() => zip.Dispose();

    private void Check()
    {
        foreach (var entry in Reading("ZIP", () => zip.Entries))
        {
            var name = entry.FullName.Replace('\\', '/').TrimStart('/');
            if (name.Split('/').Contains("..") || name.Contains(':', StringComparison.Ordinal))
            {
                throw Suspicious("部件名称越出压缩包", "a part's name leads out of the archive");
            }
            if (name.Length > 0 && name[^1] != '/' && !entries.TryAdd(name, entry))
            {
                throw Suspicious("部件名称重复", "two parts have the same name");
            }
        }
        RefuseOthers();
        var declared = 0L;
        foreach (var (name, entry) in entries)
        {
            if (entry.IsEncrypted)
            {
                throw BadBookException.Of(BookRefusals.Encrypted);
            }
            declared += entry.Length;
            if (
                declared > SheetLimits.InflatedBytes
                || (entry.Length > SheetLimits.DenseBytes && entry.Length / SheetLimits.InflatedRatio > entry.CompressedLength)
            )
            {
                throw TooLarge(name, declared);
            }
        }
    }

    private void RefuseOthers()
    {
        if (
            entries.Keys.Any(name => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))
            || HasUnder("xl/macrosheets/")
        )
        {
            throw BadBookException.Of(BookRefusals.Macros);
        }
        if (entries.Keys.FirstOrDefault(IsLink) is { } link)
        {
            throw BadBookException.Of(BookRefusals.LinksElsewhere, Domain.PlainText.Quoted(link));
        }
        if (Has("xl/workbook.bin"))
        {
            throw Old("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)");
        }
        if (Has("mimetype") && Has("content.xml"))
        {
            throw Old("OpenDocument 文件（.ods）", "an OpenDocument file (.ods)");
        }
        if (HasUnder("Index/") || Has("Index.zip"))
        {
            throw Old("Apple Numbers 文件", "an Apple Numbers file");
        }
        if (!Has("[Content_Types].xml"))
        {
            throw BadBookException.Of(BookRefusals.NoSheetFile, new Name("压缩包", "an archive"));
        }
        if (HasUnder("word/") || HasUnder("ppt/") || HasUnder("visio/"))
        {
            throw BadBookException.Of(BookRefusals.NoSheetFile, new Name("其他办公文档", "an office document without sheets"));
        }
    }

    /// <summary>Other workbooks, programs that give values (DDE) and databases; the links that a person clicks are in no part of their own.</summary>
    private static bool IsLink(string name) =>
        name.StartsWith("xl/externalLinks/", StringComparison.OrdinalIgnoreCase)
        || name.Equals("xl/connections.xml", StringComparison.OrdinalIgnoreCase);

    private bool HasUnder(string folder) => entries.Keys.Any(name => name.StartsWith(folder, StringComparison.OrdinalIgnoreCase));

    private static BadBookException Old(string zh, string en) => BadBookException.Of(BookRefusals.OldWorkbook, new Name(zh, en));

    public static BadBookException Suspicious(string zh, string en) =>
        BadBookException.Of(BookRefusals.Suspicious, new Name(zh, en));

    private static BadBookException TooLarge(string name, long bytes) =>
        BadBookException.Of(BookRefusals.TooLarge, $"{name}, {bytes / 1_048_576} MB");

    /// <summary>The runtime loads the whole directory before it looks at its length, so that is counted first.</summary>
    private static void RefuseTooManyEntries(Stream file)
    {
        var at = Reading("ZIP", () => DirectoryOf(file));
        Span<byte> head = stackalloc byte[46];
        for (var entries = 1; ; entries++)
        {
            if (at < 0 || at + head.Length > file.Length)
            {
                return;
            }
            file.Position = at;
            file.ReadExactly(head);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head) != 0x02014b50)
            {
                return;
            }
            if (entries > SheetLimits.Parts)
            {
                throw Suspicious($"部件超过 {SheetLimits.Parts} 个", $"it has more than {SheetLimits.Parts} parts");
            }
            at +=
                head.Length
                + BinaryPrimitives.ReadUInt16LittleEndian(head[28..])
                + BinaryPrimitives.ReadUInt16LittleEndian(head[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(head[32..]);
        }
    }

    /// <summary>Where the directory begins: the record at the end of the archive says so (APPNOTE 4.3.14 to 4.3.16).</summary>
    private static long DirectoryOf(Stream file)
    {
        const int record = 22;
        const int locator = 20;
        var tail = new byte[Math.Min(file.Length, ushort.MaxValue + record + locator)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var end = tail.Length < record ? -1 : tail.AsSpan(0, tail.Length - record + 4).LastIndexOf("PK\x05\x06"u8);
        if (end < 0)
        {
            throw new InvalidDataException();
        }
        var at = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        var wide = end - locator;
        if (at != uint.MaxValue || wide < 0 || !tail.AsSpan(wide).StartsWith("PK\x06\x07"u8))
        {
            return at;
        }
        var large = new byte[56];
        file.Position = Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(wide + 8)), 0, file.Length);
        file.ReadExactly(large);
        return BinaryPrimitives.ReadInt64LittleEndian(large.AsSpan(48));
    }
}

/// <summary>The content of a part while it is inflated: not a byte more nor less than its archive declares.</summary>
internal sealed class PartStream(string name, ZipArchiveEntry entry) : Stream
{
    private readonly Stream inflated = XlsxParts.Reading(name, entry.Open);
    private readonly byte[] start = new byte[1024];
    private long seen;
    private int sincePiece;

    public string Name => name;

    /// <summary>The first bytes, as far as they were read.</summary>
    public ReadOnlySpan<byte> Start => start.AsSpan(0, (int)Math.Min(seen, start.Length));

    /// <summary>Until it is called again no more than <see cref="SheetLimits.XmlPieceBytes"/> may be needed: what reads XML holds a piece in memory.</summary>
    public void BeginPiece() => sincePiece = 0;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }
        var read = Inflate(buffer);
        if (seen < start.Length)
        {
            buffer[..(int)Math.Min(read, start.Length - seen)].CopyTo(start.AsSpan((int)seen));
        }
        seen += read;
        sincePiece += read;
        if (seen > entry.Length || (read == 0 && seen < entry.Length))
        {
            throw XlsxParts.Suspicious($"{name} 的大小与声明不符", $"{name} has another size than declared");
        }
        if (sincePiece > SheetLimits.XmlPieceBytes)
        {
            throw XlsxParts.Suspicious($"{name} 中有过长的 XML 片段", $"a piece of XML in {name} is too long");
        }
        return read;
    }

    private int Inflate(Span<byte> buffer)
    {
        try
        {
            return inflated.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw BadBookException.Of(BookRefusals.Broken, name);
        }
    }

    protected override void Dispose(bool disposing)
    {
        inflated.Dispose();
        base.Dispose(disposing);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => entry.Length;

    public override long Position
    {
        get => seen;
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
