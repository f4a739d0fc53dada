using System.Collections.Frozen;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Domain.Frameworks;

/// <summary>A name in both languages of the product.</summary>
public sealed record Name(string Zh, string En)
{
    /// <summary>For messages: people know it by its name, programs by its code.</summary>
    public Name WithCode(string code) => new($"“{Zh}”（{code}）", $"'{En}' ({code})");

    /// <summary>A list of names with their codes, for messages; in English the codes alone.</summary>
    public static Name List(IEnumerable<KeyValuePair<string, Name>> named)
    {
        var all = named.ToList();
        return new(string.Join("、", all.Select(n => $"{n.Value.Zh}（{n.Key}）")), string.Join(", ", all.Select(n => n.Key)));
    }
}

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

    /// <summary>Of the vertical axis: the order of a rung, too, goes into a byte.</summary>
    public const int MostLevels = 100;

    /// <summary>What a worker holds in all of them is one number (<see cref="Reports.HeldRungs"/>).</summary>
    public const int MostChannels = 8;

    /// <summary>Levels 1 to n without a gap, in order; at most <see cref="MostLevels"/>.</summary>
    public required IReadOnlyList<Level> Levels { get; init; }

    /// <summary>Stages in order; each begins where the one before ends, the last has no end.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>At most <see cref="MostChannels"/>.</summary>
    public required IReadOnlyList<Channel> Channels { get; init; }

    public required FrozenDictionary<string, MilestoneType> MilestoneTypes { get; init; }

    /// <summary>The families that milestone types belong to (<see cref="MilestoneType.Kind"/>), in the framework's order.</summary>
    public IReadOnlyList<CodedName> MilestoneKinds { get; init; } = [];

    public IReadOnlyList<CodedName> KeyNodes { get; init; } = [];

    /// <summary>What the programme consists of, in its order: main line, goals, initiatives, channels, services.</summary>
    public IReadOnlyList<ProgrammePart> ProgrammeParts { get; init; } = [];

    /// <summary>The programme's action plans with their tasks, in the framework's order; empty where the file lists none.</summary>
    public IReadOnlyList<ActionPlan> ActionPlans { get; init; } = [];

    /// <summary>What a reporting year is described by, in the framework's order.</summary>
    public IReadOnlyList<Indicator> Indicators { get; init; } = [];

    /// <summary>
    /// Sections of GB/T 4754 (one letter) whose workers this framework counts as industrial workers (产业工人); empty if it does not say.
    /// </summary>
    public IReadOnlyList<string> IndustrialWorkerSections { get; init; } = [];

    public LevelRule LevelRule { get; init; }

    /// <summary>Codes of <c>employmentForms</c>, <c>verifierRoles</c>, <c>evidenceTypes</c> and <c>units</c>, each with its name.</summary>
    public required FrozenDictionary<string, Name> EmploymentForms { get; init; }

    public required FrozenDictionary<string, Name> VerifierRoles { get; init; }

    /// <summary>Those of <see cref="VerifierRoles"/> that are the employer: they see nothing restricted.</summary>
    public FrozenSet<string> EmployerBodies { get; init; } = FrozenSet<string>.Empty;

    public required FrozenDictionary<string, Name> EvidenceTypes { get; init; }

    public FrozenDictionary<string, Name> Units { get; init; } = FrozenDictionary<string, Name>.Empty;

    public required Name Disclaimer { get; init; }

    public required Name UseLimit { get; init; }

    /// <summary>The whole file as published, canonical JSON: what <c>GET /frameworks/{code}</c> answers and the hash covers.</summary>
    public required string CanonicalJson { get; init; }

    /// <summary>SHA-256 of <see cref="CanonicalJson"/>, lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>Whether coordinates or next steps tell who has a milestone of the type: it grants, is required or is a measure.</summary>
    public bool ShowsBeyondLists(string type) =>
        MilestoneTypes.GetValueOrDefault(type) is { Grants.Count: > 0 }
        || Stages.Any(stage => stage.Measures.Contains(type))
        || Channels
            .SelectMany(channel => channel.Rungs)
            .SelectMany(rung => rung.Requirement.AnyOf)
            .SelectMany(leaves => leaves)
            .OfType<RequirementLeaf.MilestoneHad>()
            .Any(leaf => leaf.Type == type);

    public Channel? FindChannel(string code) => Channels.FirstOrDefault(c => c.Code == code);

    /// <summary>A figure that organisations enter; null where the framework has none of these codes.</summary>
    public EnteredFigure? FindEntered(string indicator, string figure) =>
        Indicators.FirstOrDefault(i => i.Code == indicator)?.Entered.FirstOrDefault(f => f.Code == figure);

    public Rung? FindRung(string channel, string rung) => FindChannel(channel)?.Rungs.FirstOrDefault(r => r.Code == rung);
}

