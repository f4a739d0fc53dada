using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Api.Durability;

/// <summary>A revision of a milestone that the server said it had recorded.</summary>
public sealed record Acknowledged(Guid WorkerId, Guid MilestoneId, int Revision = 1);

/// <summary>What a record must still say after the server was killed.</summary>
public static class CrashCheck
{
    /// <summary>Every acknowledged revision is there, and none, acknowledged or not, is there by half (its key is in its own row, its standings are not). In words; empty if all holds.</summary>
    public static IReadOnlyList<string> Faults(
        CareerStore store,
        IReadOnlyCollection<Guid> workers,
        IReadOnlyCollection<Acknowledged> acknowledged
    )
    {
        var faults = new List<string>();
        var recorded = new HashSet<(Guid, int)>();
        foreach (var id in workers)
        {
            if (store.Reader.ReadWorker(id) is not { } record)
            {
                faults.Add($"worker {id} is lost");
                continue;
            }
            recorded.UnionWith(record.MilestoneRevisions.Select(r => (r.MilestoneId, r.Revision)));
            if (!StandingsOf(store, id).SetEquals(Wanted(store, record)))
            {
                faults.Add($"the standings of worker {id} do not follow from the milestones");
            }
        }
        faults.AddRange(
            acknowledged
                .Where(a => !recorded.Contains((a.MilestoneId, a.Revision)))
                .Select(a => $"revision {a.Revision} of milestone {a.MilestoneId} is lost")
        );
        return faults;
    }

    private static HashSet<(string, string, DateOnly, DateOnly)> StandingsOf(CareerStore store, Guid workerId)
    {
        using var context = store.Read();
        return
        [
            .. context
                .Standings.Where(s => s.WorkerId == workerId && s.SupersededAt == null)
                .AsEnumerable()
                .Select(s => (s.Channel, s.Rung, s.FromDay, s.EndDay)),
        ];
    }

    private static IEnumerable<(string, string, DateOnly, DateOnly)> Wanted(CareerStore store, WorkerRecord record) =>
        CareerGrid
            .Standings(store.Frameworks.Current, record.At(Instant.Never)!.Counting)
            .Select(s => (s.Channel.Code, s.Rung.Code, s.Period.From, s.Period.End));
}
