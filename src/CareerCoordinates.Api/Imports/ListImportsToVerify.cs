using CareerCoordinates.Api.Access;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Imports;

/// <summary>A committed import of which something waits for the caller.</summary>
/// <param name="Account">Who sent it.</param>
/// <param name="Waiting">Milestones of it that wait in the caller's scope.</param>
public sealed record WaitingImport(Guid Id, string Account, string FileName, Instant UploadedAt, int Waiting);

/// <summary>The newest 500.</summary>
public sealed record WaitingImports(IReadOnlyList<WaitingImport> Items);

public static class ListImportsToVerify
{
    public static async Task<Ok<WaitingImports>> Handle(SignedIn me, CareerStore store)
    {
        var types = store
            .Frameworks.Current.MilestoneTypes.Values.Where(t => !me.Caller.ScopeOfVerifying(t.VerifiedBy).IsEmpty)
            .Select(t => t.Code)
            .ToList();
        await using var context = store.Read();
        var self = me.Caller.WorkerId;
        var waiting = await context
            .Waiting()
            .Where(m => types.Contains(m.Type) && m.WorkerId != self)
            .In(me.Scope, context, store.Today())
            .SeenBy(me, store, context, store.Today())
            .Join(
                context.ImportItems,
                m => new { Id = m.MilestoneId, m.Revision },
                i => new { Id = i.ThingId, i.Revision },
                (m, i) => i
            )
            .GroupBy(i => i.ImportId)
            .Select(g => new { Id = g.Key, Count = g.Count() })
            .ToListAsync();
        var items = new List<WaitingImport>();
        foreach (var found in waiting.OrderByDescending(w => w.Id).Take(Limits.PageSize))
        {
            if (WaitingMilestones.Committed(store, found.Id) is { } import && !WaitingMilestones.IsOwn(import, me))
            {
                items.Add(new(import.Id, import.Account, import.FileName, import.UploadedAt, found.Count));
            }
        }
        return TypedResults.Ok(new WaitingImports(items));
    }
}
