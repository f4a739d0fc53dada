using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Tests.Domain.People;

public class OrganizationRulesTests
{
    private static readonly Guid Own = Guid.NewGuid();
    private static readonly Guid Parent = Guid.NewGuid();
    private static readonly Guid Root = Guid.NewGuid();

    private static readonly OrganizationContent Works = new(
        Parent,
        OrganizationKind.Enterprise,
        "星桥修理厂",
        null,
        null,
        new DateOnly(2015, 1, 1),
        null,
        []
    );

    [TestCase("010-0000 0120 转 12", "010-0000 0120 转 12")]
    [TestCase(" （０１０）０００００１２０ ", "(010)00000120", Description = "as a Chinese keyboard gives it")]
    [TestCase("+86 10 0000 0120", "+86 10 0000 0120")]
    [TestCase(" ", null)]
    [TestCase("ask Wang", "/phone phone-unreadable")]
    [TestCase("转", "/phone phone-unreadable")]
    [TestCase("11010518990119002X", "/phone id-number-elsewhere")]
    [TestCase("12345678901234567890123456789012345678901", "/phone text-too-long")]
    public void A_telephone_number_is_kept_as_it_is_dialled(string said, string? expected)
    {
        var check = OrganizationRules.Check(Works with { Phone = said }, Own, [new(Works.From, [Parent, Root])]);
        Assert.That(check.IsRefused ? Texts.Faults(check) : check.Value.Phone, Is.EqualTo(expected));
    }

    [Test]
    public void Texts_and_codes_are_kept_in_their_plain_form()
    {
        var content = Works with
        {
            Name = " 星桥修理厂 ",
            CreditCode = "91110105ma00te5t2t",
            IndustryCode = "o8111",
            Tags = [" demo", "demo", "new"],
        };
        var kept = OrganizationRules.Check(content, Own, [new(Works.From, [Parent, Root])]).Value;
        Assert.Multiple(() =>
        {
            Assert.That(kept.Name, Is.EqualTo("星桥修理厂"));
            Assert.That(kept.CreditCode, Is.EqualTo("91110105MA00TE5T2T"));
            Assert.That(kept.IndustryCode, Is.EqualTo("O8111"));
            Assert.That(kept.Tags, Is.EqualTo(new[] { "demo", "new" }));
        });
    }

    [Test]
    public void A_parent_must_exist_and_not_stand_below()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Faults(Works, [Parent, Root]), Is.Empty);
            Assert.That(Faults(Works with { ParentId = null }, []), Is.Empty);
            Assert.That(Faults(Works, []), Is.EqualTo("/parentId unknown-parent"));
            Assert.That(Faults(Works, [Parent, Own, Root]), Is.EqualTo("/parentId organization-cycle"));
            Assert.That(Faults(Works with { ParentId = Own }, []), Is.EqualTo("/parentId organization-cycle"));
        });
    }

    [TestCase(19, "")]
    [TestCase(20, "/parentId tree-too-deep")]
    public void A_tree_has_a_depth(int above, string faults) =>
        Assert.That(Faults(Works, [.. Enumerable.Range(0, above).Select(_ => Guid.NewGuid())]), Is.EqualTo(faults));

    [TestCase(18, 1, "")]
    [TestCase(18, 2, "/parentId tree-too-deep")]
    [TestCase(19, 1, "/parentId tree-too-deep")]
    [TestCase(1, 18, "")]
    [TestCase(1, 19, "/parentId tree-too-deep")]
    public void What_stands_below_goes_along_and_must_fit(int above, int below, string faults)
    {
        Guid[] chain = [.. Enumerable.Range(0, above).Select(_ => Guid.NewGuid())];
        WayUp[] ways = [new(Works.From, [Parent]), new(Works.From.AddYears(1), chain, below)];

        Assert.That(Texts.Faults(OrganizationRules.Check(Works, Own, ways)), Is.EqualTo(faults));
        Assert.That(Texts.Faults(OrganizationRules.Check(Works, Own, ways, isMoved: false)), Is.Empty);
    }

    [Test]
    public void What_hangs_too_deep_already_can_be_corrected_where_it_is()
    {
        Guid[] above = [.. Enumerable.Range(0, 25).Select(_ => Guid.NewGuid())];
        var stays = OrganizationRules.Check(Works, Own, [new(Works.From, above)], isMoved: false);
        Assert.That(Texts.Faults(stays), Is.Empty);
        var tangled = OrganizationRules.Check(Works, Own, [new(Works.From, [.. above, Own])], isMoved: false);
        Assert.That(Texts.Faults(tangled), Is.EqualTo("/parentId organization-cycle"));
    }

    [Test]
    public void All_faults_are_told_at_once()
    {
        var content = Works with
        {
            Name = "",
            CreditCode = "91110105MA00TE5T2A",
            IndustryCode = "A99",
            From = new DateOnly(1899, 1, 1),
            UnionFoundedOn = new DateOnly(2300, 1, 1),
            Tags = ["", new string('x', 41)],
        };
        Assert.That(
            Faults(content, []),
            Is.EqualTo(
                "/name text-required; /parentId unknown-parent; /creditCode credit-code-check; /industryCode industry-code-section; "
                    + "/from date-out-of-range; /unionFoundedOn date-out-of-range; /tags/0 text-required; /tags/1 text-too-long"
            )
        );
    }

    [TestCase(20, "")]
    [TestCase(21, "/tags too-many-tags")]
    public void Tags_have_a_limit(int count, string faults) =>
        Assert.That(
            Faults(Works with { Tags = [.. Enumerable.Range(0, count).Select(i => $"t{i}")] }, [Parent]),
            Is.EqualTo(faults)
        );

    [Test]
    public void An_old_organisation_code_only_warns()
    {
        const string stem = "91350100M000100Y5";
        var content = Works with { CreditCode = stem + CreditCode.CheckCharacter(stem) };
        Assert.That(Faults(content, [Parent]), Is.Empty);
        Assert.That(
            OrganizationRules.Warnings(content, Own).Select(w => w.Code.Code),
            Is.EqualTo(new[] { "credit-code-inner-check" })
        );
        Assert.That(OrganizationRules.Warnings(Works, Own), Is.Empty);
    }

    [TestCase(false, 0, 0, "")]
    [TestCase(false, 1, 0, "organization-in-use")]
    [TestCase(false, 0, 3, "organization-in-use")]
    [TestCase(true, 0, 0, "organization-voided")]
    public void What_is_in_use_cannot_be_voided(bool voided, int children, int affiliations, string faults) =>
        Assert.That(Texts.Faults(OrganizationRules.Void(voided, children, affiliations, "entered twice")), Is.EqualTo(faults));

    private static string Faults(OrganizationContent content, Guid[] chain) =>
        Texts.Faults(OrganizationRules.Check(content, Own, chain.Length > 0 ? [new(Works.From, chain)] : []));
}
