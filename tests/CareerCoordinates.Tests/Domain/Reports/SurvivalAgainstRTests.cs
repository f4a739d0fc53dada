using System.Text.Json;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Tests.Domain.Reports;

/// <summary>Survival figures against those of R's `survival`, which survival.R beside this file wrote into survival.json.</summary>
public sealed class SurvivalAgainstRTests
{
    private const double Near = 1e-9;

    private static readonly JsonElement Figures = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Domain", "Reports", "survival.json")))
        .RootElement;

    private static IEnumerable<TestCaseData> Cases =>
        Figures
            .GetProperty("cases")
            .EnumerateArray()
            .Select(one => new TestCaseData(one).SetArgDisplayNames($"{one.GetProperty("name")}"));

    [TestCaseSource(nameof(Cases))]
    public void Curves_AreTheSame(JsonElement given)
    {
        foreach (var group in given.GetProperty("groups").EnumerateArray())
        {
            var tallies = Tallies(group);
            var found = KaplanMeier.Of(tallies);

            Assert.That(found.Workers, Is.EqualTo(tallies.Sum(tally => tally.Events + tally.Censored)));
            Assert.That(found.Events, Is.EqualTo(tallies.Sum(tally => tally.Events)));
            AssertNear([found.LowerQuartile, found.Median, found.UpperQuartile], group.GetProperty("quartiles"));
            Assert.That(found.Curve, Has.Count.EqualTo(group.GetProperty("curve").GetArrayLength()));
            foreach (var (point, expected) in found.Curve.Zip(group.GetProperty("curve").EnumerateArray()))
            {
                AssertNear([point.Time, point.AtRisk, point.Events, point.Survival, point.Lower, point.Upper], expected);
            }
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void LogRank_IsTheSame(JsonElement given)
    {
        var found = LogRank.Between([.. given.GetProperty("groups").EnumerateArray().Select(Tallies)]);
        var expected = given.GetProperty("logRank");

        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.That(found, Is.Null);
            return;
        }
        Assert.That(found, Is.Not.Null);
        Assert.That(found.DegreesOfFreedom, Is.EqualTo(expected.GetProperty("degreesOfFreedom").GetInt32()));
        AssertClose(found.ChiSquare, expected.GetProperty("chiSquare").GetDouble());
        AssertClose(found.P, expected.GetProperty("p").GetDouble());
    }

    [Test]
    public void ChiSquareTails_AreTheSame()
    {
        var tails = Figures.GetProperty("chiSquareTails").EnumerateArray().ToList();
        Assert.That(tails, Has.Count.GreaterThan(100));

        foreach (var tail in tails)
        {
            AssertClose(ChiSquareTail.Above(tail[0].GetDouble(), tail[1].GetInt32()), tail[2].GetDouble());
        }
    }

    [Test]
    public void Cases_HoldWhatIsHardToGetRight()
    {
        var groups = Figures
            .GetProperty("cases")
            .EnumerateArray()
            .SelectMany(one => one.GetProperty("groups").EnumerateArray())
            .ToList();

        Assert.That(groups, Has.Count.GreaterThan(100));
        Assert.That(
            groups,
            Has.Some.Matches<JsonElement>(group => group.GetProperty("curve").GetArrayLength() == 0),
            "all censored"
        );
        Assert.That(
            groups,
            Has.Some.Matches<JsonElement>(group => Tallies(group).Sum(t => t.Events + t.Censored) == 1),
            "one worker"
        );
        Assert.That(
            groups,
            Has.Some.Matches<JsonElement>(group => Tallies(group).Any(t => t is { Events: > 0, Censored: > 0 })),
            "ties"
        );
        Assert.That(
            groups,
            Has.Some.Matches<JsonElement>(group =>
                group
                    .GetProperty("quartiles")
                    .EnumerateArray()
                    .Any(q => q.ValueKind == JsonValueKind.Number && q.GetDouble() % 1 != 0)
            ),
            "quantile hits"
        );
    }

    private static Tally[] Tallies(JsonElement group) =>
        [
            .. group
                .GetProperty("tallies")
                .EnumerateArray()
                .Select(tally => new Tally(tally[0].GetInt32(), tally[1].GetInt32(), tally[2].GetInt32())),
        ];

    private static void AssertNear(double?[] found, JsonElement expected) =>
        Assert.That(
            found,
            Is.EqualTo(
                    expected.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Null ? (double?)null : one.GetDouble())
                )
                .Within(Near)
        );

    /// <summary>To 1e-9 of the value itself: a p of 1e-284 counts as well.</summary>
    private static void AssertClose(double found, double expected) =>
        Assert.That(found, Is.EqualTo(expected).Within(Near * Math.Abs(expected)));
}
