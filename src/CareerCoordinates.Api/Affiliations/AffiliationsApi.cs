using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Affiliations;

/// <summary><c>/workers/{workerId}/affiliations</c>: who belongs where, from a day until a day.</summary>
public static class AffiliationsApi
{
    public static RouteGroupBuilder MapAffiliations(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/workers/{workerId:guid}/affiliations").WithTags(ApiDocument.Affiliations);
        group
            .MapGet("", ReadAffiliations.HandleList)
            .Needs(Right.ReadPerson)
            .WithName("listAffiliations")
            .WithSummary("A worker's affiliations")
            .WithDescription("By first day. With `inForce=true` only those in force on `asOf`.");
        group
            .MapPost("", RecordAffiliation.Handle)
            .Needs(Right.KeepPeople)
            .TakesIdempotencyKey()
            .WithName("recordAffiliation")
            .WithSummary("Record an affiliation, or a transfer")
            .WithDescription(
                "With `transfer: true` the primary affiliation in force ends the day before. Several at different places may overlap."
            )
            .WithBodyExample(() => RecordAffiliation.Example);
        group
            .MapGet("/{affiliationId:guid}", ReadAffiliations.Handle)
            .Needs(Right.ReadPerson)
            .WithName("getAffiliation")
            .WithSummary("One affiliation")
            .WithDescription("As known at `knownAt`.");
        group
            .MapPatch("/{affiliationId:guid}", ChangeAffiliation.Handle)
            .Needs(Right.KeepPeople)
            .WithName("changeAffiliation")
            .WithSummary("Correct an affiliation")
            .WithDescription("Merge-patch: what is absent stays, null takes away.")
            .WithBodyExample(() => new { staffNumber = "0043", reason = "typing error" });
        group
            .MapPost("/{affiliationId:guid}:end", EndAffiliation.Handle)
            .Needs(Right.KeepPeople)
            .WithName("endAffiliation")
            .WithSummary("End an affiliation")
            .WithDescription(
                "`on` is the last day. `alsoEnd` names milestones that end on the same day, such as the post; nothing ends by itself."
            )
            .WithBodyExample(() =>
                new
                {
                    on = "2024-03-31",
                    reason = "retired",
                    alsoEnd = Array.Empty<Guid>(),
                }
            );
        group
            .MapPost("/{affiliationId:guid}:void", VoidAffiliation.Handle)
            .Needs(Right.KeepPeople)
            .WithName("voidAffiliation")
            .WithSummary("Void an affiliation that never was")
            .WithDescription(
                "From then on as if never recorded; its staff number is free again. Final. The only one in the tree is corrected instead, or another is recorded first."
            )
            .WithBodyExample(() => VoidRequest.Example);
        group
            .MapGet("/{affiliationId:guid}/revisions", ReadAffiliations.HandleRevisions)
            .Needs(Right.ReadPerson)
            .WithName("listAffiliationRevisions")
            .WithSummary("All that was ever recorded about an affiliation")
            .WithDescription("In order of revision.");
        return api;
    }
}
