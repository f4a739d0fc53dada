using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CareerCoordinates.Tests.Api.Durability;

/// <summary>
/// An acknowledged write survives <c>kill -9</c>, and a request is there whole or not at all. 16 clients write while the
/// server is killed; three times in every run, fifty times in <c>tests/run --release</c>.
/// </summary>
[BothEngines]
public class KillTests(TestEngine engine)
{
    private const int Clients = 16;
    private const int Workers = 64;
    private const int LeastPerSecond = 100;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestCycle = TimeSpan.FromSeconds(30);

    private static int Kills => Environment.GetEnvironmentVariable("CAREER_TEST_RELEASE") == "1" ? 50 : 3;

    [Test]
    public async Task ServerKilledUnderWritingClients_LosesNothingAcknowledged_AndKeepsNoHalfRequest()
    {
        await using var cluster = engine == TestEngine.Postgres ? await PostgresCluster.StartAsync(durable: true) : null;
        await using var database = cluster is null ? await engine.OpenAsync() : await TestEngine.OpenOnAsync(cluster);
        var workers = new List<Guid>();
        var acknowledged = new List<Acknowledged>();
        var counted = 0;
        for (var cycle = 0; counted < Kills; cycle++)
        {
            Assert.That(cycle, Is.LessThan(3 * Kills), $"the server was too slow: {counted} kills counted");
            workers.AddRange(await AddWorkersAsync(database));

            var (said, perSecond) = await WriteUntilKilledAsync(database, workers[^Workers..]);

            acknowledged.AddRange(said);
            counted += perSecond >= LeastPerSecond ? 1 : 0;
            await NobodyWritesAsync(database);
            await using var store = await OpenAsync(database);
            Assert.That(CrashCheck.Faults(store, workers, acknowledged), Is.Empty, $"after kill {cycle + 1}");
            await TestContext.Out.WriteLineAsync($"kill {cycle + 1}: {said.Count} acknowledged, {perSecond:0}/s at the end");
        }
    }

