using CareerCoordinates.Domain.Reports;
using FsCheck;
using FsCheck.Fluent;

namespace CareerCoordinates.Tests.Domain.Reports;

/// <summary>What holds of the curve and the test whatever the group.</summary>
public sealed class SurvivalProperties
{
    private const int Number = 1_000;

    private static readonly Gen<Tally> OneTally =
        from time in Gen.Choose(0, 12)
        from events in Gen.Choose(0, 3)
        from censored in Gen.Choose(0, 3)
        select new Tally(time, events, censored);

    private static readonly Gen<Tally[]> Group =
        from size in Gen.Choose(0, 10)
        from tallies in OneTally.ListOf(size)
        select tallies.ToArray();

    [Test]
    public void WithoutCensoring_TheCurveIsTheShareStillWithoutTheEvent() =>
        Check(tallies =>
        {
            var events = tallies.Select(tally => tally with { Censored = 0 }).ToList();
            var times = events.SelectMany(tally => Enumerable.Repeat(tally.Time, tally.Events)).Order().ToList();

            var found = KaplanMeier.Of(events);

            Assert.That(found.Curve.Select(point => point.Time), Is.EqualTo(times.Distinct()));
            foreach (var point in found.Curve)
            {
                Assert.That(
                    point.Survival,
                    Is.EqualTo((double)times.Count(time => time > point.Time) / times.Count).Within(1e-14)
                );
            }
        });

    [Test]
    public void TheCurve_IsTheProductThatEachWorkerTakenAloneGives() =>
        Check(tallies =>
        {
            var people = tallies
                .SelectMany(tally =>
                    Enumerable
                        .Repeat((tally.Time, Event: true), tally.Events)
                        .Concat(Enumerable.Repeat((tally.Time, Event: false), tally.Censored))
                )
                .ToList();

            foreach (var point in KaplanMeier.Of(tallies).Curve)
            {
                var survival = people
                    .Where(one => one.Event && one.Time <= point.Time)
                    .Select(one => one.Time)
                    .Distinct()
                    .Select(time =>
                        1 - (double)people.Count(one => one.Event && one.Time == time) / people.Count(one => one.Time >= time)
                    )
                    .Aggregate(1.0, (product, left) => product * left);

                Assert.That(point.AtRisk, Is.EqualTo(people.Count(one => one.Time >= point.Time)));
                Assert.That(point.Survival, Is.EqualTo(survival).Within(1e-14));
                if (point.Survival > 0)
                {
                    Assert.That(point.Lower, Is.GreaterThan(0).And.LessThan(point.Survival));
                    Assert.That(point.Upper, Is.GreaterThan(point.Survival).And.LessThan(1));
                }
                else
                {
                    Assert.That((point.Lower, point.Upper), Is.EqualTo(((double?)null, (double?)null)));
                }
            }
        });

    [Test]
    public void Tallies_InAnyOrderAndSplitUp_GiveTheSame() =>
        Check(tallies =>
        {
            var split = tallies
                .SelectMany(tally =>
                    Enumerable
                        .Repeat(new Tally(tally.Time, 0, 1), tally.Censored)
                        .Concat(Enumerable.Repeat(new Tally(tally.Time, 1, 0), tally.Events))
                )
                .Reverse()
                .ToList();

            AssertSame(KaplanMeier.Of(split), KaplanMeier.Of(tallies));
            Assert.That(
                LogRank.Between([split, tallies[..(tallies.Length / 2)]]),
                Is.EqualTo(LogRank.Between([tallies, tallies[..(tallies.Length / 2)]]))
            );
        });

