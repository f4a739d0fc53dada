using CareerCoordinates.Benchmarks.Measuring;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Tests.Engines;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Benchmarks.Logging;

/// <summary>Logging a milestone, durable, with everything that belongs to it, at the gate and without HTTP.</summary>
public static class GateBenchmark
{
    private const int Workers = 30_000;
    private const int FactsEach = 6;
    private static readonly int[] ClientCounts = [1, 16, 64];

    internal static async Task OnSqliteAsync(Settings settings)
    {
        var folder = Directory.CreateTempSubdirectory("career-benchmark-");
        try
        {
            await using var ours = await OpenAsync(new SqliteEngine($"Data Source={folder}/gate.db"));
            await using var same = await OpenAsync(new SqliteEngine($"Data Source={folder}/one.db"));
            using var oneAtATime = new OneAtATime(same);
            var naive = new NaiveEf(o => o.UseSqlite($"Data Source={folder}/naive.db"));
            var ids = await FillAsync(ours, Workers, FactsEach);
            var sameIds = await FillAsync(same, Workers, FactsEach);
            await naive.PrepareAsync(Workers, FactsEach, ids);
            Console.WriteLine($"naive EF's connections: {await DurabilityAsync(naive)}");

            foreach (var clients in ClientCounts)
            {
                Console.WriteLine($"{clients} clients");
                var people = Enumerable.Range(0, clients).Select(c => new Client(c)).ToArray();
                await Contest.RunAsync(
                    settings.Rounds,
                    new("group commit (the gate)", () => RunAsync(people, ids, async r => Answer(await LogAsync(ours, r)))),
                    new(
                        "a transaction per request",
                        () =>
                            RunAsync(
                                people,
                                sameIds,
                                async r => Answer(await oneAtATime.RunAsync(tx => LogMilestone.Write(tx, r)))
                            )
                    ),
                    new("naive EF", () => RunAsync(people, ids, async r => await naive.LogAsync(r)))
                );

                Task<Round> RunAsync(Client[] clients, List<Guid> ids, Func<LogRequest, Task<byte[]>> log) =>
                    Round.OfAsync(clients.Length, settings.Duration, c => clients[c].LogAsync(ids, log));
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    internal static async Task OnPostgresAsync(Settings settings)
    {
        await using var cluster = await PostgresCluster.StartAsync(durable: true);
        await using var ours = await OpenAsync(new PostgresEngine(await cluster.CreateDatabaseAsync()));
        var naiveDatabase = await cluster.CreateDatabaseAsync();
        var naive = new NaiveEf(o => o.UseNpgsql(naiveDatabase));
        var ids = await FillAsync(ours, Workers, FactsEach);
        await naive.PrepareAsync(Workers, FactsEach, ids);
        foreach (var clients in ClientCounts)
        {
            Console.WriteLine($"{clients} clients");
            var people = Enumerable.Range(0, clients).Select(c => new Client(c)).ToArray();
            await Contest.RunAsync(
                settings.Rounds,
                new("the gate", () => RunAsync(async r => Answer(await LogAsync(ours, r)))),
                new("naive EF", () => RunAsync(async r => await naive.LogAsync(r)))
            );

            Task<Round> RunAsync(Func<LogRequest, Task<byte[]>> log) =>
                Round.OfAsync(clients, settings.Duration, c => people[c].LogAsync(ids, log));
        }
    }

    private static Task<CareerStore> OpenAsync(Engine engine) =>
        CareerStore.OpenAsync(engine, TimeProvider.System, Lives.Framework, migrate: true);

    /// <summary>Workers who all have a record already; answers their ids by number.</summary>
    internal static async Task<List<Guid>> FillAsync(CareerStore store, int workers, int factsEach)
    {
        var ids = new List<Guid>(workers);
        var employer = (await store.Gate.RunAsync<Guid>(tx => LogMilestone.AddEmployer(tx))).Value;
        foreach (var numbers in Enumerable.Range(0, workers).Chunk(500))
        {
            var added = await store.Gate.RunAsync<List<Guid>>(tx =>
                numbers.Select(n => LogMilestone.AddWorker(tx, n, factsEach, employer)).ToList()
            );
            ids.AddRange(added.Value);
        }
        return ids;
    }

    private static Task<Outcome<MilestoneRevision>> LogAsync(CareerStore store, LogRequest request) =>
        store.Gate.RunAsync(tx => LogMilestone.Write(tx, request), store.ReadAhead(request.WorkerId, request.Key));

    private static byte[] Answer(Outcome<MilestoneRevision> outcome) =>
        outcome.IsRefused
            ? throw new InvalidOperationException($"Refused: {outcome.Refusals[0].Code.Code}")
            : LogMilestone.Answer(outcome.Value);

    private static async Task<string> DurabilityAsync(NaiveEf naive)
    {
        await using var context = naive.Open();
        var journal = await context
            .Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode")
            .SingleAsync();
        var synchronous = await context
            .Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous")
            .SingleAsync();
        return journal == "wal" && synchronous == 2
            ? "WAL, synchronous=FULL"
            : throw new InvalidOperationException($"The comparison is not durable: {journal}, synchronous={synchronous}.");
    }

    /// <summary>A client that logs one fact after the other about anybody.</summary>
    private sealed class Client(int seed)
    {
        private readonly Random random = new(seed);

        public async Task LogAsync(List<Guid> ids, Func<LogRequest, Task<byte[]>> log)
        {
            var number = random.Next(ids.Count);
            await log(LogRequest.Any(ids[number], number, random));
        }
    }
}
