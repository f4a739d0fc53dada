namespace CareerCoordinates.Data.Protection;

/// <summary>A file that is kept in sealed pieces, to be read anywhere; one piece is open at a time.</summary>
/// <param name="length">In bytes, opened.</param>
/// <param name="pieceLength">Of each but the last.</param>
/// <param name="open">Opens a piece, from 0.</param>
/// <param name="owned">What goes with the stream, in this order.</param>
public sealed class SealedStream(long length, int pieceLength, Func<int, byte[]> open, params IReadOnlyList<IDisposable> owned)
    : Stream
{
    /// <summary>So long a piece is that its buffers are collected early.</summary>
    public const int Usual = 1 << 16;

    private byte[] piece = [];
    private int number = -1;

    public override long Length => length;

    public override long Position { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    /// <summary>
    /// Takes a stream as it comes and keeps it, sealed under a key of its own, in a file that goes when the answer is closed: nothing of it
    /// stands on a disk in clear, and memory holds one piece.
    /// </summary>
    public static async Task<SealedStream> TakeAsync(Stream content, CancellationToken cancellation)
    {
        const string Part = "taken";
        const int SealedLength = Usual + SealedBytes.NonceLength + SealedBytes.TagLength;
        var key = DataKey.Make(Guid.Empty);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        var file = new FileStream(Path.Combine(Path.GetTempPath(), "career-" + Path.GetRandomFileName()), options);
        try
        {
            var (buffer, taken) = (new byte[Usual], 0L);
            for (int read, number = 0; (read = await FillAsync()) > 0; number++, taken += read)
            {
                await file.WriteAsync(key.SealPiece(buffer.AsSpan(0, read), Part, number), cancellation);
            }
            return new(taken, Usual, Open, file, key);

            async Task<int> FillAsync() =>
                await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        }
        catch
        {
            await file.DisposeAsync();
            key.Dispose();
            throw;
        }

        byte[] Open(int number)
        {
            var start = (long)number * SealedLength;
            var kept = new byte[Math.Min(SealedLength, file.Length - start)];
            file.Position = start;
            file.ReadExactly(kept);
            return key.OpenPiece(kept, Part, number);
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0 || Position >= length)
        {
            return 0;
        }
        var (wanted, at) = ((int)(Position / pieceLength), (int)(Position % pieceLength));
        if (wanted != number)
        {
            (piece, number) = (open(wanted), wanted);
        }
        var count = Math.Min(buffer.Length, piece.Length - at);
        piece.AsSpan(at, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => length + offset,
        };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var one in owned)
            {
                one.Dispose();
            }
        }
        base.Dispose(disposing);
    }
}
