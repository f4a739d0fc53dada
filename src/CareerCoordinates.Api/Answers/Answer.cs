using System.Reflection;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.Metadata;

namespace CareerCoordinates.Api.Answers;

/// <summary>
/// 200 with an ETag and what may be kept of it; 304 where the caller has it already. Answers about persons are
/// <c>private, no-cache</c>, and so is everything that does not say otherwise.
/// </summary>
public sealed class Answer<T> : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult, IWritten
{
    private readonly T body;
    private readonly int revision;
    private readonly Instant? knownAt;
    private readonly bool weak;

    internal Answer(T body, int revision, Instant? knownAt, bool weak)
    {
        this.body = body;
        this.revision = revision;
        this.knownAt = knownAt;
        this.weak = weak;
    }

    public int? StatusCode => StatusCodes.Status200OK;

    public T Body => body;

    (string Name, Guid Id)? IWritten.Made => null;

    int IWritten.Revision => revision;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var json = JsonText.Of(body);
        var etag = EntityTag.Of(revision, json.Written.Span, knownAt);
        await JsonBytes.Write(httpContext, StatusCodes.Status200OK, json.Written, etag, weak, JsonBytes.ForPersons);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), [BodyTypes.Json]));
        builder.Metadata.Add(new GivesEntityTag());
    }
}

/// <summary>Text that is JSON already, such as a framework as published.</summary>
public sealed class AnswerBytes : IResult, IStatusCodeHttpResult
{
    private readonly ReadOnlyMemory<byte> json;
    private readonly string etag;
    private readonly string caching;

    internal AnswerBytes(ReadOnlyMemory<byte> json, string etag, string caching)
    {
        this.json = json;
        this.etag = etag;
        this.caching = caching;
    }

    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext) =>
        JsonBytes.Write(httpContext, StatusCodes.Status200OK, json, etag, weak: false, caching);
}

/// <summary>What handlers answer with.</summary>
public static class Answer
{
    /// <summary>
    /// The answer of a write: the newest state, whose instant its <c>recordedAt</c> says. It echoes no clocks, since none were
    /// asked for; so its ETag serves If-Match, while If-None-Match takes that of a read.
    /// </summary>
    public static Answer<T> Of<T>(T body, int revision) => new(body, revision, null, weak: true);

    /// <summary>A read on the two clocks, which its body echoes. Where nothing has a revision, 0 is none.</summary>
    public static Answer<T> Of<T>(T body, int revision, ReadClocks clocks) =>
        new(body, revision, clocks.KnownAt, weak: !clocks.KnownAtGiven);

    /// <param name="location">The path of the new thing, such as <c>/api/v1/workers/…</c>.</param>
    public static Recorded<T> Recorded<T>(string location, T body, int revision) => new(location, body, revision);

    /// <summary>Never changes: may be kept for a year.</summary>
    public static AnswerBytes Immutable(string json, string etag) =>
        new(System.Text.Encoding.UTF8.GetBytes(json), etag, "private, max-age=31536000, immutable");

    /// <summary>Changes when a newer one is published: to be asked again each time.</summary>
    public static AnswerBytes Newest(string json, string etag) =>
        new(System.Text.Encoding.UTF8.GetBytes(json), etag, JsonBytes.ForPersons);
}

/// <summary>Marks an endpoint whose document names the ETag header.</summary>
public sealed record GivesEntityTag;

internal static class BodyTypes
{
    public const string Json = "application/json";
}

internal static class JsonBytes
{
    public const string ForPersons = "private, no-cache";

    public static async Task Write(
        HttpContext context,
        int status,
        ReadOnlyMemory<byte> json,
        string etag,
        bool weak,
        string caching,
        string mediaType = BodyTypes.Json
    )
    {
        var response = context.Response;
        response.Headers.ETag = weak ? "W/" + etag : etag;
        response.Headers.CacheControl = caching;
        if (
            (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            && EntityTag.IsKnownTo(context.Request, etag)
        )
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.StatusCode = status;
        response.ContentType = mediaType;
        response.ContentLength = json.Length;
        // Nothing is written to a caller who has gone; a token for that would be made for every request.
        await response.Body.WriteAsync(json, CancellationToken.None);
    }
}
