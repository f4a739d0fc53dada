using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.People;
using static CareerCoordinates.Tests.Domain.Grid.Ladders;

namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>
/// Each kind of requirement on the small framework of the harbour. An answer reads: the next rung, its earliest day; then, by
/// alternative, its state and earliest day and its leaves as state, had / needed unit, earliest day.
/// </summary>
[TestFixture]
public sealed class NextStepsTable
{
    private const int Voice = 0;
    private const int Seamanship = 1;
    private const int Invention = 2;

    private static Framework Framework => TestFrameworks.Harbour;

    [TestCase(null, "2020-01-01", "deckhand never | Unknown never: Unknown ?/16 Years never")]
    [TestCase("2004-01-02", "2020-01-01", "deckhand 2020-01-02 | Unmet 2020-01-02: Unmet 15/16 Years 2020-01-02")]
    [TestCase("2004-01-02", "2020-01-02", "deckhand 2020-01-02 | Met 2020-01-02: Met 16/16 Years 2020-01-02")]
    [TestCase("2004-02-29", "2020-02-28", "deckhand 2020-02-29 | Unmet 2020-02-29: Unmet 15/16 Years 2020-02-29")]
    [TestCase("1980-01-01", "2020-01-01", "deckhand 2020-01-01 | Met 2020-01-01: Met 40/16 Years 2020-01-01")]
    public void MinAge(string? birthDate, string asOf, string expected)
    {
        var worker = WorkedExample.WorkerOf(null, birthDate is null ? null : Day(birthDate));

        Assert.That(Describe(NextSteps.For(Framework, worker, [], [], Day(asOf)).Channels[Seamanship]), Is.EqualTo(expected));
    }

    private const string Unbroken = "2020-01-15 | | berth | post deckhand";

    private const string WithGap = """
        2020-01-01 | 2020-12-31 | berth | post deckhand
        2021-07-01 |            | berth | post deckhand
        """;

    private const string EndsTooSoon = "2020-01-15 | 2021-12-31 | berth | post deckhand";
    private const string Overlapping = """
        2020-01-01 | 2021-06-30 | berth | post deckhand
        2020-07-01 | 2021-03-31 | berth | post deckhand
        2021-07-01 |            | berth | post deckhand
        """;

    private const string LeapDay = "2020-02-29 | | berth | post deckhand";
    private const string FromNextMonth = "2020-02-01 | | berth | post deckhand";

    [TestCase(Unbroken, "2020-01-15", "Unmet 0/731 Days 2022-01-15")]
    [TestCase(Unbroken, "2022-01-14", "Unmet 730/731 Days 2022-01-15")]
    [TestCase(Unbroken, "2022-01-15", "Met 731/731 Days 2022-01-15")]
    [TestCase(Unbroken, "2026-01-15", "Met 2192/731 Days 2026-01-15")]
    [TestCase(WithGap, "2021-07-01", "Unmet 366/731 Days 2022-07-01")]
    [TestCase(WithGap, "2022-06-30", "Unmet 730/731 Days 2022-07-01")]
    [TestCase(WithGap, "2022-07-01", "Met 731/731 Days 2022-07-01")]
    [TestCase(EndsTooSoon, "2021-12-31", "Unmet 716/731 Days never")]
    [TestCase(Overlapping, "2021-12-31", "Unmet 730/731 Days 2022-01-01")]
    [TestCase(LeapDay, "2022-02-28", "Unmet 730/731 Days 2022-03-01")]
    [TestCase(LeapDay, "2022-03-01", "Met 731/731 Days 2022-03-01")]
    public void RungHeld_ForYears(string facts, string asOf, string expected) =>
        Assert.That(Leaf(facts, asOf, Seamanship, 0, 0), Is.EqualTo(expected));

    [Test]
    public void RungHeld_NotYetButRecorded_CountsFromItsDay()
    {
        var facts = Facts.Of(Framework, "2020-02-01 | | berth | post bosun");
        var worker = WorkedExample.WorkerOf(Day("2010-01-01"));

        var before = NextSteps.For(Framework, worker, [], facts, Day("2020-01-15")).Channels[Seamanship];
        var after = NextSteps.For(Framework, worker, [], facts, Day("2020-02-15")).Channels[Seamanship];

        Assert.That(before.Next?.Code, Is.EqualTo("deckhand"));
        Assert.That(after.Next?.Code, Is.EqualTo("mate"));
        Assert.That(Describe(after.Alternatives[0].AllOf[0]), Is.EqualTo("Unmet 14/1096 Days 2023-02-01"));
        Assert.That(after.Alternatives[0].AllOf[0].MilestoneIds, Is.EqualTo(new[] { IdOf(1) }));
    }

    [Test]
    public void RungHeld_ByAHigherRung_Counts() =>
        Assert.That(
            Leaf("2020-01-15 | | berth | post bosun", "2021-01-15", Seamanship, 0, 0),
            Is.EqualTo("Unmet 366/1096 Days 2023-01-15")
        );

