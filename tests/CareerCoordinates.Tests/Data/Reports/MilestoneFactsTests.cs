using System.Text;
using System.Text.Json.Nodes;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Data.Reports;

/// <summary>What the columns know of a milestone's attributes: what reports ask of them, and nothing that people wrote.</summary>
public class MilestoneFactsTests
{
    private MilestoneFacts facts = null!;

    [SetUp]
    public void Begin() => facts = Of(TestFrameworks.Chaoyang);

    [TestCase(
        "craft-class",
        """{"hours":1.5,"mode":"online","passed":true,"topic":"who taught"}""",
        ExpectedResult = """{"hours":1.5}"""
    )]
    [TestCase("warm-care", """{"form":"meal"}""", ExpectedResult = """{"form":"meal"}""")]
    [TestCase(
        "legal-service",
        """{"amountRecoveredCny":10,"form":"advice","matter":"wages"}""",
        ExpectedResult = """{"amountRecoveredCny":10}"""
    )]
    [TestCase("five-small", """{"Erased":"erased:00001","implemented":false}""", ExpectedResult = """{"implemented":false}""")]
    [TestCase("post-assignment", """{"occupationCode":"6-18","postKind":"trainee"}""", ExpectedResult = "{}")]
    [TestCase(
        "result-conversion",
        """{"netIncomeCny":-999999999999.999999}""",
        ExpectedResult = """{"netIncomeCny":-999999999999.999999}"""
    )]
    [TestCase("not-a-type", """{"hours":1}""", ExpectedResult = "{}")]
    public string Attributes_AreThoseThatAReportAsksOf(string type, string attributes)
    {
        var number = Number(type, attributes);

        Assert.That(facts.TypeOf(number), Is.EqualTo(type));
        return facts.AttributesOf(facts.SetOf(number)).CanonicalJson;
    }

    [Test]
    public void TextThatIsToldApart_IsKnownOnlyAsTheSameOrAnother()
    {
        const string named = """{"documentNo":"the list of Ma Lan","level":"city","rank":2}""";
        var (one, same) = (Number("skill-competition", named), Number("skill-competition", named));
        var other = Number("skill-competition", named.Replace("Ma Lan", "Ma Lin"));
        var none = Number("skill-competition", """{"level":"city","rank":2}""");

        Assert.That(same, Is.EqualTo(one));
        Assert.That(new[] { one, other, none }, Is.Unique);
        Assert.That(new[] { one, other }.Select(facts.SetOf), Is.All.EqualTo(none));
        Assert.That(Said(one), Is.Not.EqualTo(Said(other)));
        Assert.That(Said(one), Does.Not.Contain("Ma Lan").And.Contain("documentNo"));
        Assert.That(Said(none), Is.EqualTo("""{"level":"city","rank":2}"""));
        Assert.That(
            Of(TestFrameworks.Chaoyang) is var next && Number("skill-competition", named, next) is var again
                ? next.AttributesOf(next.AttributesOf(next.SetOf(again)), again).CanonicalJson
                : "",
            Is.Not.EqualTo(Said(one)),
            "another key"
        );
    }

    [Test]
    public void SeveralHiddenTexts_StandBesideEachOther()
    {
        var both = Of(With("""{ "count": { "distinct": [ "ship", "trade", "occurredOn" ] }, "type": "berth" }"""));
        var one = Number("berth", """{"crew":3,"ship":"Swan","trade":"sail"}""", both);
        var swapped = Number("berth", """{"crew":3,"ship":"sail","trade":"Swan"}""", both);
        string Said(int number) => both.AttributesOf(both.AttributesOf(both.SetOf(number)), number).CanonicalJson;

        Assert.That(both.SetOf(one), Is.EqualTo(both.SetOf(swapped)));
        Assert.That(Said(one), Does.Match("""^{"crew":3,"ship":"#-?\d+","trade":"#-?\d+"}$"""));
        Assert.That(Said(one), Is.Not.EqualTo(Said(swapped)));
    }

