using System.Globalization;
using System.Text.Json;
using CareerCoordinates.Domain.People;
using FsCheck;
using FsCheck.Fluent;

namespace CareerCoordinates.Tests.Domain.People;

/// <summary>All numbers are invented, of people who would be over 120 years old.</summary>
public class IdNumberTests
{
    private const string Right = "11010518990119002X";
    private static readonly DateOnly Today = new(1905, 6, 30);

    [TestCase("11010518990119002X", "1899-01-19", "female")]
    [TestCase("110105189903070021", "1899-03-07", "female")]
    [TestCase("110105190306150048", "1903-06-15", "female")]
    [TestCase("110105190402290024", "1904-02-29", "female", Description = "a leap day")]
    [TestCase("810000190402290014", "1904-02-29", "male", Description = "a residence permit: Hong Kong")]
    [TestCase("830000185001010031", "1850-01-01", "male", Description = "a residence permit: Taiwan; the first day of all")]
    [TestCase(" 11010518990119002x\n", "1899-01-19", "female", Description = "as people type it")]
    public void A_right_number_is_read(string text, string birthDate, string gender)
    {
        var outcome = IdNumber.Read(text, "/idNumber", Today);

        Assert.That(Texts.Faults(outcome), Is.Empty);
        Assert.That(outcome.Value.Reveal(), Is.EqualTo(text.Trim().ToUpperInvariant()));
        Assert.That(outcome.Value.BirthDate, Is.EqualTo(DateOnly.Parse(birthDate, CultureInfo.InvariantCulture)));
        Assert.That(outcome.Value.Gender, Is.EqualTo(gender));
        Assert.That(WorkerRules.Genders, Does.Contain(gender));
    }

    [TestCase("110105189901190021", "id-number-check", "does not fit")]
    [TestCase("110105189903070012", "id-number-check", "does not fit", Description = "two neighbours swapped")]
    [TestCase("110105190002300027", "id-number-birth-date", "Characters 7 to 14", Description = "30 February")]
    [TestCase("110105190002290025", "id-number-birth-date", "Characters 7 to 14", Description = "1900 was no leap year")]
    [TestCase("110105189913010022", "id-number-birth-date", "Characters 7 to 14", Description = "month 13")]
    [TestCase("110105189907000020", "id-number-birth-date", "Characters 7 to 14", Description = "day 0")]
    [TestCase("110105184912310020", "id-number-birth-date", "from the year 1850 on")]
    [TestCase("110105190507010020", "id-number-born-in-future", "in the future", Description = "tomorrow")]
    [TestCase("100105189903070021", "id-number-region", "No province")]
    [TestCase(
        "650105189903070021",
        "id-number-check",
        "does not fit",
        Description = "a province, so its check character is asked"
    )]
    [TestCase(
        "910105189903070055",
        "id-number-region",
        "No province",
        Description = "a foreigner's permit is no resident identity number"
    )]
    [TestCase("110105990307002", "id-number-old-form", "15 digits")]
    [TestCase("11010599030700X", "id-number-length", "this has 15")]
    [TestCase("11010518990307002", "id-number-length", "this has 17")]
    [TestCase("1101051899030700210", "id-number-length", "this has 19")]
    [TestCase("", "id-number-length", "this has 0")]
    [TestCase("11010S189903070021", "id-number-character", "Character 6")]
    [TestCase("1101051899011900X2", "id-number-character", "Character 17", Description = "X stands at the end only")]
    [TestCase("11010518990119002Y", "id-number-character", "Character 18")]
    [TestCase("１10105189903070021", "id-number-character", "Character 1 of", Description = "full-width, as in other codes")]
    [TestCase("11010518990119002Ｘ", "id-number-character", "Character 18")]
    [TestCase("11010518990307-021", "id-number-character", "Character 15")]
    public void A_wrong_number_is_refused_and_not_quoted(string text, string code, string told)
    {
        var refusal = IdNumber.Read(text, "/idNumber", Today).Refusals.Single();

        Assert.That(Texts.Faults([refusal]), Is.EqualTo($"/idNumber {code}"));
        Assert.That(Texts.En(refusal), Does.Contain(told));
        Assert.That(refusal.Arguments, Is.All.InstanceOf<int>(), "a text among them could be a part of the number");
        if (text.Length > 0)
        {
            Assert.That(Texts.En(refusal) + Texts.Zh(refusal) + refusal, Does.Not.Contain(text).And.Not.Contain(text[^4..]));
        }
    }

    [TestCase(1905, 6, 30, false)]
    [TestCase(1905, 7, 1, true)]
    public void A_birth_date_may_be_today_at_the_latest(int year, int month, int day, bool refused)
    {
        var stem = $"110105{year:0000}{month:00}{day:00}002";
        Assert.That(IdNumber.Read(stem + IdNumber.CheckCharacter(stem), "", Today).IsRefused, Is.EqualTo(refused));
    }

    [Test]
    public void There_are_35_provinces() =>
        Assert.That(
            Enumerable.Range(0, 100).Select(n => $"{n:00}0105{Right[6..17]}").Count(stem => !Read(stem).IsRefused),
            Is.EqualTo(35)
        );

    [Test]
    public void No_text_of_it_gives_the_number_away()
    {
        var number = IdNumber.Read(Right, "", Today).Value;
        string[] texts = [$"{number}", number.Masked, JsonSerializer.Serialize(number)];

        Assert.That(texts[0], Is.EqualTo("1****************X"));
        Assert.That(texts, Has.None.Contains(Right));
        Assert.That(number.Reveal(), Is.EqualTo(Right), "what is looked for would be found");
    }

