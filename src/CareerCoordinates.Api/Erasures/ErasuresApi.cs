using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Erasures;

/// <summary><c>/erasures</c>: a person is made unreadable, which two administrators decide together.</summary>
public static class ErasuresApi
{
    public static RouteGroupBuilder MapErasures(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/erasures").WithTags(ApiDocument.Workers);
        group
            .MapGet("", ReadErasures.HandleList)
            .Needs(Right.ErasePeople)
            .WithName("listErasures")
            .WithSummary("Requests to erase a person")
            .WithDescription("From the newest back, with what was decided.");
        group
            .MapPost("", AskErasure.Handle)
            .Needs(Right.ErasePeople)
            .WithName("askErasure")
            .WithSummary("Ask that a person be erased")
            .WithDescription(
                "Nothing happens until another administrator approves. The reason stays, so it must not name the person."
            )
            .WithBodyExample(() => AskErasure.Example)
            .WithAnswerExample(() => ErasureBody.Example);
        group
            .MapGet("/{erasureId:guid}", ReadErasures.Handle)
            .Needs(Right.ErasePeople)
            .WithName("getErasure")
            .WithSummary("One request to erase a person")
            .WithDescription("With what was decided.")
            .WithAnswerExample(() => ErasureBody.Example);
        group
            .MapPost("/{erasureId:guid}:approve", DecideErasure.Approve)
            .Needs(Right.ErasePeople)
            .WithName("approveErasure")
            .WithSummary("Approve and carry out an erasure")
            .WithDescription(
                "By another administrator than the one who asked, and neither of the two made the account of the other, granted it the role `administrator` or set its password last: 409. Two who agree, or one who holds two accounts that a third one made, can still erase together; the audit trail tells who made which account, granted which role and set which password. What identifies the person goes from all revisions at once and for good: names, numbers, birth date, notes, reasons, evidence, free texts. Coordinates and counts hold. Backups made before still hold the person."
            )
            .WithAnswerExample(() => ErasureBody.ErasedExample);
        group
            .MapPost("/{erasureId:guid}:refuse", DecideErasure.Refuse)
            .Needs(Right.ErasePeople)
            .WithName("refuseErasure")
            .WithSummary("Refuse or take back a request")
            .WithDescription("It can be asked for again.")
            .WithBodyExample(() => new RefuseErasureRequest("The law asks that it be kept for two more years."))
            .WithAnswerExample(() => ErasureBody.RefusedExample);
        return api;
    }
}
