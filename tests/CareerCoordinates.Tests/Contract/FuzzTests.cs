using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Tests.Api;
using CareerCoordinates.Tests.Contract.Fuzz;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CareerCoordinates.Tests.Contract;

/// <summary>
/// What a server that people depend on must do with anything that comes in: answer soon, never with 5xx, say why it refuses,
/// and store nothing then. CAREER_TEST_SEED repeats a run; CAREER_TEST_RELEASE=1 makes it long.
/// </summary>
[BothEngines]
public class FuzzTests(TestEngine engine)
{
    private const string Framework = "/api/v1/frameworks/chaoyang-12345";
    private const long MostGrowth = 100 * 1024 * 1024;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("CAREER_TEST_RELEASE") == "1";

    [Test]
    public async Task AnyRequest_IsAnsweredSoonWithoutFailure_AndWhatIsRefusedIsNotStored()
    {
        var seed = TestSeed.Take();
        await using var target = await FuzzTarget.StartAsync(await ApiHost.StartAsync(engine));
        var fuzzer = new Fuzzer(target, await DocumentOf(target), seed);
        await fuzzer.World.ReadFrameworkAsync(Framework);
        await fuzzer.World.GrowAsync();
        var missed = await fuzzer.CallAllAsync();
        var memory = GC.GetTotalMemory(forceFullCollection: true);

        foreach (var some in fuzzer.Operations.Chunk(3))
        {
            await fuzzer.World.GrowAsync();
            foreach (var operation in some)
            {
                await fuzzer.TryAsync(operation, IsLong ? 1000 : 60);
            }
        }
        await fuzzer.TryForAsync(TimeSpan.FromSeconds(IsLong ? 120 : 2));
        var looked = Stopwatch.StartNew();
        await StoredThings_PassTheRulesAgain(target, IsLong ? int.MaxValue : 30);
        TestContext.Out.WriteLine($"{looked.Elapsed.TotalSeconds:0.0} s to look at what was stored");

        var growth = GC.GetTotalMemory(forceFullCollection: true) - memory;
        TestContext.Out.WriteLine(
            $"{target.Sent} requests to {fuzzer.Operations.Count} operations, {growth / 1024:N0} KB more memory"
        );
        Assert.That(target.Findings, Is.Empty, $"CAREER_TEST_SEED={seed}");
        Assert.That(
            string.Join('\n', missed.Where(m => !NeedASecret.Any(path => m.StartsWith(path, StringComparison.Ordinal)))),
            Is.Empty,
            "operations that no valid request reached"
        );
        Assert.That(growth, Is.LessThan(MostGrowth));
    }

    /// <summary>What takes a password, a token, a grant by its id or an auditor is reached in tests of its own.</summary>
    private static readonly string[] NeedASecret =
    [
        "POST /api/v1/sign-in:",
        "POST /api/v1/sign-in:refresh",
        "PUT /api/v1/me/password",
        "POST /api/v1/claims",
        "POST /api/v1/accounts/{accountId}/grants/{grantId}:revoke",
        "POST /api/v1/accounts/{accountId}/tokens/{tokenId}:revoke",
        "POST /api/v1/me/tokens/{tokenId}:revoke",
        "GET /api/v1/audit-entries",
        // What is uploaded is no JSON: UploadTests send broken sheets of all kinds.
        "POST /api/v1/imports",
        "GET /api/v1/imports/{importId}",
        "GET /api/v1/imports/template",
    ];

    /// <summary>Whatever got in must be as good as what is recorded anew: changing nothing of it is accepted.</summary>
    private static async Task StoredThings_PassTheRulesAgain(FuzzTarget target, int most)
    {
        await FiguresPassAgain(target, most);
        foreach (var list in new[] { "/api/v1/workers", "/api/v1/organizations" })
        {
            // Nothing more is recorded about who was erased.
            var stored = (await ItemsOf(target, list)).Where(t => t["erased"]?.GetValue<bool>() != true);
            foreach (var thing in stored.TakeLast(most))
            {
                await Again(target, "PATCH", $"{list}/{thing["id"]}", thing, LookedAtAgain());
                if (list.EndsWith("workers", StringComparison.Ordinal))
                {
                    await FactsPassAgain(target, $"{list}/{thing["id"]}");
                }
            }
        }
    }

    private static async Task FiguresPassAgain(FuzzTarget target, int most)
    {
        foreach (var figure in (await ItemsOf(target, "/api/v1/entered-figures")).TakeLast(most))
        {
            var body = LookedAtAgain();
            foreach (var member in new[] { "indicator", "figure", "yearKind", "year", "number", "source" })
            {
                body[member] = figure[member]?.DeepClone();
            }
            await Again(target, "PUT", $"/api/v1/entered-figures/{figure["id"]}", figure, body);
        }
    }

