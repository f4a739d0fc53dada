using System.Text.Json;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Tests.Domain.Milestones;

/// <summary>The checks against every type of the frameworks as they are.</summary>
public class RealFrameworksTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly WorkerContent Worker = new(null, "陈小满", null, null, null, null);

    private static readonly Framework[] Frameworks = [TestFrameworks.Chaoyang, TestFrameworks.Harbour];

    private static IEnumerable<TestCaseData> Types() =>
        from framework in Frameworks
        from type in framework.MilestoneTypes.Values
        select new TestCaseData(framework, type).SetArgDisplayNames(framework.Code, type.Code);

    [TestCaseSource(nameof(Types))]
    public void A_plausible_draft_of_every_type_is_accepted_unless_it_is_switched_off(Framework framework, MilestoneType type)
    {
        var outcome = MilestoneChecks.Check(framework, Draft(framework, type), Worker, Today);
        Assert.That(Texts.Faults(outcome), Is.EqualTo(type.Enabled ? "" : "/type type-disabled"));
    }

    [TestCaseSource(nameof(Types))]
    public void Every_required_attribute_is_asked_for(Framework framework, MilestoneType type)
    {
        var draft = Draft(framework, type) with { Attributes = new Dictionary<string, JsonElement>() };
        var missing = MilestoneChecks
            .Check(framework, draft, Worker, Today)
            .Refusals.Where(r => r.Code.Code == "attribute-missing");
        Assert.That(
            missing.Select(r => r.Pointer),
            Is.EquivalentTo(type.Attributes.Where(a => a.Required).Select(a => $"/attributes/{a.Code}"))
        );
    }

    [Test]
    public void Every_choice_of_every_type_is_accepted()
    {
        var choices =
            from framework in Frameworks
            from type in framework.MilestoneTypes.Values
            where type.Enabled
            from attribute in type.Attributes
            from choice in attribute.Allowed.Select(a => a.Code)
            select (framework, type, attribute, choice);
        foreach (var (framework, type, attribute, choice) in choices)
        {
            var draft = Draft(framework, type);
            var attributes = new Dictionary<string, JsonElement>(draft.Attributes) { [attribute.Code] = Json(choice) };
            var outcome = MilestoneChecks.Check(framework, draft with { Attributes = attributes }, Worker, Today);
            Assert.That(Texts.Faults(outcome), Is.Empty, $"{type.Code}.{attribute.Code} = {choice}");
        }
    }

    private static MilestoneDraft Draft(Framework framework, MilestoneType type) =>
        new(
            type.Code,
            "2020-11-30",
            type.Period == MilestonePeriod.Term ? "2023-11-29" : null,
            type.Attributes.ToDictionary(a => a.Code, Plausible),
            [new EvidenceReference(framework.EvidenceTypes.Keys.First(), "No. 1")],
            null
        );

    private static JsonElement Plausible(AttributeDefinition attribute) =>
        attribute.Type switch
        {
            AttributeType.Enum => Json(attribute.Allowed[0].Code),
            AttributeType.Integer or AttributeType.Decimal => Json(attribute.Min ?? 1),
            AttributeType.Boolean => Json(true),
            AttributeType.Ref => Json(Guid.NewGuid()),
            _ => Json(attribute.Format == AttributeFormat.OccupationCode ? "6-31-01-03" : "some"),
        };

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}
