using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.EnteredFigures;

/// <summary><c>/entered-figures</c>: what organisations report and no milestone counts.</summary>
public static class EnteredFiguresApi
{
    public static RouteGroupBuilder MapEnteredFigures(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/entered-figures").WithTags(ApiDocument.EnteredFigures);
        group
            .MapGet("", ListEnteredFigures.Handle)
            .Needs(Right.ReadEnteredFigures)
            .WithName("listEnteredFigures")
            .WithSummary("What organisations entered")
            .WithDescription(
                "What was recorded last comes first. `organization` takes the subtree by the parents of the day of `knownAt`. Of a voided organisation nothing is listed but with `include=voided`."
            );
        group
            .MapPost("", RecordEnteredFigure.Handle)
            .Needs(Right.KeepEnteredFigures)
            .TakesIdempotencyKey()
            .WithName("recordEnteredFigure")
            .WithSummary("Enter a figure of a year")
            .WithDescription(
                "Only for indicators that the framework says are entered; the others are computed. An organisation has one number for each figure and year: a second is 409 and names the first."
            )
            .WithBodyExample(() => RecordEnteredFigure.Example)
            .WithAnswerExample(() => EnteredFigureBody.Example);
        group
            .MapGet("/{enteredFigureId:guid}", ReadEnteredFigure.Handle)
            .Needs(Right.ReadEnteredFigures)
            .WithName("getEnteredFigure")
            .WithSummary("One entered figure")
            .WithDescription("As known at `knownAt`; the year is in the content, so there is no `asOf`.")
            .WithAnswerExample(() => EnteredFigureBody.ReadExample);
        group
            .MapPut("/{enteredFigureId:guid}", CorrectEnteredFigure.Handle)
            .Needs(Right.KeepEnteredFigures)
            .WithName("correctEnteredFigure")
            .WithSummary("Correct an entered figure")
            .WithDescription(
                "The whole figure as it should have been, with a reason. What was known before stays: ask for it with `knownAt`."
            )
            .WithBodyExample(() => CorrectEnteredFigure.Example)
            .WithAnswerExample(() =>
                EnteredFigureBody.Example with
                {
                    Number = CorrectEnteredFigure.Example.Number,
                    Source = CorrectEnteredFigure.Example.Source,
                    Reason = CorrectEnteredFigure.Example.Reason,
                    Revision = 2,
                }
            );
        group
            .MapPost("/{enteredFigureId:guid}:void", VoidEnteredFigure.Handle)
            .Needs(Right.KeepEnteredFigures)
            .WithName("voidEnteredFigure")
            .WithSummary("Void a figure that was never true")
            .WithDescription("From then on it is in no sum, and the figure of that year can be entered anew.")
            .WithBodyExample(() => VoidRequest.Example);
        group
            .MapGet("/{enteredFigureId:guid}/revisions", ReadEnteredFigure.HandleRevisions)
            .Needs(Right.ReadEnteredFigures)
            .WithName("listEnteredFigureRevisions")
            .WithSummary("All that was ever recorded about an entered figure")
            .WithDescription("In order of revision.");
        return api;
    }
}
