using System.Net;
using System.Net.Sockets;
using System.Text;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Api.Sheets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace CareerCoordinates.Tests.Api.Ground;

public class ProgramTests
{
    private const string ImportUsage = "Write: import <file>, or import --undo <id of an import>.";
    private const string MoveUsage =
        "Write: move --to-engine <sqlite or postgres> --to-connection <connection string>, or move --to-file <folder>, or move --from-file <folder>.";

    [TestCase("", "Serve")]
    [TestCase("--urls http://localhost:1", "Serve")]
    [TestCase("--urls=http://localhost:1", "Serve")]
    [TestCase("--Logging:LogLevel:Default=Debug --environment Development", "Serve")]
    [TestCase("demo", "Demo")]
    [TestCase("demo --urls=http://localhost:1", "Demo")]
    [TestCase("demo --workers 88000", "DemoOf")]
    [TestCase("demo --workers=88000 --Database:Engine=postgres", "DemoOf")]
    [TestCase("demo --workers 5 --seed 7", "DemoOf")]
    [TestCase("worker erase 0199f3a2-7c11-7d50-8a3e-2f6b1c9d4e01 --reason asked", "EraseWorker")]
    [TestCase("worker erase 0199f3a2-7c11-7d50-8a3e-2f6b1c9d4e01 --reason=asked --Database:Engine=postgres", "EraseWorker")]
    [TestCase("report grid", "Report")]
    [TestCase("report positions --as-of 2026-01-01 --group-by channel,rung --format csv", "Report")]
    [TestCase("report positions --asOf=2026-01-01 --format=xlsx --output x.xlsx --Database:Engine=postgres", "Report")]
    [TestCase("report grid --url https://career.example --language zh", "Report")]
    [TestCase("move --to-engine postgres --to-connection Host=a --dry-run", "Move")]
    [TestCase("move --to-file=out --Database:Engine=postgres", "Move")]
    [TestCase("move --from-file in", "Move")]
    [TestCase("openapi", "OpenApi")]
    [TestCase("--help", "Help")]
    public void Command_IsReadFromTheLine(string line, string expected) =>
        Assert.That(Command.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).GetType().Name, Is.EqualTo(expected));

    [TestCase(
        "serve",
        "There is no command 'serve'; there are demo, account, worker, standings, move, report, export, import, openapi and help."
    )]
    [TestCase(
        "DEMO",
        "There is no command 'DEMO'; there are demo, account, worker, standings, move, report, export, import, openapi and help."
    )]
    [TestCase("demo --workers", "--workers takes a whole number from 1 to 5,000,000, not ''.")]
    [TestCase("demo --workers many", "--workers takes a whole number from 1 to 5,000,000, not 'many'.")]
    [TestCase("demo --workers 0", "--workers takes a whole number from 1 to 5,000,000, not '0'.")]
    [TestCase("demo --wokers 5", "There is no option '--wokers' here.")]
    [TestCase("demo --seed 5", "There is no option '--seed' here.")]
    [TestCase("demo 5", "'5' is no option; options begin with two hyphens.")]
    [TestCase("--urls", "'--urls' needs a value.")]
    [TestCase("--version", "There is no option '--version' here.")]
    [TestCase("--Database:Enigne=postgres", "There is no option '--Database:Enigne' here.")]
    [TestCase("worker erase", "Write: worker erase <id> --reason <reason>, with the worker's id as the API gives it.")]
    [TestCase(
        "worker erase CY-1 --reason asked",
        "Write: worker erase <id> --reason <reason>, with the worker's id as the API gives it."
    )]
    [TestCase("move --to-file", "'--to-file' needs a value. " + MoveUsage)]
    [TestCase("move", MoveUsage)]
    [TestCase("move --dry-run", MoveUsage)]
    [TestCase("move --to-engine postgres", "--to-engine and --to-connection belong together. " + MoveUsage)]
    [TestCase("move --to-connection Host=a", "--to-engine and --to-connection belong together. " + MoveUsage)]
    [TestCase("move --to-file a --from-file b", "A record is moved to one place at a time. " + MoveUsage)]
    [TestCase("move --to-file a --to-file b", "'--to-file' is given twice.")]
    [TestCase("move --to-engine oracle --to-connection a", "--to-engine is sqlite or postgres, not 'oracle'.")]
    [TestCase("move --to-file a --dry", "There is no option '--dry' here.")]
    [TestCase("move --to-file a b", "'b' is no option; options begin with two hyphens.")]
    [TestCase("import", ImportUsage)]
    [TestCase("import a.csv --undo 0199f3a2-7c11-7d50-8a3e-2f6b1c9d5e01", ImportUsage)]
    [TestCase("import --undo 0199f3a2-7c11-7d50-8a3e-2f6b1c9d5e01 --dry-run", "An undoing has no dry run: leave --dry-run out.")]
    [TestCase("import a.csv --kind people", "--kind is organizations, workers, milestones, not 'people'.")]
    [TestCase("import a.csv --organization here", "--organization takes an id as the API gives it, not 'here'.")]
    [TestCase("import a.csv --refused maybe", "--refused is stop, skip, not 'maybe'.")]
    [TestCase("import a.csv --type", "'--type' needs a value.")]
    [TestCase("import a.csv --type a --type b", "'--type' is given twice.")]
    [TestCase("import a.csv --colour red", "There is no option '--colour' here.")]
    [TestCase(
        "import a.csv --url http://192.0.2.1:80",
        "--url takes a server's address, such as http://localhost:5080, not 'http://192.0.2.1:80'; of another machine only https, so that nobody reads the token."
    )]
    [TestCase("report grid --as-of", "'--as-of' needs a value.")]
    [TestCase("report grid --as-of 2026-01-01 --asOf 2026-01-02", "'--asOf' is given twice.")]
    [TestCase("report grid --format pdf", "--format is json, csv, xlsx, not 'pdf'.")]
    [TestCase("report grid --language fr", "--language is zh or en, not 'fr'.")]
    [TestCase(
        "report grid --url http://career.example",
        "--url takes a server's address, such as http://localhost:5080, not 'http://career.example'; of another machine only https, so that nobody reads the token."
    )]
    [TestCase("--Protection:Key=x", "A key on the command line can be read by others. Name its file by --Protection:KeyFile.")]
    [TestCase("-x", "'-x' is no option; options begin with two hyphens.")]
    public void Command_Mistaken_SaysWhy(string line, string why) =>
        Assert.That((Command.Parse(line.Split(' ')) as Command.Mistaken)?.Why, Is.EqualTo(why));

    [TestCase("report", "")]
    [TestCase("report pie", " There is none called 'pie'.")]
    public void Report_ThatIsNone_IsToldWhatThereIs(string line, string more) =>
        Assert.That(
            (Command.Parse(line.Split(' ')) as Command.Mistaken)?.Why,
            Is.EqualTo($"Write: report <name>; names are {KnownReports.Names}.{more}")
        );

    [TestCase("report grid --group-by level", "There is no option '--group-by' here. The options of grid: --as-of, --known-at, ")]
    [TestCase("report grid level", "'level' is no option; options begin with two hyphens. The options of grid: --as-of, ")]
    public void Report_WithoutSuchAnOption_NamesItsOptions(string line, string why) =>
        Assert.That((Command.Parse(line.Split(' ')) as Command.Mistaken)?.Why, Does.StartWith(why).And.EndsWith("--url."));

    [TestCase("export", "")]
    [TestCase("export pie", " There is none called 'pie'.")]
    public void Export_ThatIsNone_IsToldWhatThereIs(string line, string more) =>
        Assert.That(
            (Command.Parse(line.Split(' ')) as Command.Mistaken)?.Why,
            Is.EqualTo($"Write: export <name>; names are workers, milestones, coordinates.{more}")
        );

    [Test]
    public void Export_OfTheLine_HasTheParametersOfItsQuery_AndItsForm()
    {
        var export = (Command.Export)
            Command.Parse(["export", "milestones", "--in-force", "true", "--format=xlsx", "--output", "m.xlsx"]);

        Assert.That(export.Asked.Parameters, Is.EquivalentTo(new Dictionary<string, string> { ["inForce"] = "true" }));
        Assert.That((export.Asked.Form, export.Asked.Output), Is.EqualTo((SheetForm.Xlsx, "m.xlsx")));
    }

    [Test]
    public void Report_OfTheLine_HasTheParametersOfItsQuery()
    {
        var report = (Command.Report)Command.Parse(["report", "positions", "--group-by=level", "--career-start-year", "2001"]);

        Assert.That(
            report.Asked.Parameters,
            Is.EquivalentTo(new Dictionary<string, string> { ["groupBy"] = "level", ["careerStartYear"] = "2001" })
        );
    }

    [TestCase("Database:Enigne", "postgres", "There is no setting Database:Enigne. Correct its name; 'help' lists the settings.")]
    [TestCase("Database:Migrate", "maybe", "Database:Migrate is true or false, not \"maybe\".")]
    [TestCase("Database:Engine", "oracle", "Database:Engine is sqlite or postgres, not \"oracle\".")]
    [TestCase(
        "ConnectionStrings:Career",
        "rubbish",
        "ConnectionStrings:Career is no connection string, such as \"Data Source=data/career.db\"."
    )]
    [TestCase("urls", "nonsense", "'nonsense' is no address to listen on. Write one such as http://localhost:5080.")]
    [TestCase(
        "OpenIdConnect:Issuer",
        "http://issuer.example",
        "OpenIdConnect:Issuer must be https, not \"http://issuer.example\": whoever stands between could give out keys of his own."
    )]
    [TestCase("OpenIdConnect:Issuer", "issuer", "OpenIdConnect:Issuer is an https address without query, not \"issuer\".")]
    [TestCase(
        "OpenIdConnect:Issuer",
        "https://issuer.example",
        "OpenIdConnect:Audience is missing: without it tokens that were made for other services would be taken."
    )]
    [TestCase("OpenIdConnect:Audience", "x", "OpenIdConnect:Issuer is an https address without query, not \"\".")]
    [TestCase("OpenIdConnect:Clam", "x", "There is no setting OpenIdConnect:Clam. Correct its name; 'help' lists the settings.")]
    [TestCase(
        "TrustedProxy:Addresses",
        "10.0.0.7, proxy.example",
        "TrustedProxy:Addresses lists IP addresses and networks such as 10.0.0.7 or 10.0.0.0/24, not \"proxy.example\"."
    )]
    [TestCase(
        "RateLimits:Read",
        "many",
        "RateLimits:Read is requests a second and at once, such as 200/1000, or 0 for no limit, not \"many\"."
    )]
    [TestCase(
        "RateLimits:Write",
        "0/5",
        "RateLimits:Write is requests a second and at once, such as 200/1000, or 0 for no limit, not \"0/5\"."
    )]
    [TestCase(
        "urls",
        "http://localhost:99999",
        "'http://localhost:99999' is no address to listen on. Write one such as http://localhost:5080."
    )]
    [TestCase(
        "urls",
        "http://localhost:0",
        "localhost takes no port 0 (http://localhost:0). Name a port, or write http://127.0.0.1:0."
    )]
    public void Setting_ThatMakesNoSense_IsRefusedInOneSentence(string key, string value, string why)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        Assert.That(
            () =>
            {
                Settings.Check(configuration);
                ListenAddresses.Check(configuration);
                CareerData.Migrates(configuration);
                CareerData.EngineOf(configuration);
            },
            Throws.TypeOf<SettingException>().With.Message.EqualTo(why)
        );
    }

    [TestCase("urls", "http://example.com:5190")]
    [TestCase("urls", "http://127.0.0.1:1;http://0.0.0.0:5190")]
    [TestCase("Kestrel:Endpoints:Open:Url", "http://*:5190")]
    [TestCase("urls", "https://*:5443;http://*:5190")]
    public void Address_OfOthers_IsRefusedAsItWasSet(string key, string value) =>
        Assert.That(
            () => ListenAddresses.Check(new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build()),
            Throws.TypeOf<NotLoopbackException>().With.Message.StartsWith($"Refusing to listen on {value.Split(';')[^1]}:")
        );

    /// <summary>Https may be for everybody, and so may plain http where a proxy stands in front.</summary>
    [TestCase("urls", "https://*:5443")]
    [TestCase("urls", "https://0.0.0.0:5443;http://localhost:5190")]
    [TestCase("Kestrel:Endpoints:Open:Url", "https://*:5443")]
    [TestCase("https_ports", "5443")]
    [TestCase("urls", "http://*:5190", "TrustedProxy:Addresses", "10.0.0.7")]
    public void Address_OfOthers_IsTakenWithHttpsOrBehindAProxy(params string[] settings) =>
        Assert.That(
            () =>
                ListenAddresses.Check(
                    new ConfigurationBuilder()
                        .AddInMemoryCollection(settings.Chunk(2).Select(s => KeyValuePair.Create(s[0], (string?)s[1])))
                        .Build()
                ),
            Throws.Nothing
        );

    [TestCase("--urls=http://0.0.0.0:0")]
    [TestCase("--urls=http://0.0.0.0:0;https://127.0.0.1:5443")]
    [TestCase("--urls=http://*:0")]
    [TestCase("--urls=http://[::]:0")]
    [TestCase("--urls=http://127.0.0.1:0;http://0.0.0.0:0")]
    [TestCase("--Kestrel:Endpoints:Open:Url=http://0.0.0.0:0")]
    [TestCase("--Kestrel:Endpoints:Open:Url=http://+:0", "--urls=http://127.0.0.1:0")]
    [TestCase("--http_ports=0")]
    public async Task Server_AskedToListenToOthers_Refuses(params string[] settings)
    {
        await using var app = Build(settings);
        Assert.That(
            async () => await app.StartAsync(),
            Throws.TypeOf<NotLoopbackException>().With.Message.Contains("Refusing to listen on")
        );
    }

    [TestCase("--urls=http://127.0.0.1:0")]
    [TestCase("--urls=http://[::1]:0")]
    public async Task Server_OnLoopback_Listens(params string[] settings)
    {
        if (settings[0].Contains("::1", StringComparison.Ordinal) && !Socket.OSSupportsIPv6)
        {
            Assert.Ignore("No IPv6 here.");
        }
        await using var app = Build(settings);
        await app.StartAsync();
        Assert.That(app.Urls.Select(url => new Uri(url)), Has.All.Matches<Uri>(url => url.IsLoopback));
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(app.Urls.First()));
        Assert.That(response.Headers.Contains("Server"), Is.False);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await app.StopAsync();
    }

    /// <summary>What the web server itself refuses has no problem body; the contract says so, and this tells when that changes.</summary>
    [TestCase("GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", "400")]
    [TestCase("GET / a HTTP/1.1\r\nHost: localhost\r\n\r\n", "400")]
    [TestCase("NONSENSE\r\n\r\n", "400")]
    [TestCase("GET /?{0} HTTP/1.1\r\nHost: localhost\r\n\r\n", "414")]
    [TestCase("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {0}\r\n\r\n", "431")]
    public async Task Server_ThatCannotReadARequest_SaysSoBare(string request, string status)
    {
        await using var app = Build(["--urls=http://127.0.0.1:0"]);
        await app.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(app.Urls.First()).Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Format(null, request, new string('a', 40_000))));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        Assert.That(answer, Does.StartWith($"HTTP/1.1 {status} ").And.EndsWith("\r\n\r\n").And.Contain("Content-Length: 0"));
        await app.StopAsync();
    }

    private static WebApplication Build(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.UseCareerServer();
        return builder.Build();
    }
}
