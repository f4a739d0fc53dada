using System.Globalization;
using System.Reflection;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace CareerCoordinates.Api.Reports;

/// <summary>The people behind a number, as JSON, CSV or XLSX. A sheet tells in a header, too, how many of the number it does not list.</summary>
public sealed class PeopleAnswer : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    /// <summary>How many have moved on, for who reads a CSV.</summary>
    public const string MovedOn = "Moved-On";

    private readonly ReportAnswer<PeopleBody> answer;

    internal PeopleAnswer(ReportAnswer<PeopleBody> answer) => this.answer = answer;

    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.Append("Vary", "Accept, Accept-Language");
        // Such as positions-people: what it is in a folder of downloads.
        var name = string.Join('-', httpContext.Request.Path.Value!.Split('/')[^2..]);
        var written = answer.In(Languages.Of(httpContext), name);
        var body = (PeopleBody)written.Body;
        headers[MovedOn] = body.MovedOn.ToString(CultureInfo.InvariantCulture);
        if (body.NextCursor is { } cursor)
        {
            headers.Link = Page.LinkTo(httpContext.Request, cursor);
        }
        return ReportAnswer.WriteAsync(httpContext, written, JsonBytes.ForPersons);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        ReportAnswer.Describe(builder, typeof(PeopleBody));
}
