using CareerCoordinates.Api.Demo;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Demo;

/// <summary>The demo district is recorded through the rules, is believable, and shows everything that there is to see.</summary>
public class DemoSeedsTests
{
    private static DateOnly Today => DemoFiles.Seeds.WrittenOn;

    private static IEnumerable<RecordedLife> Standing => DemoFiles.District.Lives.Where(l => !l.Worker[^1].Voided);

    [Test]
    public void EveryLife_IsBelievable()
    {
        var doubts = Standing.SelectMany(life =>
            DemoFiles
                .Believability.Doubts(TestFrameworks.Chaoyang, life)
                .Select(doubt => $"{life.Worker[^1].Content.Number}: {doubt}")
        );

        Assert.That(doubts, Is.Empty);
    }

    [Test]
    public void TwoPostsAtOnce_AreOnlyInTheWorkedExample_AndInTheStoryAboutThem()
    {
        var numbers = Standing.Where(HoldsTwoPosts).Select(l => l.Worker[^1].Content.Number);

        Assert.That(numbers, Is.EqualTo(new[] { "YT-0001", "YT-0050" }));
    }

    [Test]
    public void District_HasATreeOfThreeLevels_AndADozenEmployersMarkedAsDemo()
    {
        var organizations = DemoFiles.District.Tree.Revisions.Where(r => r.SupersededAt is null).ToDictionary(r => r.Id);
        var employers = organizations.Values.Where(r => r.Content.Kind == OrganizationKind.Enterprise).ToList();

        Assert.That(employers, Has.Count.GreaterThanOrEqualTo(12));
        Assert.That(employers.Select(e => e.Content.IndustryCode), Is.Unique.And.All.Not.Null);
        Assert.That(organizations.Values.Select(r => Depth(r.Content.ParentId)).Max(), Is.GreaterThanOrEqualTo(3));
        Assert.That(organizations.Values.Select(r => r.Content.CreditCode), Is.Unique);
        Assert.That(organizations.Values, Has.All.Matches<Revision<OrganizationContent>>(r => r.Content.Tags.Contains("demo")));
        Assert.That(organizations.Values, Has.All.Matches<Revision<OrganizationContent>>(r => r.Content.Name.Contains("示例")));

        int Depth(Guid? parent) => parent is { } id ? 1 + Depth(organizations[id].Content.ParentId) : 1;
    }

    [Test]
    public void EveryEnabledType_IsUsed()
    {
        var used = Standing.SelectMany(l => l.Counting).Select(m => m.Type).ToHashSet();

        var missing = TestFrameworks.Chaoyang.MilestoneTypes.Values.Where(t => t.Enabled && !used.Contains(t.Code));

        Assert.That(missing.Select(t => t.Code), Is.Empty);
    }

    [Test]
    public void EveryRung_IsHeldOnSomeDayUntilToday()
    {
        var held = Standing
            .SelectMany(l => CareerGrid.Standings(TestFrameworks.Chaoyang, l.Counting))
            .Where(s => s.Period.From <= Today)
            .Select(s => s.Rung.Code)
            .ToHashSet();

        var missing = TestFrameworks.Chaoyang.Channels.SelectMany(c => c.Rungs).Where(r => !held.Contains(r.Code));

        Assert.That(missing.Select(r => r.Code), Is.Empty);
    }

    [Test]
    public void EveryStage_HasPeopleToday()
    {
        var stages = Standing
            .Where(l => l.Affiliations.Any(a => a.Content.InForce.Contains(Today)))
            .Select(l => CareerGrid.StageOn(TestFrameworks.Chaoyang, l.Worker[^1].Content.CareerStart, Today).Code)
            .ToList();

        Assert.That(stages, Is.SupersetOf(TestFrameworks.Chaoyang.Stages.Select(s => s.Code)));
        Assert.That(stages, Has.Some.Null, "nobody's career start is unknown");
    }

