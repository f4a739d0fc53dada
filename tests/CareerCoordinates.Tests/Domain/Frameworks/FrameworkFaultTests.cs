using System.Text.Json.Nodes;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Tests.Domain.Frameworks;

/// <summary>Each row plants one fault in the small framework and names every path that must be reported: no more, no less.</summary>
public sealed class FrameworkFaultTests
{
    private const string Removed = "removed";
    private const string Support = """{ "channel": "voice", "rung": "guild-hand", "when": { "all": [] }, "mode": "supports" }""";

    // What the file says of itself.
    [TestCase("/code", "\"Har_bour\"")]
    [TestCase("/version", "0")]
    [TestCase("/version", "1.5")]
    [TestCase("/version", "\"1\"")]
    [TestCase("/version", Removed)]
    [TestCase("/zh", Removed)]
    [TestCase("/en", "\"  padded\"")]
    [TestCase("/timeZone", "\"Mars/Olympus_Mons\"")]
    [TestCase("/timeZone", "\"China Standard Time\"")]
    [TestCase("/levelRule", "\"average\"")]
    [TestCase("/disclaimer/zh", "\"\"")]
    [TestCase("/useLimit", Removed)]
    [TestCase("/colour", "1")]
    [TestCase("/services/0/code", "\"light house\"", "/services/0/code", "/milestoneTypes/0/belongsTo/code")]
    [TestCase("/periods/2", Removed, "/periods")]
    [TestCase("/industrialWorker/industrySections/0", "\"Z\"")]
    [TestCase("/employmentForms/1/code", "\"aboard\"")]
    // Levels and stages.
    [TestCase("/levels/2/level", "4")]
    [TestCase("/levels/4", Removed, "/channels/1/rungs/3/level", "/stages/3/typicalLevels/1")]
    [TestCase("/stages/0/fromYears", "1")]
    [TestCase("/stages/1/fromYears", "3")]
    [TestCase("/stages/1/fromYears", "2.55", "/stages/1/fromYears", "/stages/1/fromYears")]
    [TestCase("/stages/1/toYears", "null")]
    [TestCase("/stages/1/toYears", "2.5", "/stages/1/toYears", "/stages/2/fromYears")]
    [TestCase("/stages/3/toYears", "40")]
    [TestCase("/stages/0/code", "\"unknown\"")]
    [TestCase("/stages/1/code", "\"first-tide\"")]
    [TestCase("/stages/1/measures/0", "\"walk-the-plank\"")]
    [TestCase("/stages/1/measures/0", "\"storm-relief\"")]
    [TestCase("/stages/1/measures/1", "\"sea-ticket\"")]
    // Ladders.
    [TestCase("/channels/0/en", Removed)]
    [TestCase(
        "/channels/0/rungs",
        "[]",
        "/channels/0/rungs",
        "/channels/1/rungs/3/requirement/anyOf/0/allOf/1/rung",
        "/milestoneTypes/0/grants/0/rung",
        "/milestoneTypes/1/grants/0/rung",
        "/milestoneTypes/1/grants/1/rung"
    )]
    [TestCase("/channels/0/rungs/1/order", "3")]
    [TestCase("/channels/0/rungs/1/level", "1")]
    [TestCase("/channels/0/rungs/2/level", "6")]
    [TestCase("/channels/2/rungs/1/code", "\"tinkerer\"", "/channels/2/rungs/1/code", "/milestoneTypes/5/grants/1/rung")]
    [TestCase(
        "/channels/2/rungs/1/code",
        "\"none\"",
        "/channels/2/rungs/1/code",
        "/channels/2/rungs/1/code",
        "/milestoneTypes/5/grants/1/rung"
    )]
    [TestCase(
        "/channels/2/code",
        "\"voice\"",
        "/channels/2/code",
        "/milestoneTypes/5/grants/0/channel",
        "/milestoneTypes/5/grants/1/channel",
        "/channels/2/rungs/0/code",
        "/channels/2/rungs/1/code"
    )]
    [TestCase("/channels/0/rungs/0/attained", "\"bought\"")]
    [TestCase("/channels/0/rungs/0/status", "\"S\"")]
    [TestCase("/milestoneTypes/0/grants", "[]", "/channels/0/rungs/0/code")]
    // Requirements.
    [TestCase("/channels/0/rungs/0/requirement/anyOf", "[]")]
    [TestCase("/channels/0/rungs/0/requirement/anyOf/0/allOf", "[]")]
    [TestCase("/channels/0/rungs/0/requirement/anyOf/0/allOf/0/kind", "\"luck\"")]
    [TestCase("/channels/0/rungs/0/requirement/anyOf/0/allOf/0/type", "\"walk-the-plank\"")]
    [TestCase("/channels/0/rungs/0/requirement/anyOf/0/allOf/0/type", "\"storm-relief\"")]
    [TestCase("/channels/0/rungs/0/requirement/anyOf/0/allOf/0/minCount", "0")]
    [TestCase("/channels/0/rungs/0/requirement/anyOf/0/allOf/0/where", Removed)]
    [TestCase("/channels/0/rungs/2/requirement/anyOf/0/allOf/0/where/all/0/attr", "\"hat\"")]
    [TestCase("/channels/0/rungs/2/requirement/anyOf/0/allOf/0/where/all/0/value", "\"throne\"")]
    [TestCase("/channels/1/rungs/1/requirement/anyOf/0/allOf/0/channel", "\"kitchen\"")]
    [TestCase("/channels/1/rungs/1/requirement/anyOf/0/allOf/0/rung", "\"cook\"")]
    [TestCase("/channels/1/rungs/1/requirement/anyOf/0/allOf/0/rung", "\"bosun\"")]
    [TestCase("/channels/1/rungs/1/requirement/anyOf/0/allOf/0/minYears", "-1")]
    [TestCase("/channels/1/rungs/1/requirement/anyOf/1/allOf/0/min", "0.55")]
    [TestCase("/channels/1/rungs/3/requirement/anyOf/0/allOf/2/zh", Removed)]
    // Types and attributes.
    [TestCase(
        "/milestoneTypes/0/code",
        "\"guild_enrolment\"",
        "/milestoneTypes/0/code",
        "/stages/0/measures/0",
        "/channels/0/rungs/0/requirement/anyOf/0/allOf/0/type"
    )]
    [TestCase("/milestoneTypes/8/code", "\"berth\"")]
    [TestCase("/milestoneTypes/0/kind", "\"longing\"")]
    [TestCase("/milestoneTypes/0/period", "\"always\"")]
    [TestCase("/milestoneTypes/0/enabled", "\"yes\"")]
    [TestCase("/milestoneTypes/0/sensitivity", "\"secret\"")]
    [TestCase("/milestoneTypes/0/keyNode", "\"iceberg\"")]
    [TestCase("/milestoneTypes/0/belongsTo/code", "\"safe-passage\"")]
    [TestCase("/milestoneTypes/0/belongsTo/kind", "\"goal\"")]
    [TestCase("/milestoneTypes/0/evidence/0", "\"hearsay\"")]
    [TestCase("/milestoneTypes/0/verifiedBy/0", "\"parrot\"")]
    [TestCase("/milestoneTypes/0/verifiedBy", "[]")]
    [TestCase("/milestoneTypes/2/evidence/1", "\"logbook\"")]
    [TestCase("/milestoneTypes/2/endsWith", "\"voyage\"")]
    [TestCase("/milestoneTypes/0/attributes/0/code", "\"guild-house\"")]
    [TestCase("/milestoneTypes/0/attributes/0/code", "\"occurredOn\"")]
    [TestCase("/milestoneTypes/0/attributes/0/type", "\"date\"")]
    [TestCase("/milestoneTypes/0/attributes/0/maxLength", "2001")]
    [TestCase("/milestoneTypes/0/attributes/0/allowed", """[{ "code": "a", "zh": "甲", "en": "a" }]""")]
    [TestCase("/milestoneTypes/0/attributes/0/colour", "\"blue\"")]
    [TestCase("/milestoneTypes/1/attributes/0/type", "\"text\"")]
    [TestCase(
        "/milestoneTypes/1/attributes/0/allowed/1/code",
        "\"crew\"",
        "/milestoneTypes/1/attributes/0/allowed/1/code",
        "/milestoneTypes/1/grants/1/when/all/0/value",
        "/channels/0/rungs/2/requirement/anyOf/0/allOf/0/where/all/0/value"
    )]
    [TestCase("/milestoneTypes/2/attributes/1/code", "\"post\"")]
    [TestCase("/milestoneTypes/2/attributes/3/unit", "\"furlong\"")]
    [TestCase("/milestoneTypes/2/attributes/3/format", "\"occupation-code\"")]
    [TestCase(
        "/milestoneTypes/3/attributes/1/max",
        "-1",
        "/milestoneTypes/3/attributes/1/max",
        "/milestoneTypes/3/grants/2/when/all/1/value"
    )]
    // Grants and conditions.
    [TestCase("/milestoneTypes/0/grants/0/rung", "\"deckhand\"", "/milestoneTypes/0/grants/0/rung", "/channels/0/rungs/0/code")]
    [TestCase("/milestoneTypes/4/grants/0/channel", "\"kitchen\"")]
    [TestCase("/milestoneTypes/4/grants/0/mode", "\"direct\"", "/milestoneTypes/4/grants/0/holder")]
    [TestCase("/milestoneTypes/4/grants/0/holder/rungBelow", "\"guild-hand\"")]
    [TestCase("/milestoneTypes/4/grants/0/holder/rungAtLeast", "\"mate\"", "/milestoneTypes/4/grants/0/holder")]
    [TestCase("/milestoneTypes/4/grants/0/holder/rungBelow", Removed, "/milestoneTypes/4/grants/0/holder")]
    [TestCase("/milestoneTypes/7/grants", "[" + Support + "]")]
    [TestCase("/milestoneTypes/1/grants/0/when/all/0/attr", "\"hat\"")]
    [TestCase("/milestoneTypes/1/grants/0/when/all/0/op", "\"like\"")]
    [TestCase("/milestoneTypes/1/grants/0/when/all/0/op", "\"lte\"")]
    [TestCase("/milestoneTypes/1/grants/0/when/all/0/value", "\"throne\"")]
    [TestCase("/milestoneTypes/3/grants/1/when/all/0/value", "\"b\"")]
    [TestCase("/milestoneTypes/3/grants/1/when/all/0/value", "[]")]
    [TestCase("/milestoneTypes/3/grants/1/when/all/0/value/1", "\"b\"")]
    [TestCase("/milestoneTypes/3/grants/1/when/all/1/op", "\"gte\"")]
    [TestCase("/milestoneTypes/3/grants/1/when/all/1/value", "\"no\"")]
    [TestCase("/milestoneTypes/3/grants/2/when/all/1/value", "\"90\"")]
    [TestCase("/milestoneTypes/4/grants/0/when/all/0/value", "[5, 2]")]
    [TestCase("/milestoneTypes/4/grants/0/when/all/0/value", "[2]")]
    [TestCase("/milestoneTypes/4/grants/0/when/all/0/value/0", "2.5")]
    [TestCase("/milestoneTypes/4/grants/1/when/all/0/value", "0")]
    [TestCase(
        "/milestoneTypes/6/grants",
        """
            [{ "channel": "voice", "rung": "guild-hand", "mode": "supports", "when": { "all": [{ "attr": "mateId", "op": "eq", "value": "x" }] } }]
            """,
        "/milestoneTypes/6/grants/0/when/all/0/op"
    )]
    // Indicators.
    [TestCase("/indicators/0/code", "\"contests\"", "/indicators/1/code")]
    [TestCase("/indicators/0/definition", Removed)]
    [TestCase("/indicators/0/figures", Removed, "/indicators/0")]
    [TestCase("/indicators/0/entered", """[{ "code": "a", "zh": "甲", "en": "a", "unit": "hand" }]""", "/indicators/0")]
    [TestCase("/indicators/0/figures/0/unit", "\"furlong\"")]
    [TestCase("/indicators/0/figures/0/count", "\"ships\"")]
    [TestCase("/indicators/0/figures/0/inForce", "true")]
    [TestCase("/indicators/0/figures/0/by", "\"rung\"")]
    [TestCase(
        "/indicators/0/figures/0/sum",
        "\"savings\"",
        "/indicators/0/figures/0",
        "/indicators/0/figures/0",
        "/indicators/0/figures/0/count"
    )]
    [TestCase("/indicators/0/figures/1/rung/atLeast", "\"cook\"")]
    [TestCase("/indicators/0/figures/1/rung/channel", "\"kitchen\"")]
    [TestCase("/indicators/0/figures/2/share/1", "\"mate-share\"")]
    [TestCase("/indicators/0/figures/2/share/1", Removed, "/indicators/0/figures/2/share")]
    [TestCase("/indicators/1/belongsTo/code", "\"kitchen\"")]
    [TestCase("/indicators/1/figures/0/type", "\"walk-the-plank\"")]
    [TestCase("/indicators/1/figures/0/kind", "\"sailing\"")]
    [TestCase("/indicators/1/figures/0/count/distinct/0", "\"hat\"")]
    [TestCase("/indicators/1/figures/1/where/all/0/attr", "\"hat\"")]
    [TestCase("/indicators/1/figures/1/where/all/0/value", "1.5")]
    [TestCase("/indicators/1/figures/1/where/all/1/worker", "\"shoeSize\"")]
    [TestCase("/indicators/1/figures/1/where/all/1/value/0", "\"afloat\"")]
    [TestCase("/indicators/1/figures/1/where/all/1/organization", "\"kind\"", "/indicators/1/figures/1/where/all/1")]
    [TestCase("/indicators/2/figures/0/sum", "\"inUse\"")]
    [TestCase("/indicators/2/figures/0/kind", "\"longing\"")]
    [TestCase("/indicators/2/figures/0/by/attr", "\"hat\"")]
    [TestCase("/indicators/3/entered/0/unit", "\"furlong\"")]
    [TestCase("/indicators/3/entered/1/code", "\"days\"")]
    [TestCase("/units/0/decimals", "7")]
    [TestCase("/units/0/decimals", "0.5")]
    // The programme.
    [TestCase("/programme/zh", Removed)]
    [TestCase("/programme/plans/1/code", "\"calm-seas\"")]
    [TestCase("/programme/plans/1/code", Removed)]
    [TestCase("/programme/plans/0/tasks", "{}")]
    [TestCase("/programme/plans/0/tasks/1/code", "\"lanterns\"")]
    [TestCase("/programme/plans/0/tasks/1/en", Removed)]
    [TestCase("/programme/plans/0/tasks/0/indicator", "\"calms\"")]
    [TestCase("/programme/plans/0/tasks/0/indicator", "7")]
    [TestCase("/programme/plans/0/tasks/0/figure", "\"days\"")]
    [TestCase("/indicators/3/code", "\"gales\"", "/programme/plans/0/tasks/0/indicator")]
    public void PlantedFault_Read_IsReportedWithItsPath(string pointer, string json, params string[] expected)
    {
        var root = JsonNode.Parse(TestFrameworks.HarbourJson)!;
        Plant(root, pointer, json);

        var reading = FrameworkFile.Read(root.ToJsonString());

        Assert.That(reading.Framework, Is.Null);
        Assert.That(
            reading.Faults.Select(f => f.Path),
            Is.EquivalentTo(expected.Length > 0 ? expected : [pointer]),
            string.Join('\n', reading.Faults)
        );
        Assert.That(reading.Faults.Select(f => f.Message), Has.All.Not.Empty);
    }

