using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Domain.Reports;

/// <summary>The tree of organisations on all days at once, as it is on each of them.</summary>
public class OrganizationTreeTests
{
    private static readonly Guid District = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid One = new("00000000-0000-0000-0000-000000000002");
    private static readonly Guid Other = new("00000000-0000-0000-0000-000000000003");
    private static readonly Guid Firm = new("00000000-0000-0000-0000-000000000004");

    /// <summary>On no day do they stand in a circle, over all days they do.</summary>
    [Test]
    public void TwoThatStoodAboveEachOther_OnDifferentDays_AreFoundOnEach([Values] bool otherFirst)
    {
        var one = Of(One, ("2010-01-01", Other), ("2020-01-01", District));
        var other = Of(Other, ("2010-01-01", District), ("2020-01-01", One));
        var firm = Of(Firm, ("2010-01-01", otherFirst ? One : Other));
        var tree = Tree(
            otherFirst
                ? [other, one, firm, Of(District, ("2010-01-01", null))]
                : [firm, one, other, Of(District, ("2010-01-01", null))]
        );

        Assert.That(Inside(tree, One, "2015-06-01"), Is.EqualTo(otherFirst ? new[] { One, Firm } : [One]));
        Assert.That(Inside(tree, One, "2021-06-01"), Is.EqualTo(new[] { One, Other, Firm }));
        Assert.That(Inside(tree, Other, "2015-06-01"), Is.EqualTo(new[] { One, Other, Firm }));
        Assert.That(Inside(tree, Other, "2021-06-01"), Is.EqualTo(otherFirst ? [Other] : new[] { Other, Firm }));
        Assert.That(Inside(tree, District, "2015-06-01"), Has.Length.EqualTo(4));
        Assert.That(Inside(tree, District, "2021-06-01"), Has.Length.EqualTo(4));
    }

    [Test]
    public void OneBelowAnother_IsByTheTreeOfTheDay()
    {
        var tree = Tree([
            Of(District, ("2010-01-01", null)),
            Of(One, ("2010-01-01", District)),
            Of(Other, ("2010-01-01", District)),
            Of(Firm, ("2010-01-01", One), ("2020-01-01", Other)),
        ]);

        Assert.That(Overlap("2015-06-01", District, Firm), Is.True, "however many stand between");
        Assert.That(Overlap("2015-06-01", Firm, One), Is.True);
        Assert.That(Overlap("2021-06-01", Firm, One), Is.False, "it had moved by then");
        Assert.That(Overlap("2021-06-01", One, Other), Is.False);
        Assert.That(Overlap("2021-06-01", Firm), Is.False);
        Assert.That(Overlap("2021-06-01"), Is.False);

        bool Overlap(string day, params Guid[] ids) =>
            tree.HasOneBelowAnother(ids, ReportDay.Of(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static OrganizationTree Tree(IReadOnlyList<IReadOnlyList<Revision<OrganizationContent>>> organizations) =>
        new(organizations, organizations.Select((o, i) => (o[0].Id, i)).ToDictionary(o => o.Id, o => o.i), Instant.Never);

    private static Guid[] Inside(OrganizationTree tree, Guid root, string day)
    {
        var inside = tree.Inside(new Scope(true, []), root);
        var on = ReportDay.Of(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        return [.. Enumerable.Range(0, tree.Count).Where(place => inside[place].On(on)).Select(tree.IdOf).Order()];
    }

    private static List<Revision<OrganizationContent>> Of(Guid id, params (string From, Guid? Parent)[] parents) =>
        [
            .. parents.Select(
                (parent, i) =>
                    new Revision<OrganizationContent>(
                        id,
                        i + 1,
                        false,
                        new(
                            parent.Parent,
                            OrganizationKind.Enterprise,
                            "Wharf",
                            null,
                            null,
                            DateOnly.Parse(parent.From, System.Globalization.CultureInfo.InvariantCulture),
                            null,
                            []
                        ),
                        null,
                        new Instant(i + 1),
                        "local"
                    )
            ),
        ];
}
