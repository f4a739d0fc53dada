using System.Data.Common;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Tests.Data;

/// <summary>What the hand-kept migrations made is what the program believes: columns, triggers, STRICT and WITHOUT ROWID.</summary>
[BothEngines]
public class TablesTests(TestEngine engine)
{
    private static readonly TableColumns[] Written =
    [
        RecordTables.Organizations,
        RecordTables.Workers,
        RecordTables.Affiliations,
        RecordTables.Milestones,
        RecordTables.Contests,
        RecordTables.Standings,
        RecordTables.Idempotency,
        RecordTables.FrameworkVersions,
        AccessTables.Accounts,
        AccessTables.RoleGrants,
        AccessTables.SignIns,
        AccessTables.AuditEntries,
        AccessTables.AuditEntryWorkers,
        AccessTables.ClaimCodes,
        AccessTables.KnownDevices,
        AccessTables.Notices,
        AccessTables.NoticeAcknowledgements,
        AccessTables.ApiTokens,
        ProtectionTables.Keys,
        ProtectionTables.WorkerKeys,
        ProtectionTables.Index,
        ProtectionTables.Erasures,
        ReportTables.EnteredFigures,
        ReportTables.Entered,
        ReportTables.SavedReports,
        ImportTables.Imports,
        ImportTables.Parts,
        ImportTables.Items,
        ImportTables.Samples,
    ];

    [Test]
    public async Task Catalog_HasTheColumnsThatTheProgramWrites()
    {
        await using var test = await TestStore.OpenAsync(engine);
        using var connection = test.Store.Engine.OpenRead();

        Assert.Multiple(() =>
        {
            foreach (var table in Written)
            {
                var expected = table.Columns.Select(c => (c.Name, Type(test.Store.Engine, c.Kind)));
                Assert.That(ColumnsOf(connection, table.Table), Is.EquivalentTo(expected), table.Table);
            }
        });
    }

    [Test]
    public async Task Catalog_HasTheColumnsOfTheModel()
    {
        await using var test = await TestStore.OpenAsync(engine);
        using var connection = test.Store.Engine.OpenRead();
        using var context = test.Store.Read();

        Assert.Multiple(() =>
        {
            foreach (var entity in context.Model.GetEntityTypes().Where(e => e.GetTableName() is not null))
            {
                var columns = entity.GetProperties().Select(p => (p.GetColumnName(), p.GetColumnType().ToLowerInvariant()));
                Assert.That(ColumnsOf(connection, entity.GetTableName()!), Is.EquivalentTo(columns), entity.GetTableName());
            }
        });
    }

    [TestCase("UPDATE milestone_revisions SET note = 'x'")]
    [TestCase("UPDATE milestone_revisions SET superseded_at = NULL")]
    [TestCase("UPDATE milestone_revisions SET superseded_at = 5, note = 'x'")]
    [TestCase("DELETE FROM milestone_revisions")]
    [TestCase("UPDATE worker_revisions SET name = 'x'")]
    [TestCase("DELETE FROM worker_revisions")]
    [TestCase("UPDATE framework_versions SET content = 'x'")]
    [TestCase("UPDATE entered_figure_revisions SET number = 0")]
    [TestCase("UPDATE entered_figure_revisions SET superseded_at = NULL")]
    [TestCase("UPDATE entered_figure_revisions SET superseded_at = 5, source = 'x'")]
    [TestCase("DELETE FROM entered_figure_revisions")]
    public async Task History_CannotBeChangedByAnybody(string sql)
    {
        await using var test = await TestStore.OpenAsync(engine);
        var worker = await test.AddWorkerAsync();
        var content = new MilestoneContent("anything", PartialDate.Parse("2020-01"), null, null, AttributeSet.Empty, [], null);
        await test.AddMilestoneAsync(worker, content);
        await test.AddEnteredFigureAsync(await test.AddOrganizationAsync("Pier"), "days", 3);
        using var connection = test.Store.Engine.OpenWrite();
        using var command = connection.CreateCommand();
        command.CommandText = sql;

        Assert.That(command.ExecuteNonQuery, Throws.InstanceOf<DbException>().With.Message.Contains("append-only"));
    }

    /// <summary>A column that is added later is guarded too, or this tells.</summary>
    [Test]
    public async Task EveryColumnOfHistory_IsGuarded()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var worker = await test.AddWorkerAsync();
        var organization = await test.AddOrganizationAsync("Pier");
        var content = new MilestoneContent("anything", PartialDate.Parse("2020-01"), null, null, AttributeSet.Empty, [], null);
        var milestone = await test.AddMilestoneAsync(worker, content);
        await test.AddEnteredFigureAsync(organization, "days", 3);
        await test.Store.Gate.RunAsync<bool>(tx =>
        {
            var place = new AffiliationContent(
                AffiliationKind.LabourContract,
                organization,
                null,
                new DateOnly(2015, 1, 1),
                null,
                false,
                null,
                null,
                null
            );
            tx.Add(worker, new Revision<AffiliationContent>(tx.NewId(), 1, false, place, null, tx.RecordedAt, "local"));
            tx.Add(worker, new MilestoneContest(milestone.MilestoneId, 1, false, "not so", tx.RecordedAt, "local"));
            tx.Audit("local", "recordWorker", worker);
            return true;
        });
        TableColumns[] history =
        [
            RecordTables.Organizations,
            RecordTables.Workers,
            RecordTables.Affiliations,
            RecordTables.Milestones,
            RecordTables.Contests,
            AccessTables.AuditEntries,
            ReportTables.EnteredFigures,
        ];
        using var connection = test.Store.Engine.OpenWrite();

