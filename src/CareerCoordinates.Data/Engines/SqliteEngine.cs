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

    private readonly string readConnection;
    private readonly string writeConnection;

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

    public override string Name => "sqlite";

    public override string? NowSql => null;

    public override string? OldestOpenWriteSql => null;

    public override string ForUpdate => "";

    public override string? LockTreeSql => null;

    public override string? LockTextSql => null;

    public override string IndexesSql =>
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";

    public override string TableExistsSql => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @p0";

    public override string AfterBulkLoadSql => "PRAGMA wal_checkpoint(TRUNCATE)";

    public override bool IdsAreBlobs => true;

    public override DbConnection OpenRead()
    {
        var connection = new SqliteConnection(readConnection);
        connection.Open();
        return connection;
    }

    public override DbConnection OpenWrite()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var connection = new SqliteConnection(writeConnection);
        connection.Open();
        // FULL: an acknowledged write survives a power cut. Anything less is an outage, not an option.
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "PRAGMA cache_size = -65536");
        Execute(connection, "PRAGMA recursive_triggers = ON");
        if (Execute(connection, "PRAGMA journal_mode") is not "wal" || Execute(connection, "PRAGMA synchronous") is not 2L)
        {
            connection.Dispose();
            throw new InvalidOperationException($"The database file {Path} cannot be written durably (WAL, synchronous=FULL).");
        }
        return connection;
    }

    public override void Configure(DbContextOptionsBuilder options) => options.UseSqlite(readConnection);

    public override bool IsUniqueViolation(DbException exception) =>
        exception is SqliteException { SqliteErrorCode: ConstraintFailed };

    public override void SetKind(DbParameter parameter, ColumnKind kind) =>
        ((SqliteParameter)parameter).SqliteType = kind switch
        {
            ColumnKind.Id or ColumnKind.Bytes => SqliteType.Blob,
            ColumnKind.Text => SqliteType.Text,
            _ => SqliteType.Integer,
        };

    public override void BeginSnapshot(RecordConnection connection) => connection.Execute("BEGIN");

    public override void EndSnapshot(RecordConnection connection) => connection.Execute("COMMIT");

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
