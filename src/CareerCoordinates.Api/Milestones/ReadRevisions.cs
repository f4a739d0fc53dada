using System.Globalization;
using System.Text.Json.Serialization;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

/// <summary>One row of a milestone's history; never changed, save that it is superseded once.</summary>
/// <param name="SupersededAt">When the next revision was recorded; null for the newest.</param>
public sealed record MilestoneRevisionBody(
    int Revision,
    MilestoneState State,
    string Type,
    PartialDate OccurredOn,
    PartialDate? Until,
    Ending? Ended,
    [property: JsonConverter(typeof(AttributesConverter))] AttributeSet Attributes,
    IReadOnlyList<EvidenceReference> Evidence,
    string? Note,
    string? Reason,
    Instant RecordedAt,
    string RecordedBy,
    string? VerifiedBy,
    int FrameworkVersion,
    Instant? SupersededAt
)
{
    public static MilestoneRevisionBody Of(MilestoneRevision r, Instant knownAt) =>
        new(
            r.Revision,
            r.State,
            r.Content.Type,
            r.Content.OccurredOn,
            r.Content.Until,
            r.Content.Ended,
            r.Content.Attributes,
            r.Content.Evidence,
            r.Content.Note,
            r.Reason,
            r.RecordedAt,
            r.RecordedBy,
            r.VerifiedBy,
            r.FrameworkVersion,
            r.SupersededAt <= knownAt ? r.SupersededAt : null
        );
}

/// <summary>Which part of a history is asked for.</summary>
public sealed record RevisionList(Clocks Clocks, PageWish Page) : IQuery<RevisionList>
{
    public static RevisionList Read(QueryReader query) => new(query.KnownAt(), query.Page());
}

public static class ReadRevisions
{
    public static async Task<Results<Page<MilestoneRevisionBody>, Problem>> Handle(
        Guid workerId,
        Guid milestoneId,
        Query<RevisionList> query,
        CareerStore store
    )
    {
        var wish = query.Value.Page;
        var clocks = await query.Value.Clocks.OnAsync(store, wish.Cursor);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        var knownAt = clocks.Value.KnownAt;
        var record = store.Reader.ReadWorker(workerId);
        if (record is null || record.Revisions[0].RecordedAt > knownAt)
        {
            return Problem.Of(WorkerRules.UnknownWorker);
        }
        var known = record.RevisionsOf(milestoneId).Where(r => r.RecordedAt <= knownAt).ToList();
        if (known.Count == 0)
        {
            return Problem.Of(MilestoneDecisions.UnknownMilestone);
        }
        var after = wish.After is [var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var last) ? last : 0;
        return Page.Of(
            wish,
            [.. known.Where(r => r.Revision > after).Take(wish.Limit + 1).Select(r => MilestoneRevisionBody.Of(r, knownAt))],
            body => [body.Revision.ToString(CultureInfo.InvariantCulture)],
            clocks.Value,
            wish.Count ? known.Count : null
        );
    }
}
