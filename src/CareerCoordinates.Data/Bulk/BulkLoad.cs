using System.Data.Common;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;

namespace CareerCoordinates.Data.Bulk;

/// <summary>
/// Fills an empty database with whole records in large transactions, the triggers on. The indexes that are not keys are
/// taken away first and built at the end, and so are the small tables of unique numbers. Run it inside
/// <see cref="Gate.WriteGate.MaintainAsync"/>.
/// </summary>
public sealed class BulkLoad
{
    /// <summary>Remembers the indexes that are to be built; it exists only while a load runs, or after one was killed.</summary>
    private const string PendingTable = "bulk_load_indexes";

    private static readonly TableColumns OrganizationAnchors = new(
        "organizations",
        ("organization_id", ColumnKind.Id),
        ("last_recorded_at", ColumnKind.Big)
    );

    private static readonly TableColumns WorkerAnchors = new(
        "workers",
        ("worker_id", ColumnKind.Id),
        ("last_recorded_at", ColumnKind.Big)
    );

    private static readonly string[] UniqueNumbersSql =
    [
        """
            INSERT INTO worker_numbers (number, worker_id)
            SELECT number, worker_id FROM worker_revisions
            WHERE superseded_at IS NULL AND state = 'active' AND number IS NOT NULL ORDER BY number
            """,
        """
            INSERT INTO staff_numbers (organization_id, staff_number, affiliation_id, worker_id, from_day, until_day)
            SELECT organization_id, staff_number, affiliation_id, worker_id, from_day, until_day FROM affiliation_revisions a
            WHERE superseded_at IS NULL AND state = 'active' AND organization_id IS NOT NULL AND staff_number IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM worker_revisions w
                WHERE w.worker_id = a.worker_id AND w.superseded_at IS NULL AND w.state = 'voided')
            ORDER BY organization_id, staff_number
            """,
        """
            INSERT INTO credit_codes (credit_code, organization_id)
            SELECT credit_code, organization_id FROM organization_revisions
            WHERE superseded_at IS NULL AND state = 'active' AND credit_code IS NOT NULL ORDER BY credit_code
            """,
        """
            INSERT INTO entered_figures (organization_id, indicator, figure, year_kind, year, entered_figure_id)
            SELECT organization_id, indicator, figure, year_kind, year, entered_figure_id FROM entered_figure_revisions
            WHERE superseded_at IS NULL AND state = 'active' ORDER BY organization_id, indicator, figure
            """,
    ];

    private readonly RecordConnection connection;

    private BulkLoad(RecordConnection connection) => this.connection = connection;

    /// <summary>True where nothing was ever recorded.</summary>
    public static bool IsEmpty(RecordConnection connection) =>
        connection.Prepared("SELECT 1 FROM organization_revisions LIMIT 1").Scalar(null) is null
        && connection.Prepared("SELECT 1 FROM worker_revisions LIMIT 1").Scalar(null) is null;

    /// <summary>True where a load was killed, and <see cref="Complete"/> has not run since.</summary>
    internal static bool IsUnfinished(RecordConnection connection) =>
        connection.Prepared(connection.Engine.TableExistsSql, ColumnKind.Text).Scalar(null, PendingTable) is not null;

    /// <summary>Takes the indexes away. Call <see cref="Complete"/> in the end, whatever happens.</summary>
    /// <exception cref="InvalidOperationException">The database is not empty.</exception>
    public static BulkLoad Begin(RecordConnection connection)
    {
        if (!IsEmpty(connection))
        {
            throw new InvalidOperationException("A bulk load needs an empty database.");
        }
        InTransaction(
            connection,
            () =>
            {
                Run(connection, $"CREATE TABLE {PendingTable} (definition TEXT NOT NULL)");
                var indexes = connection
                    .Prepared(connection.Engine.IndexesSql)
                    .Read(connection.Transaction, row => (Name: row.Text(), Definition: row.Text()));
                foreach (var (name, definition) in indexes)
                {
                    connection
                        .Prepared($"INSERT INTO {PendingTable} (definition) VALUES (@p0)", ColumnKind.Text)
                        .Execute(connection.Transaction, definition);
                    Run(connection, $"DROP INDEX {name}");
                }
            }
        );
        return new BulkLoad(connection);
    }

    /// <summary>Inserts rows in one transaction; when it returns they are durable.</summary>
    public void Write(IEnumerable<BulkRows> batches) =>
        InTransaction(
            connection,
            () =>
            {
                foreach (var rows in batches)
                {
                    NoteNewest(rows);
                    Insert(RecordTables.Organizations, rows.Organizations);
                    Insert(ReportTables.EnteredFigures, rows.EnteredFigures);
                    Insert(RecordTables.Workers, rows.Workers);
                    Insert(RecordTables.Affiliations, rows.Affiliations);
                    Insert(RecordTables.Milestones, rows.Milestones);
                    Insert(RecordTables.Contests, rows.Contests);
                    Insert(RecordTables.Standings, rows.Standings);
                }
            }
        );

    /// <summary>
    /// Builds what <see cref="Begin"/> took away, also for a load that was killed: what it had committed are whole records.
    /// Does nothing where no load is open.
    /// </summary>
    /// <param name="progress">Told each step before it begins: how many are done, and of how many.</param>
    public static void Complete(RecordConnection connection, Action<int, int>? progress = null)
    {
        if (!IsUnfinished(connection))
        {
            return;
        }
        InTransaction(
            connection,
            () =>
            {
                var indexes = connection
                    .Prepared($"SELECT definition FROM {PendingTable}")
                    .Read(connection.Transaction, row => row.Text());
                string[] steps = [.. UniqueNumbersSql, .. indexes];
                for (var i = 0; i < steps.Length; i++)
                {
                    progress?.Invoke(i, steps.Length);
                    Run(connection, steps[i]);
                }
                Run(connection, $"DROP TABLE {PendingTable}");
            }
        );
        Run(connection, connection.Engine.AfterBulkLoadSql);
    }

    private void NoteNewest(BulkRows rows)
    {
        if (connection.Engine.HasOneWriter)
        {
            connection.NoteNewest(rows.NewestRecordedAt);
            return;
        }
        Insert(OrganizationAnchors, rows.OrganizationAnchors);
        Insert(WorkerAnchors, rows.WorkerAnchors);
    }

    private void Insert(TableColumns table, List<object?[]> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }
        var insert = connection.Prepared(table.InsertSql, table.Kinds);
        foreach (var row in rows)
        {
            insert.Execute(connection.Transaction, row);
        }
    }

    /// <summary>Not kept as a prepared command: each of these runs once.</summary>
    private static void Run(RecordConnection connection, string sql)
    {
        using var command = connection.Connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        command.Transaction = connection.Transaction;
        command.ExecuteNonQuery();
    }

    private static void InTransaction(RecordConnection connection, Action work)
    {
        using DbTransaction transaction = connection.Connection.BeginTransaction();
        connection.Transaction = transaction;
        try
        {
            work();
            transaction.Commit();
        }
        finally
        {
            connection.Transaction = null;
        }
    }
}
