using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Tests.Domain.Reports;

/// <summary>Where restricted types are counted, and which counts are shown from a higher number on.</summary>
public class DelicateTypesTests
{
    [TestCase("", "", ExpectedResult = true)]
    [TestCase("district-federation", "", ExpectedResult = true)]
    [TestCase("street-union", "", ExpectedResult = true)]
    [TestCase("industry-union", "", ExpectedResult = true)]
    [TestCase("enterprise-union", "", ExpectedResult = false)]
    [TestCase("enterprise", "", ExpectedResult = false)]
    [TestCase("street-union enterprise", "", ExpectedResult = false)]
    [TestCase("unknown", "", ExpectedResult = false)]
    [TestCase("", "street-union", ExpectedResult = true)]
    [TestCase("", "enterprise-union", ExpectedResult = false)]
    [TestCase("", "each", ExpectedResult = false)]
    public bool RestrictedTypes_AreCountedForAStreetOrMore(string places, string grouping) =>
        DelicateTypes.MayCountRestricted(
            new WorkerFilter(),
            places.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Kind),
            grouping.Length == 0 ? null : new(MilestoneDimension.Organization, Kind(grouping))
        );

    [Test]
    public void WithAFilterOnWorkers_TheyAreNotCounted()
    {
        WorkerFilter[] filters =
        [
            new(Industry: "C"),
            new(Occupation: "6"),
            new(EmploymentForm: "aboard"),
            new(Stage: "first-tide"),
            new(Level: 0),
            new(CareerStartYear: 2000),
        ];

        Assert.That(filters.Select(f => DelicateTypes.MayCountRestricted(f, [], null)), Is.All.False);
        Assert.That(DelicateTypes.MayCountRestricted(new(Organization: Guid.NewGuid()), [], null), Is.True);
    }

    [Test]
    public void WhatTellsOfASensitiveChannel_IsSensitive()
    {
        var framework = TestFrameworks.Chaoyang;
        bool OfType(string code) => framework.MilestoneTypes[code].IsSensitive(framework);
        bool OfFigure(string indicator) =>
            framework.Indicators.Single(i => i.Code == indicator).Figures[0].IsSensitive(framework);

        Assert.That((OfType("union-office"), OfType("skill-level-certificate")), Is.EqualTo((true, false)));
        Assert.That((OfFigure("worker-deputies"), OfFigure("grade-distribution")), Is.EqualTo((true, false)));
        Assert.That(framework.Indicators.Single(i => i.Code == "proposals-adopted").IsSensitive(framework), Is.True);
    }

    [Test]
    public void RowsThatAreKnown_FollowFromTheTypesAndTheMonths()
    {
        var framework = TestFrameworks.Harbour;
        var types = framework.MilestoneTypes.Values.Where(t => t.Code is "sea-ticket" or "berth" or "rig-improvement").ToList();
        IEnumerable<string> Known(params MilestoneDimension[] dimensions) =>
            MilestoneRows
                .Known(
                    new(
                        null!,
                        new(2024, 12, 1),
                        new(2025, 1, 31),
                        [.. dimensions.Select(d => new MilestoneGrouping(d))],
                        null,
                        [],
                        null,
                        [],
                        9
                    ),
                    types,
                    framework
                )
                .Select(codes => string.Join(' ', codes))
                .Order(StringComparer.Ordinal);

        Assert.That(Known(), Is.EqualTo([""]));
        Assert.That(Known(MilestoneDimension.Kind), Is.EqualTo(["ideas", "sailing"]));
        Assert.That(
            Known(MilestoneDimension.Kind, MilestoneDimension.Month),
            Is.EqualTo(["ideas 2024-12", "ideas 2025-01", "sailing 2024-12", "sailing 2025-01"])
        );
        Assert.That(
            Known(MilestoneDimension.Type, MilestoneDimension.Initiative),
            Is.EqualTo(["berth none", "rig-improvement none", "sea-ticket seaworthy"])
        );
        Assert.That(Known(MilestoneDimension.Organization), Is.Empty);
    }

    private static OrganizationKind? Kind(string code) =>
        CareerCoordinates.Domain.Codes<OrganizationKind>.TryParse(code, out var kind) ? kind : null;
}
