using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Domain.Time;
using Microsoft.Net.Http.Headers;

namespace CareerCoordinates.Api.Answers;

/// <summary><c>"&lt;revision&gt;-&lt;hash of the body without knownAt&gt;"</c>.</summary>
public static class EntityTag
{
    private const int HashBytes = 8;

    /// <summary>The <c>etag</c> member of a list's item: the same as the single thing's ETag, given the body of a read of it.</summary>
    public static string OfItem<T>(int revision, T body, Instant knownAt) =>
        Of(revision, JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options), knownAt);

    public static string Of<T>(int revision, T body) =>
        Of(revision, JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options), null);

    public static string Of(int revision, ReadOnlySpan<byte> body, Instant? knownAt)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var member = knownAt is { } instant ? Encoding.ASCII.GetBytes($"\"knownAt\":\"{instant}\"") : [];
        var at = member.Length > 0 ? body.IndexOf(member) : -1;
        if (at < 0)
        {
            SHA256.HashData(body, hash);
        }
        else
        {
            using var parts = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            parts.AppendData(body[..at]);
            parts.AppendData(body[(at + member.Length)..]);
            parts.GetHashAndReset(hash);
        }
        return $"\"{revision}-{Convert.ToHexStringLower(hash[..HashBytes])}\"";
    }

    /// <summary>Weak comparison, as If-None-Match asks for.</summary>
    public static bool IsKnownTo(HttpRequest request, string etag) =>
        request.Headers.IfNoneMatch is { Count: > 0 } known
        && EntityTagHeaderValue.TryParseList([.. known.OfType<string>()], out var tags)
        && tags.Any(tag => tag == EntityTagHeaderValue.Any || tag.Tag == etag);
}
