using System.Globalization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Workers;

public sealed record WorkerList(WorkerFilter Filter, Clocks Clocks, PageWish Page) : IQuery<WorkerList>
{
    public static WorkerList Read(QueryReader query) => new(WorkerFilter.Read(query), query.Clocks(), query.Page());
}

public static class ListWorkers
{
    public static async Task<Results<Page<WorkerBody>, Problem>> Handle(
        Query<WorkerList> query,
        SignedIn me,
        PersonalReads reads,
        CareerStore store
    )
    {
        var asked = query.Value;
        var resolved = await asked.Clocks.OnAsync(store, asked.Page.Cursor);
        if (resolved.IsRefused)
        {
            return Problem.Of(resolved.Refusals);
        }
        var clocks = resolved.Value;
        if (asked.Filter.Faults(clocks.Framework) is { Count: > 0 } faults)
        {
            return Problem.Of(faults);
        }
        if (asked.Filter.Organization is { } place && !me.Knows(store, place))
        {
            return Problem.Of(new Refusal(RequestRefusals.NoSuchOrganization, "?organization", place));
        }
        await using var context = store.Read();
        var rows = asked.Filter.Of(context, clocks).In(me.Scope, context, clocks.Today);
        long? count = asked.Page.Count ? await rows.LongCountAsync() : null;
        if (asked.Page.After is [var last])
        {
            var after = Guid.Parse(last, CultureInfo.InvariantCulture);
            rows = rows.Where(w => w.WorkerId > after);
        }
        var ids = await rows.OrderBy(w => w.WorkerId).Select(w => w.WorkerId).Take(asked.Page.Limit + 1).ToListAsync();
        await reads.ListedAsync(me, [.. ids.Take(asked.Page.Limit)]);
        var items = store.Reader.InSnapshot(connection =>
            ids.Select(id => WorkerBody.ItemOf(SearchWorkers.Known(connection.ReadWorkerOnly(id), clocks.KnownAt), clocks))
                .ToList()
        );
        return Page.Of(asked.Page, items, item => [item.Id.ToString()], clocks, count);
    }
}
