using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>How much of a worker is read.</summary>
public enum WorkerParts
{
    WithAffiliations,
    WithMilestones,
    WithContests,
}

/// <summary>Many workers at once: a command for some of them in the place of one for each, which is what a server over a network waits for.</summary>
public static class WorkerBatch
{
    private const int AtOnce = 50;

    private static readonly ColumnKind[] Kinds = [.. Enumerable.Repeat(ColumnKind.Id, AtOnce)];

    private static readonly string Placeholders = string.Join(", ", Enumerable.Range(0, AtOnce).Select(i => $"@p{i}"));

    private static readonly string LockSql =
        $"SELECT worker_id FROM workers WHERE worker_id IN ({Placeholders}) ORDER BY worker_id FOR UPDATE";

    private static readonly string TouchSql =
        $"UPDATE workers SET last_recorded_at = @p{AtOnce} WHERE worker_id IN ({Placeholders})";

    private static readonly string SizesSql =
        $"SELECT worker_id, count(*) FROM milestone_revisions WHERE worker_id IN ({Placeholders}) GROUP BY worker_id";

    private static readonly string WorkersSql = Sql(RecordTables.Workers, "revision");
    private static readonly string AffiliationsSql = Sql(RecordTables.Affiliations, "affiliation_id, revision");
    private static readonly string MilestonesSql = Sql(RecordTables.Milestones, "milestone_id, revision");
    private static readonly string ContestsSql = Sql(RecordTables.Contests, "milestone_id, sequence");

    /// <summary>Their records in the order of <paramref name="ids"/>; who is not on record is left out.</summary>
    public static IReadOnlyList<WorkerRecord> ReadWorkers(
        this RecordConnection connection,
        IReadOnlyList<Guid> ids,
        WorkerParts parts
    )
    {
        var records = new List<WorkerRecord>(ids.Count);
        foreach (var some in ids.Chunk(AtOnce))
        {
            var workers = Read(connection, WorkersSql, RecordRows.Worker, r => r.Id, some);
            var affiliations = Read(connection, AffiliationsSql, OfWorker(RecordRows.Affiliation), r => r.Worker, some);
            var milestones =
                parts >= WorkerParts.WithMilestones
                    ? Read(connection, MilestonesSql, RecordRows.Milestone, r => r.WorkerId, some)
                    : [];
            var contests =
                parts >= WorkerParts.WithContests
                    ? Read(connection, ContestsSql, OfWorker(RecordRows.Contest), r => r.Worker, some)
                    : [];
            foreach (var id in some.Where(workers.ContainsKey))
            {
                records.Add(
                    new(
                        id,
                        workers[id],
                        [.. affiliations.GetValueOrDefault(id, []).Select(r => r.Row)],
                        milestones.GetValueOrDefault(id, []),
                        [.. contests.GetValueOrDefault(id, []).Select(r => r.Row)]
                    )
                );
            }
        }
        return records;
    }

