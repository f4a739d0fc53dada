using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Grid;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.OwnRecord;

/// <summary><c>/me/…</c>: what stands under <c>/workers/{workerId}</c>, for the worker who is signed in, and who looked at it.</summary>
public static class OwnRecordApi
{
    private const string Same = "The same as under `/workers/{workerId}`, without its id: of the worker whose account this is.";

    public static RouteGroupBuilder MapOwnRecord(this RouteGroupBuilder api)
    {
        var mine = api.MapGroup("/me").WithTags(ApiDocument.Access);
        MapGrid(mine);
        MapMilestones(mine);
        mine.MapGet(
                "/record",
                (SignedIn me, Query<ClockQuery> query, CareerStore store) => ReadRecord.Handle(me.Own, query, me, store)
            )
            .NeedsOfOneself(Right.ReadPerson)
            .WithName("getMyRecord")
            .WithSummary("My whole record")
            .WithDescription(
                "Everything that is kept about the worker whose account this is: see `/workers/{workerId}/record`. Restricted milestones are in it."
            )
            .WithAnswerExample(() => ReadRecord.Example);
        mine.MapGet("/accesses", ReadAccesses.Handle)
            .NeedsOfOneself(Right.ReadPerson)
            .WithName("listMyAccesses")
            .WithSummary("Who looked at my record")
            .WithDescription(
                "Who read, listed, found or changed it, who looked for or saw the ID number and why, and refused attempts, from the newest back, with the roles that the account had then. What one did himself is left out."
            )
            .WithAnswerExample(() => AccessesBody.Example);
        api.MapGet("/workers/{workerId:guid}/record", ReadRecord.Handle)
            .Needs(Right.ReadPerson)
            .WithTags(ApiDocument.Workers)
            .WithName("getRecord")
            .WithSummary("The whole record of a worker")
            .WithDescription(
                "The person, the affiliations and the milestones with all revisions known at `knownAt`, who recorded and verified them, objections and answers, and the coordinate and trajectory on the day `asOf`, with names beside the codes. Nothing is hidden by `asOf`."
            )
            .WithAnswerExample(() => ReadRecord.Example);
        return api;
    }

    private static void MapGrid(RouteGroupBuilder mine)
    {
        mine.MapGet(
                "/coordinate",
                (SignedIn me, Query<ClockQuery> query, CareerStore store) => ReadCoordinate.Handle(me.Own, query, store)
            )
            .NeedsOfOneself(Right.ReadPerson)
            .WithName("getMyCoordinate")
            .WithSummary("Where I stand on the grid")
            .WithDescription(Same)
            .WithAnswerExample(() => ReadCoordinate.Example);
        mine.MapGet(
                "/coordinate/explanation",
                (SignedIn me, Query<ClockQuery> query, CareerStore store) => ReadExplanation.Handle(me.Own, query, store)
            )
            .NeedsOfOneself(Right.ReadPerson)
            .WithName("getMyCoordinateExplanation")
            .WithSummary("Why I stand there")
            .WithDescription(Same);
        mine.MapGet(
                "/trajectory",
                (SignedIn me, Query<ClockQuery> query, CareerStore store) => ReadTrajectory.Handle(me.Own, query, store)
            )
            .NeedsOfOneself(Right.ReadPerson)
            .WithName("getMyTrajectory")
            .WithSummary("How my coordinate changed")
            .WithDescription(Same);
        mine.MapGet(
                "/next-steps",
                (SignedIn me, Query<ClockQuery> query, CareerStore store) => ReadNextSteps.Handle(me.Own, query, me, store)
            )
            .NeedsOfOneself(Right.ReadPerson)
            .WithName("getMyNextSteps")
            .WithSummary("What is missing for my next step")
            .WithDescription(Same);
    }

    private static void MapMilestones(RouteGroupBuilder mine)
    {
        mine.MapGet(
                "/milestones",
                (SignedIn me, Query<MilestoneList> query, CareerStore store) => ListMilestones.Handle(me.Own, query, me, store)
            )
            .NeedsOfOneself(Right.ReadPerson)
            .WithName("listMyMilestones")
            .WithSummary("My milestones")
            .WithDescription(Same)
            .WithAnswerExample(() => MilestoneExamples.Page);
        mine.MapPost(
                "/milestones",
                (SignedIn me, Body<MilestoneToRecord> body, CareerStore store) => RecordMilestone.Handle(me.Own, body, me, store)
            )
            .NeedsOfOneself(Right.SubmitMilestones)
            .TakesIdempotencyKey()
            .WithName("recordMyMilestone")
            .WithSummary("Record a milestone of mine")
            .WithDescription(Same + " It counts once somebody has verified it; what follows goes by its `Location`.")
            .WithBodyExample(() => MilestoneExamples.ToRecord)
            .WithAnswerExample(() => MilestoneExamples.Recorded);
    }
}
