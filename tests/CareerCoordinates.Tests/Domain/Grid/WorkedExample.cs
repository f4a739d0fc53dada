using System.Globalization;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using static CareerCoordinates.Tests.Domain.Grid.Ladders;

namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>One life in Chaoyang's framework, as the design works it out.</summary>
[TestFixture]
public sealed class WorkedExample
{
    private const string Life = """
        2012-07-01 |            | post-assignment               | postKind trainee
        2012-07-01 |            | apprenticeship-programme      | months 12
        2012-09-01 |            | union-membership              | employmentForm employee
        2013-06-20 |            | skill-level-certificate       | grade 5
        2013-07-01 |            | post-assignment               | postKind independent
        2016-03-01 |            | rationalisation-suggestion    | status adopted
        2016-06-18 |            | skill-level-certificate       | grade 4
        2017-05-01 | 2020-04-30 | worker-representative-elected | post representative
        2018-10-10 |            | five-small                    | implemented true
        2020-11-30 |            | skill-level-certificate       | grade 3
        2021-04-28 |            | craftsman-title               | title chaoyang-expert
        2023-02-07 |            | patent-grant                  | kind invention, inventorRank 1
        2023-04-28 |            | labour-medal                  | level district
        2023-07-01 |            | team-leader-appointment       |
        2025-12-05 |            | skill-level-certificate       | grade 2
        """;

    /// <summary>As of; stage, years, level; in each channel rung, since, and where they differ held since and highest reached.</summary>
    private const string Answers = """
        2018-01-01 | growth 5.5 | 3 | worker-representative 2017-05-01 | operator-post 2013-07-01 | intermediate-worker 2016-06-18 | adopted-suggestion 2016-03-01
        2020-06-01 | growth 7.9 | 3 | union-member 2020-05-01 held 2012-09-01 reached worker-representative | operator-post 2013-07-01 | intermediate-worker 2016-06-18 | five-small-result 2018-10-10
        2026-01-01 | mature 13.5 | 5 | district-advanced 2023-04-28 | team-leader 2023-07-01 | technician 2025-12-05 | authorised-ip-or-district 2023-02-07
        """;

    private static readonly DateOnly CareerStart = Day("2012-07-01");

    private static Framework Framework => TestFrameworks.Chaoyang;

    private static IReadOnlyList<CountingMilestone> Milestones => Facts.Of(Framework, Life);

    private static IEnumerable<TestCaseData> Rows() =>
        TextTable.Rows(Answers).Select(row => new TestCaseData(row[0], string.Join(" | ", row[1..])).SetArgDisplayNames(row[0]!));

    [TestCaseSource(nameof(Rows))]
    public void Coordinate_IsThatOfTheDesign(string asOf, string expected)
    {
        var coordinate = CareerGrid.CoordinateOn(Framework, CareerStart, Milestones, Day(asOf));

        var years = coordinate.Stage.YearsInCareer?.ToString("0.0", CultureInfo.InvariantCulture);
        string[] cells = [$"{coordinate.Stage.Code} {years}", $"{coordinate.Level}", .. coordinate.Channels.Select(Describe)];
        Assert.That(string.Join(" | ", cells), Is.EqualTo(expected));
    }

    [Test]
    public void Trajectory_HasAPointForEveryStepAndEveryStage()
    {
        var points = CareerGrid.TrajectoryUntil(Framework, CareerStart, Milestones, Day("2026-01-01")).Points;

        Assert.That(
            points.Select(p => $"{p.From:yyyy-MM-dd} {p.Stage.Code} {p.Level} by {p.MilestoneIds.Count}"),
            Is.EqualTo(
                new[]
                {
                    "2012-07-01 entry 1 by 2",
                    "2012-09-01 entry 1 by 1",
                    "2013-06-20 entry 2 by 1",
                    "2013-07-01 entry 2 by 1",
                    "2014-07-01 formation 2 by 0",
                    "2016-03-01 formation 2 by 1",
                    "2016-06-18 formation 3 by 1",
                    "2017-05-01 formation 3 by 1",
                    "2017-07-01 growth 3 by 0",
                    "2018-10-10 growth 3 by 1",
                    "2020-05-01 growth 3 by 1",
                    "2020-11-30 growth 4 by 1",
                    "2021-04-28 growth 4 by 1",
                    "2022-07-01 mature 4 by 0",
                    "2023-02-07 mature 4 by 1",
                    "2023-04-28 mature 4 by 1",
                    "2023-07-01 mature 4 by 1",
                    "2025-12-05 mature 5 by 1",
                }
            )
        );
    }