    [Test]
    public void SeveralFaults_Read_AreAllReported()
    {
        (string Pointer, string Json)[] planted =
        [
            ("/timeZone", "\"Nowhere\""),
            ("/stages/1/measures/0", "\"walk-the-plank\""),
            ("/channels/0/rungs/1/order", "7"),
            ("/channels/1/rungs/1/requirement/anyOf/0/allOf/0/rung", "\"cook\""),
            ("/milestoneTypes/3/grants/0/when/all/0/op", "\"gte\""),
            ("/milestoneTypes/5/attributes/0/en", Removed),
            ("/indicators/1/figures/0/type", "\"walk-the-plank\""),
        ];
        var root = JsonNode.Parse(TestFrameworks.HarbourJson)!;
        foreach (var (pointer, json) in planted)
        {
            Plant(root, pointer, json);
        }

        var reading = FrameworkFile.Read(root.ToJsonString());

        Assert.That(reading.Faults.Select(f => f.Path), Is.EquivalentTo(planted.Select(p => p.Pointer)));
    }

    [TestCase("channels", Framework.MostChannels)]
    [TestCase("levels", Framework.MostLevels)]
    public void MoreThanThereMayBe_Read_IsOneFaultOfTheWholeList(string member, int most)
    {
        var root = JsonNode.Parse(TestFrameworks.HarbourJson)!;
        var items = root[member]!.AsArray();
        while (items.Count < most)
        {
            Add();
        }
        Assert.That(FaultsOfTheList(), Is.Empty);

        Add();
        Assert.That(FaultsOfTheList(), Is.EqualTo(new[] { $"at most {most}, and there are {most + 1}" }));

        void Add()
        {
            var next = items[^1]!.DeepClone();
            next[member == "levels" ? "level" : "code"] = member == "levels" ? items.Count + 1 : $"more-{items.Count}";
            items.Add(next);
        }
        IEnumerable<string> FaultsOfTheList() =>
            FrameworkFile.Read(root.ToJsonString()).Faults.Where(f => f.Path == "/" + member).Select(f => f.Message);
    }