    private const string Tickets = """
        2019-01-01 | | berth      | post bosun
        2020-05-10 | | sea-ticket | klass b, resit true
        """;

    private const string TicketOfAYear = """
        2019-01-01 | | berth      | post bosun
        2020       | | sea-ticket | klass b, resit true
        """;

    private const string TicketEnded = """
        2019-01-01 | | berth      | post bosun
        2020-05-10 | | sea-ticket | klass b, resit true | 2021-06-30
        """;

    private const string TicketOfAnotherClass = """
        2019-01-01 | | berth      | post bosun
        2020-05-10 | | sea-ticket | klass c
        """;

    [TestCase(Tickets, "2020-05-09", "Unmet 2022-01-01", "Unmet 0/1 Milestones 2021-05-10")]
    [TestCase(Tickets, "2021-05-09", "Unmet 2022-01-01", "Unmet 0/1 Milestones 2021-05-10")]
    [TestCase(Tickets, "2021-05-10", "Unmet 2022-01-01", "Met 1/1 Milestones 2021-05-10")]
    [TestCase(Tickets, "2022-01-01", "Met 2022-01-01", "Met 1/1 Milestones 2022-01-01")]
    [TestCase(TicketOfAYear, "2021-12-30", "Unmet 2022-01-01", "Unmet 0/1 Milestones 2021-12-31")]
    [TestCase(TicketEnded, "2021-06-30", "Unmet never", "Met 1/1 Milestones 2021-06-30")]
    [TestCase(TicketEnded, "2021-07-01", "Unmet never", "Unmet 0/1 Milestones never")]
    [TestCase(TicketOfAnotherClass, "2022-01-01", "Unmet never", "Unmet 0/1 Milestones never")]
    public void MilestoneHad_YearsAgo_AndTheAlternativeAsAWhole(string facts, string asOf, string alternative, string leaf)
    {
        var found = Step(facts, asOf, Seamanship).Alternatives[0];

        Assert.That($"{found.State} {Describe(found.Earliest)}", Is.EqualTo(alternative));
        Assert.That(Describe(found.AllOf[1]), Is.EqualTo(leaf));
    }

    private const string TwoPlaces = """
        2019-01-01 | | berth        | post bosun
        2020-05-10 | | knot-contest | place 3, heat A
        2021-05-10 | | knot-contest | place 2, heat B
        2021-05-11 | | knot-contest | place 4, heat C
        """;

    [TestCase("2020-05-09", "Unmet 0/2 Milestones 2021-05-10")]
    [TestCase("2020-05-10", "Unmet 1/2 Milestones 2021-05-10")]
    [TestCase("2021-05-10", "Met 2/2 Milestones 2021-05-10")]
    [TestCase("2021-06-10", "Met 2/2 Milestones 2021-06-10")]
    public void MilestoneHad_Twice(string asOf, string expected) =>
        Assert.That(Leaf(TwoPlaces, asOf, Seamanship, 1, 1), Is.EqualTo(expected));

    [TestCase(null, "Unknown ?/6 Years never")]
    [TestCase("2014-07-01", "Unmet 5.9/6 Years 2020-07-01")]
    [TestCase("2014-06-30", "Met 6/6 Years 2020-06-30")]
    public void YearsInCareer(string? careerStart, string expected)
    {
        var worker = WorkedExample.WorkerOf(careerStart is null ? null : Day(careerStart));
        var step = NextSteps.For(Framework, worker, [], Facts.Of(Framework, TwoPlaces), Day("2020-06-30")).Channels[Seamanship];

        Assert.That(Describe(step.Alternatives[1].AllOf[0]), Is.EqualTo(expected));
    }

    [Test]
    public void Earliest_IsTheSoonestAlternative_EachTheLatestOfItsLeaves()
    {
        var worker = WorkedExample.WorkerOf(Day("2015-03-01"));
        var facts = Facts.Of(Framework, Tickets + "\n" + TwoPlaces);

        var step = NextSteps.For(Framework, worker, [], facts, Day("2020-06-30")).Channels[Seamanship];

        Assert.That(step.Alternatives.Select(a => a.Earliest), Is.EqualTo(new[] { Day("2022-01-01"), Day("2021-05-10") }));
        Assert.That(step.Earliest, Is.EqualTo(Day("2021-05-10")));
    }

    [Test]
    public void Judgement_IsAlwaysUnknown_AndSoIsTheDay()
    {
        var step = Step(
            """
            2015-01-01 | | sea-ticket      | klass b, resit false
            2015-01-01 | | guild-enrolment | house Northgate
            """,
            "2020-01-01",
            Seamanship
        );

        Assert.That(
            Describe(step),
            Is.EqualTo("master never | Unknown never: Met 1826/1461 Days 2020-01-01, Met 1/1 Rungs 2020-01-01, Unknown ?/? never")
        );
    }

