using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Api.Demo;
using CareerCoordinates.Api.Demo.Population;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Demo;

/// <summary>The generated population: the same for one seed, believable, and spread as planned.</summary>
public class PopulationTests
{
    private const int Size = 2_000;
    private static readonly DateOnly Today = new(2026, 11, 22);
    private static readonly Lazy<IReadOnlyList<RecordedLife>> TheLives = new(RecordAll);

    private static IReadOnlyList<RecordedLife> Lives => TheLives.Value;

    private static Framework Framework => TestFrameworks.Chaoyang;

    [Test]
    public void OneSeed_GivesTheSameLives_InAnyOrder()
    {
        var first = Generator(7);
        var second = Generator(7);

        var forward = Enumerable.Range(0, 200).Select(i => Hash(first.Write(i))).ToList();
        var backward = Enumerable.Range(0, 200).Reverse().Select(i => Hash(second.Write(i))).Reverse().ToList();

        Assert.That(backward, Is.EqualTo(forward));
        Assert.That(Enumerable.Range(0, 200).Select(i => Hash(Generator(8).Write(i))), Is.Not.EqualTo(forward));
    }

    [Test]
    public void TheRandomNumbers_AreThoseOfThePublishedAlgorithm_ForEver()
    {
        var random = new Prng(12345, 0);

        var drawn = Enumerable.Range(0, 3).Select(_ => random.Next().ToString("x16")).ToArray();

        Assert.That(drawn, Is.EqualTo(new[] { "720ee7881a7fea40", "485a7cf90393f0df", "86cdcdb092e3ede9" }));
    }

    [Test]
    public void EveryGeneratedLife_IsBelievable()
    {
        var doubts = Lives.SelectMany(life =>
            DemoFiles.Believability.Doubts(Framework, life).Select(doubt => $"{life.Worker[^1].Content.Number}: {doubt}")
        );

        Assert.That(doubts, Is.Empty);
    }

    /// <summary>The posts of the small demo may overlap, and one of its lives shows that; nobody looks at 88,000 to see why.</summary>
    [Test]
    public void WhoTakesAPost_LeavesTheOneBefore()
    {
        var posts = Lives
            .Select(life => life.Counting.Where(m => m.Type == "post-assignment").OrderBy(m => m.OccurredOn).ToList())
            .ToList();
        var followed = posts.SelectMany(p => p.Zip(p.Skip(1))).ToList();

        Assert.That(followed, Has.Count.GreaterThan(500));
        Assert.That(followed.Where(p => p.First.InForce.Overlaps(p.Second.InForce)), Is.Empty);
        Assert.That(posts.Count(p => p.Count == 3), Is.GreaterThan(20), "none reached a key post");
    }

    [Test]
    public void OneFactInAHundred_IsCorrectedLater()
    {
        var histories = Lives.SelectMany(l => l.Milestones).ToList();

        var corrected = histories.Count(h => h.Any(r => r.State == MilestoneState.Submitted && r.Revision > 1));

        Assert.That((double)corrected / histories.Count, Is.EqualTo(0.01).Within(0.004));
    }

    [Test]
    public void RecordedAt_NeverFalls_StaysInTheSpan_AndFollowsTheFactsThatCameLater()
    {
        var start = Instant.From(
            new DateTimeOffset(LifeGenerator.StartOf(DemoFiles.Profile, Today), TimeOnly.MinValue, TimeSpan.Zero)
        );
        var end = Instant.From(new DateTimeOffset(Today, TimeOnly.MaxValue, TimeSpan.Zero));
        foreach (var life in Lives)
        {
            var registered = life.Worker[0].RecordedAt;
            foreach (var history in life.Milestones)
            {
                var times = history.Select(r => r.RecordedAt).ToList();
                Assert.That(times, Is.Ordered.And.Unique.And.All.InRange(start, end));
                var happened = history[^1].Content.OccurredOn.Last.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
                if (Instant.From(happened) > registered.PlusMicroseconds(Days(40)))
                {
                    Assert.That(times[0], Is.InRange(Instant.From(happened), Instant.From(happened).PlusMicroseconds(Days(75))));
                }
            }
        }

        static long Days(int days) => days * 86_400_000_000L;
    }

