using System.Data.Common;
using CareerCoordinates.Data.Bulk;
using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Data.Gate;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace CareerCoordinates.Data;

/// <summary>An instant asked for, and whether an answer at it can still change.</summary>
public sealed record KnownAt(Instant Instant, bool IsDefault, bool IsClosed);

/// <summary>
/// One opened database: its engine, the write gate, the hot reader, the clock and the published frameworks. Made once
/// at the start of the process.
/// </summary>
public sealed class CareerStore : IAsyncDisposable
{
    private static readonly TimeSpan TimeBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly PooledDbContextFactory<CareerContext> contexts;
    private long lastLook;

    private CareerStore(
        Engine engine,
        RecordClock clock,
        PublishedFrameworks frameworks,
        WriteGate gate,
        KeyEncryptionKey? key,
        ProtectedCounts protectedCounts
    )
    {
        ProtectedCounts = protectedCounts;
        Projection = new Projection(this);
        Key = key;
        Engine = engine;
        Clock = clock;
        Frameworks = frameworks;
        Gate = gate;
        Reader = new RecordReader(engine);
        var options = new DbContextOptionsBuilder<CareerContext>().UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        engine.Configure(options);
        contexts = new PooledDbContextFactory<CareerContext>(CareerContext.For(engine, options).Options);
    }

    public Engine Engine { get; }

    public RecordClock Clock { get; }

    public PublishedFrameworks Frameworks { get; }

    public WriteGate Gate { get; }

    public RecordReader Reader { get; }

    /// <summary>The operator's key; null where none is set, and then no ID number is kept.</summary>
    public KeyEncryptionKey? Key { get; }

    /// <summary>Makes exact counts into those for who may see no person.</summary>
    public ProtectedCounts ProtectedCounts { get; }

    /// <summary>Everybody as columns in memory; it is read when it is asked to.</summary>
    public Projection Projection { get; }

    /// <summary>How far the publication of a new framework version has come; null when none runs.</summary>
    public (long Done, long Total)? Publishing { get; private set; }

    /// <summary>A context for reading; dispose it after use. It cannot write.</summary>
    public CareerContext Read() => contexts.CreateDbContext();

    /// <summary>
    /// Reads the worker whom a write is about before it comes to the gate, where one thread does everything; null where a
    /// worker is read under his lock.
    /// </summary>
    /// <param name="request">A request that may have recorded a milestone before.</param>
    public WorkerAhead? ReadAhead(Guid workerId, IdempotencyKey? request = null)
    {
        if (Gate.RecentWrites?.Visible is not { } commit)
        {
            return null;
        }
        return Reader.InSnapshot(connection => new WorkerAhead(
            workerId,
            commit,
            connection.ReadWorker(workerId),
            request,
            request is null ? null : IdempotencyKeys.FindMilestone(connection, workerId, request, Clock.ProcessNow)
        ));
    }

    /// <summary>Opens the database, migrates it, and publishes the framework if this version is new to it.</summary>
    /// <param name="migrate">False: refuse to start on tables that are not of this program's version.</param>
    /// <param name="keyOf">The operator's key, if there is one, given what the database was protected with, if it is.</param>
    /// <exception cref="ProtectionKeyException">The database is protected, and its key is not there.</exception>
    public static async Task<CareerStore> OpenAsync(
        Engine engine,
        TimeProvider time,
        Framework framework,
        bool migrate,
        Func<KeyCheck?, KeyEncryptionKey?>? keyOf = null
    )
    {
        KeyEncryptionKey? key;
        ProtectedCounts protectedCounts;
        var fileLock = engine is SqliteEngine { Path: var path } ? SqliteFile.Lock(path) : null;
        var clock = new RecordClock(time);
        var frameworks = new PublishedFrameworks();
        try
        {
            using (var connection = new RecordConnection(engine, engine.OpenWrite()))
            {
                Migrator.Bring(connection, migrate);
                BulkLoad.Complete(connection);
                key = ProtectionKey.Of(IdNumbers.ReadCheck(connection), keyOf);
                protectedCounts = ReportKey.ReadOrMake(connection);
                ClockReading.CatchUp(connection, clock);
                FrameworkPublication.Load(connection, frameworks, framework);
                if (frameworks.Versions.Count == 0)
                {
                    FrameworkPublication.Publish(connection, clock, frameworks, framework, (_, _) => { });
                }
            }
            WriteGate gate = engine switch
            {
                SqliteEngine e => new SqliteWriteGate(e, clock, frameworks, fileLock!),
                PostgresEngine e => new PostgresWriteGate(e, clock, frameworks),
                _ => throw new InvalidOperationException($"No write gate for {engine.Name}."),
            };
            return new CareerStore(engine, clock, frameworks, gate, key, protectedCounts);
        }
        catch (Exception e)
        {
            fileLock?.Dispose();
            if (e is SqliteException refused && engine is SqliteEngine file)
            {
                throw SqliteFile.Explain(file.Path, refused);
            }
            throw;
        }
    }

