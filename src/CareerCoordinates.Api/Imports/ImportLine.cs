using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;

namespace CareerCoordinates.Api.Imports;

/// <summary>An import as it is asked for at the command line.</summary>
/// <param name="File">What is imported; null where one is taken back.</param>
/// <param name="Undo">The import that is taken back.</param>
/// <param name="Type">The milestone type of all rows, by code or name.</param>
/// <param name="Mapping">A JSON object: code of a column by header.</param>
/// <param name="IsDryRun">Nothing is committed.</param>
/// <param name="Output">Where the file with what became of each row goes.</param>
/// <param name="Url">The server to ask; null: the database itself is written to.</param>
public sealed record AskedImport(
    string? File,
    Guid? Undo,
    ImportKind Kind,
    string? Type,
    Guid? Organization,
    string? Mapping,
    RefusedRows Refused,
    bool IsDryRun,
    string? Output,
    Language Language,
    Uri? Url
);

/// <summary>The line of <c>import</c>.</summary>
internal static class ImportLine
{
    private const string DryRun = "--dry-run";
    private static readonly Command.Mistaken Usage = new(
        "Write: import <file>, or import --undo <id of an import>.",
        "请写作：import <文件>，或 import --undo <导入标识>。"
    );

    private static readonly Command.Mistaken UndoesAtOnce = new(
        "An undoing has no dry run: leave --dry-run out.",
        "撤销没有预检：请去掉 --dry-run。"
    );

    private static readonly string[] Own =
    [
        "kind",
        "type",
        "organization",
        "mapping",
        "refused",
        "output",
        "language",
        "url",
        "undo",
    ];

    public static Command Parse(string[] rest)
    {
        var file = rest.Length > 0 && !rest[0].StartsWith("--", StringComparison.Ordinal) ? rest[0] : null;
        var (own, others) = LineOptions.Parse(file is null ? rest : rest[1..], Own, null, out var mistakenOption);
        if (mistakenOption is not null)
        {
            return mistakenOption;
        }
        if (file is null == own.GetValueOrDefault("undo") is null)
        {
            return Usage;
        }
        if (file is null && others.Contains(DryRun))
        {
            return UndoesAtOnce;
        }
        if (
            !TryParse("kind", ImportKind.Milestones, out var kind, out var mistaken)
            || !TryParse("refused", RefusedRows.Stop, out var refused, out mistaken)
            || !TryParse("language", Language.En, out var language, out mistaken)
            || !TryParseId("organization", out var organization, out mistaken)
            || !TryParseId("undo", out var undo, out mistaken)
        )
        {
            return mistaken!;
        }
        Uri? url = null;
        if (own.TryGetValue("url", out var address) && !RunningServer.TryParse(address, out url))
        {
            return RunningServer.NoAddress(address);
        }
        return Command.Checked(
            new Command.Import(
                new AskedImport(
                    file,
                    undo,
                    kind,
                    own.GetValueOrDefault("type"),
                    organization,
                    own.GetValueOrDefault("mapping"),
                    refused,
                    others.Contains(DryRun),
                    own.GetValueOrDefault("output"),
                    language,
                    url
                ),
                [.. others.Where(word => word != DryRun)]
            )
        );

        bool TryParse<T>(string key, T otherwise, out T value, out Command? mistaken)
            where T : struct, Enum
        {
            (value, mistaken) = (otherwise, null);
            if (!own.TryGetValue(key, out var code) || Codes<T>.TryParse(code, out value))
            {
                return true;
            }
            var codes = string.Join(", ", Codes<T>.All);
            mistaken = new Command.Mistaken($"--{key} is {codes}, not '{code}'.", $"--{key} 应为 {codes} 之一，而不是“{code}”。");
            return false;
        }

        bool TryParseId(string key, out Guid? value, out Command? mistaken)
        {
            (value, mistaken) = (null, null);
            if (!own.TryGetValue(key, out var text))
            {
                return true;
            }
            if (Guid.TryParse(text, out var id))
            {
                value = id;
                return true;
            }
            mistaken = new Command.Mistaken(
                $"--{key} takes an id as the API gives it, not '{text}'.",
                $"--{key} 应为 API 给出的标识，而不是“{text}”。"
            );
            return false;
        }
    }
}