        Assert.Multiple(() =>
        {
            foreach (var table in history)
            {
                foreach (var (column, _) in ColumnsOf(connection, table.Table).Where(c => c.Item1 != "superseded_at"))
                {
                    using var command = connection.CreateCommand();
                    command.CommandText = $"UPDATE {table.Table} SET {column} = {column}";
                    Assert.That(
                        command.ExecuteNonQuery,
                        Throws.InstanceOf<DbException>().With.Message.Contains("append-only"),
                        $"{table.Table}.{column}"
                    );
                }
            }
        });
    }

    [Test]
    public async Task SupersededAt_IsSetOnce()
    {
        await using var test = await TestStore.OpenAsync(engine);
        await test.AddWorkerAsync();
        using var connection = test.Store.Engine.OpenWrite();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE worker_revisions SET superseded_at = 5";

        Assert.That(command.ExecuteNonQuery(), Is.EqualTo(1));
        Assert.That(command.ExecuteNonQuery, Throws.InstanceOf<DbException>().With.Message.Contains("append-only"));
    }

    [Test]
    public async Task SupersededAt_OfAnEnteredFigure_IsSetOnce()
    {
        await using var test = await TestStore.OpenAsync(engine);
        await test.AddEnteredFigureAsync(await test.AddOrganizationAsync("Pier"), "days", 3);
        using var connection = test.Store.Engine.OpenWrite();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE entered_figure_revisions SET superseded_at = 5";

        Assert.That(command.ExecuteNonQuery(), Is.EqualTo(1));
        Assert.That(command.ExecuteNonQuery, Throws.InstanceOf<DbException>().With.Message.Contains("append-only"));
    }

    [Test]
    public async Task Reader_CannotWrite()
    {
        await using var test = await TestStore.OpenAsync(engine);
        using var connection = test.Store.Engine.OpenRead();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE record_clock SET closed_through = 1";

        Assert.That(command.ExecuteNonQuery, Throws.InstanceOf<DbException>());
    }

    private static string Type(Engine engine, ColumnKind kind) =>
        (kind, engine.IdsAreBlobs) switch
        {
            (ColumnKind.Id or ColumnKind.Bytes, true) => "blob",
            (ColumnKind.Text, _) => "text",
            (_, true) => "integer",
            (ColumnKind.Id, _) => "uuid",
            (ColumnKind.Bytes, _) => "bytea",
            (ColumnKind.Big, _) => "bigint",
            (ColumnKind.Flag, _) => "boolean",
            _ => "integer",
        };

    private List<(string, string)> ColumnsOf(DbConnection connection, string table) =>
        engine == TestEngine.Sqlite
            ? Read(
                connection,
                $"SELECT name, lower(type) FROM pragma_table_info('{table}')",
                r => (r.GetString(0), r.GetString(1))
            )
            : Read(
                connection,
                $"SELECT column_name, data_type FROM information_schema.columns WHERE table_name = '{table}'",
                r => (r.GetString(0), r.GetString(1))
            );

    internal static List<T> Read<T>(DbConnection connection, string sql, Func<DbDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var found = new List<T>();
        while (reader.Read())
        {
            found.Add(read(reader));
        }
        return found;
    }
}

/// <summary>What only SQLite can be asked.</summary>
public class SqliteTablesTests
{
    [Test]
    public async Task SqliteTables_AreStrictAndClustered()
    {
        await using var test = await TestStore.OpenAsync(TestEngine.Sqlite);
        using var connection = test.Store.Engine.OpenRead();

        var tables = TablesTests.Read(
            connection,
            "SELECT name, wr, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
            r => (r.GetString(0), r.GetInt32(1), r.GetInt32(2))
        );

        // Pieces of a megabyte are better beside a tree of small keys than in it.
        Assert.That(
            tables.Where(t => t.Item1 is not ("schema_versions" or "import_parts")),
            Has.All.Matches<(string, int, int)>(t => t is (_, 1, 1))
        );
        Assert.That(tables, Has.Count.GreaterThan(10));
    }

    [Test]
    public async Task Replace_IsNoWayAroundTheTriggers([Values("worker_revisions", "entered_figure_revisions")] string table)
    {
        await using var test = await TestStore.OpenAsync(TestEngine.Sqlite);
        await test.AddWorkerAsync();
        await test.AddEnteredFigureAsync(await test.AddOrganizationAsync("Pier"), "days", 3);
        using var connection = test.Store.Engine.OpenWrite();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA recursive_triggers = OFF; INSERT OR REPLACE INTO {table} SELECT * FROM {table}";

        Assert.That(command.ExecuteNonQuery, Throws.InstanceOf<DbException>());
    }
}
