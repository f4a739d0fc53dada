using System.Data.Common;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Data.Moves;

/// <summary>An empty database to which a record is moved.</summary>
public abstract class DatabaseTarget : MoveTarget
{
    private const string WorkerAnchorsSql = """
        INSERT INTO workers (worker_id, last_recorded_at)
        SELECT worker_id, max(recorded_at) FROM (
            SELECT worker_id, recorded_at FROM worker_revisions
            UNION ALL SELECT worker_id, recorded_at FROM affiliation_revisions
            UNION ALL SELECT worker_id, recorded_at FROM milestone_revisions
            UNION ALL SELECT worker_id, recorded_at FROM milestone_contests
            UNION ALL SELECT worker_id, recorded_at FROM standings) AS recorded
        GROUP BY worker_id ORDER BY worker_id
        """;

    private const string OrganizationAnchorsSql = """
        INSERT INTO organizations (organization_id, last_recorded_at)
        SELECT organization_id, max(recorded_at) FROM (
            SELECT organization_id, recorded_at FROM organization_revisions
            UNION ALL SELECT organization_id, recorded_at FROM entered_figure_revisions) AS recorded
        GROUP BY organization_id ORDER BY organization_id
        """;

    private readonly List<string> indexes = [];

    protected RecordConnection? Connection { get; private set; }

    public static DatabaseTarget Of(Engine engine) =>
        engine is SqliteEngine { Path: var path } ? new SqliteTarget(path) : new PostgresTarget((PostgresEngine)engine);

    public override void Begin()
    {
        Connection = Open();
        Connection.Transaction = Connection.Connection.BeginTransaction();
        var ofOthers = ReadIndexes().Select(index => index.Name).ToHashSet();
        MakeTables(Connection);
        foreach (var (name, definition) in ReadIndexes().Where(index => !ofOthers.Contains(index.Name)))
        {
            indexes.Add(definition);
            Run($"DROP INDEX {name}");
        }
        // The one row that the migrations make; the one that is moved takes its place.
        Run($"DELETE FROM {RecordTables.Clock.Table}");
    }

    /// <summary>In the audit trail of a record that could not be told at its source, as a file cannot.</summary>
    public void Audit(TimeProvider time, object details) => MoveAudit.Write(Connection!, time, details);

    internal override TableContent Take(MovedTable table, MoveSource source, MoveWatch watch)
    {
        using var writer = Connection!.Engine.WriteAll(Connection, table.Columns);
        var read = source.Read(table, watch, (values, _) => writer.Write(values));
        writer.Complete();
        return read;
    }

    internal override void Finish(MoveWatch watch)
    {
        string[] steps =
        [
            .. Connection!.Engine.HasOneWriter ? [NewestSql()] : new[] { WorkerAnchorsSql, OrganizationAnchorsSql },
            .. indexes,
            .. LastSteps,
        ];
        for (var i = 0; i < steps.Length; i++)
        {
            watch.Steps(i, steps.Length);
            Run(steps[i]);
        }
    }

    internal override TableContent Read(MovedTable table, MoveWatch watch) =>
        DatabasePlace.Read(Connection!, table, watch, (_, _) => { });

    internal override void Complete(IReadOnlyList<TableContent> contents)
    {
        Connection!.Transaction!.Commit();
        Close();
    }

    public override void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>A connection to what nobody sees yet.</summary>
    protected abstract RecordConnection Open();

    protected virtual void MakeTables(RecordConnection connection) =>
        Migrator.Bring(connection, connection.Transaction!, migrate: true);

    /// <summary>What the engine needs once everything is there.</summary>
    protected virtual IReadOnlyList<string> LastSteps => [];

    /// <summary>What is not committed is undone.</summary>
    protected void Close()
    {
        Connection?.Transaction?.Dispose();
        Connection?.Dispose();
        Connection = null;
    }

    private List<(string Name, string Definition)> ReadIndexes() =>
        Connection!.Prepared(Connection.Engine.IndexesSql).Read(Connection.Transaction, row => (row.Text(), row.Text()));

    /// <summary>The newest of everything that was ever recorded.</summary>
    private static string NewestSql()
    {
        var newest = MovedTables
            .All.Where(t => t.Columns.Columns.Any(c => c.Name == "recorded_at"))
            .Select(t => $"SELECT max(recorded_at) AS newest FROM {t.Name}")
            .Append($"SELECT max(published_at) FROM {RecordTables.FrameworkVersions.Table}");
        return $"UPDATE record_clock SET newest_recorded_at = (SELECT coalesce(max(newest), 0) FROM ({string.Join(" UNION ALL ", newest)}))";
    }

    /// <summary>Not kept as a prepared command: each of these runs once.</summary>
    private void Run(string sql)
    {
        using DbCommand command = Connection!.Connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = Connection.Transaction;
        command.ExecuteNonQuery();
    }
}
