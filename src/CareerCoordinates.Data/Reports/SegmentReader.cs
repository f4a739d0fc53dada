using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>Reads workers from the tables into columns. Run it in one snapshot, so that a worker's rows belong together.</summary>
/// <param name="facts">Of the milestones.</param>
/// <param name="placeOf">The place of an organisation in the projection's list.</param>
/// <param name="recordKeyOf">The key that a worker adds to the cells that count him.</param>
internal sealed class SegmentReader(
    ProjectedCodes codes,
    MilestoneFacts facts,
    Func<Guid, int> placeOf,
    Func<Guid, ulong> recordKeyOf
)
{
    private const string WorkersSql = """
        SELECT worker_id, state, career_start, gender, migrant_worker, recorded_at, superseded_at FROM worker_revisions
        WHERE worker_id >= @p0 AND worker_id <= @p1 ORDER BY worker_id, revision
        """;
    private const string AffiliationsSql = """
        SELECT worker_id, affiliation_id, organization_id, from_day, until_day, is_primary, employment_form, occupation_code, recorded_at, superseded_at
        FROM affiliation_revisions
        WHERE worker_id >= @p0 AND worker_id <= @p1 AND organization_id IS NOT NULL AND state = 'active'
        ORDER BY worker_id, affiliation_id, revision
        """;
    private const string StandingsSql = """
        SELECT worker_id, channel, rung, from_day, end_day, recorded_at, superseded_at FROM standings
        WHERE worker_id >= @p0 AND worker_id <= @p1 ORDER BY worker_id, channel, from_day, recorded_at
        """;

    /// <summary>What counted, and what ended its counting. Every other revision leaves what counts as it is.</summary>
    private const string MilestonesSql = """
        SELECT worker_id, milestone_id, state = 'verified', recorded_at, type, length(occurred_on), occurred_day, until_day, ended_on, attributes
        FROM milestone_revisions WHERE worker_id >= @p0 AND worker_id <= @p1 AND state IN ('verified', 'voided')
        ORDER BY worker_id, milestone_id, revision
        """;
    private const int LengthOfMonth = 7;

    private static readonly int Epoch = ReportDay.Of(new DateOnly(1970, 1, 1));

    private readonly List<Guid> ids = [];
    private readonly List<ProjectedWorker> workers = [];
    private readonly Rows<Past<ProjectedWorker>>.Builder pastWorkers = new();
    private readonly Rows<ProjectedAffiliation>.Builder affiliations = new();
    private readonly Rows<Past<ProjectedAffiliation>>.Builder pastAffiliations = new();
    private readonly Rows<ProjectedStanding>.Builder standings = new();
    private readonly Rows<Past<ProjectedStanding>>.Builder pastStandings = new();
    private readonly Rows<ProjectedMilestone>.Builder milestones = new();
    private readonly Rows<Past<ProjectedMilestone>>.Builder pastMilestones = new();

    private long newest;

    /// <summary>Adds the workers of a range of ids, both included; ranges must come in order.</summary>
    public void Read(RecordConnection connection, Guid first, Guid last)
    {
        var start = ids.Count;
        ReadWorkers(connection, first, last);
        ReadAffiliations(connection, first, last, start);
        ReadStandings(connection, first, last, start);
        ReadMilestones(connection, first, last, start);
    }

    public Segment Build() =>
        new()
        {
            Newest = newest,
            Ids = [.. ids],
            RecordKeys = [.. ids.Select(recordKeyOf)],
            Workers = [.. workers],
            Affiliations = affiliations.Build(),
            Standings = standings.Build(),
            Milestones = milestones.Build(),
            PastWorkers = pastWorkers.Build(),
            PastAffiliations = pastAffiliations.Build(),
            PastStandings = pastStandings.Build(),
            PastMilestones = pastMilestones.Build(),
        };

    private void ReadWorkers(RecordConnection connection, Guid first, Guid last)
    {
        connection
            .Prepared(WorkersSql, ColumnKind.Id, ColumnKind.Id)
            .Each(
                connection.Transaction,
                row =>
                {
                    var id = row.Id();
                    if (ids.Count == 0 || ids[^1] != id)
                    {
                        EndWorkers(pastWorkers, ids.Count);
                        ids.Add(id);
                    }
                    var voided = row.Text() != Tables.ClockQueries.Active;
                    var careerStart = row.DayOrNull() is { } day ? ReportDay.Of(day) : ProjectedWorker.NoCareerStart;
                    var gender = row.TextOrNull() switch
                    {
                        "female" => ProjectedGender.Female,
                        "male" => ProjectedGender.Male,
                        _ => ProjectedGender.Unknown,
                    };
                    var migrant = row.FlagOrNull() switch
                    {
                        true => ProjectedFlag.Yes,
                        false => ProjectedFlag.No,
                        null => ProjectedFlag.Unknown,
                    };
                    var worker = new ProjectedWorker(careerStart, voided, gender, migrant, Noted(row.Instant())!.Value);
                    if (Noted(row.InstantOrNull()) is { } superseded)
                    {
                        pastWorkers.Add(new(worker, superseded));
                    }
                    else
                    {
                        workers.Add(worker);
                    }
                },
                first,
                last
            );
        EndWorkers(pastWorkers, ids.Count);
    }

    private void ReadAffiliations(RecordConnection connection, Guid first, Guid last, int start)
    {
        var worker = start;
        var (affiliation, order) = (Guid.Empty, 0);
        connection
            .Prepared(AffiliationsSql, ColumnKind.Id, ColumnKind.Id)
            .Each(
                connection.Transaction,
                row =>
                {
                    if (!Reach(row.Id(), ref worker))
                    {
                        return;
                    }
                    EndWorkers(affiliations, worker);
                    EndWorkers(pastAffiliations, worker);
                    var id = row.Id();
                    order = id == affiliation ? order : order + 1;
                    affiliation = id;
                    var place = placeOf(row.Id());
                    var from = row.Int() + Epoch;
                    var end = row.IntOrNull() is { } until ? until + 1 + Epoch : ReportDay.NoEnd;
                    var primary = row.Flag();
                    var form = ProjectedCodes.FormOf(row.Code(codes.Forms));
                    var occupation = row.Code(codes.Occupations);
                    var read = new ProjectedAffiliation(
                        from,
                        end,
                        primary,
                        form,
                        order,
                        place,
                        occupation,
                        Noted(row.Instant())!.Value
                    );
                    if (Noted(row.InstantOrNull()) is { } superseded)
                    {
                        pastAffiliations.Add(new(read, superseded));
                    }
                    else
                    {
                        affiliations.Add(read);
                    }
                },
                first,
                last
            );
        EndWorkers(affiliations, ids.Count);
        EndWorkers(pastAffiliations, ids.Count);
    }

    private void ReadStandings(RecordConnection connection, Guid first, Guid last, int start)
    {
        var worker = start;
        connection
            .Prepared(StandingsSql, ColumnKind.Id, ColumnKind.Id)
            .Each(
                connection.Transaction,
                row =>
                {
                    if (!Reach(row.Id(), ref worker))
                    {
                        return;
                    }
                    EndWorkers(standings, worker);
                    EndWorkers(pastStandings, worker);
                    var channel = row.Code(codes.Channels);
                    var rung = codes.RungOf(channel, row.Code(codes.RungCodes));
                    var from = row.Int() + Epoch;
                    var end = row.Int() is var last && last == StoredDay.NoEnd ? ReportDay.NoEnd : last + Epoch;
                    var read = new ProjectedStanding(from, end, rung, Noted(row.Instant())!.Value);
                    if (Noted(row.InstantOrNull()) is { } superseded)
                    {
                        pastStandings.Add(new(read, superseded));
                    }
                    else
                    {
                        standings.Add(read);
                    }
                },
                first,
                last
            );
        EndWorkers(standings, ids.Count);
        EndWorkers(pastStandings, ids.Count);
    }

    private void ReadMilestones(RecordConnection connection, Guid first, Guid last, int start)
    {
        var worker = start;
        var (id, counting) = (Guid.Empty, (ProjectedMilestone?)null);
        connection
            .Prepared(MilestonesSql, ColumnKind.Id, ColumnKind.Id)
            .Each(
                connection.Transaction,
                row =>
                {
                    var before = worker;
                    var isKnown = Reach(row.Id(), ref worker);
                    var milestone = row.Id();
                    var verified = row.Flag();
                    var recordedAt = row.Instant();
                    if (counting is { } until)
                    {
                        if (isKnown && before == worker && milestone == id)
                        {
                            pastMilestones.Add(new(until, Noted(recordedAt)!.Value));
                        }
                        else
                        {
                            milestones.Add(until);
                        }
                    }
                    (id, counting) = (milestone, null);
                    EndWorkers(milestones, Math.Min(worker, ids.Count));
                    EndWorkers(pastMilestones, Math.Min(worker, ids.Count));
                    if (isKnown && verified)
                    {
                        counting = ReadMilestone(row, Noted(recordedAt)!.Value);
                    }
                },
                first,
                last
            );
        if (counting is { } still)
        {
            milestones.Add(still);
        }
        EndWorkers(milestones, ids.Count);
        EndWorkers(pastMilestones, ids.Count);
    }

    private ProjectedMilestone ReadMilestone(Row row, long recordedAt)
    {
        var type = row.Code(facts.Types);
        var length = row.Int();
        var form =
            length > LengthOfMonth ? DayForm.Day
            : length == LengthOfMonth ? DayForm.Month
            : DayForm.Year;
        var day = row.Int() + Epoch;
        var until = row.IntOrNull() + Epoch ?? ReportDay.NoEnd;
        var ended = row.IntOrNull() + Epoch ?? ReportDay.NoEnd;
        var last = Math.Max(day, Math.Min(until, ended));
        return new(day, last, form, type, facts.Of(type, row.Utf8()), recordedAt);
    }

    /// <summary>Goes on to the worker of a row; false where the snapshot has him and the list of workers, read before, has not.</summary>
    private bool Reach(Guid id, ref int worker)
    {
        while (worker < ids.Count && NetworkOrder.Instance.Compare(ids[worker], id) < 0)
        {
            worker++;
        }
        return worker < ids.Count && ids[worker] == id;
    }

    private long? Noted(Domain.Time.Instant? at)
    {
        newest = Math.Max(newest, at?.Microseconds ?? 0);
        return at?.Microseconds;
    }

    private static void EndWorkers<T>(Rows<T>.Builder rows, int before)
        where T : struct
    {
        while (rows.WorkersEnded < before)
        {
            rows.EndWorker();
        }
    }
}
