using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Exports;

/// <summary><c>/exports</c>: people out, as files.</summary>
public static class ExportsApi
{
    private const string How =
        " CSV or a workbook, by `format` or `Accept`, with headers and words in the language of `Accept-Language`; a workbook says on its last sheet who took it when, and what was asked. The file is sent while it is made, however long it is; one that could not be ended breaks the connection off, so a file that ended is whole. Every worker in it finds the export among those who looked at his record. `As-Of`, `Known-At` and `Known-At-Closed` say in headers on which clocks it holds. At most two at once of an account.";

    public static IServiceCollection AddExports(this IServiceCollection services) => services.AddSingleton<RunningExports>();

    public static RouteGroupBuilder MapExports(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/exports").WithTags(ApiDocument.Exports);
        group
            .MapGet("/workers", ExportWorkers.Handle)
            .Needs(Right.ExportPeople)
            .WithName("exportWorkers")
            .WithSummary("Workers as a file")
            .WithDescription(
                "Those whom `GET /workers` lists with the same filters, a row each, with the affiliation that speaks for them on `asOf` and under the headers of a roster. ID numbers are masked."
                    + How
            );
        group
            .MapGet("/milestones", ExportMilestones.Handle)
            .Needs(Right.ExportPeople)
            .WithName("exportMilestones")
            .WithSummary("Milestones as a file")
            .WithDescription(
                "Of each worker of the organisation those that `GET /workers/{id}/milestones` lists with the same filters, with all attributes and under the headers of an import."
                    + How
            );
        group
            .MapGet("/coordinates", ExportCoordinates.Handle)
            .Needs(Right.ExportPeople)
            .WithName("exportCoordinates")
            .WithSummary("Coordinates as a file")
            .WithDescription(
                "Of those whom `GET /workers` lists with the same filters what `GET /workers/{id}/coordinate` states, a row each. A report counts only those of them who have an affiliation in force on `asOf`: a column says who."
                    + How
            );
        return api;
    }
}
