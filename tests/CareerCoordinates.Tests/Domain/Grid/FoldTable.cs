using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using static CareerCoordinates.Tests.Domain.Grid.Ladders;

namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>The fold of one channel, day by day, on facts small enough to check by hand. Ids are the numbers of the facts.</summary>
[TestFixture]
public sealed class FoldTable
{
    /// <summary>Facts by situation: type and number, occurredOn, until, ended on. They get the ids 1, 2… in a situation.</summary>
    private const string Facts = """
        touching runs             | deck 1         | 2020-01-01 | 2020-01-31 |
        touching runs             | deck 1         | 2020-02-01 | 2020-02-29 |
        gap of one day            | deck 1         | 2020-01-01 | 2020-01-30 |
        gap of one day            | deck 1         | 2020-02-01 |            |
        term over membership      | deck 1         | 2020-01-01 |            |
        term over membership      | deck 2         | 2020-03-01 | 2020-03-31 |
        term, lower from next day | deck 3         | 2020-01-01 | 2020-01-31 |
        term, lower from next day | deck 1         | 2020-02-01 |            |
        lower begins under higher | deck 1         | 2020-01-10 |            |
        lower begins under higher | deck 3         | 2020-01-01 | 2020-01-20 |
        only the year is known    | deck 2         | 1993       |            |
        only the month is known   | deck 2         | 2020-02    | 2020-04    |
        until inside its year     | deck 2         | 2020       | 2020-06-30 |
        ended inside its month    | deck 2         | 2020-02    |            | 2020-02-10
        ended before until        | deck 2         | 2020-01-01 | 2020-12-31 | 2020-06-30
        until before ended        | deck 2         | 2020-01-01 | 2020-06-30 | 2020-12-31
        revoked                   | deck 1         | 2020-01-01 |            |
        revoked                   | deck 4         | 2020-02-01 |            | 2020-06-30
        one day, 29 February      | deck 2         | 2020-02-29 | 2020-02-29 |
        not yet                   | deck 2         | 2020-06-01 |            |
        two rungs at once         | double 3       | 2020-01-01 | 2020-01-31 |
        a support only            | hint 4         | 2020-01-01 |            |
        unknown type              | hang-gliding 1 | 2020-01-01 |            |
        unknown value             | deck 99        | 2020-01-01 |            |
        """;

