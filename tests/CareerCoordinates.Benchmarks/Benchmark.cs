using CareerCoordinates.Benchmarks.Importing;
using CareerCoordinates.Benchmarks.Logging;
using CareerCoordinates.Benchmarks.Measuring;
using CareerCoordinates.Benchmarks.Moving;
using CareerCoordinates.Benchmarks.Reporting;
using CareerCoordinates.Benchmarks.Serving;

namespace CareerCoordinates.Benchmarks;

/// <summary>The benchmarks by name; each prints ratios of what it measured in one run, with their noise, and judges nothing.</summary>
internal static class Benchmark
{
    private static readonly Dictionary<string, Func<Settings, Task>> All = new()
    {
        ["gate"] = GateBenchmark.OnSqliteAsync,
        ["gate-postgres"] = GateBenchmark.OnPostgresAsync,
        ["gate-cost"] = GateCost.RunAsync,
        ["logging"] = LoggingBenchmark.RunAsync,
        ["reads"] = ReadsBenchmark.RunAsync,
        ["process"] = ProcessBenchmark.RunAsync,
        ["reports"] = ReportsBenchmark.OnSqliteAsync,
        ["reports-postgres"] = ReportsBenchmark.OnPostgresAsync,
        ["imports"] = ImportsBenchmark.RunAsync,
        ["moves"] = MovesBenchmark.RunAsync,
    };

    public static async Task<int> Main(string[] args)
    {
        if (Settings.From(args) is not { } settings || (settings.Name != "all" && !All.ContainsKey(settings.Name)))
        {
            await Console.Error.WriteLineAsync($"Name one of: all, {string.Join(", ", All.Keys)}.");
            await Console.Error.WriteLineAsync(Settings.Options);
            return 2;
        }
        if (settings.Sync is { } sync)
        {
            SlowDisk.Begin(sync);
            Console.WriteLine($"a sync of SQLite takes at least {sync.TotalMilliseconds} ms");
        }
        ThreadPool.SetMinThreads(128, 128);
        Console.WriteLine($"{Environment.ProcessorCount} cores, .NET {Environment.Version}");
        Console.WriteLine($"medians of {settings.Rounds} rounds of {settings.Seconds} s (smallest to largest)");
        foreach (var (name, run) in All)
        {
            if (settings.Name == "all" || settings.Name == name)
            {
                Console.WriteLine();
                Console.WriteLine($"== {name}");
                await run(settings);
            }
        }
        return 0;
    }
}
