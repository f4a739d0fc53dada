using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Domain.Time;
using Microsoft.Net.Http.Headers;

namespace CareerCoordinates.Api.Answers;

/// <summary><c>"&lt;revision&gt;-&lt;hash of the body without knownAt&gt;"</c>.</summary>
public static class EntityTag
{
    /// <summary>The <c>etag</c> member of a list's item: the same as the single thing's ETag, given the body of a read of it.</summary>
    public static string OfItem<T>(int revision, T body, Instant knownAt) => Of(revision, body, knownAt);

    public static string Of<T>(int revision, T body) => Of(revision, body, null);

    private static string Of<T>(int revision, T body, Instant? knownAt)
    {
        using var json = JsonText.Of(body);
        return Of(revision, json.Written.Span, knownAt);
    }

    /// <summary>The hash only has to tell contents apart: who makes two that collide deceives nobody but himself.</summary>
    public static string Of(int revision, ReadOnlySpan<byte> body, Instant? knownAt)
    {
        var hash = knownAt is { } instant ? HashWithout(Member(instant), body) : XxHash3.HashToUInt64(body);
        return string.Create(CultureInfo.InvariantCulture, $"\"{revision}-{hash:x16}\"");
    }

    private static ulong HashWithout(ReadOnlySpan<byte> member, ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf(member);
        return at < 0
            ? XxHash3.HashToUInt64(body)
            : XxHash3.HashToUInt64(body[(at + member.Length)..], seed: (long)XxHash3.HashToUInt64(body[..at]));
    }

    private static byte[] Member(Instant knownAt) => Encoding.ASCII.GetBytes($"\"knownAt\":\"{knownAt}\"");

    /// <summary>Weak comparison, as If-None-Match asks for.</summary>
    public static bool IsKnownTo(HttpRequest request, string etag) =>
        request.Headers.IfNoneMatch is { Count: > 0 } known
        && EntityTagHeaderValue.TryParseList([.. known.OfType<string>()], out var tags)
        && tags.Any(tag => tag == EntityTagHeaderValue.Any || tag.Tag == etag);
}