    [Test]
    public void NextSteps_SayWhatTimeBringsAndWhatOnlyOthersCanGive()
    {
        var steps = NextSteps.For(Framework, WorkerOf(CareerStart), [], Milestones, Day("2026-01-01"));

        Assert.That(
            steps.Channels.Select(s => $"{s.Next?.Code} {s.NoPath} {s.Earliest:yyyy-MM-dd}"),
            Is.EqualTo(
                new[]
                {
                    "district-deputy ElectedOrConferred ",
                    "district-craftsman  ",
                    "senior-technician  2030-12-05",
                    "city-innovation-result  ",
                }
            )
        );
        Assert.That(steps.Channels[0].Alternatives, Is.Empty);
        Assert.That(
            steps.Channels[3].Supports.Select(s => (s.Rung.Code, s.Type)),
            Is.EqualTo(new[] { ("city-innovation-result", "patent-grant") })
        );
        Assert.That(
            steps.Measures.Select(m => m.Code),
            Is.EqualTo(new[] { "employee-innovation-studio", "technical-title-review", "project-lead", "union-office" })
        );
    }

    [TestCase("2020-12-01", "technician", Description = "a senior worker with a place may apply for technician")]
    [TestCase(
        "2026-01-01",
        "senior-technician",
        Description = "a technician with the same place may apply for senior technician"
    )]
    public void Supports_OfACompetitionPlace_GoByTheGradeHeld(string asOf, string rung)
    {
        var place = Facts.Of(Framework, "2020-11-30 | | skill-competition | level national-1, rank 3, group worker");
        var life = Milestones.Concat(place.Select(m => m with { Id = IdOf(99) })).ToList();

        var grades = NextSteps.For(Framework, WorkerOf(CareerStart), [], life, Day(asOf)).Channels[2];

        Assert.That(grades.Supports.Select(s => s.Rung.Code), Is.EqualTo(new[] { rung }));
    }

    [Test]
    public void Explanation_NamesTheFactsThatHoldAndTheOneThatDecides()
    {
        var why = Explanation.Of(Framework, WorkerOf(CareerStart), Milestones, Day("2020-06-01"));

        Assert.That(why.Level.Level, Is.EqualTo(3));
        Assert.That(why.Level.GivenBy.Select(c => c.Code), Is.EqualTo(new[] { "grade-promotion" }));
        Assert.That(why.Stage.Band?.Code, Is.EqualTo("growth"));
        Assert.That(why.Stage.Since, Is.EqualTo(Day("2017-07-01")));
        Assert.That(why.Stage.Next, Is.EqualTo(Day("2022-07-01")));
        Assert.That(
            why.Channels[0].Grants.Select(Describe),
            Is.EqualTo(
                new[]
                {
                    "district-advanced by labour-medal 2023-04-28 to : False False",
                    "worker-representative by worker-representative-elected 2017-05-01 to 2020-04-30: False False",
                    "union-member by union-membership 2012-09-01 to : True True",
                }
            )
        );
    }

    internal static WorkerContent WorkerOf(DateOnly? careerStart, DateOnly? birthDate = null) =>
        new(null, "Chen Guang", careerStart, birthDate, null, null);

    private static string Describe(GrantExplanation g) =>
        $"{g.Rung.Code} by {g.Type} {g.From:yyyy-MM-dd} to {g.LastDay:yyyy-MM-dd}: {g.HoldsOnDay} {g.Decides}";

    private static string Describe(ChannelPosition p)
    {
        var text = $"{p.Rung?.Code} {p.Since:yyyy-MM-dd}";
        text += p.HeldSince == p.Since ? "" : $" held {p.HeldSince:yyyy-MM-dd}";
        return text + (p.HighestReached == p.Rung ? "" : $" reached {p.HighestReached?.Code}");
    }
}
