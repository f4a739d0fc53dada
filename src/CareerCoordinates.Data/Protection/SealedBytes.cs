using System.Security.Cryptography;

namespace CareerCoordinates.Data.Protection;

/// <summary>
/// What was sealed was changed, cut short, moved to another worker or purpose, or sealed under another key. That is damage to
/// the database or a wrong key, never a mistake of a caller.
/// </summary>
public sealed class BrokenSealException(Exception? inner = null)
    : Exception(
        "A protected value cannot be opened: it was changed, moved, or sealed under another key. Restore it from a backup with its key.",
        inner
    );

/// <summary>
/// Bytes sealed by AES-256-GCM (NIST SP 800-38D): without the key they can be neither read nor changed unnoticed.
/// </summary>
/// <param name="Nonce">12 random bytes, new with each sealing: a nonce used twice under one key would give both texts away.</param>
/// <param name="Ciphertext">As many bytes as were sealed.</param>
/// <param name="Tag">16 bytes.</param>
public sealed record SealedBytes(byte[] Nonce, byte[] Ciphertext, byte[] Tag)
{
    public const int NonceLength = 12;
    public const int TagLength = 16;

    /// <summary>Nonce, ciphertext and tag in one row of bytes, as a column holds them.</summary>
    public byte[] Pack() => [.. Nonce, .. Ciphertext, .. Tag];

    /// <exception cref="BrokenSealException">It has another length than <paramref name="clearLength"/> sealed bytes have.</exception>
    public static SealedBytes Unpack(byte[] packed, int clearLength) =>
        packed.Length == NonceLength + clearLength + TagLength
            ? new(packed[..NonceLength], packed[NonceLength..^TagLength], packed[^TagLength..])
            : throw new BrokenSealException();

    /// <summary>
    /// Seals bytes under a key of 32; they open only with the same <paramref name="binding"/>. Random nonces are safe for
    /// 2^32 sealings under one key (SP 800-38D, 8.3).
    /// </summary>
    public static SealedBytes Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> clear, ReadOnlySpan<byte> binding)
    {
        var made = new SealedBytes(RandomNumberGenerator.GetBytes(NonceLength), new byte[clear.Length], new byte[TagLength]);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(made.Nonce, clear, made.Ciphertext, made.Tag, binding);
        return made;
    }

    /// <summary>Opens into <paramref name="clear"/>, which holds zeros where that is refused.</summary>
    /// <exception cref="BrokenSealException">Anything about it is not as it was sealed, or <paramref name="clear"/> has another length.</exception>
    public void Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> binding, Span<byte> clear)
    {
        clear.Clear();
        // A shorter tag would be easier to forge, so the length is not left to what is stored.
        if (Nonce.Length != NonceLength || Tag.Length != TagLength || Ciphertext.Length != clear.Length)
        {
            throw new BrokenSealException();
        }
        using var aes = new AesGcm(key, TagLength);
        try
        {
            aes.Decrypt(Nonce, Ciphertext, Tag, clear, binding);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new BrokenSealException(e);
        }
    }
}