    [Test]
    public void Groups_InAnyOrder_GiveTheSameTest() =>
        Prop.ForAll(
                Arb.From(Group.Three()),
                groups =>
                {
                    var (one, other, third) = groups;
                    var found = LogRank.Between([one, other, third]);
                    var turned = LogRank.Between([third, one, other]);
                    var withEmpty = LogRank.Between([one, [], other, third, [new Tally(3, 0, 0)]]);

                    Assert.That(turned?.DegreesOfFreedom, Is.EqualTo(found?.DegreesOfFreedom));
                    Assert.That(turned?.ChiSquare ?? 0, Is.EqualTo(found?.ChiSquare ?? 0).Within(1e-9));
                    Assert.That(turned?.P ?? 0, Is.EqualTo(found?.P ?? 0).Within(1e-9));
                    Assert.That(withEmpty?.DegreesOfFreedom, Is.EqualTo(found?.DegreesOfFreedom));
                    Assert.That(withEmpty?.ChiSquare ?? 0, Is.EqualTo(found?.ChiSquare ?? 0).Within(1e-9));
                    return true;
                }
            )
            .Check(Seeded.Config(Number));

    [Test]
    public void AGroupAgainstItself_DoesNotDiffer() =>
        Check(tallies =>
        {
            if (LogRank.Between([tallies, tallies]) is { } test)
            {
                Assert.That(test.ChiSquare, Is.EqualTo(0).Within(1e-12));
                Assert.That(test.P, Is.EqualTo(1).Within(1e-6));
            }
        });

    [Test]
    public void WhereNothingCanBeCompared_ThereIsNoTest()
    {
        Tally[] together = [new(5, 3, 0)];
        Assert.That(LogRank.Between([together, together]), Is.Null, "the first event takes everybody");
        Assert.That(
            LogRank.Between([
                [new Tally(4, 1, 0)],
                [new Tally(2, 0, 1)],
            ]),
            Is.Null,
            "one left at the first event"
        );
        Assert.That(
            LogRank.Between([
                [new Tally(4, 0, 9)],
                [new Tally(7, 0, 2)],
            ]),
            Is.Null,
            "no event"
        );
        Assert.That(LogRank.Between([together]), Is.Null);
        Assert.That(LogRank.Between([together, []]), Is.Null);
        Assert.That(LogRank.Between([]), Is.Null);
        Assert.That(LogRank.Between([together, [new Tally(6, 0, 1)]])?.DegreesOfFreedom, Is.EqualTo(1));
    }

    [Test]
    public void NegativeFigures_AreABug()
    {
        foreach (var wrong in new[] { new Tally(-1, 1, 0), new Tally(1, -1, 0), new Tally(1, 0, -1) })
        {
            Assert.That(() => KaplanMeier.Of([wrong]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(
                () =>
                    LogRank.Between([
                        [wrong],
                    ]),
                Throws.TypeOf<ArgumentOutOfRangeException>()
            );
        }
    }

    [Test]
    public void NobodyAtAll_IsAnEmptyCurve() => AssertSame(KaplanMeier.Of([]), new KaplanMeier(0, 0, [], null, null, null));

    [Test]
    public void LogRank_StopsWhenNobodyWaits() =>
        Assert.That(
            () =>
                LogRank.Between(
                    [
                        [new Tally(1, 1, 1)],
                        [new Tally(2, 1, 1)],
                    ],
                    new CancellationToken(canceled: true)
                ),
            Throws.InstanceOf<OperationCanceledException>()
        );

    private static void AssertSame(KaplanMeier found, KaplanMeier expected)
    {
        Assert.That(found.Curve, Is.EqualTo(expected.Curve));
        Assert.That(Figures(found), Is.EqualTo(Figures(expected)));
    }

    private static (int, int, double?, double?, double?) Figures(KaplanMeier group) =>
        (group.Workers, group.Events, group.LowerQuartile, group.Median, group.UpperQuartile);

    private static void Check(Action<Tally[]> assertion) =>
        Prop.ForAll(
                Arb.From(Group),
                tallies =>
                {
                    assertion(tallies);
                    return true;
                }
            )
            .Check(Seeded.Config(Number));
}