    /// <summary>Questions and answers: situation, as of; rung, since, held since, fact, highest reached.</summary>
    private const string Answers = """
        touching runs             | 2019-12-31 |        |            |            |   |
        touching runs             | 2020-01-01 | deck-1 | 2020-01-01 | 2020-01-01 | 1 | deck-1
        touching runs             | 2020-01-31 | deck-1 | 2020-01-01 | 2020-01-01 | 1 | deck-1
        touching runs             | 2020-02-01 | deck-1 | 2020-01-01 | 2020-01-01 | 2 | deck-1
        touching runs             | 2020-02-29 | deck-1 | 2020-01-01 | 2020-01-01 | 2 | deck-1
        touching runs             | 2020-03-01 |        |            |            |   | deck-1
        gap of one day            | 2020-01-30 | deck-1 | 2020-01-01 | 2020-01-01 | 1 | deck-1
        gap of one day            | 2020-01-31 |        |            |            |   | deck-1
        gap of one day            | 2020-02-01 | deck-1 | 2020-02-01 | 2020-02-01 | 2 | deck-1
        term over membership      | 2020-02-29 | deck-1 | 2020-01-01 | 2020-01-01 | 1 | deck-1
        term over membership      | 2020-03-31 | deck-2 | 2020-03-01 | 2020-03-01 | 2 | deck-2
        term over membership      | 2020-04-01 | deck-1 | 2020-04-01 | 2020-01-01 | 1 | deck-2
        term, lower from next day | 2020-02-01 | deck-1 | 2020-02-01 | 2020-01-01 | 2 | deck-3
        lower begins under higher | 2020-01-20 | deck-3 | 2020-01-01 | 2020-01-01 | 2 | deck-3
        lower begins under higher | 2020-01-21 | deck-1 | 2020-01-21 | 2020-01-01 | 1 | deck-3
        only the year is known    | 1993-12-30 |        |            |            |   |
        only the year is known    | 1993-12-31 | deck-2 | 1993-12-31 | 1993-12-31 | 1 | deck-2
        only the month is known   | 2020-02-28 |        |            |            |   |
        only the month is known   | 2020-02-29 | deck-2 | 2020-02-29 | 2020-02-29 | 1 | deck-2
        only the month is known   | 2020-04-30 | deck-2 | 2020-02-29 | 2020-02-29 | 1 | deck-2
        only the month is known   | 2020-05-01 |        |            |            |   | deck-2
        until inside its year     | 2020-06-30 |        |            |            |   |
        until inside its year     | 2020-12-31 | deck-2 | 2020-12-31 | 2020-12-31 | 1 | deck-2
        until inside its year     | 2021-01-01 |        |            |            |   | deck-2
        ended inside its month    | 2020-02-10 |        |            |            |   |
        ended inside its month    | 2020-02-29 | deck-2 | 2020-02-29 | 2020-02-29 | 1 | deck-2
        ended inside its month    | 2020-03-01 |        |            |            |   | deck-2
        ended before until        | 2020-06-30 | deck-2 | 2020-01-01 | 2020-01-01 | 1 | deck-2
        ended before until        | 2020-07-01 |        |            |            |   | deck-2
        until before ended        | 2020-06-30 | deck-2 | 2020-01-01 | 2020-01-01 | 1 | deck-2
        until before ended        | 2020-07-01 |        |            |            |   | deck-2
        revoked                   | 2020-06-30 | deck-4 | 2020-02-01 | 2020-02-01 | 2 | deck-4
        revoked                   | 2020-07-01 | deck-1 | 2020-07-01 | 2020-01-01 | 1 | deck-4
        one day, 29 February      | 2020-02-28 |        |            |            |   |
        one day, 29 February      | 2020-02-29 | deck-2 | 2020-02-29 | 2020-02-29 | 1 | deck-2
        one day, 29 February      | 2020-03-01 |        |            |            |   | deck-2
        not yet                   | 2020-05-31 |        |            |            |   |
        not yet                   | 2020-06-01 | deck-2 | 2020-06-01 | 2020-06-01 | 1 | deck-2
        two rungs at once         | 2020-01-31 | deck-3 | 2020-01-01 | 2020-01-01 | 1 | deck-3
        two rungs at once         | 2020-02-01 |        |            |            |   | deck-3
        a support only            | 2020-06-01 |        |            |            |   |
        unknown type              | 2020-06-01 |        |            |            |   |
        unknown value             | 2020-06-01 |        |            |            |   |
        """;

    private static IEnumerable<TestCaseData> Positions() =>
        TextTable.Rows(Answers).Select(row => new TestCaseData([.. row]).SetArgDisplayNames(row[0]!, row[1]!));

    [TestCaseSource(nameof(Positions))]
    public void Position(
        string situation,
        string asOf,
        string? rung,
        string? since,
        string? heldSince,
        string? by,
        string? reached
    )
    {
        var facts = TextTable
            .Rows(Facts)
            .Where(row => row[0] == situation)
            .Select((row, i) => FactOf(row[1]!.Split(' '), row[2]!, row[3], row.ElementAtOrDefault(4), i + 1))
            .ToList();

        var position = CareerGrid.CoordinateOn(Framework, null, facts, Day(asOf)).Channels[0];

        Assert.That(
            $"{position.Rung?.Code} {position.Since:yyyy-MM-dd} {position.HeldSince:yyyy-MM-dd} {position.MilestoneId} {position.HighestReached?.Code}",
            Is.EqualTo($"{rung} {since} {heldSince} {(by is null ? null : IdOf(int.Parse(by)))} {reached}")
        );
    }

