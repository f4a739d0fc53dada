using System.Text;
using System.Text.Json;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CareerCoordinates.Tests.Api.Protection;

/// <summary>I18: wherever one looks afterwards, an ID number that was recorded stands nowhere in clear; and looking finds one that does.</summary>
[BothEngines]
public class CanaryTests(TestEngine engine)
{
    private readonly StringBuilder said = new();

    private string first = "";
    private string second = "";
    private TracedHost host = null!;
    private HttpClient client = null!;
    private Guid organization;
    private Guid worker;

    [SetUp]
    public async Task Work()
    {
        said.Clear();
        // Each time others: the server that all tests share keeps what it was told.
        (first, second) = (Invented.IdNumber(), Invented.IdNumber());
        host = await TracedHost.OpenAsync(engine);
        client = host.CreateClient();
        var district = await SendAsync(
            HttpMethod.Post,
            "organizations",
            new
            {
                name = "示例区总工会",
                kind = "district-federation",
                from = "2000-01-01",
            }
        );
        organization = district.GetProperty("id").GetGuid();
        worker = (await RecordAsync(first, "key-1")).GetProperty("id").GetGuid();
        await RecordAsync(first, "key-1");
        await RecordAsync(first, "key-2");
        await RecordAsync(Invented.Wrong(first), null);
        await SendAsync(
            HttpMethod.Post,
            "workers",
            WorkerIdNumberTests.Worker(first, new { birthDate = "1950-01-01" }, organization)
        );
        await SendAsync(HttpMethod.Post, "workers", WorkerIdNumberTests.Worker(null, new { number = first }, organization));
        await SendAsync(HttpMethod.Patch, $"workers/{worker}", new { idNumber = second, reason = "misread" }, "\"1-x\"");
        await SendAsync(HttpMethod.Patch, $"workers/{worker}", new { idNumber = first }, "\"1-x\"");
        await SendAsync(HttpMethod.Patch, $"workers/{worker}", new { idNumber = new[] { first } }, "\"2-x\"");
        await SendAsync(HttpMethod.Patch, $"workers/{worker}", new { name = $"王{first}" }, "\"2-x\"");
        await SendAsync(HttpMethod.Patch, $"workers/{worker}", new { gender = "male", reason = $"see {first}" }, "\"2-x\"");
        await SendAsync(HttpMethod.Post, $"workers/{worker}/milestones", new { type = first, occurredOn = "2020" });
        await RecordAsync(Invented.IdNumber(), second);
        await SendAsync(HttpMethod.Post, "workers:find-by-id-number", new { idNumber = first });
        await SendAsync(HttpMethod.Post, "workers:find-by-id-number", new { idNumber = second });
        await SendAsync(HttpMethod.Post, "workers:search", new { text = second });
        await SendAsync(HttpMethod.Post, $"workers/{worker}:reveal-id-number", new { reason = $"to see {second}" });
        await SendAsync(HttpMethod.Get, $"workers/{worker}", null);
        await SendAsync(HttpMethod.Get, $"workers/{worker}/revisions", null);
        await SendAsync(HttpMethod.Get, "workers", null);
    }

    [TearDown]
    public async Task Close()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [Test]
    public async Task AnIdNumber_StandsNowhereInClear()
    {
        var revealed = await client.PostAsync(
            new Uri($"/api/v1/workers/{worker}:reveal-id-number", UriKind.Relative),
            Json(new { reason = "for the form" })
        );
        Assert.That(await revealed.Content.ReadAsStringAsync(), Does.Contain(second), "it was there to be found");
        revealed.Dispose();
        var trail = JsonSerializer.Serialize(host.Store.Reader.OnConnection(c => c.ReadAudit(new AuditFilter(), null, 500)));

        foreach (var number in new[] { first, second })
        {
            Assert.That(await host.FindAsync(number), Is.Empty);
            Assert.That(host.FindInRows(number), Is.Empty);
            Assert.That(said.ToString(), Does.Not.Contain(number));
            Assert.That(trail, Does.Not.Contain(number));
        }
        Assert.That(said.ToString(), Does.Contain(Invented.Masked(first)).And.Contain(Invented.Masked(second)));
        Assert.That(trail, Does.Contain("revealIdNumber").And.Contain("findWorkerByIdNumber"));
    }

    /// <summary>The negative control: somebody writes the number where it does not belong.</summary>
    [Test]
    public async Task ALeak_IsFoundByTheSameSearch()
    {
        await host.Store.Gate.RunAsync<bool>(tx =>
        {
            var newest = tx.LockWorker(worker)!.Revisions[^1];
            tx.Add(newest.Next(newest.Content, $"see {first}", tx.RecordedAt, "local"));
            return true;
        });
        await SendAsync(HttpMethod.Get, $"workers/{worker}/revisions", null);
        host.Services.GetRequiredService<ILogger<CanaryTests>>().LogInformation("Recorded {Number}.", second);

        var files = await host.FindAsync(first);
        Assert.That(files, Has.Some.Matches<string>(f => f != "log"));
        Assert.That(host.FindInRows(first), Is.EqualTo(new[] { "worker_revisions" }));
        Assert.That(await host.FindAsync(second), Is.EqualTo(new[] { "log" }));
        Assert.That(said.ToString(), Does.Contain(first), "the answer tells the reason");
    }

    private Task<JsonElement> RecordAsync(string number, string? key) =>
        SendAsync(HttpMethod.Post, "workers", WorkerIdNumberTests.Worker(number, null, organization), key: key);

    private async Task<JsonElement> SendAsync(
        HttpMethod method,
        string path,
        object? body,
        string? ifMatch = null,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        request.Content = body is null ? null : Json(body);
        foreach (var (name, value) in new[] { ("If-Match", ifMatch), ("Idempotency-Key", key) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.LessThan(500), text);
        said.AppendLine(text).AppendLine(response.Headers.ToString());
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
}
