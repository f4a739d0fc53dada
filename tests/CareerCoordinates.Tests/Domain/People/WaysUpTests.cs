using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Domain.People;

/// <summary>The way up is judged on each day by itself: what stood above on different days never stood above together.</summary>
public class WaysUpTests
{
    /// <param name="tree">Who stands under whom from which year, in the order of recording: <c>b&lt;a 2000</c>.</param>
    /// <param name="expected">From which year on which way up holds.</param>
    [TestCase("a<- 2000", "2000 a")]
    [TestCase("a<- 2000, b<a 2000", "2000 b a")]
    [TestCase("r<- 2000, a<r 2000, b<a 2000, a<- 2010", "2000 b a r; 2010 b a")]
    [TestCase("r<- 2000, a<r 2000, b<a 2000, a<- 1990", "2000 b a", Description = "an earlier day changes nothing later")]
    [TestCase(
        "r<- 2000, a<r 2000, b<- 2000, b<a 2010, b<r 2005",
        "2000 b; 2005 b r; 2010 b r",
        Description = "the last recorded holds"
    )]
    [TestCase("r<- 2000, s<- 2000, a<r 2000, b<a 2000, a<s 2010, s<r 2020", "2000 b a r; 2010 b a s; 2020 b a s r")]
    [TestCase(
        "r<- 2000, s<r 2000, a<s 2000, b<a 2000, b<r 2010, s<- 2020",
        "2000 b a s r; 2010 b r",
        Description = "whom it left"
    )]
    [TestCase("a<- 2000, b<a 2000, a<b 2010", "2000 b a; 2010 b a", Description = "a ring is walked once")]
    public void Way_HoldsFromTheDayOfEachChange(string tree, string expected)
    {
        var histories = Histories(tree);
        var start = histories.ContainsKey("b") ? "b" : "a";
        var ways = OrganizationHistory.WaysUpFrom(Id(start), Day("2000"), id => histories[Letter(id)]);
        Assert.That(
            string.Join("; ", ways.Select(w => $"{w.From.Year} {string.Join(' ', w.Ids.Select(Letter))}")),
            Is.EqualTo(expected)
        );
    }

    /// <summary>Thirty unions one after another above one enterprise are thirty trees of two, not one of thirty.</summary>
    [Test]
    public void ManyReorganisations_MakeNoDeepTree()
    {
        var unions = string.Concat(Enumerable.Range(0, 24).Select(i => $"{(char)('c' + i)}<- 1990, "));
        var moves = string.Join(", ", Enumerable.Range(0, 24).Select(i => $"b<{(char)('c' + i)} {2000 + i}"));
        var histories = Histories(unions + moves);
        var ways = OrganizationHistory.WaysUpFrom(Id("b"), Day("2000"), id => histories[Letter(id)]);
        var below = new OrganizationContent(Id("b"), OrganizationKind.Enterprise, "Rope walk", null, null, Day("2000"), null, []);
        Assert.That(ways, Has.Count.EqualTo(24));
        Assert.That(Texts.Faults(OrganizationRules.Check(below, Id("a"), ways)), Is.Empty);
    }

    private static Dictionary<string, List<Revision<OrganizationContent>>> Histories(string tree)
    {
        var histories = new Dictionary<string, List<Revision<OrganizationContent>>>();
        foreach (var move in tree.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var (who, under, from) = (move[..1], move[2..3], Day(move[^4..]));
            var history = histories.TryGetValue(who, out var known) ? known : histories[who] = [];
            var parent = under == "-" ? (Guid?)null : Id(under);
            var content = new OrganizationContent(parent, OrganizationKind.Enterprise, who, null, null, from, null, []);
            history.Add(new(Id(who), history.Count + 1, false, content, null, new Instant(history.Count + 1), "local"));
        }
        return histories;
    }

    private static Guid Id(string letter) => new(letter[0], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static string Letter(Guid id) => ((char)id.ToByteArray()[0]).ToString();

    private static DateOnly Day(string year) => new(int.Parse(year, null), 1, 1);
}