    [Test]
    public void MemberGivenTwice_Read_IsAFault()
    {
        var json = TestFrameworks.HarbourJson.Replace(
            "\"version\": 1,",
            "\"version\": 1, \"version\": 2,",
            StringComparison.Ordinal
        );

        Assert.That(FrameworkFile.Read(json).Faults.Select(f => f.Path), Is.EqualTo(new[] { "/version" }));
    }

    [Test]
    public void UnknownMember_Read_IsNamedByAnEscapedPointer()
    {
        var root = JsonNode.Parse(TestFrameworks.HarbourJson)!;
        root["axes"]!["a/b~c"] = 1;

        Assert.That(FrameworkFile.Read(root.ToJsonString()).Faults.Select(f => f.Path), Is.EqualTo(new[] { "/axes/a~1b~0c" }));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{ \"code\": 1, }")]
    [TestCase("// a comment\n{}")]
    public void WhatIsNoObjectOfJson_Read_IsOneFaultOfTheWhole(string json) =>
        Assert.That(FrameworkFile.Read(json).Faults.Select(f => f.Path), Is.EqualTo(new[] { "" }));

    [Test]
    public void DeepNesting_Read_IsAFault()
    {
        var json = string.Concat(Enumerable.Repeat("[", 10_000)) + string.Concat(Enumerable.Repeat("]", 10_000));

        Assert.That(FrameworkFile.Read(json).Faults, Has.Count.EqualTo(1));
    }

