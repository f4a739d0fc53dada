using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Milestones;

/// <summary>Which milestones of a worker are asked for.</summary>
public sealed record MilestoneList(
    string? Type,
    string? Kind,
    string? Channel,
    MilestoneState? State,
    DateOnly? From,
    DateOnly? To,
    bool? InForce,
    bool WithVoided,
    Clocks Clocks,
    PageWish Page
) : IQuery<MilestoneList>
{
    public static MilestoneList Read(QueryReader query) =>
        new(
            query.Text("type", "Only of this milestone type."),
            query.Text("kind", "Only of types of this kind."),
            query.Text("channel", "Only those that confer or support a rung of this channel."),
            query.OneOf<MilestoneState>("state", "Only those whose newest revision has this state."),
            query.Day("from", "Only those that count from this day or later.", "2020-01-01"),
            query.Day("to", "Only those that count from this day or earlier.", "2020-12-31"),
            query.Flag("inForce", "Only those that count and are in force on the day `asOf`; `false`: only the others."),
            query.OneOf("include", "`voided` lists voided milestones too.", ["voided"]) is not null,
            query.Clocks(),
            query.Page()
        );

    public bool Has(Milestone milestone, ReadClocks clocks)
    {
        var newest = milestone.Newest;
        var content = newest.Content;
        var day = content.OccurredOn.Last;
        return (State is { } state ? newest.State == state : WithVoided || newest.State != MilestoneState.Voided)
            && (Type is null || content.Type == Type)
            && (Kind is null || clocks.Framework.MilestoneTypes.GetValueOrDefault(content.Type)?.Kind == Kind)
            && (Channel is null || GrantBody.Of(clocks.Framework, content).Any(g => g.Channel == Channel))
            && !(day < From)
            && !(day > To)
            && !(Clocks.AsOf < day)
            && (InForce is not { } wanted || IsInForce(milestone, clocks.AsOf) == wanted);
    }

    /// <summary>What does not count is in force on no day.</summary>
    private static bool IsInForce(Milestone milestone, DateOnly day) =>
        milestone.Counting is { Content: var c }
        && new CountingMilestone(milestone.Id, c.Type, c.OccurredOn, c.Until, c.Ended, c.Attributes).InForce.Contains(day);
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
        if (MilestoneFilters.Faults(wish, framework, store.Frameworks) is { Count: > 0 } faults)
        {
            return Problem.Of(faults);
        }
        if (MilestoneShelf.At(store.ReadMilestones(me, workerId), framework, knownAt) is not { } shelf)
        {
            return Problem.Of(WorkerRules.UnknownWorker);
        }
        var found = shelf.Milestones.Where(m => wish.Has(m, clocks.Value)).ToList();
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
    private static int InOrderOfLife(Milestone a, Milestone b)
    {
        var order = a.Newest.Content.OccurredOn.Last.CompareTo(b.Newest.Content.OccurredOn.Last);
        return order != 0 ? order : a.Id.CompareTo(b.Id);
    }

    private static string KeyOf(Milestone milestone) => KeyOf(milestone.Newest.Content.OccurredOn, milestone.Id);

    private static string KeyOf(PartialDate occurredOn, Guid id) => $"{Days.Iso(occurredOn.Last)} {id}";
}

/// <summary>A misspelt code would be a wrong answer; a type of an older version is none.</summary>
internal static class MilestoneFilters
{
    public static List<Refusal> Faults(MilestoneList wish, Framework framework, PublishedFrameworks versions)
    {
        var faults = new List<Refusal>();
        if (wish.Type is { } type && UnknownType(type, versions) is { } unknown)
        {
            faults.Add(unknown);
        }
        if (wish.Kind is { } kind && framework.MilestoneKinds.All(k => k.Code != kind))
        {
            faults.Add(NotOneOf("?kind", framework.MilestoneKinds.Select(k => KeyValuePair.Create(k.Code, k.Name))));
        }
        if (wish is { From: { } from, To: { } to } && from > to)
        {
            faults.Add(new Refusal(RequestRefusals.FromAfterTo, "?from", Days.Iso(from), Days.Iso(to)));
        }
        if (wish.Channel is { } channel && framework.FindChannel(channel) is null)
        {
            faults.Add(NotOneOf("?channel", framework.Channels.Select(c => KeyValuePair.Create(c.Code, c.Name))));
        }
        return faults;
    }

    public static Refusal? UnknownType(string type, PublishedFrameworks versions) =>
        versions.Versions.Any(v => v.Framework.MilestoneTypes.ContainsKey(type))
            ? null
            : NotOneOf(
                "?type",
                versions
                    .Current.MilestoneTypes.OrderBy(t => t.Key, StringComparer.Ordinal)
                    .Select(t => KeyValuePair.Create(t.Key, t.Value.Name))
            );

    private static Refusal NotOneOf(string pointer, IEnumerable<KeyValuePair<string, Name>> named) =>
        new(RequestRefusals.NotAllowed, pointer, Name.List(named));
}
