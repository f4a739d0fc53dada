using System.Text.Json.Nodes;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Tests.Contract;

namespace CareerCoordinates.Tests.Domain.Frameworks;

public sealed class FrameworkFileTests
{
    private static readonly Framework Chaoyang = TestFrameworks.Chaoyang;
    private static readonly Framework Harbour = TestFrameworks.Harbour;

    [Test]
    public void ShippedFramework_Read_HasNoFault() =>
        Assert.That(FrameworkFile.Read(TestFrameworks.ChaoyangJson).Faults, Is.Empty);

    [Test]
    public void SmallFramework_Read_HasNoFault() => Assert.That(FrameworkFile.Read(TestFrameworks.HarbourJson).Faults, Is.Empty);

    [Test]
    public void ShippedFramework_HasEveryPartOfTheModel()
    {
        Assert.Multiple(() =>
        {
            Assert.That((Chaoyang.Code, Chaoyang.Version), Is.EqualTo(("chaoyang-12345", 1)));
            Assert.That(Chaoyang.TimeZone.Id, Is.EqualTo("Asia/Shanghai"));
            Assert.That(Chaoyang.Levels, Has.Count.EqualTo(8).And.All.Property("Meaning").Not.Null);
            Assert.That(Chaoyang.Stages, Has.Count.EqualTo(6));
            Assert.That(Chaoyang.Channels.Select(c => c.Rungs.Count), Is.EqualTo(new[] { 8, 8, 8, 8 }));
            Assert.That(Chaoyang.Channels.Select(c => c.Index), Is.EqualTo(new[] { 0, 1, 2, 3 }));
            Assert.That(Chaoyang.MilestoneTypes, Has.Count.EqualTo(52));
            Assert.That(Chaoyang.MilestoneTypes.Values.Count(t => !t.Enabled), Is.EqualTo(4));
            Assert.That(Chaoyang.MilestoneKinds, Has.Count.EqualTo(12));
            Assert.That(Chaoyang.KeyNodes, Has.Count.EqualTo(5));
            Assert.That(Chaoyang.EmploymentForms, Has.Count.EqualTo(7));
            Assert.That(Chaoyang.VerifierRoles, Has.Count.EqualTo(16));
            Assert.That(Chaoyang.EvidenceTypes, Has.Count.EqualTo(22));
            Assert.That(Chaoyang.Indicators, Has.Count.EqualTo(48));
            Assert.That(Chaoyang.Indicators.Count(i => i.IsEntered), Is.EqualTo(11));
            Assert.That(Chaoyang.MilestoneTypes.Values.Sum(t => t.Grants.Count), Is.EqualTo(98));
        });
    }

