using System.Globalization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Workers;

/// <param name="Account">Null: whether they have one or not.</param>
public sealed record WorkerList(WorkerFilter Filter, bool? Account, Clocks Clocks, PageWish Page) : IQuery<WorkerList>
{
    public static WorkerList Read(QueryReader query) =>
        new(
            WorkerFilter.Read(query),
            query.Flag("account", "`true`: only those who have an account of their own today; `false`: only the others."),
            query.Clocks(),
            query.Page()
        );
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
        var rows = ByAccount(asked.Filter.Of(context, clocks), context, asked.Account).In(me.Scope, context, clocks.Today);
        long? count = asked.Page.Count ? await rows.LongCountAsync() : null;
        if (asked.Page.After is [var last])
        {
            var after = Guid.Parse(last, CultureInfo.InvariantCulture);
            rows = rows.Where(w => w.WorkerId > after);
        }
        var ids = await rows.OrderBy(w => w.WorkerId).Select(w => w.WorkerId).Take(asked.Page.Limit + 1).ToListAsync();
        await reads.ListedAsync(me, [.. ids.Take(asked.Page.Limit)]);
        var standings = await WorkerStandings.OfAsync(context, me, clocks, ids);
        var items = store.Reader.InSnapshot(connection =>
            ids.Select(id => standings.ItemOf(connection, SearchWorkers.Known(connection.ReadWorkerOnly(id), clocks.KnownAt)))
                .ToList()
        );
        return Page.Of(asked.Page, items, item => [item.Id.ToString()], clocks, count);
    }

    private static IQueryable<WorkerRevisionRow> ByAccount(
        IQueryable<WorkerRevisionRow> rows,
        CareerContext context,
        bool? account
    )
    {
        if (account is not { } wanted)
        {
            return rows;
        }
        var owners = context.Ids("SELECT worker_id AS id FROM accounts WHERE worker_id IS NOT NULL");
        return rows.Where(w => owners.Contains(w.WorkerId) == wanted);
    }
}
