using System.Collections.Frozen;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Domain.Frameworks;

/// <summary>A name in both languages of the product.</summary>
public sealed record Name(string Zh, string En);

/// <summary>
/// The model as data (坐标体系): one published version of a framework. Immutable; made only by
/// the framework file reader, which has checked it whole. Nothing in the code knows any of its codes.
/// </summary>
public sealed class Framework
{
    public required string Code { get; init; }

    /// <summary>1, 2, 3…; a published version never changes.</summary>
    public required int Version { get; init; }

    public required Name Name { get; init; }

    /// <summary>Where "today" is decided, an IANA name.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>Levels 1 to n without a gap, in order.</summary>
    public required IReadOnlyList<Level> Levels { get; init; }

    /// <summary>Stages in order; each begins where the one before ends, the last has no end.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    public required IReadOnlyList<Channel> Channels { get; init; }

    public required FrozenDictionary<string, MilestoneType> MilestoneTypes { get; init; }

    /// <summary>Codes of <c>employmentForms</c>, <c>verifierRoles</c> and <c>evidenceTypes</c>, each with its name.</summary>
    public required FrozenDictionary<string, Name> EmploymentForms { get; init; }

    public required FrozenDictionary<string, Name> VerifierRoles { get; init; }

    public required FrozenDictionary<string, Name> EvidenceTypes { get; init; }

    public required Name Disclaimer { get; init; }

    public required Name UseLimit { get; init; }

    /// <summary>The whole file as published, canonical JSON: what <c>GET /frameworks/{code}</c> answers and the hash covers.</summary>
    public required string CanonicalJson { get; init; }

    /// <summary>SHA-256 of <see cref="CanonicalJson"/>, lower-case hex.</summary>
    public required string Hash { get; init; }

    public Channel? FindChannel(string code) => Channels.FirstOrDefault(c => c.Code == code);

    public Rung? FindRung(string channel, string rung) => FindChannel(channel)?.Rungs.FirstOrDefault(r => r.Code == rung);
}

public sealed record Level(int Number, Name Name);

/// <summary>A band of years in career: from <paramref name="FromYears"/> inclusive to <paramref name="ToYears"/> exclusive.</summary>
public sealed record Stage(string Code, Name Name, decimal FromYears, decimal? ToYears, IReadOnlyList<string> Measures);

/// <summary>One of the ladders; <see cref="Index"/> is its place in the framework's order.</summary>
public sealed record Channel(int Index, string Code, Name Name, IReadOnlyList<Rung> Rungs);

public enum Attained
{
    Apply,

    /// <summary>Elected by law or chosen by an organisation: no date, no path, no list of what is missing.</summary>
    ElectedOrConferred,
}

/// <summary>A step of a channel. <see cref="Order"/> is 1 for the lowest; <see cref="Level"/> rises with it.</summary>
public sealed record Rung(
    string Channel,
    int Order,
    string Code,
    Name Name,
    int Level,
    Attained Attained,
    Requirement Requirement
);

/// <summary>What a rung normally asks for (申报条件（参考）): any one alternative, each with all of its leaves. Guides, moves nobody.</summary>
public sealed record Requirement(IReadOnlyList<IReadOnlyList<RequirementLeaf>> AnyOf);

/// <summary>A leaf of a requirement tree; see design §3.4 for what each kind means.</summary>
public abstract record RequirementLeaf(string? Note)
{
    public sealed record MilestoneHad(string Type, int MinCount, Condition Where, int? MinYearsSince, string? Note)
        : RequirementLeaf(Note);

    public sealed record RungHeld(string Channel, string Rung, int MinYears, string? Note) : RequirementLeaf(Note);

    public sealed record YearsInCareer(decimal Min, string? Note) : RequirementLeaf(Note);

    public sealed record YearsInOccupation(decimal Min, string? Note) : RequirementLeaf(Note);

    public sealed record MinAge(int Min, string? Note) : RequirementLeaf(Note);

    public sealed record Judgement(Name Name, string? Note) : RequirementLeaf(Note);
}

/// <summary><c>point</c>: recorded without until. <c>open</c>: until optional. <c>term</c>: until required.</summary>
public enum MilestonePeriod
{
    Point,
    Open,
    Term,
}

public enum Sensitivity
{
    Normal,
    Personal,
    Restricted,
}

/// <summary>A kind of milestone (成长节点).</summary>
public sealed record MilestoneType(
    string Code,
    string Kind,
    Name Name,
    MilestonePeriod Period,
    bool Enabled,
    Sensitivity Sensitivity,
    string? KeyNode,
    IReadOnlyList<AttributeDefinition> Attributes,
    IReadOnlyList<Grant> Grants,
    IReadOnlyList<string> Evidence,
    IReadOnlyList<string> VerifiedBy
)
{
    public AttributeDefinition? FindAttribute(string code) => Attributes.FirstOrDefault(a => a.Code == code);
}

public enum AttributeType
{
    String,
    Integer,
    Decimal,
    Boolean,
    Enum,

    /// <summary>The id of a worker in the recorder's scope.</summary>
    Ref,
}

/// <summary><paramref name="Allowed"/> is empty unless the type is <see cref="AttributeType.Enum"/>.</summary>
public sealed record AttributeDefinition(
    string Code,
    Name Name,
    AttributeType Type,
    bool Required,
    string? Unit,
    IReadOnlyList<string> Allowed
);

public enum GrantMode
{
    /// <summary>The verified milestone confers the rung.</summary>
    Direct,

    /// <summary>It backs an application for the rung; people decide.</summary>
    Supports,
}

/// <summary>
/// "A milestone whose attributes meet <paramref name="When"/> confers (or supports) that rung."
/// <paramref name="HolderBelow"/> / <paramref name="HolderAtLeast"/>: a support only while the rung held in that channel is below / at least that one.
/// </summary>
public sealed record Grant(Rung Rung, Condition When, GrantMode Mode, Rung? HolderBelow, Rung? HolderAtLeast, string? Note);

public enum ConditionOperator
{
    Eq,
    In,
    Lte,
    Gte,

    /// <summary>Two numbers, inclusive.</summary>
    Between,
}

/// <summary>All of the tests hold; a test on an attribute that the milestone lacks does not hold. Empty: always.</summary>
public sealed record Condition(IReadOnlyList<AttributeTest> All)
{
    public bool IsMetBy(AttributeSet attributes)
    {
        foreach (var test in All)
        {
            if (!attributes.TryGet(test.Attribute, out var value) || !test.Holds(value))
            {
                return false;
            }
        }
        return true;
    }
}

/// <summary>One test of one attribute. <paramref name="Values"/>: one for eq, lte, gte; two for between; any number for in.</summary>
public sealed record AttributeTest(string Attribute, ConditionOperator Operator, IReadOnlyList<AttributeValue> Values)
{
    public bool Holds(AttributeValue value) =>
        Operator switch
        {
            ConditionOperator.Eq => value.Equals(Values[0]),
            ConditionOperator.In => Values.Contains(value),
            ConditionOperator.Lte => value.IsNumber && value.Number <= Values[0].Number,
            ConditionOperator.Gte => value.IsNumber && value.Number >= Values[0].Number,
            ConditionOperator.Between => value.IsNumber && value.Number >= Values[0].Number && value.Number <= Values[1].Number,
            _ => throw new InvalidOperationException($"No such operator: {Operator}."),
        };
}
