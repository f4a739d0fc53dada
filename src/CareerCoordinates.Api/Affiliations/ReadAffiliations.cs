using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Affiliations;

public sealed record AffiliationList(bool InForce, bool Voided, Clocks Clocks) : IQuery<AffiliationList>
{
    public static AffiliationList Read(QueryReader query) =>
        new(
            query.Flag("inForce", "`true`: only those in force on `asOf`.") ?? false,
            query.OneOf("include", "`voided` lists voided ones too.", ["voided"]) is not null,
            query.Clocks()
        );
}

/// <summary>All of them: a worker has few.</summary>
/// <param name="AsOf">The day whose facts are in force.</param>
/// <param name="KnownAt">The instant whose record was read.</param>
/// <param name="KnownAtClosed">True where this answer can never change again.</param>
public sealed record AffiliationsBody(IReadOnlyList<AffiliationBody> Items, DateOnly AsOf, Instant KnownAt, bool KnownAtClosed);

public static class ReadAffiliations
{
    public static async Task<Results<Answer<AffiliationsBody>, Problem>> HandleList(
        Guid workerId,
        Query<AffiliationList> query,
        CareerStore store
    )
    {
        var asked = query.Value;
        var clocks = await asked.Clocks.OnAsync(store);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        if (store.Reader.ReadWorker(workerId)?.At(clocks.Value.KnownAt) is not { } view)
        {
            return Problem.Of(WorkerRules.UnknownWorker, workerId);
        }
        var found = view
            .AffiliationRevisions.Where(r => asked.Voided || !r.Voided)
            .Where(r => !asked.InForce || r.Content.InForce.Contains(clocks.Value.AsOf))
            .OrderBy(r => r.Content.From)
            .ThenBy(r => r.Id)
            .Select(r => AffiliationBody.ItemOf(workerId, r, clocks.Value));
        return Answer.Of(
            new AffiliationsBody([.. found], clocks.Value.AsOf, clocks.Value.KnownAt, clocks.Value.KnownAtClosed),
            0,
            clocks.Value
        );
    }

    public static async Task<Results<Answer<AffiliationBody>, Problem>> Handle(
        Guid workerId,
        Guid affiliationId,
        Query<KnownAtQuery> query,
        CareerStore store
    )
    {
        var known = await Known(workerId, affiliationId, query.Value.Clocks, store);
        return known.IsRefused
            ? Problem.Of(known.Refusals)
            : Answer.Of(
                AffiliationBody.Of(workerId, known.Value.Revisions[^1]).On(known.Value.Clocks),
                known.Value.Revisions[^1].Number,
                known.Value.Clocks
            );
    }

    public static async Task<Results<Answer<Revisions<AffiliationBody>>, Problem>> HandleRevisions(
        Guid workerId,
        Guid affiliationId,
        Query<KnownAtQuery> query,
        CareerStore store
    )
    {
        var known = await Known(workerId, affiliationId, query.Value.Clocks, store);
        return known.IsRefused
            ? Problem.Of(known.Refusals)
            : Answer.Of(
                Revisions.Of(
                    known.Value.Revisions.Select(r => AffiliationBody.RevisionOf(workerId, r, known.Value.Clocks.KnownAt)),
                    known.Value.Clocks
                ),
                known.Value.Revisions[^1].Number,
                known.Value.Clocks
            );
    }

    private static async ValueTask<Outcome<KnownRevisions>> Known(
        Guid workerId,
        Guid affiliationId,
        Clocks asked,
        CareerStore store
    )
    {
        var clocks = await asked.OnAsync(store);
        if (clocks.IsRefused)
        {
            return clocks.As<KnownRevisions>();
        }
        if (store.Reader.ReadWorker(workerId) is not { } record || record.At(clocks.Value.KnownAt) is null)
        {
            return new Refusal(WorkerRules.UnknownWorker, "", workerId);
        }
        var revisions = record
            .AffiliationRevisions.Where(r => r.Id == affiliationId && r.RecordedAt <= clocks.Value.KnownAt)
            .ToList();
        return revisions.Count > 0
            ? new KnownRevisions(revisions, clocks.Value)
            : new Refusal(AffiliationWriting.UnknownAffiliation, "", affiliationId);
    }

    private sealed record KnownRevisions(List<Revision<AffiliationContent>> Revisions, ReadClocks Clocks);
}
