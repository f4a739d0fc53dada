using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Exports;

/// <summary>Who asks for a file of people, and how.</summary>
/// <param name="Given">The parameters, by their names.</param>
/// <param name="Request">Null where it is asked at the command line.</param>
public sealed record ExportCall(
    SignedIn Me,
    PersonalReads Reads,
    CareerStore Store,
    IReadOnlyDictionary<string, string> Given,
    HttpRequest? Request
)
{
    public static async ValueTask<ExportCall?> BindAsync(HttpContext context)
    {
        var services = context.RequestServices;
        return new(
            (await SignedIn.BindAsync(context))!,
            services.GetRequiredService<PersonalReads>(),
            services.GetRequiredService<CareerStore>(),
            context.Request.Query.ToDictionary(p => p.Key, p => p.Value.ToString()),
            context.Request
        );
    }

    /// <summary>The parameter <c>format</c>, which every export takes.</summary>
    internal static SheetForm? ReadForm(QueryReader query) =>
        query.OneOf(
            "format",
            "By default that of `Accept`, and `csv` where that allows both.",
            [.. SheetForms.OfFiles.Select(Codes<SheetForm>.Of)]
        )
            is { } code
            ? Codes<SheetForm>.Parse(code)
            : null;

    /// <summary>The form of the file; refused where <c>Accept</c> allows another one only.</summary>
    internal Outcome<SheetForm> FormOf(SheetForm? asked)
    {
        IReadOnlyList<SheetForm> forms = asked is { } form ? [form] : SheetForms.OfFiles;
        return Request is null ? forms[0]
            : SheetForms.Of(Request, forms) is { } accepted ? accepted
            : SheetForms.NotAcceptable(forms);
    }
}
