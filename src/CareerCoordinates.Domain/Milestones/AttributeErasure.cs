using System.Globalization;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Domain.Milestones;

/// <summary>
/// What stays of the attributes of an erased person's milestones. Numbers, flags and codes stay; a text goes, unless it is
/// one that the framework itself names in a condition. What an indicator tells apart or groups by becomes a pseudonym: the same
/// for the same text, so it is still counted once. So every grant, requirement and figure holds as before.
/// </summary>
/// <param name="versions">All published versions of the framework: what one of them asks for stays.</param>
/// <param name="pseudonymOf">Of an attribute's code and its text.</param>
public sealed class AttributeErasure(IReadOnlyList<Framework> versions, Func<string, string, string> pseudonymOf)
{
    /// <summary>Begins every text that an erasure writes.</summary>
    public const string Mark = "erased:";

    /// <summary>
    /// The attribute that keeps the order: of milestones that grant one rung on one day the grid names the one whose attributes come
    /// first in ordinal order. No attribute of a framework begins with a capital, so it decides before the others.
    /// </summary>
    public const string Order = "Erased";

    private readonly Dictionary<(string Type, string Attribute), Fate> fates = [];

    private sealed record Fate(bool Stays, bool IsCounted, IReadOnlyList<AttributeValue> Asked);

    /// <summary>The attributes that stay of each of a person's revisions, in the order given.</summary>
    public IReadOnlyList<AttributeSet> Of(IReadOnlyList<MilestoneRevision> revisions)
    {
        var left = revisions.Select(r => Of(r.Content.Type, r.Content.Attributes)).ToArray();
        foreach (
            var rivals in Enumerable
                .Range(0, left.Length)
                .GroupBy(i => (revisions[i].Content.Type, revisions[i].Content.OccurredOn.Last))
        )
        {
            string Was(int i) => revisions[i].Content.Attributes.CanonicalJson;
            var ranked = rivals.GroupBy(Was).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToArray()).ToList();
            var isKept = ranked
                .Zip(ranked.Skip(1))
                .All(pair => string.CompareOrdinal(left[pair.First[0]].CanonicalJson, left[pair.Second[0]].CanonicalJson) < 0);
            for (var rank = 0; !isKept && rank < ranked.Count; rank++)
            {
                var place = AttributeValue.Of(Mark + rank.ToString("D5", CultureInfo.InvariantCulture));
                foreach (var i in ranked[rank])
                {
                    left[i] = AttributeSet.Of([KeyValuePair.Create(Order, place), .. left[i].Values]);
                }
            }
        }
        return left;
    }

    private AttributeSet Of(string type, AttributeSet attributes)
    {
        var left = new List<KeyValuePair<string, AttributeValue>>();
        foreach (var (code, value) in attributes.Values)
        {
            var fate = FateOf(type, code);
            if (!value.IsText || fate.Stays || fate.Asked.Contains(value))
            {
                left.Add(new(code, value));
            }
            else if (fate.IsCounted)
            {
                left.Add(new(code, AttributeValue.Of(Mark + pseudonymOf(code, value.Text))));
            }
        }
        return AttributeSet.Of(left);
    }

    private Fate FateOf(string type, string attribute)
    {
        if (fates.TryGetValue((type, attribute), out var known))
        {
            return known;
        }
        var types = versions.Select(v => v.MilestoneTypes.GetValueOrDefault(type)).OfType<MilestoneType>().ToList();
        var definitions = types.Select(t => t.FindAttribute(attribute)).OfType<AttributeDefinition>().ToList();
        var figures = versions
            .SelectMany(v => v.Indicators)
            .SelectMany(i => i.Figures)
            .Where(f => f.Milestones is { } m && (m.Type == type || types.Any(t => t.Kind == m.Kind)))
            .ToList();
        var asked = types
            .SelectMany(t => t.Grants)
            .SelectMany(g => g.When.All)
            .Concat(Leaves().Where(l => l.Type == type).SelectMany(l => l.Where.All))
            .Concat(figures.SelectMany(f => f.Where).Where(w => w.Subject == FigureSubject.Attribute).Select(w => w.Test))
            .Where(t => t.Attribute == attribute)
            .SelectMany(t => t.Values);
        return fates[(type, attribute)] = new(
            definitions.Count > 0 && definitions.All(d => d.Type == AttributeType.Enum || d.Format is not null),
            figures.Any(f =>
                f.Measure is FigureMeasure.CountDistinct { Keys: var keys } && keys.Contains(attribute)
                || f.By is { Kind: FigureGroupingKind.Attribute, Attribute: var by } && by == attribute
            ),
            [.. asked]
        );
    }

    private IEnumerable<RequirementLeaf.MilestoneHad> Leaves() =>
        versions
            .SelectMany(v => v.Channels)
            .SelectMany(c => c.Rungs)
            .SelectMany(r => r.Requirement.AnyOf)
            .SelectMany(a => a)
            .OfType<RequirementLeaf.MilestoneHad>();
}
