using System.Data.Common;
using CareerCoordinates.Data.Record;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Data.Engines;

/// <summary>What differs between the two engines, and nothing else; no other code asks which database it is.</summary>
public abstract class Engine
{
    /// <summary>The part of a migration's file name before <c>.sql</c>: <c>sqlite</c> or <c>postgres</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Which database it is, for people; nothing of a password.</summary>
    public abstract string Place { get; }

    /// <summary>A connection that can only read, opened.</summary>
    public abstract DbConnection OpenRead();

    /// <summary>A connection that writes, opened. On SQLite there is one at a time, held by the write gate.</summary>
    public abstract DbConnection OpenWrite();

    public abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>Drops pooled connections that a restart of the server has cut.</summary>
    public abstract void ForgetConnections();

    public abstract bool IsUniqueViolation(DbException exception);

    /// <summary>Reads the database's own clock in microseconds since 1970; null where the process's clock is the database's.</summary>
    public abstract string? NowSql { get; }

    /// <summary>Oldest start of a write transaction still open, in microseconds; null where there is only one writer.</summary>
    public abstract string? OldestOpenWriteSql { get; }

    /// <summary>
    /// True where all writes pass one connection: nothing is locked, and the newest <c>recordedAt</c> is noted once a
    /// batch. Where writers run side by side each locks a row of the worker and of the organisation, and notes it there.
    /// </summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>Reads the newest <c>recordedAt</c> of the whole record; 0 where nothing was recorded.</summary>
    public abstract string NewestRecordedAtSql { get; }

    /// <summary>
    /// Tells the planner of queries what an import has just written: without it a database that holds an import of a size that it never saw
    /// goes through all of its items for each of its milestones, until it looks by itself. Null where queries are not planned by counts.
    /// </summary>
    public abstract string? LookAtImportSql { get; }

    /// <summary>Takes the one lock for the tree of organisations until the transaction ends; null where there is one writer.</summary>
    public abstract string? LockTreeSql { get; }

    /// <summary>Takes a lock named by the text <c>@p0</c> until the transaction ends; null where there is one writer.</summary>
    public abstract string? LockTextSql { get; }

    /// <summary>Keeps a new framework version from being published until the transaction ends; null where there is one writer.</summary>
    public abstract string? KeepVersionSql { get; }

    /// <summary>Waits for every write that keeps the version, and lets none begin until the transaction ends.</summary>
    public abstract string? ChangeVersionSql { get; }

    /// <summary>Name and definition of every index that is not a key.</summary>
    public abstract string IndexesSql { get; }

    /// <summary>A row if there is a table with the name <c>@p0</c>.</summary>
    public abstract string TableExistsSql { get; }

    /// <summary>What the engine needs after a bulk load: the log folded into the file, statistics for the planner.</summary>
    public abstract string AfterBulkLoadSql { get; }

    /// <summary>True where an id column is a blob of 16 bytes in network order, false where it is a uuid.</summary>
    public abstract bool IdsAreBlobs { get; }

    /// <summary>Everything read on the connection until <see cref="EndSnapshot"/> shows one state of the database.</summary>
    public abstract void BeginSnapshot(RecordConnection connection);

    public abstract void EndSnapshot(RecordConnection connection);

    /// <summary>After a failure: the connection is closed next, and nothing of the snapshot may stay with it.</summary>
    public abstract void AbandonSnapshot(RecordConnection connection);

    /// <summary>Takes the member <c>reason</c> out of the audit entries about the worker <c>@p0</c>.</summary>
    public abstract string BlankAuditReasonsSql { get; }

    /// <summary>Bytes of UTF-8 in a column, as text.</summary>
    public abstract string TextOf(string column);

    /// <summary>
    /// Sees to it that bytes which were deleted do not stay in the database's files; run it outside of a transaction. False where some may
    /// stay for a while, because the disk is full or a reader holds on to an old state.
    /// </summary>
    public abstract bool SweepFiles(RecordConnection connection);

    public abstract Statement Prepare(DbConnection connection, string sql, ReadOnlySpan<ColumnKind> kinds);

    /// <summary>
    /// Tells every row of a table in the order of its key, which is the same on every engine: texts by the bytes of their UTF-8. The values
    /// stand in the order of the columns, in an array that is used again for the next row. What <paramref name="tell"/> throws ends it at once.
    /// </summary>
    public abstract void ReadAll(
        RecordConnection connection,
        TableColumns table,
        IReadOnlyList<string> key,
        Action<object?[]> tell
    );

    /// <summary>Adds many rows to a table, as fast as the engine takes them, in the connection's transaction.</summary>
    public abstract TableWriter WriteAll(RecordConnection connection, TableColumns table);

    /// <summary>How many bytes the database takes on its disk.</summary>
    public abstract string SizeSql { get; }

    /// <summary>
    /// How many other connections there are by which a program like this one writes; null where a lock on the file tells. An idle server keeps
    /// at least one open.
    /// </summary>
    public abstract string? OtherWritersSql { get; }

    public object Value(object? value) =>
        value switch
        {
            null => DBNull.Value,
            Guid id when IdsAreBlobs => id.ToByteArray(bigEndian: true),
            bool flag when IdsAreBlobs => flag ? 1L : 0L,
            _ => value,
        };
}
