using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.People;
using static CareerCoordinates.Tests.Domain.Grid.Ladders;

namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>Years in an occupation, asked of a deckhand who needs three; and which affiliation speaks for him.</summary>
[TestFixture]
public sealed class OccupationYears
{
    /// <summary>Situation | from | until | occupation | <c>primary</c> where flagged. Ids are 1, 2… in a situation.</summary>
    private const string Affiliations = """
        one place         | 2020-01-01 |            | A |
        no occupation     | 2020-01-01 |            |   |
        two at once       | 2020-01-01 | 2021-12-31 | A |
        two at once       | 2021-01-01 |            | A |
        with a gap        | 2018-01-01 | 2018-12-31 | A |
        with a gap        | 2021-01-01 |            | A |
        once another      | 2015-01-01 | 2020-12-31 | B |
        once another      | 2021-01-01 |            | A |
        once not said     | 2019-01-01 | 2020-12-31 |   |
        once not said     | 2021-01-01 |            | A |
        flag goes first   | 2015-01-01 |            | A |
        flag goes first   | 2021-01-01 |            | B | primary
        ends too soon     | 2020-01-01 | 2022-06-30 | A |
        then the other    | 2020-01-01 | 2022-06-30 | A | primary
        then the other    | 2019-01-01 |            | B |
        """;

    /// <summary>Situation | as of | what is found.</summary>
    private const string Answers = """
        nowhere           | 2022-01-01 | Unknown ?/? Days never
        one place         | 2022-01-01 | Unmet 731/1096 Days 2023-01-01
        one place         | 2022-12-31 | Unmet 1095/1096 Days 2023-01-01
        one place         | 2023-01-01 | Met 1096/1096 Days 2023-01-01
        one place         | 2019-12-31 | Unknown ?/? Days never
        no occupation     | 2022-01-01 | Unknown ?/? Days never
        two at once       | 2022-01-01 | Unmet 731/1096 Days 2023-01-01
        with a gap        | 2022-01-01 | Unmet 730/1096 Days 2023-01-02
        once another      | 2022-01-01 | Unmet 365/1095 Days 2024-01-01
        once not said     | 2021-12-31 | Unmet 364/1095 Days 2024-01-01
        once not said     | 2022-01-01 | Unknown 365/1095 Days never
        once not said     | 2024-01-01 | Met 1095/1095 Days 2024-01-01
        flag goes first   | 2022-01-01 | Unmet 365/1095 Days 2024-01-01
        ends too soon     | 2022-01-01 | Unmet 731/1096 Days never
        then the other    | 2022-01-01 | Unmet 731/1096 Days 2022-07-01
        """;

    private static IEnumerable<TestCaseData> Rows() =>
        TextTable.Rows(Answers).Select(row => new TestCaseData([.. row]).SetArgDisplayNames(row[0]!, row[1]!));

    [TestCaseSource(nameof(Rows))]
    public void YearsInOccupation(string situation, string asOf, string expected)
    {
        var deckhand = Facts.Of(TestFrameworks.Harbour, "2010-01-01 | | berth | post deckhand");

        var step = NextSteps
            .For(TestFrameworks.Harbour, WorkedExample.WorkerOf(null), Of(situation), deckhand, Day(asOf))
            .Channels[1];

        Assert.That(NextStepsTable.Describe(step.Alternatives[1].AllOf[0]), Is.EqualTo(expected));
    }

    [TestCase("flag goes first", "2020-06-01", 1)]
    [TestCase("flag goes first", "2021-01-01", 2)]
    [TestCase("then the other", "2019-06-01", 2)]
    [TestCase("then the other", "2022-06-30", 1)]
    [TestCase("then the other", "2022-07-01", 2)]
    [TestCase("two at once", "2021-12-31", 1)]
    [TestCase("two at once", "2022-01-01", 2)]
    [TestCase("two at once", "2019-12-31", null)]
    public void Primary_IsTheOneFlaggedElseTheEarliest(string situation, string day, int? id) =>
        Assert.That(PrimaryAffiliation.On(Of(situation), Day(day))?.Id, Is.EqualTo(id is { } n ? IdOf(n) : (Guid?)null));

    [Test]
    public void Primary_OfTwoFromTheSameDay_HasTheSmallerId()
    {
        var one = Of("one place")[0];
        Affiliation[] both = [one with { Id = IdOf(2) }, one];

        Assert.That(PrimaryAffiliation.On(both, Day("2020-01-01")), Is.SameAs(one));
    }

    private static List<Affiliation> Of(string situation) =>
        [
            .. TextTable
                .Rows(Affiliations)
                .Where(row => row[0] == situation)
                .Select(
                    (row, i) =>
                        new Affiliation(
                            IdOf(i + 1),
                            new AffiliationContent(
                                AffiliationKind.LabourContract,
                                IdOf(100 + i),
                                null,
                                Day(row[1]!),
                                row[2] is { } until ? Day(until) : null,
                                row[4] == "primary",
                                null,
                                null,
                                row[3]
                            )
                        )
                ),
        ];
}
