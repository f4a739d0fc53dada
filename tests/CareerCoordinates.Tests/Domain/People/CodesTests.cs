using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Tests.Domain.People;

public class CreditCodeTests
{
    /// <summary>Invented codes, and the worked example of the standard.</summary>
    [TestCase("91110105MA00TE5T2T", "91110105MA00TE5T2T", Description = "enterprise")]
    [TestCase("81110105MC0TE5T05T", "81110105MC0TE5T05T", Description = "grassroots union")]
    [TestCase("52110105MJ0TE5TX0M", "52110105MJ0TE5TX0M", Description = "private non-enterprise unit")]
    [TestCase("91350100M000100Y43", "91350100M000100Y43", Description = "the standard's example")]
    [TestCase(" 91110105ma00te5t2t ", "91110105MA00TE5T2T", Description = "as people type it")]
    public void A_right_code_is_read(string text, string value)
    {
        var outcome = CreditCode.Read(text, "/creditCode");
        Assert.That(Texts.Faults(outcome), Is.Empty);
        Assert.That(outcome.Value.Value, Is.EqualTo(value));
    }

    [TestCase("91110105MA00TE5T2A", "credit-code-check", "demand 'T'")]
    [TestCase("91110105MA00ET5T2T", "credit-code-check", "demand 'L'", Description = "two neighbours swapped")]
    [TestCase("81110105MCOTE5T05T", "credit-code-character", "Character 11 of the credit code, 'O'")]
    [TestCase("94110105MA00TE5T2H", "credit-code-category", "'94'", Description = "the check character is right")]
    [TestCase("B1110105MA00TE5T2T", "credit-code-category", "'B1'")]
    [TestCase("911101A5MA00TE5T2T", "credit-code-character", "Character 7 of the credit code, 'A'")]
    [TestCase("91110105MA00TE5T2", "credit-code-length", "this has 17")]
    [TestCase("", "credit-code-length", "this has 0")]
    [TestCase("９１110105MA00TE5T2T", "credit-code-character", "Character 1 of")]
    public void A_wrong_code_is_refused_and_the_place_told(string text, string code, string told)
    {
        var refusal = CreditCode.Read(text, "/creditCode").Refusals.Single();
        Assert.That(refusal.Code.Code, Is.EqualTo(code));
        Assert.That(Texts.En(refusal), Does.Contain(told));
        Assert.That(Texts.Zh(refusal), Is.Not.Empty);
    }

    [Test]
    public void A_sum_that_31_divides_wraps_to_zero()
    {
        var stem = Enumerable.Range(0, 10_000).Select(n => $"91110105MA00{n:0000}0").First(s => Sum(s) % 31 == 0);
        Assert.That(CreditCode.CheckCharacter(stem), Is.EqualTo('0'));
        Assert.That(CreditCode.Read(stem + "0", "").IsRefused, Is.False);
    }

    [TestCase("91350100M000100Y43", true)]
    [TestCase("91110105MA00TE5T2T", true)]
    public void The_inner_check_holds(string code, bool holds) =>
        Assert.That(CreditCode.Read(code, "").Value.InnerCheckHolds, Is.EqualTo(holds));

    [Test]
    public void A_failing_inner_check_only_warns()
    {
        const string stem = "91350100M000100Y5";
        var outcome = CreditCode.Read(stem + CreditCode.CheckCharacter(stem), "");
        Assert.That(outcome.IsRefused, Is.False);
        Assert.That(outcome.Value.InnerCheckHolds, Is.False);
    }

    [Test]
    public void No_single_mistyped_character_passes()
    {
        const string alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        const string right = "91110105MA00TE5T2T";
        for (var i = 0; i < right.Length; i++)
        {
            foreach (var c in alphabet.Where(c => c != right[i]))
            {
                var wrong = right[..i] + c + right[(i + 1)..];
                Assert.That(CreditCode.Read(wrong, "").IsRefused, Is.True, wrong);
            }
        }
    }

    /// <summary>The weights as the standard prints them.</summary>
    private static int Sum(string stem)
    {
        int[] weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
        return stem.Select((c, i) => "0123456789ABCDEFGHJKLMNPQRTUWXY".IndexOf(c) * weights[i]).Sum();
    }
}

public class IndustryCodeTests
{
    [TestCase("C", "C")]
    [TestCase("C33", "C33")]
    [TestCase("C331", "C331")]
    [TestCase(" c3311 ", "C3311")]
    [TestCase("A01", "A01")]
    [TestCase("A05", "A05")]
    [TestCase("B06", "B06")]
    [TestCase("T97", "T97")]
    [TestCase("K70", "K70")]
    public void A_right_code_is_read(string text, string code) =>
        Assert.That(IndustryCode.Read(text, "/industryCode").Value, Is.EqualTo(code));

    [TestCase("U99", "industry-code-malformed")]
    [TestCase("C3", "industry-code-malformed")]
    [TestCase("C33111", "industry-code-malformed")]
    [TestCase("3311", "industry-code-malformed")]
    [TestCase("C33\n", "")]
    [TestCase("C３３", "industry-code-malformed")]
    [TestCase("A06", "industry-code-section")]
    [TestCase("C12", "industry-code-section")]
    [TestCase("C44", "industry-code-section")]
    [TestCase("T98", "industry-code-section")]
    [TestCase("A00", "industry-code-section")]
    public void A_wrong_code_is_refused(string text, string code) =>
        Assert.That(Texts.Faults(IndustryCode.Read(text, "")), Is.EqualTo(code));

    [Test]
    public void Every_division_belongs_to_one_section()
    {
        for (var division = 1; division <= 97; division++)
        {
            var sections = "ABCDEFGHIJKLMNOPQRST".Count(letter => !IndustryCode.Read($"{letter}{division:00}", "").IsRefused);
            Assert.That(sections, Is.EqualTo(1), $"division {division}");
        }
    }
}

public class OccupationCodeTests
{
    [TestCase("4-09-01-04", true)]
    [TestCase("8-00-00-00", true)]
    [TestCase("0-09-01-04", false)]
    [TestCase("9-09-01-04", false)]
    [TestCase("4-9-01-04", false)]
    [TestCase("4-09-01-04 ", false)]
    [TestCase("4-09-01-04\n", false)]
    [TestCase("４-09-01-04", false)]
    [TestCase("", false)]
    public void The_form_is_checked(string text, bool right) => Assert.That(OccupationCode.IsWellFormed(text), Is.EqualTo(right));
}
