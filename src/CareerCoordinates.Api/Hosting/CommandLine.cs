using CareerCoordinates.Api.Exports;
using CareerCoordinates.Api.Imports;
using CareerCoordinates.Api.Moves;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Hosting;

/// <summary>What the program was asked to do; everything else on the line is configuration (<c>--urls</c>, <c>--Key=value</c>).</summary>
public abstract record Command(string[] Configuration)
{
    public static readonly string Usage = $"""
        Career Coordinates

          (no command)           serve; http://localhost:5080 unless --urls says otherwise
          demo                   load the demo data into an empty database, with an account of
                                 each role, then serve; the password is the one in
                                 CAREER_DEMO_PASSWORD, or one that is made up and shown once
          demo --workers <n>     make a database of n invented workers and end (1 to 5,000,000);
                                 --seed <n> makes others, the same each time
          account create-administrator <name>
                                 make an account that may make others; the password is typed,
                                 or one line of standard input
          worker erase <id> --reason <reason>
                                 make a person unreadable in the whole record, for good
          standings rebuild      make the standings, from which lists and reports are counted, anew from
                                 the record, past knowledge included; what is right is left alone
            --check              only compare; the exit code is 1 where any differ
          move --to-engine <engine> --to-connection <connection string>
                                 copy the whole record, every revision, into an empty database (sqlite or
                                 postgres) and compare the hash of every table; no server may run on either.
                                 A password is better in PGPASSWORD or ~/.pgpass than on the line
            --to-file <folder>   or into a new folder of NDJSON with a manifest
            --from-file <folder> or from such a folder into the database of the settings
            --dry-run            only say what would be moved, and whether it would be taken
            --language <language>
                                 of what is said: zh or en (default)
          report <name>          write a report to standard output; its parameters are options, such
                                 as --as-of 2026-01-01 --group-by channel,rung. Names:
                                 {KnownReports.Names}
            --format <format>    json (default), csv or xlsx
            --output <file>      write to this file instead
            --language <language>
                                 of the file and of all that is said: zh or en (default)
            --url <address>      ask the server there instead of the database, with the API token
                                 in {RunningServer.TokenVariable}
          export <name>          write people into a file, which says so only when it is whole; filters and
                                 clocks are options, such as --organization <id> --as-of 2026-01-01.
                                 Names: {KnownExports.Names}
            --format <format>    csv (default) or xlsx
            --dry-run            only say how much would be written
            --output, --language, --url
                                 as for a report; without --output to standard output
          import <file>          check a spreadsheet (XLSX, CSV, TSV) and write it if no row is refused; the
                                 exit code is 1 where rows were refused, 3 where they were left out
            --kind <kind>        milestones (default), workers or organizations
            --type <type>        the milestone type of all rows, by code or name
            --organization <id>  where the people are, if the rows do not say
            --mapping <json>     code of a column by header, such as {StartImport.MappingExample}
            --refused skip       leave refused rows out and write the others
            --dry-run            only check
            --output <file>      the file given, with what became of each row
            --language, --url    as for a report
          import --undo <id>     take back what an import wrote
          openapi                write openapi.yaml to standard output; needs no database
          help                   this text

        Settings, on the line (--Key=value) or in the environment (Key__Part=value):
          --urls <addresses>     where to listen: http on this machine only; https anywhere, with
                                 Kestrel:Certificates:Default:Path (and Password, or KeyPath)
          TrustedProxy:Addresses the proxies in front (addresses, 10.0.0.0/24): http for them alone
          OpenIdConnect:Issuer   whose bearer tokens are taken too, made for
          OpenIdConnect:Audience this audience; the account is named by the claim
          OpenIdConnect:AccountClaim  (sub by default)
          OpenIdConnect:ClientId, ClientSecret, RedirectUri
                                 where people sign in there with a browser, too: as whom, and back
                                 to https://<this server>/sign-in
          RateLimits:SignIn, Read, List, Write
                                 requests a second and at once of an account, such as 200/1000;
                                 0 for no limit
          Logging:Console:FormatterName
                                 json for a log of JSON lines
          Database:Engine        sqlite (default) or postgres
          Database:Migrate       true (default), or false: start only on tables of this version
          ConnectionStrings:Career
          Protection:KeyFile     the key under which ID numbers are kept (32 bytes in base64);
                                 with SQLite by default a file beside the database, made at the
                                 first start; or the key itself in the environment, Protection__Key
          Framework:File         the framework to serve; by default the one in seeds/frameworks
          Notice:File            what workers are told and acknowledge; by default seeds/notices/notice.json
        """;

    private const int MostWorkers = 5_000_000;
    private const string WorkersOption = "--workers";
    private const string ReasonOption = "--reason";
    private const string CheckOption = "--check";
    private const string LanguageOption = "--language";

    public sealed record Serve(string[] Configuration) : Command(Configuration);

    public sealed record Demo(string[] Configuration) : Command(Configuration);

    public sealed record DemoOf(int Workers, string[] Configuration) : Command(Configuration);

    public sealed record CreateAdministrator(string Name, string[] Configuration) : Command(Configuration);

    public sealed record EraseWorker(Guid WorkerId, string Reason, string[] Configuration) : Command(Configuration);

    /// <param name="CheckOnly">Compare, and change nothing.</param>
    public sealed record RebuildStandings(bool CheckOnly, string[] Configuration) : Command(Configuration);

    /// <param name="ToEngine">With <paramref name="ToConnection"/>: the database to which the record is moved.</param>
    /// <param name="ToFile">The folder to which it is moved.</param>
    /// <param name="FromFile">The folder from which it is moved.</param>
    public sealed record Move(
        string? ToEngine,
        string? ToConnection,
        string? ToFile,
        string? FromFile,
        bool IsDryRun,
        Language Language,
        string[] Configuration
    ) : Command(Configuration);

