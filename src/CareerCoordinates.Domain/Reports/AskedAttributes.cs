using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Domain.Reports;

/// <summary>How reports may know the values of an attribute.</summary>
/// <param name="Code">The attribute's.</param>
/// <param name="IsAsked">False: only numbers are known, which anyone may add up; flags and texts are not.</param>
/// <param name="Texts">Texts that a figure names in a condition; they are known by themselves.</param>
/// <param name="IsShown">True where all texts are known by themselves: codes, and what a figure is broken down by.</param>
/// <param name="IsToldApart">True where of other texts it is known which are the same, and no more.</param>
public sealed record AttributeUse(string Code, bool IsAsked, IReadOnlyList<string> Texts, bool IsShown, bool IsToldApart);

/// <summary>
/// What reports ask of the attributes of milestones, in any version of the framework: an earlier one answers for its time. What nobody
/// asks, and above all what people wrote, reports need not know.
/// </summary>
public sealed class AskedAttributes
{
    private readonly Dictionary<string, IReadOnlyList<AttributeUse>> types;

    /// <param name="versions">All that may answer a question.</param>
    public AskedAttributes(IReadOnlyList<Framework> versions)
    {
        types = versions
            .SelectMany(v => v.MilestoneTypes.Keys)
            .Distinct()
            .ToDictionary(type => type, IReadOnlyList<AttributeUse> (type) => [.. OfType(type, versions)]);
    }

    /// <summary>All types of any version.</summary>
    public IEnumerable<string> Types => types.Keys;

    /// <summary>Of a milestone of a type, in order of their codes; those left out are not known at all.</summary>
    public IReadOnlyList<AttributeUse> Of(string type) => types.GetValueOrDefault(type, []);

    /// <summary>Whether they ask nothing else than others do, so that what is known for those will do.</summary>
    public bool AreThoseOf(AskedAttributes others) => Said().SequenceEqual(others.Said());

    private IEnumerable<string> Said() =>
        types
            .OrderBy(t => t.Key, StringComparer.Ordinal)
            .SelectMany(t =>
                t.Value.Select(a => $"{t.Key} {a.Code} {a.IsAsked} {a.IsShown} {a.IsToldApart} {string.Join('\n', a.Texts)}")
            );

    private static IEnumerable<AttributeUse> OfType(string type, IReadOnlyList<Framework> versions)
    {
        var definitions = versions
            .Select(v => v.MilestoneTypes.GetValueOrDefault(type))
            .OfType<MilestoneType>()
            .SelectMany(t => t.Attributes)
            .ToLookup(a => a.Code);
        var figures = versions
            .SelectMany(v =>
                v.Indicators.SelectMany(i => i.Figures).Where(f => FigureCodes.TypesOf(f, v).Any(t => t.Code == type))
            )
            .ToList();
        foreach (var definition in definitions.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            var code = definition.Key;
            var tests = figures
                .SelectMany(f => f.Where)
                .Where(t => t.Subject == FigureSubject.Attribute && t.Test.Attribute == code)
                .ToList();
            var isBy = figures.Exists(f => f.By?.Attribute == code);
            var isKey = figures.Exists(f => f.Measure is FigureMeasure.CountDistinct { Keys: var keys } && keys.Contains(code));
            var isAsked = tests.Count > 0 || isBy || isKey;
            if (isAsked || definition.Any(d => d.Type is AttributeType.Integer or AttributeType.Decimal))
            {
                yield return new(
                    code,
                    isAsked,
                    [.. tests.SelectMany(t => t.Test.Values).Where(v => v.IsText).Select(v => v.Text).Distinct()],
                    isBy || (isAsked && definition.All(d => d.Type == AttributeType.Enum)),
                    isKey
                );
            }
        }
    }
}
