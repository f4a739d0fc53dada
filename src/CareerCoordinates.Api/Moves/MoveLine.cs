using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Moves;

/// <summary>The line of <c>move</c>: where to, or where from.</summary>
internal static class MoveLine
{
    private const string DryRun = "--dry-run";

    private static readonly Name Usage = new(
        "请写作：move --to-engine <sqlite 或 postgres> --to-connection <连接字符串>，或 move --to-file <文件夹>，或 move --from-file <文件夹>。",
        "Write: move --to-engine <sqlite or postgres> --to-connection <connection string>, or move --to-file <folder>, or move --from-file <folder>."
    );

    private static readonly string[] Own = ["to-engine", "to-connection", "to-file", "from-file", "language"];

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
            return aims == 0
                ? new Command.Mistaken(Usage.En, Usage.Zh)
                : new Command.Mistaken(
                    $"A record is moved to one place at a time. {Usage.En}",
                    $"一次只能迁移到一处。{Usage.Zh}"
                );
        }
        if (toFile is null && fromFile is null && (engine is null || connection is null))
        {
            return new Command.Mistaken(
                $"--to-engine and --to-connection belong together. {Usage.En}",
                $"--to-engine 与 --to-connection 须同时给出。{Usage.Zh}"
            );
        }
        if (engine is not (null or "sqlite" or "postgres"))
        {
            return new Command.Mistaken(
                $"--to-engine is sqlite or postgres, not '{engine}'.",
                $"--to-engine 应为 sqlite 或 postgres，而不是“{engine}”。"
            );
        }
        if (!Codes<Language>.TryParse(own.GetValueOrDefault("language", "en"), out var language))
        {
            return QuestionLine.NoLanguage(own["language"]);
        }
        return Command.Checked(
            new Command.Move(
                engine,
                connection,
                toFile,
                fromFile,
                others.Contains(DryRun),
                language,
                [.. others.Where(word => word != DryRun)]
            )
        );
    }
}