    [Test]
    public void RungHeld_ForNoYears_AsksForTheDayOnly()
    {
        var step = Step("2015-01-01 | | sea-ticket | klass b, resit false", "2020-01-01", Seamanship);

        Assert.That(step.Alternatives[0].State, Is.EqualTo(Finding.Unmet));
        Assert.That(Describe(step.Alternatives[0].AllOf[1]), Is.EqualTo("Unmet 0/1 Rungs never"));
    }

    [Test]
    public void ElectedRung_HasNoPathAndNoDay()
    {
        var step = Step("2015-01-01 | | guild-enrolment | house Northgate", "2020-01-01", Voice);

        Assert.That(step.Next?.Code, Is.EqualTo("crew-delegate"));
        Assert.That(step.NoPath, Is.EqualTo(NoPathReason.ElectedOrConferred));
        Assert.That(step.Alternatives, Is.Empty);
        Assert.That(step.Earliest, Is.Null);
        Assert.That(step.AtTop, Is.False);
    }

    [Test]
    public void TopRung_SaysSo()
    {
        var step = Step("2015-01-01 | | rig-improvement | savings 2000, inUse true", "2020-01-01", Invention);

        Assert.That(step.Held?.Code, Is.EqualTo("shipwright"));
        Assert.That(step.Next, Is.Null);
        Assert.That(step.AtTop, Is.True);
        Assert.That(step.Alternatives, Is.Empty);
    }

    [TestCase("2020-01-01 | | knot-contest | place 2, heat A", "bosun")]
    [TestCase("2020-01-01 | | knot-contest | place 1, heat A", "")]
    [TestCase("2020-01-01 | | knot-contest | place 2, heat A | 2020-06-29", "")]
    [TestCase("2020-07-01 | | knot-contest | place 2, heat A", "")]
    [TestCase("2020-01-01 | | berth | post bosun \n 2020-01-01 | | knot-contest | place 2, heat A", "")]
    [TestCase("2020-01-01 | | berth | post bosun \n 2020-01-01 | | knot-contest | place 1, heat A", "mate")]
    [TestCase("2020-01-01 | | sea-ticket | klass b, resit false \n 2020-01-01 | | knot-contest | place 1, heat A", "")]
    public void Supports_AreForRungsAboveTheOneHeld_WhileInForceAndForTheHolder(string facts, string rungs) =>
        Assert.That(string.Join(' ', Step(facts, "2020-06-30", Seamanship).Supports.Select(s => s.Rung.Code)), Is.EqualTo(rungs));

    [TestCase("2018-01-01", "", "guild-enrolment berth")]
    [TestCase("2018-01-01", "2019-01-01 | 2019-02-01 | berth | post deckhand", "guild-enrolment")]
    [TestCase("2018-01-01", "2020-07-01 | | berth | post deckhand", "guild-enrolment berth")]
    [TestCase("2017-01-01", "2019-01-01 | | sea-ticket | klass c", "knot-contest")]
    [TestCase(null, "", "")]
    public void Measures_OfTheStage_AreThoseWithoutAVerifiedMilestone(string? careerStart, string facts, string measures)
    {
        var worker = WorkedExample.WorkerOf(careerStart is null ? null : Day(careerStart));

        var steps = NextSteps.For(Framework, worker, [], Facts.Of(Framework, facts), Day("2020-06-30"));

        Assert.That(string.Join(' ', steps.Measures.Select(m => m.Code)), Is.EqualTo(measures));
    }

    private static ChannelNextStep Step(string facts, string asOf, int channel) =>
        NextSteps.For(Framework, WorkedExample.WorkerOf(Day("2010-01-01")), [], Facts.Of(Framework, facts), Day(asOf)).Channels[
            channel
        ];

    private static string Leaf(string facts, string asOf, int channel, int alternative, int leaf) =>
        Describe(Step(facts, asOf, channel).Alternatives[alternative].AllOf[leaf]);

    private static string Describe(ChannelNextStep step) =>
        string.Join(" | ", step.Alternatives.Select(Describe).Prepend($"{step.Next?.Code} {Describe(step.Earliest)}"));

    private static string Describe(AlternativeFinding found) =>
        $"{found.State} {Describe(found.Earliest)}: {string.Join(", ", found.AllOf.Select(Describe))}";

    internal static string Describe(LeafFinding found) =>
        string.Join(
            ' ',
            new[]
            {
                $"{found.State}",
                $"{Number(found.Had)}/{Number(found.Needed)}",
                $"{found.Unit}",
                Describe(found.Earliest),
            }.Where(word => word.Length > 0)
        );

    private static string Describe(DateOnly? earliest) => earliest is { } day ? $"{day:yyyy-MM-dd}" : "never";

    private static string Number(decimal? number) => number is { } n ? $"{n:0.#}" : "?";
}
