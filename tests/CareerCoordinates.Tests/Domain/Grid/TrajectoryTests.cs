using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using static CareerCoordinates.Tests.Domain.Grid.Ladders;

namespace CareerCoordinates.Tests.Domain.Grid;

[TestFixture]
public sealed class TrajectoryTests
{
    private static readonly CountingMilestone[] Life =
    [
        Fact("deck", 1, "2020-01-15", id: 1),
        Fact("deck", 2, "2020-06-01", until: "2020-06-30", id: 2),
        Fact("engine", 1, "2020-06-01", id: 3),
        Fact("deck", 1, "2020-06-15", id: 4),
        Fact("hint", 4, "2020-08-01", id: 5),
    ];

    [Test]
    public void Points_StandWhereStageOrRungChanges_AndNameTheFactsThatDidIt() =>
        Assert.That(
            Text(Day("2020-01-01"), Life, "2022-12-31"),
            Is.EqualTo(
                new[]
                {
                    "2020-01-01 green 0: - - by ",
                    "2020-01-15 green 1: deck-1 - by 1",
                    "2020-02-07 able 1: deck-1 - by ",
                    "2020-06-01 able 2: deck-2 engine-1 by 2 3",
                    "2020-07-01 able 1: deck-1 engine-1 by 2",
                    "2022-01-01 old-hand 1: deck-1 engine-1 by ",
                }
            )
        );

    [Test]
    public void Points_AfterAsOf_AreLeftOut() =>
        Assert.That(Text(Day("2020-01-01"), Life, "2020-01-31"), Has.Exactly(2).Items.And.Some.StartsWith("2020-01-15"));

    [Test]
    public void Points_BeforeTheCareerStart_StandInTheFirstBand_AndTheStartIsNoChange() =>
        Assert.That(
            Text(Day("2020-06-10"), Life, "2020-07-31"),
            Is.EqualTo(
                new[]
                {
                    "2020-01-15 green 1: deck-1 - by 1",
                    "2020-06-01 green 2: deck-2 engine-1 by 2 3",
                    "2020-07-01 green 1: deck-1 engine-1 by 2",
                    "2020-07-17 able 1: deck-1 engine-1 by ",
                }
            )
        );

    [Test]
    public void Points_WithoutCareerStart_BeginWithTheFirstRungAndHaveNoStage() =>
        Assert.That(Text(null, Life, "2020-02-01"), Is.EqualTo(new[] { "2020-01-15  1: deck-1 - by 1" }));

    [TestCase(null)]
    [TestCase("2020-01-01")]
    public void Points_BeforeAnythingHappened_AreNone(string? careerStart) =>
        Assert.That(Text(careerStart is null ? null : Day(careerStart), Life, "2019-12-31"), Is.Empty);

    [Test]
    public void Point_WhereOneFactTakesOverFromAnother_IsNone()
    {
        CountingMilestone[] life =
        [
            Fact("deck", 1, "2020-01-01", until: "2020-01-31", id: 1),
            Fact("deck", 1, "2020-02-01", id: 2),
        ];

        Assert.That(Text(null, life, "2020-12-31"), Is.EqualTo(new[] { "2020-01-01  1: deck-1 - by 1" }));
    }

    [Test]
    public void Trajectory_IsTheCoordinateOfEveryDayThatChangedIt() =>
        Histories.Check(life =>
        {
            var careerStart = Histories.Origin.AddDays(life.Count * 3);
            var asOf = Histories.Origin.AddDays(Histories.Days - 1);
            var oracles = Framework.Channels.Select(c => new DayByDay(c, life, Histories.Origin, Histories.Days)).ToList();
            var expected = new List<TrajectoryPoint>();
            for (var day = 0; day < Histories.Days; day++)
            {
                var date = Histories.Origin.AddDays(day);
                var causes = new SortedSet<Guid>(oracles.SelectMany(o => CausesOn(o, day)));
                var stage = CareerGrid.StageOn(Framework, careerStart, date);
                var begins = expected.Count == 0 && (date == careerStart || oracles.Any(o => o.Highest[day] > 0));
                var stageChanged = expected.Count > 0 && expected[^1].Stage.Code != stage.Code;
                if (begins || stageChanged || oracles.Any(o => day > 0 && o.Highest[day] != o.Highest[day - 1]))
                {
                    var positions = oracles.Select(o => o.On(day)).ToList();
                    var level = positions.Max(p => p.Rung?.Level ?? 0);
                    expected.Add(new TrajectoryPoint(date, stage, level, positions, [.. causes]));
                }
            }

            var points = CareerGrid.TrajectoryUntil(Framework, careerStart, life, asOf).Points;

            Assert.That(points.Select(p => p.From), Is.EqualTo(expected.Select(p => p.From)));
            foreach (var (point, wanted) in points.Zip(expected))
            {
                Assert.That(point.Stage == wanted.Stage && point.Level == wanted.Level, () => Describe(point, wanted));
                Assert.That(point.Channels.SequenceEqual(wanted.Channels), () => Describe(point, wanted));
                Assert.That(point.MilestoneIds.SequenceEqual(wanted.MilestoneIds), () => Describe(point, wanted));
            }
        });

    private static IEnumerable<Guid> CausesOn(DayByDay oracle, int day)
    {
        var after = oracle.Highest[day];
        var before = day == 0 ? 0 : oracle.Highest[day - 1];
        if (after == before)
        {
            return [];
        }
        var began = day == 0 ? oracle.GiversOf(after, 0) : oracle.GiversOf(after, day).Except(oracle.GiversOf(after, day - 1));
        return before == 0 ? began : began.Concat(oracle.GiversOf(before, day - 1).Except(oracle.GiversOf(before, day)));
    }

    private static string Describe(TrajectoryPoint point, TrajectoryPoint wanted) => $"{Describe(point)}, not {Describe(wanted)}";

    private static string Describe(TrajectoryPoint point) =>
        $"{point.From:O} {point.Stage} {point.Level} {string.Join(' ', point.MilestoneIds)} {string.Join("; ", point.Channels)}";

    private static string[] Text(DateOnly? careerStart, IReadOnlyList<CountingMilestone> life, string asOf) =>
        [
            .. CareerGrid
                .TrajectoryUntil(Framework, careerStart, life, Day(asOf))
                .Points.Select(p =>
                    $"{p.From:yyyy-MM-dd} {p.Stage.Code} {p.Level}: {string.Join(' ', p.Channels.Select(c => c.Rung?.Code ?? "-"))} "
                    + $"by {string.Join(' ', p.MilestoneIds.Select(id => Array.FindIndex(Numbered, n => n == id)))}"
                ),
        ];

    private static readonly Guid[] Numbered = [.. Enumerable.Range(0, 10).Select(IdOf)];
}