    public sealed record Report(AskedQuestion Asked, string[] Configuration) : Command(Configuration);

    public sealed record Export(AskedQuestion Asked, string[] Configuration) : Command(Configuration);

    public sealed record Import(AskedImport Asked, string[] Configuration) : Command(Configuration);

    public sealed record OpenApi(string[] Configuration) : Command(Configuration);

    public sealed record Help() : Command([]);

    /// <summary>A line that makes no sense, and what is wrong with it.</summary>
    public sealed record Mistaken(string Why, string WhyZh) : Command([])
    {
        public string In(Language language) => language == Language.Zh ? WhyZh + "用法见 help。" : Why + " Ask for 'help'.";
    }

    /// <summary>In which the line asks to be answered; English where it does not say.</summary>
    public static Language LanguageOf(IReadOnlyList<string> args)
    {
        var at = args.ToList().FindIndex(word => word.Split('=')[0] == LanguageOption);
        var code =
            at < 0 ? null
            : args[at].Contains('=') ? args[at][(LanguageOption.Length + 1)..]
            : args.ElementAtOrDefault(at + 1);
        return Codes<Language>.TryParse(code ?? "", out var language) ? language : Language.En;
    }

    public static Command Parse(string[] args)
    {
        if (args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h")))
        {
            return Checked(new Serve(args));
        }
        var rest = args[1..];
        return args[0] switch
        {
            "help" or "--help" or "-h" => new Help(),
            "demo" => ParseDemo(rest),
            "account" => rest is ["create-administrator", var name, .. var settings]
                ? Checked(new CreateAdministrator(name, settings))
                : new Mistaken("Write: account create-administrator <name>.", "请写作：account create-administrator <名称>。"),
            "worker" => ParseErase(rest),
            "standings" => rest is ["rebuild", .. var settings]
                ? Checked(new RebuildStandings(settings.Contains(CheckOption), [.. settings.Where(s => s != CheckOption)]))
                : new Mistaken(
                    "Write: standings rebuild, with --check to compare only.",
                    "请写作：standings rebuild；仅比较时加 --check。"
                ),
            "move" => MoveLine.Parse(rest),
            "report" => QuestionLine.ParseReport(rest),
            "export" => QuestionLine.ParseExport(rest),
            "import" => ImportLine.Parse(rest),
            "openapi" => Checked(new OpenApi(rest)),
            var other => new Mistaken(
                $"There is no command '{other}'; there are demo, account, worker, standings, move, report, export, import, openapi and help.",
                $"没有命令“{other}”；可用：demo、account、worker、standings、move、report、export、import、openapi、help。"
            ),
        };
    }

    private static Command ParseErase(string[] rest)
    {
        if (rest is ["erase", _, var joined, ..] && joined.StartsWith(ReasonOption + "=", StringComparison.Ordinal))
        {
            rest = [.. rest[..2], ReasonOption, joined[(ReasonOption.Length + 1)..], .. rest[3..]];
        }
        return rest is ["erase", var id, ReasonOption, var reason, .. var others] && Guid.TryParse(id, out var worker)
            ? Checked(new EraseWorker(worker, reason, others))
            : new Mistaken(
                "Write: worker erase <id> --reason <reason>, with the worker's id as the API gives it.",
                "请写作：worker erase <标识> --reason <理由>，标识为 API 给出的职工标识。"
            );
    }

    private static Command ParseDemo(string[] rest)
    {
        var at = Array.FindIndex(
            rest,
            word => word == WorkersOption || word.StartsWith(WorkersOption + "=", StringComparison.Ordinal)
        );
        if (at < 0)
        {
            return Checked(new Demo(rest));
        }
        var joined = rest[at].Contains('=');
        var number = joined ? rest[at].Split('=')[1] : rest.ElementAtOrDefault(at + 1);
        string[] others = [.. rest[..at], .. rest.Skip(at + (joined ? 1 : 2))];
        return int.TryParse(number, out var workers) && workers is >= 1 and <= MostWorkers
            ? Checked(new DemoOf(workers, others))
            : new Mistaken(
                $"{WorkersOption} takes a whole number from 1 to 5,000,000, not '{number}'.",
                $"{WorkersOption} 应为 1 至 5,000,000 的整数，而不是“{number}”。"
            );
    }

    /// <summary>The command, if the rest of its line is <c>--key=value</c> or <c>--key value</c> with keys that mean something.</summary>
    internal static Command Checked(Command command)
    {
        var words = command.Configuration;
        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                return new Mistaken(
                    $"'{words[i]}' is no option; options begin with two hyphens.",
                    $"“{words[i]}”不是选项；选项以两个连字符开头。"
                );
            }
            var key = words[i][2..].Split('=')[0];
            if (key.Equals(ProtectionKeys.Setting, StringComparison.OrdinalIgnoreCase))
            {
                return new Mistaken(
                    "A key on the command line can be read by others. Name its file by --Protection:KeyFile.",
                    "命令行上的密钥会被他人看到。请用 --Protection:KeyFile 指定密钥文件。"
                );
            }
            // An empty value sets nothing; hosts that start the program in their own process send such.
            if (!words[i].EndsWith('=') && !Settings.IsKnown(key) && !(command is DemoOf && key == "seed"))
            {
                return new Mistaken($"There is no option '--{key}' here.", $"此处没有选项“--{key}”。");
            }
            if (!words[i].Contains('=') && ++i == words.Length)
            {
                return new Mistaken($"'--{key}' needs a value.", $"“--{key}”需要一个值。");
            }
        }
        return command;
    }
}
