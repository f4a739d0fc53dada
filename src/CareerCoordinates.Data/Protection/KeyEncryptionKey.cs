using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Data.Protection;

/// <summary>A worker's data key as stored: sealed under the key-encryption key of that id.</summary>
public sealed record WrappedKey(byte KeyId, SealedBytes Key);

/// <summary>
/// By this a database recognises its key-encryption key: 32 bytes that follow from the key and tell nothing about it. Stored
/// in the transaction that stores the first wrapped key, so it is there exactly where something is protected.
/// </summary>
public sealed record KeyCheck(byte KeyId, byte[] Value);

/// <summary>
/// The one secret that the operator keeps apart from the database (KEK): it wraps each worker's data key and makes the index by
/// which an ID number is found.
/// </summary>
/// <remarks>
/// To rotate it, per worker in one transaction: <see cref="Wrap"/> under the new key what <see cref="Unwrap"/> gives under the old one,
/// and write the <see cref="IndexOf"/> of the opened number anew. The numbers themselves stay as they are sealed.
/// Safe for several threads.
/// </remarks>
public sealed class KeyEncryptionKey : IDisposable
{
    public const int Length = 32;

    /// <summary>Each key has one use, so what one of them gives away tells nothing about another.</summary>
    private readonly byte[] wrapping;
    private readonly byte[] index;
    private readonly byte[] check;
    private readonly byte[] pseudonyms;
    private readonly byte[] requests;
    private bool disposed;

    /// <param name="id">Which of the database's key-encryption keys this is; the first is 1.</param>
    /// <param name="secret">32 random bytes; no copy is kept.</param>
    public KeyEncryptionKey(byte id, ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, Length, nameof(secret));
        Id = id;
        wrapping = Derived(secret, "wrapping");
        index = Derived(secret, "blind-index");
        check = Derived(secret, "key-check");
        pseudonyms = Derived(secret, "pseudonym");
        requests = Derived(secret, "request");
    }

    public byte Id { get; }

    public KeyCheck Check => new(Id, [.. check]);

    public WrappedKey Wrap(DataKey key)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return new(Id, key.WrapUnder(wrapping));
    }

    /// <summary>The worker's data key; the caller disposes of it as soon as it has been used.</summary>
    /// <exception cref="BrokenSealException">It was wrapped for another worker or under another key, or is not as it was.</exception>
    public DataKey Unwrap(WrappedKey wrapped, Guid workerId)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return wrapped.KeyId == Id ? DataKey.Unwrap(wrapped.Key, wrapping, workerId) : throw new BrokenSealException();
    }

    /// <summary>
    /// 32 bytes by which a number is found without being readable (HMAC-SHA-256): the same for the same number, whoever's it is. Keyed,
    /// because a person's possible numbers are so few that a plain hash of each could be tried in no time.
    /// </summary>
    public byte[] IndexOf(IdNumber number)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        Span<byte> clear = stackalloc byte[IdNumber.Length];
        Encoding.ASCII.GetBytes(number.Reveal(), clear);
        var found = HMACSHA256.HashData(index, clear);
        CryptographicOperations.ZeroMemory(clear);
        return found;
    }

    /// <summary>
    /// What stands for a text of an erased person's milestone where texts are counted apart: 32 hexadecimal digits, the same for the same
    /// attribute and text, whoever's it is. Keyed, because such texts (a patent's number) can be looked up.
    /// </summary>
    public string PseudonymOf(string attribute, string text)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        // The code of an attribute holds no NUL, so no two pairs give the same bytes.
        var hash = HMACSHA256.HashData(pseudonyms, Encoding.UTF8.GetBytes($"{attribute}\0{text}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    /// <summary>
    /// The hash of a request that holds an ID number, keyed: from a plain one, kept beside all the rest of the request, the number could be
    /// found by trying.
    /// </summary>
    public byte[] Blind(byte[] requestHash)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return HMACSHA256.HashData(requests, requestHash);
    }

    /// <summary>Whether this is the key that a database was protected with.</summary>
    public bool Fits(KeyCheck stored) => stored.KeyId == Id && CryptographicOperations.FixedTimeEquals(stored.Value, check);

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(wrapping);
        CryptographicOperations.ZeroMemory(index);
        CryptographicOperations.ZeroMemory(pseudonyms);
        CryptographicOperations.ZeroMemory(requests);
        disposed = true;
    }

    /// <summary>HKDF-SHA-256 (RFC 5869) without salt: the secret is random already, and the label tells the keys apart.</summary>
    private static byte[] Derived(ReadOnlySpan<byte> secret, string label)
    {
        var key = GC.AllocateArray<byte>(Length, pinned: true);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: [], info: Encoding.ASCII.GetBytes(Binding.Format + label));
        return key;
    }
}
