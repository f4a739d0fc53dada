using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain;
using Microsoft.Net.Http.Headers;

namespace CareerCoordinates.Api.Sheets;

/// <summary>A table for people: what a spreadsheet shows, in one language.</summary>
/// <param name="Name">On the tab of a workbook: at most 31 characters, none of <c>: \ / ? * [ ]</c>.</param>
/// <param name="Headers">The first row; empty for a sheet without.</param>
/// <param name="Rows">
/// Each as long as the headers: null, text, a number, a share, a day or true or false. What is none of these is shown as its text. They are asked for
/// once, so they may be made while they are written.
/// </param>
public sealed record Sheet(string Name, IReadOnlyList<string> Headers, IEnumerable<IReadOnlyList<object?>> Rows);

/// <summary>A part of one; a workbook shows it in per cent.</summary>
public readonly record struct Share(decimal Number);

/// <summary>The forms in which a table is given.</summary>
public enum SheetForm
{
    Json,
    Csv,
    Xlsx,
}

/// <summary>Marks an endpoint whose answer comes in any of these: where <c>Accept</c> allows none, it is not asked at all.</summary>
public sealed record ComesInForms(IReadOnlyList<SheetForm> Forms);

public static class SheetForms
{
    /// <summary>Those of an answer that is JSON, too.</summary>
    public static readonly IReadOnlyList<SheetForm> All = Enum.GetValues<SheetForm>();

    /// <summary>Those of a file.</summary>
    public static readonly IReadOnlyList<SheetForm> OfFiles = [SheetForm.Csv, SheetForm.Xlsx];

    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static string MediaType(this SheetForm form) =>
        form switch
        {
            SheetForm.Csv => Csv,
            SheetForm.Xlsx => Xlsx,
            _ => "application/json",
        };

    /// <summary>
    /// The best liked of the forms in <c>Accept</c>, and the first where several are liked as well or nothing that can be read is said; null
    /// where what is said allows none of them.
    /// </summary>
    public static SheetForm? Of(HttpRequest request, IReadOnlyList<SheetForm> forms)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
        {
            return forms[0];
        }
        var (best, quality) = ((SheetForm?)null, 0d);
        foreach (var form in forms)
        {
            if (Liked(accepted, form) is var liked && liked > quality)
            {
                (best, quality) = (form, liked);
            }
        }
        return best;
    }

    public static Refusal NotAcceptable(IReadOnlyList<SheetForm> forms) =>
        new(RequestRefusals.NotAcceptable, "", string.Join(", ", forms.Select(form => form.MediaType())));

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
