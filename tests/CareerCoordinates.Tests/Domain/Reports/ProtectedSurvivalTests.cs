using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Tests.Domain.Reports;

public sealed class ProtectedSurvivalTests
{
    [Test]
    public void Curve_FollowsFromTheShownCountsAlone()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 300; round++)
        {
            var counts = random.Counts();
            var threshold = random.Next(2) == 0 ? 10 : 20;
            var left = Enumerable
                .Range(0, random.Next(1, 15))
                .Select(_ => (random.Cell(counts, random.Next(40)), random.Cell(counts, random.Next(20))))
                .ToList();
            var years = YearOfRisk.FromLeaving(left);
            var excluded = random.Cell(counts, random.Next(30));

            var found = ProtectedSurvival.Of(counts, years, excluded, threshold);

            Assert.That(found.Workers, Is.EqualTo(counts.Count(years[0].AtRisk, 30)));
            if (found.Workers.Shown is null)
            {
                Assert.That(
                    (found.Events.Shown, found.Excluded.Shown, found.Curve.Count),
                    Is.EqualTo(((int?)null, (int?)null, 0))
                );
                continue;
            }
            Assert.That(found.Excluded, Is.EqualTo(counts.Count(excluded, threshold)));
            var (survival, since) = (1.0, 0);
            foreach (var point in found.Curve)
            {
                Assert.That(point.Since, Is.EqualTo(since));
                Assert.That(point.Year, Is.GreaterThan(since).And.AtMost((years.Count + 4) / 5 * 5));
                Assert.That(point.Year == since + 1 || point.Year % 5 == 0, "several years end at a multiple of five");
                Assert.That(point.AtRisk, Is.EqualTo(counts.Count(years[since].AtRisk, threshold).Shown));
                var pooled = left.Skip(since).Take(point.Year - since).Aggregate(default(Cell), (sum, year) => sum + year.Item1);
                Assert.That(point.Events, Is.EqualTo(counts.Count(pooled, threshold).Shown));
                // By the life table, from shown counts alone.
                var risk = (double)point.AtRisk;
                if (point.Year > since + 1)
                {
                    var later = point.Year < years.Count ? years[point.Year].AtRisk : default;
                    var after = counts.Count(later, threshold).Shown ?? threshold / 2;
                    risk -= Math.Max(0, point.AtRisk - point.Events - after) / 2.0;
                }
                survival *= 1 - Math.Min(1, point.Events / Math.Max(point.Events, risk));
                Assert.That(point.Survival, Is.EqualTo(survival));
                since = point.Year;
            }
        }
    }

    [Test]
    public void WithManyWorkers_TheCurveIsTheExactOneOfWholeYears()
    {
        var random = Seeded.Random();
        var counts = random.Counts();
        var left = Enumerable.Range(0, 8).Select(year => (Many(60_000 + 3_000 * year), Many(20_000))).ToList();

        var found = ProtectedSurvival.Of(counts, YearOfRisk.FromLeaving(left), Many(5_000));
        var exact = KaplanMeier.Of(left.Select((year, i) => new Tally(i + 1, year.Item1.Count, year.Item2.Count)));

        Assert.That(found.Workers.Shown, Is.EqualTo(exact.Workers).Within(5));
        Assert.That(found.Events.Shown, Is.EqualTo(exact.Events).Within(5));
        Assert.That(found.Curve.Select(point => point.Year), Is.EqualTo(exact.Curve.Select(point => point.Time)));
        foreach (var (point, expected) in found.Curve.Zip(exact.Curve))
        {
            Assert.That(point.AtRisk, Is.EqualTo(expected.AtRisk).Within(5));
            Assert.That(point.Survival, Is.EqualTo(expected.Survival).Within(0.001));
        }

        Cell Many(int workers) => new(workers, (ulong)random.NextInt64());
    }

    [Test]
    public void YearsWithFewEvents_CountInTheNextPoint()
    {
        var random = Seeded.Random();
        var counts = random.Counts();
        // 4, none and 4 can never be shown; with 40 and 60 they are a point of five years. The last 2 are hidden.
        var left = new[] { 4, 0, 4, 40, 60, 2 }.Select(events => (random.Cell(counts, events), default(Cell))).ToList();

        var curve = ProtectedSurvival.Of(counts, YearOfRisk.FromLeaving(left), default).Curve;

        Assert.That(curve.Select(point => (point.Since, point.Year)), Is.EqualTo(new[] { (0, 5) }));
        Assert.That(curve[^1].Survival, Is.InRange(0, 0.15));
    }

    /// <summary>The year of the last event of few stays hidden, and those censored on the way do not make the curve lie high.</summary>
    [Test]
    public void MergedYears_EndAtAMultipleOfFive_AndCountTheCensoredForHalf()
    {
        var random = Seeded.Random();
        var off = new List<double>();
        for (var round = 0; round < 500; round++)
        {
            var counts = random.Counts();
            // In each of 33 years 2 of 200 have the event and 3 are censored.
            var left = Enumerable.Range(0, 33).Select(_ => (random.Cell(counts, 2), random.Cell(counts, 3))).ToList();
            left.Add((default, random.Cell(counts, 35)));
            var years = YearOfRisk.FromLeaving(left);
            var exact = KaplanMeier.Of(left.Select((year, i) => new Tally(i + 1, year.Item1.Count, year.Item2.Count))).Curve;
            var curve = ProtectedSurvival.Of(counts, years, default).Curve;

            Assert.That(curve, Is.Not.Empty);
            Assert.That(curve.Select(point => point.Year % 5), Has.All.Zero);
            off.AddRange(curve.Select(point => point.Survival - exact.Last(e => e.Time <= point.Year).Survival));
        }
        TestContext.Progress.WriteLine($"survival of merged years is off by {off.Average():+0.0000;-0.0000} on average");
        Assert.That(off.Average(), Is.InRange(-0.05, 0.02));
    }

    /// <summary>
    /// Where the events of a year lie near the threshold, a year is a point rather when its noise is upward, so the curve lies
    /// a little low. This says how much.
    /// </summary>
    [Test]
    public void NearTheThreshold_TheCurveLiesALittleLow()
    {
        var random = Seeded.Random();
        foreach (var events in new[] { 6, 10, 20, 60 })
        {
            var off = new List<double>();
            for (var round = 0; round < 500; round++)
            {
                var counts = random.Counts();
                var left = Enumerable.Range(0, 10).Select(_ => (random.Cell(counts, events), default(Cell))).ToList();
                left.Add((default, random.Cell(counts, 15 * events)));
                foreach (var point in ProtectedSurvival.Of(counts, YearOfRisk.FromLeaving(left), default).Curve)
                {
                    off.Add(point.Survival - (1 - (double)point.Year / 25));
                }
            }
            TestContext.Progress.WriteLine(
                $"{events} events a year among {25 * events}: survival is off by {off.Average():+0.0000;-0.0000} on average, {Math.Sqrt(off.Average(x => x * x)):0.0000} root mean square"
            );
            Assert.That(off.Average(), Is.InRange(-0.03, 0.005), $"{events} events a year");
        }
    }

    [TestCase(0, 1)]
    [TestCase(1, 1)]
    [TestCase(365, 1)]
    [TestCase(366, 2)]
    [TestCase(730, 2)]
    [TestCase(731, 3)]
    [TestCase(1461, 4)]
    [TestCase(1462, 5)]
    public void Days_FallInTheirYear(int days, int year) => Assert.That(YearOfRisk.Of(days), Is.EqualTo(year));

    [Test]
    public void AGroupOfNobody_IsHidden()
    {
        var found = ProtectedSurvival.Of(Seeded.Random().Counts(), [], default);

        Assert.That($"{found.Workers} {found.Events} {found.Excluded} {found.Curve.Count}", Is.EqualTo("<30 <10 <10 0"));
    }
}
