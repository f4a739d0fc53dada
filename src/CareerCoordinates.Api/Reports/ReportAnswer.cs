using System.Globalization;
using System.Reflection;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Sheets;
using Microsoft.AspNetCore.Http.Metadata;

namespace CareerCoordinates.Api.Reports;

/// <summary>A report as JSON, CSV or XLSX, as the caller accepts.</summary>
public abstract class ReportAnswer(ReportDesk desk) : IResult, IStatusCodeHttpResult
{
    /// <summary>Final, and without persons.</summary>
    private const string ForEver = "private, max-age=31536000, immutable";

    public int? StatusCode => StatusCodes.Status200OK;

    internal ReportDesk Desk => desk;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Append("Vary", "Accept, Accept-Language");
        var name = httpContext.Request.Path.Value!.Split('/')[^1];
        var written = In(Languages.Of(httpContext), name);
        return WriteAsync(httpContext, written, desk.IsFinal ? ForEver : JsonBytes.ForPersons);
    }

    /// <summary>The report in a language.</summary>
    /// <param name="name">That of the report, such as <c>positions</c>.</param>
    internal abstract WrittenReport In(Language language, string name);

    /// <summary>Says in the document in which forms it comes, and has others refused before anything is counted.</summary>
    internal static void Describe(EndpointBuilder builder, Type body)
    {
        string[] forms = [.. SheetForms.All.Select(form => form.MediaType())];
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, body, forms));
        builder.Metadata.Add(new ComesInForms(SheetForms.All));
        builder.Metadata.Add(new GivesEntityTag());
    }

    /// <summary>Answers with it in the form that the caller accepts.</summary>
    internal static async Task WriteAsync(HttpContext context, WrittenReport written, string caching)
    {
        var (desk, headers) = (written.Desk, context.Response.Headers);
        if (desk.Counts == CountsKind.Exact)
        {
            // Of protected counts it would tell when something was recorded.
            headers[MinDataVersion.Given] = desk.Columns.Version.ToString(CultureInfo.InvariantCulture);
        }
        var weak = !desk.Clocks.KnownAtGiven;
        var form = SheetForms.Of(context.Request, SheetForms.All) ?? SheetForm.Json;
        if (form == SheetForm.Json)
        {
            using var json = written.Json();
            var tag = EntityTag.Of(0, json.Written.Span, desk.Clocks.KnownAt);
            await JsonBytes.Write(context, StatusCodes.Status200OK, json.Written, tag, weak, caching);
            return;
        }
        if (written.RefusalOf(form) is { } refusal)
        {
            await Problem.Of(refusal).ExecuteAsync(context);
            return;
        }
        using var sheet = new MemoryStream();
        written.WriteSheet(sheet, form, context.RequestAborted);
        var bytes = sheet.GetBuffer().AsMemory(0, (int)sheet.Length);
        headers.ContentDisposition = $"attachment; filename=\"{written.FileName(form)}\"";
        headers.ContentLanguage = written.Language.Tag();
        await JsonBytes.Write(
            context,
            StatusCodes.Status200OK,
            bytes,
            EntityTag.Of(0, bytes.Span, null),
            weak,
            caching,
            form == SheetForm.Csv ? SheetForms.Csv + "; charset=utf-8" : SheetForms.Xlsx
        );
    }
}

/// <inheritdoc cref="ReportAnswer"/>
public sealed class ReportAnswer<T>(Func<Language, T> bodyIn, ReportDesk desk) : ReportAnswer(desk), IEndpointMetadataProvider
    where T : ReportBody
{
    internal override WrittenReport In(Language language, string name)
    {
        var body = Desk.Complete(bodyIn(language), language);
        return new(name, language, Desk, body, () => JsonText.Of(body));
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Describe(builder, typeof(T));
}
