using System.Globalization;
using System.Reflection;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace CareerCoordinates.Api.Requests;

/// <summary>The revision on which the caller's decision rests, from <c>If-Match</c>. Only the revision part is compared.</summary>
public sealed class IfMatch : IRequestPart, IEndpointParameterMetadataProvider
{
    private IfMatch(int revision, params IReadOnlyList<Refusal> refusals)
    {
        Revision = revision;
        Refusals = refusals;
    }

    public int Revision { get; }

    public IReadOnlyList<Refusal> Refusals { get; }

    public object? Content => null;

    /// <summary>Null where the caller saw the newest revision; to be asked inside the write gate.</summary>
    public Refusal? Check(int current) => current == Revision ? null : new Refusal(RequestRefusals.Stale, "", current);

    /// <summary>The revision of an ETag or of an item's <c>etag</c> member; by hand the number alone will do: <c>"2"</c>.</summary>
    public static bool TryReadRevision(string? etag, out int revision)
    {
        revision = 0;
        if (!EntityTagHeaderValue.TryParse(etag, out var tag) || tag == EntityTagHeaderValue.Any)
        {
            return false;
        }
        var opaque = tag.Tag.AsSpan().Trim('"');
        var hyphen = opaque.IndexOf('-');
        var number = hyphen < 0 ? opaque : opaque[..hyphen];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out revision) && revision > 0;
    }

    public static ValueTask<IfMatch?> BindAsync(HttpContext context)
    {
        var sent = context.Request.Headers.IfMatch;
        return ValueTask.FromResult<IfMatch?>(
            sent.Count == 0 ? new IfMatch(0, new Refusal(RequestRefusals.IfMatchRequired, ""))
            : sent.Count > 1 || !TryReadRevision(sent[0], out var revision)
                ? new IfMatch(0, new Refusal(RequestRefusals.BadIfMatch, ""))
            : new IfMatch(revision)
        );
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new NeedsIfMatch());
}

/// <summary>Marks an endpoint that needs <c>If-Match</c>.</summary>
public sealed record NeedsIfMatch;
