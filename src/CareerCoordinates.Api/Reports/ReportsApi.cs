using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Reports;

/// <summary><c>/reports</c>: who stands where, who moves, how long it takes; and the people behind a number.</summary>
public static class ReportsApi
{
    private const string Who =
        " Officers get exact counts of those who on the day had an affiliation inside their subtree; analysts and auditors get protected counts, of month ends, and of the record as it stood when a day began. `Data-Version` names the commit that is included; sent back as `Min-Data-Version` it makes sure that one's own write is. As CSV or XLSX by `Accept`: then with names beside the codes, in the language of `Accept-Language`.";
    private const string Behind =
        " The parameters are those of the report, and `cell.…` names the cell; of positions, without one, everybody who counts. `workers` is the number; listed are those who are in the caller's scope today, `movedOn` is the rest. As CSV or XLSX by `Accept` it is the whole list, of at most 50,000 people, or the page where `limit` or `cursor` is given; then the header `Moved-On` has the rest, too.";

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
            .WithAnswerExample(() => ReadPositions.Example);
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
            .WithAnswerExample(() => ReadGrid.Example);
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
            .WithAnswerExample(() => ReadTransitions.Example);
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
            .WithAnswerExample(() => ReadTimeToRung.Example);
        group
            .MapGet("/milestones", ReadMilestones.Handle)
            .Needs(Right.ReadReports)
            .WithName("reportMilestones")
            .WithSummary("How many milestones, of how many workers")
            .WithDescription(
                "Verified milestones that count and occurred from `from` to `to`, of workers who had an affiliation on the milestone's own day; filters and organisations are those of that day. A month or a year counts from its last day."
                    + Who
            )
            .WithAnswerExample(() => ReadMilestones.Example);
        group
            .MapGet("/milestones/people", ReadPeopleOfMilestones.Handle)
            .Needs(Right.ReadPeopleOfReports)
            .WithName("listPeopleOfMilestones")
            .WithSummary("The people behind a row of milestones")
            .WithDescription(
                "Exact counts only. Restricted types are left out (`notCounted`): who has such milestones is not listed. Without a cell, which here is a row, everybody with a milestone that counts."
                    + Behind
            );
        group
            .MapGet("/indicators", ReadIndicators.Handle)
            .Needs(Right.ReadReports)
            .WithName("reportIndicators")
            .WithSummary("The indicators of a year")
            .WithDescription(
                "All that the framework declares: computed from the record, or entered by organisations and added up. A year that is not over is counted until today, for exact counts only."
                    + Who
            )
            .WithAnswerExample(() => ReadIndicators.Example);
        group
            .MapGet("/annual", ReadAnnual.Handle)
            .Needs(Right.ReadReports)
            .WithName("reportAnnual")
            .WithSummary("A year beside the one before")
            .WithDescription(
                "Each line this year, last year, the change and the definition: main line, goals, initiatives, channels, services, the rest, the programme. By default of the closed record; exact and closed it is signed. With `Min-Data-Version` of the record as it is now, and then it is not signed."
                    + Who
            )
            .WithAnswerExample(() => ReadAnnual.Example);
        return api;
    }
}
