using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using static CareerCoordinates.Tests.Domain.Grid.Ladders;

namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>The fold of one channel, day by day, on facts small enough to check by hand. Ids are the numbers of the facts.</summary>
[TestFixture]
public sealed class FoldTable
{
    private static readonly CountingMilestone[] TouchingRuns =
    [
        Fact("deck", 1, "2020-01-01", until: "2020-01-31", id: 1),
        Fact("deck", 1, "2020-02-01", until: "2020-02-29", id: 2),
    ];

    private static readonly CountingMilestone[] GapOfOneDay =
    [
        Fact("deck", 1, "2020-01-01", until: "2020-01-30", id: 1),
        Fact("deck", 1, "2020-02-01", id: 2),
    ];

    private static readonly CountingMilestone[] TermOverMembership =
    [
        Fact("deck", 1, "2020-01-01", id: 1),
        Fact("deck", 2, "2020-03-01", until: "2020-03-31", id: 2),
    ];

    private static readonly CountingMilestone[] TermThenLowerNextDay =
    [
        Fact("deck", 3, "2020-01-01", until: "2020-01-31", id: 1),
        Fact("deck", 1, "2020-02-01", id: 2),
    ];

    private static readonly CountingMilestone[] HigherBeforeLowerGoesOn =
    [
        Fact("deck", 1, "2020-01-10", id: 1),
        Fact("deck", 3, "2020-01-01", until: "2020-01-20", id: 2),
    ];

    private static readonly CountingMilestone[] OnlyYearKnown = [Fact("deck", 2, "1993", id: 1)];
    private static readonly CountingMilestone[] OnlyMonthKnown = [Fact("deck", 2, "2020-02", until: "2020-04", id: 1)];
    private static readonly CountingMilestone[] UntilInsideItsYear = [Fact("deck", 2, "2020", until: "2020-06-30", id: 1)];
    private static readonly CountingMilestone[] EndedInsideItsMonth = [Fact("deck", 2, "2020-02", endedOn: "2020-02-10", id: 1)];

    private static readonly CountingMilestone[] EndedBeforeUntil =
    [
        Fact("deck", 2, "2020-01-01", until: "2020-12-31", endedOn: "2020-06-30", id: 1),
    ];

    private static readonly CountingMilestone[] UntilBeforeEnded =
    [
        Fact("deck", 2, "2020-01-01", until: "2020-06-30", endedOn: "2020-12-31", id: 1),
    ];

    private static readonly CountingMilestone[] Revoked =
    [
        Fact("deck", 1, "2020-01-01", id: 1),
        Fact("deck", 4, "2020-02-01", endedOn: "2020-06-30", kind: EndKind.Revoked, id: 2),
    ];

    private static readonly CountingMilestone[] OneDay = [Fact("deck", 2, "2020-02-29", until: "2020-02-29", id: 1)];
    private static readonly CountingMilestone[] TwoRungsAtOnce = [Fact("double", 3, "2020-01-01", until: "2020-01-31", id: 1)];
    private static readonly CountingMilestone[] SupportOnly = [Fact("hint", 4, "2020-01-01", id: 1)];
    private static readonly CountingMilestone[] UnknownType = [Fact("hang-gliding", 1, "2020-01-01", id: 1)];
    private static readonly CountingMilestone[] UnknownValue = [Fact("deck", 99, "2020-01-01", id: 1)];

    private static readonly CountingMilestone[] AttributeOfAnotherKind =
    [
        Fact("deck", 1, "2020-01-01", id: 1) with
        {
            Attributes = AttributeSet.Of([new("number", AttributeValue.Of("1"))]),
        },
    ];

    private static readonly CountingMilestone[] AttributeMissing =
    [
        Fact("deck", 1, "2020-01-01", id: 1) with
        {
            Attributes = AttributeSet.Empty,
        },
    ];

