using System.Text.Json;
using System.Text.RegularExpressions;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Domain.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>The endpoints of the running host: what a test asks of each is asked of a new one too.</summary>
internal static class Mapped
{
    public static IReadOnlyList<RouteEndpoint> Of(ApiHost host) =>
        [
            .. host
                .Services.GetServices<EndpointDataSource>()
                .SelectMany(source => source.Endpoints)
                .OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null)
                .DistinctBy(Name),
        ];

    public static string Name(this Endpoint endpoint) => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName;

    public static HttpMethod Method(this Endpoint endpoint) =>
        new(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]);

    public static bool IsGet(this Endpoint endpoint) => endpoint.Method() == HttpMethod.Get;

    /// <summary>Null where everybody may call it.</summary>
    public static Right? Right(this Endpoint endpoint) => endpoint.Metadata.GetMetadata<Needs>()?.Right;

    public static bool IsOfOneself(this Endpoint endpoint) => endpoint.Metadata.GetMetadata<OfOneself>() is not null;

    public static bool Names(this RouteEndpoint endpoint, string parameter) =>
        endpoint.RoutePattern.Parameters.Any(p => p.Name == parameter);

    /// <summary>The address with these values; an id that is not among them is one that does not exist.</summary>
    public static string PathWith(this RouteEndpoint endpoint, params (string Parameter, object Value)[] values)
    {
        var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        foreach (var parameter in endpoint.RoutePattern.Parameters)
        {
            var value = values.FirstOrDefault(v => v.Parameter == parameter.Name).Value ?? AccessOffice.Absent;
            path = Regex.Replace(path, $$"""\{{{parameter.Name}}[^}]*\}""", value.ToString()!);
        }
        return path;
    }

    /// <summary>The body of the document's example; an empty one where there is none, null where the endpoint takes none.</summary>
    public static object? ExampleBody(this Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<BodyExample>() is { } example
            ? JsonSerializer.SerializeToElement(example.Make(), ApiJson.Options)
        : endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is null ? null
        : new { };

    /// <summary>Without what names the very request, and with each id by the word given for it.</summary>
    public static string Alike(this AccessReply reply, params object[] ids)
    {
        var text = Regex.Replace(reply.Text + "\n" + reply.HeaderText, "\"traceId\":\"[^\"]*\"", "\"traceId\":\"\"");
        return ids.Aggregate(text, (all, id) => all.Replace(id.ToString()!, "ID", StringComparison.Ordinal));
    }
}
