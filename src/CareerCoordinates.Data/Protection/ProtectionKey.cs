using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CareerCoordinates.Data.Protection;

/// <summary>The protection key cannot be used; the words name the remedy, for who starts the program, and hold nothing of the key.</summary>
public sealed class ProtectionKeyException(string message) : Exception(message);

/// <summary>
/// The key-encryption key at the start: 32 random bytes in base64, from a setting or a file. Where <c>stored</c> is given, the
/// database holds protected data and only the key that it was protected with is taken.
/// </summary>
public static class ProtectionKey
{
    private const string HowToMakeOne = "Make one: (umask 077; openssl rand -base64 32 > FILE)";
    private const int LongestText = 256;

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The key that <paramref name="keyOf"/> finds; null where there is none and nothing is protected.</summary>
    /// <exception cref="ProtectionKeyException">There is none, or another one than the database's.</exception>
    public static KeyEncryptionKey? Of(KeyCheck? stored, Func<KeyCheck?, KeyEncryptionKey?>? keyOf) =>
        keyOf?.Invoke(stored)
        ?? (
            stored is null
                ? null
                : throw new ProtectionKeyException(
                    "The database holds protected data (ID numbers, or texts of erased persons that are counted under the key) that needs its protection key, and none is set. Name its file by Protection:KeyFile."
                )
        );

    /// <summary>The key as a setting holds it. Such a text cannot be zeroed: a file is the better place.</summary>
    /// <exception cref="ProtectionKeyException">It is no key, or another one than the database's.</exception>
    public static KeyEncryptionKey FromText(string base64, KeyCheck? stored)
    {
        var text = Encoding.UTF8.GetBytes(base64);
        try
        {
            return Read(text, "The protection key", stored);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <exception cref="ProtectionKeyException">
    /// There is no such file, others than its owner may use it, or it holds no key or another one than the database's.
    /// </exception>
    public static KeyEncryptionKey FromFile(string path, KeyCheck? stored)
    {
        if (!File.Exists(path))
        {
            throw new ProtectionKeyException(
                stored is null
                    ? $"There is no key file {path}. {HowToMakeOne}."
                    : $"There is no key file {path}, and the database holds protected data (ID numbers, or texts of erased persons that are counted under the key) that needs it. Restore that file from your copy of it."
            );
        }
        Span<byte> text = stackalloc byte[LongestText];
        try
        {
            using var file = File.OpenHandle(path);
            CheckMode(file, path);
            return Read(text[..RandomAccess.Read(file, text, 0)], $"The key file {path}", stored);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>
    /// As <see cref="FromFile"/>, for the program's own file: where it is missing and nothing is protected yet, a key is made in it, for its
    /// owner only, and <paramref name="warn"/> is told so.
    /// </summary>
    /// <exception cref="ProtectionKeyException">As for <see cref="FromFile"/>.</exception>
    public static KeyEncryptionKey FromOwnFile(string path, KeyCheck? stored, Action<string> warn)
    {
        if (stored is null && !File.Exists(path))
        {
            Make(path);
            warn(
                $"A new key was made in {path}. Keep a copy of it apart from the database and its backups: without it nobody can read ID numbers again, and whoever has both can."
            );
        }
        return FromFile(path, stored);
    }

    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Span<byte> secret = stackalloc byte[KeyEncryptionKey.Length];
        Span<byte> text = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(KeyEncryptionKey.Length) + 1];
        try
        {
            RandomNumberGenerator.Fill(secret);
            Base64.EncodeToUtf8(secret, text, out _, out var length);
            text[length] = (byte)'\n';
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }
            using var file = new FileStream(path, options);
            file.Write(text[..(length + 1)]);
            // What is soon sealed under it is durable, so the key must be first.
            file.Flush(flushToDisk: true);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>The mode of the opened file, not of its path: nobody can exchange it in between. Windows has no such mode.</summary>
    private static void CheckMode(SafeFileHandle file, string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & ~Owner) != 0)
        {
            throw new ProtectionKeyException(
                $"Others than its owner may use the key file {path}. Close it to them: chmod 600 {path}. If they may have read it, the key is known."
            );
        }
    }

    private static KeyEncryptionKey Read(ReadOnlySpan<byte> text, string what, KeyCheck? stored)
    {
        Span<byte> secret = stackalloc byte[LongestText];
        try
        {
            Base64.DecodeFromUtf8(text, secret, out var consumed, out var length);
            if (consumed != text.Length || length != KeyEncryptionKey.Length)
            {
                throw new ProtectionKeyException(
                    $"{what} is not 32 bytes in base64. {HowToMakeOne}; but if ID numbers are stored already, restore theirs."
                );
            }
            var key = new KeyEncryptionKey(stored?.KeyId ?? 1, secret[..length]);
            if (stored is not null && !key.Fits(stored))
            {
                key.Dispose();
                throw new ProtectionKeyException(
                    $"{what} is another one than the key with which this database's ID numbers are protected. Start with that key."
                );
            }
            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
