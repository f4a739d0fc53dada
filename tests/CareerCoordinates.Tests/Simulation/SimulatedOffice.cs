using System.Text;
using System.Text.Json;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Api;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Simulation;

/// <summary>The product answered otherwise than the naive model, or otherwise than before.</summary>
public sealed class SimulationMismatchException(string message) : Exception(message);

/// <summary>The real program on a database that outlives restarts, three people who use it, and a clock that the simulation moves.</summary>
internal sealed class SimulatedOffice : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> People = [TestAccounts.Office, TestAccounts.Second, "third"];

    private TestDatabase database;
    private string frameworkFile;
    private ApiHost host;
    private Dictionary<string, HttpClient> clients;

    private SimulatedOffice(TestDatabase database, string frameworkFile)
    {
        this.database = database;
        this.frameworkFile = frameworkFile;
        (host, clients) = Start();
    }

    public SetClock Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));

    public Instant Now => Instant.From(Clock.GetUtcNow());

    public CareerStore Store => host.Services.GetRequiredService<CareerStore>();

    public static async Task<SimulatedOffice> OpenAsync(TestEngine engine, string frameworkFile)
    {
        var office = new SimulatedOffice(await engine.OpenAsync(), frameworkFile);
        await office.ReadyAsync();
        return office;
    }

    /// <summary>Stops the program and starts it again, perhaps with another file of the framework.</summary>
    public async Task RestartAsync(string? otherFramework = null)
    {
        frameworkFile = otherFramework ?? frameworkFile;
        await StopAsync();
        Clock.Pass(TimeSpan.FromSeconds(5));
        (host, clients) = Start();
        await ReadyAsync();
    }

    /// <summary>Stops the program, moves its record to another database, and starts it there; the old database goes.</summary>
    public async Task MoveAsync(TestDatabase other, Action<TestDatabase, TestDatabase, TimeProvider> move)
    {
        await StopAsync();
        Clock.Pass(TimeSpan.FromSeconds(5));
        move(database, other, Clock);
        await database.DisposeAsync();
        database = other;
        (host, clients) = Start();
        await ReadyAsync();
    }

    /// <summary>Until the columns are read reports are refused, which is no other answer than before.</summary>
    private async Task ReadyAsync()
    {
        while (!Store.Projection.IsReady)
        {
            await Task.Delay(20);
        }
    }

    public async Task<(int Status, byte[] Body)> AskAsync(string path)
    {
        using var response = await clients[TestAccounts.Office].GetAsync("/api/v1/" + path);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Waits until there is an answer here: a new version of the framework is published after the start.</summary>
    public async Task UntilThereIsAsync(string path)
    {
        for (var tries = 0; (await AskAsync(path)).Status != 200; tries++)
        {
            if (tries == 200)
            {
                throw new SimulationMismatchException($"GET {path} was never answered.");
            }
            await Task.Delay(50);
        }
    }

    /// <summary>Writes, a second or more after the last write; the answer must have this status.</summary>
    public async Task<JsonElement> WriteAsync(
        HttpMethod method,
        string path,
        object? body,
        int expected,
        int? revision = null,
        string by = TestAccounts.Office
    )
    {
        Clock.Pass(TimeSpan.FromSeconds(1));
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        var json = body is null ? null : JsonSerializer.Serialize(body);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }
        if (revision is { } seen)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{seen}-seen\"");
        }
        using var response = await clients[by].SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode != expected)
        {
            throw new SimulationMismatchException(
                $"{by}: {method} {path} {json}\nexpected {expected}, was {(int)response.StatusCode}: {text}"
            );
        }
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await database.DisposeAsync();
    }

    private async Task StopAsync()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
        await host.DisposeAsync();
    }

    private (ApiHost, Dictionary<string, HttpClient>) Start()
    {
        var lasting = new TestDatabase(database.Engine, database.ConnectionString, () => Task.CompletedTask);
        var started = new ApiHost(lasting, Clock, frameworkFile);
        return (
            started,
            new()
            {
                [TestAccounts.Office] = started.CreateClient(),
                [TestAccounts.Second] = started.CreateSecondClient(),
                [People[2]] = started.CreateClient(started.Store.SignInSecondAsync(People[2]).GetAwaiter().GetResult()),
            }
        );
    }
}

/// <summary>Short forms for reading answers.</summary>
internal static class Answers
{
    public static Guid Id(this JsonElement body) => body.GetProperty("id").GetGuid();

    public static Instant RecordedAt(this JsonElement body) =>
        Instant.TryParse(body.GetProperty("recordedAt").GetString(), out var at)
            ? at
            : throw new FormatException(body.ToString());

    public static string Text(this JsonElement body, string member) =>
        body.GetProperty(member) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : "-";
}
