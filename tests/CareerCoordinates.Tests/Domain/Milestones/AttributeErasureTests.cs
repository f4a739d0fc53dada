using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Domain.Milestones;

public class AttributeErasureTests
{
    private static readonly AttributeErasure Harbour = new(
        [TestFrameworks.Harbour],
        (attribute, text) => $"<{attribute} {text}>"
    );

    [TestCase(
        "berth",
        """{"crew":4,"post":"bosun","ship":"Marigold","trade":"6-18-01-01"}""",
        """{"crew":4,"post":"bosun","trade":"6-18-01-01"}""",
        Description = "free texts go, codes stay"
    )]
    [TestCase("sea-ticket", """{"klass":"a","resit":false,"score":91.5}""", """{"klass":"a","resit":false,"score":91.5}""")]
    [TestCase(
        "knot-contest",
        """{"heat":"the long one","place":1}""",
        """{"heat":"erased:<heat the long one>","place":1}""",
        Description = "an indicator counts heats apart"
    )]
    [TestCase(
        "berth-mate",
        """{"mateId":"0199f3a2-7c11-7d50-8a3e-2f6b1c9d4e01","role":"teaches"}""",
        """{"role":"teaches"}""",
        Description = "another person"
    )]
    [TestCase("a-type-of-yesterday", """{"colour":"red","size":3}""", """{"size":3}""", Description = "unknown texts go, too")]
    [TestCase("old-logbook", "{}", "{}")]
    public void Attributes_KeepWhatCounts(string type, string attributes, string left) =>
        Assert.That(Erase((type, "2020-05-01", attributes)), Is.EqualTo(new[] { left }));

    [Test]
    public void SameText_HasOnePseudonym_SoItIsStillCountedOnce()
    {
        var left = Erase(
            ("knot-contest", "2020-05-01", """{"heat":"long","place":1}"""),
            ("knot-contest", "2021-05-01", """{"heat":"long","place":2}"""),
            ("knot-contest", "2021-05-01", """{"heat":"short","place":2}""")
        );
        Assert.That(left[0].Replace("1", "2", StringComparison.Ordinal), Is.EqualTo(left[1]));
        Assert.That(left[2], Is.Not.EqualTo(left[1]));
    }

    [Test]
    public void OrderOfRivals_IsKept()
    {
        (string, string, string)[] rivals =
        [
            ("berth", "2020-05-01", """{"post":"bosun","ship":"Zephyr"}"""),
            ("berth", "2020-05-01", """{"post":"bosun","ship":"Albatross"}"""),
            ("berth", "2020-05-01", """{"post":"bosun","ship":"Marigold"}"""),
            ("berth", "2020-05-01", """{"post":"bosun","ship":"Albatross"}"""),
            ("berth", "2021-05-01", """{"post":"bosun","ship":"Albatross"}"""),
        ];

        var left = Erase(rivals);

        string[] expected = ["00002", "00000", "00001", "00000"];
        Assert.That(left.Take(4), Is.EqualTo(expected.Select(n => $$"""{"Erased":"erased:{{n}}","post":"bosun"}""")));
        Assert.That(left[4], Is.EqualTo("""{"post":"bosun"}"""), "alone on its day");
    }

    [Test]
    public void Everything_ThatAGrantAsks_StaysInTheShippedFramework()
    {
        var framework = TestFrameworks.Chaoyang;
        var erasure = new AttributeErasure([framework], (_, _) => "x");
        foreach (var type in framework.MilestoneTypes.Values)
        {
            foreach (var grant in type.Grants)
            {
                var asked = AttributeSet.Of(grant.When.All.Select(t => KeyValuePair.Create(t.Attribute, t.Values[0])));
                var left = erasure.Of([Revision(type.Code, "2020-05-01", asked)])[0];
                Assert.That(left, Is.EqualTo(asked), type.Code);
            }
        }
    }

    private static string[] Erase(params (string Type, string On, string Attributes)[] milestones) =>
        [
            .. Harbour
                .Of([.. milestones.Select(m => Revision(m.Type, m.On, AttributeSet.FromCanonical(m.Attributes)))])
                .Select(left => left.CanonicalJson),
        ];

    private static MilestoneRevision Revision(string type, string on, AttributeSet attributes) =>
        new(
            Guid.Empty,
            Guid.Empty,
            1,
            MilestoneState.Verified,
            new MilestoneContent(type, PartialDate.Parse(on), null, null, attributes, [], null),
            null,
            default,
            "local",
            null,
            1,
            null
        );
}