    private static async Task FactsPassAgain(FuzzTarget target, string worker)
    {
        foreach (var read in new[] { "coordinate", "coordinate/explanation", "trajectory", "next-steps" })
        {
            await target.GetAsync($"{worker}/{read}");
        }
        var places = JsonNode.Parse((await target.GetAsync(worker + "/affiliations")).Text)!["items"]!.AsArray();
        foreach (var place in places.Select(place => place!.AsObject()))
        {
            await Again(target, "PATCH", $"{worker}/affiliations/{place["id"]}", place, LookedAtAgain());
        }
        foreach (var fact in await ItemsOf(target, worker + "/milestones"))
        {
            var body = LookedAtAgain();
            foreach (var member in new[] { "type", "occurredOn", "until", "attributes", "evidence", "note", "ended" })
            {
                body[member] = fact[member]?.DeepClone();
            }
            await Again(target, "PUT", $"{worker}/milestones/{fact["id"]}", fact, body);
        }
    }

    private static JsonObject LookedAtAgain() => new() { ["reason"] = "looked at again" };

    private static async Task Again(FuzzTarget target, string method, string path, JsonObject thing, JsonObject body)
    {
        var request = new FuzzRequest("stored, and the same again", method, path)
        {
            Body = () => JsonSerializer.SerializeToUtf8Bytes(body),
            MediaType = "application/json",
            Headers = [("If-Match", thing["etag"]!.ToString())],
        };
        var answer = await target.AskAsync(request);
        if (!answer.IsGood)
        {
            target.Find($"{method} {path}: stored, but refused when sent again: {answer.Text} for {thing.ToJsonString()}");
        }
    }

    private static async Task<List<JsonObject>> ItemsOf(FuzzTarget target, string list)
    {
        var items = new List<JsonObject>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = JsonNode.Parse((await target.GetAsync($"{list}?limit=500{cursor}")).Text)!;
            items.AddRange(page["items"]!.AsArray().Select(item => item!.AsObject()));
            cursor = page["nextCursor"] is { } next ? "&cursor=" + Uri.EscapeDataString(next.ToString()) : null;
        }
        return items;
    }

    private static async Task<JsonElement> DocumentOf(FuzzTarget target) => (await target.GetAsync("/openapi.json")).Json;
}

/// <summary>The same harness on endpoints with planted faults finds each of them, and nothing on a good one.</summary>
public class FuzzControlTests
{
    [Test]
    public async Task PlantedFaults_AreFound()
    {
        var seed = TestSeed.Take();
        await using var target = await FuzzTarget.StartAsync(new PlantedHost(await TestEngine.Sqlite.OpenAsync()));
        var document = (await target.GetAsync("/openapi.json")).Json;
        var fuzzer = new Fuzzer(target, document, seed, o => o.Path.StartsWith("/planted/", StringComparison.Ordinal));

        foreach (var operation in fuzzer.Operations)
        {
            await fuzzer.TryAsync(operation, 400);
        }

        string[] Found(string endpoint) =>
            [.. target.Findings.Where(finding => finding.StartsWith(endpoint, StringComparison.Ordinal))];
        Assert.That(fuzzer.Operations, Has.Count.EqualTo(4));
        Assert.That(Found("POST /planted/throws"), Has.Some.Contains("failed: 500"));
        Assert.That(Found("POST /planted/swallows"), Has.Some.Contains("accepted what it must refuse"));
        Assert.That(Found("POST /planted/keeps"), Has.Some.Contains("refused, but 1 rows were stored"));
        Assert.That(Found("GET /planted/mumbles"), Has.Some.Contains("in place of problem details"));
    }

    public sealed record Planted(string Text);

    private sealed class PlantedHost(TestDatabase database) : ApiHost(database)
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services =>
                services.AddSingleton<IStartupFilter>(new Endpoints()).RemoveAll<ILoggerProvider>()
            );
        }
    }

    private sealed class Endpoints : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                next(app);
                app.UseRouting();
                app.UseEndpoints(endpoints =>
                {
                    endpoints.MapPost("/planted/throws", Throws).WithName("throws");
                    endpoints.MapPost("/planted/swallows", (Planted planted) => planted.Text).WithName("swallows");
                    endpoints.MapPost("/planted/keeps", Keeps).WithName("keeps");
                    endpoints.MapGet("/planted/mumbles", Mumbles).WithName("mumbles");
                });
            };

        private static string Throws(Planted planted) =>
            planted.Text.Length > 2000 ? throw new InvalidOperationException("longer than anybody thought") : planted.Text;

        private static async Task<IResult> Keeps(Planted planted, CareerStore store)
        {
            await store.Gate.RunAsync<Guid>(tx =>
            {
                var id = tx.NewId();
                var root = new OrganizationContent(
                    null,
                    OrganizationKind.DistrictFederation,
                    planted.Text,
                    null,
                    null,
                    default,
                    null,
                    []
                );
                tx.Add(new Revision<OrganizationContent>(id, 1, false, root, null, tx.RecordedAt, "local"));
                return id;
            });
            return Problem.Of(RequestRefusals.BadRequest);
        }

        private static IResult Mumbles(HttpRequest request) =>
            request.Query.Count > 0 ? Results.Text("no", statusCode: 400) : Results.Ok("yes");
    }
}
