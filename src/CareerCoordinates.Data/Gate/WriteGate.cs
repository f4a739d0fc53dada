using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Gate;

/// <summary>The store cannot write now (disk full, I/O error, connection lost, closing). Nothing of the write was kept.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The only way to write: load, decide and save run as one delegate. A refusal leaves no trace; a value is answered
/// only after it is durable. The delegate may run twice (after a lost race), so it must have no other effects.
/// </summary>
public abstract class WriteGate : IAsyncDisposable
{
    public abstract Task<Outcome<T>> RunAsync<T>(
        Func<RecordTransaction, Outcome<T>> write,
        CancellationToken cancellation = default
    );

    /// <summary>Closes the record through the latest instant that can be promised now, durably; at most once a second.</summary>
    public abstract Task<Instant> CloseAsync();

    /// <summary>Runs work that is not a write of the record (a migration step, a bulk load) alone on the writing connection.</summary>
    public abstract Task MaintainAsync(Action<RecordConnection> work);

    /// <summary>An operator confirms that the clock is right as it is now.</summary>
    public abstract Task ConfirmClockAsync();

    /// <summary>False while writes fail: readiness goes down until one succeeds.</summary>
    public abstract bool IsWriting { get; }

    public abstract ValueTask DisposeAsync();
}
