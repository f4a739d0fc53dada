using System.Data.Common;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>An open connection with the prepared commands that were used on it. One thread at a time.</summary>
public sealed class RecordConnection(Engine engine, DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> statements = new(SqlComparer.Instance);

    public Engine Engine => engine;

    public DbConnection Connection => connection;

    /// <summary>The transaction in which the commands run; null outside of one.</summary>
    public DbTransaction? Transaction { get; set; }

    public Statement Prepared(string sql, params ReadOnlySpan<ColumnKind> kinds)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            statement = engine.Prepare(connection, sql, kinds);
            statements.Add(sql, statement);
        }
        return statement;
    }

    public int Execute(string sql) => Prepared(sql).Execute(Transaction);

    /// <summary>Where there is one writer: when the newest thing of the whole record was recorded.</summary>
    public void NoteNewest(Instant recordedAt) =>
        Prepared("UPDATE record_clock SET newest_recorded_at = max(newest_recorded_at, @p0)", ColumnKind.Big)
            .Execute(Transaction, recordedAt.Microseconds);

    private static readonly string WorkersSql =
        $"SELECT {RecordTables.Workers.Names} FROM worker_revisions WHERE worker_id = @p0 ORDER BY revision";
    private static readonly string AffiliationsSql =
        $"SELECT {RecordTables.Affiliations.Names} FROM affiliation_revisions WHERE worker_id = @p0 ORDER BY affiliation_id, revision";
    private static readonly string MilestonesSql =
        $"SELECT {RecordTables.Milestones.Names} FROM milestone_revisions WHERE worker_id = @p0 ORDER BY milestone_id, revision";
    private static readonly string ContestsSql =
        $"SELECT {RecordTables.Contests.Names} FROM milestone_contests WHERE worker_id = @p0 ORDER BY milestone_id, sequence";

    /// <summary>All revisions of a worker, without what belongs to him; empty where there is none.</summary>
    public IReadOnlyList<Revision<WorkerContent>> ReadWorkerOnly(Guid id) =>
        Prepared(WorkersSql, ColumnKind.Id).Read(Transaction, RecordRows.Worker, id);

    /// <summary>The whole record of a worker; null where there is none.</summary>
    public WorkerRecord? ReadWorker(Guid id)
    {
        var workers = Prepared(WorkersSql, ColumnKind.Id).Read(Transaction, RecordRows.Worker, id);
        if (workers.Count == 0)
        {
            return null;
        }
        List<Revision<AffiliationContent>> affiliations = Prepared(AffiliationsSql, ColumnKind.Id)
            .Read(Transaction, RecordRows.Affiliation, id);
        List<MilestoneRevision> milestones = Prepared(MilestonesSql, ColumnKind.Id).Read(Transaction, RecordRows.Milestone, id);
        return new(id, workers, affiliations, milestones, milestones.Count == 0 ? [] : ReadContests(id));
    }

    /// <summary>All revisions of a worker's affiliations, in order of id and revision.</summary>
    public IReadOnlyList<Revision<AffiliationContent>> ReadAffiliations(Guid workerId) =>
        Prepared(AffiliationsSql, ColumnKind.Id).Read(Transaction, RecordRows.Affiliation, workerId);

    /// <summary>A worker with his milestones, all that the grid is folded from; null where there is none.</summary>
    /// <param name="withContests">False where nobody asks whether a milestone is contested.</param>
    public WorkerRecord? ReadMilestones(Guid id, bool withContests)
    {
        var workers = Prepared(WorkersSql, ColumnKind.Id).Read(Transaction, RecordRows.Worker, id);
        if (workers.Count == 0)
        {
            return null;
        }
        var milestones = Prepared(MilestonesSql, ColumnKind.Id).Read(Transaction, RecordRows.Milestone, id);
        return new(id, workers, [], milestones, withContests && milestones.Count > 0 ? ReadContests(id) : []);
    }

    private List<MilestoneContest> ReadContests(Guid id) =>
        Prepared(ContestsSql, ColumnKind.Id).Read(Transaction, RecordRows.Contest, id);

    private static readonly string OrganizationSql =
        $"SELECT {RecordTables.Organizations.Names} FROM organization_revisions WHERE organization_id = @p0 ORDER BY revision";

    /// <summary>All revisions of an organisation in order; empty where there is none.</summary>
    public IReadOnlyList<Revision<OrganizationContent>> ReadOrganization(Guid id) =>
        Prepared(OrganizationSql, ColumnKind.Id).Read(Transaction, RecordRows.Organization, id);

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }
        connection.Dispose();
    }

    /// <summary>The texts are few and mostly the same objects: a hash of a few letters finds them faster than one of all.</summary>
    private sealed class SqlComparer : IEqualityComparer<string>
    {
        public static readonly SqlComparer Instance = new();

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string sql) => HashCode.Combine(sql.Length, sql[sql.Length / 4], sql[sql.Length / 2], sql[^1]);
    }
}
