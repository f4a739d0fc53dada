using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

public sealed record MilestoneList(MilestoneFilter Filter, Clocks Clocks, PageWish Page) : IQuery<MilestoneList>
{
    public static MilestoneList Read(QueryReader query) => new(MilestoneFilter.Read(query), query.Clocks(), query.Page());
}

public static class ListMilestones
{
    public static async Task<Results<Page<MilestoneBody>, Problem>> Handle(
        Guid workerId,
        Query<MilestoneList> query,
        SignedIn me,
        CareerStore store
    )
    {
        var wish = query.Value;
        var clocks = await wish.Clocks.OnAsync(store, wish.Page.Cursor);
        if (clocks.IsRefused)
        {
            return Problem.Of(clocks.Refusals);
        }
        var (knownAt, framework) = (clocks.Value.KnownAt, clocks.Value.Framework);
        if (wish.Filter.Faults(framework, store.Frameworks) is { Count: > 0 } faults)
        {
            return Problem.Of(faults);
        }
        if (MilestoneShelf.At(store.ReadMilestones(me, workerId), framework, knownAt) is not { } shelf)
        {
            return Problem.Of(WorkerRules.UnknownWorker);
        }
        var found = shelf.Milestones.Where(m => wish.Filter.Has(m, clocks.Value)).ToList();
        found.Sort(InOrderOfLife);
        var rest = wish.Page.After is [var after, ..] ? found.Where(m => string.CompareOrdinal(KeyOf(m), after) > 0) : found;
        return Page.Of(
            wish.Page,
            shelf.Show([.. rest.Take(wish.Page.Limit + 1)], clocks.Value),
            body => [KeyOf(body.OccurredOn, body.Id)],
            clocks.Value,
            wish.Page.Count ? found.Count : null
        );
    }

    /// <summary>The order of <see cref="KeyOf(Milestone)"/>, without its texts.</summary>
    internal static int InOrderOfLife(Milestone a, Milestone b)
    {
        var order = a.Newest.Content.OccurredOn.Last.CompareTo(b.Newest.Content.OccurredOn.Last);
        return order != 0 ? order : a.Id.CompareTo(b.Id);
    }

    private static string KeyOf(Milestone milestone) => KeyOf(milestone.Newest.Content.OccurredOn, milestone.Id);

    private static string KeyOf(PartialDate occurredOn, Guid id) => $"{Days.Iso(occurredOn.Last)} {id}";
}
