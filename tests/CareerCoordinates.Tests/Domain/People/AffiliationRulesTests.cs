using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Domain.Milestones;

namespace CareerCoordinates.Tests.Domain.People;

public class AffiliationRulesTests
{
    private static readonly Guid Works = Guid.Parse("01990000-0000-7000-8000-00000000000a");
    private static readonly Guid Depot = Guid.Parse("01990000-0000-7000-8000-00000000000b");

    private static readonly WorkerContent Worker = new(null, "陈小满", null, new DateOnly(1990, 2, 3), null, null);

    private static AffiliationContent At(Guid organization, string from, string? until = null, bool primary = false) =>
        new(AffiliationKind.LabourContract, organization, null, DateOnly.Parse(from), Day(until), primary, null, null, null);

    private static readonly AffiliationContent Outside = At(Works, "2015-01-01") with
    {
        Kind = AffiliationKind.External,
        OrganizationId = null,
        ExternalName = "海滨码头",
    };

    private static Outcome<AffiliationContent> Check(AffiliationContent candidate, params AffiliationContent[] others) =>
        AffiliationRules.Check(SmallFramework.Framework, Worker, candidate, Numbered(others));

    private static string Faults(AffiliationContent candidate, params AffiliationContent[] others) =>
        Texts.Faults(Check(candidate, others));

    [Test]
    public void Kind_says_whether_the_place_is_in_the_tree()
    {
        var inTree = At(Depot, "2010-01-01");
        Assert.Multiple(() =>
        {
            Assert.That(Faults(At(Works, "2015-01-01")), Is.Empty);
            Assert.That(
                Faults(At(Works, "2015-01-01") with { OrganizationId = null }),
                Is.EqualTo("/organizationId organization-needed")
            );
            Assert.That(
                Faults(At(Works, "2015-01-01") with { ExternalName = "x" }),
                Is.EqualTo("/organizationId organization-needed")
            );
            Assert.That(Faults(Outside, inTree), Is.Empty);
            Assert.That(Faults(Outside with { ExternalName = " " }, inTree), Is.EqualTo("/externalName external-name-needed"));
            Assert.That(
                Faults(Outside with { OrganizationId = Works }, inTree),
                Is.EqualTo("/externalName external-name-needed")
            );
            Assert.That(Faults(Outside), Is.EqualTo("/kind none-in-tree"));
        });
    }

    [TestCase("2015-01-01", null, "")]
    [TestCase("2015-01-01", "2015-01-01", "")]
    [TestCase("2015-01-01", "2014-12-31", "/until until-before-from")]
    [TestCase("1990-02-02", null, "/from before-birth")]
    [TestCase("1899-01-01", null, "/from date-out-of-range; /from before-birth")]
    [TestCase("2015-01-01", "9999-12-31", "/until date-out-of-range")]
    [TestCase("2030-01-01", null, "")]
    public void Days_are_checked(string from, string? until, string faults) =>
        Assert.That(Faults(At(Works, from, until), At(Depot, "2000-01-01")), Is.EqualTo(faults));

    [Test]
    public void Details_are_checked_and_leading_zeros_kept()
    {
        var content = At(Works, "2015-01-01") with
        {
            StaffNumber = " 00042 ",
            EmploymentForm = "rider",
            OccupationCode = "4-02-07-10",
        };
        Assert.That(Check(content).Value.StaffNumber, Is.EqualTo("00042"));
        Assert.That(
            Faults(content with { StaffNumber = new string('0', 41), EmploymentForm = "pirate", OccupationCode = "42" }),
            Is.EqualTo(
                "/staffNumber text-too-long; /employmentForm unknown-employment-form; /occupationCode occupation-code-malformed"
            )
        );
    }

    [TestCase("2015-01-01", null, "2016-01-01", null, "/organizationId overlap-at-organization")]
    [TestCase("2015-01-01", "2015-12-31", "2016-01-01", null, "")]
    [TestCase("2015-01-01", "2016-01-01", "2016-01-01", null, "/organizationId overlap-at-organization")]
    [TestCase("2016-01-01", null, "2015-01-01", "2015-12-31", "")]
    [TestCase("2016-01-01", null, "2015-01-01", null, "/organizationId overlap-at-organization")]
    public void Once_at_each_organisation(string from, string? until, string thenFrom, string? thenUntil, string faults)
    {
        Assert.That(Faults(At(Works, thenFrom, thenUntil), At(Works, from, until)), Is.EqualTo(faults));
        Assert.That(Faults(At(Works, thenFrom, thenUntil), At(Depot, from, until)), Is.Empty, "elsewhere it may overlap");
    }

    [Test]
    public void At_most_one_is_flagged_primary_on_a_day()
    {
        var primary = At(Depot, "2015-01-01", "2017-12-31", primary: true);
        var refusal = Check(At(Works, "2017-06-01", primary: true), primary).Refusals.Single();
        Assert.That(Texts.Faults([refusal]), Is.EqualTo("/primary primary-overlap"));
        Assert.That(
            Texts.En(refusal),
            Does.Contain("from 2015-01-01 until 2017-12-31 (affiliation 00000000-0000-0000-0000-000000000001)")
        );
        Assert.That(Faults(At(Works, "2017-06-01"), primary), Is.Empty);
        Assert.That(Faults(At(Works, "2018-01-01", primary: true), primary), Is.Empty);
    }

    [Test]
    public void A_transfer_ends_the_primary_one_the_day_before()
    {
        var second = At(Guid.NewGuid(), "2012-01-01");
        var transfer = Transfer(At(Works, "2020-03-01"), second, At(Depot, "2015-01-01", primary: true)).Value;
        Assert.Multiple(() =>
        {
            Assert.That(transfer.Ended.Content.OrganizationId, Is.EqualTo(Depot));
            Assert.That(transfer.Ended.Content.Until, Is.EqualTo(new DateOnly(2020, 2, 29)));
            Assert.That(transfer.Begun.Primary, Is.True, "it takes the place of a flagged one");
        });
    }