    /// <summary>Publishes a version that the database did not have; reads go on meanwhile, with the old one.</summary>
    public async Task PublishAsync(Framework framework)
    {
        if (Frameworks.Find(framework.Version)?.Hash == framework.Hash)
        {
            return;
        }
        Publishing = (0, 0);
        try
        {
            await Gate.MaintainAsync(
                c => FrameworkPublication.Publish(c, Clock, Frameworks, framework, (done, total) => Publishing = (done, total)),
                changesEverything: true
            );
        }
        finally
        {
            Publishing = null;
        }
    }

    /// <summary>
    /// The instant at which to answer: the one asked for, or by default the later of the database's clock and the
    /// newest thing recorded. Null where the one asked for lies in the future.
    /// </summary>
    public async ValueTask<KnownAt?> ResolveAsync(Instant? asked)
    {
        LookForNewerVersion();
        var now = Instant.Max(Now(), Clock.Newest);
        if (asked is not { } knownAt)
        {
            return new(now, IsDefault: true, IsClosed: false);
        }
        if (knownAt > now)
        {
            return null;
        }
        var closed = Clock.ClosedThrough;
        if (knownAt > closed && knownAt.PlusMicroseconds((long)RecordClock.ClosingDelay.TotalMicroseconds) < now)
        {
            closed = await ClosedThroughAsync();
            if (knownAt > closed && !Engine.HasOneWriter)
            {
                closed = ClosedByOthers();
            }
        }
        return new(knownAt, IsDefault: false, IsClosed: knownAt <= closed);
    }

    /// <summary>After an erasure: what was deleted does not stay in the files. False where some of it may for a while.</summary>
    public async Task<bool> SweepAsync()
    {
        var isSwept = false;
        await Gate.MaintainAsync(connection => isSwept = Engine.SweepFiles(connection));
        return isSwept;
    }

    /// <summary>Today where the framework lives: scope is always by what is so now.</summary>
    public DateOnly Today() =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Clock.Time.GetUtcNow(), Frameworks.Current.TimeZone).DateTime);

    /// <summary>Closes what can be closed now, and answers through which instant; a store that cannot write promises nothing new.</summary>
    public async Task<Instant> ClosedThroughAsync()
    {
        try
        {
            return await Gate.CloseAsync();
        }
        catch (Exception e) when (e is DbException or StoreUnavailableException)
        {
            return Clock.ClosedThrough;
        }
    }

    /// <summary>This process closes once a second at most; another one may have closed more meanwhile, and promised it to somebody who asks here now.</summary>
    private Instant ClosedByOthers() =>
        Reader.OnConnection(connection =>
        {
            var through = ClockReading.ReadClosedThrough(connection);
            // Read afterwards: what counts before that instant is then known here.
            FrameworkPublication.LoadNewer(connection, Frameworks);
            Clock.Closed(through);
            return Clock.ClosedThrough;
        });

    public async ValueTask DisposeAsync()
    {
        await Gate.DisposeAsync();
        Reader.Dispose();
        Key?.Dispose();
        if (Engine is SqliteEngine)
        {
            SqliteConnection.ClearAllPools();
        }
    }

    private Instant Now() =>
        Engine.NowSql is { } sql && Clock.Time == TimeProvider.System
            ? Reader.OnConnection(c => new Instant((long)c.Prepared(sql).Scalar(null)!))
            : Clock.ProcessNow;

    /// <summary>Writes and closings learn of it by themselves; this is for a process that only reads.</summary>
    private void LookForNewerVersion()
    {
        if (Engine.KeepVersionSql is not null && Clock.IsDue(ref lastLook, TimeBetweenLooks))
        {
            Reader.OnConnection(connection =>
            {
                FrameworkPublication.LoadNewer(connection, Frameworks);
                return true;
            });
        }
    }
}
