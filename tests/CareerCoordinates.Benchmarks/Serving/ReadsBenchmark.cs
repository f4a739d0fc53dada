using CareerCoordinates.Benchmarks.Logging;
using CareerCoordinates.Benchmarks.Measuring;
using Microsoft.Data.Sqlite;

namespace CareerCoordinates.Benchmarks.Serving;

/// <summary>The hot reads over HTTP, each against a fixed answer of the same process; and as the number of workers grows.</summary>
public static class ReadsBenchmark
{
    private const int Connections = 32;
    private const int PeopleAsked = 5_000;
    private const int FactsEach = 6;

    internal static async Task RunAsync(Settings settings)
    {
        var folder = Directory.CreateTempSubdirectory("career-benchmark-");
        var coordinates = new Dictionary<int, double>();
        try
        {
            foreach (var workers in settings.Sizes)
            {
                await using var host = new RealHost(Path.Combine(folder.FullName, $"reads-{workers}.db"));
                var ids = await GateBenchmark.FillAsync(host.Store, workers, FactsEach);
                var asked = new Random(7).GetItems(ids.ToArray(), PeopleAsked);
                var token = await host.SignInAsync();
                Console.WriteLine($"{workers:N0} workers, {Connections} connections");
                var reads = new[] { "/coordinate", "/trajectory", "/milestones", "" };
                var results = await Contest.AgainstFirstAsync(
                    settings.Rounds,
                    [
                        Contestant("fixed bytes", asked.Select(id => $"/fixed/{id}")),
                        .. reads.Select(r => Contestant("worker" + r, asked.Select(id => $"/api/v1/workers/{id}{r}"))),
                    ]
                );
                coordinates[workers] = Contest.Median(results[0].Zip(results[1], (a, b) => b.PerSecond / a.PerSecond));

                Contestant Contestant(string name, IEnumerable<string> paths)
                {
                    var script = WrkScripts.Get(folder, name.Replace('/', '-'), [.. paths]);
                    return new(name, () => Wrk.RunAsync(host.Address, script, Connections, settings.Duration, token));
                }
            }
            Console.WriteLine(
                $"coordinate, {coordinates.Keys.Min():N0} workers ÷ {coordinates.Keys.Max():N0} workers (each relative to its fixed bytes): {coordinates[coordinates.Keys.Min()] / coordinates[coordinates.Keys.Max()]:0.00}"
            );
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }
}
