using System.Text.Json;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Data.Record;

/// <summary>How far the standings are compared with the record.</summary>
/// <param name="Rows">Rows that the record says there are, superseded ones included.</param>
/// <param name="Differing">Workers whose rows were others.</param>
public readonly record struct ComparedStandings(int Workers, int OfWorkers, long Rows, int Differing);

/// <summary>
/// Replays everybody's record, instant by instant and version by version of the framework, and compares the rows of standings with what comes
/// out. Nothing is written where they are equal; where they are not they are mended, and only these people's: each some in one transaction,
/// under their locks, with an entry of the audit trail that names them. It may be stopped between any two of these, and begun anew.
/// </summary>
public static class StandingsRebuild
{
    public const string Action = "rebuildStandings";

    /// <summary>Compared at once, and at most mended in one transaction.</summary>
    public const int WorkersAtOnce = 500;

    private static readonly string MilestonesSql =
        $"SELECT {RecordTables.Milestones.Names} FROM milestone_revisions WHERE worker_id >= @p0 AND worker_id < @p1 ORDER BY worker_id, milestone_id, revision";
    private static readonly string StandingsSql =
        $"SELECT {RecordTables.Standings.Names} FROM standings WHERE worker_id >= @p0 AND worker_id < @p1";

    /// <param name="by">Who mends, for the audit trail; null: nothing is mended.</param>
    /// <param name="told">After each step.</param>
    /// <exception cref="OperationCanceledException">What was mended until then stays so.</exception>
    public static async Task<ComparedStandings> RunAsync(
        CareerStore store,
        string? by,
        Action<ComparedStandings> told,
        CancellationToken cancellation
    )
    {
        var ranges = Ranges(store);
        var state = new ComparedStandings(0, ranges.Sum(r => r.Workers), 0, 0);
        told(state);
        var ahead = new Queue<Task<(long Rows, List<Guid> Differing)>>();
        try
        {
            for (var (done, next) = (0, 0); done < ranges.Count; done++)
            {
                for (; next < ranges.Count && ahead.Count < Environment.ProcessorCount; next++)
                {
                    var range = ranges[next];
                    ahead.Enqueue(Task.Run(() => Compare(store, range, cancellation), CancellationToken.None));
                }
                cancellation.ThrowIfCancellationRequested();
                var (rows, differing) = await ahead.Dequeue();
                var found = by is null || differing.Count == 0 ? differing.Count : await MendAsync(store, differing, by);
                state = state with
                {
                    Workers = state.Workers + ranges[done].Workers,
                    Rows = state.Rows + rows,
                    Differing = state.Differing + found,
                };
                told(state);
            }
        }
        finally
        {
            // Nobody reads any more when the store is closed.
            await Task.WhenAll(ahead).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        return state;
    }

    /// <summary>All ids there are, in ranges: rows of somebody who is not on record are in one, too.</summary>
    private static List<(Guid First, Guid End, int Workers)> Ranges(CareerStore store)
    {
        var firsts = new List<Guid>();
        var count = 0;
        store.Reader.OnConnection(connection =>
        {
            connection
                .Prepared("SELECT worker_id FROM worker_revisions WHERE revision = 1 ORDER BY worker_id")
                .Each(
                    connection.Transaction,
                    row =>
                    {
                        if (count++ % WorkersAtOnce == 0)
                        {
                            firsts.Add(row.Id());
                        }
                    }
                );
            return count;
        });
        var ranges = new List<(Guid, Guid, int)>();
        for (var i = 0; i < Math.Max(1, firsts.Count); i++)
        {
            var isLast = i + 1 >= firsts.Count;
            var workers = isLast ? count - i * WorkersAtOnce : WorkersAtOnce;
            ranges.Add((i == 0 ? Guid.Empty : firsts[i], isLast ? Guid.AllBitsSet : firsts[i + 1], workers));
        }
        return ranges;
    }

    private static (long Rows, List<Guid> Differing) Compare(
        CareerStore store,
        (Guid First, Guid End, int Workers) range,
        CancellationToken cancellation
    )
    {
        var (milestones, standings) = store.Reader.InSnapshot(connection =>
            (
                connection
                    .Prepared(MilestonesSql, ColumnKind.Id, ColumnKind.Id)
                    .Read(connection.Transaction, RecordRows.Milestone, range.First, range.End)
                    .GroupBy(revision => revision.WorkerId)
                    .ToDictionary(worker => worker.Key, IReadOnlyList<MilestoneRevision> (worker) => [.. worker]),
                connection
                    .Prepared(StandingsSql, ColumnKind.Id, ColumnKind.Id)
                    .Read(connection.Transaction, row => (Worker: row.Id(), Row: StandingRow.Read(row)), range.First, range.End)
                    .ToLookup(standing => standing.Worker, standing => standing.Row)
            )
        );
        var versions = store.Frameworks.Versions;
        var (rows, differing) = (0L, new List<Guid>());
        foreach (var worker in milestones.Keys.Union(standings.Select(s => s.Key)).Order())
        {
            cancellation.ThrowIfCancellationRequested();
            var revisions = milestones.GetValueOrDefault(worker) ?? [];
            var wanted = StandingRow.Of(versions, new WorkerRecord(worker, [], [], revisions, []));
            rows += wanted.Count;
            if (!wanted.ToHashSet().SetEquals(standings[worker]))
            {
                differing.Add(worker);
            }
        }
        return (rows, differing);
    }

    /// <summary>Compares them once more, each under his lock, since others may write meanwhile; answers how many were mended.</summary>
    private static async Task<int> MendAsync(CareerStore store, List<Guid> differing, string by)
    {
        var mended = await store.Gate.RunAsync<int>(tx =>
        {
            var (removed, added, workers) = (0, 0, new List<Guid>());
            foreach (var worker in differing)
            {
                if (Mend(tx, worker, store.Frameworks.Versions) is var (taken, put) && (taken, put) is not (0, 0))
                {
                    (removed, added) = (removed + taken, added + put);
                    workers.Add(worker);
                }
            }
            if (workers.Count > 0)
            {
                tx.AuditMany(
                    by,
                    Action,
                    workers,
                    JsonSerializer.Serialize(
                        new
                        {
                            removed,
                            added,
                            workers,
                        }
                    )
                );
            }
            return workers.Count;
        });
        return mended.Value;
    }

    /// <summary>
    /// Makes a worker's rows of standings what his record says, on both clocks; tells how many were taken out and put in. One who is not on
    /// record has none.
    /// </summary>
    private static (int Removed, int Added) Mend(RecordTransaction tx, Guid workerId, IReadOnlyList<PublishedFramework> versions)
    {
        var record = tx.LockWorker(workerId);
        var wanted = record is null ? [] : StandingRow.Of(versions, record);
        var mended = Standings.Mend(tx.Connection, workerId, Standings.Read(tx.Connection, workerId), wanted);
        if (record is not null && mended is not (0, 0))
        {
            tx.Rewrite(workerId);
        }
        return mended;
    }
}
