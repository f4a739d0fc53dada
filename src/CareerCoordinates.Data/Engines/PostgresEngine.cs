using System.Data.Common;
using CareerCoordinates.Data.Record;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CareerCoordinates.Data.Engines;

/// <summary>PostgreSQL 15 or later: a transaction per write, the worker's row locked, the database's clock.</summary>
public sealed class PostgresEngine : Engine
{
    /// <summary>By this name writers find each other in <c>pg_stat_activity</c>.</summary>
    private const string WriterName = "career-coordinates writer";

    private readonly string readConnection;
    private readonly string writeConnection;

    /// <param name="withPatience">For work on whole tables: no command is given up because it takes long.</param>
    public PostgresEngine(string connectionString, bool withPatience = false)
    {
        if (withPatience)
        {
            connectionString = new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 }.ConnectionString;
        }
        var place = new NpgsqlConnectionStringBuilder(connectionString);
        Place = $"{place.Host ?? "localhost"}:{place.Port}/{place.Database ?? place.Username}";
        readConnection = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Options = "-c default_transaction_read_only=on",
        }.ConnectionString;
        writeConnection = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = WriterName }.ConnectionString;
    }

    public override string Place { get; }

    public override string Name => "postgres";

    public override string? NowSql => "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

    public override string? OldestOpenWriteSql =>
        $"""
            SELECT (extract(epoch FROM min(xact_start)) * 1000000)::bigint FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = '{WriterName}' AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
            """;

    public override bool HasOneWriter => false;

    public override string NewestRecordedAtSql =>
        """
            SELECT coalesce(max(last_recorded_at), 0) FROM (
                SELECT max(last_recorded_at) AS last_recorded_at FROM workers
                UNION ALL SELECT max(last_recorded_at) FROM organizations) AS latest
            """;

    public override string? LookAtImportSql => "ANALYZE import_items, milestone_revisions";

    public override string? LockTreeSql => "SELECT pg_advisory_xact_lock(7236001)";

    public override string? LockTextSql => "SELECT pg_advisory_xact_lock(hashtextextended(@p0, 7236002))";

    public override string? KeepVersionSql => "SELECT pg_advisory_xact_lock_shared(7236003)";

    public override string? ChangeVersionSql => "SELECT pg_advisory_xact_lock(7236003)";

    public override string IndexesSql =>
        """
            SELECT indexname::text, indexdef FROM pg_indexes
            WHERE schemaname = current_schema() AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY indexname
            """;

    public override string TableExistsSql =>
        "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = @p0";

    public override string AfterBulkLoadSql => "ANALYZE";

    public override bool IdsAreBlobs => false;

    public override string SizeSql => "SELECT pg_database_size(current_database())";

    public override string? OtherWritersSql =>
        $"""
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = '{WriterName}' AND pid <> pg_backend_pid()
            """;

    public override DbConnection OpenRead() => Open(readConnection);

    public override DbConnection OpenWrite() => Open(writeConnection);

    public override void Configure(DbContextOptionsBuilder options) =>
        options.UseNpgsql(readConnection, npgsql => npgsql.EnableRetryOnFailure(2, TimeSpan.FromSeconds(1), null));

    public override void ForgetConnections()
    {
        foreach (var pool in new[] { readConnection, writeConnection })
        {
            using var connection = new NpgsqlConnection(pool);
            NpgsqlConnection.ClearPool(connection);
        }
    }

    public override bool IsUniqueViolation(DbException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override string BlankAuditReasonsSql =>
        "UPDATE audit_entries SET details = (details::jsonb - 'reason')::text WHERE worker_id = @p0 AND jsonb_exists(details::jsonb, 'reason')";

    public override string TextOf(string column) => $"convert_from({column}, 'UTF8')";

    /// <summary>When the server's own vacuum takes dead rows out, and for how long its log is kept, is for who runs the server.</summary>
    public override bool SweepFiles(RecordConnection connection) => true;

    public override Statement Prepare(DbConnection connection, string sql, ReadOnlySpan<ColumnKind> kinds) =>
        new PostgresStatement(connection, sql, kinds);

    public override void ReadAll(
        RecordConnection connection,
        TableColumns table,
        IReadOnlyList<string> key,
        Action<object?[]> tell
    ) => PostgresCopy.ReadAll((NpgsqlConnection)connection.Connection, table, key, tell);

    public override TableWriter WriteAll(RecordConnection connection, TableColumns table) =>
        new PostgresCopy((NpgsqlConnection)connection.Connection, table);

    public override void BeginSnapshot(RecordConnection connection) =>
        connection.Transaction = connection.Connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);

    public override void EndSnapshot(RecordConnection connection)
    {
        connection.Transaction!.Commit();
        connection.Transaction.Dispose();
        connection.Transaction = null;
    }

    /// <summary>Closing the connection rolls back.</summary>
    public override void AbandonSnapshot(RecordConnection connection) { }

    private static NpgsqlConnection Open(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        return connection;
    }
}
