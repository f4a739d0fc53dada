using System.Text.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Hosting;

/// <summary>The line of a report: its name, the parameters of its query, and how it is written.</summary>
internal static class ReportLine
{
    public static Command Parse(string[] rest)
    {
        if (rest.Length == 0 || KnownReports.Find(rest[0]) is not { } report)
        {
            var given = rest.Length == 0 ? "" : $" There is none called '{rest[0]}'.";
            return new Command.Mistaken($"Write: report <name>; names are {KnownReports.Names}.{given}");
        }
        var parameters = new Dictionary<string, string>();
        var own = new Dictionary<string, string>();
        var others = new List<string>();
        for (var i = 1; i < rest.Length; i++)
        {
            var key = rest[i].StartsWith("--", StringComparison.Ordinal) ? rest[i][2..].Split('=')[0] : null;
            var parameter = report.Parameters.FirstOrDefault(p => p.Name == key || Option(p.Name) == key)?.Name;
            if (key is null || (parameter is null && key is not ("format" or "output" or "language" or "url")))
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
        if (!Codes<SheetForm>.TryParse(own.GetValueOrDefault("format", "json"), out var form))
        {
            return new Command.Mistaken($"--format is {string.Join(", ", Codes<SheetForm>.All)}, not '{own["format"]}'.");
        }
        if (!Codes<Language>.TryParse(own.GetValueOrDefault("language", "en"), out var language))
        {
            return new Command.Mistaken($"--language is zh or en, not '{own["language"]}'.");
        }
        Uri? url = null;
        if (own.TryGetValue("url", out var address) && !TryParse(address, out url))
        {
            return new Command.Mistaken(
                $"--url takes a server's address, such as {WebServer.DefaultUrl}, not '{address}'; of another machine only https, so that nobody reads the token."
            );
        }
        var command = new Command.Report(
            report.Name,
            parameters,
            form,
            language,
            own.GetValueOrDefault("output"),
            url,
            [.. others]
        );
        return Command.Checked(command) is Command.Mistaken mistaken
            ? new Command.Mistaken(mistaken.Why + $" The options of {report.Name}: {Options(report)}.")
            : command;
    }

    /// <summary><c>asOf</c> is <c>as-of</c> on the line.</summary>
    public static string Option(string parameter) => JsonNamingPolicy.KebabCaseLower.ConvertName(parameter);

    private static string Options(KnownReport report) =>
        string.Join(", ", report.Parameters.Select(p => "--" + Option(p.Name))) + ", --format, --output, --language, --url";

    private static bool TryParse(string address, out Uri? url) =>
        Uri.TryCreate(address, UriKind.Absolute, out url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" };
}
