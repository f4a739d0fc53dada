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

    /// <summary>Whatever moved, and whatever is voided: on each day the tree says what walking up on that day says.</summary>
    [Test]
    public void EachDay_IsAsWalkingUpOnIt([Random(5)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var ids = Enumerable.Range(1, 30).Select(i => new Guid(i, 0, 0, new byte[8])).ToList();
        var (top, order) = (ids[0], ids[1..]);
        var organizations = ids.ConvertAll(id =>
        {
            // From 2015 on whoever moves stands below one that came later, not earlier: no day has a circle.
            var place = order.IndexOf(id);
            Guid Above(int before, bool turned) =>
                before <= 0 ? top
                : turned ? order[order.Count - 1 - random.Next(before)]
                : order[random.Next(before)];
            var revisions =
                place >= 0 && random.Next(3) > 0
                    ? Of(id, ("2010-01-01", Above(place, false)), ("2015-01-01", Above(order.Count - 1 - place, true)))
                    : Of(id, ("2010-01-01", place < 0 ? null : top));
            return random.Next(12) > 0
                ? revisions
                : [.. revisions, revisions[^1] with { Number = revisions.Count + 1, Voided = true }];
        });
        var tree = Tree(organizations);
        Guid[] roots = [ids[random.Next(30)], ids[random.Next(30)]];
        var filter = ids[random.Next(30)];
        foreach (var year in new[] { 2012, 2016 })
        {
            var day = new DateOnly(year, 1, 1);
            var inside = tree.Inside(new Scope(false, roots), filter);
            var found = ids.Where((_, i) => inside[i].On(ReportDay.Of(day)));

            Assert.That(found, Is.EqualTo(ids.Where(id => IsBelow(id, roots) && IsBelow(id, [filter]))), $"{year}");

            bool IsBelow(Guid id, Guid[] above)
            {
                for (Guid? at = id; at is { } place; at = ParentOf(place))
                {
                    if (organizations[ids.IndexOf(place)][^1].Voided)
                    {
                        return false;
                    }
                    if (above.Contains(place))
                    {
                        return true;
                    }
                }
                return false;
            }

            Guid? ParentOf(Guid id) =>
                organizations[ids.IndexOf(id)].Last(r => r.Content.From <= day && !r.Voided).Content.ParentId;
        }
    }

    /// <summary>What was asked of the tree before, it must not remember of those that changed.</summary>
    [Test]
    public void AfterSomeChanged_IsAsMadeAnew([Random(5)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var organizations = new List<IReadOnlyList<Revision<OrganizationContent>>> { Of(Id(0), ("2010-01-01", null)) };
        var tree = Tree(organizations);
        for (var round = 0; round < 20; round++)
        {
            var changed = new HashSet<int>();
            var next = organizations.ToList();
            foreach (var _ in Enumerable.Range(0, random.Next(1, 4)))
            {
                var place = random.Next(2) == 0 ? next.Count : random.Next(1, next.Count + 1);
                // Above each stands one that came before it.
                var from = $"{random.Next(2011, 2025)}-01-01";
                if (place == next.Count)
                {
                    next.Add(Of(Id(place), (from, Id(random.Next(place)))));
                }
                else
                {
                    var (id, number) = (Id(place), next[place].Count + 1);
                    var moved = Of(id, (from, Id(random.Next(place))))[0] with { Number = number };
                    next[place] = [.. next[place], random.Next(4) > 0 ? moved : moved with { Voided = true }];
                }
                changed.Add(place);
            }
            tree = tree.With(next, Places(next), changed);
            organizations = next;
            var anew = Tree(organizations);
            foreach (var root in Enumerable.Range(0, tree.Count).Select(Id))
            {
                foreach (var day in new[] { "2010-06-01", "2015-06-01", "2020-06-01", "2026-06-01" })
                {
                    Assert.That(Inside(tree, root, day), Is.EqualTo(Inside(anew, root, day)), $"round {round}, {root}, {day}");
                }
            }
            Assert.That(Told(tree), Is.EqualTo(Told(anew)), $"round {round}");
        }

        static Guid Id(int place) => new(place + 1, 0, 0, new byte[8]);

        static IEnumerable<string> Told(OrganizationTree tree) =>
            Enumerable
                .Range(0, tree.Count)
                .Select(place =>
                    $"{tree.IdOf(place)} {tree.Exists(place)} {tree.FirstDayOf(place)} {tree.FactsOn(place, 40_000)} {tree.Inside(new Scope(true, []), null)[place].On(0)}"
                );
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

    [Test]
    public void AnOrganization_IsThere_FromTheEarliestDayThatIsToldOfIt()
    {
        var tree = Tree([
            Of(One, ("2024-06-01", null), ("2014-06-01", null)),
            Of(Other, ("2010-01-01", null), ("2020-01-01", null)),
        ]);

        Assert.That(tree.FirstDayOf(0), Is.EqualTo(new DateOnly(2014, 6, 1)), "corrected");
        Assert.That(tree.FirstDayOf(1), Is.EqualTo(new DateOnly(2010, 1, 1)), "changed from a day on");
    }

    private static OrganizationTree Tree(IReadOnlyList<IReadOnlyList<Revision<OrganizationContent>>> organizations) =>
        new(organizations, Places(organizations), Instant.Never);

    private static Dictionary<Guid, int> Places(IReadOnlyList<IReadOnlyList<Revision<OrganizationContent>>> organizations) =>
        organizations.Select((o, i) => (o[0].Id, i)).ToDictionary(o => o.Id, o => o.i);

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
