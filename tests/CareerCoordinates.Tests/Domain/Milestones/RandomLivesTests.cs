using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Domain.Milestones;

/// <summary>Long random lives of one milestone, held against what the rules say in plain words.</summary>
public class RandomLivesTests
{
    private const int Lives = 300;
    private const int Steps = 40;

    [Test]
    public void Every_random_life_keeps_the_rules()
    {
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var life = 0; life < Lives; life++)
        {
            Live(random);
        }
    }

    private static void Live(Random random)
    {
        var life = MilestoneLife.Recorded(MilestoneLife.Local, verified: random.Next(2) == 0, content: RandomContent(random));
        var actions = Enum.GetValues<MilestoneAction>();
        for (var step = 0; step < Steps; step++)
        {
            // A void would end most lives at once.
            var action = random.Next(30) == 0 ? MilestoneAction.Void : actions[random.Next(actions.Length - 1)];
            var counted = life.Counting;
            var outcome = life.Try(action, MilestoneLife.Local, content: RandomContent(random));
            if (outcome.IsRefused)
            {
                continue;
            }
            var next = outcome.Value;
            life.Then(next);
            Assert.Multiple(() =>
            {
                Assert.That(life.History.Select(r => r.Revision), Is.EqualTo(Enumerable.Range(1, life.History.Count)));
                Assert.That(life.Counting, Is.EqualTo(Expected(counted, next)), $"{action} after {counted?.Revision}");
                Assert.That(next.Content.Ended?.On < next.Content.OccurredOn.First, Is.Not.True);
                Assert.That(next.VerifiedBy is not null, Is.EqualTo(next.State == MilestoneState.Verified));
            });
        }
        AssertThePastStands(life);
    }

    /// <summary>Verified counts from now on; voided: nothing does; all else leaves what counted.</summary>
    private static MilestoneRevision? Expected(MilestoneRevision? counted, MilestoneRevision next) =>
        next.State switch
        {
            MilestoneState.Verified => next,
            MilestoneState.Voided => null,
            _ => counted,
        };

    /// <summary>What was known at an instant is the same whatever was recorded later.</summary>
    private static void AssertThePastStands(MilestoneLife life)
    {
        for (var known = 1; known <= life.History.Count; known++)
        {
            var then = MilestoneHistory.At([.. life.History.Take(known)], Instant.Never);
            var now = MilestoneHistory.At(life.History, life.History[known - 1].RecordedAt);
            Assert.That(now, Is.EqualTo(then));
        }
    }

    private static MilestoneContent RandomContent(Random random) =>
        MilestoneLife.Content($"{2010 + random.Next(12)}-0{1 + random.Next(9)}");
}
