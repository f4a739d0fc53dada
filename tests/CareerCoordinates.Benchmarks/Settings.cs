using System.Globalization;

namespace CareerCoordinates.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings(string Name, int Rounds, double Seconds, int[] Sizes, int District, string? Program)
{
    /// <summary>Workers of the reports; null: as many as each aim names.</summary>
    public int? Population { get; init; }

    /// <summary>A database of them that is there already, made under <see cref="FrameworkFile"/>.</summary>
    public string? File { get; init; }

    public string? FrameworkFile { get; init; }

    /// <summary>How long a sync of SQLite takes at least; null: as long as this disk needs.</summary>
    public TimeSpan? Sync { get; init; }

    public const string Options = """
        --rounds N         interleaved rounds (5)
        --seconds S        length of a round (2)
        --sizes N,N        numbers of workers for the reads, the last one of the moves (1000,100000)
        --large            the reads with 1000000 workers, too
        --district N       workers in the file of the process (88000)
        --population N     workers of the reports (2240000, on PostgreSQL 500000)
        --file PATH        a database of them that is there already, and
        --framework PATH   the framework file under which it was made
        --sync MS          how long a sync of SQLite takes at least, in milliseconds (gate, logging)
        --program PATH     the published program to start instead of the plain build
        """;

    public TimeSpan Duration => TimeSpan.FromSeconds(Seconds);

    /// <summary>Null where the line makes no sense.</summary>
    public static Settings? From(string[] args)
    {
        var settings = new Settings("all", 5, 2, [1_000, 100_000], 88_000, null);
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
                case "--sync" when double.TryParse(next, CultureInfo.InvariantCulture, out var sync) && sync is > 0 and <= 100:
                    (settings, i) = (settings with { Sync = TimeSpan.FromMilliseconds(sync) }, i + 1);
                    break;
                case "--sizes" when next.Length > 0 && next.Split(',').All(n => int.TryParse(n, out _)):
                    (settings, i) = (settings with { Sizes = [.. next.Split(',').Select(int.Parse)] }, i + 1);
                    break;
                case "--district" when int.TryParse(next, out var district) && district > 0:
                    (settings, i) = (settings with { District = district }, i + 1);
                    break;
                case "--population" when int.TryParse(next, out var population) && population > 0:
                    (settings, i) = (settings with { Population = population }, i + 1);
                    break;
                case "--file" when next.Length > 0:
                    (settings, i) = (settings with { File = next }, i + 1);
                    break;
                case "--framework" when next.Length > 0:
                    (settings, i) = (settings with { FrameworkFile = next }, i + 1);
                    break;
                case "--program" when next.Length > 0:
                    (settings, i) = (settings with { Program = next }, i + 1);
                    break;
                case "--large":
                    settings = settings with { Sizes = [.. settings.Sizes, 1_000_000] };
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
