using Microsoft.Data.Sqlite;
using NUnit.Framework.Internal;

namespace CareerCoordinates.Tests.Engines;

/// <summary>
/// Runs the fixture once on SQLite and once on PostgreSQL. Its constructor takes a <see cref="TestEngine"/>:
/// <c>[BothEngines] public class WorkerRecordTests(TestEngine engine)</c>. The engine's name is the category of its tests.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BothEnginesAttribute() : TestFixtureSourceAttribute(typeof(TestEngine), nameof(TestEngine.Fixtures));

/// <summary>One of the two engines the product runs on; opens fresh databases for tests.</summary>
public sealed class TestEngine
{
    public static readonly TestEngine Sqlite = new("sqlite");
    public static readonly TestEngine Postgres = new("postgres");

    private TestEngine(string name) => Name = name;

    public static IReadOnlyList<TestEngine> Both { get; } = [Sqlite, Postgres];

    public static IEnumerable<TestFixtureData> Fixtures => Both.Select(FixtureOf);

    /// <summary>As the setting <c>Database:Engine</c> spells it.</summary>
    public string Name { get; }

    /// <summary>A fresh, empty database. Its disposal removes it.</summary>
    public async Task<TestDatabase> OpenAsync()
    {
        if (this == Postgres)
        {
            var cluster = await PostgresCluster.SharedAsync();
            return await OpenOnAsync(cluster);
        }

        var folder = Directory.CreateTempSubdirectory("career-sqlite-");
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.FullName, "career.db") };
        return new TestDatabase(
            this,
            file.ConnectionString,
            () =>
            {
                // The product pools connections under strings of its own; idle ones would keep the removed file open.
                SqliteConnection.ClearAllPools();
                folder.Delete(recursive: true);
                return Task.CompletedTask;
            }
        );
    }

    /// <summary>A fresh database on a server of the caller's own (one with fsync on, say), empty or copied from a template.</summary>
    public static async Task<TestDatabase> OpenOnAsync(PostgresCluster cluster, string? template = null)
    {
        var connectionString = await cluster.CreateDatabaseAsync(template);
        return new TestDatabase(Postgres, connectionString, () => cluster.DropDatabaseAsync(connectionString));
    }

    public override string ToString() => Name;

    private static TestFixtureData FixtureOf(TestEngine engine)
    {
        var fixture = new TestFixtureData(engine);
        fixture.Properties.Add(PropertyNames.Category, engine.Name);
        return fixture;
    }
}

/// <summary>A database that a test has to itself.</summary>
public sealed class TestDatabase(TestEngine engine, string connectionString, Func<Task> remove) : IAsyncDisposable
{
    public TestEngine Engine { get; } = engine;

    public string ConnectionString { get; } = connectionString;

    /// <summary>What a host must be configured with to use this database.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?>
        {
            ["Database:Engine"] = engine.Name,
            ["ConnectionStrings:Career"] = connectionString,
            // SQLite has a file of its own beside the database.
            ["Protection:KeyFile"] = engine == TestEngine.Postgres ? TestKeyFile.Path : "",
        };

    public async ValueTask DisposeAsync() => await remove();
}