    //  facts                                        as of         rung      since         held since    by  reached
    [TestCase(
        nameof(TouchingRuns), /*           */
        "2019-12-31",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        null
    )]
    [TestCase(
        nameof(TouchingRuns), /*           */
        "2020-01-01",
        "deck-1",
        "2020-01-01",
        "2020-01-01",
        1,
        "deck-1"
    )]
    [TestCase(
        nameof(TouchingRuns), /*           */
        "2020-01-31",
        "deck-1",
        "2020-01-01",
        "2020-01-01",
        1,
        "deck-1"
    )]
    [TestCase(
        nameof(TouchingRuns), /*           */
        "2020-02-01",
        "deck-1",
        "2020-01-01",
        "2020-01-01",
        2,
        "deck-1"
    )]
    [TestCase(
        nameof(TouchingRuns), /*           */
        "2020-02-29",
        "deck-1",
        "2020-01-01",
        "2020-01-01",
        2,
        "deck-1"
    )]
    [TestCase(
        nameof(TouchingRuns), /*           */
        "2020-03-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        "deck-1"
    )]
    [TestCase(
        nameof(GapOfOneDay), /*            */
        "2020-01-30",
        "deck-1",
        "2020-01-01",
        "2020-01-01",
        1,
        "deck-1"
    )]
    [TestCase(
        nameof(GapOfOneDay), /*            */
        "2020-01-31",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        "deck-1"
    )]
    [TestCase(
        nameof(GapOfOneDay), /*            */
        "2020-02-01",
        "deck-1",
        "2020-02-01",
        "2020-02-01",
        2,
        "deck-1"
    )]
    [TestCase(
        nameof(TermOverMembership), /*     */
        "2020-02-29",
        "deck-1",
        "2020-01-01",
        "2020-01-01",
        1,
        "deck-1"
    )]
    [TestCase(
        nameof(TermOverMembership), /*     */
        "2020-03-31",
        "deck-2",
        "2020-03-01",
        "2020-03-01",
        2,
        "deck-2"
    )]
    [TestCase(
        nameof(TermOverMembership), /*     */
        "2020-04-01",
        "deck-1",
        "2020-04-01",
        "2020-01-01",
        1,
        "deck-2"
    )]
    [TestCase(
        nameof(TermThenLowerNextDay), /*   */
        "2020-02-01",
        "deck-1",
        "2020-02-01",
        "2020-01-01",
        2,
        "deck-3"
    )]
    [TestCase(
        nameof(HigherBeforeLowerGoesOn), /**/
        "2020-01-20",
        "deck-3",
        "2020-01-01",
        "2020-01-01",
        2,
        "deck-3"
    )]
    [TestCase(
        nameof(HigherBeforeLowerGoesOn), /**/
        "2020-01-21",
        "deck-1",
        "2020-01-21",
        "2020-01-01",
        1,
        "deck-3"
    )]
    [TestCase(
        nameof(OnlyYearKnown), /*          */
        "1993-12-30",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        null
    )]
    [TestCase(
        nameof(OnlyYearKnown), /*          */
        "1993-12-31",
        "deck-2",
        "1993-12-31",
        "1993-12-31",
        1,
        "deck-2"
    )]
    [TestCase(
        nameof(OnlyMonthKnown), /*         */
        "2020-02-28",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        null
    )]
    [TestCase(
        nameof(OnlyMonthKnown), /*         */
        "2020-02-29",
        "deck-2",
        "2020-02-29",
        "2020-02-29",
        1,
        "deck-2"
    )]
    [TestCase(
        nameof(OnlyMonthKnown), /*         */
        "2020-04-30",
        "deck-2",
        "2020-02-29",
        "2020-02-29",
        1,
        "deck-2"
    )]
    [TestCase(
        nameof(OnlyMonthKnown), /*         */
        "2020-05-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        "deck-2"
    )]
    [TestCase(
        nameof(UntilInsideItsYear), /*     */
        "2020-06-30",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        null
    )]
    [TestCase(
        nameof(UntilInsideItsYear), /*     */
        "2020-12-31",
        "deck-2",
        "2020-12-31",
        "2020-12-31",
        1,
        "deck-2"
    )]
    [TestCase(
        nameof(UntilInsideItsYear), /*     */
        "2021-01-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        "deck-2"
    )]
    [TestCase(
        nameof(EndedInsideItsMonth), /*    */
        "2020-02-10",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        null
    )]
    [TestCase(
        nameof(EndedInsideItsMonth), /*    */
        "2020-02-29",
        "deck-2",
        "2020-02-29",
        "2020-02-29",
        1,
        "deck-2"
    )]
    [TestCase(
        nameof(EndedInsideItsMonth), /*    */
        "2020-03-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        "deck-2"
    )]
    [TestCase(
        nameof(EndedBeforeUntil), /*       */
        "2020-06-30",
        "deck-2",
        "2020-01-01",
        "2020-01-01",
        1,
        "deck-2"
    )]
    [TestCase(
        nameof(EndedBeforeUntil), /*       */
        "2020-07-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        "deck-2"
    )]
    [TestCase(
        nameof(UntilBeforeEnded), /*       */
        "2020-06-30",
        "deck-2",
        "2020-01-01",
        "2020-01-01",
        1,
        "deck-2"
    )]
    [TestCase(
        nameof(UntilBeforeEnded), /*       */
        "2020-07-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        "deck-2"
    )]
    [TestCase(
        nameof(Revoked), /*                */
        "2020-06-30",
        "deck-4",
        "2020-02-01",
        "2020-02-01",
        2,
        "deck-4"
    )]
    [TestCase(
        nameof(Revoked), /*                */
        "2020-07-01",
        "deck-1",
        "2020-07-01",
        "2020-01-01",
        1,
        "deck-4"
    )]
    [TestCase(
        nameof(OneDay), /*                 */
        "2020-02-28",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        null
    )]
    [TestCase(
        nameof(OneDay), /*                 */
        "2020-02-29",
        "deck-2",
        "2020-02-29",
        "2020-02-29",
        1,
        "deck-2"
    )]
    [TestCase(
        nameof(OneDay), /*                 */
        "2020-03-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        "deck-2"
    )]
    [TestCase(
        nameof(TwoRungsAtOnce), /*         */
        "2020-01-31",
        "deck-3",
        "2020-01-01",
        "2020-01-01",
        1,
        "deck-3"
    )]
    [TestCase(
        nameof(TwoRungsAtOnce), /*         */
        "2020-02-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        "deck-3"
    )]
    [TestCase(
        nameof(SupportOnly), /*            */
        "2020-06-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        null
    )]
    [TestCase(
        nameof(UnknownType), /*            */
        "2020-06-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        null
    )]
    [TestCase(
        nameof(UnknownValue), /*           */
        "2020-06-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        null
    )]
    [TestCase(
        nameof(AttributeOfAnotherKind), /* */
        "2020-06-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        null
    )]
    [TestCase(
        nameof(AttributeMissing), /*       */
        "2020-06-01",
        null, /**/
        null, /*  */
        null, /*  */
        0,
        null
    )]
    public void Position(string facts, string asOf, string? rung, string? since, string? heldSince, int by, string? reached)
    {
        var position = CareerGrid.CoordinateOn(Framework, null, FactsOf(facts), Day(asOf)).Channels[0];

        Assert.That(
            position,
            Is.EqualTo(
                new ChannelPosition(
                    Deck,
                    Deck.Rungs.SingleOrDefault(r => r.Code == rung),
                    since is null ? null : Day(since),
                    heldSince is null ? null : Day(heldSince),
                    by == 0 ? null : IdOf(by),
                    Deck.Rungs.SingleOrDefault(r => r.Code == reached)
                )
            )
        );
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

    //  giver of the rung, of two facts in force        a                                  b
    [TestCase(
        "earlier day wins", /*                 */
        "2020-01-02",
        null,
        "deck", /**/
        "2020-01-01",
        null,
        "deck",
        2
    )]
    [TestCase(
        "year counts from its last day", /*    */
        "2019", /**/
        null,
        "deck", /**/
        "2019-06-01",
        null,
        "deck",
        2
    )]
    [TestCase(
        "later end wins", /*                   */
        "2020-01-01",
        "2020-12-30",
        "deck",
        "2020-01-01",
        "2020-12-31",
        "deck",
        2
    )]
    [TestCase(
        "no end is the latest end", /*         */
        "2020-01-01",
        "2200-12-31",
        "deck",
        "2020-01-01",
        null,
        "deck",
        2
    )]
    [TestCase(
        "day goes before end", /*              */
        "2020-01-02",
        null,
        "deck", /**/
        "2020-01-01",
        "2020-12-31",
        "deck",
        2
    )]
    [TestCase(
        "smaller type wins", /*                */
        "2020-01-01",
        null,
        "deck", /**/
        "2020-01-01",
        null,
        "both",
        2
    )]
    [TestCase(
        "then the smaller id", /*              */
        "2020-01-01",
        null,
        "deck", /**/
        "2020-01-01",
        null,
        "deck",
        1
    )]
    public void Giver(string why, string aOn, string? aUntil, string aType, string bOn, string? bUntil, string bType, int giver)
    {
        CountingMilestone[] facts = [Fact(aType, 2, aOn, aUntil, id: 1), Fact(bType, 2, bOn, bUntil, id: 2)];

        foreach (var arrival in new[] { facts, [.. facts.Reverse()] })
        {
            var position = CareerGrid.CoordinateOn(Framework, null, arrival, Day("2020-06-01")).Channels[0];
            Assert.That(position.MilestoneId, Is.EqualTo(IdOf(giver)), why);
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
            .. TermOverMembership.Select((f, i) => f with { Id = IdOf(10 + i) }),
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

    //        career start  day           stage       years
    [TestCase(
        null, /*  */
        "2020-01-01",
        null, /*  */
        null
    )]
    [TestCase(
        "2020-01-01",
        "2019-06-01",
        "green", /**/
        0.0
    )]
    [TestCase(
        "2020-01-01",
        "2020-01-01",
        "green", /**/
        0.0
    )]
    [TestCase(
        "2020-01-01",
        "2020-02-06",
        "green", /**/
        0.0
    )] // 36 of 366 days: 0.098
    [TestCase(
        "2020-01-01",
        "2020-02-07",
        "able", /* */
        0.1
    )] // 37 of 366 days: 0.101
    [TestCase(
        "2020-01-01",
        "2021-12-31",
        "able", /* */
        1.9
    )]
    [TestCase("2020-01-01", "2022-01-01", "old-hand", 2.0)]
    [TestCase(
        "2020-02-29",
        "2022-02-28",
        "able", /* */
        1.9
    )] // the anniversary of 29 February is 1 March
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

    private static CountingMilestone[] FactsOf(string name) =>
        (CountingMilestone[])
            typeof(FoldTable)
                .GetField(name, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
                .GetValue(null)!;
}
