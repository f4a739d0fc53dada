using System.Globalization;

namespace CareerCoordinates.Api.Demo.Population;

/// <summary>An employer of the generated tree, as the lives need it.</summary>
public sealed record Employer(string Key, IndustryProfile Industry);

/// <summary>The generated tree: a district, its streets and industries, unions and employers; the same for one seed and size.</summary>
public sealed class PopulationTree
{
    private readonly Dictionary<string, Employer[]> byGroup;

    private PopulationTree(IReadOnlyList<ScriptedOrganization> organizations, List<Employer> employers)
    {
        Organizations = organizations;
        byGroup = employers.GroupBy(e => e.Industry.Group).ToDictionary(g => g.Key, g => g.ToArray());
    }

    /// <summary>Parents before children.</summary>
    public IReadOnlyList<ScriptedOrganization> Organizations { get; }

    public Employer[] In(string group) => byGroup[group];

    /// <param name="start">The first day of the simulated clock: the whole tree is recorded then.</param>
    public static PopulationTree Build(PopulationProfile profile, ulong seed, int workers, DateOnly start)
    {
        var tree = profile.Tree;
        var random = new Prng(seed, ulong.MaxValue);
        var count = Math.Max(tree.Industries.Count * 2, workers / tree.WorkersPerEmployer);
        var streets = Math.Max(3, count / tree.EmployersPerStreet);
        var organizations = new List<ScriptedOrganization>
        {
            Organization("d", start, "district-federation", tree.District, null, SyntheticCreditCode.Union(0), null, 1951),
        };
        var unions = 1;
        for (var i = 0; i < streets; i++)
        {
            var name = tree.Streets[i % tree.Streets.Count] + Ordinal(i / tree.Streets.Count) + tree.StreetSuffix;
            var code = SyntheticCreditCode.Union(unions++);
            organizations.Add(Organization($"s{i}", start, "street-union", name, "d", code, null, 1980 + random.Below(30)));
        }
        var industryUnions = new Dictionary<string, string>();
        foreach (var name in tree.Industries.Select(i => i.IndustryUnion).OfType<string>().Distinct())
        {
            industryUnions[name] = $"i{industryUnions.Count}";
            var code = SyntheticCreditCode.Union(unions++);
            organizations.Add(
                Organization(industryUnions[name], start, "industry-union", name, "d", code, null, 2000 + random.Below(16))
            );
        }
        var employers = new List<Employer>(count);
        for (var i = 0; i < count; i++)
        {
            // The first of every industry once, so that small populations have them all.
            var industry = i < tree.Industries.Count ? tree.Industries[i] : random.Weighted(tree.Industries, x => x.Weight);
            var name =
                random.Of(tree.EmployerFirst) + random.Of(tree.EmployerSecond) + Ordinal(i / 400) + industry.EmployerSuffix;
            var parent = industry.IndustryUnion is { } union ? industryUnions[union] : $"s{random.Below(streets)}";
            if (random.Chance(tree.OwnUnion))
            {
                var code = SyntheticCreditCode.Union(unions++);
                var founded = 1985 + random.Below(30);
                organizations.Add(
                    Organization($"u{i}", start, "enterprise-union", name + tree.UnionSuffix, parent, code, null, founded)
                );
                parent = $"u{i}";
            }
            organizations.Add(
                Organization($"e{i}", start, "enterprise", name, parent, SyntheticCreditCode.Enterprise(i), industry.Code, null)
            );
            employers.Add(new Employer($"e{i}", industry));
        }
        return new(organizations, employers);
    }

    private static ScriptedOrganization Organization(
        string key,
        DateOnly recorded,
        string kind,
        string name,
        string? parent,
        string creditCode,
        string? industryCode,
        int? founded
    ) =>
        new(
            key,
            recorded,
            kind,
            name,
            new DateOnly(founded ?? 2000, 5, 1),
            ["demo"],
            parent,
            creditCode,
            industryCode,
            founded is { } year ? new DateOnly(year, 5, 1) : null
        );

    private static string Ordinal(int n) => n == 0 ? "" : (n + 1).ToString(CultureInfo.InvariantCulture);
}
