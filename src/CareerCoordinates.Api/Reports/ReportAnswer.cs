using System.Globalization;
using System.Reflection;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace CareerCoordinates.Api.Reports;

/// <summary>A report as JSON, CSV or XLSX, as the caller accepts.</summary>
public sealed class ReportAnswer<T>(Func<Language, T> bodyIn, ReportDesk desk)
    : IResult,
        IEndpointMetadataProvider,
        IStatusCodeHttpResult
    where T : ReportBody
{
    /// <summary>Final, and without persons.</summary>
    private const string ForEver = "private, max-age=31536000, immutable";

    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var language = Languages.Of(httpContext);
        var body = bodyIn(language);
        var response = httpContext.Response;
        response.Headers[MinDataVersion.Given] = desk.Columns.Version.ToString(CultureInfo.InvariantCulture);
        response.Headers.Append("Vary", "Accept, Accept-Language");
        using var json = JsonText.Of(body);
        var etag = EntityTag.Of(0, json.Written.Span, desk.Clocks.KnownAt);
        await JsonBytes.Write(
            httpContext,
            StatusCodes.Status200OK,
            json.Written,
            etag,
            weak: !desk.Clocks.KnownAtGiven,
            desk.IsFinal ? ForEver : JsonBytes.ForPersons
        );
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), [BodyTypes.Json]));
        builder.Metadata.Add(new GivesEntityTag());
    }
}
