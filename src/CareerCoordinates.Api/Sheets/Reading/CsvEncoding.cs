using System.Text;
using Decoders = System.Text.Encoding;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>In what a CSV is written: found by its mark (BOM), else by trying. Every byte of the file is checked.</summary>
/// <param name="Encoding">Throws at what is none of its characters.</param>
/// <param name="Mark">Bytes before the text.</param>
internal sealed record CsvEncoding(string Name, Decoders Encoding, byte[] Mark)
{
    /// <summary>Three-byte characters in a row that are valid UTF-8: no text in another encoding has so many by chance.</summary>
    private const int SurelyUtf8 = 10;

    private const int Sampled = 1 << 16;

    private static readonly CsvEncoding Utf8 = new("UTF-8", new UTF8Encoding(false, true), []);
    private static readonly CsvEncoding Utf16 = new("UTF-16LE", new UnicodeEncoding(false, false, true), []);
    private static readonly CsvEncoding Utf16BigEndian = new("UTF-16BE", new UnicodeEncoding(true, false, true), []);
    private static readonly CsvEncoding Gb18030 = new(
        "GB18030",
        CodePagesEncodingProvider.Instance.GetEncoding(
            "GB18030",
            EncoderFallback.ExceptionFallback,
            DecoderFallback.ExceptionFallback
        )!,
        []
    );

    private bool IsWide => Encoding is UnicodeEncoding;

    public static CsvEncoding Of(Stream file, CancellationToken cancellation)
    {
        var buffer = new byte[Sampled];
        file.Position = 0;
        var sample = buffer.AsSpan(0, file.ReadAtLeast(buffer, Sampled, throwOnEndOfStream: false));
        var certain =
            sample.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? Utf8 with { Name = "UTF-8 with BOM", Mark = [0xEF, 0xBB, 0xBF] }
            : sample.StartsWith<byte>([0xFF, 0xFE]) ? Utf16 with { Mark = [0xFF, 0xFE] }
            : sample.StartsWith<byte>([0xFE, 0xFF]) ? Utf16BigEndian with { Mark = [0xFE, 0xFF] }
            : sample.StartsWith<byte>([0x84, 0x31, 0x95, 0x33]) ? Gb18030 with { Mark = [0x84, 0x31, 0x95, 0x33] }
            : WideWithoutMark(sample);
        if (certain is not null)
        {
            return certain.FirstFault(file, cancellation) is { } fault ? throw certain.Bad(file, fault) : certain;
        }
        if (Utf8.FirstFault(file, cancellation) is not { } notUtf8)
        {
            return Utf8;
        }
        if (LongCharacters(file, notUtf8) >= SurelyUtf8)
        {
            throw Utf8.Bad(file, notUtf8);
        }
        return Gb18030.FirstFault(file, cancellation) is not { } notGb ? Gb18030
            : notUtf8 > notGb ? throw Utf8.Bad(file, notUtf8)
            : throw Gb18030.Bad(file, notGb);
    }

    public StreamReader Open(Stream file)
    {
        file.Position = Mark.Length;
        return new StreamReader(file, Encoding, detectEncodingFromByteOrderMarks: false, 1 << 16, leaveOpen: true);
    }

    /// <summary>UTF-16 without a mark: separators, line ends and digits have a zero byte, always on the same side.</summary>
    private static CsvEncoding? WideWithoutMark(ReadOnlySpan<byte> sample) =>
        LooksWide(sample, zeroAt: 1) ? Utf16
        : LooksWide(sample, zeroAt: 0) ? Utf16BigEndian
        : null;

    private static bool LooksWide(ReadOnlySpan<byte> sample, int zeroAt)
    {
        var (zeros, otherZeros, ends, others, separators) = (0, 0, 0, 0, 0);
        for (var i = 0; i + 1 < sample.Length; i += 2)
        {
            var (letter, zero) = (sample[i + 1 - zeroAt], sample[i + zeroAt]);
            zeros += zero == 0 ? 1 : 0;
            // A few letters (U+4E00, which is "one") have theirs on the other side.
            otherZeros += letter == 0 ? 1 : 0;
            ends += (letter, zero) == ('\n', 0) ? 1 : 0;
            others += (letter, zero) != ('\n', 0) && (letter == '\n' || zero == '\n') ? 1 : 0;
            separators += zero == 0 && letter is (byte)'\n' or (byte)'\r' or (byte)',' or (byte)';' or (byte)'\t' ? 1 : 0;
        }
        return zeros > 3 * otherZeros && separators > 0 && ends >= others;
    }

    /// <summary>Where the first byte is that is none of this encoding, or zero; null if there is none.</summary>
    private long? FirstFault(Stream file, CancellationToken cancellation)
    {
        var decoder = Encoding.GetDecoder();
        var bytes = new byte[Sampled];
        var text = new char[Encoding.GetMaxCharCount(Sampled)];
        file.Position = Mark.Length;
        for (long at = Mark.Length; ; )
        {
            cancellation.ThrowIfCancellationRequested();
            var read = file.ReadAtLeast(bytes, Sampled, throwOnEndOfStream: false);
            try
            {
                var count = decoder.GetChars(bytes, 0, read, text, 0, flush: read < Sampled);
                if (text.AsSpan(0, count).Contains('\0'))
                {
                    return at + ZeroIn(bytes.AsSpan(0, read));
                }
            }
            catch (DecoderFallbackException bad)
            {
                return Math.Clamp(at + bad.Index, Mark.Length, Math.Max(Mark.Length, file.Length - 1));
            }
            at += read;
            if (read < Sampled)
            {
                return null;
            }
        }
    }

    private int ZeroIn(ReadOnlySpan<byte> bytes)
    {
        if (!IsWide)
        {
            return bytes.IndexOf((byte)0);
        }
        var i = 0;
        while (i + 1 < bytes.Length && (bytes[i] | bytes[i + 1]) != 0)
        {
            i += 2;
        }
        return i;
    }

    private BadBookException Bad(Stream file, long at)
    {
        var (line, isZero) = LineOf(file, at);
        return isZero
            ? BadBookException.Of(BookRefusals.NulByte, line, at + 1)
            : BadBookException.Of(BookRefusals.BadBytes, line, at + 1, Name);
    }

    private (int Line, bool IsZero) LineOf(Stream file, long at)
    {
        var line = 1;
        var last = -1;
        file.Position = Mark.Length;
        var bytes = new BufferedStream(file, Sampled);
        for (long i = Mark.Length; i < at; i++)
        {
            var one = bytes.ReadByte();
            // In none of the narrow encodings is a line feed part of another character; in the wide ones its other byte is zero.
            var isEnd = IsWide
                ? ((i - Mark.Length) & 1) == 1
                    && (Encoding.CodePage == Utf16.Encoding.CodePage ? (last, one) == ('\n', 0) : (last, one) == (0, '\n'))
                : one == '\n';
            line += isEnd ? 1 : 0;
            last = one;
        }
        return (line, bytes.ReadByte() == 0 && (!IsWide || bytes.ReadByte() == 0));
    }

    private static int LongCharacters(Stream file, long end)
    {
        file.Position = 0;
        var bytes = new BufferedStream(file, Sampled);
        var found = 0;
        for (long i = 0; i < end && found < SurelyUtf8; i++)
        {
            found += bytes.ReadByte() >= 0xE0 ? 1 : 0;
        }
        return found;
    }
}
