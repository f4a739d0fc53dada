using System.Text.Json.Serialization;
using CareerCoordinates.Api.Access;
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
/// <param name="OnBehalf">True where somebody else wrote the content down for the worker, who said it.</param>
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
    bool OnBehalf,
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
            r.OnBehalf,
            r.FrameworkVersion,
            r.SupersededAt <= knownAt ? r.SupersededAt : null
        );
}

public static class ReadRevisions
{
    public static async Task<Results<Answer<Revisions<MilestoneRevisionBody>>, Problem>> Handle(
        Guid workerId,
        Guid milestoneId,
        Query<KnownAtQuery> query,
        SignedIn me,
        CareerStore store
    )
    {
        var clocks = await query.Value.Clocks.OnAsync(store);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        var knownAt = clocks.Value.KnownAt;
        var record = store.ReadMilestones(me, workerId);
        if (record is null || record.Revisions[0].RecordedAt > knownAt)
        {
            return Problem.Of(WorkerRules.UnknownWorker);
        }
        var known = record.RevisionsOf(milestoneId).Where(r => r.RecordedAt <= knownAt).ToList();
        return known.Count > 0
            ? Answer.Of(
                Revisions.Of(known.Select(r => MilestoneRevisionBody.Of(r, knownAt)), clocks.Value),
                known[^1].Revision,
                clocks.Value
            )
            : Problem.Of(MilestoneDecisions.UnknownMilestone);
    }
}
