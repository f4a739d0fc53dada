using CareerCoordinates.Api.Hosting;

namespace CareerCoordinates.Api.Moves;

/// <summary>The line of <c>move</c>: where to, or where from.</summary>
internal static class MoveLine
{
    private const string DryRun = "--dry-run";
    private const string Usage =
        "Write: move --to-engine <sqlite or postgres> --to-connection <connection string>, or move --to-file <folder>, or move --from-file <folder>.";

    private static readonly string[] Own = ["to-engine", "to-connection", "to-file", "from-file"];

    public static Command Parse(string[] rest)
    {
        var (own, others) = LineOptions.Parse(rest, Own, Usage, out var mistaken);
        if (mistaken is not null)
        {
            return mistaken;
        }
        var (engine, connection) = (own.GetValueOrDefault("to-engine"), own.GetValueOrDefault("to-connection"));
        var (toFile, fromFile) = (own.GetValueOrDefault("to-file"), own.GetValueOrDefault("from-file"));
        var aims = new[] { engine ?? connection, toFile, fromFile }.Count(aim => aim is not null);
        if (aims != 1)
        {
            return new Command.Mistaken(aims == 0 ? Usage : "A record is moved to one place at a time. " + Usage);
        }
        if (toFile is null && fromFile is null && (engine is null || connection is null))
        {
            return new Command.Mistaken("--to-engine and --to-connection belong together. " + Usage);
        }
        if (engine is not (null or "sqlite" or "postgres"))
        {
            return new Command.Mistaken($"--to-engine is sqlite or postgres, not '{engine}'.");
        }
        return Command.Checked(
            new Command.Move(
                engine,
                connection,
                toFile,
                fromFile,
                others.Contains(DryRun),
                [.. others.Where(word => word != DryRun)]
            )
        );
    }
}
