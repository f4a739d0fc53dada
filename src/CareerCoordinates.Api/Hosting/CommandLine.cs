namespace CareerCoordinates.Api.Hosting;

/// <summary>What the program was asked to do; everything else on the line is configuration (<c>--urls</c>, <c>--Key=value</c>).</summary>
public abstract record Command(string[] Configuration)
{
    public const string Usage = """
        Career Coordinates

          (no command)           serve; http://localhost:5080 unless --urls says otherwise
          demo                   load the demo data into an empty database, then serve
          demo --workers <n>     make a database of n invented workers and end (1 to 5,000,000);
                                 --seed <n> makes others, the same each time
          openapi                write openapi.yaml to standard output; needs no database
          help                   this text

        Settings, on the line (--Key=value) or in the environment (Key__Part=value):
          --urls <addresses>     where to listen; only loopback until there are accounts
          Database:Engine        sqlite (default) or postgres
          ConnectionStrings:Career
          Framework:File         the framework to serve; by default the one in seeds/frameworks
        """;

    private const int MostWorkers = 5_000_000;

    public sealed record Serve(string[] Configuration) : Command(Configuration);

    public sealed record Demo(string[] Configuration) : Command(Configuration);

    public sealed record DemoOf(int Workers, string[] Configuration) : Command(Configuration);

    public sealed record OpenApi(string[] Configuration) : Command(Configuration);

    public sealed record Help() : Command([]);

    /// <summary>Null where the line makes no sense.</summary>
    public static Command? Parse(string[] args)
    {
        if (args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h")))
        {
            return IsConfiguration(args) ? new Serve(args) : null;
        }
        var rest = args[1..];
        return args[0] switch
        {
            "help" or "--help" or "-h" => new Help(),
            "demo" => ParseDemo(rest),
            "openapi" when IsConfiguration(rest) => new OpenApi(rest),
            _ => null,
        };
    }

    private static Command? ParseDemo(string[] rest)
    {
        var at = Array.FindIndex(rest, word => word == "--workers" || word.StartsWith("--workers=", StringComparison.Ordinal));
        if (at < 0)
        {
            return IsConfiguration(rest) ? new Demo(rest) : null;
        }
        var joined = rest[at].Contains('=');
        var number = joined ? rest[at].Split('=')[1] : rest.ElementAtOrDefault(at + 1);
        string[] others = [.. rest[..at], .. rest.Skip(at + (joined ? 1 : 2))];
        return int.TryParse(number, out var workers) && workers is >= 1 and <= MostWorkers && IsConfiguration(others)
            ? new DemoOf(workers, others)
            : null;
    }

    /// <summary><c>--key=value</c> or <c>--key value</c>, as .NET's configuration reads them.</summary>
    private static bool IsConfiguration(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal) || words[i].Length == 2)
            {
                return false;
            }
            if (!words[i].Contains('=') && ++i == words.Length)
            {
                return false;
            }
        }
        return true;
    }
}
