using System.Data.Common;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Moves;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Data.Moves;

/// <summary>Every table of the catalog is moved or left out on purpose, with all its columns and in the order of its key.</summary>
[BothEngines]
public class MovedTablesTests(TestEngine engine)
{
    private static readonly string[] OfOneWriter = ["organizations", "workers", "record_changes"];

    [Test]
    public async Task EveryTable_IsMoved_OrLeftOutWithAReason()
    {
        await using var test = await TestStore.OpenAsync(engine);
        using var connection = test.Store.Engine.OpenWrite();

        Assert.That(Forgotten(connection), Is.Empty);
        Assert.That(MovedTables.LeftOut.Values, Has.All.Not.Empty);
        Assert.That(MovedTables.LeftOut.Keys.Intersect(MovedTables.All.Select(t => t.Name)), Is.Empty);
        Assert.That(MovedTables.All.Select(t => t.Name), Is.Unique.And.SubsetOf(Tables(connection)));
        var onlyThere = engine == TestEngine.Sqlite ? OfOneWriter : [];
        Assert.That(MovedTables.LeftOut.Keys.Except(onlyThere), Is.SubsetOf(Tables(connection)));
    }

    [Test]
    public async Task TableThatIsAddedLater_IsMissed()
    {
        await using var test = await TestStore.OpenAsync(engine);
        using var connection = test.Store.Engine.OpenWrite();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE keepsakes (keepsake_id integer NOT NULL PRIMARY KEY)";
        command.ExecuteNonQuery();

        Assert.That(Forgotten(connection), Is.EqualTo(["keepsakes"]));
    }

    [Test]
    public async Task EveryColumn_GoesAlong_AndTheKeyIsThatOfTheCatalog()
    {
        await using var test = await TestStore.OpenAsync(engine);
        using var connection = test.Store.Engine.OpenRead();

        Assert.Multiple(() =>
        {
            foreach (var table in MovedTables.All)
            {
                // Where there is one writer it notes the newest instant beside the clock; it follows from the rest.
                var columns = Columns(connection, table.Name).Except(["newest_recorded_at"]);
                Assert.That(table.Columns.Columns.Select(c => c.Name), Is.EquivalentTo(columns), table.Name);
                Assert.That(table.Key, Is.EqualTo(Key(connection, table.Name)), table.Name);
            }
        });
    }

    private List<string> Forgotten(DbConnection connection) =>
        [.. Tables(connection).Except(MovedTables.All.Select(t => t.Name)).Except(MovedTables.LeftOut.Keys)];

    private List<string> Tables(DbConnection connection) =>
        Read(
            connection,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        );

    private List<string> Columns(DbConnection connection, string table) =>
        Read(
            connection,
            $"SELECT name FROM pragma_table_info('{table}')",
            $"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'"
        );

    private List<string> Key(DbConnection connection, string table) =>
        Read(
            connection,
            $"SELECT name FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk",
            $"""
            SELECT a.attname FROM pg_index i
            JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(number, place) ON true
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
            WHERE i.indrelid = '{table}'::regclass AND i.indisprimary ORDER BY k.place
            """
        );

    private List<string> Read(DbConnection connection, string sqlite, string postgres) =>
        TablesTests.Read(connection, engine == TestEngine.Sqlite ? sqlite : postgres, row => row.GetString(0));
}
