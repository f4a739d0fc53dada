using System.Diagnostics;

namespace CareerCoordinates.Benchmarks.Measuring;

/// <summary>
/// What one contestant did in one round: how many a second, how long one took, and how much of the processors one
/// took in this process, its clients included.
/// </summary>
public sealed record Round(double PerSecond, TimeSpan P50, TimeSpan P99, TimeSpan Cpu, int Requests)
{
    /// <summary>Keeps <paramref name="clients"/> busy for a while; what is finished by then counts.</summary>
    public static async Task<Round> OfAsync(int clients, TimeSpan duration, Func<int, Task> request)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var times = await Task.WhenAll(
            Enumerable
                .Range(0, clients)
                .Select(client =>
                    Task.Run(async () =>
                    {
                        var taken = new List<long>(4096);
                        for (var began = Stopwatch.GetTimestamp(); began < end; began = Stopwatch.GetTimestamp())
                        {
                            await request(client);
                            var finished = Stopwatch.GetTimestamp();
                            taken.Add(finished <= end ? finished - began : began - finished);
                        }
                        return taken;
                    })
                )
        );
        var all = times.SelectMany(t => t).ToList();
        var sorted = all.Select(Math.Abs).Order().ToList();
        return new(
            all.Count(t => t >= 0) / duration.TotalSeconds,
            Stopwatch.GetElapsedTime(0, sorted[sorted.Count / 2]),
            Stopwatch.GetElapsedTime(0, sorted[sorted.Count * 99 / 100]),
            (Environment.CpuUsage.TotalTime - cpu) / all.Count,
            all.Count
        );
    }
}

/// <summary>One way of doing the work. <paramref name="RunAsync"/> is called once a round.</summary>
public sealed record Contestant(string Name, Func<Task<Round>> RunAsync);

/// <summary>
/// Contestants that take turns within every round, so that whatever else the machine does meets them all. A ratio is
/// taken within a round; told are the median of the rounds and, as noise, the smallest and the largest.
/// </summary>
public static class Contest
{
    private const int WarmUpRequests = 2_000;

    /// <summary>How many times as many as each of the others the first contestant does.</summary>
    public static async Task RunAsync(int rounds, params Contestant[] contestants)
    {
        var results = await MeasureAsync(rounds, contestants);
        for (var i = 1; i < contestants.Length; i++)
        {
            var ratios = results[0].Zip(results[i], (a, b) => a.PerSecond / b.PerSecond).ToList();
            Console.WriteLine($"  {contestants[0].Name} ÷ {contestants[i].Name}: {Ratio(ratios)}");
        }
    }

    /// <summary>How many times as many as the first, which is the floor, each of the others does; answers the rounds of each.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<Round>>> AgainstFirstAsync(int rounds, params Contestant[] contestants)
    {
        var results = await MeasureAsync(rounds, contestants);
        for (var i = 1; i < contestants.Length; i++)
        {
            var ratios = results[0].Zip(results[i], (floor, it) => it.PerSecond / floor.PerSecond).ToList();
            var cpu = results[0].Zip(results[i], (floor, it) => floor.Cpu / it.Cpu).ToList();
            Console.WriteLine(
                $"  {contestants[i].Name} ÷ {contestants[0].Name}: {Ratio(ratios)}; by processor time {Ratio(cpu)}"
            );
        }
        return results;
    }

    private static async Task<List<Round>[]> MeasureAsync(int rounds, Contestant[] contestants)
    {
        var results = contestants.Select(_ => new List<Round>()).ToArray();
        foreach (var contestant in contestants)
        {
            // Warm-up: until the hot code is compiled for good. These figures do not count.
            for (var done = 0; done < WarmUpRequests; )
            {
                var round = await contestant.RunAsync();
                done += round.Requests;
            }
        }
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < contestants.Length; i++)
            {
                var turn = (round + i) % contestants.Length;
                results[turn].Add(await contestants[turn].RunAsync());
            }
        }
        for (var i = 0; i < contestants.Length; i++)
        {
            var perSecond = Median(results[i].Select(r => r.PerSecond));
            var p50 = Median(results[i].Select(r => r.P50.TotalMilliseconds));
            var p99 = Median(results[i].Select(r => r.P99.TotalMilliseconds));
            var cpu = Median(results[i].Select(r => r.Cpu.TotalMicroseconds));
            Console.WriteLine(
                $"  {contestants[i].Name, -26} {perSecond, 8:N0}/s   p50 {p50, 7:N2} ms   p99 {p99, 8:N2} ms   CPU {cpu, 6:N0} µs"
            );
        }
        return results;
    }

    public static string Ratio(IReadOnlyCollection<double> ratios) =>
        $"{Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00})";

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
