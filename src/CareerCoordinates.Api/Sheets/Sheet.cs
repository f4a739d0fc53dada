using Microsoft.Net.Http.Headers;

namespace CareerCoordinates.Api.Sheets;

/// <summary>A table for people: what a spreadsheet shows, in one language.</summary>
/// <param name="Name">On the tab of a workbook: at most 31 characters, none of <c>: \ / ? * [ ]</c>.</param>
/// <param name="Headers">The first row; empty for a sheet without.</param>
/// <param name="Rows">
/// Each as long as the headers: null, text, a number, a day or true or false. What is none of these is shown as its text. They are asked for
/// once, so they may be made while they are written.
/// </param>
public sealed record Sheet(string Name, IReadOnlyList<string> Headers, IEnumerable<IReadOnlyList<object?>> Rows);

/// <summary>The forms in which a table is given.</summary>
public enum SheetForm
{
    Json,
    Csv,
    Xlsx,
}

public static class SheetForms
{
    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static string MediaType(this SheetForm form) =>
        form switch
        {
            SheetForm.Csv => Csv,
            SheetForm.Xlsx => Xlsx,
            _ => "application/json",
        };

    /// <summary>The best liked of the three in <c>Accept</c>; JSON where none is named, and where all are liked as well.</summary>
    public static SheetForm Of(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        var (best, quality) = (SheetForm.Json, 0d);
        foreach (var form in Enum.GetValues<SheetForm>())
        {
            if (Liked(accepted, form) is var liked && liked > quality)
            {
                (best, quality) = (form, liked);
            }
        }
        return best;
    }

    /// <summary>The narrowest range that holds the type says how much it is liked (RFC 9110, 12.5.1).</summary>
    private static double Liked(IEnumerable<MediaTypeHeaderValue> accepted, SheetForm form)
    {
        var type = new MediaTypeHeaderValue(form.MediaType());
        var range = accepted
            .Where(a =>
                a.MatchesAllTypes
                || (a.MatchesAllSubTypes && a.Type.Equals(type.Type, StringComparison.OrdinalIgnoreCase))
                || a.MediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase)
            )
            .OrderBy(a =>
                a.MatchesAllTypes ? 2
                : a.MatchesAllSubTypes ? 1
                : 0
            )
            .FirstOrDefault();
        return range is null ? 0 : range.Quality ?? 1;
    }
}
