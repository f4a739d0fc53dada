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
            var isAsking = rest is [] or ["help" or "--help", ..];
            return new Command.Mistaken(
                $"Write: {command} <name>; names are {names}.{(isAsking ? "" : $" There is none called '{rest[0]}'.")}",
                $"请写作：{command} <名称>；名称为 {names}。{(isAsking ? "" : $"没有“{rest[0]}”。")}"
            );
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
                return new Command.Mistaken($"'--{key}' needs a value.", $"“--{key}”需要一个值。");
            }
            if (!(parameter is null ? own.TryAdd(key, value) : parameters.TryAdd(parameter, value)))
            {
                return new Command.Mistaken($"'--{key}' is given twice.", $"“--{key}”重复。");
            }
        }
        var code = own.GetValueOrDefault(Format, Codes<SheetForm>.Of(forms[0]));
        if (!Codes<SheetForm>.TryParse(code, out var form) || !forms.Contains(form))
        {
            var codes = string.Join(", ", forms.Select(Codes<SheetForm>.Of));
            return new Command.Mistaken($"--format is {codes}, not '{code}'.", $"--format 应为 {codes} 之一，而不是“{code}”。");
        }
        if (!Codes<Language>.TryParse(own.GetValueOrDefault("language", "en"), out var language))
        {
            return NoLanguage(own["language"]);
        }
        Uri? url = null;
        if (own.TryGetValue("url", out var address) && !RunningServer.TryParse(address, out url))
        {
            return RunningServer.NoAddress(address);
        }
        var asked = new AskedQuestion(rest[0], parameters, form, language, own.GetValueOrDefault("output"), url, isDryRun);
        var made = Command.Checked(make(asked, [.. others]));
        if (made is not Command.Mistaken mistaken)
        {
            return made;
        }
        var options = Options(known) + (mayBeTried ? ", " + dryRun : "");
        return new Command.Mistaken(
            $"{mistaken.Why} The options of {rest[0]}: {options}.",
            $"{mistaken.WhyZh}{rest[0]} 的选项：{options}。"
        );
    }

    public static Command.Mistaken NoLanguage(string given) =>
        new($"--language is zh or en, not '{given}'.", $"--language 应为 zh 或 en，而不是“{given}”。");

    private static string Options(List<QueryParameter> parameters) =>
        string.Join(", ", parameters.Select(p => "--" + Option(p.Name))) + ", --format, --output, --language, --url";
}