    [TestCase("{0}", ExpectedResult = true)]
    [TestCase("身份证{0}。", ExpectedResult = true)]
    [TestCase("no. 7{0}7", ExpectedResult = true)]
    [TestCase("2020110{0}", ExpectedResult = true)]
    [TestCase("１１０１０５１８９９０３０７００２１", ExpectedResult = true, Description = "full width")]
    [TestCase("110105 18990307 0021", ExpectedResult = true, Description = "parted by blanks")]
    [TestCase("身份证：110105-1899-03-07-0021。", ExpectedResult = true, Description = "parted by hyphens")]
    [TestCase("1 1 0 1 0 5 1 8 9 9 0 3 0 7 0 0 2 1", ExpectedResult = true)]
    [TestCase("no. 7 110105\u3000-\u300018990307.0021", ExpectedResult = true)]
    [TestCase("１１０１０５－１８９９０３０７－００２１", ExpectedResult = true, Description = "full width, parted")]
    [TestCase("1101051 8990307 00217", ExpectedResult = false, Description = "ends within a part")]
    [TestCase("7110105 18990307 0021", ExpectedResult = false, Description = "begins within a part")]
    [TestCase("110105 18990307 0022", ExpectedResult = false, Description = "wrong check character")]
    [TestCase("110105    18990307    0021", ExpectedResult = false, Description = "cells of a table")]
    [TestCase("2012-07-01 2015-03-01 6-18-01-01", ExpectedResult = false)]
    [TestCase("CY-000123", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    [TestCase("202011050012345678", ExpectedResult = false)]
    public bool A_number_is_seen_in_a_text(string text) => IdNumber.StandsIn(string.Format(null, text, Right));

    [Test]
    public void Numbers_are_equal_where_their_characters_are()
    {
        Assert.That(IdNumber.Read(Right.ToLowerInvariant(), "", Today).Value, Is.EqualTo(IdNumber.Read(Right, "", Today).Value));
        Assert.That(Read("11010518990307002").Value, Is.Not.EqualTo(Read(Right[..17]).Value));
    }

    [Test]
    public void The_check_character_is_that_of_the_standards_table() =>
        ForAll(Gen.Constant(0), (number, _) => Assert.That(number[^1], Is.EqualTo(TableCheck(number))));

    [Test]
    public void No_mistyped_character_passes() =>
        ForAll(
            from place in Gen.Choose(0, IdNumber.Length - 1)
            from typed in Gen.Elements("0123456789X".ToCharArray())
            select (place, typed),
            (number, slip) =>
            {
                var wrong = number[..slip.place] + slip.typed + number[(slip.place + 1)..];
                Assert.That(IdNumber.Read(wrong, "", Today).IsRefused, Is.EqualTo(wrong != number), wrong);
            }
        );

    [Test]
    public void No_swapped_neighbours_pass() =>
        ForAll(
            Gen.Choose(0, IdNumber.Length - 2),
            (number, place) =>
            {
                var wrong = Swapped(number, place, place + 1);
                Assert.That(IdNumber.Read(wrong, "", Today).IsRefused, Is.EqualTo(wrong != number), wrong);
            }
        );

    /// <summary>
    /// The weights are powers of 2, and 2^10 is 1 modulo 11: of two single slips of the hand that alone goes unseen, and
    /// only where region and birth date stay possible.
    /// </summary>
    [Test]
    public void A_swap_of_places_is_unseen_by_the_check_character_ten_apart_only() =>
        ForAll(
            from place in Gen.Choose(0, IdNumber.Length - 3)
            from other in Gen.Choose(place + 1, IdNumber.Length - 2)
            select (place, other),
            (number, swap) =>
            {
                var wrong = Swapped(number, swap.place, swap.other);
                var unseen = wrong == number || swap.other - swap.place == 10;
                Assert.That(IdNumber.CheckCharacter(wrong) == number[^1], Is.EqualTo(unseen), wrong);
            }
        );

    private static CareerCoordinates.Domain.Outcome<IdNumber> Read(string stem) =>
        IdNumber.Read(stem + IdNumber.CheckCharacter(stem), "", Today);

    private static string Swapped(string number, int one, int other)
    {
        var characters = number.ToCharArray();
        (characters[one], characters[other]) = (characters[other], characters[one]);
        return new string(characters);
    }

    /// <summary>GB 11643, table 1 and table 2: the weights and the check characters as printed.</summary>
    private static char TableCheck(string number)
    {
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return "10X98765432"[weights.Select((weight, i) => weight * (number[i] - '0')).Sum() % 11];
    }

    private static void ForAll<T>(Gen<T> slips, Action<string, T> assertion)
    {
        var cases =
            from province in Gen.Elements("11", "37", "54", "65", "83")
            from region in Gen.Choose(0, 9_999)
            from day in Gen.Choose(0, 20_000)
            from sequence in Gen.Choose(0, 999)
            from slip in slips
            let stem = $"{province}{region:0000}{new DateOnly(1850, 1, 1).AddDays(day):yyyyMMdd}{sequence:000}"
            select (number: stem + IdNumber.CheckCharacter(stem), slip);
        Prop.ForAll(
                Arb.From(cases),
                one =>
                {
                    assertion(one.number, one.slip);
                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }
}
