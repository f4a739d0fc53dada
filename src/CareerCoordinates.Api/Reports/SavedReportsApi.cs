using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Reports;

/// <summary><c>/saved-reports</c>: questions that give the same answer when they are opened again.</summary>
public static class SavedReportsApi
{
    public static RouteGroupBuilder MapSavedReports(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/saved-reports").WithTags(ApiDocument.Reports);
        group
            .MapPost("", SaveReport.Handle)
            .Needs(Right.SaveReports)
            .TakesIdempotencyKey()
            .WithName("saveReport")
            .WithSummary("Save a report")
            .WithDescription(
                "Answers the question and keeps it for the account, with the hash of its answer. All days, a closed `knownAt` (by default the newest: about ten seconds ago, for protected counts when the day began) and the language of `Accept-Language` are pinned, so that it gives the same bytes for ever."
            )
            .WithBodyExample(() => SaveReport.Example)
            .WithAnswerExample(() => SavedReportBody.Example);
        group
            .MapGet("", ReadSavedReports.HandleList)
            .Needs(Right.SaveReports)
            .WithName("listSavedReports")
            .WithSummary("The saved reports of the account")
            .WithDescription("The newest first.");
        group
            .MapGet("/{savedReportId:guid}", ReadSavedReports.Handle)
            .Needs(Right.SaveReports)
            .WithName("getSavedReport")
            .WithSummary("What was saved")
            .WithDescription("The question with all that it is pinned to; `result` below it answers it.")
            .WithAnswerExample(() => SavedReportBody.Example);
        group
            .MapGet("/{savedReportId:guid}/result", AnswerSavedReport.Handle)
            .Needs(Right.SaveReports)
            .WithName("getSavedResult")
            .WithSummary("The answer of a saved report")
            .WithDescription(
                "Computed again from the record: the same bytes as when it was saved, in the form of the report, as CSV or XLSX by `Accept`. Where they would be others, 409 `saved-result-differs` says why: the account sees another part of the organisations than then, the program is another version, a person was erased since. Where the question cannot be asked any more, 409 `saved-report-unanswerable`."
            )
            .WithAnswerExample(() => ReadGrid.Example);
        group
            .MapDelete("/{savedReportId:guid}", ReadSavedReports.HandleDelete)
            .Needs(Right.SaveReports)
            .WithName("deleteSavedReport")
            .WithSummary("Delete a saved report")
            .WithDescription("One's own. The record that it asks stays as it is.");
        return api;
    }
}