    [Test]
    public void LoneSurrogate_Read_IsAFaultAndNoCrash()
    {
        var json = TestFrameworks.HarbourJson.Replace("\"Harbour grid\"", "\"\\ud800\"", StringComparison.Ordinal);

        Assert.That(FrameworkFile.Read(json).Faults.Select(f => f.Path), Is.EqualTo(new[] { "/en" }));
        Assert.That(FrameworkFile.Read("{\"\\udc00\": 1}").Faults, Is.Not.Empty);
    }

    [Test]
    public void EmptyObject_Read_NamesEveryMissingPart() =>
        Assert.That(
            FrameworkFile.Read("{}").Faults.Select(f => f.Path),
            Is.SupersetOf(new[] { "/code", "/version", "/timeZone", "/levels", "/stages", "/channels", "/milestoneTypes" })
        );

    private static void Plant(JsonNode root, string pointer, string json)
    {
        var steps = pointer.Split('/')[1..];
        var holder = root;
        foreach (var step in steps[..^1])
        {
            holder = holder is JsonArray list ? list[int.Parse(step)]! : holder[step]!;
        }
        var last = steps[^1];
        switch (holder)
        {
            case JsonArray list when json == Removed:
                list.RemoveAt(int.Parse(last));
                break;
            case JsonArray list:
                list[int.Parse(last)] = JsonNode.Parse(json);
                break;
            case JsonObject members when json == Removed:
                Assert.That(members.Remove(last), pointer);
                break;
            default:
                holder[last] = JsonNode.Parse(json);
                break;
        }
    }
}