    [Test]
    public void TheDemo_ShowsWhatTheRecordCanSay()
    {
        var lives = DemoFiles.District.Lives;
        var histories = lives.SelectMany(l => l.Milestones).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(Standing.Count(), Is.GreaterThanOrEqualTo(200));
            Assert.That(histories.Select(h => h[^1].State), Is.SupersetOf(Enum.GetValues<MilestoneState>()));
            Assert.That(histories, Has.Some.Matches<IReadOnlyList<MilestoneRevision>>(IsPendingCorrection), "pending correction");
            Assert.That(
                histories.Select(h => h[^1].Content.Ended?.Kind),
                Is.SupersetOf(new EndKind?[] { EndKind.Ended, EndKind.Revoked })
            );
            Assert.That(histories.Select(h => h[0].Content.OccurredOn.ToString()), Has.Some.EqualTo("1993"));
            Assert.That(histories.Select(h => h[0].Content.OccurredOn.Last), Has.Some.GreaterThan(Today), "a fact of the future");
            Assert.That(lives, Has.Some.Matches<RecordedLife>(l => l.Worker[^1].Voided), "a voided worker");
            Assert.That(
                lives,
                Has.Some.Matches<RecordedLife>(l => l.Worker.Count > 1 && !l.Worker[^1].Voided),
                "a corrected worker"
            );
            Assert.That(lives, Has.Some.Matches<RecordedLife>(HasTwoPlacesToday), "two affiliations at once");
            Assert.That(lives, Has.Some.Matches<RecordedLife>(HasOnly(AffiliationKind.PlatformWork)), "only a rider");
            Assert.That(lives, Has.Some.Matches<RecordedLife>(HasLeft), "retired");
            Assert.That(
                lives,
                Has.Some.Matches<RecordedLife>(l => l.AffiliationHistories.Any(h => h[^1].Voided)),
                "voided affiliation"
            );
            Assert.That(
                lives.SelectMany(l => l.Affiliations).Select(a => a.Content.Kind).Distinct(),
                Is.EquivalentTo(Enum.GetValues<AffiliationKind>())
            );
            Assert.That(lives.SelectMany(l => l.Contests).Select(c => c.IsAnswer).Distinct().Count(), Is.EqualTo(2));
            Assert.That(lives, Has.Some.Matches<RecordedLife>(FallsBack), "falls back when a term ends");
            Assert.That(DemoFiles.District.Tree.Revisions, Has.Some.Matches<Revision<OrganizationContent>>(r => r.Number > 1));
        });
    }

    [Test]
    public void EveryEnteredIndicator_IsEntered_ForTwoYears_BySeveral_AndOneIsCorrected()
    {
        var newest = DemoFiles.District.EnteredFigures.Select(h => h[^1].Content).ToList();

        Assert.That(
            newest.Select(c => c.Indicator).Distinct(),
            Is.EquivalentTo(TestFrameworks.Chaoyang.Indicators.Where(i => i.IsEntered).Select(i => i.Code))
        );
        Assert.That(newest.Select(c => c.Year.Number).Distinct(), Is.EquivalentTo([2024, 2025]));
        Assert.That(newest.Select(c => c.Year.Kind).Distinct(), Is.EquivalentTo(Enum.GetValues<YearKind>()));
        Assert.That(newest.Select(c => c.OrganizationId).Distinct().Count(), Is.AtLeast(5));
        Assert.That(newest, Has.All.Matches<EnteredFigureContent>(c => c.Source.Contains("示例")));
        var corrected = DemoFiles.District.EnteredFigures.Single(h => h.Count > 1);
        Assert.That(corrected.Select(r => r.Content.Number), Is.EqualTo([1286, 1291]));
        Assert.That(corrected[0].SupersededAt, Is.EqualTo(corrected[1].RecordedAt));
    }

    [Test]
    public void TheFirstWorker_IsTheWorkedExample()
    {
        var life = DemoFiles.District.Lives[0];
        var start = life.Worker[^1].Content.CareerStart;

        Assert.Multiple(() =>
        {
            Assert.That(start, Is.EqualTo(new DateOnly(2012, 7, 1)));
            Assert.That(life.Counting, Has.Count.EqualTo(15));
            Assert.That(
                On(2018, 1, 1),
                Is.EqualTo("growth 5.5 3: worker-representative operator-post intermediate-worker adopted-suggestion")
            );
            Assert.That(
                On(2020, 6, 1),
                Is.EqualTo("growth 7.9 3: union-member operator-post intermediate-worker five-small-result")
            );
            Assert.That(
                On(2026, 1, 1),
                Is.EqualTo("mature 13.5 5: district-advanced team-leader technician authorised-ip-or-district")
            );
        });

        string On(int year, int month, int day)
        {
            var at = CareerGrid.CoordinateOn(TestFrameworks.Chaoyang, start, life.Counting, new DateOnly(year, month, day));
            return $"{at.Stage.Code} {at.Stage.YearsInCareer:0.0} {at.Level}: {string.Join(' ', at.Channels.Select(c => c.Rung?.Code))}";
        }
    }

    [Test]
    public void RecordedAt_RisesForEveryWorker_AndEndsBeforeTheFilesWereWritten()
    {
        var end = Instant.From(new DateTimeOffset(Today, TimeOnly.MinValue, TimeSpan.Zero));

        foreach (var life in DemoFiles.District.Lives)
        {
            Assert.That(life.Milestones, Has.All.Matches<IReadOnlyList<MilestoneRevision>>(IsInOrder));
            Assert.That(life.Milestones.Select(h => h[^1].RecordedAt), Has.All.LessThan(end));
        }
    }

    private static bool HoldsTwoPosts(RecordedLife life)
    {
        var posts = life.Counting.Where(m => m.Type == "post-assignment").ToList();
        return posts.Any(one => posts.Any(other => other.Id != one.Id && other.InForce.Overlaps(one.InForce)));
    }

    private static bool IsInOrder(IReadOnlyList<MilestoneRevision> history) =>
        history
            .Zip(history.Skip(1))
            .All(p => p.First.RecordedAt < p.Second.RecordedAt && p.First.SupersededAt == p.Second.RecordedAt)
        && history[^1].SupersededAt is null;

    private static bool IsPendingCorrection(IReadOnlyList<MilestoneRevision> history) =>
        history[^1].State == MilestoneState.Submitted && history.Any(r => r.State == MilestoneState.Verified);

    private static bool HasTwoPlacesToday(RecordedLife life) =>
        life.Affiliations.Count(a => a.Content.InForce.Contains(Today)) > 1;

    private static Predicate<RecordedLife> HasOnly(AffiliationKind kind) =>
        life => life.Affiliations.Count > 0 && life.Affiliations.All(a => a.Content.Kind == kind);

    private static bool HasLeft(RecordedLife life) =>
        life.Affiliations.Count > 0 && life.Affiliations.All(a => a.Content.Until < Today);

    private static bool FallsBack(RecordedLife life)
    {
        var standings = CareerGrid.Standings(TestFrameworks.Chaoyang, life.Counting);
        return standings
            .Zip(standings.Skip(1))
            .Any(p =>
                p.First.Channel == p.Second.Channel && p.Second.Rung.Order < p.First.Rung.Order && p.Second.Period.From <= Today
            );
    }
}