    [Test]
    public void A_transfer_without_flags_leaves_the_earliest()
    {
        var transfer = Transfer(At(Works, "2020-03-01"), At(Depot, "2015-01-01", "2022-12-31")).Value;
        Assert.That(transfer.Ended.Content.Until, Is.EqualTo(new DateOnly(2020, 2, 29)), "a planned end gives way");
        Assert.That(transfer.Begun.Primary, Is.True, "the next one in force would be primary else");
    }

    [Test]
    public void A_transfer_needs_a_place_to_leave()
    {
        Assert.That(
            Texts.Faults(Transfer(At(Works, "2020-03-01"), At(Depot, "2015-01-01", "2019-12-31"))),
            Is.EqualTo("/transfer nothing-to-transfer")
        );
        Assert.That(
            Texts.Faults(Transfer(At(Works, "2020-03-01"), At(Depot, "2020-03-01"))),
            Is.EqualTo("/transfer nothing-to-transfer")
        );
    }

    [TestCase("2020-03-01")]
    [TestCase("2020-06-01")]
    public void A_transfer_never_ends_a_side_job_in_place_of_a_primary_one_that_begins_later(string primaryFrom) =>
        Assert.That(
            Texts.Faults(
                Transfer(At(Works, "2020-03-01"), At(Depot, "2015-01-01"), At(Guid.NewGuid(), primaryFrom, primary: true))
            ),
            Is.EqualTo("/transfer nothing-to-transfer")
        );

    [Test]
    public void A_transfer_is_checked_like_any_affiliation() =>
        Assert.That(
            Texts.Faults(Transfer(At(Works, "2020-03-01"), At(Depot, "2010-01-01"), At(Works, "2015-01-01"))),
            Is.EqualTo("/organizationId overlap-at-organization")
        );

    [TestCase(null, "2016-06-30", "left", "")]
    [TestCase(null, "2015-01-01", "left", "")]
    [TestCase(null, "2014-12-31", "left", "/on until-before-from")]
    [TestCase("2015-12-31", "2016-01-01", "left", "/on end-after-last-day")]
    [TestCase("2015-12-31", "2015-12-30", "left", "")]
    [TestCase(null, "2016-06-30", null, "/reason reason-required")]
    [TestCase(null, "2201-01-01", "left", "/on date-out-of-range")]
    public void An_end_has_a_day_within_and_a_reason(string? until, string on, string? reason, string faults)
    {
        var ending = AffiliationRules.End(At(Works, "2015-01-01", until), DateOnly.Parse(on), reason);
        Assert.That(Texts.Faults(ending), Is.EqualTo(faults));
        if (!ending.IsRefused)
        {
            Assert.That(ending.Value.Content.Until, Is.EqualTo(DateOnly.Parse(on)));
        }
    }

    [TestCase("2014-12-31", null)]
    [TestCase("2015-01-01", 2)]
    [TestCase("2016-01-01", 3, Description = "the flagged one goes before the earlier")]
    [TestCase("2017-01-01", 2)]
    [TestCase("2019-01-01", 1, Description = "the smaller id of two that began together")]
    public void Primary_on_a_day(string day, int? expected)
    {
        var all = Numbered(
            At(Works, "2018-01-01"),
            At(Depot, "2015-01-01", "2018-12-31"),
            At(Guid.NewGuid(), "2016-01-01", "2016-12-31", primary: true),
            At(Guid.NewGuid(), "2018-01-01")
        );
        var primary = PrimaryAffiliation.On([.. all.Reverse()], DateOnly.Parse(day));
        Assert.That(primary?.Id, Is.EqualTo(expected is { } n ? Id(n) : null));
    }

    [TestCase("2015-01-01", null, false)]
    [TestCase("2010-01-01", "2012-12-31", true, Description = "the other left on 2012-06-30")]
    [TestCase("2012-07-01", null, false)]
    [TestCase("2012-06-30", null, true)]
    public void A_staff_number_is_taken_only_on_the_same_days(string from, string? until, bool taken)
    {
        DayPeriod[] held = [DayPeriod.Inclusive(new DateOnly(2011, 1, 1), new DateOnly(2012, 6, 30))];
        var refusal = AffiliationRules.StaffNumberConflict(At(Works, from, until) with { StaffNumber = "007" }, held);
        Assert.That(refusal?.Code.Code, Is.EqualTo(taken ? "staff-number-taken" : null));
        Assert.That(AffiliationRules.StaffNumberConflict(At(Works, from, until), held), Is.Null, "no number, no conflict");
    }

    [Test]
    public void With_a_new_worker_pointers_begin_at_the_affiliation() =>
        Assert.That(
            Texts.Faults(AffiliationRules.Check(SmallFramework.Framework, Worker, At(Works, "1980-01-01"), [], "/affiliation")),
            Is.EqualTo("/affiliation/from before-birth")
        );

    private static Outcome<AffiliationTransfer> Transfer(AffiliationContent candidate, params AffiliationContent[] others) =>
        AffiliationRules.Transfer(SmallFramework.Framework, Worker, candidate, Numbered(others));

    private static Affiliation[] Numbered(params AffiliationContent[] contents) =>
        [.. contents.Select((content, i) => new Affiliation(Id(i + 1), content))];

    private static Guid Id(int number) => Guid.Parse($"00000000-0000-0000-0000-{number:000000000000}");

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text);
}
