using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Data.Reports;

/// <summary>
/// Where many processes write, each commit notes here what it changed, so that every process can follow. Read only below the oldest
/// transaction still open: one that began earlier may commit later.
/// </summary>
internal static class RecordChangesTable
{
    private const string NoteSql = """
        INSERT INTO record_changes (transaction_id, kind, subject_id) VALUES (pg_current_xact_id()::text::bigint, @p0, @p1)
        RETURNING transaction_id
        """;
    private const string HorizonSql = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
    private const string SinceSql =
        "SELECT kind, subject_id FROM record_changes WHERE transaction_id > @p0 AND transaction_id <= @p1";

    private const string Worker = "worker";
    private const string Organization = "organization";
    private const string Everything = "everything";

    /// <summary>Answers the number of the transaction.</summary>
    public static long Note(RecordConnection connection, IEnumerable<Guid> workers, IEnumerable<Guid> organizations)
    {
        var number = 0L;
        foreach (var (kind, id) in workers.Select(id => (Worker, id)).Concat(organizations.Select(id => (Organization, id))))
        {
            number = Note(connection, kind, id);
        }
        return number;
    }

    public static void NoteEverything(RecordConnection connection) => Note(connection, Everything, Guid.Empty);

    /// <summary>All that is committed and will not be joined by anything earlier.</summary>
    public static RecordChanges Since(RecordConnection connection, long version)
    {
        var horizon = (long)connection.Prepared(HorizonSql).Scalar(connection.Transaction)! - 1;
        var (workers, organizations, everything) = (new HashSet<Guid>(), new HashSet<Guid>(), false);
        if (version > 0)
        {
            connection
                .Prepared(SinceSql, ColumnKind.Big, ColumnKind.Big)
                .Each(
                    connection.Transaction,
                    row =>
                    {
                        var kind = row.Text();
                        var id = row.Id();
                        _ = kind switch
                        {
                            Worker => workers.Add(id),
                            Organization => organizations.Add(id),
                            _ => everything = true,
                        };
                    },
                    version,
                    horizon
                );
        }
        return new(horizon, workers, organizations, everything);
    }

    private static long Note(RecordConnection connection, string kind, Guid id) =>
        (long)connection.Prepared(NoteSql, ColumnKind.Text, ColumnKind.Id).Scalar(connection.Transaction, kind, id)!;
}
