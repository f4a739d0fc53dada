using System.Collections.Concurrent;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Domain.Reports;

/// <summary>What is known of one organisation, on all days.</summary>
internal sealed class KnownOrganization(bool exists, Timeline<int> parents, Timeline<string?> industry, DateOnly firstDay)
{
    public bool Exists => exists;

    public Timeline<int> Parents => parents;

    public Timeline<string?> Industry => industry;

    public DateOnly FirstDay => firstDay;

    /// <summary>Once asked for, where the industry is the same on all days.</summary>
    public OrganizationFacts? Facts { get; set; }
}

/// <summary>What many organisations have in common, once for all of them.</summary>
internal sealed class SharedFacts
{
    private readonly ConcurrentDictionary<string, Timeline<string?>> industries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(OrganizationKind Kind, string? Section, string Tags), OrganizationFacts> facts = [];

    public Timeline<string?> Of(Timeline<string?> industry) =>
        industry.Steps.Count == 1 && industry.On(0) is { } always ? industries.GetOrAdd(always, industry) : industry;

    public OrganizationFacts FactsOf(OrganizationContent content, string? section) =>
        facts.GetOrAdd((content.Kind, section, string.Join('\n', content.Tags)), one => new(one.Kind, one.Section, content.Tags));
}
