using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Workers;

/// <summary><c>/workers</c>: people and their careers, on both clocks.</summary>
public static class WorkersApi
{
    public static RouteGroupBuilder MapWorkers(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/workers").WithTags(ApiDocument.Workers);
        group
            .MapGet("", ListWorkers.Handle)
            .Needs(Right.ListPeople)
            .WithName("listWorkers")
            .WithSummary("Workers by organisation, rung, level or stage")
            .WithDescription(
                "Filters are combined. `organization` means the organisation or any below it, by any affiliation in force on `asOf`; `channel` and `rung`, `level` and `stage` are those of the coordinate on `asOf`."
            );
        group
            .MapPost("", RecordWorker.Handle)
            .Needs(Right.KeepPeople)
            .TakesIdempotencyKey()
            .WithName("recordWorker")
            .WithSummary("Record a worker with the first affiliation")
            .WithDescription(
                "The first affiliation is at an organisation of the tree. An ID number is kept sealed and only ever shown masked."
            )
            .WithBodyExample(() => RecordWorker.Example)
            .WithAnswerExample(() => WorkerBody.Example);
        group
            .MapGet("/{workerId:guid}", ReadWorker.Handle)
            .Needs(Right.ReadPerson)
            .WithName("getWorker")
            .WithSummary("One worker")
            .WithDescription("As known at `knownAt`; before the first revision was recorded there is none (404).")
            .WithAnswerExample(() => WorkerBody.ReadExample);
        group
            .MapPatch("/{workerId:guid}", ChangeWorker.Handle)
            .Needs(Right.KeepPeople)
            .WithName("changeWorker")
            .WithSummary("Correct what is recorded about a worker")
            .WithDescription(
                "Merge-patch: what is absent stays, null takes away. Nothing is overwritten: a new revision supersedes."
            )
            .WithBodyExample(() => new { careerStart = "2012-07-01", reason = "per labour contract" })
            .WithAnswerExample(() => WorkerBody.Example);
        group
            .MapPost("/{workerId:guid}:void", VoidWorker.Handle)
            .Needs(Right.KeepPeople)
            .WithName("voidWorker")
            .WithSummary("Void a worker who never was")
            .WithDescription(
                "From then on as if never recorded: in no count and no coordinate, and the number is free again. Final."
            )
            .WithBodyExample(() => VoidRequest.Example);
        group
            .MapGet("/{workerId:guid}/revisions", ReadWorker.HandleRevisions)
            .Needs(Right.ReadPerson)
            .WithName("listWorkerRevisions")
            .WithSummary("All that was ever recorded about a worker")
            .WithDescription("In order of revision.");
        group
            .MapPost("/{workerId:guid}:reveal-id-number", RevealIdNumber.Handle)
            .Needs(Right.RevealIdNumbers)
            .WithName("revealIdNumber")
            .WithSummary("Read an ID number in clear")
            .WithDescription("The reason is kept in the audit trail before the number is answered, and the worker can read it.")
            .WithBodyExample(() => RevealRequest.Example)
            .WithAnswerExample(() => new RevealedIdNumber(FindByIdNumber.Example.IdNumber));
        api.MapPost("/workers:find-by-id-number", FindByIdNumber.Handle)
            .Needs(Right.ListPeople)
            .WithTags(ApiDocument.Workers)
            .WithName("findWorkerByIdNumber")
            .WithSummary("The worker who has an ID number")
            .WithDescription(
                "As in a list. That somebody looked is kept in the audit trail, without the number, also where nobody is found; who is out of scope is not found."
            )
            .WithBodyExample(() => FindByIdNumber.Example)
            .WithAnswerExample(() => WorkerBody.Example);
        api.MapPost("/workers:search", SearchWorkers.Handle)
            .Needs(Right.ListPeople)
            .WithTags(ApiDocument.Workers)
            .WithName("searchWorkers")
            .WithSummary("Workers by the start of a name or number")
            .WithDescription(
                "The text stands in the body, so that names stay out of addresses and logs. Whole and partial names match from their first character; where none begins so, parts of names and numbers do."
            )
            .WithBodyExample(() => new SearchText("马"));
        return api;
    }
}
