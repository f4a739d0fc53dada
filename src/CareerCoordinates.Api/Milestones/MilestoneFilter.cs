using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Api.Milestones;

/// <summary>Which milestones of a worker are asked for, by a list or by an export.</summary>
public sealed record MilestoneFilter(
    string? Type,
    string? Kind,
    string? Channel,
    MilestoneState? State,
    DateOnly? From,
    DateOnly? To,
    bool? InForce,
    bool WithVoided
)
{
    public static MilestoneFilter Read(QueryReader query) =>
        new(
            query.Text("type", "Only of this milestone type."),
            query.Text("kind", "Only of types of this kind."),
            query.Text("channel", "Only those that confer or support a rung of this channel."),
            query.OneOf<MilestoneState>("state", "Only those whose newest revision has this state."),
            query.Day("from", "Only those that count from this day or later.", "2020-01-01"),
            query.Day("to", "Only those that count from this day or earlier.", "2020-12-31"),
            query.Flag("inForce", "Only those that count and are in force on the day `asOf`; `false`: only the others."),
            query.OneOf("include", "`voided` lists voided milestones too.", ["voided"]) is not null
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
            && !(clocks.AsOfGiven && clocks.AsOf < day)
            && (InForce is not { } wanted || IsInForce(milestone, clocks.AsOf) == wanted);
    }

    /// <summary>What does not count is in force on no day.</summary>
    public static bool IsInForce(Milestone milestone, DateOnly day) =>
        milestone.Counting is { Content: var c }
        && new CountingMilestone(milestone.Id, c.Type, c.OccurredOn, c.Until, c.Ended, c.Attributes).InForce.Contains(day);

    /// <summary>A misspelt code would be a wrong answer; a type of an older version is none.</summary>
    public List<Refusal> Faults(Framework framework, PublishedFrameworks versions)
    {
        var faults = new List<Refusal>();
        if (Type is { } type && UnknownType(type, versions) is { } unknown)
        {
            faults.Add(unknown);
        }
        if (Kind is { } kind && framework.MilestoneKinds.All(k => k.Code != kind))
        {
            faults.Add(NotOneOf("?kind", framework.MilestoneKinds.Select(k => KeyValuePair.Create(k.Code, k.Name))));
        }
        if (this is { From: { } from, To: { } to } && from > to)
        {
            faults.Add(new Refusal(RequestRefusals.FromAfterTo, "?from", Days.Iso(from), Days.Iso(to)));
        }
        if (Channel is { } channel && framework.FindChannel(channel) is null)
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