    [Test]
    public void Programme_IsOneMainLineTwoGoalsThreeInitiativesFourChannelsFiveServices() =>
        Assert.That(Chaoyang.ProgrammeParts.GroupBy(p => p.Kind).Select(g => g.Count()), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));

    [Test]
    public void ActionPlans_HaveTheirTasks_AndATaskTheIndicatorThatShowsIt()
    {
        Assert.That(Chaoyang.ActionPlans, Is.Empty, "the list is not public");
        Assert.That(Harbour.ActionPlans.Select(p => (p.Code, p.Tasks.Count)), Is.EqualTo([("calm-seas", 2), ("low-tide", 0)]));
        Assert.That(
            Harbour.ActionPlans[0].Tasks,
            Is.EqualTo([
                new ProgrammeTask("lanterns", new Name("点灯", "Light the lanterns"), "storms"),
                new ProgrammeTask("songs", new Name("唱歌", "Sing"), null),
            ])
        );
    }

    [Test]
    public void EnteredFigure_HasTheDecimalsOfItsUnit()
    {
        Assert.That(Chaoyang.FindEntered("special-funds", "funds")!.Decimals, Is.EqualTo(2));
        Assert.That(Chaoyang.FindEntered("hotline-calls", "taken")!.Decimals, Is.Zero);
        Assert.That(Chaoyang.FindEntered("hotline-calls", "funds"), Is.Null);
    }

    [Test]
    public void SmallFramework_HasThreeChannelsAndFiveLevelsAndNoCodeOfTheShippedOne()
    {
        Assert.That(Harbour.Channels, Has.Count.EqualTo(3));
        Assert.That(Harbour.Levels, Has.Count.EqualTo(5));
        Assert.That(OwnCodes(Harbour).Intersect(OwnCodes(Chaoyang)), Is.Empty);
    }

    [Test]
    public void SmallFramework_UsesEveryWordOfTheFormat()
    {
        var types = Harbour.MilestoneTypes.Values;
        var tests = types.SelectMany(t => t.Grants).SelectMany(g => g.When.All);
        var leaves = Harbour.Channels.SelectMany(c => c.Rungs).SelectMany(r => r.Requirement.AnyOf).SelectMany(a => a);
        Assert.Multiple(() =>
        {
            Assert.That(types.Select(t => t.Period).Distinct().Count(), Is.EqualTo(Enum.GetValues<MilestonePeriod>().Length));
            Assert.That(types.Select(t => t.Sensitivity).Distinct().Count(), Is.EqualTo(Enum.GetValues<Sensitivity>().Length));
            Assert.That(
                types.SelectMany(t => t.Attributes).Select(a => a.Type).Distinct().Count(),
                Is.EqualTo(Enum.GetValues<AttributeType>().Length)
            );
            Assert.That(tests.Select(t => t.Operator).Distinct().Count(), Is.EqualTo(Enum.GetValues<ConditionOperator>().Length));
            Assert.That(leaves.Select(l => l.GetType()).Distinct().Count(), Is.EqualTo(6));
            Assert.That(types.Any(t => t is { Sensitivity: Sensitivity.Restricted, Enabled: true, Grants.Count: 0 }));
            Assert.That(types.Any(t => !t.Enabled));
            Assert.That(Harbour.EmployerBodies, Is.EqualTo(["owner"]));
            Assert.That(Chaoyang.EmployerBodies, Is.EqualTo(["employer-hr"]));
            Assert.That(types.SelectMany(t => t.Grants).Any(g => g.HolderBelow is not null));
            Assert.That(types.SelectMany(t => t.Grants).Any(g => g.HolderAtLeast is not null));
            Assert.That(Harbour.Channels.SelectMany(c => c.Rungs).Any(r => r.Attained == Attained.ElectedOrConferred));
        });
    }

    [Test]
    public void Grant_RefersToTheRungOfItsChannel()
    {
        var grants = Chaoyang.MilestoneTypes.Values.SelectMany(t => t.Grants);

        Assert.That(grants, Has.All.Matches<Grant>(g => ReferenceEquals(g.Rung, Chaoyang.FindRung(g.Rung.Channel, g.Rung.Code))));
    }

    [Test]
    public void HolderOfASupport_IsReadFromTheFile()
    {
        var contest = Harbour.MilestoneTypes["knot-contest"].Grants;

        Assert.That(contest[0].HolderBelow?.Code, Is.EqualTo("bosun"));
        Assert.That(contest[1].HolderAtLeast?.Code, Is.EqualTo("bosun"));
        Assert.That(contest[1].Note?.En, Is.EqualTo("for bosuns and above"));
    }

    [Test]
    public void Attribute_KeepsItsBounds()
    {
        var berth = Harbour.MilestoneTypes["berth"];
        var house = Harbour.MilestoneTypes["guild-enrolment"].FindAttribute("house")!;
        var score = Harbour.MilestoneTypes["sea-ticket"].FindAttribute("score")!;

        Assert.Multiple(() =>
        {
            Assert.That(berth.EndsWithAffiliation);
            Assert.That(berth.FindAttribute("trade")!.Format, Is.EqualTo(AttributeFormat.OccupationCode));
            Assert.That(berth.FindAttribute("ship")!.MaxLength, Is.EqualTo(2000));
            Assert.That(house.MaxLength, Is.EqualTo(40));
            Assert.That((score.Min, score.Max), Is.EqualTo((0m, 100m)));
        });
    }

    [Test]
    public void EveryOccupationCode_OfTheShippedFramework_HasItsFormat() =>
        Assert.That(
            Chaoyang.MilestoneTypes.Values.SelectMany(t => t.Attributes).Where(a => a.Code == "occupationCode").ToList(),
            Has.Count.EqualTo(6).And.All.Property("Format").EqualTo(AttributeFormat.OccupationCode)
        );

    [Test]
    public void CompetitionsHeld_CountDistinctEvents()
    {
        var figure = Chaoyang.Indicators.Single(i => i.Code == "competitions-held").Figures.Single();

        Assert.That(
            (figure.Measure as FigureMeasure.CountDistinct)?.Keys,
            Is.EqualTo(new[] { "level", "documentNo", FigureMeasure.OccurredOnKey })
        );
        Assert.That(figure.Milestones, Is.EqualTo(new MilestoneSelection("skill-competition", null, false)));
    }

    [Test]
    public void Studios_AreCountedByLeadersInForce()
    {
        var figure = Chaoyang.Indicators.Single(i => i.Code == "studios-by-level").Figures[^1];

        Assert.That(figure.Milestones, Is.EqualTo(new MilestoneSelection(null, "studio", true)));
        Assert.That(figure.Where.Single().Test.Values.Single().Text, Is.EqualTo("leader"));
        Assert.That(figure.By, Is.EqualTo(new FigureGrouping(FigureGroupingKind.Attribute, "level")));
    }

    [Test]
    public void CanonicalText_AndHash_DoNotDependOnTheOrderOfMembersOrOnBlanks()
    {
        const int seed = 12345;
        TestContext.Out.WriteLine($"seed {seed}");
        var shuffled = Shuffled(JsonNode.Parse(TestFrameworks.ChaoyangJson), new Random(seed))!.ToJsonString();
        Assert.That(shuffled, Does.Not.StartWith("{\"$schema\""));

        var read = FrameworkFile.Read(shuffled).Value;

        Assert.That(read.CanonicalJson, Is.EqualTo(Chaoyang.CanonicalJson));
        Assert.That(read.Hash, Is.EqualTo(Chaoyang.Hash));
        Assert.That(Chaoyang.Hash, Does.Match("^[0-9a-f]{64}$"));
    }

    [Test]
    public void CanonicalText_ReadAgain_IsTheSameFramework()
    {
        var again = FrameworkFile.Read(Chaoyang.CanonicalJson).Value;

        Assert.That(again.CanonicalJson, Is.EqualTo(Chaoyang.CanonicalJson));
        Assert.That(again.Hash, Is.EqualTo(Chaoyang.Hash));
    }

    [Test]
    public void CanonicalText_WritesNumbersInShortestForm()
    {
        var json = TestFrameworks.HarbourJson.Replace("2.5", "2.50", StringComparison.Ordinal);
        Assert.That(json, Is.Not.EqualTo(TestFrameworks.HarbourJson));

        Assert.That(FrameworkFile.Read(json).Value.Hash, Is.EqualTo(Harbour.Hash));
    }

    [Test]
    public void AnyChangeOfContent_ChangesTheHash()
    {
        var json = TestFrameworks.HarbourJson.Replace("Harbour grid", "Harbour grids", StringComparison.Ordinal);

        Assert.That(FrameworkFile.Read(json).Value.Hash, Is.Not.EqualTo(Harbour.Hash));
    }

    [Test]
    public void Schema_NamesEveryMemberThatTheFilesUse()
    {
        var schema = JsonNode.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "seeds", "frameworks", "framework.schema.json"))
        )!;
        var named = new HashSet<string>();
        Walk(schema, (name, value) => named.UnionWith(name == "properties" ? value.AsObject().Select(p => p.Key) : []));
        var used = new HashSet<string>();
        Walk(JsonNode.Parse(TestFrameworks.ChaoyangJson)!, (name, _) => used.Add(name));
        Walk(JsonNode.Parse(TestFrameworks.HarbourJson)!, (name, _) => used.Add(name));

        Assert.That(used.Except(named), Is.Empty);
        Assert.That(named.Except(used), Is.SubsetOf(new[] { "max", "tasks", "is" }).Or.Empty);
    }

    private static IEnumerable<string> OwnCodes(Framework framework) =>
        framework
            .Channels.SelectMany(c => c.Rungs.Select(r => r.Code).Append(c.Code))
            .Concat(framework.MilestoneTypes.Keys)
            .Concat(framework.Stages.Select(s => s.Code));

    private static void Walk(JsonNode? node, Action<string, JsonNode> visit)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.Where(m => m.Value is not null))
            {
                visit(name, value!);
                Walk(value, visit);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Walk(item, visit);
            }
        }
    }

    private static JsonNode? Shuffled(JsonNode? node, Random random) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members.OrderBy(_ => random.Next()).Select(m => KeyValuePair.Create(m.Key, Shuffled(m.Value, random))).ToArray()
            ),
            JsonArray items => new JsonArray(items.Select(i => Shuffled(i, random)).ToArray()),
            _ => node?.DeepClone(),
        };
}
