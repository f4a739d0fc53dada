using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Bulk;

/// <summary>Rows of many whole records, ready to be inserted. Made on any thread; records in the order of their ids insert fastest.</summary>
public sealed class BulkRows
{
    internal readonly List<object?[]> OrganizationAnchors = [];
    internal readonly List<object?[]> Organizations = [];
    internal readonly List<object?[]> EnteredFigures = [];
    internal readonly List<object?[]> WorkerAnchors = [];
    internal readonly List<object?[]> Workers = [];
    internal readonly List<object?[]> Affiliations = [];
    internal readonly List<object?[]> Milestones = [];
    internal readonly List<object?[]> Contests = [];
    internal readonly List<object?[]> Standings = [];

    /// <summary>The newest of all that is in these rows.</summary>
    public Instant NewestRecordedAt { get; private set; }

    public int Count =>
        Organizations.Count
        + EnteredFigures.Count
        + Workers.Count
        + Affiliations.Count
        + Milestones.Count
        + Contests.Count
        + Standings.Count;

    /// <summary>Records in these rows that are workers.</summary>
    public int WorkerCount => WorkerAnchors.Count;

    /// <summary>All revisions of one organisation, in order, each closed by the next.</summary>
    public void Add(IReadOnlyList<Revision<OrganizationContent>> revisions)
    {
        Anchor(OrganizationAnchors, revisions[0].Id, revisions[^1].RecordedAt);
        Organizations.AddRange(revisions.Select(RecordRows.Of));
    }

    /// <summary>All revisions of one entered figure, in order, each closed by the next; its organisation is added, too.</summary>
    public void Add(IReadOnlyList<Revision<EnteredFigureContent>> revisions)
    {
        NewestRecordedAt = Instant.Max(NewestRecordedAt, revisions[^1].RecordedAt);
        EnteredFigures.AddRange(revisions.Select(Reports.EnteredFigures.RowOf));
    }

    /// <summary>A worker's whole record, each revision closed by the next; the standings are derived here.</summary>
    public void Add(Framework framework, WorkerRecord record)
    {
        foreach (var revision in record.AffiliationRevisions)
        {
            Affiliations.Add(RecordRows.Of(record.Id, revision));
        }
        foreach (var revision in record.MilestoneRevisions)
        {
            Milestones.Add(RecordRows.Of(revision));
        }
        foreach (var contest in record.Contests)
        {
            Contests.Add(RecordRows.Of(record.Id, contest));
        }
        Workers.AddRange(record.Revisions.Select(RecordRows.Of));
        Anchor(WorkerAnchors, record.Id, record.NewestRecordedAt);
        var published = new PublishedFramework(framework, default);
        foreach (var (standing, recordedAt, supersededAt) in StandingHistory.Of([published], record))
        {
            Standings.Add([
                record.Id,
                standing.Channel.Code,
                standing.Rung.Code,
                standing.Rung.Level,
                StoredDay.Of(standing.Period.From),
                StoredDay.Of(standing.Period.End),
                recordedAt.Microseconds,
                supersededAt?.Microseconds,
            ]);
        }
    }

    private void Anchor(List<object?[]> anchors, Guid id, Instant newest)
    {
        anchors.Add([id, newest.Microseconds]);
        NewestRecordedAt = Instant.Max(NewestRecordedAt, newest);
    }
}