    private static CountingMilestone FactOf(string[] typeAndNumber, string on, string? until, string? endedOn, int id) =>
        Fact(typeAndNumber[0], int.Parse(typeAndNumber[1]), on, until, endedOn, id: id);

    [Test]
    public void Position_WhereAttributesAreMissingOrOfAnotherKind_IsNone()
    {
        var asText = AttributeSet.Of([new("number", AttributeValue.Of("1"))]);
        CountingMilestone[] facts =
        [
            Fact("deck", 1, "2020-01-01") with
            {
                Attributes = asText,
            },
            Fact("deck", 1, "2020-01-01", id: 2) with
            {
                Attributes = AttributeSet.Empty,
            },
        ];

        Assert.That(CareerGrid.Standings(Framework, facts), Is.Empty);
    }

    [Test]
    public void Coordinate_OfNobody_ListsEveryChannelAtLevelZero()
    {
        var coordinate = CareerGrid.CoordinateOn(Framework, null, [], Day("2020-01-01"));

        Assert.That(coordinate.Level, Is.Zero);
        Assert.That(coordinate.Stage, Is.EqualTo(new StagePosition(null, null)));
        Assert.That(
            coordinate.Channels,
            Is.EqualTo(
                new[]
                {
                    new ChannelPosition(Deck, null, null, null, null, null),
                    new ChannelPosition(Engine, null, null, null, null, null),
                }
            )
        );
    }

    [Test]
    public void Level_IsTheHighestOverChannels_NeverAnAverage()
    {
        CountingMilestone[] facts =
        [
            Fact("deck", 1, "2020-01-01", id: 1),
            Fact("engine", 3, "2020-02-01", until: "2020-02-29", id: 2),
        ];

        Assert.That(LevelOn(facts, "2020-01-31"), Is.EqualTo(1));
        Assert.That(LevelOn(facts, "2020-02-29"), Is.EqualTo(4));
        Assert.That(LevelOn(facts, "2020-03-01"), Is.EqualTo(1));
    }

    /// <summary>Of two facts in force, 1 and 2, which is named: why; occurredOn, until, type of each; the answer.</summary>
    private const string Givers = """
        earlier day wins        | 2020-01-02 |            | deck | 2020-01-01 |            | deck | 2
        a year counts at its end| 2019       |            | deck | 2019-06-01 |            | deck | 2
        later end wins          | 2020-01-01 | 2020-12-30 | deck | 2020-01-01 | 2020-12-31 | deck | 2
        no end is the latest    | 2020-01-01 | 2200-12-31 | deck | 2020-01-01 |            | deck | 2
        day goes before end     | 2020-01-02 |            | deck | 2020-01-01 | 2020-12-31 | deck | 2
        smaller type wins       | 2020-01-01 |            | deck | 2020-01-01 |            | both | 2
        then the smaller id     | 2020-01-01 |            | deck | 2020-01-01 |            | deck | 1
        """;

    private static IEnumerable<TestCaseData> GiverCases() =>
        TextTable.Rows(Givers).Select(row => new TestCaseData([.. row]).SetArgDisplayNames(row[0]!));

    [TestCaseSource(nameof(GiverCases))]
    public void Giver(
        string why,
        string on1,
        string? until1,
        string type1,
        string on2,
        string? until2,
        string type2,
        string giver
    )
    {
        CountingMilestone[] facts = [Fact(type1, 2, on1, until1, id: 1), Fact(type2, 2, on2, until2, id: 2)];

        foreach (var arrival in new[] { facts, [.. facts.Reverse()] })
        {
            var position = CareerGrid.CoordinateOn(Framework, null, arrival, Day("2020-06-01")).Channels[0];
            Assert.That(position.MilestoneId, Is.EqualTo(IdOf(int.Parse(giver))), why);
        }
    }

