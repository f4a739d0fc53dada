using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Domain.Milestones;

/// <summary>
/// The two clocks at the level of one milestone: what is recorded (recorded at, state, occurred, until, ended),
/// then questions (known at, as of) and answers (newest revision, counting revision, in force on the day).
/// </summary>
public class TwoClocksTests
{
    private static readonly string[] TypoMended = ["10 verified 2020-11-30", "20 submitted 2020-10-30", "30 verified 2020-10-30"];

    private static readonly string[] TypoNotBelieved =
    [
        "10 verified 2020-11-30",
        "20 submitted 2020-10-30",
        "30 rejected 2020-10-30",
    ];

    private static readonly string[] EnteredLate = ["50 submitted 2012", "60 verified 2012"];

    private static readonly string[] NeverTrue = ["10 verified 2020-11-30", "20 voided 2020-11-30"];

    private static readonly string[] Lapsed = ["10 verified 2012-09-01", "20 verified 2012-09-01 - 2019-03-31"];

    private static readonly string[] Term = ["10 verified 2017-05-01 2020-04-30", "20 verified 2017-05-01 2020-04-30 2018-12-31"];

    private static readonly string[] EndTakenBack =
    [
        "10 verified 2012-09-01",
        "20 verified 2012-09-01 - 2019-03-31",
        "30 submitted 2012-09-01",
        "40 verified 2012-09-01",
    ];

    private static readonly string[] UntilInsideStart = ["10 verified 2012 2012-03-01"];

    // csharpier-ignore
    private static readonly object[] Questions =
    [
        //                  known  as of        newest counting  in force
        Row(TypoMended,         9, "2020-12-31",      0,        0, false),
        Row(TypoMended,        10, "2020-11-29",      1,        1, false),
        Row(TypoMended,        10, "2020-11-30",      1,        1, true),
        Row(TypoMended,        20, "2020-11-15",      2,        1, false),
        Row(TypoMended,        29, "2020-11-30",      2,        1, true),
        Row(TypoMended,        30, "2020-11-15",      3,        3, true),
        Row(TypoMended,        30, "2020-10-29",      3,        3, false),
        Row(TypoNotBelieved,   30, "2020-11-15",      3,        1, false),
        Row(TypoNotBelieved,   30, "2020-11-30",      3,        1, true),
        Row(EnteredLate,       49, "2026-01-01",      0,        0, false),
        Row(EnteredLate,       50, "2026-01-01",      1,        0, false),
        Row(EnteredLate,       60, "2012-12-30",      2,        2, false),
        Row(EnteredLate,       60, "2012-12-31",      2,        2, true),
        Row(NeverTrue,         19, "2021-01-01",      1,        1, true),
        Row(NeverTrue,         20, "2021-01-01",      2,        0, false),
        Row(Lapsed,            19, "2019-04-01",      1,        1, true),
        Row(Lapsed,            20, "2019-03-31",      2,        2, true),
        Row(Lapsed,            20, "2019-04-01",      2,        2, false),
        Row(Term,              10, "2017-04-30",      1,        1, false),
        Row(Term,              10, "2020-04-30",      1,        1, true),
        Row(Term,              10, "2020-05-01",      1,        1, false),
        Row(Term,              20, "2018-12-31",      2,        2, true),
        Row(Term,              20, "2019-01-01",      2,        2, false),
        Row(EndTakenBack,      30, "2019-04-01",      3,        2, false),
        Row(EndTakenBack,      40, "2019-04-01",      4,        4, true),
        Row(UntilInsideStart,  10, "2012-12-30",      1,        1, false),
        Row(UntilInsideStart,  10, "2012-12-31",      1,        1, true),
        Row(UntilInsideStart,  10, "2013-01-01",      1,        1, false),
    ];

    [TestCaseSource(nameof(Questions))]
    public void What_counts_as_known_at_and_as_of(string[] rows, int knownAt, string asOf, int newest, int counting, bool inForce)
    {
        var milestone = MilestoneHistory.At(Revisions(rows), new Instant(knownAt));
        Assert.That(milestone?.Newest.Revision ?? 0, Is.EqualTo(newest));
        Assert.That(milestone?.Counting?.Revision ?? 0, Is.EqualTo(counting));
        var facts = MilestoneHistory.Counting(milestone is null ? [] : [milestone]);
        Assert.That(facts.Any(f => f.InForce.Contains(DateOnly.Parse(asOf))), Is.EqualTo(inForce));
    }

    private static object[] Row(string[] rows, int knownAt, string asOf, int newest, int counting, bool inForce) =>
        [rows, knownAt, asOf, newest, counting, inForce];

    /// <summary>A row: recorded at, state, occurred, until ("-" for none), last day in force.</summary>
    private static List<MilestoneRevision> Revisions(string[] rows)
    {
        var id = Guid.NewGuid();
        return
        [
            .. rows.Select(
                (row, i) =>
                {
                    var cells = row.Split(' ');
                    var content = MilestoneLife.Content(cells[2], cells.Length > 3 && cells[3] != "-" ? cells[3] : null);
                    if (cells.Length > 4)
                    {
                        content = content with { Ended = new Ending(DateOnly.Parse(cells[4]), EndKind.Ended, "left") };
                    }
                    return new MilestoneRevision(
                        id,
                        id,
                        i + 1,
                        Enum.Parse<MilestoneState>(cells[1], ignoreCase: true),
                        content,
                        null,
                        new Instant(long.Parse(cells[0])),
                        "local",
                        null,
                        1,
                        null
                    );
                }
            ),
        ];
    }
}
