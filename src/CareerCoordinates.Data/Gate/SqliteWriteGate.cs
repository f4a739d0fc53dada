using System.Threading.Channels;
using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;
using Microsoft.Data.Sqlite;

namespace CareerCoordinates.Data.Gate;

/// <summary>
/// One thread with the one writing connection. It takes what is queued, runs each delegate in a savepoint, commits
/// the batch once and then answers: many writes share one wait for the disk.
/// </summary>
public sealed class SqliteWriteGate : WriteGate
{
    private const int LargestBatch = 512;
    private const int LongestQueue = 10_000;

    private readonly SqliteEngine engine;
    private readonly RecordClock clock;
    private readonly PublishedFrameworks frameworks;
    private readonly FileStream fileLock;
    private readonly Channel<Job> queue = Channel.CreateBounded<Job>(LongestQueue);
    private readonly Thread writer;
    private RecordConnection connection;
    private long lastForgetting;

    public SqliteWriteGate(SqliteEngine engine, RecordClock clock, PublishedFrameworks frameworks, FileStream fileLock)
        : base(clock)
    {
        this.engine = engine;
        this.clock = clock;
        this.frameworks = frameworks;
        this.fileLock = fileLock;
        // Nobody commits more than once a microsecond: commits go on counting where the last run ended, or later.
        RecentWrites = new(clock.ProcessNow.Microseconds);
        connection = new RecordConnection(engine, engine.OpenWrite());
        writer = new Thread(Write) { IsBackground = true, Name = "write gate" };
        writer.Start();
    }

    public override Task<Outcome<T>> RunAsync<T>(
        Func<RecordTransaction, Outcome<T>> write,
        WorkerAhead? ahead = null,
        CancellationToken cancellation = default
    )
    {
        var job = new WriteJob<T>(write, ahead, cancellation);
        return queue.Writer.TryWrite(job)
            ? job.Completion.Task
            : throw new StoreUnavailableException("Too many writes are waiting.");
    }

    public override RecentWrites RecentWrites { get; }

    public override RecordChanges ChangesSince(long version) => RecentWrites.Changes.Since(version);

    protected override void Close(RecordConnection connection)
    {
        var through = clock.ProcessNow.PlusMicroseconds(-(long)RecordClock.ClosingDelay.TotalMicroseconds);
        if (through > clock.ClosedThrough)
        {
            connection
                .Prepared("UPDATE record_clock SET closed_through = @p0", ColumnKind.Big)
                .Execute(null, through.Microseconds);
            clock.Closed(through);
        }
    }

    public override async Task MaintainAsync(Action<RecordConnection> work, bool changesEverything = false)
    {
        var job = new MaintenanceJob(work, changesEverything);
        await queue.Writer.WriteAsync(job);
        await job.Completion.Task;
    }

    public override Task ConfirmClockAsync()
    {
        clock.Confirm(clock.ProcessNow);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.Run(writer.Join);
        connection.Dispose();
        await fileLock.DisposeAsync();
    }

