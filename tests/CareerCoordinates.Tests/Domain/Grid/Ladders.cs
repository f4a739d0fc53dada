using System.Collections.Frozen;
using System.Globalization;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>
/// A framework of two ladders, made for the fold: type <c>deck</c> gives deck rung n, <c>engine</c> engine rung n, <c>both</c>
/// rung n of both, <c>double</c> deck rung 1 and, from n = 2, also rung n; <c>hint</c> supports only and <c>plain</c> gives nothing.
/// </summary>
internal static class Ladders
{
    public static readonly Channel Deck = ChannelOf(0, "deck", 1, 2, 3, 5);
    public static readonly Channel Engine = ChannelOf(1, "engine", 1, 3, 4, 5);

    public static readonly Framework Framework = Of([Deck, Engine]);

    /// <summary>The same with a third channel that nothing grants: one rung, which asks for <paramref name="requirement"/>.</summary>
    public static Framework WithGoal(Requirement requirement)
    {
        var rung = new Rung("goal", 1, "goal-1", NameOf("goal"), 5, Attained.Apply, requirement);
        return Of([Deck, Engine, new Channel(2, "goal", NameOf("goal"), [rung])]);
    }

    private static Framework Of(IReadOnlyList<Channel> channels) =>
        new()
        {
            Code = "ladders",
            Version = 1,
            Name = NameOf("ladders"),
            TimeZone = TimeZoneInfo.Utc,
            Levels = [.. Enumerable.Range(1, 5).Select(n => new Level(n, NameOf($"level {n}")))],
            Stages =
            [
                new Stage("green", NameOf("green"), 0, 0.1m, []),
                new Stage("able", NameOf("able"), 0.1m, 2, []),
                new Stage("old-hand", NameOf("old hand"), 2, null, []),
            ],
            Channels = channels,
            MilestoneTypes = new[]
            {
                TypeOf("deck", [.. RungsByNumber(Deck)]),
                TypeOf("engine", [.. RungsByNumber(Engine)]),
                TypeOf("both", [.. RungsByNumber(Deck), .. RungsByNumber(Engine)]),
                TypeOf("double", [Always(Deck.Rungs[0]), .. RungsByNumber(Deck)]),
                TypeOf("hint", [new Grant(Deck.Rungs[3], new Condition([]), GrantMode.Supports, null, null, null)]),
                TypeOf("plain", []),
            }.ToFrozenDictionary(t => t.Code),
            EmploymentForms = FrozenDictionary<string, Name>.Empty,
            VerifierRoles = FrozenDictionary<string, Name>.Empty,
            EvidenceTypes = FrozenDictionary<string, Name>.Empty,
            Disclaimer = NameOf("disclaimer"),
            UseLimit = NameOf("use limit"),
            CanonicalJson = "{}",
            Hash = "",
        };

    /// <summary>A verified fact; days as the API takes them.</summary>
    public static CountingMilestone Fact(
        string type,
        int number,
        string occurredOn,
        string? until = null,
        string? endedOn = null,
        EndKind kind = EndKind.Ended,
        int id = 1
    ) =>
        new(
            IdOf(id),
            type,
            PartialDate.Parse(occurredOn),
            until is null ? null : PartialDate.Parse(until),
            endedOn is null ? null : new Ending(Day(endedOn), kind, "test"),
            AttributeSet.Of([new("number", AttributeValue.Of(number))])
        );

    public static Guid IdOf(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Channel ChannelOf(int index, string code, params int[] levels) =>
        new(
            index,
            code,
            NameOf(code),
            [
                .. levels.Select(
                    (level, i) =>
                        new Rung(
                            code,
                            i + 1,
                            $"{code}-{i + 1}",
                            NameOf($"{code} {i + 1}"),
                            level,
                            Attained.Apply,
                            new Requirement([])
                        )
                ),
            ]
        );

    private static IEnumerable<Grant> RungsByNumber(Channel channel) =>
        channel.Rungs.Select(rung => new Grant(
            rung,
            new Condition([new AttributeTest("number", ConditionOperator.Eq, [AttributeValue.Of(rung.Order)])]),
            GrantMode.Direct,
            null,
            null,
            null
        ));

    private static Grant Always(Rung rung) => new(rung, new Condition([]), GrantMode.Direct, null, null, null);

    private static MilestoneType TypeOf(string code, IReadOnlyList<Grant> grants) =>
        new(
            code,
            "test",
            NameOf(code),
            MilestonePeriod.Open,
            true,
            Sensitivity.Normal,
            null,
            [new AttributeDefinition("number", NameOf("number"), AttributeType.Integer, false, null, [])],
            grants,
            [],
            []
        );

    private static Name NameOf(string text) => new(text, text);
}
