using System.Buffers;

namespace CareerCoordinates.Data.Moves;

/// <summary>The files of a folder with a record: one of rows for each table, and the manifest.</summary>
internal static class RecordFolder
{
    /// <summary>The longest row that is read; the longest that is written holds a piece of an uploaded file, some 1.4 MB.</summary>
    private const int LongestLine = 64 * 1024 * 1024;

    public static string FileOf(string folder, string table) => Path.Combine(folder, table + ".ndjson");

    /// <summary>A new file for its owner only.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 1 << 16,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
    }

    public delegate void Line(ReadOnlySpan<byte> line, long number);

    /// <summary>Tells the lines of a file, each with its end; the last may lack it.</summary>
    /// <exception cref="MoveException">A line is longer than any row.</exception>
    public static void ReadLines(string path, Line tell)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        var (filled, number) = (0, 0L);
        try
        {
            while (true)
            {
                if (filled == buffer.Length)
                {
                    buffer = Longer(buffer, filled, path, number + 1);
                }
                var read = file.Read(buffer, filled, buffer.Length - filled);
                if (read == 0)
                {
                    break;
                }
                // Only what is new can hold an end.
                var searched = filled;
                filled += read;
                var start = 0;
                for (int end; (end = buffer.AsSpan(searched, filled - searched).IndexOf((byte)'\n')) >= 0; )
                {
                    var next = searched + end + 1;
                    tell(buffer.AsSpan(start, next - start), ++number);
                    (start, searched) = (next, next);
                }
                buffer.AsSpan(start, filled - start).CopyTo(buffer);
                filled -= start;
            }
            if (filled > 0)
            {
                tell(buffer.AsSpan(0, filled), ++number);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Longer(byte[] buffer, int filled, string path, long number)
    {
        if (buffer.Length >= LongestLine)
        {
            throw FolderSource.Damaged(path, $"line {number:N0} is longer than any row", $"第 {number:N0} 行超出任何行的长度");
        }
        var longer = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(longer);
        ArrayPool<byte>.Shared.Return(buffer);
        return longer;
    }
}