    private void Write()
    {
        var batch = new List<Job>(LargestBatch);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            Job? alone = null;
            while (batch.Count < LargestBatch && queue.Reader.TryRead(out var job))
            {
                if (job is MaintenanceJob)
                {
                    alone = job;
                    break;
                }
                batch.Add(job);
            }
            if (batch.Count > 0)
            {
                WriteBatch(batch);
            }
            if (alone is not null)
            {
                RecentWrites.TouchEverything();
                if (alone is MaintenanceJob { ChangesEverything: true })
                {
                    RecentWrites.Changes.EverythingChanged();
                }
                alone.RunAlone(connection);
                RecentWrites.Committed();
            }
        }
    }

    private void WriteBatch(List<Job> batch)
    {
        try
        {
            connection.Execute("BEGIN IMMEDIATE");
            ForgetOldKeys();
            foreach (var job in batch)
            {
                job.Run(connection, clock, frameworks.Current, RecentWrites);
            }
            if (batch.Max(job => job.Stamp) is { } newest)
            {
                connection.NoteNewest(newest);
            }
            connection.Execute("COMMIT");
            RecentWrites.Committed();
            Wrote();
        }
        catch (Exception failure)
        {
            Failed();
            foreach (var job in batch)
            {
                job.Fail(new StoreUnavailableException("The database could not be written.", failure));
            }
            Reopen();
            return;
        }
        foreach (var job in batch)
        {
            job.Answer(clock);
        }
    }

    private void ForgetOldKeys()
    {
        if (clock.IsDue(ref lastForgetting, TimeSpan.FromMinutes(10)))
        {
            IdempotencyKeys.Forget(connection, clock.ProcessNow);
        }
    }

    /// <summary>After a failed write nobody can say what the connection still holds: a new one recovers from the file.</summary>
    private void Reopen()
    {
        try
        {
            connection.Dispose();
            connection = new RecordConnection(engine, engine.OpenWrite());
        }
        catch (SqliteException)
        {
            // The next batch fails on the closed connection, is answered with 503 and tries again.
        }
    }

    private abstract class Job
    {
        public abstract void Run(
            RecordConnection connection,
            RecordClock clock,
            Domain.Frameworks.Framework framework,
            RecentWrites recent
        );

        /// <summary>When what it wrote was recorded; null where it wrote nothing.</summary>
        public virtual Instant? Stamp => null;

        public abstract void Answer(RecordClock clock);

        public abstract void Fail(Exception failure);

        public virtual void RunAlone(RecordConnection connection) => throw new InvalidOperationException("Not maintenance.");
    }

    private sealed class WriteJob<T>(
        Func<RecordTransaction, Outcome<T>> write,
        WorkerAhead? ahead,
        CancellationToken cancellation
    ) : Job
    {
        private Outcome<T> outcome;
        private Exception? failure;
        private Instant? stamp;

        public override Instant? Stamp => stamp;

        public TaskCompletionSource<Outcome<T>> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Run(
            RecordConnection connection,
            RecordClock clock,
            Domain.Frameworks.Framework framework,
            RecentWrites recent
        )
        {
            if (cancellation.IsCancellationRequested)
            {
                failure = new OperationCanceledException(cancellation);
                return;
            }
            connection.Execute("SAVEPOINT write");
            try
            {
                var transaction = new RecordTransaction(connection, clock, framework, recent, ahead);
                outcome = write(transaction);
                if (!outcome.IsRefused)
                {
                    transaction.Finish();
                    stamp = transaction.Stamp;
                    connection.Execute("RELEASE write");
                    return;
                }
            }
            catch (Exception e) when (e is not SqliteException { SqliteErrorCode: not 19 })
            {
                // A bug or a stopped clock concerns this write only; what the disk says concerns the batch.
                failure = e;
            }
            connection.Execute("ROLLBACK TO write");
            connection.Execute("RELEASE write");
        }

        public override void Answer(RecordClock clock)
        {
            if (failure is not null)
            {
                Completion.SetException(failure);
                return;
            }
            if (stamp is { } at)
            {
                clock.Saw(at);
            }
            Completion.SetResult(outcome);
        }

        public override void Fail(Exception failure) => Completion.TrySetException(failure);
    }

    private sealed class MaintenanceJob(Action<RecordConnection> work, bool changesEverything) : Job
    {
        public bool ChangesEverything => changesEverything;

        public TaskCompletionSource Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Run(
            RecordConnection connection,
            RecordClock clock,
            Domain.Frameworks.Framework framework,
            RecentWrites recent
        ) => throw new InvalidOperationException("Maintenance runs alone.");

        public override void RunAlone(RecordConnection connection)
        {
            try
            {
                work(connection);
                Completion.SetResult();
            }
            catch (Exception e)
            {
                Completion.SetException(e);
            }
        }

        public override void Answer(RecordClock clock) { }

        public override void Fail(Exception failure) => Completion.TrySetException(failure);
    }
}
