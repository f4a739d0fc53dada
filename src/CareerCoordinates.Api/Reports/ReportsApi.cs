using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Reports;

/// <summary><c>/reports</c>: who stands where, who moves, how long it takes; and the people behind a number.</summary>
public static class ReportsApi
{
    private const string Who =
        " Officers get exact counts of those who on the day had an affiliation inside their subtree; analysts and auditors get protected counts, of month ends and a closed `knownAt`. `Data-Version` names the commit that is included; sent back as `Min-Data-Version` it makes sure that one's own write is. As CSV or XLSX by `Accept`: then with names beside the codes, in the language of `Accept-Language`.";
    private const string Behind =
        " The parameters are those of the report, and `cell.…` names the cell; of positions, without one, everybody who counts. `workers` is the number; listed are those who are in the caller's scope today, `movedOn` is the rest.";

    public static IServiceCollection AddReports(this IServiceCollection services) => services.AddHostedService<FollowTheRecord>();

    public static RouteGroupBuilder MapReports(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/reports").WithTags(ApiDocument.Reports);
        group
            .MapGet("/positions", ReadPositions.Handle)
            .Needs(Right.ReadReports)
            .WithName("reportPositions")
            .WithSummary("How many workers stand where")
            .WithDescription("Workers with an affiliation in force on `asOf`, by one or two dimensions." + Who)
            .WithAnswerExample(ReadPositions.Example);
        group
            .MapGet("/positions/people", ReadPeople.OfPositions)
            .Needs(Right.ReadPeopleOfReports)
            .WithName("listPeopleOfPositions")
            .WithSummary("The people behind a cell of positions")
            .WithDescription("Exact counts only." + Behind);
        group
            .MapGet("/grid", ReadGrid.Handle)
            .Needs(Right.ReadReports)
            .WithName("reportGrid")
            .WithSummary("How many workers stand in each cell of the grid")
            .WithDescription("Workers with an affiliation in force on `asOf`, by stage and level." + Who)
            .WithAnswerExample(ReadGrid.Example);
        group
            .MapGet("/grid/people", ReadPeople.OfGrid)
            .Needs(Right.ReadPeopleOfReports)
            .WithName("listPeopleOfGrid")
            .WithSummary("The people behind a cell of the grid")
            .WithDescription("Exact counts only." + Behind);
        group
            .MapGet("/transitions", ReadTransitions.Handle)
            .Needs(Right.ReadReports)
            .WithName("reportTransitions")
            .WithSummary("How workers moved in a channel between two days")
            .WithDescription(
                "For each rung on `from` and on `to` how many workers; `none` is without a rung, `absent` not counted on that day."
                    + Who
            )
            .WithAnswerExample(ReadTransitions.Example);
        group
            .MapGet("/transitions/people", ReadPeople.OfTransitions)
            .Needs(Right.ReadPeopleOfReports)
            .WithName("listPeopleOfTransitions")
            .WithSummary("The people behind a cell of transitions")
            .WithDescription("Exact counts only." + Behind);
        group
            .MapGet("/time-to-rung", ReadTimeToRung.Handle)
            .Needs(Right.ReadReports)
            .WithName("reportTimeToRung")
            .WithSummary("How long it takes from one rung to another")
            .WithDescription(
                "From the first day at `fromRung` or above, below `toRung` (or from career start), to the first day at `toRung` or above: Kaplan–Meier, censored at `asOf` or at the end of the last affiliation, with the log-rank test between groups. Counted is who was affiliated on the start day, or else first afterwards."
                    + Who
            )
            .WithAnswerExample(ReadTimeToRung.Example);
        return api;
    }
}
