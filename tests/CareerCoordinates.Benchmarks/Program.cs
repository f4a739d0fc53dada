using CareerCoordinates.Benchmarks.Logging;

// dotnet run -c Release --project tests/CareerCoordinates.Benchmarks -- <name>|all [--rounds 5] [--seconds 1.5]
var benchmarks = new Dictionary<string, Func<Settings, Task>>
{
    ["gate"] = GateBenchmark.OnSqliteAsync,
    ["gate-cost"] = GateCost.RunAsync,
    ["gate-postgres"] = GateBenchmark.OnPostgresAsync,
};

var settings = Settings.From(args);
if (settings is null || (settings.Name != "all" && !benchmarks.ContainsKey(settings.Name)))
{
    Console.Error.WriteLine($"Name one of: all, {string.Join(", ", benchmarks.Keys)}. Options: --rounds N, --seconds S.");
    return 2;
}
ThreadPool.SetMinThreads(128, 128);
Console.WriteLine(
    $"{Environment.ProcessorCount} cores, .NET {Environment.Version}, {settings.Rounds} rounds of {settings.Seconds} s"
);
foreach (var (name, run) in benchmarks)
{
    if (settings.Name == "all" || settings.Name == name)
    {
        Console.WriteLine();
        Console.WriteLine($"== {name}");
        await run(settings);
    }
}
return 0;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings(string Name, int Rounds, double Seconds)
{
    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);

    public static Settings? From(string[] args)
    {
        var settings = new Settings("all", 5, 1.5);
        for (var i = 0; i < args.Length; i++)
        {
            var next = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--rounds" when int.TryParse(next, out var rounds) && rounds > 0:
                    (settings, i) = (settings with { Rounds = rounds }, i + 1);
                    break;
                case "--seconds" when double.TryParse(next, out var seconds) && seconds > 0:
                    (settings, i) = (settings with { Seconds = seconds }, i + 1);
                    break;
                case var name when !name.StartsWith('-'):
                    settings = settings with { Name = name };
                    break;
                default:
                    return null;
            }
        }
        return settings;
    }
}
