using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

/// <summary>Whether the caller may verify the newest revision, and who is nearest to do so. Of now: accounts take neither clock.</summary>
/// <param name="Because">Why the caller may not; empty where he may.</param>
/// <param name="Nearest">Null where nothing awaits verification, or where nobody in the tree may verify it.</param>
/// <param name="MayVoid">Whether the caller may void it.</param>
/// <param name="VoidBecause">Why he may not void it; empty where he may.</param>
/// <param name="NearestToVoid">Who may void it where he may not; null where he may, where it is voided, or where nobody in the tree may.</param>
public sealed record MayVerifyBody(
    MilestoneState State,
    bool MayVerify,
    IReadOnlyList<WhyNotBody> Because,
    NearestVerifierBody? Nearest,
    bool MayVoid,
    IReadOnlyList<WhyNotBody> VoidBecause,
    NearestVerifierBody? NearestToVoid
)
{
    public static readonly MayVerifyBody Example = new(
        MilestoneState.Submitted,
        false,
        [new(FourEyesRule.FourEyes.Code, FourEyesRule.FourEyes.En)],
        new(Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a00"), "示例街道总工会", ["street-union"]),
        true,
        [],
        null
    );
}

/// <param name="Code">Stable for ever: that of the refusal which <c>:verify</c> would give.</param>
/// <param name="Detail">The same in the language asked for.</param>
public sealed record WhyNotBody(string Code, string Detail);

/// <summary>The nearest organisation, going up from the worker's places today, with somebody who may verify this.</summary>
/// <param name="OrganizationId">Null where he speaks for the whole tree.</param>
/// <param name="Name">Its name today; null where he speaks for the whole tree.</param>
/// <param name="Acts">The type's bodies for which somebody speaks there.</param>
public sealed record NearestVerifierBody(Guid? OrganizationId, string? Name, IReadOnlyList<string> Acts);

public static class ReadVerification
{
    public static Results<Ok<MayVerifyBody>, Problem> Handle(
        Guid workerId,
        Guid milestoneId,
        HttpContext http,
        SignedIn me,
        CareerStore store
    )
    {
        http.Response.Headers.CacheControl = JsonBytes.ForPersons;
        var language = Languages.Of(http);
        var found = store.Reader.InSnapshot(c => Find(c, store, workerId, milestoneId, me, language));
        return found.IsRefused ? Problem.Of(found.Refusals) : TypedResults.Ok(found.Value);
    }

    private static Outcome<MayVerifyBody> Find(
        RecordConnection connection,
        CareerStore store,
        Guid workerId,
        Guid milestoneId,
        SignedIn me,
        Language language
    )
    {
        if (connection.ReadWorker(workerId) is not { } record)
        {
            return new Refusal(WorkerRules.UnknownWorker, "");
        }
        var hidden = me.HiddenTypes(connection, workerId, store.Today(), record.AffiliationRevisions);
        var history = record.Without(hidden).RevisionsOf(milestoneId);
        if (history.Count == 0)
        {
            return new Refusal(MilestoneDecisions.UnknownMilestone, "");
        }
        var today = store.Today();
        var newest = history[^1];
        var type = store.Frameworks.Current.MilestoneTypes.GetValueOrDefault(newest.Content.Type);
        var voided = record.Revisions[^1].Voided;
        var actor = me.ActorFor(connection, today, record, type);
        IReadOnlyList<Refusal> gone = voided ? [new Refusal(WorkerRules.WorkerVoided, "")] : [];
        var because = voided ? gone : MilestoneDecisions.WhyNotVerify(history, actor);
        var voidBecause = voided ? gone : MilestoneDecisions.WhyNotVoid(history, actor);
        return new MayVerifyBody(
            newest.State,
            because.Count == 0,
            Said(because),
            newest.State == MilestoneState.Submitted ? Nearest(FourEyesRule.RecordersOfContent(history)) : null,
            voidBecause.Count == 0,
            Said(voidBecause),
            voidBecause.Count == 0 || newest.State == MilestoneState.Voided
                ? null
                : Nearest(FourEyesRule.RecordersOfAnything(history))
        );

        IReadOnlyList<WhyNotBody> Said(IReadOnlyList<Refusal> refusals) =>
            [.. refusals.Select(r => new WhyNotBody(r.Code.Code, Problem.Text(r, language)))];

        NearestVerifierBody? Nearest(IReadOnlyCollection<string> recorders) =>
            voided || type is null ? null
            : connection.FindNearestVerifier(record, type.VerifiedBy, recorders, me.MayBeJudgedBy(connection, type, today), today)
                is var (verifier, name)
                ? new(verifier.OrganizationId, name, verifier.Acts)
            : null;
    }
}
