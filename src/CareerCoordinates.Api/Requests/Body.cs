using System.Buffers;
using System.Reflection;
using System.Security.Cryptography;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace CareerCoordinates.Api.Requests;

/// <summary>A JSON body, read strictly; a handler asks for <c>Body&lt;RecordMilestone&gt; body</c> and uses <see cref="Value"/>.</summary>
public sealed class Body<T> : IRequestPart, IEndpointParameterMetadataProvider
    where T : notnull
{
    private readonly Outcome<T> outcome;

    private Body(Outcome<T> outcome, IdempotencyKey? idempotency, IReadOnlyList<Refusal> refusals)
    {
        this.outcome = outcome;
        Idempotency = idempotency;
        Refusals = [.. outcome.Refusals, .. refusals];
    }

    public T Value => outcome.Value;

    /// <summary>The caller's Idempotency-Key with what it stands for, or null where none was sent.</summary>
    public IdempotencyKey? Idempotency { get; }

    public IReadOnlyList<Refusal> Refusals { get; }

    public object? Content => Value;

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context)
    {
        var refusals = new List<Refusal>();
        if (BodyBytes.AreAbsent(context.Request))
        {
            return new Body<T>(new Refusal(RequestRefusals.BodyMissing, ""), null, refusals);
        }
        if (!IsJson(context.Request) || BodyBytes.AreEncoded(context.Request))
        {
            return new Body<T>(new Refusal(RequestRefusals.UnsupportedMediaType, ""), null, refusals);
        }
        var bytes = await BodyBytes.Read(context);
        if (bytes.IsRefused)
        {
            return new Body<T>(bytes.As<T>(), null, refusals);
        }
        var key = IdempotencyHeader.Read(context, bytes.Value, refusals);
        return new Body<T>(StrictJson.Read<T>(bytes.Value), key, refusals);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        string[] types = builder.Metadata.OfType<IHttpMethodMetadata>().Any(m => m.HttpMethods.Contains(HttpMethods.Patch))
            ? [BodyBytes.Json, BodyBytes.MergePatch]
            : [BodyBytes.Json];
        builder.Metadata.Add(new AcceptsMetadata(types, typeof(T)));
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (
            type.MediaType.Equals(BodyBytes.Json, StringComparison.OrdinalIgnoreCase)
            || (
                HttpMethods.IsPatch(request.Method)
                && type.MediaType.Equals(BodyBytes.MergePatch, StringComparison.OrdinalIgnoreCase)
            )
        )
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}

/// <summary>For an action that takes no members: what a caller sends all the same would be passed over in silence.</summary>
public sealed class NoBody : IRequestPart, IEndpointParameterMetadataProvider
{
    private NoBody(params IReadOnlyList<Refusal> refusals) => Refusals = refusals;

    public IReadOnlyList<Refusal> Refusals { get; }

    public object? Content => null;

    public static async ValueTask<NoBody?> BindAsync(HttpContext context)
    {
        var bytes = await BodyBytes.Read(context);
        if (bytes.IsRefused)
        {
            return bytes.Refusals[0].Code == RequestRefusals.BodyMissing ? new NoBody() : new NoBody(bytes.Refusals);
        }
        return System.Text.Encoding.UTF8.GetString(bytes.Value.Span).Trim() is "" or "{}"
            ? new NoBody()
            : new NoBody(new Refusal(RequestRefusals.BodyNotTaken, ""));
    }

    /// <summary>
    /// Routing sorts actions of one path by what they accept before it looks at the verb after the colon: one that said
    /// nothing would hide the others from a request without a body.
    /// </summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([BodyBytes.Json], typeof(Nothing), isOptional: true));

    /// <summary>Stands for the body that is not there.</summary>
    public sealed record Nothing;
}

internal static class BodyBytes
{
    public const string Json = "application/json";
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>Neither a body nor a word of what it would be.</summary>
    public static bool AreAbsent(HttpRequest request) =>
        string.IsNullOrEmpty(request.ContentType)
        && request.ContentLength is null or 0
        && request.Headers.TransferEncoding.Count == 0;

    /// <summary>Compressed bodies are not read: a small one could hold a very large one.</summary>
    public static bool AreEncoded(HttpRequest request) =>
        request.Headers.ContentEncoding.Any(e => !string.Equals(e, "identity", StringComparison.OrdinalIgnoreCase));

    /// <summary>The whole body without a byte order mark; larger ones are refused at the first byte too many.</summary>
    public static async ValueTask<Outcome<ReadOnlyMemory<byte>>> Read(HttpContext context)
    {
        var tooLarge = new Refusal(RequestRefusals.BodyTooLarge, "", RequestLimits.BodyBytes);
        if (context.Request.ContentLength > RequestLimits.BodyBytes)
        {
            return tooLarge;
        }
        var buffer = new ArrayBufferWriter<byte>((int)(context.Request.ContentLength ?? 1024) + 1);
        try
        {
            while (true)
            {
                var read = await context.Request.Body.ReadAsync(buffer.GetMemory(1024), context.RequestAborted);
                if (read == 0)
                {
                    break;
                }
                buffer.Advance(read);
                if (buffer.WrittenCount > RequestLimits.BodyBytes)
                {
                    return tooLarge;
                }
            }
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return tooLarge;
        }
        var bytes = buffer.WrittenMemory;
        if (bytes.Span.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }
        return bytes.IsEmpty ? new Refusal(RequestRefusals.BodyMissing, "") : bytes;
    }
}

/// <summary>The Idempotency-Key header: the caller's promise that a repeated request is the same one.</summary>
internal static class IdempotencyHeader
{
    public const string Name = "Idempotency-Key";

    public static IdempotencyKey? Read(HttpContext context, ReadOnlyMemory<byte> body, List<Refusal> refusals)
    {
        var sent = context.Request.Headers[Name];
        if (sent.Count == 0)
        {
            return null;
        }
        var key = sent[0] ?? "";
        if (sent.Count > 1 || key.Length is 0 or > RequestLimits.IdempotencyKeyCharacters || key.Any(c => c is < '!' or > '~'))
        {
            refusals.Add(new Refusal(RequestRefusals.BadIdempotencyKey, "", RequestLimits.IdempotencyKeyCharacters));
            return null;
        }
        // It is kept. A UUID is no text: of millions that are drawn some have digits as an ID number.
        if (!Guid.TryParseExact(key, "D", out _) && IdNumber.StandsIn(key))
        {
            refusals.Add(new Refusal(PlainText.IdNumberElsewhere, ""));
            return null;
        }
        var me = context.Features.Get<SignedIn>();
        return new IdempotencyKey(
            me?.Name ?? "",
            context.Request.Method,
            context.Request.Path.Value ?? "",
            key,
            SHA256.HashData(body.Span),
            me?.Caller.Token?.Name
        );
    }
}

/// <summary>Marks an endpoint whose document names the Idempotency-Key header.</summary>
public sealed record TakesIdempotencyKey;

public static class IdempotencyEndpoints
{
    public static RouteHandlerBuilder TakesIdempotencyKey(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new TakesIdempotencyKey());
}
