using System.Globalization;
using System.Text.Json;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Bulk;
using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Time;
using Microsoft.Data.Sqlite;

namespace CareerCoordinates.Data.Moves;

/// <summary>A database from which a record is moved. While this is open nobody else writes to it.</summary>
public sealed class DatabaseSource : MoveSource
{
    private const int MostTries = 20;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly Engine engine;
    private readonly FileStream? fileLock;
    private readonly RecordConnection connection;

    private DatabaseSource(Engine engine, FileStream? fileLock, RecordConnection connection)
    {
        this.engine = engine;
        this.fileLock = fileLock;
        this.connection = connection;
    }

    public override string Name => engine.Place;

    public override string Identity => DatabasePlace.IdentityOf(connection);

    public override long Size => Number(engine.SizeSql);

    /// <param name="readOnly">Nothing will be written to it, not even that it was moved.</param>
    /// <exception cref="MoveException">A server has it open, or its tables are not of this program's version.</exception>
    public static DatabaseSource Open(Engine engine, bool readOnly)
    {
        var fileLock = engine is SqliteEngine { Path: var path } ? Lock(path) : null;
        RecordConnection? connection = null;
        try
        {
            connection = new RecordConnection(engine, readOnly ? engine.OpenRead() : engine.OpenWrite());
            var opened = new DatabaseSource(engine, fileLock, connection);
            opened.CheckTables();
            opened.LetOthersGo();
            // Whatever is being written ends first; nothing of it is missing in what is read afterwards.
            opened.Begin();
            engine.EndSnapshot(connection);
            return opened;
        }
        catch (Exception e)
        {
            Close(engine, connection, fileLock);
            throw e is SqliteException refused && engine is SqliteEngine file ? SqliteFile.Explain(file.Path, refused) : e;
        }
    }

    /// <summary>
    /// Notes in the audit trail that the record is moved, before any of it leaves; so the entry goes along, and both sides hold it.
    /// </summary>
    /// <param name="to">Such as <c>postgres</c>.</param>
    public void Audit(string to, TimeProvider time)
    {
        using var transaction = connection.Connection.BeginTransaction();
        connection.Transaction = transaction;
        try
        {
            MoveAudit.Write(connection, time, new { to });
            transaction.Commit();
        }
        finally
        {
            connection.Transaction = null;
        }
    }

    public override void Begin()
    {
        engine.BeginSnapshot(connection);
        foreach (var sql in new[] { engine.LockTreeSql, engine.ChangeVersionSql })
        {
            if (sql is not null)
            {
                connection.Execute(sql);
            }
        }
        if (OthersWrite())
        {
            throw new MoveException(
                $"A server has {Name} open. Stop it, and start none until the record is moved: what it wrote meanwhile would be missing.",
                $"服务正在使用 {Name}。请先停止，并在迁移完成前不要启动任何服务，否则期间写入的内容会遗漏。"
            );
        }
    }

    /// <summary>The versions of the framework under which it was recorded.</summary>
    public IReadOnlyList<MovedFramework> ReadFrameworks() =>
        connection
            .Prepared("SELECT code, version, hash FROM framework_versions ORDER BY code, version")
            .Read(connection.Transaction, row => new MovedFramework(row.Text(), row.Int(), row.Text()));

    public override IReadOnlyList<long> CountRows() => [.. MovedTables.All.Select(t => Number($"SELECT count(*) FROM {t.Name}"))];

    internal override TableContent Read(MovedTable table, MoveWatch watch, MovedRow tell) =>
        DatabasePlace.Read(connection, table, watch, tell);

    public override void Dispose()
    {
        engine.AbandonSnapshot(connection);
        Close(engine, connection, fileLock);
    }

    /// <summary>No idle connection stays open, by which this program would be taken for a server.</summary>
    private static void Close(Engine engine, RecordConnection? connection, FileStream? fileLock)
    {
        connection?.Dispose();
        engine.ForgetConnections();
        if (fileLock is not null)
        {
            SqliteConnection.ClearAllPools();
            fileLock.Dispose();
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return SqliteFile.Lock(path);
        }
        catch (DatabaseInUseException e)
        {
            throw new MoveException(
                $"A server, or another command, has {path} open. Stop it, and start none until the record is moved: what it wrote meanwhile would be missing.",
                $"服务或其他命令正在使用 {path}。请先停止，并在迁移完成前不要启动任何服务，否则期间写入的内容会遗漏。",
                e
            );
        }
    }

