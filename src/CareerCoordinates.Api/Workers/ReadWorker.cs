using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Workers;

public static class ReadWorker
{
    public static async Task<Results<Answer<WorkerBody>, Problem>> Handle(
        Guid workerId,
        Query<KnownAtQuery> query,
        CareerStore store
    )
    {
        var clocks = await query.Value.Clocks.OnAsync(store);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        var revisions = store.Reader.ReadWorkerOnly(workerId);
        return Revision<WorkerContent>.At(revisions, clocks.Value.KnownAt) is { } found
            ? Answer.Of(WorkerBody.Of(found).On(clocks.Value), found.Number, clocks.Value)
            : Problem.Of(WorkerRules.UnknownWorker, workerId);
    }

    public static async Task<Results<Answer<Revisions<WorkerBody>>, Problem>> HandleRevisions(
        Guid workerId,
        Query<KnownAtQuery> query,
        CareerStore store
    )
    {
        var clocks = await query.Value.Clocks.OnAsync(store);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        var known = store.Reader.ReadWorkerOnly(workerId).Where(r => r.RecordedAt <= clocks.Value.KnownAt).ToList();
        return known.Count > 0
            ? Answer.Of(
                Revisions.Of(known.Select(r => WorkerBody.RevisionOf(r, clocks.Value.KnownAt)), clocks.Value),
                known[^1].Number,
                clocks.Value
            )
            : Problem.Of(WorkerRules.UnknownWorker, workerId);
    }
}