    [Test]
    public void Giver_OfFactsThatDifferInAttributesOnly_HasTheSmallerText()
    {
        CountingMilestone[] facts =
        [
            Fact("double", 2, "2020-01-01", id: 1),
            Fact("double", 1, "2020-01-01", until: "2020-01-31", id: 2),
            Fact("double", 2, "2020-01-01", id: 3) with
            {
                Attributes = AttributeSet.Of([new("name", AttributeValue.Of("A")), new("number", AttributeValue.Of(2))]),
            },
        ];

        var position = CareerGrid.CoordinateOn(Framework, null, facts, Day("2020-01-05")).Channels[0];

        Assert.That(position.MilestoneId, Is.EqualTo(IdOf(3)));
    }

    [Test]
    public void Standings_AreMaximalRunsOfExactlyOneRung_ByChannelThenDay()
    {
        CountingMilestone[] facts =
        [
            Fact("engine", 1, "2019-05-01", id: 1),
            Fact("deck", 1, "2020-01-01", id: 2),
            Fact("deck", 2, "2020-03-01", until: "2020-03-31", id: 3),
            Fact("deck", 2, "2020-04-01", until: "2020-04-30", id: 4),
            Fact("deck", 1, "2020-02-01", id: 5),
        ];

        var standings = CareerGrid.Standings(Framework, facts);

        Assert.That(
            standings.Select(s => $"{s.Rung.Code} {s.Period.From:yyyy-MM-dd} {s.Period.LastDay:yyyy-MM-dd}"),
            Is.EqualTo(
                new[]
                {
                    "deck-1 2020-01-01 2020-02-29",
                    "deck-2 2020-03-01 2020-04-30",
                    "deck-1 2020-05-01 ",
                    "engine-1 2019-05-01 ",
                }
            )
        );
    }

    [TestCase(null, "2020-01-01", null, null)]
    [TestCase("2020-01-01", "2019-06-01", "green", 0.0)]
    [TestCase("2020-01-01", "2020-01-01", "green", 0.0)]
    [TestCase("2020-01-01", "2020-02-06", "green", 0.0, Description = "36 of 366 days: 0.098")]
    [TestCase("2020-01-01", "2020-02-07", "able", 0.1, Description = "37 of 366 days: 0.101")]
    [TestCase("2020-01-01", "2021-12-31", "able", 1.9)]
    [TestCase("2020-01-01", "2022-01-01", "old-hand", 2.0)]
    [TestCase("2020-02-29", "2022-02-28", "able", 1.9, Description = "the anniversary of 29 February is 1 March")]
    [TestCase("2020-02-29", "2022-03-01", "old-hand", 2.0)]
    [TestCase("2020-02-29", "2024-02-28", "old-hand", 3.9)]
    [TestCase("2020-02-29", "2024-02-29", "old-hand", 4.0)]
    public void Stage(string? careerStart, string day, string? stage, double? years)
    {
        DateOnly? start = careerStart is null ? null : Day(careerStart);

        Assert.That(
            CareerGrid.StageOn(Framework, start, Day(day)),
            Is.EqualTo(new StagePosition(stage, years is { } y ? (decimal)y : null))
        );
    }

    [Test]
    public void Place_IsStageTimesLevelOnTheMilestonesDay()
    {
        CountingMilestone[] facts =
        [
            Fact("deck", 3, "2021-02", id: 1),
            Fact("engine", 4, "2021-03-01", until: "2021-03-31", id: 2),
        ];
        var start = Day("2020-01-01");

        var places = CareerGrid.PlacesOf(Framework, start, facts, [.. facts.Select(f => f.OccurredOn)]);

        Assert.That(
            places,
            Is.EqualTo(new[] { new Place(new StagePosition("able", 1.1m), 3), new Place(new StagePosition("able", 1.1m), 5) })
        );
        Assert.That(CareerGrid.PlaceOf(Framework, start, facts, facts[0].OccurredOn), Is.EqualTo(places[0]));
        Assert.That(
            CareerGrid.PlaceOf(Framework, null, facts, facts[0].OccurredOn),
            Is.EqualTo(new Place(new StagePosition(null, null), 3))
        );
    }

    private static int LevelOn(CountingMilestone[] facts, string day) =>
        CareerGrid.CoordinateOn(Framework, null, facts, Day(day)).Level;
}
