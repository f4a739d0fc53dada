using System.Data.Common;
using System.Diagnostics;
using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Gate;

/// <summary>The store cannot write now (disk full, I/O error, connection lost, closing). Nothing of the write was kept.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The only way to write: load, decide and save run as one delegate. A refusal leaves no trace; a value is answered
/// only after it is durable. The delegate may run twice (after a lost race), so it must have no other effects.
/// </summary>
public abstract class WriteGate(RecordClock clock) : IAsyncDisposable
{
    private static readonly TimeSpan TimeBetweenTries = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeBetweenClosings = TimeSpan.FromSeconds(1);

    /// <summary>A long write keeps nobody waiting who reads: he gets what was closed before it.</summary>
    private static readonly TimeSpan LongestClosing = TimeSpan.FromSeconds(2);

    private readonly Lock beginning = new();
    private Task closing = Task.CompletedTask;
    private long lastClosing;
    private volatile bool isWriting = true;
    private long failedAt;

    /// <param name="ahead">The worker whom the write is about, as read before; see <see cref="CareerStore.ReadAhead"/>.</param>
    public abstract Task<Outcome<T>> RunAsync<T>(
        Func<RecordTransaction, Outcome<T>> write,
        WorkerAhead? ahead = null,
        CancellationToken cancellation = default
    );

    /// <summary>What was written lately; null where many processes write and a worker is read under his lock.</summary>
    public virtual RecentWrites? RecentWrites => null;

    /// <summary>
    /// What was committed after <paramref name="version"/>, for who follows the record; 0 begins. Asked again with the version of the last
    /// answer that was followed.
    /// </summary>
    public abstract RecordChanges ChangesSince(long version);

    /// <summary>
    /// Closes the record through the latest instant that can be promised now, durably; at most once a second. Who asks while it is done
    /// waits for it: questions that are asked together are answered on one clock.
    /// </summary>
    public async Task<Instant> CloseAsync()
    {
        Task running;
        lock (beginning)
        {
            if (closing.IsCompleted && clock.IsDue(ref lastClosing, TimeBetweenClosings))
            {
                closing = MaintainAsync(Close);
            }
            running = closing;
        }
        // Where nothing was ever closed there is nothing to be had but the closing.
        if (clock.ClosedThrough == default || await Task.WhenAny(running, Task.Delay(LongestClosing)) == running)
        {
            await running;
        }
        return clock.ClosedThrough;
    }

    /// <summary>Alone on the writing connection.</summary>
    protected abstract void Close(RecordConnection connection);

    /// <summary>Runs work that is not a write of the record (a migration step, a bulk load) alone on the writing connection.</summary>
    /// <param name="changesEverything">What is known of everybody may be another afterwards.</param>
    public abstract Task MaintainAsync(Action<RecordConnection> work, bool changesEverything = false);

    /// <summary>An operator confirms that the clock is right as it is now.</summary>
    public abstract Task ConfirmClockAsync();

    /// <summary>
    /// False while writes fail: readiness goes down until one succeeds. Where readiness keeps all writes away, this tries one
    /// itself, at most once a second, which changes nothing.
    /// </summary>
    public async Task<bool> IsWritingAsync()
    {
        if (isWriting || Stopwatch.GetElapsedTime(failedAt) < TimeBetweenTries)
        {
            return isWriting;
        }
        failedAt = Stopwatch.GetTimestamp();
        try
        {
            await RunAsync<bool>(transaction =>
            {
                transaction.Connection.Execute("UPDATE record_clock SET closed_through = closed_through");
                return true;
            });
        }
        catch (Exception e) when (e is StoreUnavailableException or DbException)
        {
            // Readiness says so.
        }
        return isWriting;
    }

    protected void Wrote() => isWriting = true;

    protected void Failed()
    {
        failedAt = Stopwatch.GetTimestamp();
        isWriting = false;
    }

    public abstract ValueTask DisposeAsync();
}
