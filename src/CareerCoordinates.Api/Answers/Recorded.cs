using System.Reflection;
using System.Text.Json;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data.Record;
using Microsoft.AspNetCore.Http.Metadata;

namespace CareerCoordinates.Api.Answers;

/// <summary>201 with Location and ETag: something was recorded under a new id, now or by the same request before.</summary>
public sealed class Recorded<T> : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult, IWritten
{
    private readonly string location;
    private readonly string etag;
    private readonly byte[] json;

    internal Recorded(string location, T body, int revision)
    {
        this.location = location;
        json = JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options);
        etag = EntityTag.Of(revision, json, null);
    }

    private Recorded(StoredAnswer stored)
    {
        (location, etag) = stored.Headers.Split('\n') is [var first, var second]
            ? (first, second)
            : throw new FormatException("A stored answer has two headers.");
        json = stored.Body;
    }

    public int? StatusCode => StatusCodes.Status201Created;

    /// <summary>By its location: <c>/api/v1/entered-figures/{id}</c> is an <c>enteredFigureId</c>.</summary>
    (string Name, Guid Id)? IWritten.Made =>
        location.Split('/') is [.., var many, var id] ? (Camel(many[..^1]) + "Id", Guid.Parse(id)) : null;

    int IWritten.Revision => 0;

    public static Recorded<T> Again(StoredAnswer stored) => new(stored);

    public StoredAnswer ToStored() => new(StatusCodes.Status201Created, $"{location}\n{etag}", json);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Location = location;
        return JsonBytes.Write(httpContext, StatusCodes.Status201Created, json, etag, weak: true, JsonBytes.ForPersons);
    }

    private static string Camel(string kebab) =>
        string.Concat(kebab.Split('-').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), [BodyTypes.Json]));
        builder.Metadata.Add(new GivesEntityTag());
    }
}
