using System.Globalization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Reports;

public sealed record SavedReportList(PageWish Page) : IQuery<SavedReportList>
{
    public static SavedReportList Read(QueryReader query) => new(query.Page());
}

/// <summary>The questions that the caller's account has saved, and their deletion. Those of others do not exist for it.</summary>
public static class ReadSavedReports
{
    public static async Task<Results<Page<SavedReportBody>, Problem>> HandleList(
        Query<SavedReportList> query,
        SignedIn me,
        CareerStore store
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
        var (items, count) = store.Reader.InSnapshot(connection =>
            (
                connection.ListSavedReports(account, before, page.Limit + 1),
                page.Count ? connection.CountSavedReports(account) : (long?)null
            )
        );
        return Page.Of(
            page,
            [.. items.Select(saved => SavedReportBody.Of(saved, store))],
            item => [item.Id.ToString()],
            clocks.Value,
            count
        );
    }

    public static Results<Answer<SavedReportBody>, Problem> Handle(Guid savedReportId, SignedIn me, CareerStore store) =>
        Find(store, me, savedReportId) is { } saved
            ? Answer.Of(SavedReportBody.Of(saved, store), 0)
            : Problem.Of(SavedReportRefusals.Unknown, savedReportId);

    public static async Task<Results<NoContent, Problem>> HandleDelete(
        Guid savedReportId,
        NoBody body,
        SignedIn me,
        CareerStore store
    )
    {
        var deleted = await store.WriteAsync<bool>(
            me,
            tx =>
            {
                if (tx.Connection.FindSavedReport(me.Caller.AccountId, savedReportId) is null)
                {
                    return new Refusal(SavedReportRefusals.Unknown, "", savedReportId);
                }
                tx.DeleteSavedReport(me.Caller.AccountId, savedReportId);
                return true;
            }
        );
        return deleted.IsRefused ? Problem.Of(deleted.Refusals) : TypedResults.NoContent();
    }

    internal static SavedReport? Find(CareerStore store, SignedIn me, Guid id) =>
        store.Reader.OnConnection(c => c.FindSavedReport(me.Caller.AccountId, id));
}
