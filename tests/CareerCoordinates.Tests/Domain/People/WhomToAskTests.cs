using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Domain.People;

/// <summary>The union that a worker is told to ask: the nearest above his place of the day that can be called.</summary>
public class WhomToAskTests
{
    private static readonly DateOnly Day = new(2026, 11, 26);

    /// <param name="tree">From the top down, each with its number if it has one; capitals are unions: <c>D=1, S, w</c>.</param>
    [TestCase("D=1, S=2, w", "S 2")]
    [TestCase("D=1, S, w", "D 1", Description = "the nearest cannot be called")]
    [TestCase("D, S, w", "S", Description = "nobody can be called")]
    [TestCase("D=1, S=2, U=3", "U 3", Description = "he belongs to a union itself")]
    [TestCase("D=1, w=2", "D 1", Description = "an employer is not asked, whatever it has")]
    [TestCase("w", null)]
    public void The_nearest_union_with_a_number(string tree, string? expected)
    {
        var (revisions, last) = Tree(tree);
        var asked = WhomToAsk.Of([At(last)], Day, Instant.Never, id => revisions[id]);
        Assert.That(Said(asked), Is.EqualTo(expected));
    }

    [Test]
    public void Who_left_or_comes_later_asks_nobody_there()
    {
        var (revisions, last) = Tree("D=1, w");
        var left = At(last, until: Day.AddDays(-1));
        var later = At(last, from: Day.AddDays(1));
        Assert.That(WhomToAsk.Of([left, later], Day, Instant.Never, id => revisions[id]), Is.Null);
    }

    [Test]
    public void Of_two_places_the_primary_one_comes_first()
    {
        var (revisions, first) = Tree("D=1, w");
        var (others, second) = Tree("E=2, v");
        var all = revisions.Concat(others).ToDictionary();
        var asked = WhomToAsk.Of([At(first, primary: false), At(second)], Day, Instant.Never, id => all[id]);
        Assert.That(Said(asked), Is.EqualTo("E 2"));
    }

    private static string? Said(Revision<OrganizationContent>? asked) =>
        asked is null ? null : $"{asked.Content.Name} {asked.Content.Phone}".TrimEnd();

    private static Affiliation At(Guid place, DateOnly? from = null, DateOnly? until = null, bool primary = true) =>
        new(
            Guid.NewGuid(),
            new(AffiliationKind.LabourContract, place, null, from ?? new(2010, 1, 1), until, primary, null, null, null)
        );

    private static (Dictionary<Guid, IReadOnlyList<Revision<OrganizationContent>>> Revisions, Guid Last) Tree(string tree)
    {
        var revisions = new Dictionary<Guid, IReadOnlyList<Revision<OrganizationContent>>>();
        Guid? parent = null;
        foreach (var node in tree.Split(", ").Select(one => one.Split('=')))
        {
            var id = Guid.NewGuid();
            var kind = char.IsUpper(node[0][0]) ? OrganizationKind.StreetUnion : OrganizationKind.Enterprise;
            var content = new OrganizationContent(
                parent,
                kind,
                node[0],
                null,
                null,
                new(2000, 1, 1),
                null,
                [],
                node.Length > 1 ? node[1] : null
            );
            revisions[id] = [new(id, 1, false, content, null, new Instant(1), "local")];
            parent = id;
        }
        return (revisions, parent!.Value);
    }
}
