using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

/// <summary>The whole content of a milestone as it should have been recorded, and why (更正).</summary>
/// <param name="Type">The type that the milestone has: a correction cannot change it.</param>
/// <param name="OccurredOn">As when recording.</param>
/// <param name="Attributes">All of them; one left out is taken away.</param>
/// <param name="Reason">Why the record is corrected; needed, at most 2,000 characters.</param>
/// <param name="Until">As when recording; left out means none.</param>
/// <param name="Evidence">As when recording.</param>
/// <param name="Note">As when recording.</param>
/// <param name="OnBehalf">True: you write down for the worker what he says (代填); it goes by what this correction says.</param>
/// <param name="Ended">Left out: stays as it is. Null: is taken back. A value: changes it.</param>
public sealed record MilestoneCorrection(
    string Type,
    string OccurredOn,
    IReadOnlyDictionary<string, JsonElement> Attributes,
    string Reason,
    string? Until = null,
    IReadOnlyList<EvidenceReference>? Evidence = null,
    string? Note = null,
    Optional<Ending?> Ended = default,
    bool OnBehalf = false
)
{
    public MilestoneDraft ToDraft() => new(Type, OccurredOn, Until, Attributes, Evidence ?? [], Note);

    public EndedChange ToEndedChange() =>
        !Ended.IsPresent ? EndedChange.Keep
        : Ended.Value is { } ending ? EndedChange.To(ending)
        : EndedChange.TakeBack;
}

public sealed class MilestoneCorrectionValidator : AbstractValidator<MilestoneCorrection>
{
    public MilestoneCorrectionValidator()
    {
        RuleFor(m => m.Type).NotEmpty();
        RuleFor(m => m.OccurredOn).NotEmpty();
    }
}

public static class CorrectMilestone
{
    public static Task<Results<Answer<MilestoneBody>, Problem>> Handle(
        Guid workerId,
        Guid milestoneId,
        IfMatch ifMatch,
        Body<MilestoneCorrection> body,
        SignedIn me,
        CareerStore store
    ) => MilestoneWrite.ChangeAsync(store, me, workerId, milestoneId, ifMatch, write => Correct(write, body.Value), warn: true);

    private static Outcome<MilestoneRevision> Correct(MilestoneWrite write, MilestoneCorrection said)
    {
        if (write.MayNotSayOnBehalf(said.OnBehalf) is { } ownWords)
        {
            return ownWords;
        }
        var content = write.Check(said.ToDraft());
        return content.IsRefused
            ? content.As<MilestoneRevision>()
            : MilestoneDecisions.Correct(
                write.History,
                new Domain.Milestones.CorrectMilestone(
                    content.Value,
                    write.Transaction.Framework.Version,
                    said.ToEndedChange(),
                    said.Reason,
                    said.OnBehalf
                ),
                write.Decision
            );
    }
}
