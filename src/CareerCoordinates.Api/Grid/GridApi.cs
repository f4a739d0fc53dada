using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Grid;

/// <summary><c>/workers/{workerId}/coordinate</c> and what explains it: the four channels on one grid, on both clocks.</summary>
public static class GridApi
{
    public static RouteGroupBuilder MapGrid(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/workers/{workerId:guid}").WithTags(ApiDocument.Grid);
        group
            .MapGet("/coordinate", ReadCoordinate.Handle)
            .Needs(Right.ReadPerson)
            .WithName("getCoordinate")
            .WithSummary("Where a worker stands on the grid")
            .WithDescription(
                "Stage, level and the standing in each channel as of a day, as known at an instant: a pure function of verified milestones, career start and framework version. All channels are listed; one with nothing held has `rung: null, level: 0`. A coordinate must not by itself decide rewards, pay or dismissal."
            )
            .WithAnswerExample(() => ReadCoordinate.Example);
        group
            .MapGet("/coordinate/explanation", ReadExplanation.Handle)
            .Needs(Right.ReadPerson)
            .WithName("getCoordinateExplanation")
            .WithSummary("Why a worker stands there")
            .WithDescription(
                "Traces the stage, the level and each channel of the coordinate to the milestones that give it: which one decides, which others hold, which have ended, and what they support."
            );
        group
            .MapGet("/trajectory", ReadTrajectory.Handle)
            .Needs(Right.ReadPerson)
            .WithName("getTrajectory")
            .WithSummary("How a worker's coordinate changed")
            .WithDescription(
                "One point for each day up to `asOf` on which the stage or the rung held in a channel changed, with the milestones that changed it."
            );
        group
            .MapGet("/next-steps", ReadNextSteps.Handle)
            .Needs(Right.ReadPerson)
            .WithName("getNextSteps")
            .WithSummary("What is missing for the next step")
            .WithDescription(
                "For each channel the next rung, the alternatives of its requirement with what is met, missing or unknown, the earliest day that time alone allows, and what backs an application. Necessary, not sufficient: people decide. For rungs that are elected or conferred there is no path and no date."
            );
        return api;
    }
}
