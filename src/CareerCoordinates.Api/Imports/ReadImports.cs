using System.Globalization;
using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain.Imports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Imports;

public sealed record ImportList(PageWish Page) : IQuery<ImportList>
{
    public static ImportList Read(QueryReader query) => new(query.Page());
}

/// <summary>The imports of the caller's account; those of others do not exist for it.</summary>
public static class ReadImports
{
    private static readonly TimeSpan BetweenEvents = TimeSpan.FromMilliseconds(500);

    public static async Task<Results<Page<ImportBody>, Problem>> HandleList(
        Query<ImportList> query,
        HttpContext context,
        SignedIn me,
        CareerStore store,
        ImportRunner runner
    )
    {
        var page = query.Value.Page;
        var clocks = await new Clocks(null, null).OnAsync(store, page.Cursor);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        Guid? before = page.After is [var last] ? Guid.Parse(last, CultureInfo.InvariantCulture) : null;
        var account = me.Caller.AccountId;
        var (items, count) = store.Reader.InSnapshot(c =>
            (c.ListImports(account, before, page.Limit + 1), page.Count ? c.CountImports(account) : (long?)null)
        );
        return Page.Of(
            page,
            [.. items.Select(import => ImportBody.Of(import, runner.ProgressOf(import.Id), Languages.Of(context)))],
            item => [item.Id.ToString()],
            clocks.Value,
            count
        );
    }

    public static Results<Ok<ImportBody>, Problem> Handle(
        Guid importId,
        HttpContext context,
        SignedIn me,
        CareerStore store,
        ImportRunner runner
    ) =>
        Find(store, me, importId) is { } import
            ? TypedResults.Ok(Show(store, me, runner, import, Languages.Of(context)))
            : Problem.Of(ImportRefusals.NoImport);

    /// <summary>Server-sent events (HTML living standard, 9.2) until there is nothing under way.</summary>
    public static async Task<Results<EmptyHttpResult, Problem>> HandleEvents(
        Guid importId,
        HttpContext context,
        SignedIn me,
        CareerStore store,
        ImportRunner runner
    )
    {
        if (Find(store, me, importId) is not { } import)
        {
            return Problem.Of(ImportRefusals.NoImport);
        }
        var gone = context.RequestAborted;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        while (true)
        {
            var body = Show(store, me, runner, import, Languages.Of(context)) with { Problems = [], Warnings = [] };
            await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(body, ApiJson.Options)}\n\n", gone);
            await context.Response.Body.FlushAsync(gone);
            if (!IsUnderWay(import.State))
            {
                return TypedResults.Empty;
            }
            await Task.Delay(BetweenEvents, gone);
            if (Find(store, me, importId) is not { } next)
            {
                return TypedResults.Empty;
            }
            import = next;
        }
    }

    /// <summary>The caller's own workbook or CSV with one column more.</summary>
    public static Results<EmptyHttpResult, Problem, PushStreamHttpResult> HandleResult(
        Guid importId,
        HttpContext context,
        SignedIn me,
        CareerStore store
    )
    {
        if (Find(store, me, importId) is not { } import)
        {
            return Problem.Of(ImportRefusals.NoImport);
        }
        if (import.State is ImportState.Checking or ImportState.Cancelled or ImportState.Failed)
        {
            return Problem.Of(ImportRefusals.NotIn(import.State, ImportState.Checked, ImportState.Committed, ImportState.Undone));
        }
        context.Response.OnCompleted(() =>
        {
            LargeWork.Done(import.Counts.Rows);
            return Task.CompletedTask;
        });
        var result = new ImportResult(store, me, import, Languages.Of(context), context.RequestAborted);
        context.Response.RegisterForDispose(result);
        return TypedResults.Stream(
            body => result.WriteAsync(body, context.RequestAborted),
            result.Name.EndsWith(".xlsx", StringComparison.Ordinal) ? SheetForms.Xlsx : SheetForms.Csv,
            result.Name
        );
    }

    internal static ImportBody Show(CareerStore store, SignedIn me, ImportRunner runner, Import import, Language language) =>
        ImportBody.Of(
            import,
            IsUnderWay(import.State) ? runner.ProgressOf(import.Id) : null,
            language,
            Told(store, import, ImportProblems.Part),
            Told(store, import, ImportProblems.Warnings),
            store.Reader.InSnapshot(connection => AwaitedVerifiers.Of(connection, store, me, import)),
            WaitingMilestones.CountOf(store, import)
        );

    private static IReadOnlyList<RowProblem> Told(CareerStore store, Import import, string part)
    {
        if (store.Key is null || import.State == ImportState.Checking)
        {
            return [];
        }
        using var kept = store.OpenPart(import, part);
        return ImportProblems.Read(kept);
    }

    internal static Import? Find(CareerStore store, SignedIn me, Guid id) =>
        store.Reader.OnConnection(c => c.FindImport(id)) is { } import && import.AccountId == me.Caller.AccountId ? import : null;

    internal static bool IsUnderWay(ImportState state) =>
        state is ImportState.Checking or ImportState.Committing or ImportState.Undoing;
}