    /// <summary>Those of them, taken from the first on, who have no more revisions of milestones in all.</summary>
    internal static IReadOnlyList<Guid> ThatFit(this RecordConnection connection, IReadOnlyCollection<Guid> ids, int milestones)
    {
        var sizes = new Dictionary<Guid, long>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            connection
                .Prepared(SizesSql, Kinds)
                .Each(connection.Transaction, row => sizes[row.Id()] = row.Long(), ValuesOf(some));
        }
        var (fitting, sum) = (new List<Guid>(ids.Count), 0L);
        foreach (var id in ids)
        {
            var size = sizes.GetValueOrDefault(id);
            if (sum + size <= milestones)
            {
                fitting.Add(id);
                sum += size;
            }
        }
        return fitting;
    }

    /// <summary>Who has each of the district's numbers.</summary>
    public static ILookup<string, Guid> ReadNumbers(this RecordConnection connection, IReadOnlyCollection<string> numbers) =>
        ReadTexts(
                connection,
                "SELECT number, worker_id FROM worker_numbers WHERE number IN",
                numbers,
                row => (Number: row.Text(), Worker: row.Id())
            )
            .ToLookup(one => one.Number, one => one.Worker);

    /// <summary>Who has or had each of the staff numbers of an organisation, and when.</summary>
    public static ILookup<string, (Guid Worker, DayPeriod Period)> ReadStaffNumbers(
        this RecordConnection connection,
        Guid organizationId,
        IReadOnlyCollection<string> numbers
    ) =>
        ReadTexts(
                connection,
                "SELECT staff_number, worker_id, from_day, until_day FROM staff_numbers WHERE organization_id = @p0 AND staff_number IN",
                numbers,
                row => (Number: row.Text(), Holder: (row.Id(), DayPeriod.Inclusive(row.Day(), row.DayOrNull()))),
                organizationId
            )
            .ToLookup(one => one.Number, one => one.Holder);

    /// <summary>Where writers run side by side: locks them until the transaction ends, in the order of their ids.</summary>
    internal static void LockWorkers(this RecordConnection connection, IReadOnlyCollection<Guid> ids)
    {
        foreach (var some in ids.Order().Chunk(AtOnce))
        {
            connection.Prepared(LockSql, Kinds).Each(connection.Transaction, _ => { }, ValuesOf(some));
        }
    }

    /// <summary>Notes when they were last written.</summary>
    internal static void TouchWorkers(this RecordConnection connection, IReadOnlyCollection<Guid> ids, Instant at)
    {
        foreach (var some in ids.Chunk(AtOnce))
        {
            connection
                .Prepared(TouchSql, [.. Kinds, ColumnKind.Big])
                .Execute(connection.Transaction, [.. ValuesOf(some), at.Microseconds]);
        }
    }

    private static Dictionary<Guid, List<T>> Read<T>(
        RecordConnection connection,
        string sql,
        Func<Row, T> read,
        Func<T, Guid> workerOf,
        Guid[] ids
    )
    {
        var found = new Dictionary<Guid, List<T>>();
        connection
            .Prepared(sql, Kinds)
            .Each(
                connection.Transaction,
                row =>
                {
                    var one = read(row);
                    var worker = workerOf(one);
                    if (!found.TryGetValue(worker, out var list))
                    {
                        found.Add(worker, list = []);
                    }
                    list.Add(one);
                },
                ValuesOf(ids)
            );
        return found;
    }

    /// <param name="sql">Up to the list of texts; <c>@p0</c> is the organisation, if there is one.</param>
    private static List<T> ReadTexts<T>(
        RecordConnection connection,
        string sql,
        IReadOnlyCollection<string> texts,
        Func<Row, T> read,
        Guid? organizationId = null
    )
    {
        object?[] before = organizationId is { } id ? [id] : [];
        var places = string.Join(", ", Enumerable.Range(before.Length, AtOnce).Select(i => $"@p{i}"));
        ColumnKind[] kinds = [.. before.Select(_ => ColumnKind.Id), .. Enumerable.Repeat(ColumnKind.Text, AtOnce)];
        var statement = connection.Prepared($"{sql} ({places})", kinds);
        var found = new List<T>();
        foreach (var some in texts.Distinct().Chunk(AtOnce))
        {
            found.AddRange(statement.Read(connection.Transaction, read, [.. before, .. ValuesOf(some)]));
        }
        return found;
    }

    /// <summary>One command for any number: the rest asks for the last one again.</summary>
    private static object?[] ValuesOf<T>(T[] wanted) =>
        [.. Enumerable.Range(0, AtOnce).Select(i => (object?)wanted[Math.Min(i, wanted.Length - 1)])];

    /// <summary>Rows that do not say themselves whose they are; their first column does.</summary>
    private static Func<Row, (Guid Worker, T Row)> OfWorker<T>(Func<Row, T> read) =>
        row =>
        {
            var worker = row.Id();
            row.Rewind();
            return (worker, read(row));
        };

    private static string Sql(TableColumns table, string order) =>
        $"SELECT {table.Names} FROM {table.Table} WHERE worker_id IN ({Placeholders}) ORDER BY worker_id, {order}";
}
