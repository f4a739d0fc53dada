using CareerCoordinates.Benchmarks.Measuring;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;
using Microsoft.Data.Sqlite;

namespace CareerCoordinates.Benchmarks.Logging;

/// <summary>What a request costs the writing thread on SQLite, by step: processor time, for finding what to tune.</summary>
public static class GateCost
{
    private const int Workers = 10_000;
    private const int Batch = 64;
    private const int Batches = 100;

    internal static async Task RunAsync(Settings settings)
    {
        var folder = Directory.CreateTempSubdirectory("career-benchmark-");
        try
        {
            await using var store = await CareerStore.OpenAsync(
                new SqliteEngine($"Data Source={folder}/cost.db"),
                TimeProvider.System,
                Lives.Framework,
                migrate: true
            );
            var ids = await GateBenchmark.FillAsync(store, Workers, factsEach: 6);
            using var connection = new RecordConnection(store.Engine, store.Engine.OpenWrite());
            var steps = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
            for (var round = 0; round <= settings.Rounds; round++)
            {
                foreach (var (step, cost) in Round(store, connection, ids, new Random(round)))
                {
                    if (!steps.TryGetValue(step, out var costs))
                    {
                        steps.Add(step, costs = []);
                    }
                    if (round > 0)
                    {
                        costs.Add(cost.TotalMicroseconds / (Batch * Batches));
                    }
                }
            }
            foreach (var (step, costs) in steps)
            {
                Console.WriteLine($"  {step, -40} {Contest.Median(costs), 7:0.0} µs ({costs.Min():0.0} to {costs.Max():0.0})");
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, TimeSpan> Round(
        CareerStore store,
        RecordConnection connection,
        List<Guid> ids,
        Random random
    )
    {
        var took = new Dictionary<string, TimeSpan>();
        for (var batch = 0; batch < Batches; batch++)
        {
            var requests = Enumerable.Range(0, Batch).Select(_ => Any(ids, random)).ToList();
            Step(
                "1 read the record alone",
                () => requests.ForEach(r => store.Reader.OnConnection(c => c.ReadWorker(r.WorkerId)))
            );
            var records = requests.Select(r => store.Reader.ReadWorker(r.WorkerId)!).ToList();
            Step("2 fold it alone", () => records.ForEach(r => _ = r.At(Instant.Never)!.Counting));
            connection.Execute("BEGIN IMMEDIATE");
            Step(
                "3 savepoints alone",
                () =>
                    requests.ForEach(_ =>
                    {
                        connection.Execute("SAVEPOINT write");
                        connection.Execute("RELEASE write");
                    })
            );
            foreach (var request in requests)
            {
                var tx = new RecordTransaction(connection, store.Clock, store.Frameworks.Current);
                WorkerRecord record = null!;
                WorkerView view = null!;
                MilestoneContent content = null!;
                MilestoneRevision revision = null!;
                Step("4.1 look the idempotency key up", () => tx.FindMilestone(request.WorkerId, request.Key));
                Step("4.2 lock and read the worker", () => record = tx.LockWorker(request.WorkerId)!);
                Step("4.3 fold the revisions", () => view = record.At(Instant.Never)!);
                Step("4.4 check the draft", () => content = LogMilestone.Check(tx, request, view));
                Step("4.5 decide", () => revision = LogMilestone.Decide(tx, record, view, content).Value);
                Step("4.6 add the revision, refresh standings", () => tx.Add(record, revision, request.Key));
                Step("4.7 add the audit entry", () => LogMilestone.Audit(tx, request));
                Step("4.8 finish", tx.Finish);
            }
            Step("5 the commit", () => connection.Execute("COMMIT"));
        }
        return took;

        void Step(string name, Action work)
        {
            var start = ThreadTime.Now;
            work();
            took[name] = took.GetValueOrDefault(name) + ThreadTime.Now - start;
        }
    }

    private static LogRequest Any(List<Guid> ids, Random random)
    {
        var number = random.Next(ids.Count);
        return LogRequest.Any(ids[number], number, random);
    }
}