    [Test]
    public void ThePopulation_IsSpreadAsPlanned()
    {
        var present = Lives.Where(l => l.Affiliations.Any(a => a.Content.InForce.Contains(Today))).ToList();
        var levels = present
            .Select(l => CareerGrid.CoordinateOn(Framework, l.Worker[0].Content.CareerStart, l.Counting, Today).Level)
            .ToList();
        var stages = present.Select(l => CareerGrid.StageOn(Framework, l.Worker[0].Content.CareerStart, Today).Code).ToList();
        var milestones = Lives.Average(l => l.Milestones.Count);
        var standings = Lives.Average(l => CareerGrid.Standings(Framework, l.Counting).Count);
        TestContext.Out.WriteLine($"{milestones:0.00} milestones, {standings:0.00} standings a worker");
        TestContext.Out.WriteLine(
            string.Join(", ", levels.GroupBy(l => l).OrderBy(g => g.Key).Select(g => $"level {g.Key}: {g.Count()}"))
        );
        TestContext.Out.WriteLine(string.Join(", ", stages.GroupBy(s => s).Select(g => $"{g.Key}: {g.Count()}")));

        Assert.Multiple(() =>
        {
            Assert.That(milestones, Is.InRange(6, 9));
            Assert.That(levels.Count(l => l < 5) / (double)levels.Count, Is.GreaterThan(0.8));
            Assert.That(levels.Count(l => l >= 7) / (double)levels.Count, Is.LessThan(0.01));
            Assert.That(Share(AffiliationKind.PlatformWork), Is.EqualTo(0.2).Within(0.05));
            foreach (var stage in Framework.Stages)
            {
                Assert.That(stages.Count(s => s == stage.Code) / (double)stages.Count, Is.GreaterThan(0.02), stage.Code);
            }
        });

        double Share(AffiliationKind kind) =>
            Lives.Count(l => l.Affiliations.Any(a => a.Content.Kind == kind && a.Content.Primary)) / (double)Lives.Count;
    }

    [Test]
    public void TheTree_HasAboutTwentyFiveWorkersAnEmployer_AndValidCodes()
    {
        var tree = PopulationTree.Build(DemoFiles.Profile, 7, 88_000, LifeGenerator.StartOf(DemoFiles.Profile, Today));

        var recorded = RecordedTree.Record(Framework, tree.Organizations, 7);

        var employers = recorded.Revisions.Count(r => r.Content.Kind == OrganizationKind.Enterprise);
        Assert.That(employers, Is.EqualTo(88_000 / 25));
        Assert.That(recorded.Revisions, Has.Count.EqualTo(tree.Organizations.Count));
    }

    private static LifeGenerator Generator(ulong seed)
    {
        var tree = PopulationTree.Build(DemoFiles.Profile, seed, Size, LifeGenerator.StartOf(DemoFiles.Profile, Today));
        return new LifeGenerator(DemoFiles.Profile, tree, seed, Size, Today);
    }

    private static List<RecordedLife> RecordAll()
    {
        const ulong seed = 2026;
        TestContext.Out.WriteLine($"seed {seed}");
        var tree = PopulationTree.Build(DemoFiles.Profile, seed, Size, LifeGenerator.StartOf(DemoFiles.Profile, Today));
        var generator = new LifeGenerator(DemoFiles.Profile, tree, seed, Size, Today);
        var recorder = new LifeRecorder(Framework, RecordedTree.Record(Framework, tree.Organizations, seed).Ids);
        return [.. Enumerable.Range(0, Size).Select(i => recorder.Record(generator.Write(i), new Prng(seed + 1, (ulong)i)))];
    }

    private static string Hash(LifeScript life) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(life))));
}
