using System.Text.Json;

namespace CareerCoordinates.Api.Demo.Population;

/// <summary>
/// What an invented population is like, as data (<c>seeds/demo/population.json</c>): the tree, the names, the kinds of
/// working life and the facts that a life may have. The generator knows none of its codes. Years are real numbers,
/// pairs are ranges, chances lie between 0 and 1.
/// </summary>
/// <param name="Corrections">Share of the facts that are first recorded wrong.</param>
/// <param name="Leavers">Share of the lives that leave the district before they retire.</param>
public sealed record PopulationProfile(
    BilingualText Notice,
    RegistrationProfile Registration,
    TreeProfile Tree,
    NamesProfile Names,
    double Corrections,
    SecondPostProfile SecondPost,
    double Leavers,
    Span RetirementAge,
    ReasonsProfile Reasons,
    IReadOnlyList<string> ExternalEmployers,
    IReadOnlyList<LifeKind> Lives,
    IReadOnlyDictionary<string, IReadOnlyList<FactNode>> Facts
)
{
    public static PopulationProfile Read(string folder) =>
        DemoSeeds.ReadFile<PopulationProfile>(Path.Combine(folder, "population.json"));
}

/// <summary>How the record fills: a share in the first days, the rest evenly until today.</summary>
/// <param name="Years">How far back the simulated clock starts.</param>
/// <param name="Newcomers">Share of those registered later whose career has just begun.</param>
/// <param name="CareerYears">Years in career, at registration, of the others: ranges with weights.</param>
public sealed record RegistrationProfile(
    int Years,
    double AtStart,
    int StartDays,
    double Newcomers,
    IReadOnlyList<WeightedSpan> CareerYears
);

/// <summary>Some have a second affiliation beside the first, of the kind that another life has as its only one.</summary>
public sealed record SecondPostProfile(double Share, string Life);

/// <summary>Why things are recorded, in the words of an officer.</summary>
public sealed record ReasonsProfile(string Leaves, string PostEnds, IReadOnlyList<string> Corrections);

public sealed record Span(double From, double To)
{
    public double Draw(ref Prng random) => random.Between(From, To);
}

public sealed record WeightedSpan(double From, double To, double Weight);

public sealed record Weighted(string Value, double Weight);

public sealed record TreeProfile(
    string District,
    IReadOnlyList<string> Streets,
    string StreetSuffix,
    string UnionSuffix,
    int WorkersPerEmployer,
    int EmployersPerStreet,
    double OwnUnion,
    IReadOnlyList<string> EmployerFirst,
    IReadOnlyList<string> EmployerSecond,
    IReadOnlyList<IndustryProfile> Industries
);

/// <param name="Group">The kinds of life name the groups in which they find work.</param>
/// <param name="IndustryUnion">Where employers of this industry hang below a union of the industry instead of a street's.</param>
public sealed record IndustryProfile(
    string Code,
    string Group,
    double Weight,
    string EmployerSuffix,
    IReadOnlyList<Weighted> Occupations,
    string? IndustryUnion = null
);

public sealed record NamesProfile(IReadOnlyList<Weighted> Surnames, IReadOnlyList<string> Male, IReadOnlyList<string> Female);

/// <summary>A kind of working life: how one is employed, and which facts may follow.</summary>
/// <param name="Group">The group of industries in which it is found.</param>
/// <param name="Kind">Kind of the affiliation in the tree.</param>
/// <param name="Facts">Names of the fact trees.</param>
/// <param name="Moves">Share that changes employer after registration.</param>
public sealed record LifeKind(
    string Code,
    double Share,
    string Group,
    string Kind,
    IReadOnlyList<Weighted> EmploymentForms,
    Span StartAge,
    double Female,
    double Migrant,
    double EarlierJob,
    double Moves,
    IReadOnlyList<string> Facts
);

/// <summary>
/// A fact that a life may have, and what may follow it. <paramref name="After"/> counts from the fact before it, or from
/// the career start (then it may be negative: school comes first).
/// </summary>
/// <param name="Until">Length of the period in years; it ends the day before that anniversary.</param>
/// <param name="EndsWithPost">It ends on the last day at the employer.</param>
/// <param name="EndsFormer">The fact before it ends the day before, as one post does when the next begins.</param>
/// <param name="Times">It may repeat: each time counts from the one before.</param>
/// <param name="Attributes">
/// Values, or how to draw them: <c>{"oneOf": [["a", 3], ["b", 1]]}</c>, <c>{"range": [1, 9], "step": 1}</c>,
/// <c>{"number": "YT-{year}-{seven}"}</c>, <c>{"of": "occupation" | "employmentForm" | "migrantWorker"}</c>.
/// </param>
public sealed record FactNode(
    string Type,
    double Chance,
    Span After,
    IReadOnlyDictionary<string, JsonElement> Attributes,
    string? Evidence = null,
    Span? Until = null,
    bool EndsWithPost = false,
    bool EndsFormer = false,
    int Times = 1,
    IReadOnlyList<FactNode>? Next = null
)
{
    private IReadOnlyList<AttributeDraw>? draws;

    /// <summary>The attributes as the generator draws them, in the order of the file.</summary>
    internal IReadOnlyList<AttributeDraw> Draws => draws ??= [.. Attributes.Select(AttributeDraw.Of)];
}
