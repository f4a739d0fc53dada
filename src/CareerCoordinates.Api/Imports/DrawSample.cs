using System.Security.Cryptography;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Time;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Imports;

/// <summary>How much of an import is to be looked at.</summary>
/// <param name="Size">At most 1,000. Left out: the least that is allowed.</param>
public sealed record SampleWish(int? Size = null);

public sealed class SampleWishValidator : AbstractValidator<SampleWish>
{
    public SampleWishValidator()
    {
        RuleFor(w => w.Size).InclusiveBetween(1, Limits.SampleSize);
    }
}

/// <summary>What a verifier looks at of an import.</summary>
/// <param name="Waiting">Milestones of it that the caller could verify when the sample was drawn.</param>
/// <param name="Size">How many were drawn.</param>
/// <param name="Least">So many at least: GB/T 2828.1, general level II.</param>
/// <param name="Basis">What the caller said when he verified the rest; null before.</param>
/// <param name="Verified">Milestones that were verified by this sample.</param>
/// <param name="Items">The sample. Return or reject what is wrong: then the rest is not verified with it.</param>
public sealed record SampleBody(
    Guid ImportId,
    int Waiting,
    int Size,
    int Least,
    Instant DrawnAt,
    string? Basis,
    int Verified,
    Instant? VerifiedAt,
    IReadOnlyList<MilestoneBody> Items
);

/// <summary>A sample is drawn once: asking again shows the same, or adds to it, so that nobody draws until he likes what he sees.</summary>
public static class DrawSample
{
    public static async Task<Results<Ok<SampleBody>, Problem>> Handle(
        Guid importId,
        Body<SampleWish> body,
        SignedIn me,
        PersonalReads reads,
        CareerStore store
    )
    {
        var opened = await WaitingMilestones.OpenAsync(store, me, importId);
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var waiting = opened.Value;
        var drawn = await store.WriteAsync<ImportSample>(me, tx => Draw(tx, me, importId, waiting, body.Value.Size));
        if (drawn.IsRefused)
        {
            return Problem.Of(drawn.Refusals);
        }
        var sample = drawn.Value;
        var clocks = (await new Clocks(null, null).OnAsync(store, null)).Value;
        var places = (await WaitingMilestones.OfAsync(store, me, sample)).ConvertAll(row => (row.WorkerId, row.MilestoneId));
        await reads.ListedAsync(me, [.. places.Select(p => p.WorkerId).Distinct()]);
        return TypedResults.Ok(
            new SampleBody(
                importId,
                sample.Waiting,
                sample.Milestones.Count,
                AcceptanceSample.SizeOf(sample.Waiting),
                sample.DrawnAt,
                sample.Basis,
                sample.Verified,
                sample.VerifiedAt,
                ListInbox.Show(store, me, places, clocks)
            )
        );
    }

    private static Outcome<ImportSample> Draw(
        RecordTransaction tx,
        SignedIn me,
        Guid importId,
        List<WaitingMilestone> waiting,
        int? size
    )
    {
        var before = tx.Connection.FindSample(importId, me.Caller.AccountId);
        var batch = Math.Max(before?.Waiting ?? 0, waiting.Count);
        if (size is { } asked && WaitingMilestones.TooSmall(asked, batch) is { } small)
        {
            return small;
        }
        var drawn = before?.Milestones.ToHashSet() ?? [];
        var more = Math.Min(size ?? AcceptanceSample.SizeOf(batch), batch) - drawn.Count;
        if (before is not null && more <= 0)
        {
            return before;
        }
        var others = waiting.Select(w => w.MilestoneId).Where(id => !drawn.Contains(id)).ToArray();
        RandomNumberGenerator.Shuffle(others.AsSpan());
        var sample = new ImportSample(
            importId,
            me.Caller.AccountId,
            me.Name,
            batch,
            [.. drawn, .. others.Take(more)],
            tx.RecordedAt,
            before?.Basis,
            before?.Verified ?? 0,
            before?.VerifiedAt
        );
        tx.Keep(sample);
        return sample;
    }
}
