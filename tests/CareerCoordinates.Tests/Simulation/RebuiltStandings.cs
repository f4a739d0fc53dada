using CareerCoordinates.Data;
using CareerCoordinates.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Tests.Simulation;

/// <summary>The table of standings made anew from what was said, one instant after the other, beside the one that grew with the writes.</summary>
internal static class RebuiltStandings
{
    public static List<string> FromNothing(SimulationRun run)
    {
        var rows = new List<string>();
        foreach (var worker in run.Record.Workers)
        {
            var open = new Dictionary<(string, string, int, DateOnly, DateOnly), Instant>();
            var instants = worker
                .Milestones.SelectMany(m => m.Said)
                .Where(s => s.What.State is "verified" or "voided")
                .Select(s => s.At)
                .Distinct()
                .OrderBy(at => at.Microseconds);
            foreach (var at in instants)
            {
                var wanted = new NaiveGrid(run.Framework, worker, at, Fault.None).Runs().ToHashSet();
                foreach (var (standing, since) in open.Where(o => !wanted.Contains(o.Key)).ToList())
                {
                    rows.Add(Row(worker.Id, standing, since, at));
                    open.Remove(standing);
                }
                foreach (var standing in wanted)
                {
                    open.TryAdd(standing, at);
                }
            }
            rows.AddRange(open.Select(o => Row(worker.Id, o.Key, o.Value, null)));
        }
        return rows;
    }

    public static async Task<List<string>> AsKeptAsync(CareerStore store)
    {
        await using var context = store.Read();
        var rows = await context.Standings.ToListAsync();
        return
        [
            .. rows.Select(r =>
                Row(
                    r.WorkerId,
                    (r.Channel, r.Rung, r.Level, r.FromDay, r.EndDay),
                    new Instant(r.RecordedAt),
                    r.SupersededAt is { } at ? new Instant(at) : null
                )
            ),
        ];
    }

    private static string Row(
        Guid worker,
        (string Channel, string Rung, int Level, DateOnly From, DateOnly End) s,
        Instant from,
        Instant? until
    ) => $"{worker} {s.Channel} {s.Rung} {s.Level} {s.From:yyyy-MM-dd} {s.End:yyyy-MM-dd} {from} {until?.ToString() ?? "-"}";
}
