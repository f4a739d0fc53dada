using System.Data.Common;
using CareerCoordinates.Data.Record;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Data.Engines;

/// <summary>SQLite inside the process: one file, WAL, one writing connection, read-only readers.</summary>
public sealed class SqliteEngine : Engine
{
    private const int BusyTimeoutSeconds = 30;
    private const int ConstraintFailed = 19;

    /// <summary>8 MB: a busy page is copied into the file once for many changes, and nobody waits long for it.</summary>
    private const int PagesBetweenCheckpoints = 2_048;

    private readonly string readConnection;
    private readonly string writeConnection;

    static SqliteEngine()
    {
        // Before the library's first use: a connection is used by one thread at a time, and nobody asks for its memory statistics.
        SQLitePCL.Batteries_V2.Init();
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MULTITHREAD);
        _ = SQLitePCL.raw.sqlite3_config(SQLitePCL.raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteEngine(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString)
        {
            ForeignKeys = false,
            DefaultTimeout = BusyTimeoutSeconds,
        };
        Path = System.IO.Path.GetFullPath(builder.DataSource);
        builder.DataSource = Path;
        builder.Mode = SqliteOpenMode.ReadOnly;
        readConnection = builder.ConnectionString;
        builder.Mode = SqliteOpenMode.ReadWriteCreate;
        builder.Pooling = false;
        writeConnection = builder.ConnectionString;
    }

    public string Path { get; }

    public override string Place => Path;

    public override string Name => "sqlite";

    public override string? NowSql => null;

    public override string? OldestOpenWriteSql => null;

    public override bool HasOneWriter => true;

    public override string NewestRecordedAtSql => "SELECT newest_recorded_at FROM record_clock";

    public override string? LookAtImportSql => null;

    public override string? LockTreeSql => null;

    public override string? LockTextSql => null;

    public override string? KeepVersionSql => null;

    public override string? ChangeVersionSql => null;

    public override string IndexesSql =>
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";

    public override string TableExistsSql => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @p0";

    public override string AfterBulkLoadSql => "PRAGMA wal_checkpoint(TRUNCATE)";

    public override bool IdsAreBlobs => true;

    public override string SizeSql => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";

    public override string? OtherWritersSql => null;

    public override DbConnection OpenRead() => Open(readConnection);

    public override DbConnection OpenWrite()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var connection = Open(writeConnection);
        // FULL: an acknowledged write survives a power cut. Anything less is an outage, not an option.
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "PRAGMA cache_size = -16384");
        Execute(connection, $"PRAGMA wal_autocheckpoint = {PagesBetweenCheckpoints}");
        Execute(connection, "PRAGMA recursive_triggers = ON");
        // What is deleted is overwritten where its page is written anyway.
        Execute(connection, "PRAGMA secure_delete = FAST");
        if (Execute(connection, "PRAGMA journal_mode") is not "wal" || Execute(connection, "PRAGMA synchronous") is not 2L)
        {
            connection.Dispose();
            throw new InvalidOperationException($"The database file {Path} cannot be written durably (WAL, synchronous=FULL).");
        }
        return connection;
    }

    /// <summary>
    /// A connection that fills a file which nobody else sees until it is whole: without a journal, and without waiting for the disk. Whoever
    /// makes the file known sees to it that it is on the disk, and throws away one that was not finished.
    /// </summary>
    public SqliteConnection OpenUnseen()
    {
        var connection = Open(writeConnection);
        Execute(connection, "PRAGMA journal_mode = OFF");
        Execute(connection, "PRAGMA synchronous = OFF");
        Execute(connection, "PRAGMA cache_size = -65536");
        return connection;
    }

    public override void Configure(DbContextOptionsBuilder options) => options.UseSqlite(readConnection);

    public override void ForgetConnections() { }

    public override bool IsUniqueViolation(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: ConstraintFailed };

    public override string BlankAuditReasonsSql =>
        "UPDATE audit_entries SET details = json_remove(details, '$.reason') WHERE worker_id = @p0 AND json_type(details, '$.reason') IS NOT NULL";

    public override string TextOf(string column) => $"CAST({column} AS TEXT)";

    /// <summary>
    /// Where a page was split, a copy of what moved may stay in the gap: only writing the whole file anew leaves nothing behind. It takes
    /// about as long as copying the file; reads go on.
    /// </summary>
    public override bool SweepFiles(RecordConnection connection)
    {
        try
        {
            Execute((SqliteConnection)connection.Connection, "VACUUM");
            return Execute((SqliteConnection)connection.Connection, "PRAGMA wal_checkpoint(TRUNCATE)") is 0L;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    public override Statement Prepare(DbConnection connection, string sql, ReadOnlySpan<ColumnKind> kinds) =>
        new SqliteStatement((SqliteConnection)connection, sql);

    public override void ReadAll(
        RecordConnection connection,
        TableColumns table,
        IReadOnlyList<string> key,
        Action<object?[]> tell
    )
    {
        var values = new object?[table.Columns.Count];
        using var select = Prepare(
            connection.Connection,
            $"SELECT {table.Names} FROM {table.Table} ORDER BY {string.Join(", ", key)}",
            []
        );
        select.Each(
            connection.Transaction,
            row =>
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = row.Next(table.Kinds[i]);
                }
                tell(values);
            }
        );
    }

    public override TableWriter WriteAll(RecordConnection connection, TableColumns table) =>
        new SqliteTableWriter(connection, table);

    public override void BeginSnapshot(RecordConnection connection) => connection.Execute("BEGIN");

    public override void EndSnapshot(RecordConnection connection) => connection.Execute("COMMIT");

    /// <summary>A closed connection goes to a pool as it is, with its transaction, unless SQLite has rolled back by itself.</summary>
    public override void AbandonSnapshot(RecordConnection connection)
    {
        if (connection.Connection is SqliteConnection { Handle: { } handle } && SQLitePCL.raw.sqlite3_get_autocommit(handle) == 0)
        {
            connection.Execute("ROLLBACK");
        }
    }

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Execute(connection, $"PRAGMA busy_timeout = {BusyTimeoutSeconds * 1000}");
        return connection;
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
