using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

public static class ReadMilestone
{
    public static async Task<Results<Answer<MilestoneBody>, Problem>> Handle(
        Guid workerId,
        Guid milestoneId,
        Query<ClockQuery> query,
        SignedIn me,
        CareerStore store
    )
    {
        var asked = query.Value.Clocks;
        var clocks = await asked.OnAsync(store);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        var (knownAt, framework) = (clocks.Value.KnownAt, clocks.Value.Framework);
        if (MilestoneShelf.At(store.ReadMilestones(me, workerId), framework, knownAt) is not { } shelf)
        {
            return Problem.Of(WorkerRules.UnknownWorker);
        }
        return shelf.Find(milestoneId) is { } milestone && !(asked.AsOf < milestone.Newest.Content.OccurredOn.Last)
            ? Answer.Of(shelf.Show(milestone).On(clocks.Value), milestone.Newest.Revision, clocks.Value)
            : Problem.Of(MilestoneDecisions.UnknownMilestone);
    }
}
