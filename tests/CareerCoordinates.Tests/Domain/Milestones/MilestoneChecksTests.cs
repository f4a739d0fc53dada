using System.Text.Json;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Tests.Domain.Milestones;

public class MilestoneChecksTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly WorkerContent Worker = new(null, "陈小满", null, new DateOnly(1985, 6, 15), null, null);

    private static Outcome<MilestoneContent> Check(
        string type = "exam",
        string occurredOn = "2020-11-30",
        string? until = null,
        string attributes = """{"grade":"a","paperNo":"77"}""",
        IReadOnlyList<EvidenceReference>? evidence = null,
        string? note = null,
        WorkerContent? worker = null
    ) =>
        MilestoneChecks.Check(
            SmallFramework.Framework,
            new MilestoneDraft(
                type,
                occurredOn,
                until,
                JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(attributes)!,
                evidence ?? [],
                note
            ),
            worker ?? Worker,
            Today
        );

    [Test]
    public void A_whole_draft_becomes_content_with_blanks_cut()
    {
        var outcome = Check(
            attributes: """{"paperNo":" 77 ","grade":"a","trade":"6-31-01-03","place":3.0,"hours":1.50,"passed":true,"mentor":"01990000-AAAA-7000-8000-000000000001"}""",
            evidence: [new("letter", " No. 5 ")],
            note: " first line\nsecond "
        );
        Assert.That(Texts.Faults(outcome), Is.Empty);
        Assert.That(
            outcome.Value.Attributes.CanonicalJson,
            Is.EqualTo(
                """{"grade":"a","hours":1.5,"mentor":"01990000-aaaa-7000-8000-000000000001","paperNo":"77","passed":true,"place":3,"trade":"6-31-01-03"}"""
            )
        );
        Assert.That(outcome.Value.Evidence, Is.EqualTo(new[] { new EvidenceReference("letter", "No. 5") }));
        Assert.That(outcome.Value.Note, Is.EqualTo("first line\nsecond"));
        Assert.That(outcome.Value.Ended, Is.Null);
    }

    [TestCase("exam", "2020-11-30", null, "")]
    [TestCase("exam", "2020-11", null, "")]
    [TestCase("exam", "1993", null, "")]
    [TestCase("exam", "2030-01-01", null, "", Description = "a future day is accepted")]
    [TestCase("exam", "1985", null, "", Description = "the birth date lies inside the year")]
    [TestCase("exam", "1985-06-14", null, "/occurredOn before-birth")]
    [TestCase("exam", "1984", null, "/occurredOn before-birth")]
    [TestCase("exam", "2026-10", null, "")]
    [TestCase("exam", "2026-11", null, "/occurredOn period-not-over")]
    [TestCase("exam", "2026", null, "/occurredOn period-not-over")]
    [TestCase("exam", "2020-02-30", null, "/occurredOn not-a-date")]
    [TestCase("exam", "2020-13", null, "/occurredOn not-a-date")]
    [TestCase("exam", "2020/11/30", null, "/occurredOn not-a-date")]
    [TestCase("exam", "", null, "/occurredOn not-a-date")]
    [TestCase("exam", "1899-12-31", null, "/occurredOn date-out-of-range")]
    [TestCase("exam", "2201", null, "/occurredOn date-out-of-range")]
    [TestCase("exam", "2020-11-30", "2021-01-01", "/until until-on-point")]
    [TestCase("club", "2012-09-01", null, "")]
    [TestCase("club", "2012-09-01", "2012-09-01", "")]
    [TestCase("club", "2012-09-01", "2012-08-31", "/until until-before-occurred")]
    [TestCase("club", "2012-09-01", "2012-08", "/until until-before-occurred")]
    [TestCase("club", "2012", "2012-03-01", "", Description = "the end lies inside the start's year")]
    [TestCase("club", "2012-09-01", "2012", "")]
    [TestCase("club", "2012-09-01", "2027", "/until period-not-over")]
    [TestCase("club", "2012-09-01", "2027-12-31", "")]
    [TestCase("club", "2012-09-01", "tomorrow", "/until not-a-date")]
    [TestCase("office", "2017-05-01", "2020-04-30", "")]
    [TestCase("office", "2017-05-01", null, "/until until-missing")]
    [TestCase("hidden", "2017-05-01", null, "/type type-disabled")]
    [TestCase("nothing", "2017-05-01", null, "/type unknown-type")]
    public void Dates_and_types(string type, string occurredOn, string? until, string faults)
    {
        var attributes = type == "exam" ? """{"grade":"a","paperNo":"77"}""" : "{}";
        Assert.That(Texts.Faults(Check(type, occurredOn, until, attributes)), Is.EqualTo(faults));
    }

    [TestCase("""{"grade":"a"}""", "/attributes/paperNo attribute-missing")]
    [TestCase("""{"grade":"a","paperNo":null}""", "/attributes/paperNo attribute-missing")]
    [TestCase("""{"grade":"a","paperNo":"  "}""", "/attributes/paperNo attribute-missing")]
    [TestCase("""{"grade":"a","paperNo":7}""", "/attributes/paperNo attribute-mistyped")]
    [TestCase("""{"grade":"a","paperNo":"\u200b"}""", "/attributes/paperNo attribute-missing")]
    [TestCase("""{"grade":"a","paperNo":"\ufeff \u2060"}""", "/attributes/paperNo attribute-missing")]
    [TestCase("""{"grade":"a","paperNo":"7\u202e8"}""", "/attributes/paperNo control-character")]
    [TestCase("""{"grade":"c","paperNo":"7"}""", "/attributes/grade value-not-allowed")]
    [TestCase("""{"grade":3,"paperNo":"7"}""", "/attributes/grade value-not-allowed")]
    [TestCase("""{"grade":"a","paperNo":"7","a/b~c":1}""", "/attributes/a~1b~0c unknown-attribute")]
    [TestCase("""{"grade":"a","paperNo":"7\u0000"}""", "/attributes/paperNo control-character")]
    [TestCase("""{"grade":"a","paperNo":"7\n8"}""", "/attributes/paperNo control-character")]
    [TestCase("""{"grade":"a","paperNo":"\ud800"}""", "/attributes/paperNo broken-text")]
    [TestCase("""{"grade":"\ud800","paperNo":"7"}""", "/attributes/grade value-not-allowed")]
    [TestCase("""{"grade":"a","paperNo":"7","trade":"9-31-01-03"}""", "/attributes/trade occupation-code-malformed")]
    [TestCase("""{"grade":"a","paperNo":"7","place":1.5}""", "/attributes/place attribute-mistyped")]
    [TestCase("""{"grade":"a","paperNo":"7","place":"1"}""", "/attributes/place attribute-mistyped")]
    [TestCase("""{"grade":"a","paperNo":"7","place":0}""", "/attributes/place number-out-of-bounds")]
    [TestCase("""{"grade":"a","paperNo":"7","place":101}""", "/attributes/place number-out-of-bounds")]
    [TestCase("""{"grade":"a","paperNo":"7","place":100,"balance":-0.5}""", "")]
    [TestCase("""{"grade":"a","paperNo":"7","balance":-1000000000001}""", "/attributes/balance number-out-of-bounds")]
    [TestCase("""{"grade":"a","paperNo":"7","hours":-0.5}""", "/attributes/hours number-out-of-bounds")]
    [TestCase(
        """{"grade":"a","paperNo":"7","house":"12345678901234567890123456789012345678901"}""",
        "/attributes/house text-too-long"
    )]
    [TestCase("""{"grade":"a","paperNo":"7","place":1e400}""", "/attributes/place number-out-of-bounds")]
    [TestCase("""{"grade":"a","paperNo":"7","hours":1000000000001}""", "/attributes/hours number-out-of-bounds")]
    [TestCase("""{"grade":"a","paperNo":"7","hours":0.1234567}""", "/attributes/hours too-many-decimal-places")]
    [TestCase("""{"grade":"a","paperNo":"7","hours":[]}""", "/attributes/hours attribute-mistyped")]
    [TestCase("""{"grade":"a","paperNo":"7","passed":"true"}""", "/attributes/passed attribute-mistyped")]
    [TestCase("""{"grade":"a","paperNo":"7","mentor":"someone"}""", "/attributes/mentor attribute-mistyped")]
    [TestCase("""{"grade":"a","paperNo":"7","place":null,"trade":""}""", "")]
    public void Attributes(string attributes, string faults) =>
        Assert.That(Texts.Faults(Check(attributes: attributes)), Is.EqualTo(faults));

    [Test]
    public void Value_not_allowed_says_which_are()
    {
        var refusal = Check(attributes: """{"grade":"c","paperNo":"7"}""").Refusals.Single();
        Assert.That(Texts.En(refusal), Is.EqualTo("""Attribute 'grade' (grade) cannot be 'c'. Use one of: "a", "b"."""));
    }

    [Test]
    public void A_missing_attribute_is_named_as_people_know_it()
    {
        var type = TestFrameworks.Chaoyang.MilestoneTypes["skill-level-certificate"];
        var refusals = new List<Refusal>();
        AttributeChecks.Check(type, new Dictionary<string, JsonElement>(), refusals);
        var refusal = refusals.Single(r => r.Pointer == "/attributes/certificateNo");
        Assert.That(Texts.Zh(refusal), Does.EndWith("（skill-level-certificate）须填写“证书编号”（certificateNo），请补填。"));
        Assert.That(
            Texts.En(refusal),
            Does.Match(@"^'.+' \(skill-level-certificate\) needs the attribute '.+' \(certificateNo\)\.")
        );
    }

    [TestCase(2000, "")]
    [TestCase(2001, "/attributes/paperNo text-too-long")]
    public void Attribute_text_is_counted_in_characters(int length, string faults)
    {
        var text = string.Concat(Enumerable.Repeat("𠮷", length));
        var attributes = JsonSerializer.Serialize(new Dictionary<string, string> { ["grade"] = "a", ["paperNo"] = text });
        Assert.That(Texts.Faults(Check(attributes: attributes)), Is.EqualTo(faults));
    }

    [Test]
    public void Evidence_is_checked_item_by_item()
    {
        var outcome = Check(
            evidence: [new("letter", "ok"), new("rumour", "x"), new("photo", ""), new("photo", new string('x', 201))]
        );
        Assert.That(
            Texts.Faults(outcome),
            Is.EqualTo(
                "/evidence/1/type unknown-evidence-type; /evidence/2/reference text-required; /evidence/3/reference text-too-long"
            )
        );
    }

    [Test]
    public void A_hole_in_the_evidence_is_a_fault() =>
        Assert.That(
            Texts.Faults(Check(evidence: [null!])),
            Is.EqualTo("/evidence/0/type unknown-evidence-type; /evidence/0/reference text-required")
        );

    [TestCase(20, "")]
    [TestCase(21, "/evidence too-much-evidence")]
    public void Evidence_has_a_limit(int count, string faults) =>
        Assert.That(
            Texts.Faults(Check(evidence: [.. Enumerable.Repeat(new EvidenceReference("letter", "x"), count)])),
            Is.EqualTo(faults)
        );

    [TestCase(2000, "")]
    [TestCase(2001, "/note text-too-long")]
    public void Note_has_a_limit(int length, string faults) =>
        Assert.That(Texts.Faults(Check(note: new string('字', length))), Is.EqualTo(faults));

    [Test]
    public void All_faults_are_told_at_once()
    {
        var outcome = Check(
            occurredOn: "2020-02-30",
            until: "2021-01-01",
            attributes: """{"grade":"c","colour":"red"}""",
            evidence: [new("rumour", "x")],
            note: "\u0007"
        );
        Assert.That(
            Texts.Faults(outcome).Split("; "),
            Is.EquivalentTo(
                new[]
                {
                    "/occurredOn not-a-date",
                    "/until until-on-point",
                    "/attributes/colour unknown-attribute",
                    "/attributes/grade value-not-allowed",
                    "/attributes/paperNo attribute-missing",
                    "/evidence/0/type unknown-evidence-type",
                    "/note control-character",
                }
            )
        );
    }

    [Test]
    public void Unknown_birth_date_refuses_nothing() =>
        Assert.That(Texts.Faults(Check(occurredOn: "1901", worker: Worker with { BirthDate = null })), Is.Empty);

    [Test]
    public void A_flood_of_unknown_attributes_is_cut()
    {
        var attributes = JsonSerializer.Serialize(Enumerable.Range(0, 5_000).ToDictionary(i => $"x{i}", i => i));
        Assert.That(Check(attributes: attributes).Refusals, Has.Count.LessThan(Limits.RefusalsAtOnce + 10));
    }
}
