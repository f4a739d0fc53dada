using System.Net;
using System.Text;
using CareerCoordinates.Data;
using CareerCoordinates.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api.Ground;

/// <summary>What the store cannot do now is 503 with a time to try again, never a 2xx and never a 500.</summary>
public class OutageTests
{
    private const string District = """{"kind":"district-federation","name":"example","from":"2000-01-01"}""";

    [Test]
    public async Task FullDisk_RefusesTheWrite_KeepsAnswering_AndNeedsNoRepair()
    {
        await using var host = await ApiHost.StartAsync(TestEngine.Sqlite);
        using var client = host.CreateClient();
        using (var before = await Record(client))
        {
            Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }
        await host
            .Services.GetRequiredService<CareerStore>()
            .Gate.MaintainAsync(connection => connection.Execute("PRAGMA max_page_count = 1"));

        // A page may have room left; a database that may not grow is full after a few.
        using var refused = await RecordUntilRefused(client);
        using var list = await client.GetAsync("/api/v1/organizations?count=true");
        using var notReady = await client.GetAsync("/readyz");
        using var after = await Record(client);
        using var ready = await client.GetAsync("/readyz");

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
        Assert.That(list.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(notReady.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task ServerThatIsGone_Gives503ForReadsAndWrites_AndTheProcessLives()
    {
        var cluster = await PostgresCluster.StartAsync();
        var connectionString = await cluster.CreateDatabaseAsync();
        await using var host = new ApiHost(new TestDatabase(TestEngine.Postgres, connectionString, () => Task.CompletedTask));
        using var client = host.CreateClient();
        using (var before = await Record(client))
        {
            Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }

        await cluster.DisposeAsync();
        using var read = await client.GetAsync("/api/v1/organizations");
        using var write = await Record(client);
        using var ready = await client.GetAsync("/readyz");
        using var health = await client.GetAsync("/healthz");

        Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(write.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(write.Headers.RetryAfter, Is.Not.Null);
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task ServerThatCutsItsConnections_IsAskedAgainByThoseWhoRead()
    {
        var cluster = await PostgresCluster.SharedAsync();
        await using var host = new ApiHost(await TestEngine.OpenOnAsync(cluster));
        using var client = host.CreateClient();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetAsync("/api/v1/organizations")));
        await CutConnections(host.Database);

        for (var i = 0; i < 8; i++)
        {
            using var read = await client.GetAsync("/api/v1/organizations");
            Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task ServerThatCutsItsConnections_IsWrittenToAgain_AndReadinessComesBackByItself()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await using var host = new ApiHost(
            new TestDatabase(TestEngine.Postgres, await cluster.CreateDatabaseAsync(), () => Task.CompletedTask)
        );
        using var client = host.CreateClient();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Record(client)));

        await CutConnections(host.Database);
        using var write = await Record(client);
        using var ready = await client.GetAsync("/readyz");

        Assert.That(
            write.StatusCode,
            Is.EqualTo(HttpStatusCode.Created),
            "nothing was under way: it is tried on a new connection"
        );
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task StoreThatFailed_IsTriedByReadiness_ThatKeepsAllWritesAway()
    {
        await using var host = await ApiHost.StartAsync(TestEngine.Sqlite);
        using var client = host.CreateClient();
        using (await Record(client)) { }
        await host
            .Services.GetRequiredService<CareerStore>()
            .Gate.MaintainAsync(connection => connection.Execute("PRAGMA max_page_count = 1"));
        using var refused = await RecordUntilRefused(client);
        using var notReady = await client.GetAsync("/readyz");

        HttpStatusCode status;
        var tries = 0;
        do
        {
            await Task.Delay(200);
            using var asked = await client.GetAsync("/readyz");
            status = asked.StatusCode;
        } while (status != HttpStatusCode.OK && ++tries < 50);

        Assert.That(notReady.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
    }

    private static async Task CutConnections(TestDatabase database)
    {
        await using var connection = new Npgsql.NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var cut = connection.CreateCommand();
        cut.CommandText =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        await cut.ExecuteNonQueryAsync();
    }

    private static async Task<HttpResponseMessage> RecordUntilRefused(HttpClient client)
    {
        for (var i = 0; i < 200; i++)
        {
            var response = await Record(client);
            if (response.StatusCode != HttpStatusCode.Created)
            {
                return response;
            }
            response.Dispose();
        }
        throw new AssertionException("A full database took 200 organisations.");
    }

    private static Task<HttpResponseMessage> Record(HttpClient client) =>
        client.PostAsync("/api/v1/organizations", new StringContent(District, Encoding.UTF8, "application/json"));
}
