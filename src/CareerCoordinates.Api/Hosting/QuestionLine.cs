using System.Text.Json;
using CareerCoordinates.Api.Exports;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Hosting;

/// <summary>A question of the API as it is asked at the command line.</summary>
/// <param name="Name">The last part of its address.</param>
/// <param name="Parameters">By the names of its query.</param>
/// <param name="Output">The file; null: standard output.</param>
/// <param name="IsDryRun">Of an export: nothing is written, and it is told what would be.</param>
/// <param name="Url">The server to ask; null: the database itself is read.</param>
public sealed record AskedQuestion(
    string Name,
    IReadOnlyDictionary<string, string> Parameters,
    SheetForm Form,
    Language Language,
    string? Output,
    Uri? Url,
    bool IsDryRun = false
);

/// <summary>The line of a report or an export: its name, the parameters of its query, and how it is written.</summary>
internal static class QuestionLine
{
    private const string Format = "format";

    public static Command ParseReport(string[] rest) =>
        Parse(
            "report",
            rest,
            KnownReports.Names,
            name => KnownReports.Find(name)?.Parameters,
            SheetForms.All,
            (asked, others) => new Command.Report(asked, others)
        );

    public static Command ParseExport(string[] rest) =>
        Parse(
            "export",
            rest,
            KnownExports.Names,
            name => KnownExports.Find(name)?.Parameters,
            SheetForms.OfFiles,
            (asked, others) => new Command.Export(asked, others),
            mayBeTried: true
        );

    /// <summary><c>asOf</c> is <c>as-of</c> on the line.</summary>
    public static string Option(string parameter) => JsonNamingPolicy.KebabCaseLower.ConvertName(parameter);

    /// <param name="forms">The first is the default.</param>
    /// <param name="mayBeTried">Whether there is a dry run.</param>
    private static Command Parse(
        string command,
        string[] rest,
        string names,
        Func<string, IReadOnlyList<QueryParameter>?> parametersOf,
        IReadOnlyList<SheetForm> forms,
        Func<AskedQuestion, string[], Command> make,
        bool mayBeTried = false
    )
    {
        const string dryRun = "--dry-run";
        var isDryRun = mayBeTried && rest.Contains(dryRun);
        rest = isDryRun ? [.. rest.Where(word => word != dryRun)] : rest;
        if (rest.Length == 0 || parametersOf(rest[0]) is not { } declared)
        {
            var given = rest is [] or ["help" or "--help", ..] ? "" : $" There is none called '{rest[0]}'.";
            return new Command.Mistaken($"Write: {command} <name>; names are {names}.{given}");
        }
        var known = declared.Where(p => p.Name != Format).ToList();
        var parameters = new Dictionary<string, string>();
        var own = new Dictionary<string, string>();
        var others = new List<string>();
        for (var i = 1; i < rest.Length; i++)
        {
            var key = rest[i].StartsWith("--", StringComparison.Ordinal) ? rest[i][2..].Split('=')[0] : null;
            var parameter = known.Find(p => p.Name == key || Option(p.Name) == key)?.Name;
            if (key is null || (parameter is null && key is not (Format or "output" or "language" or "url")))
            {
                // A setting, or nothing: told below.
                others.Add(rest[i]);
                if (key is not null && !rest[i].Contains('=') && i + 1 < rest.Length)
                {
                    others.Add(rest[++i]);
                }
                continue;
            }
            var joined = rest[i].IndexOf('=');
            var value = joined >= 0 ? rest[i][(joined + 1)..] : rest.ElementAtOrDefault(++i);
            if (string.IsNullOrEmpty(value))
            {
                return new Command.Mistaken($"'--{key}' needs a value.");
            }
            if (!(parameter is null ? own.TryAdd(key, value) : parameters.TryAdd(parameter, value)))
            {
                return new Command.Mistaken($"'--{key}' is given twice.");
            }
        }
        var code = own.GetValueOrDefault(Format, Codes<SheetForm>.Of(forms[0]));
        if (!Codes<SheetForm>.TryParse(code, out var form) || !forms.Contains(form))
        {
            return new Command.Mistaken($"--format is {string.Join(", ", forms.Select(Codes<SheetForm>.Of))}, not '{code}'.");
        }
        if (!Codes<Language>.TryParse(own.GetValueOrDefault("language", "en"), out var language))
        {
            return new Command.Mistaken($"--language is zh or en, not '{own["language"]}'.");
        }
        Uri? url = null;
        if (own.TryGetValue("url", out var address) && !RunningServer.TryParse(address, out url))
        {
            return new Command.Mistaken(RunningServer.NoAddress(address));
        }
        var asked = new AskedQuestion(rest[0], parameters, form, language, own.GetValueOrDefault("output"), url, isDryRun);
        return Command.Checked(make(asked, [.. others])) is Command.Mistaken mistaken
            ? new Command.Mistaken(
                mistaken.Why + $" The options of {rest[0]}: {Options(known)}{(mayBeTried ? ", " + dryRun : "")}."
            )
            : make(asked, [.. others]);
    }

    private static string Options(List<QueryParameter> parameters) =>
        string.Join(", ", parameters.Select(p => "--" + Option(p.Name))) + ", --format, --output, --language, --url";
}
