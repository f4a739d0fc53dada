using System.Reflection;
using System.Text.Json.Serialization;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Metadata;

namespace CareerCoordinates.Api.Answers;

/// <summary>A page of a list.</summary>
/// <param name="Items">In the list's stable order.</param>
/// <param name="NextCursor">Where the next page begins; null on the last one.</param>
/// <param name="AsOf">The day whose facts are in force.</param>
/// <param name="KnownAt">The instant whose record was read; the next page reads the same.</param>
/// <param name="KnownAtClosed">True where this answer can never change again.</param>
/// <param name="Framework">The version that answered.</param>
/// <param name="Count">How many items there are in all; only with <c>count=true</c>.</param>
public sealed record PageBody<T>(
    IReadOnlyList<T> Items,
    string? NextCursor,
    DateOnly AsOf,
    Instant KnownAt,
    bool KnownAtClosed,
    FrameworkReference Framework,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Count = null
) : IWritesJson
{
    public void Write(JsonText json)
    {
        json.Open();
        json.List("items"u8, Items);
        json.Text("nextCursor"u8, NextCursor);
        json.Day("asOf"u8, AsOf);
        json.Instant("knownAt"u8, KnownAt);
        json.Flag("knownAtClosed"u8, KnownAtClosed);
        json.Any("framework"u8, Framework);
        if (Count is not null)
        {
            json.Number("count"u8, Count);
        }
        json.Close();
    }
}

/// <summary>The framework version that answered.</summary>
public sealed record FrameworkReference(string Code, int Version) : IWritesJson
{
    public void Write(JsonText json)
    {
        json.Open();
        json.Text("code"u8, Code);
        json.Number<int>("version"u8, Version);
        json.Close();
    }

    public static FrameworkReference Of(ReadClocks clocks) => new(clocks.Framework.Code, clocks.Framework.Version);
}

/// <summary>200 with a page; <c>Link: rel="next"</c> where there is more.</summary>
public sealed class Page<T> : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    private readonly PageBody<T> body;

    internal Page(PageBody<T> body) => this.body = body;

    public int? StatusCode => StatusCodes.Status200OK;

    public PageBody<T> Body => body;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (body.NextCursor is { } cursor)
        {
            httpContext.Response.Headers.Link = Page.LinkTo(httpContext.Request, cursor);
        }
        using var json = JsonText.Of(body);
        // The cursor holds the instant, too: two pages differ in it only by when they were asked for.
        using var withoutCursor = body.NextCursor is null ? null : JsonText.Of(body with { NextCursor = "" });
        var etag = EntityTag.Of(0, (withoutCursor ?? json).Written.Span, body.KnownAt);
        await JsonBytes.Write(httpContext, StatusCodes.Status200OK, json.Written, etag, weak: true, JsonBytes.ForPersons);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(PageBody<T>), [BodyTypes.Json]));
        builder.Metadata.Add(new GivesEntityTag());
    }
}

public static class Page
{
    /// <summary>The header that leads to the next page of what was asked.</summary>
    internal static string LinkTo(HttpRequest request, string cursor)
    {
        var kept = request.Query.Where(p => p.Key != "cursor").ToDictionary(p => p.Key, p => p.Value);
        kept["cursor"] = cursor;
        var next = UriHelper.BuildRelative(request.PathBase, request.Path, QueryString.Create(kept));
        return $"<{next}>; rel=\"next\"";
    }

    /// <summary>
    /// Makes the answer from one item more than was asked for (<c>wish.Limit + 1</c>), which tells whether a next page exists.
    /// </summary>
    /// <param name="keysOf">The sort keys of an item, as the query compares them with <see cref="PageWish.After"/>.</param>
    /// <param name="clocks">Kept in the cursor, so that all pages answer as of the same day and instant.</param>
    /// <param name="count">All items, where <see cref="PageWish.Count"/> asks for it.</param>
    public static Page<T> Of<T>(
        PageWish wish,
        IReadOnlyList<T> oneMore,
        Func<T, IReadOnlyList<string>> keysOf,
        ReadClocks clocks,
        long? count = null
    )
    {
        var hasNext = oneMore.Count > wish.Limit;
        var items = hasNext ? [.. oneMore.Take(wish.Limit)] : oneMore;
        var next = hasNext ? new Cursor(keysOf(items[^1]), clocks.AsOf, clocks.KnownAt).Seal(wish.List) : null;
        var framework = FrameworkReference.Of(clocks);
        return new Page<T>(new PageBody<T>(items, next, clocks.AsOf, clocks.KnownAt, clocks.KnownAtClosed, framework, count));
    }
}
