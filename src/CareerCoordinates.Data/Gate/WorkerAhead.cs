using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Data.Gate;

/// <summary>
/// A worker's record as a reader saw it before the write came to the gate, so that the one writing thread need not read
/// it again. Inside the gate it is taken only while nothing was written about the worker since.
/// </summary>
/// <param name="Commit">The last commit that the reader was sure to see.</param>
/// <param name="Request">The request that may have come before, and what it then recorded.</param>
public sealed record WorkerAhead(
    Guid WorkerId,
    long Commit,
    WorkerRecord? Record,
    IdempotencyKey? Request = null,
    RecordedBefore? Before = null
);
