using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Data.Gate;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>
/// What a write may do inside the gate: load under lock, add revisions. It sees what earlier writes of the same batch
/// did. All that it adds carries one <see cref="RecordedAt"/> and is committed together or not at all.
/// </summary>
/// <param name="recent">Where one writer keeps what it wrote lately.</param>
/// <param name="ahead">The worker whom the write is about, as read before the gate.</param>
/// <param name="isRehearsal">It decides as a write would, on a connection that only reads: nothing is locked, and nothing can be added.</param>
public sealed class RecordTransaction(
    RecordConnection connection,
    RecordClock clock,
    Framework framework,
    RecentWrites? recent = null,
    WorkerAhead? ahead = null,
    bool isRehearsal = false
)
{
    /// <summary>So many revisions of milestones are kept of all who may be asked for again; more where records take long to read.</summary>
    private const int MostKept = 4_000;
    private const int MostKeptOfLong = 24_000;

    private readonly Dictionary<Guid, WorkerRecord?> workers = [];
    private readonly Dictionary<Guid, WorkerRecord> atHand = [];
    private readonly HashSet<Guid> organizations = [];
    private readonly HashSet<Guid> made = [];
    private readonly HashSet<Guid> changed = [];
    private readonly HashSet<Guid> changedOrganizations = [];
    private readonly WorkerAhead? ahead = ahead is not null && recent?.IsStillTrue(ahead) == true ? ahead : null;
    private readonly List<object?[]> waiting = [];
    private bool isOfMany;
    private int kept;
    private long[]? look;
    private Instant? recordedAt;

    public Framework Framework => framework;

    /// <summary>The connection on which the write runs, for the few statements that belong to one feature.</summary>
    public RecordConnection Connection => connection;

    /// <summary>
    /// When all this counts as recorded: the database's clock, later than what is closed and than anything recorded
    /// before about the workers and organisations that this transaction has locked.
    /// </summary>
    public Instant RecordedAt => recordedAt ??= clock.Check(Now());

    /// <summary>The day of recording where the framework lives.</summary>
    public DateOnly Today => RecordedAt.DayIn(framework.TimeZone);

    /// <summary>Makes an id that sorts by the time of recording.</summary>
    public Guid NewId() => Guid.CreateVersion7(RecordedAt.ToDateTimeOffset());

    /// <summary>The whole record of a worker, locked until the end; null where there is none.</summary>
    public WorkerRecord? LockWorker(Guid id)
    {
        // What only reads sees the same each time.
        if (isRehearsal && workers.GetValueOrDefault(id) is { } known)
        {
            return known;
        }
        if (!atHand.TryGetValue(id, out var record))
        {
            record = Lock("workers", "worker_id", id) ? ReadWorker(id) : null;
        }
        if (record is null)
        {
            return null;
        }
        if (isRehearsal && (kept += record.MilestoneRevisions.Count) > (record.IsLong ? MostKeptOfLong : MostKept))
        {
            workers.Clear();
            kept = record.MilestoneRevisions.Count;
        }
        workers.TryAdd(id, record);
        recent?.Touch(id);
        StampAfter(record.NewestRecordedAt);
        return record;
    }

    /// <summary>
    /// In a transaction about many workers: locks one who was read ahead, where nobody else has written about him since. False where
    /// somebody may have, and where writers run side by side: then <see cref="LockWorker"/> reads him.
    /// </summary>
    public bool TryLock(WorkerAhead worker)
    {
        if (recent is null || worker.Record is not { } record)
        {
            return false;
        }
        look ??= recent.Look();
        if (!recent.IsStillTrue(worker, look))
        {
            return false;
        }
        workers.TryAdd(record.Id, null);
        recent.Touch(record.Id);
        StampAfter(record.NewestRecordedAt);
        return true;
    }

    /// <summary>
    /// Locks and reads many at once, instead of whom it did so before. Where each question goes over a network, <see cref="LockWorker"/> then
    /// asks none about them, and new milestones are written many at once; those whose records are too long for that are read one by one.
    /// </summary>
    public void LockAhead(IReadOnlyCollection<Guid> ids)
    {
        WriteWaiting();
        isOfMany = !connection.Engine.HasOneWriter;
        atHand.Clear();
        if (!isRehearsal && !connection.Engine.HasOneWriter)
        {
            connection.LockWorkers(ids);
        }
        foreach (var record in connection.ReadWorkers(connection.ThatFit(ids, MostKept), WorkerParts.WithContests))
        {
            atHand[record.Id] = record;
        }
    }

    /// <summary>All revisions of a worker's affiliations.</summary>
    public IReadOnlyList<Revision<AffiliationContent>> AffiliationsOf(Guid workerId) =>
        atHand.GetValueOrDefault(workerId)?.AffiliationRevisions ?? connection.ReadAffiliations(workerId);

    /// <summary>
    /// A worker of whom no more is asked in a long transaction: he stays locked, and his record is not kept in memory.
    /// </summary>
    public void Release(Guid workerId)
    {
        if (!isRehearsal)
        {
            workers[workerId] = null;
        }
    }

    /// <summary>The record of a worker as it was when this transaction locked him; null where it did not.</summary>
    public WorkerRecord? AsLocked(Guid workerId) => workers.GetValueOrDefault(workerId);

    /// <summary>As read ahead of the gate, unless this transaction itself may have changed it.</summary>
    private WorkerRecord? ReadWorker(Guid id)
    {
        if (ahead is { } known && known.WorkerId == id && !workers.ContainsKey(id))
        {
            return known.Record;
        }
        WriteWaiting();
        return connection.ReadWorker(id);
    }

    /// <summary>The new milestones of many that were not written yet.</summary>
    private void WriteWaiting()
    {
        if (waiting.Count > 0)
        {
            using var writer = connection.Engine.WriteAll(connection, RecordTables.Milestones);
            waiting.ForEach(writer.Write);
            writer.Complete();
            waiting.Clear();
        }
    }

    /// <summary>All revisions of an organisation, locked until the end; empty where there is none.</summary>
    public IReadOnlyList<Revision<OrganizationContent>> LockOrganization(Guid id)
    {
        if (!Lock("organizations", "organization_id", id) || connection.ReadOrganization(id) is not [.., var newest] revisions)
        {
            return [];
        }
        organizations.Add(id);
        StampAfter(newest.RecordedAt);
        return revisions;
    }

    /// <summary>Only one transaction at a time changes the shape of the tree; call it before <see cref="LockOrganization"/>.</summary>
    public void LockTree()
    {
        if (!isRehearsal && connection.Engine.LockTreeSql is { } sql)
        {
            connection.Prepared(sql).Execute(connection.Transaction);
        }
    }

    public void Add(Revision<OrganizationContent> revision)
    {
        Anchor("organizations", "organization_id", revision.Id, revision.Number);
        organizations.Add(revision.Id);
        Supersede("organization_revisions", "organization_id", revision.Id, revision.Number);
        changedOrganizations.Add(revision.Id);
        recent?.Changes.OrganizationChanged(revision.Id);
        Insert(RecordTables.Organizations, RecordRows.Of(revision));
        UniqueNumbers.Keep(this, revision);
    }

    public void Add(Revision<WorkerContent> revision)
    {
        Anchor("workers", "worker_id", revision.Id, revision.Number);
        workers.TryAdd(revision.Id, null);
        recent?.Touch(revision.Id);
        Change(revision.Id);
        Supersede("worker_revisions", "worker_id", revision.Id, revision.Number);
        Insert(RecordTables.Workers, RecordRows.Of(revision));
        UniqueNumbers.Keep(this, revision);
    }

    public void Add(Guid workerId, Revision<AffiliationContent> revision)
    {
        Change(workerId);
        if (revision.Number > 1)
        {
            SupersedeOfWorker("affiliation_revisions", "affiliation_id", workerId, revision.Id, revision.Number);
        }
        Insert(RecordTables.Affiliations, RecordRows.Of(workerId, revision));
        UniqueNumbers.Keep(this, workerId, revision);
    }

    /// <summary>What was known of a worker is known otherwise from here on, also for the past.</summary>
    public void Rewrite(Guid workerId) => Change(workerId);

    public void Add(Guid workerId, MilestoneContest contest)
    {
        atHand.Remove(workerId);
        Insert(RecordTables.Contests, RecordRows.Of(workerId, contest));
    }

    /// <summary>Adds a revision of a milestone to the record of a locked worker and brings the standings up to date; answers the record with it.</summary>
    /// <param name="request">The request that records a new milestone, if it may come again.</param>
    public WorkerRecord Add(WorkerRecord record, MilestoneRevision revision, IdempotencyKey? request = null)
    {
        if (revision.Revision > 1)
        {
            SupersedeOfWorker("milestone_revisions", "milestone_id", record.Id, revision.MilestoneId, revision.Revision);
        }
        var row = RecordRows.Of(revision, request);
        var isAtHand = isOfMany && atHand.ContainsKey(record.Id);
        if (isOfMany && revision is { Revision: 1, State: MilestoneState.Submitted })
        {
            waiting.Add(row);
        }
        else
        {
            Insert(RecordTables.Milestones, row);
        }
        var after = record.With(revision);
        if (revision.State is MilestoneState.Verified or MilestoneState.Voided)
        {
            Change(record.Id);
            Standings.Refresh(
                connection,
                record.Id,
                CareerGrid.Standings(framework, record.At(Instant.Never)!.Counting),
                CareerGrid.Standings(framework, after.At(Instant.Never)!.Counting),
                RecordedAt
            );
        }
        if (isAtHand || IsKept(after))
        {
            atHand[record.Id] = after;
        }
        return after;
    }

    /// <summary>The milestone that the same request recorded before, or null. A twin in flight waits.</summary>
    public RecordedBefore? FindMilestone(Guid workerId, IdempotencyKey key) =>
        ahead is { } known && known.WorkerId == workerId && known.Request == key
            ? known.Before
            : IdempotencyKeys.FindMilestone(connection, workerId, key, RecordedAt);

    /// <summary>What the same request was answered before, or null. The key stays locked: a twin in flight waits.</summary>
    public StoredAnswer? FindAnswer(IdempotencyKey key) => IdempotencyKeys.Find(connection, key, RecordedAt);

    public void Keep(IdempotencyKey key, StoredAnswer answer) => IdempotencyKeys.Keep(connection, key, answer, RecordedAt);

    /// <summary>Before the commit: where writers run side by side, notes when each locked worker and organisation was last written.</summary>
    internal void Finish()
    {
        WriteWaiting();
        if (recent is not null)
        {
            Commit = recent.Running;
        }
        if (recordedAt is not { } at || connection.Engine.HasOneWriter)
        {
            return;
        }
        if (changed.Count > 0 || changedOrganizations.Count > 0)
        {
            Commit = RecordChangesTable.Note(connection, changed, changedOrganizations);
        }
        connection.TouchWorkers([.. workers.Keys.Except(made)], at);
        foreach (var id in organizations.Except(made))
        {
            Touch("organizations", "organization_id", id, at);
        }
    }

    /// <summary>The commit that holds what this write changed of people and places, once it is finished; 0 where it changed none.</summary>
    public long Commit { get; private set; }

    /// <summary>The instant given to this write, if it wrote.</summary>
    internal Instant? Stamp => recordedAt;

    internal void Execute(string sql, ReadOnlySpan<ColumnKind> kinds, params ReadOnlySpan<object?> values) =>
        connection.Prepared(sql, kinds).Execute(connection.Transaction, values);

    private Instant Now() =>
        connection.Engine.NowSql is { } sql && clock.Time == TimeProvider.System
            ? new Instant((long)connection.Prepared(sql).Scalar(connection.Transaction)!)
            : clock.ProcessNow;

    /// <summary>A sheet often goes on with the same person, whose record is then as it was just written.</summary>
    private bool IsKept(WorkerRecord after)
    {
        var isKept = connection.Engine.HasOneWriter && after.IsLong;
        if (isKept && !atHand.ContainsKey(after.Id) && (kept += after.MilestoneRevisions.Count) > MostKeptOfLong)
        {
            atHand.Clear();
            kept = after.MilestoneRevisions.Count;
        }
        return isKept;
    }

    private void Change(Guid workerId)
    {
        atHand.Remove(workerId);
        changed.Add(workerId);
        recent?.Changes.Changed(workerId);
    }

    private bool Lock(string table, string column, Guid id) =>
        isRehearsal
        || connection.Engine.HasOneWriter
        || connection
            .Prepared($"SELECT last_recorded_at FROM {table} WHERE {column} = @p0 FOR UPDATE", ColumnKind.Id)
            .Scalar(connection.Transaction, id)
            is not null;

    /// <summary>What others recorded about the same thing while we waited for its lock lies before our stamp.</summary>
    internal void StampAfter(Instant last) => recordedAt = Instant.Max(RecordedAt, last.PlusMicroseconds(1));

    private void Anchor(string table, string column, Guid id, int number)
    {
        if (number == 1 && made.Add(id) && !connection.Engine.HasOneWriter)
        {
            Execute(
                $"INSERT INTO {table} ({column}, last_recorded_at) VALUES (@p0, @p1)",
                [ColumnKind.Id, ColumnKind.Big],
                id,
                RecordedAt.Microseconds
            );
        }
    }

    private void Touch(string table, string column, Guid id, Instant at) =>
        Execute(
            $"UPDATE {table} SET last_recorded_at = @p0 WHERE {column} = @p1",
            [ColumnKind.Big, ColumnKind.Id],
            at.Microseconds,
            id
        );

    private void Supersede(string table, string column, Guid id, int number)
    {
        if (number > 1)
        {
            Execute(
                $"UPDATE {table} SET superseded_at = @p0 WHERE {column} = @p1 AND revision = @p2",
                [ColumnKind.Big, ColumnKind.Id, ColumnKind.Int],
                RecordedAt.Microseconds,
                id,
                number - 1
            );
        }
    }

    private void SupersedeOfWorker(string table, string column, Guid workerId, Guid id, int number) =>
        Execute(
            $"UPDATE {table} SET superseded_at = @p0 WHERE worker_id = @p1 AND {column} = @p2 AND revision = @p3",
            [ColumnKind.Big, ColumnKind.Id, ColumnKind.Id, ColumnKind.Int],
            RecordedAt.Microseconds,
            workerId,
            id,
            number - 1
        );

    private void Insert(TableColumns table, object?[] values) =>
        _ = isRehearsal
            ? throw new InvalidOperationException("A rehearsal writes nothing.")
            : connection.Prepared(table.InsertSql, table.Kinds).Execute(connection.Transaction, values);
}
