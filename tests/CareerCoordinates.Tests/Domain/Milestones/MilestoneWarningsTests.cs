using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Domain.Milestones;

public class MilestoneWarningsTests
{
    private static readonly DateOnly Today = new(2026, 11, 26);

    [TestCase("2012-09-01", null, "2015-01-01", null, "another-open")]
    [TestCase("2012-09-01", "2014-12-31", "2015-01-01", null, "", Description = "the other has ended")]
    [TestCase("2012-09-01", null, "2009-01-01", "2011-12-31", "", Description = "an older time is entered later")]
    [TestCase("2012-09-01", null, "2009-01-01", null, "another-open")]
    [TestCase("2012-09-01", null, "2012-09-01", null, "already-recorded")]
    public void Another_of_the_same_open_type(
        string occurred,
        string? until,
        string thenOccurred,
        string? thenUntil,
        string codes
    )
    {
        var other = Known(MilestoneLife.Recorded(MilestoneLife.Local, content: MilestoneLife.Content(occurred, until)));
        var warnings = MilestoneWarnings.Of(
            SmallFramework.Club,
            Guid.NewGuid(),
            MilestoneLife.Content(thenOccurred, thenUntil),
            [other],
            Today,
            careerStart: null,
            birthDate: null
        );
        Assert.That(string.Join(' ', warnings.Select(w => w.Code.Code)), Is.EqualTo(codes));
        Assert.That(warnings.Select(w => w.About), Is.All.EqualTo(other.Id));
    }

    [Test]
    public void What_was_voided_or_is_the_same_milestone_does_not_warn()
    {
        var voided = Known(MilestoneLife.Recorded(MilestoneLife.Local).Then(MilestoneAction.Void, MilestoneLife.Local));
        var same = Known(MilestoneLife.Recorded(MilestoneLife.Local));
        Assert.That(
            MilestoneWarnings.Of(
                SmallFramework.Club,
                same.Id,
                MilestoneLife.Content("2021-01-01"),
                [voided, same],
                Today,
                null,
                null
            ),
            Is.Empty
        );
    }

    [Test]
    public void Two_facts_of_a_day_are_no_matter_unless_they_are_the_same()
    {
        var other = Known(MilestoneLife.Recorded(MilestoneLife.Local, content: MilestoneLife.Content(type: "exam")));
        var content = MilestoneLife.Content("2021-01-01", type: "exam");
        Assert.That(MilestoneWarnings.Of(SmallFramework.Exam, Guid.NewGuid(), content, [other], Today, null, null), Is.Empty);
    }

    [TestCase("2026-11-26", "", Description = "today")]
    [TestCase("2026-11-27", "not-yet")]
    public void A_day_that_lies_ahead(string occurred, string codes)
    {
        Assert.That(CodesOfExam(occurred, birthDate: null), Is.EqualTo(codes));
    }

    [TestCase("2003-01-01", "sea-ticket", "before-career")]
    [TestCase("2002-12", "sea-ticket", "before-career")]
    [TestCase("2003-01", "sea-ticket", "", Description = "it may be that day")]
    [TestCase("2003-01-02", "sea-ticket", "")]
    [TestCase("2003-01-01", "storm-relief", "", Description = "gives no rung")]
    public void A_rung_from_before_the_career_start(string occurred, string type, string codes)
    {
        var warnings = MilestoneWarnings.Of(
            TestFrameworks.Harbour.MilestoneTypes[type],
            Guid.NewGuid(),
            MilestoneLife.Content(occurred, type: type),
            [],
            Today,
            new(2003, 1, 2),
            birthDate: null
        );
        Assert.That(string.Join(' ', warnings.Select(w => w.Code.Code)), Is.EqualTo(codes));
    }

    [TestCase("1917-03-04", "before-fourteen")]
    [TestCase("1917", "", Description = "it may be later in the year")]
    [TestCase("1917-03-05", "")]
    public void A_day_before_the_fourteenth_birthday(string occurred, string codes)
    {
        Assert.That(CodesOfExam(occurred, birthDate: new(1903, 3, 5)), Is.EqualTo(codes));
    }

    private static string CodesOfExam(string occurred, DateOnly? birthDate) =>
        string.Join(
            ' ',
            MilestoneWarnings
                .Of(
                    SmallFramework.Exam,
                    Guid.NewGuid(),
                    MilestoneLife.Content(occurred, type: "exam"),
                    [],
                    Today,
                    careerStart: null,
                    birthDate
                )
                .Select(w => w.Code.Code)
        );

    private static Milestone Known(MilestoneLife life) => MilestoneHistory.At(life.History, Instant.Never)!;
}