    [Test]
    public void WhatAFigureNames_OrIsBrokenDownBy_IsKnownByItself()
    {
        var named = Of(
            With(
                """{ "count": "milestones", "type": "berth", "where": { "all": [ { "attr": "ship", "op": "eq", "value": "Swan" } ] } }""",
                """{ "count": "milestones", "type": "berth", "by": { "attr": "trade" } }"""
            )
        );
        string Set(string json) => named.AttributesOf(named.SetOf(Number("berth", json, named))).CanonicalJson;

        Assert.That(Set("""{"ship":"Swan","trade":"sail"}"""), Is.EqualTo("""{"ship":"Swan","trade":"sail"}"""));
        Assert.That(Set("""{"ship":"Gull"}"""), Is.EqualTo("{}"));
    }

    /// <summary>An earlier version answers for its time, so what it asks stays known; what nobody asks anew needs no reading anew.</summary>
    [Test]
    public void EveryVersion_Asks()
    {
        var more = With("""{ "count": "milestones", "type": "berth", "by": { "attr": "trade" } }""");
        var both = new AskedAttributes([more, TestFrameworks.Harbour]);

        Assert.That(both.AreThoseOf(new([more])));
        Assert.That(both.AreThoseOf(new([TestFrameworks.Harbour])), Is.False);
        Assert.That(both.Of("berth").Select(a => a.Code), Is.EqualTo(["crew", "trade"]));
    }

    [Test]
    public void Links_GiveSeveralThreadsOneNumberEach()
    {
        var links = new Links();
        var found = new int[8][];

        Parallel.For(
            0,
            found.Length,
            i => found[i] = [.. Enumerable.Range(0, 20_000).Select(v => links.Of(new(v / 7, v % 3, v)))]
        );

        Assert.That(links.Count, Is.EqualTo(20_000));
        Assert.That(found, Is.All.EqualTo(found[0]));
        Assert.That(found[0].Select(n => links[n].Value), Is.EqualTo(Enumerable.Range(0, 20_000)));
    }

    [TestCase("2020-11-30")]
    [TestCase("2020-02")]
    [TestCase("1900")]
    [TestCase("2200-12-31")]
    public void SixteenBytes_HoldWhatWasPutIn(string on)
    {
        var given = PartialDate.Parse(on);
        var form = on.Length switch
        {
            10 => DayForm.Day,
            7 => DayForm.Month,
            _ => DayForm.Year,
        };
        foreach (var at in new[] { 0, 999_999, 1_795_667_599_818_106, 4_102_444_799_999_999 })
        {
            foreach (var number in new[] { 0, int.MaxValue, -1, int.MinValue })
            {
                foreach (var type in new[] { 0, 254, 255, 256, 70_000 })
                {
                    var row = new ProjectedMilestone(ReportDay.Of(given.Last), ReportDay.NoEnd, form, type, number, at);
                    Assert.That(
                        (row.OccurredOn, row.Last, row.Type, row.Facts, row.RecordedAt),
                        Is.EqualTo((given, ReportDay.NoEnd, Math.Min(type, ProjectedMilestone.OtherTypes), number, at))
                    );
                }
            }
        }
        Assert.That(System.Runtime.CompilerServices.Unsafe.SizeOf<ProjectedMilestone>(), Is.EqualTo(16));
    }

    private string Said(int number) => facts.AttributesOf(facts.AttributesOf(facts.SetOf(number)), number).CanonicalJson;

    private int Number(string type, string attributes, MilestoneFacts? of = null) =>
        (of ?? facts).Of((of ?? facts).Types.Of(type), Encoding.UTF8.GetBytes(attributes));

    private static MilestoneFacts Of(Framework framework) => new(new AskedAttributes([framework]));

    /// <summary>The small framework with more figures.</summary>
    private static Framework With(params string[] figures)
    {
        var root = JsonNode.Parse(TestFrameworks.HarbourJson)!.AsObject();
        var all = root["indicators"]![0]!["figures"]!.AsArray();
        foreach (var text in figures)
        {
            var figure = JsonNode.Parse(text)!.AsObject();
            figure["code"] = $"more-{all.Count}";
            figure["zh"] = "更多";
            figure["en"] = "more";
            figure["unit"] = "hand";
            all.Add(figure);
        }
        return FrameworkFile.Read(root.ToJsonString()).Value;
    }
}
