using System.Collections.Concurrent;
using System.Data.Common;
using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;
using Npgsql;

namespace CareerCoordinates.Data.Gate;

/// <summary>A transaction for each write, side by side on a few connections; what must not meet is locked by its row.</summary>
public sealed class PostgresWriteGate : WriteGate
{
    /// <summary>Well below what a pool holds, so that writes can never take the last connection from the readers.</summary>
    private const int Connections = 20;
    private const int Tries = 3;
    private const int LongestQueue = 10_000;

    /// <summary>
    /// Writers and readers hold the thread on which they wait for the server: as many as there can be of them, and some for
    /// the requests. The pool would add them one by one, more slowly the busier the machine, and nobody would be answered meanwhile.
    /// </summary>
    private const int Threads = 128;

    private readonly PostgresEngine engine;
    private readonly RecordClock clock;
    private readonly PublishedFrameworks frameworks;
    private readonly SemaphoreSlim free = new(Connections);
    private readonly ConcurrentBag<RecordConnection> idle = [];
    private readonly Lock following = new();
    private RecordConnection? follower;
    private int waiting;
    private long lastForgetting;

    public PostgresWriteGate(PostgresEngine engine, RecordClock clock, PublishedFrameworks frameworks)
        : base(clock)
    {
        this.engine = engine;
        this.clock = clock;
        this.frameworks = frameworks;
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Threads), completions);
    }

    public override async Task<Outcome<T>> RunAsync<T>(
        Func<RecordTransaction, Outcome<T>> write,
        WorkerAhead? ahead = null,
        CancellationToken cancellation = default
    )
    {
        if (Interlocked.Increment(ref waiting) > LongestQueue)
        {
            Interlocked.Decrement(ref waiting);
            throw new StoreUnavailableException("Too many writes are waiting.");
        }
        try
        {
            await free.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
        try
        {
            return await Task.Run(() => Write(write), CancellationToken.None);
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>On a connection of its own: who follows waits for no writer, and takes none from them.</summary>
    public override RecordChanges ChangesSince(long version)
    {
        lock (following)
        {
            try
            {
                follower ??= new RecordConnection(engine, engine.OpenRead());
                return RecordChangesTable.Since(follower, version);
            }
            catch (DbException)
            {
                follower?.Dispose();
                follower = null;
                throw;
            }
        }
    }

    public override async Task MaintainAsync(Action<RecordConnection> work, bool changesEverything = false)
    {
        await free.WaitAsync();
        try
        {
            await Task.Run(() => OnConnection(c => work(c)));
        }
        finally
        {
            free.Release();
        }
    }

    public override Task ConfirmClockAsync() => MaintainAsync(c => clock.Confirm(Now(c)));

    public override ValueTask DisposeAsync()
    {
        ForgetConnections();
        follower?.Dispose();
        free.Dispose();
        return ValueTask.CompletedTask;
    }

    private Outcome<T> Write<T>(Func<RecordTransaction, Outcome<T>> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcome = default(Outcome<T>);
                OnConnection(c => outcome = WriteOnce(c, write));
                Wrote();
                return outcome;
            }
            catch (PostgresException lost)
                when (attempt < Tries
                    && (
                        lost.SqlState
                        is PostgresErrorCodes.UniqueViolation
                            or PostgresErrorCodes.SerializationFailure
                            or PostgresErrorCodes.DeadlockDetected
                    )
                )
            {
                // Lost a race: the next try sees what the other one wrote and refuses or succeeds by rule.
            }
            catch (NpgsqlException lost) when (attempt < Tries && IsConnectionLost(lost))
            {
                // The server was restarted, perhaps: all connections of before are worth nothing. Nothing was committed.
                ForgetConnections();
            }
            catch (Exception failure) when (failure is DbException or CommitUnknownException)
            {
                Failed();
                throw new StoreUnavailableException("The database could not be written.", failure);
            }
        }
    }

    private Outcome<T> WriteOnce<T>(RecordConnection connection, Func<RecordTransaction, Outcome<T>> write)
    {
        using var transaction = connection.Connection.BeginTransaction();
        connection.Transaction = transaction;
        try
        {
            if (clock.IsDue(ref lastForgetting, TimeSpan.FromMinutes(10)))
            {
                IdempotencyKeys.Forget(connection, Now(connection));
            }
            // Another process may have published a version since. From here on none can, so that what is checked and folded under
            // the newest one is committed before a newer one folds all standings anew.
            connection.Execute(engine.KeepVersionSql!);
            FrameworkPublication.LoadNewer(connection, frameworks);
            var tx = new RecordTransaction(connection, clock, frameworks.Current);
            var outcome = write(tx);
            if (outcome.IsRefused)
            {
                transaction.Rollback();
                return outcome;
            }
            tx.Finish();
            Commit(transaction);
            if (tx.Stamp is { } at)
            {
                clock.Saw(at);
            }
            return outcome;
        }
        finally
        {
            connection.Transaction = null;
        }
    }

    /// <summary>What was lost on the way to a commit may be committed: it is not tried again.</summary>
    private static void Commit(DbTransaction transaction)
    {
        try
        {
            transaction.Commit();
        }
        catch (NpgsqlException lost) when (IsConnectionLost(lost))
        {
            throw new CommitUnknownException(lost);
        }
    }

    /// <summary>A broken stream, or the server's own word that it is shutting down (class 57P).</summary>
    private static bool IsConnectionLost(NpgsqlException e) =>
        e is not PostgresException { SqlState: var state } || state.StartsWith("57P", StringComparison.Ordinal);

    private void ForgetConnections()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
        engine.ForgetConnections();
    }

    protected override void Close(RecordConnection connection)
    {
        var through = Now(connection).PlusMicroseconds(-(long)RecordClock.ClosingDelay.TotalMicroseconds);
        if (connection.Prepared(engine.OldestOpenWriteSql!).Scalar(null) is long oldest)
        {
            through = new Instant(Math.Min(through.Microseconds, oldest - 1));
        }
        var stored = connection
            .Prepared(
                "UPDATE record_clock SET closed_through = greatest(closed_through, @p0) RETURNING closed_through",
                ColumnKind.Big
            )
            .Scalar(null, through.Microseconds);
        // A publication is a write: no version that counts before this instant can still come, and all that came are known.
        FrameworkPublication.LoadNewer(connection, frameworks);
        clock.Closed(new Instant((long)stored!));
    }

    private Instant Now(RecordConnection connection) =>
        clock.Time == TimeProvider.System
            ? new Instant((long)connection.Prepared(engine.NowSql!).Scalar(connection.Transaction)!)
            : clock.ProcessNow;

    private void OnConnection(Action<RecordConnection> work)
    {
        if (!idle.TryTake(out var connection))
        {
            connection = new RecordConnection(engine, engine.OpenWrite());
        }
        try
        {
            work(connection);
            idle.Add(connection);
        }
        catch (Exception e) when (e is not DbException and not CommitUnknownException)
        {
            idle.Add(connection);
            throw;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The connection broke while a commit was under way.</summary>
    private sealed class CommitUnknownException(Exception inner) : Exception(inner.Message, inner);
}
