using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Data.Protection;

/// <summary>
/// The key under which one worker's ID number is sealed, or what belongs to one uploaded file. It is stored only wrapped, in one place: where that is deleted,
/// nothing sealed under it in any revision can be read again.
/// </summary>
/// <remarks>
/// What is sealed is bound to the owner's id and to its purpose: moved to another's row it does not open. The
/// bytes of the key are pinned, so that the collector leaves no copies, and zeroed at the end.
/// </remarks>
public sealed class DataKey : IDisposable
{
    internal const int Length = 32;
    private const string OfIdNumber = "id-number";

    private readonly byte[] key = GC.AllocateArray<byte>(Length, pinned: true);
    private bool disposed;

    private DataKey(Guid ownerId) => OwnerId = ownerId;

    /// <summary>The worker's id, or the import's.</summary>
    public Guid OwnerId { get; }

    /// <summary>A new random key.</summary>
    public static DataKey Make(Guid ownerId)
    {
        var made = new DataKey(ownerId);
        RandomNumberGenerator.Fill(made.key);
        return made;
    }

    public SealedBytes Seal(IdNumber number)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        Span<byte> clear = stackalloc byte[IdNumber.Length];
        try
        {
            Encoding.ASCII.GetBytes(number.Reveal(), clear);
            return SealedBytes.Seal(key, clear, Binding.Of(OfIdNumber, OwnerId));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    /// <exception cref="BrokenSealException">It is not this worker's ID number, or not as it was sealed.</exception>
    public IdNumber Open(SealedBytes number)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        Span<byte> clear = stackalloc byte[IdNumber.Length];
        try
        {
            number.Open(key, Binding.Of(OfIdNumber, OwnerId), clear);
            // It was checked against the calendar when it was sealed; a clock that goes back must not hide it.
            return IdNumber.Read(Encoding.ASCII.GetString(clear), "", DateOnly.MaxValue).Value;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    /// <summary>Seals a piece of a file, which opens only as this piece of this part.</summary>
    public byte[] SealPiece(ReadOnlySpan<byte> clear, string part, int number)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return SealedBytes.Seal(key, clear, Binding.Of($"{part}/{number}", OwnerId)).Pack();
    }

    /// <exception cref="BrokenSealException">It is another piece, or not as it was sealed.</exception>
    public byte[] OpenPiece(byte[] piece, string part, int number)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var clear = new byte[Math.Max(0, piece.Length - SealedBytes.NonceLength - SealedBytes.TagLength)];
        SealedBytes.Unpack(piece, clear.Length).Open(key, Binding.Of($"{part}/{number}", OwnerId), clear);
        return clear;
    }

    internal SealedBytes WrapUnder(ReadOnlySpan<byte> wrappingKey)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return SealedBytes.Seal(wrappingKey, key, Binding.Of(Binding.DataKey, OwnerId));
    }

    internal static DataKey Unwrap(SealedBytes wrapped, ReadOnlySpan<byte> wrappingKey, Guid ownerId)
    {
        var unwrapped = new DataKey(ownerId);
        wrapped.Open(wrappingKey, Binding.Of(Binding.DataKey, ownerId), unwrapped.key);
        return unwrapped;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(key);
        disposed = true;
    }
}

/// <summary>What is sealed with a value but not hidden: the format's version, what the value is for, whose it is.</summary>
internal static class Binding
{
    public const string DataKey = "data-key";

    /// <summary>Begins every label, so that a later format can never be taken for this one.</summary>
    public const string Format = "career-coordinates/1/";

    /// <summary>The purpose ends with a slash and the id has 16 bytes, so no two pairs give the same bytes.</summary>
    public static byte[] Of(string purpose, Guid workerId) =>
        [.. Encoding.ASCII.GetBytes($"{Format}{purpose}/"), .. workerId.ToByteArray(bigEndian: true)];
}
