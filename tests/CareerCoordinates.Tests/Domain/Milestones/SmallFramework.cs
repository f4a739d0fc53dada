using System.Collections.Frozen;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Tests.Domain.Milestones;

/// <summary>A framework with one type of each period and one attribute of each kind, for the rules alone.</summary>
internal static class SmallFramework
{
    public static readonly MilestoneType Exam = Type(
        "exam",
        MilestonePeriod.Point,
        [
            new("grade", Named("grade"), AttributeType.Enum, true, null, [new("a", Named("a")), new("b", Named("b"))]),
            new("paperNo", Named("paper number"), AttributeType.String, true, null, []),
            new("trade", Named("trade"), AttributeType.String, false, null, []) { Format = AttributeFormat.OccupationCode },
            new("house", Named("house"), AttributeType.String, false, null, []) { MaxLength = 40 },
            new("balance", Named("balance"), AttributeType.Decimal, false, null, []),
            new("place", Named("place"), AttributeType.Integer, false, null, []) { Min = 1, Max = 100 },
            new("hours", Named("hours"), AttributeType.Decimal, false, null, []) { Min = 0 },
            new("passed", Named("passed"), AttributeType.Boolean, false, null, []),
            new("mentor", Named("mentor"), AttributeType.Ref, false, null, []),
        ]
    );

    public static readonly MilestoneType Club = Type("club", MilestonePeriod.Open, []);
    public static readonly MilestoneType Office = Type("office", MilestonePeriod.Term, []);
    public static readonly MilestoneType Hidden = Type("hidden", MilestonePeriod.Point, []) with { Enabled = false };

    public static readonly Framework Framework = new()
    {
        Code = "small",
        Version = 3,
        Name = Named("small"),
        TimeZone = TimeZoneInfo.Utc,
        Levels = [],
        Stages = [],
        Channels = [],
        MilestoneTypes = new[] { Exam, Club, Office, Hidden }.ToFrozenDictionary(t => t.Code),
        EmploymentForms = Names("employee", "rider"),
        VerifierRoles = Names("board"),
        EvidenceTypes = Names("letter", "photo"),
        Disclaimer = Named(""),
        UseLimit = Named(""),
        CanonicalJson = "{}",
        Hash = "",
    };

    private static MilestoneType Type(string code, MilestonePeriod period, AttributeDefinition[] attributes) =>
        new(code, "kind", Named(code), period, true, Sensitivity.Normal, null, attributes, [], ["letter"], ["board"]);

    private static FrozenDictionary<string, Name> Names(params string[] codes) => codes.ToFrozenDictionary(c => c, Named);

    private static Name Named(string name) => new(name, name);
}
