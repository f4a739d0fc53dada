using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Api.Workers;

/// <summary>Where a worker of a list stands on the day asked for.</summary>
/// <param name="Organization">The name of his primary place; null where he has none, or it is not yours to see.</param>
/// <param name="Stage">Null where his career start is not known.</param>
/// <param name="Level">The level of the coordinate; 0 where nothing is held.</param>
public sealed record WorkerStanding(string? Organization, string? Stage, int Level);

/// <summary>What is asked once for all workers of a page.</summary>
internal sealed class WorkerStandings(
    SignedIn me,
    ReadClocks clocks,
    IReadOnlyDictionary<Guid, int> levels,
    ILookup<Guid, AffiliationRevisionRow> places
)
{
    private readonly OrganizationNames names = new(me, clocks);

    public static async Task<WorkerStandings> OfAsync(CareerContext context, SignedIn me, ReadClocks clocks, List<Guid> workers)
    {
        var levels = await context
            .Standings.KnownAt(clocks.KnownAt)
            .HeldOn(clocks.AsOf)
            .Where(s => workers.Contains(s.WorkerId))
            .GroupBy(s => s.WorkerId)
            .Select(held => new { held.Key, Level = held.Max(s => s.Level) })
            .ToDictionaryAsync(held => held.Key, held => held.Level);
        var places = await context
            .Affiliations.KnownAt(clocks.KnownAt)
            .NotVoided()
            .InForceOn(clocks.AsOf)
            .Where(a => workers.Contains(a.WorkerId))
            .ToListAsync();
        return new(me, clocks, levels, places.ToLookup(a => a.WorkerId));
    }

    /// <summary>An item of a list, with where he stands.</summary>
    public WorkerBody ItemOf(RecordConnection connection, Revision<WorkerContent> worker)
    {
        var stage = worker.Content.CareerStart is { } start
            ? CareerGrid.StageOn(clocks.Framework, start, clocks.AsOf).Code
            : null;
        var primary = places[worker.Id]
            .OrderByDescending(a => a.IsPrimary)
            .ThenBy(a => a.FromDay)
            .ThenBy(a => a.AffiliationId)
            .FirstOrDefault();
        var place = primary?.OrganizationId is { } id ? names.Of(connection, id) : primary?.ExternalName;
        return WorkerBody.ItemOf(worker, clocks) with { Standing = new(place, stage, levels.GetValueOrDefault(worker.Id)) };
    }
}
