using System.Text;
using System.Text.Json;
using CareerCoordinates.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CareerCoordinates.Tests.Api.Network;

/// <summary>A log is read by more people than the record: no name, number, password or token stands in it, at any level.</summary>
[BothEngines]
public class LogTests(TestEngine engine)
{
    private const string Name = "CANARY-NAME";
    private const string Number = "CANARY-7001";
    private const string Note = "CANARY-NOTE";
    private const string Password = "CANARY a password of many words";
    private const string Wrong = "CANARY a wrong password of many words";
    private const string MadeUp = "CANARY-made-up-token";

    [Test]
    public async Task Session_LeavesNoNameNumberPasswordOrTokenInTheLog()
    {
        using var log = new CapturedLog();
        await using var host = new PeerHost(await engine.OpenAsync()) { Log = log };
        using var office = host.CreateClient();
        using var nobody = host.CreateClient((string?)null);

        var secrets = await SessionAsync(office, nobody);
        secrets.Add(host.OfficeToken);

        Assert.That(log.Lines, Is.Not.Empty);
        Assert.That(log.LinesWith(["CANARY", .. secrets]), Is.Empty);
    }

    /// <summary>What cannot be written tells its stack, and not what was to be written.</summary>
    [Test]
    public async Task Outage_IsLogged_WithoutWhatWasAsked()
    {
        using var log = new CapturedLog();
        await using var host = new PeerHost(await engine.OpenAsync()) { Log = log };
        using var office = host.CreateClient();
        await host.Store.Gate.MaintainAsync(c => c.Execute("ALTER TABLE audit_entries RENAME TO audit_entries_gone"));

        using var failed = await PostAsync(office, "/api/v1/accounts", new { name = "someone", password = Password });
        using var madeWorker = await PostAsync(office, "/api/v1/organizations", Organization());

        Assert.That((int)failed.StatusCode, Is.InRange(500, 599));
        Assert.That((int)madeWorker.StatusCode, Is.InRange(500, 599));
        Assert.That(log.Lines, Has.Some.Contains("xception"), "whoever runs it can see what went wrong");
        Assert.That(log.LinesWith(["CANARY", host.OfficeToken]), Is.Empty);
    }

    /// <summary>The search would find a leak.</summary>
    [Test]
    public async Task PlantedLeak_IsFound()
    {
        using var log = new CapturedLog();
        await using var host = new PeerHost(await engine.OpenAsync()) { Log = log };

        host.Services.GetRequiredService<ILogger<LogTests>>().LogTrace("Somebody looked for {Name}.", Name);

        Assert.That(log.LinesWith(["CANARY"]), Has.Exactly(1).Items);
    }

    private static object Organization() =>
        new
        {
            kind = "district-federation",
            name = "CANARY 示例区总工会",
            from = "2000-01-01",
        };

    private static async Task<List<string>> SessionAsync(HttpClient office, HttpClient nobody)
    {
        var organization = await ReadAsync(PostAsync(office, "/api/v1/organizations", Organization()), 201);
        var worker = await ReadAsync(
            PostAsync(
                office,
                "/api/v1/workers",
                new
                {
                    name = Name,
                    number = Number,
                    careerStart = "2015-01-01",
                    affiliation = new
                    {
                        kind = "labour-contract",
                        organizationId = organization.GetProperty("id").GetGuid(),
                        from = "2015-01-01",
                    },
                }
            ),
            201
        );
        var id = worker.GetProperty("id").GetGuid();
        await ReadAsync(PostAsync(office, "/api/v1/workers:search", new { text = Name }), 200);
        await ReadAsync(PostAsync(office, "/api/v1/workers", new { name = Name, nonsense = Note }), 400);
        await ReadAsync(
            PostAsync(
                office,
                $"/api/v1/workers/{id}/milestones",
                new
                {
                    type = Note,
                    occurredOn = "2016-01-01",
                    attributes = new { },
                    note = Note,
                }
            ),
            422
        );
        var slip = await ReadAsync(PostAsync(office, $"/api/v1/workers/{id}/claim-codes", new { }), 201);
        var claim = new
        {
            name = Name,
            code = Text(slip, "code"),
            account = "canary",
            password = Password,
        };
        await ReadAsync(PostAsync(nobody, "/api/v1/claims", claim), 200);
        await ReadAsync(PostAsync(nobody, "/api/v1/sign-in", new { account = Note, password = Wrong }), 401);
        await ReadAsync(PostAsync(nobody, "/api/v1/sign-in", new { account = "canary", password = Wrong }), 401);
        var signedIn = await ReadAsync(
            PostAsync(nobody, "/api/v1/sign-in", new { account = "canary", password = Password }),
            200
        );
        var secrets = new List<string> { Text(signedIn, "token"), Text(signedIn, "refreshToken") };
        var refreshed = await ReadAsync(PostAsync(nobody, "/api/v1/sign-in:refresh", new { refreshToken = secrets[1] }), 200);
        secrets.AddRange([Text(refreshed, "token"), Text(refreshed, "refreshToken")]);
        var program = await ReadAsync(
            PostAsync(
                office,
                "/api/v1/me/tokens",
                new
                {
                    name = "program",
                    role = "officer",
                    endsAt = DateTimeOffset.UtcNow.AddDays(9).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", null),
                }
            ),
            201
        );
        secrets.Add(Text(program, "token"));
        foreach (
            var token in new[] { MadeUp, secrets[4], secrets[2], "cct_" + MadeUp, $"{MadeUp}.{MadeUp}.{MadeUp}", secrets[0] }
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/workers/{id}");
            request.Headers.Authorization = new("Bearer", token);
            using var answer = await nobody.SendAsync(request);
            Assert.That((int)answer.StatusCode, Is.LessThan(500));
        }
        return secrets;
    }

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object body) =>
        client.PostAsync(path, new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));

    private static async Task<JsonElement> ReadAsync(Task<HttpResponseMessage> asked, int status)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(status), text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
