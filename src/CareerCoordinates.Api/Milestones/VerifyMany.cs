using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

/// <summary>A milestone as it was seen.</summary>
/// <param name="Etag">The ETag, or the <c>etag</c> of the list's item.</param>
public sealed record MilestoneSeen(Guid WorkerId, Guid MilestoneId, string Etag);

/// <summary>What is to be verified.</summary>
/// <param name="Items">1 to 500 milestones, of any workers.</param>
public sealed record MilestonesToVerify(IReadOnlyList<MilestoneSeen> Items);

public sealed class MilestonesToVerifyValidator : AbstractValidator<MilestonesToVerify>
{
    public MilestonesToVerifyValidator()
    {
        RuleFor(v => v.Items).NotEmpty().AtMost(Limits.VerifiedAtOnce);
    }
}

/// <summary>What came of one item.</summary>
/// <param name="Status">200, or the status that the refusal has by itself.</param>
/// <param name="Revision">The revision made; null where refused.</param>
/// <param name="Etag">What the next change needs; null where refused.</param>
/// <param name="Code">Why it was refused; stable for ever.</param>
/// <param name="Detail">The same in the language asked for.</param>
public sealed record VerificationBody(
    Guid WorkerId,
    Guid MilestoneId,
    int Status,
    int? Revision,
    string? Etag,
    string? Code,
    string? Detail
);

/// <summary>One result for each item, in the order of the request.</summary>
public sealed record VerificationsBody(IReadOnlyList<VerificationBody> Items);

public static class VerifyMany
{
    /// <summary>Each is a write of its own: one that is refused holds up no other.</summary>
    public static async Task<Ok<VerificationsBody>> Handle(
        Body<MilestonesToVerify> body,
        HttpContext http,
        SignedIn me,
        CareerStore store
    )
    {
        var language = Languages.Of(http);
        var results = await Task.WhenAll(
            body.Value.Items.Select(async seen => Result(seen, await Verify(store, me, seen), language))
        );
        return TypedResults.Ok(new VerificationsBody(results));
    }

    private static Task<Outcome<WrittenMilestone>> Verify(CareerStore store, SignedIn me, MilestoneSeen seen) =>
        IfMatch.TryReadRevision(seen.Etag, out var revision)
            ? Verify(store, me, seen, revision, null)
            : Task.FromResult<Outcome<WrittenMilestone>>(new Refusal(RequestRefusals.BadIfMatch, ""));

    /// <param name="basis">On what it rests, where it was not looked at by itself.</param>
    internal static Task<Outcome<WrittenMilestone>> Verify(
        CareerStore store,
        SignedIn me,
        MilestoneSeen seen,
        int revision,
        string? basis
    ) =>
        store.WriteAsync(
            me,
            transaction =>
                MilestoneWrite.Change(
                    transaction,
                    me,
                    seen.WorkerId,
                    seen.MilestoneId,
                    revision,
                    w => MilestoneDecisions.Verify(w.History, w.Decision, basis)
                ),
            seen.WorkerId
        );

    internal static VerificationBody Result(MilestoneSeen seen, Outcome<WrittenMilestone> outcome, Language language)
    {
        if (outcome.IsRefused)
        {
            var refusal = outcome.Refusals[0];
            var status = Problem.StatusOf(refusal.Code);
            return new(seen.WorkerId, seen.MilestoneId, status, null, null, refusal.Code.Code, Problem.Text(refusal, language));
        }
        var made = outcome.Value.Show();
        return new(seen.WorkerId, seen.MilestoneId, 200, made.Revision, EntityTag.Of(made.Revision, made), null, null);
    }
}