    [Test]
    public async Task RequestSentAgainAfterAKill_HasTheSameAnswer()
    {
        await using var database = await engine.OpenAsync();
        var worker = (await AddWorkersAsync(database))[0];
        var token = await SignInAsync(database);
        var answers = new List<(HttpStatusCode, string)>();
        for (var run = 0; run < 2; run++)
        {
            using var server = await ServerProcess.StartAsync(database);
            using var client = new HttpClient { BaseAddress = server.Address };
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            using var reply = await client.SendAsync(Request(worker, "the-same", 7));
            answers.Add((reply.StatusCode, await reply.Content.ReadAsStringAsync()));
            await server.KillAsync();
        }

        Assert.That(answers[0].Item1, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(answers[1], Is.EqualTo(answers[0]));
    }

    /// <summary>Without what makes writes durable the same check must find losses, or it proves nothing.</summary>
    [Test]
    public async Task Check_FindsWhatIsLostWithTheLog()
    {
        if (engine != TestEngine.Sqlite)
        {
            Assert.Ignore("Only SQLite's log is a file that can be taken away from under the check.");
        }
        await using var database = await engine.OpenAsync();
        var workers = await AddWorkersAsync(database);

        // Who reads from before the first write keeps all writes in the log: nothing is copied from it into the file meanwhile.
        using var reader = new SqliteConnection(database.ConnectionString + ";Mode=ReadOnly;Pooling=False");
        reader.Open();
        using var snapshot = reader.BeginTransaction(deferred: true);
        using var read = new SqliteCommand("SELECT count(*) FROM worker_revisions", reader, snapshot);
        Assert.That(read.ExecuteScalar(), Is.EqualTo((long)workers.Count));

        var (said, _) = await WriteUntilKilledAsync(database, workers);
        File.Delete(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource + "-wal");
        await snapshot.DisposeAsync();
        reader.Close();

        await using var store = await OpenAsync(database);
        Assert.That(
            CrashCheck.Faults(store, workers, said),
            Has.Count.GreaterThanOrEqualTo(said.Count).And.Some.Contains("is lost")
        );
    }

    [Test]
    public async Task Check_FindsAnAcknowledgementThatCameBeforeTheCommit()
    {
        await using var database = await engine.OpenAsync();
        var workers = await AddWorkersAsync(database);
        await using var store = await OpenAsync(database);

        // A writer that answers first: the write it answered for then fails.
        var tooEarly = new Acknowledged(workers[0], Guid.CreateVersion7());

        Assert.That(
            CrashCheck.Faults(store, workers, [tooEarly]),
            Is.EqualTo(new[] { $"revision 1 of milestone {tooEarly.MilestoneId} is lost" })
        );
    }

    [Test]
    public async Task Check_FindsARequestThatIsThereByHalf()
    {
        await using var database = await engine.OpenAsync();
        var workers = await AddWorkersAsync(database);
        await WriteUntilKilledAsync(database, workers);
        await NobodyWritesAsync(database);
        await using var store = await OpenAsync(database);
        await store.Gate.MaintainAsync(c => c.Execute("DELETE FROM standings WHERE superseded_at IS NULL"));

        var faults = CrashCheck.Faults(store, workers, []);

        Assert.That(faults, Has.Some.Contains("do not follow from the milestones"));
    }

    /// <summary>Answers what was acknowledged, and how many a second in the last second before the kill.</summary>
    private static async Task<(IReadOnlyList<Acknowledged> Said, double PerSecond)> WriteUntilKilledAsync(
        TestDatabase database,
        IReadOnlyList<Guid> workers
    )
    {
        var (token, secondToken) = (await SignInAsync(database), await SignInAsync(database, second: true));
        using var server = await ServerProcess.StartAsync(database);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var second = new HttpClient { BaseAddress = server.Address };
        second.DefaultRequestHeaders.Authorization = new("Bearer", secondToken);
        var said = new ConcurrentBag<(Acknowledged Milestone, long At)>();
        using var killed = new CancellationTokenSource();
        var clients = Enumerable
            .Range(0, Clients)
            .Select(client => Task.Run(() => WriteAsync(http, second, workers, client, said, killed.Token)))
            .ToList();
        var start = Stopwatch.GetTimestamp();
        var perSecond = 0.0;
        while (perSecond < 2 * LeastPerSecond && Stopwatch.GetElapsedTime(start) < LongestCycle)
        {
            await Task.Delay(Measured / 4);
            perSecond = Lately();
        }
        perSecond = Lately();
        await server.KillAsync();
        await killed.CancelAsync();
        await Task.WhenAll(clients);
        return ([.. said.Select(s => s.Milestone)], perSecond);

        double Lately() => said.Count(s => Stopwatch.GetElapsedTime(s.At) < Measured) / Measured.TotalSeconds;
    }

    /// <summary>Records fact after fact and has the second account verify each.</summary>
    private static async Task WriteAsync(
        HttpClient http,
        HttpClient second,
        IReadOnlyList<Guid> workers,
        int client,
        ConcurrentBag<(Acknowledged, long)> said,
        CancellationToken killed
    )
    {
        for (var i = 0; !killed.IsCancellationRequested; i++)
        {
            var worker = workers[(client + i * Clients) % workers.Count];
            try
            {
                using var reply = await http.SendAsync(Request(worker, $"{Guid.NewGuid()}", i), killed);
                var body = await reply.Content.ReadAsStringAsync(killed);
                Assert.That(reply.StatusCode, Is.EqualTo(HttpStatusCode.Created), body);
                var id = JsonDocument.Parse(body).RootElement.GetProperty("id").GetGuid();
                said.Add((new Acknowledged(worker, id), Stopwatch.GetTimestamp()));
                using var verify = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/workers/{worker}/milestones/{id}:verify");
                verify.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
                using var verified = await second.SendAsync(verify, killed);
                Assert.That(verified.StatusCode, Is.EqualTo(HttpStatusCode.OK), await verified.Content.ReadAsStringAsync(killed));
                said.Add((new Acknowledged(worker, id, 2), Stopwatch.GetTimestamp()));
            }
            // A connection that ends while it is made comes bare.
            catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private static HttpRequestMessage Request(Guid worker, string key, int i)
    {
        var on = new DateOnly(2010, 1, 1).AddDays(i % 5_000);
        string[] facts =
        [
            $$"""{"type":"skill-level-certificate","occurredOn":"{{on:yyyy-MM-dd}}","attributes":{"grade":"{{5 - (i % 5)}}","certificateNo":"{{i}}"} }""",
            $$"""{"type":"union-membership","occurredOn":"{{on:yyyy-MM-dd}}","attributes":{"employmentForm":"employee"} }""",
            $$"""{"type":"five-small","occurredOn":"{{on:yyyy-MM-dd}}","attributes":{"form":"design","implemented":true} }""",
        ];
        return new HttpRequestMessage(HttpMethod.Post, $"/api/v1/workers/{worker}/milestones")
        {
            Headers = { { "Idempotency-Key", key } },
            Content = new StringContent(facts[i % facts.Length], Encoding.UTF8, "application/json"),
        };
    }

    private static async Task<List<Guid>> AddWorkersAsync(TestDatabase database)
    {
        await using var store = await OpenAsync(database);
        var outcome = await store.Gate.RunAsync<List<Guid>>(tx =>
        {
            var ids = new List<Guid>();
            for (var i = 0; i < Workers; i++)
            {
                var id = tx.NewId();
                var content = new WorkerContent(null, $"Worker {i}", new DateOnly(2009, 7, 1), null, null, null);
                tx.Add(new Revision<WorkerContent>(id, 1, false, content, null, tx.RecordedAt, "local"));
                ids.Add(id);
            }
            return ids;
        });
        return outcome.Value;
    }

    private static async Task<string> SignInAsync(TestDatabase database, bool second = false)
    {
        await using var store = await OpenAsync(database);
        return await (second ? store.SignInSecondAsync() : store.SignInOfficeAsync());
    }

    private static Task<CareerStore> OpenAsync(TestDatabase database) =>
        CareerStore.OpenAsync(TestStore.EngineOf(database), TimeProvider.System, TestFrameworks.Chaoyang, migrate: true);

    /// <summary>PostgreSQL may still be finishing what the killed server had sent.</summary>
    private static async Task NobodyWritesAsync(TestDatabase database)
    {
        if (database.Engine == TestEngine.Sqlite)
        {
            return;
        }
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'",
            connection
        );
        for (var tries = 0; (long)(await command.ExecuteScalarAsync())! > 0; tries++)
        {
            Assert.That(tries, Is.LessThan(300), "connections of the killed server stay open");
            await Task.Delay(100);
        }
    }
}