    /// <summary>The connections of a server that has just been stopped are seen for a moment more.</summary>
    private void LetOthersGo()
    {
        for (var tries = 0; tries < MostTries && OthersWrite(); tries++)
        {
            Thread.Sleep(BetweenTries);
        }
    }

    private bool OthersWrite() => engine.OtherWritersSql is { } sql && Number(sql) > 0;

    private void CheckTables()
    {
        var (there, known) = (Migrator.VersionOf(connection), Migrator.NewestOf(engine));
        if (there != known)
        {
            var versions = $"{Name} has version {there} of the tables; this program moves version {known}.";
            var versionsZh = $"{Name} 的表结构为版本 {there}，本程序迁移版本 {known}。";
            throw there == 0 ? new MoveException($"There is no record in {Name}.", $"{Name} 中没有记录。")
            : there < known
                ? new MoveException(
                    $"{versions} Start this program's server on it once, which brings the tables there, stop it, and move then.",
                    $"{versionsZh}请先用本程序的服务启动一次以升级表结构，停止后再迁移。"
                )
            : new MoveException($"{versions} Use the newer program.", $"{versionsZh}请使用较新的程序。");
        }
        if (BulkLoad.IsUnfinished(connection))
        {
            throw new MoveException(
                $"A load of {Name} was broken off. Start the server on it once, which completes it, stop it, and move then.",
                $"{Name} 上次装载中断。请用服务启动一次以完成装载，停止后再迁移。"
            );
        }
    }

    private long Number(string sql) =>
        Convert.ToInt64(connection.Prepared(sql).Scalar(connection.Transaction), CultureInfo.InvariantCulture);
}

/// <summary>The entry of the audit trail by which a move is known.</summary>
internal static class MoveAudit
{
    private const string By = "command line";
    private const string Action = "moveRecord";

    public static void Write(RecordConnection connection, TimeProvider time, object details)
    {
        var clock = new RecordClock(time);
        ClockReading.CatchUp(connection, clock);
        var now =
            connection.Engine.NowSql is { } sql && time == TimeProvider.System
                ? ClockReading.Read(connection, sql)
                : clock.ProcessNow;
        var at = Instant.Max(clock.Check(now), clock.Newest.PlusMicroseconds(1));
        connection
            .Prepared(AccessTables.AuditEntries.InsertSql, AccessTables.AuditEntries.Kinds)
            .Execute(
                connection.Transaction,
                Guid.CreateVersion7(at.ToDateTimeOffset()),
                at.Microseconds,
                By,
                Action,
                null,
                JsonSerializer.Serialize(details),
                null
            );
        if (connection.Engine.HasOneWriter)
        {
            connection.NoteNewest(at);
        }
    }
}

/// <summary>What source and target have in common where they are databases.</summary>
internal static class DatabasePlace
{
    private const string PostgresIdentitySql =
        "SELECT oid::text || ' ' || pg_postmaster_start_time()::text || ' ' || coalesce(current_schema(), '') FROM pg_database WHERE datname = current_database()";

    public static string IdentityOf(RecordConnection connection) =>
        connection.Engine is SqliteEngine { Path: var path }
            ? IdentityOf(path)
            : (string)connection.Prepared(PostgresIdentitySql).Scalar(connection.Transaction)!;

    public static string IdentityOf(string path) =>
        (Path.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName : null) ?? path;

    public static TableContent Read(RecordConnection connection, MovedTable table, MoveWatch watch, MovedRow tell)
    {
        using var digest = new TableContent.Digest(table.Name);
        var text = new RowText(table.Columns);
        connection.Engine.ReadAll(
            connection,
            table.Columns,
            table.Key,
            values =>
            {
                var line = text.Write(values);
                digest.Add(line);
                tell(values, line);
                watch.Row();
            }
        );
        return digest.Content();
    }
}
