using System.Text.Json;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

/// <summary>As what a milestone is recorded.</summary>
public enum RecordedAs
{
    /// <summary>Awaits verification and counts nothing yet.</summary>
    Submitted,

    /// <summary>By one who may verify it: it counts at once.</summary>
    Verified,
}

/// <summary>A fact about a worker, to be recorded.</summary>
/// <param name="Type">A milestone type of the framework.</param>
/// <param name="OccurredOn">A day <c>2020-11-30</c>, or a month <c>2020-11</c> or a year <c>1993</c> where only that is known.</param>
/// <param name="Attributes">What was true on that day; the type says which there are. Texts have at most 2,000 characters.</param>
/// <param name="Until">Last day in force, inclusive, in the same forms: never for a point, always for a term.</param>
/// <param name="Evidence">References to proofs kept elsewhere, at most 20, each of at most 200 characters.</param>
/// <param name="Note">At most 2,000 characters.</param>
/// <param name="State"><c>submitted</c> by default.</param>
public sealed record MilestoneToRecord(
    string Type,
    string OccurredOn,
    IReadOnlyDictionary<string, JsonElement> Attributes,
    string? Until = null,
    IReadOnlyList<EvidenceReference>? Evidence = null,
    string? Note = null,
    RecordedAs State = RecordedAs.Submitted
)
{
    public MilestoneDraft ToDraft() => new(Type, OccurredOn, Until, Attributes, Evidence ?? [], Note);
}

public sealed class MilestoneToRecordValidator : AbstractValidator<MilestoneToRecord>
{
    public MilestoneToRecordValidator()
    {
        RuleFor(m => m.Type).NotEmpty();
        RuleFor(m => m.OccurredOn).NotEmpty();
    }
}

public static class RecordMilestone
{
    public static Task<Results<Recorded<MilestoneBody>, Problem>> Handle(
        Guid workerId,
        Body<MilestoneToRecord> body,
        CareerStore store
    ) =>
        store.RecordAsync<MilestoneBody>(
            body.Idempotency,
            transaction =>
            {
                var recorded = Record(transaction, workerId, body.Value);
                return recorded.IsRefused
                    ? recorded.As<Recorded<MilestoneBody>>()
                    : Answer.Recorded($"/api/v1/workers/{workerId}/milestones/{recorded.Value.Id}", recorded.Value, 1);
            }
        );

    private static Outcome<MilestoneBody> Record(RecordTransaction transaction, Guid workerId, MilestoneToRecord said)
    {
        var opened = MilestoneWrite.Open(transaction, workerId);
        if (opened.IsRefused)
        {
            return opened.As<MilestoneBody>();
        }
        var write = opened.Value;
        var content = write.Check(said.ToDraft());
        if (content.IsRefused)
        {
            return content.As<MilestoneBody>();
        }
        var revision = MilestoneDecisions.Record(
            new Domain.Milestones.RecordMilestone(
                workerId,
                transaction.NewId(),
                content.Value,
                transaction.Framework.Version,
                said.State == RecordedAs.Verified,
                write.Record.MilestoneRevisions.Count(r => r.Revision == 1)
            ),
            write.Decision
        );
        return revision.IsRefused ? revision.As<MilestoneBody>() : write.Save(revision.Value, warn: true);
    }
}
