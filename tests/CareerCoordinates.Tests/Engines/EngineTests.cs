using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CareerCoordinates.Tests.Engines;

[BothEngines]
public class EngineTests(TestEngine engine)
{
    [Test]
    public async Task TwoDatabases_ShareNothing()
    {
        await using var first = await engine.OpenAsync();
        await using var second = await engine.OpenAsync();
        await ExecuteAsync(first, "CREATE TABLE fact (id integer)");

        Assert.That(async () => await ExecuteAsync(second, "CREATE TABLE fact (id integer)"), Throws.Nothing);
        Assert.That(second.ConnectionString, Is.Not.EqualTo(first.ConnectionString));
    }

    [Test]
    public async Task Dispose_RemovesTheDatabase()
    {
        var database = await engine.OpenAsync();
        await ExecuteAsync(database, "CREATE TABLE fact (id integer)");
        await database.DisposeAsync();

        if (engine == TestEngine.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
            Assert.That(Path.GetDirectoryName(file), Does.Not.Exist);
        }
        else
        {
            Assert.That(
                async () => await ExecuteAsync(database, "SELECT 1"),
                Throws.TypeOf<PostgresException>().With.Property("SqlState").EqualTo(PostgresErrorCodes.InvalidCatalogName)
            );
        }
    }

    [Test]
    public async Task Settings_ConfigureAHost()
    {
        await using var database = await engine.OpenAsync();

        Assert.That(database.Settings["Database:Engine"], Is.EqualTo(engine == TestEngine.Sqlite ? "sqlite" : "postgres"));
        Assert.That(database.Settings["ConnectionStrings:Career"], Is.EqualTo(database.ConnectionString));
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using DbConnection connection =
            database.Engine == TestEngine.Sqlite
                ? new SqliteConnection(database.ConnectionString)
                : new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

public class PostgresClusterTests
{
    [Test]
    public async Task Template_IsPreparedOnceAndCopied()
    {
        var cluster = await PostgresCluster.SharedAsync();
        var prepared = 0;
        async Task Prepare(string connectionString)
        {
            prepared++;
            await ScalarAsync(connectionString, "CREATE TABLE fact AS SELECT 42 AS answer");
        }

        await cluster.EnsureTemplateAsync("template_of_a_test", Prepare);
        await cluster.EnsureTemplateAsync("template_of_a_test", Prepare);
        await using var copy = await TestEngine.OpenOnAsync(cluster, "template_of_a_test");

        Assert.That(await ScalarAsync(copy.ConnectionString, "SELECT answer FROM fact"), Is.EqualTo(42));
        Assert.That(prepared, Is.EqualTo(1));
    }

    [Test]
    public async Task SharedCluster_DoesNotWaitForTheDisk()
    {
        var cluster = await PostgresCluster.SharedAsync();

        Assert.That(await ScalarAsync(await cluster.CreateDatabaseAsync(), "SHOW fsync"), Is.EqualTo("off"));
    }

    [Test]
    public async Task DurableCluster_WaitsForTheDisk_AndLeavesNothingBehind()
    {
        var cluster = await PostgresCluster.StartAsync(durable: true);
        var connectionString = await cluster.CreateDatabaseAsync();
        Assert.That(await ScalarAsync(connectionString, "SHOW fsync"), Is.EqualTo("on"));
        Assert.That(await ScalarAsync(connectionString, "SHOW synchronous_commit"), Is.EqualTo("on"));
        Assert.That(cluster.Folder, Does.Exist);

        await cluster.DisposeAsync();

        Assert.That(cluster.Folder, Does.Not.Exist);
        using var client = new TcpClient();
        Assert.That(async () => await client.ConnectAsync("127.0.0.1", cluster.Port), Throws.TypeOf<SocketException>());
    }

    [Test]
    public void MissingPrograms_FailAndNameTheRemedy()
    {
        if (Environment.GetEnvironmentVariable("CAREER_TEST_POSTGRES_BIN") is { Length: > 0 } named)
        {
            Assert.That(PostgresCluster.FindPrograms("/nowhere"), Is.EqualTo(named));
            return;
        }

        Assert.That(
            () => PostgresCluster.FindPrograms("/nowhere"),
            Throws.InvalidOperationException.With.Message.Contains("tests/run").And.Message.Contains("/nowhere")
        );
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
