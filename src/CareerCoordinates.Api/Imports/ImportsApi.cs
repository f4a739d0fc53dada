using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using Microsoft.AspNetCore.Mvc;

namespace CareerCoordinates.Api.Imports;

/// <summary><c>/imports</c>: spreadsheets in, by a dry run first.</summary>
public static class ImportsApi
{
    public static IServiceCollection AddImports(this IServiceCollection services) =>
        services.AddSingleton<ImportRunner>().AddHostedService(provider => provider.GetRequiredService<ImportRunner>());

    public static RouteGroupBuilder MapImports(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/imports").WithTags(ApiDocument.Imports);
        group
            .MapPost("", StartImport.Handle)
            .Needs(Right.ImportSheets)
            .TakesForm(StartImport.Fields)
            .WithMetadata(new RequestSizeLimitAttribute(Limits.ImportBytes + Limits.BodyBytes))
            .WithName("startImport")
            .WithSummary("Send a spreadsheet")
            .WithDescription(
                "XLSX, CSV or TSV (UTF-8, UTF-16, GB18030), at most 50 MB and 200,000 rows, with the fields `file`, `kind`, optional `type`, `organization`, `mapping`. Headers are found by name, Chinese or English, in any order. Of people and organisations that are on the record, filled cells change what they say otherwise and empty cells change nothing. Every row is checked first as it would be recorded, and nothing is written: ask for the import until it is `checked`, or follow its events. The file is kept sealed for 30 days."
            )
            .WithAnswerExample(() => ImportBody.Example);
        group
            .MapGet("", ReadImports.HandleList)
            .Needs(Right.ImportSheets)
            .WithName("listImports")
            .WithSummary("The account's imports")
            .WithDescription("The newest first, those of the last 30 days, without their problems.");
        group
            .MapGet("/template", ReadTemplate.Handle)
            .Needs(Right.ImportSheets)
            .WithName("getImportTemplate")
            .WithSummary("A sheet to fill in")
            .WithDescription(
                "The headers that an import finds, drop-downs with what is allowed, one example row and a sheet of explanations, in the language of `Accept-Language`. `kind=workers` gives the roster of a unit, people with their affiliation there; `kind=organizations` the nodes of the tree."
            );
        group
            .MapGet("/{importId:guid}", ReadImports.Handle)
            .Needs(Right.ImportSheets)
            .WithName("getImport")
            .WithSummary("Where an import stands")
            .WithDescription(
                "How many rows would be created, changed, are the same or refused, the first 1,000 problems with their cells, and how far the work has come."
            )
            .WithAnswerExample(() => ImportBody.Example);
        group
            .MapGet("/{importId:guid}/events", ReadImports.HandleEvents)
            .Needs(Right.ImportSheets)
            .WithName("followImport")
            .WithSummary("Follow an import")
            .WithDescription(
                "Server-sent events, two a second, each the import as JSON without its problems, until nothing is under way."
            );
        group
            .MapGet("/{importId:guid}/rows", ReadImportRows.Handle)
            .Needs(Right.ImportSheets)
            .WithName("listImportRows")
            .WithSummary("The columns that were recognised, and the first rows")
            .WithDescription(
                "To be looked at before the commit: up to 50 rows as they were read, up to 30 refused ones first. The result has all."
            )
            .WithAnswerExample(() => ImportedRows.Example);
        group
            .MapGet("/{importId:guid}/result", ReadImports.HandleResult)
            .Needs(Right.ImportSheets)
            .WithName("getImportResult")
            .WithSummary("Your own file with what became of each row")
            .WithDescription(
                "The same sheets in the same order with one column more, 处理结果 or result; for a CSV a CSV of the same encoding."
            );
        group
            .MapPost("/{importId:guid}:commit", DecideImport.HandleCommit)
            .Needs(Right.ImportSheets)
            .WithName("commitImport")
            .WithSummary("Write what was checked")
            .WithDescription(
                "All rows in one transaction: all or nothing. Where rows are refused it needs `\"refused\": \"skip\"`. Where a row comes out otherwise than in the dry run nothing is written, and the rows are checked again. Milestones are submitted and wait for verification; people and organisations are on the record at once."
            )
            .WithBodyExample(() => new ImportCommit(RefusedRows.Skip))
            .WithAnswerExample(() => ImportBody.Example);
        group
            .MapPost("/{importId:guid}:undo", DecideImport.HandleUndo)
            .Needs(Right.ImportSheets)
            .WithName("undoImport")
            .WithSummary("Undo a committed import")
            .WithDescription(
                "Voids what it recorded and gives what it changed the content from before, in one transaction, unless later work stands on it, which is named."
            )
            .WithAnswerExample(() => ImportBody.Example);
        group
            .MapPost("/{importId:guid}:cancel", DecideImport.HandleCancel)
            .Needs(Right.ImportSheets)
            .WithName("cancelImport")
            .WithSummary("Stop a dry run, or leave it at that")
            .WithDescription("Nothing is written.")
            .WithAnswerExample(() => ImportBody.Example);
        MapVerification(group);
        return api;
    }

    private static void MapVerification(RouteGroupBuilder group)
    {
        group
            .MapGet("/to-verify", ListImportsToVerify.Handle)
            .Needs(Right.JudgeMilestones)
            .WithName("listImportsToVerify")
            .WithSummary("Imports that wait for the caller")
            .WithDescription(
                "Committed imports of the last 30 days, the newest first, of which milestones wait in the caller's scope. `GET /milestones?import=…` lists them."
            );
        group
            .MapPost("/{importId:guid}:sample", DrawSample.Handle)
            .Needs(Right.JudgeMilestones)
            .WithName("drawImportSample")
            .WithSummary("Draw a sample of an import")
            .WithDescription(
                "By chance, of what the caller may verify of it, at least as many as GB/T 2828.1 asks for (general level II). It is drawn once: asking again shows the same, a larger `size` adds to it. Compare each with its proof; return or reject what is wrong."
            )
            .WithBodyExample(() => new SampleWish(20));
        group
            .MapPost("/{importId:guid}:verify", VerifyImport.Handle)
            .Needs(Right.JudgeMilestones)
            .WithName("verifyImport")
            .WithSummary("Verify an import by its sample")
            .WithDescription(
                "All of it that the caller may verify and that nobody has touched since, where nothing in his sample was wrong. Size of the sample and basis are kept with it and with each milestone. Up to 2,000 at once: ask again until `left` is 0."
            )
            .WithBodyExample(() =>
                new ImportToAccept("Compared with the certificate register of the district, certificates seen.")
            )
            .WithAnswerExample(() =>
                new AcceptedImport(
                    ImportBody.Example.Id,
                    20,
                    "Compared with the certificate register of the district, certificates seen.",
                    118,
                    0,
                    []
                )
            );
    }
}
