using System.Collections.Concurrent;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>
/// What figures ask of organisations. Nearly all keep their industry, and few differ in more than kind and section: one thing is kept for all
/// that are alike, so that millions of workers ask what is near at hand. Safe for several threads.
/// </summary>
internal sealed class OrganizationFactsReading(OrganizationTree tree)
{
    private readonly OrganizationFacts?[] always = new OrganizationFacts?[tree.Count];
    private readonly ConcurrentDictionary<(OrganizationKind Kind, string? Section), OrganizationFacts> withoutTags = [];

    public OrganizationFacts On(int place, int day) => always[place] ?? Read(place, day);

    private OrganizationFacts Read(int place, int day)
    {
        var industry = tree.IndustryOf(place);
        var (kind, section, tags) = (tree.KindOf(place), industry.On(day)?[..1], tree.TagsOf(place));
        var facts =
            tags.Count == 0
                ? withoutTags.GetOrAdd((kind, section), one => new(one.Kind, one.Section, []))
                : new OrganizationFacts(kind, section, tags);
        if (industry.Steps.Count == 1)
        {
            always[place] = facts;
        }
        return facts;
    }
}
