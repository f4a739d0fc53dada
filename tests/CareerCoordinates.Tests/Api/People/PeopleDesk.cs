using System.Text;
using System.Text.Json;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.People;

/// <summary>An answer of the API, read whole.</summary>
public sealed record Reply(int Status, string Text, string? Etag, string? Location)
{
    public JsonElement Body { get; } = Text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(Text) : default;

    public JsonElement this[string member] => Body.GetProperty(member);

    public Guid Id => this["id"].GetGuid();

    public string RecordedAt => this["recordedAt"].GetString()!;

    public string? Code => this["code"].GetString();

    public JsonElement[] Items => [.. this["items"].EnumerateArray()];

    public Guid[] Ids => [.. Items.Select(i => i.GetProperty("id").GetGuid())];

    /// <summary>Each fault as <c>pointer code</c>; the problem's own code where no place is named.</summary>
    public string[] Faults =>
        Body.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateArray().Select(e => $"{e.GetProperty("pointer")} {e.GetProperty("code")}")]
            : [" " + Code];

    public Reply Expect(int status)
    {
        Assert.That(Status, Is.EqualTo(status), Text);
        return this;
    }
}

/// <summary>An officer who keeps organisations, workers and affiliations: the real host on the small framework, and a clock that moves a second with every write.</summary>
public sealed class PeopleDesk : IAsyncDisposable
{
    private readonly ApiHost host;
    private readonly HttpClient client;
    private readonly HttpClient second;
    private int made;

    private PeopleDesk(ApiHost host, SetClock clock)
    {
        this.host = host;
        Clock = clock;
        client = host.CreateClient();
        second = host.CreateSecondClient();
    }

    public SetClock Clock { get; }

    public CareerStore Store => host.Store;

    public static async Task<PeopleDesk> OpenAsync(TestEngine engine)
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));
        return new(await ApiHost.StartAsync(engine, clock, TestFrameworks.HarbourPath), clock);
    }

    /// <summary>A number that nobody has yet.</summary>
    public string NewNumber(string prefix = "N") => $"{prefix}{Interlocked.Increment(ref made):00000}";

    /// <summary>A credit code that nobody has yet; a grassroots union's begins with 81.</summary>
    public string NewCreditCode(string kind = "91")
    {
        var stem = $"{kind}110105{Interlocked.Increment(ref made):000000000}";
        return stem + CreditCode.CheckCharacter(stem + "0");
    }

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Reply> PostAsync(string path, string json, string? ifMatch = null, string? key = null) =>
        SendAsync(HttpMethod.Post, path, json, ifMatch, key);

    public Task<Reply> PatchAsync(string path, string json, string? ifMatch) => SendAsync(HttpMethod.Patch, path, json, ifMatch);

    public async Task<Reply> OrganizationAsync(
        Guid? parent = null,
        string kind = "enterprise",
        string from = "2000-01-01",
        string more = ""
    )
    {
        var under = parent is { } id ? $"\"{id}\"" : "null";
        var json = $$"""{"kind":"{{kind}}","name":"{{NewNumber("Wharf ")}}","from":"{{from}}","parentId":{{under}}{{more}}}""";
        return (await PostAsync("organizations", json)).Expect(201);
    }

    /// <summary>A worker with one affiliation, at the organisation from 2015 on.</summary>
    public async Task<Reply> WorkerAsync(
        Guid organization,
        string name = "Ines Calder",
        string more = "",
        string affiliation = "",
        string from = "2015-01-01"
    ) => (await PostAsync("workers", WorkerJson(organization, name, more, affiliation, from))).Expect(201);

    public static string WorkerJson(
        Guid organization,
        string name = "Ines Calder",
        string more = "",
        string affiliation = "",
        string from = "2015-01-01"
    ) => $$"""{"name":"{{name}}"{{more}},"affiliation":{{AffiliationJson(organization, from, affiliation)}}}""";

    public static string AffiliationJson(Guid organization, string from, string more = "", string kind = "labour-contract") =>
        $$"""{"kind":"{{kind}}","organizationId":"{{organization}}","from":"{{from}}"{{more}}}""";

    /// <summary>A milestone of the small framework, verified by the second account.</summary>
    public async Task<Reply> MilestoneAsync(Guid worker, string type, string on, string attributes = "{}", string more = "")
    {
        var path = $"workers/{worker}/milestones";
        var json = $$"""{"type":"{{type}}","occurredOn":"{{on}}","attributes":{{attributes}}{{more}}}""";
        var recorded = (await PostAsync(path, json)).Expect(201);
        Clock.Pass(TimeSpan.FromSeconds(1));
        path = $"{path}/{recorded.Id}:verify";
        return (await SendAsync(HttpMethod.Post, path, ifMatch: recorded.Etag, bySecond: true)).Expect(200);
    }

    /// <summary>By the second account, which recorded no milestone.</summary>
    public Task<Reply> VoidMilestoneAsync(Guid worker, Reply seen) =>
        SendAsync(
            HttpMethod.Post,
            $"workers/{worker}/milestones/{seen.Id}:void",
            """{"reason":"entered twice"}""",
            seen.Etag,
            bySecond: true
        );

    public Task<Reply> VoidAsync(string path, string ifMatch = "\"1-x\"", string json = """{"reason":"entered twice"}""") =>
        PostAsync(path + ":void", json, ifMatch);

    /// <summary>How many workers, organisations and affiliations of this worker there are: proof that a refusal left no trace.</summary>
    public async Task<string> CensusAsync(Guid worker)
    {
        var workers = await GetAsync("workers?count=true&limit=1&include=voided");
        var organizations = await GetAsync("organizations?count=true&limit=1&include=voided");
        var affiliations = await GetAsync($"workers/{worker}/affiliations?include=voided");
        var revisions = await GetAsync($"workers/{worker}/revisions");
        return $"{workers["count"]} {organizations["count"]} {affiliations["items"]} {revisions["items"]}";
    }

    public async Task<Reply> SendAsync(
        HttpMethod method,
        string path,
        string? json = null,
        string? ifMatch = null,
        string? key = null,
        string? language = null,
        string mediaType = "application/json",
        bool bySecond = false
    )
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        if (json is not null)
        {
            Clock.Pass(TimeSpan.FromSeconds(1));
            request.Content = new StringContent(json, Encoding.UTF8, mediaType);
        }
        foreach (var (name, value) in new[] { ("If-Match", ifMatch), ("Idempotency-Key", key), ("Accept-Language", language) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
        using var response = await (bySecond ? second : client).SendAsync(request);
        return new Reply(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.ETag?.ToString(),
            response.Headers.Location?.ToString()
        );
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        second.Dispose();
        await host.DisposeAsync();
    }
}

/// <summary>One host for all tests of a fixture: each makes organisations and people of its own.</summary>
public abstract class PeopleTests(TestEngine engine)
{
    protected PeopleDesk Desk { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => Desk = await PeopleDesk.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task CloseAsync() => await Desk.DisposeAsync();
}
