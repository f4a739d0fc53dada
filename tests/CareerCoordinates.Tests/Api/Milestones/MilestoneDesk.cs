using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api.Milestones;

/// <summary>An answer of the API, read whole.</summary>
public sealed record Reply(int Status, JsonElement Body, string? Etag, string? Location)
{
    public string? Code =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var c) ? c.GetString() : null;

    /// <summary>Each fault as <c>pointer code</c>.</summary>
    public string[] Faults =>
        Body.TryGetProperty("errors", out var errors)
            ? [.. errors.EnumerateArray().Select(e => $"{e.GetProperty("pointer")} {e.GetProperty("code")}")]
            : [];

    public string? Text(string member) => Body.GetProperty(member).GetString();

    public Guid Id => Body.GetProperty("id").GetGuid();

    public JsonElement[] Items => [.. Body.GetProperty("items").EnumerateArray()];

    public Reply Expect(int status)
    {
        Assert.That(Status, Is.EqualTo(status), Body.ToString());
        return this;
    }
}

/// <summary>An office at work: one host, a client that records and a second one that judges, and the short forms of what they ask.</summary>
public sealed class MilestoneDesk : IAsyncDisposable
{
    private readonly ApiHost host;
    private readonly HttpClient client;
    private readonly HttpClient second;

    private MilestoneDesk(ApiHost host)
    {
        this.host = host;
        client = host.CreateClient();
        second = host.CreateSecondClient();
    }

    public CareerStore Store => host.Services.GetRequiredService<CareerStore>();

    public static async Task<MilestoneDesk> OpenAsync(TestEngine engine, TimeProvider? time = null) =>
        new(await ApiHost.StartAsync(engine, time));

    /// <summary>On a database that goes on living when the host is disposed.</summary>
    public static MilestoneDesk On(TestDatabase database) =>
        new(new ApiHost(new TestDatabase(database.Engine, database.ConnectionString, () => Task.CompletedTask)));

    public static string Certificate(string grade = "3", string on = "2020-11-30", string more = "") =>
        $$"""{"type":"skill-level-certificate","occurredOn":"{{on}}","attributes":{"grade":"{{grade}}","certificateNo":"A1"}{{more}}}""";

    /// <summary>The certificate as it should have been.</summary>
    public static string Corrected(string grade = "3", string on = "2020-11-30", string more = "") =>
        Certificate(grade, on, ",\"reason\":\"mistyped\"" + more);

    public async Task<Guid> WorkerAsync(string? careerStart = "2012-07-01", string? birthDate = null)
    {
        var outcome = await Store.Gate.RunAsync<Guid>(tx =>
        {
            var id = tx.NewId();
            var content = new WorkerContent(null, "Ma Lan", Day(careerStart), Day(birthDate), null, null);
            tx.Add(new Revision<WorkerContent>(id, 1, false, content, null, tx.RecordedAt, "local"));
            return id;
        });
        return outcome.Value;
    }

    public Task VoidAsync(Guid worker) =>
        Store.Gate.RunAsync<int>(tx =>
        {
            var newest = tx.LockWorker(worker)!.Revisions[^1];
            tx.Add(newest with { Number = newest.Number + 1, Voided = true, Reason = "double", RecordedAt = tx.RecordedAt });
            return 1;
        });

    public Task<Reply> RecordAsync(Guid worker, string json, string? key = null, string? language = null) =>
        SendAsync(HttpMethod.Post, $"workers/{worker}/milestones", json, key: key, language: language);

    /// <summary>Recorded, and verified by the second account: revision 2.</summary>
    public async Task<Reply> VerifiedAsync(Guid worker, string json) =>
        (await ActAsync(worker, (await RecordAsync(worker, json)).Expect(201), "verify")).Expect(200);

    public Task<Reply> CorrectAsync(Guid worker, Reply seen, string json) =>
        SendAsync(HttpMethod.Put, $"workers/{worker}/milestones/{seen.Id}", json, seen.Etag);

    /// <summary>An action on the milestone as it was last seen: what judges is of the second account.</summary>
    public Task<Reply> ActAsync(Guid worker, Reply seen, string verb, string? json = """{"reason":"as the register says"}""") =>
        SendAsync(
            HttpMethod.Post,
            $"workers/{worker}/milestones/{seen.Id}:{verb}",
            verb == "verify" ? null : json,
            seen.Etag,
            bySecond: verb is "verify" or "return" or "reject" or "end" or "void"
        );

    public Task<Reply> GetAsync(Guid worker, Guid milestone, string query = "") =>
        SendAsync(HttpMethod.Get, $"workers/{worker}/milestones/{milestone}{query}");

    public Task<Reply> ListAsync(Guid worker, string query = "") =>
        SendAsync(HttpMethod.Get, $"workers/{worker}/milestones{query}");

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
        var text = await response.Content.ReadAsStringAsync();
        return new Reply(
            (int)response.StatusCode,
            text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default,
            response.Headers.ETag?.ToString(),
            response.Headers.Location?.ToString()
        );
    }

    /// <summary>All that is recorded about a worker: proof that a refusal left no trace.</summary>
    public string RecordOf(Guid worker)
    {
        var record = Store.Reader.ReadWorker(worker)!;
        return JsonSerializer.Serialize(new { record.MilestoneRevisions.Count, Contests = record.Contests.Count });
    }

    /// <summary>A JSON text with one member changed, added or, with null, removed; <paramref name="value"/> is JSON.</summary>
    public static string With(string json, string member, string? value)
    {
        var node = JsonNode.Parse(json)!.AsObject();
        node.Remove(member);
        if (value is not null)
        {
            node[member] = JsonNode.Parse(value);
        }
        return node.ToJsonString();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        second.Dispose();
        await host.DisposeAsync();
    }

    private static DateOnly? Day(string? day) => day is null ? null : DateOnly.Parse(day);
}