/// <summary>An entry of one of the framework's word lists.</summary>
public sealed record CodedName(string Code, Name Name);

/// <summary>How the rungs held in several channels make one level.</summary>
public enum LevelRule
{
    /// <summary>The highest level among them: an average would punish a worker for a channel not used.</summary>
    Highest,
}

public sealed record Level(int Number, Name Name)
{
    public Name? Meaning { get; init; }
}

/// <summary>
/// A band of years in career: from <paramref name="FromYears"/> inclusive to <paramref name="ToYears"/> exclusive.
/// Bounds have at most one decimal. <paramref name="Measures"/>: codes of the milestone types to aim for.
/// </summary>
public sealed record Stage(string Code, Name Name, decimal FromYears, decimal? ToYears, IReadOnlyList<string> Measures)
{
    /// <summary>Where workers of this stage usually stand; words for the page, no rule.</summary>
    public IReadOnlyList<int> TypicalLevels { get; init; } = [];
}

public enum ProgrammePartKind
{
    MainLine,
    Goal,
    Initiative,
    Channel,
    Service,
}

/// <summary>A line of the programme under which milestone types and indicators are filed.</summary>
public sealed record ProgrammePart(ProgrammePartKind Kind, string Code, Name Name);

/// <summary>A plan of the programme (行动计划) and its tasks.</summary>
public sealed record ActionPlan(string Code, Name Name, IReadOnlyList<ProgrammeTask> Tasks);

/// <summary>A task of a plan (任务); its code is unique in the plan.</summary>
/// <param name="Indicator">The code of the indicator that shows how far it is; null where none does.</param>
public sealed record ProgrammeTask(string Code, Name Name, string? Indicator);

/// <summary>One of the ladders; <see cref="Index"/> is its place in the framework's order.</summary>
public sealed record Channel(int Index, string Code, Name Name, IReadOnlyList<Rung> Rungs)
{
    /// <summary>Where somebody stands in it tells more than elsewhere: protected counts of it are shown only from a higher number on.</summary>
    public bool Sensitive { get; init; }
}

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
public abstract record RequirementLeaf(Name? Note)
{
    public sealed record MilestoneHad(string Type, int MinCount, Condition Where, int? MinYearsSince, Name? Note)
        : RequirementLeaf(Note);

    public sealed record RungHeld(string Channel, string Rung, int MinYears, Name? Note) : RequirementLeaf(Note);

    public sealed record YearsInCareer(decimal Min, Name? Note) : RequirementLeaf(Note);

    public sealed record YearsInOccupation(decimal Min, Name? Note) : RequirementLeaf(Note);

    public sealed record MinAge(int Min, Name? Note) : RequirementLeaf(Note);

    public sealed record Judgement(Name Name, Name? Note) : RequirementLeaf(Note);
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
    /// <summary>The initiative, service or main line under which it is filed; null if under none.</summary>
    public ProgrammePart? BelongsTo { get; init; }

    /// <summary>When the affiliation ends, the page offers to end this milestone too; nothing ends by itself.</summary>
    public bool EndsWithAffiliation { get; init; }

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

/// <summary>A form that a text attribute must have beyond being a text.</summary>
public enum AttributeFormat
{
    /// <summary>A code of the Occupation Classification of 2022: <c>d-dd-dd-dd</c>.</summary>
    OccupationCode,
}

/// <summary>
/// What may be said of a milestone. <paramref name="Unit"/>: a code of the framework's <c>units</c>.
/// <paramref name="Allowed"/> is empty unless the type is <see cref="AttributeType.Enum"/>.
/// </summary>
public sealed record AttributeDefinition(
    string Code,
    Name Name,
    AttributeType Type,
    bool Required,
    string? Unit,
    IReadOnlyList<CodedName> Allowed
)
{
    public const int DefaultMaxLength = 2000;

    /// <summary>Only for texts.</summary>
    public AttributeFormat? Format { get; init; }

    /// <summary>Characters that a text may have at most.</summary>
    public int MaxLength { get; init; } = DefaultMaxLength;

    /// <summary>Smallest number allowed, inclusive; null: none.</summary>
    public decimal? Min { get; init; }

    /// <summary>Largest number allowed, inclusive; null: none.</summary>
    public decimal? Max { get; init; }
}

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
public sealed record Grant(Rung Rung, Condition When, GrantMode Mode, Rung? HolderBelow, Rung? HolderAtLeast, Name? Note);

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
        for (var i = 0; i < All.Count; i++)
        {
            if (!attributes.TryGet(All[i].Attribute, out var value) || !All[i].Holds(value))
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
