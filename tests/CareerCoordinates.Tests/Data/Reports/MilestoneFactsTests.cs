using System.Text;
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
        Assert.That(facts.AttributesOf(none).CanonicalJson, Is.EqualTo("""{"level":"city","rank":2}"""));
        Assert.That(new[] { one, other, none }.Select(n => Thing(facts, n, "documentNo")), Is.Unique);
        Assert.That(new[] { one, other, none }.Select(n => Thing(facts, n, "level")).Distinct(), Has.One.Items);
        var next = Of(TestFrameworks.Chaoyang);
        Assert.That(
            Thing(next, Number("skill-competition", named, next), "documentNo"),
            Is.Not.EqualTo(Thing(facts, one, "documentNo")),
            "another key"
        );
    }

    [Test]
    public void SeveralHiddenTexts_StandBesideEachOther()
    {
        var both = Of(With("""{ "count": { "distinct": [ "ship", "trade", "occurredOn" ] }, "type": "berth" }"""));
        var one = Number("berth", """{"crew":3,"ship":"Swan","trade":"sail"}""", both);
        var swapped = Number("berth", """{"crew":3,"ship":"sail","trade":"Swan"}""", both);
        var without = Number("berth", """{"crew":3,"ship":"Swan"}""", both);

        Assert.That(both.SetOf(one), Is.EqualTo(both.SetOf(swapped)));
        Assert.That(new[] { one, swapped, without }.Select(n => Thing(both, n, "ship", "trade")), Is.Unique);
        Assert.That(Thing(both, one, "ship"), Is.EqualTo(Thing(both, without, "ship")));
        Assert.That(Thing(both, one, "ship"), Is.Not.EqualTo(Thing(both, swapped, "ship")));
    }

    [Test]
    public void TextOfAnErasedPerson_IsTheOneOfThoseWhoShareIt()
    {
        var some = Of(TestFrameworks.Chaoyang, (attribute, text) => attribute + text.Length);
        var of = (string text) =>
            Thing(
                some,
                Number("skill-competition", $$"""{"documentNo":"{{text}}","level":"city"}""", some),
                "level",
                "documentNo"
            );

        Assert.That(of("erased:documentNo4"), Is.EqualTo(of("2024")));
        Assert.That(of("erased:documentNo5"), Is.Not.EqualTo(of("2024")));
    }

    [Test]
    public void TheDayAsItWasGiven_TellsThingsApart()
    {
        var number = Number("skill-competition", "{}");
        var things = new[] { DayForm.Day, DayForm.Month, DayForm.Year }
            .SelectMany(form =>
                new[] { 700, 701 }.Select(day => Thing(facts, number, day, form, "documentNo", FigureMeasure.OccurredOnKey))
            )
            .ToList();

        Assert.That(things, Is.Unique);
        Assert.That(
            Thing(facts, number, 700, DayForm.Day, "documentNo"),
            Is.EqualTo(Thing(facts, number, 701, DayForm.Year, "documentNo"))
        );
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
        var day = (ulong)ReportDay.Of(given.Last);
        foreach (var at in new[] { 0, 999_999, 1_795_667_599_818_106, 4_102_444_799_999_999 })
        {
            foreach (var number in new[] { 0, int.MaxValue, -1, int.MinValue })
            {
                foreach (var type in new[] { 0, 254, 255, 256, 70_000 })
                {
                    var row = new ProjectedMilestone((int)day, ReportDay.NoEnd, form, type, number, at);
                    Assert.That(
                        (row.DayAsGiven, row.Day, row.Last, row.Type, row.Facts, row.RecordedAt),
                        Is.EqualTo(
                            (
                                day | (ulong)form << ReportDay.Bits,
                                (int)day,
                                ReportDay.NoEnd,
                                Math.Min(type, ProjectedMilestone.OtherTypes),
                                number,
                                at
                            )
                        )
                    );
                }
            }
        }
        Assert.That(System.Runtime.CompilerServices.Unsafe.SizeOf<ProjectedMilestone>(), Is.EqualTo(16));
    }

    private static Thing Thing(MilestoneFacts facts, int number, params string[] keys) =>
        Thing(facts, number, 1, DayForm.Day, keys);

    private static Thing Thing(MilestoneFacts facts, int number, int day, DayForm form, params string[] keys) =>
        new ThingReading(new(keys), facts.AttributesOf(facts.SetOf(number)), facts).Of(
            new(day, ReportDay.NoEnd, form, 0, number, 0)
        );

    private int Number(string type, string attributes, MilestoneFacts? of = null) =>
        (of ?? facts).Of((of ?? facts).Types.Of(type), Encoding.UTF8.GetBytes(attributes));

    private static MilestoneFacts Of(Framework framework, Func<string, string, string>? pseudonymOf = null) =>
        new(new AskedAttributes([framework]), pseudonymOf);

    private static Framework With(params string[] figures) => TestFrameworks.WithFigures(TestFrameworks.HarbourJson, figures);
}
