using System.Globalization;
using System.Text.Json.Nodes;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Scenarios;

/// <summary>The life that the design works out, recorded through the API as an officer's program would, and read from the grid.</summary>
[BothEngines]
public class WorkedExample(TestEngine engine) : Scenario(engine)
{
    /// <summary>Occurred on, until, type, attributes: those that matter to the grid and those that the type needs besides.</summary>
    private const string Life = """
        2012-07-01 |            | post-assignment               | {"postKind":"trainee"}
        2012-07-01 |            | apprenticeship-programme      | {"months":12}
        2012-09-01 |            | union-membership              | {"employmentForm":"employee"}
        2013-06-20 |            | skill-level-certificate       | {"grade":"5","certificateNo":"2013050100011"}
        2013-07-01 |            | post-assignment               | {"postKind":"independent"}
        2016-03-01 |            | rationalisation-suggestion    | {"status":"adopted","topic":"泵房巡检路线"}
        2016-06-18 |            | skill-level-certificate       | {"grade":"4","certificateNo":"2016040100042"}
        2017-05-01 | 2020-04-30 | worker-representative-elected | {"post":"representative"}
        2018-10-10 |            | five-small                    | {"implemented":true,"form":"innovation"}
        2020-11-30 |            | skill-level-certificate       | {"grade":"3","certificateNo":"2020110500123"}
        2021-04-28 |            | craftsman-title               | {"title":"chaoyang-expert"}
        2023-02-07 |            | patent-grant                  | {"kind":"invention","inventorRank":1,"patentNo":"ZL202110000001.1"}
        2023-04-28 |            | labour-medal                  | {"level":"district"}
        2023-07-01 |            | team-leader-appointment       | {}
        2025-12-05 |            | skill-level-certificate       | {"grade":"2","certificateNo":"2025120500009"}
        """;

    private Person worker = null!;

    [OneTimeSetUp]
    public async Task TheLifeIsRecorded()
    {
        worker = await Officer.Registers("陈光", careerStart: "2012-07-01");
        foreach (var cells in Life.Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries)))
        {
            var attributes = JsonNode.Parse(cells[3])!;
            await Officer.Records(worker, cells[2], cells[0], attributes, cells[1] is "" ? null : cells[1]);
        }
    }

    [TestCase(
        "2018-01-01",
        "growth (5.5)",
        3,
        "worker-representative since 2017-05-01",
        "operator-post since 2013-07-01",
        "intermediate-worker since 2016-06-18",
        "adopted-suggestion since 2016-03-01"
    )]
    [TestCase(
        "2020-06-01",
        "growth (7.9)",
        3,
        "union-member since 2020-05-01, held since 2012-09-01, highest reached worker-representative",
        "operator-post since 2013-07-01",
        "intermediate-worker since 2016-06-18",
        "five-small-result since 2018-10-10"
    )]
    [TestCase(
        "2026-01-01",
        "mature (13.5)",
        5,
        "district-advanced since 2023-04-28",
        "team-leader since 2023-07-01",
        "technician since 2025-12-05",
        "authorised-ip-or-district since 2023-02-07"
    )]
    public async Task TheTableOfTheDesign_ComesOutOfTheLiveApi(
        string asOf,
        string stage,
        int level,
        string political,
        string career,
        string grade,
        string results
    )
    {
        var placed = await Officer.Places(worker, asOf);

        Assert.That(
            (placed.Stage, placed.Level, placed.Political, placed.Career, placed.Grade, placed.Results),
            Is.EqualTo((stage, level, political, career, grade, results))
        );
    }

    [Test]
    public async Task EveryFact_IsOnTheRecord_InTheOrderOfLife()
    {
        var listed = await Officer.Lists(worker);

        Assert.That(listed, Has.Length.EqualTo(15));
        var days = listed.Select(line => DateOnly.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
        Assert.That(days, Is.Ordered);
    }

    [Test]
    public async Task TheTrajectory_ShowsTheStepsAndTheStages()
    {
        var steps = await Officer.Traces(worker, "2026-01-01");

        Assert.That(steps, Has.Length.EqualTo(18));
        Assert.That(steps[0], Is.EqualTo("2012-07-01 entry 1"));
        Assert.That(steps, Has.Member("2020-05-01 growth 3"), "the term ended");
        Assert.That(steps, Has.Member("2022-07-01 mature 4"), "ten years");
        Assert.That(steps[^1], Is.EqualTo("2025-12-05 mature 5"));
    }

    [Test]
    public async Task WhatIsMissing_IsSaidForEachChannel_AndWhatIsElectedHasNoPath()
    {
        var steps = await Officer.AsksWhatIsMissing(worker, "2026-01-01");

        Assert.That(
            steps,
            Is.EqualTo([
                "political-treatment: district-deputy, elected-or-conferred",
                "career-upgrade: district-craftsman",
                "grade-promotion: senior-technician, not before 2030-12-05",
                "results-conversion: city-innovation-result, backed by patent-grant",
            ])
        );
    }

    [Test]
    public async Task WhyHeStandsThere_IsTracedToTheFacts()
    {
        var reasons = await Officer.AsksWhy(worker, "2020-06-01", "political-treatment");

        Assert.That(
            reasons,
            Is.EqualTo([
                "district-advanced by labour-medal",
                "worker-representative by worker-representative-elected",
                "union-member by union-membership, which holds and decides",
            ])
        );
    }
}
