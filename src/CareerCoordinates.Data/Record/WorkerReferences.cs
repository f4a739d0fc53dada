namespace CareerCoordinates.Data.Record;

/// <summary>Whether what refers to a worker refers to somebody on the record.</summary>
public static class WorkerReferences
{
    /// <summary>True where there is such a worker and he is neither voided nor erased.</summary>
    public static bool Exists(RecordTransaction tx, Guid workerId) => Exists(tx.Connection, workerId);

    /// <inheritdoc cref="Exists(RecordTransaction, Guid)"/>
    public static bool Exists(RecordConnection connection, Guid workerId) =>
        connection
            .Prepared(
                "SELECT 1 FROM worker_revisions WHERE worker_id = @p0 AND superseded_at IS NULL AND state <> 'voided' AND name <> ''",
                ColumnKind.Id
            )
            .Scalar(connection.Transaction, workerId)
            is not null;
}
