using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Tests.Domain.Reports;

/// <summary>I22: the same people give the same number, and behind each shown number stand at least five of them.</summary>
public sealed class ProtectedCountsTests
{
    private static readonly ProtectedCounts Known = new([.. Enumerable.Range(0, ProtectedCounts.KeyBytes).Select(i => (byte)i)]);

    private static IEnumerable<ulong> KnownKeys(int workers) =>
        Enumerable.Range(1, workers).Select(i => Known.RecordKey(new Guid($"0199a1b2-c3d4-7e5f-8a9b-{i:x12}")));

    private static Cell CellOf(IEnumerable<ulong> keys) => keys.Aggregate(default(Cell), (cell, key) => cell.With(key));

    [Test]
    public void Noise_IsTheTableThatBoundAndVarianceDetermine()
    {
        var table = Noise.Probabilities.Select((p, i) => (Z: i - Noise.Bound, P: p)).ToList();

        Assert.That((Noise.Bound, Noise.Variance), Is.EqualTo((5, 4.0)));
        Assert.That(table, Has.Count.EqualTo(11));
        Assert.That(table.Sum(one => one.P), Is.EqualTo(1).Within(1e-15));
        Assert.That(table.Sum(one => one.Z * one.P), Is.EqualTo(0).Within(1e-15));
        Assert.That(table.Sum(one => one.Z * one.Z * one.P), Is.EqualTo(4).Within(1e-13));
        Assert.That(Noise.Decay, Is.EqualTo(0.1176891660560235).Within(1e-15), "worked out apart");
        Assert.That(table[5].P, Is.EqualTo(0.19492333373353274).Within(1e-15), "worked out apart");
        foreach (var (z, p) in table)
        {
            Assert.That(p / table[5].P, Is.EqualTo(Math.Exp(-Noise.Decay * z * z)).Within(1e-14));
        }
    }

    [Test]
    public void Noise_TakesEachValueForItsPartOfTheUnitInterval()
    {
        const int Points = 1_000_000;
        var found = Enumerable.Range(0, Points).Select(i => Noise.At((i + 0.5) / Points)).ToList();

        Assert.That(found, Is.Ordered);
        Assert.That(Noise.At(0), Is.EqualTo(-5));
        Assert.That(Noise.At(double.BitDecrement(1)), Is.EqualTo(5));
        foreach (var z in Enumerable.Range(-5, 11))
        {
            Assert.That((double)found.Count(one => one == z) / Points, Is.EqualTo(Noise.Probabilities[z + 5]).Within(2e-6));
        }
    }

    // From another program (Python's hmac), so that no release, engine or machine gives other numbers.
    [TestCase(0, "0000000000000000", 1)]
    [TestCase(1, "2754cfbe54745384", 2)]
    [TestCase(5, "2e29896e68a9d6b2", 4)]
    [TestCase(10, "9d2f5be677d3ac68", 10)]
    [TestCase(12, "0d7b3bca3a5c168c", 9)]
    [TestCase(20, "b938a9064267cd06", 20)]
    [TestCase(30, "4e8328e4a28ff905", 28)]
    [TestCase(60, "0b59531c42399b39", 61)]
    public void I22_KnownPeople_GiveTheNumberWorkedOutElsewhere(int workers, string keySum, int withNoise)
    {
        var cell = CellOf(KnownKeys(workers));

        Assert.That(cell, Is.EqualTo(new Cell(workers, Convert.ToUInt64(keySum, 16))));
        Assert.That(Known.Count(cell), Is.EqualTo(new ProtectedCount(withNoise >= 10 ? withNoise : null, 10)));
        Assert.That(Known.Count(cell, 20), Is.EqualTo(new ProtectedCount(withNoise >= 20 ? withNoise : null, 20)));
    }

    [Test]
    public void I22_TheSamePeople_GiveTheSameNumber_InAnyOrderAndByAnyWay()
    {
        var random = Seeded.Random();
        var (counts, key) = (random.Counts(), new byte[ProtectedCounts.KeyBytes]);
        random.NextBytes(key);
        for (var round = 0; round < 500; round++)
        {
            counts = new ProtectedCounts(key);
            var workers = Enumerable.Range(0, random.Next(60)).Select(_ => random.Worker()).ToArray();
            var found = counts.Count(CellOf(workers.Select(counts.RecordKey)));

            random.Shuffle(workers);
            var again = new ProtectedCounts(key);
            var part = random.Next(workers.Length + 1);
            var one = CellOf(workers[..part].Select(again.RecordKey));
            var rest = CellOf(workers[part..].Select(again.RecordKey));
            var strangers = random.Cell(again, 3);

            Assert.That(again.Count(one + rest), Is.EqualTo(found));
            Assert.That(again.Count(rest + strangers + one - strangers), Is.EqualTo(found));
        }
    }

    [Test]
    public void I22_NoShownCount_HasFewerThanFivePeople([Values(10, 20)] int threshold)
    {
        const int Rounds = 5_000;
        var random = Seeded.Random();
        var counts = random.Counts();
        var shown = new Dictionary<int, int>();
        for (var workers = 0; workers <= 40; workers++)
        {
            for (var round = 0; round < Rounds; round++)
            {
                if (counts.Count(new Cell(workers, (ulong)random.NextInt64()), threshold).Shown is { } number)
                {
                    shown[workers] = shown.GetValueOrDefault(workers) + 1;
                    Assert.That(number, Is.GreaterThanOrEqualTo(threshold).And.InRange(workers - 5, workers + 5));
                }
            }
        }

        Assert.That(shown.Keys.Min(), Is.EqualTo(threshold - 5), "the least that noise can lift over the threshold, and it does");
        Assert.That(shown[threshold + 5], Is.EqualTo(Rounds), "and the least that is always shown");
        Assert.That(shown[threshold + 4], Is.LessThan(Rounds));
    }

    [Test]
    public void Noise_OverManyCells_HasMeanZeroAndVarianceFour()
    {
        const int Cells = 100_000;
        var random = Seeded.Random();
        var counts = random.Counts();
        var noise = Enumerable
            .Range(0, Cells)
            .Select(_ => counts.Count(new Cell(100, counts.RecordKey(random.Worker()))).Shown!.Value - 100)
            .ToList();

        // Six standard errors: 2 / √Cells for the mean, √(μ₄ - 16) / √Cells for the variance.
        Assert.That(noise.Average(), Is.EqualTo(0).Within(6 * 2 / Math.Sqrt(Cells)));
        Assert.That(noise.Average(z => z * z), Is.EqualTo(4).Within(6 * 5 / Math.Sqrt(Cells)));
    }

    [Test]
    public void EmptyCells_AreAllHidden_WhateverTheKey()
    {
        var random = Seeded.Random();
        for (var round = 0; round < 5_000; round++)
        {
            Assert.That(random.Counts().Count(default), Is.EqualTo(new ProtectedCount(null, 10)));
        }
    }

    [Test]
    public void Text_IsTheNumberOrThatItIsBelow()
    {
        Assert.That(
            $"{new ProtectedCount(1234, 10)} {new ProtectedCount(null, 10)} {new ProtectedCount(null, 20)}",
            Is.EqualTo("1234 <10 <20")
        );
    }

    [Test]
    public void AThresholdThatWouldShowFewerThanFive_AndAShortKey_AreBugs()
    {
        Assert.That(() => Known.Count(new Cell(50, 1), 9), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => new ProtectedCounts(new byte[31]), Throws.ArgumentException);
    }

    [Test]
    public void Sums_FollowTheirCount()
    {
        var twenty = CellOf(KnownKeys(20)); // shown as 20
        var thirty = CellOf(KnownKeys(30)); // shown as 28
        var sixty = CellOf(KnownKeys(60)); // shown as 61

        Assert.That(Known.Sum(thirty, 30, 1), Is.EqualTo(28m), "one each: the count itself");
        Assert.That(Known.Sum(thirty, 45_000, 9_000), Is.EqualTo(42_000m));
        Assert.That(Known.Sum(sixty, 98_765, 20_000), Is.EqualTo(100_000m), "100,411 to two digits");
        Assert.That(Known.Sum(sixty, 96_543, 20_000), Is.EqualTo(98_000m), "98,152 to two digits");
        Assert.That(Known.Sum(sixty, 1.2345m, 0.1m), Is.EqualTo(1m), "1.255 to a whole");
        Assert.That(Known.Sum(sixty, -98_765, 20_000), Is.EqualTo(-100_000m));
        Assert.That(Known.Sum(sixty, 0, 0), Is.EqualTo(0m));
        Assert.That(
            Known.Sum(thirty, 1e24m, 1e22m),
            Is.EqualTo(9.3e23m),
            "more than all workers with the most that an attribute holds"
        );
        Assert.That(Known.Sum(twenty, 5_000, 100, 20), Is.EqualTo(5_000m));
    }

    [Test]
    public void SumsOfManyWorkers_HaveThreeDigits()
    {
        var many = CellOf(KnownKeys(500));
        var shown = Known.Count(many).Shown!.Value;

        Assert.That(Known.Sum(many, 123_456, 1_000), Is.EqualTo(Math.Round(123_456m / 500 * shown / 1_000) * 1_000));
    }

    /// <summary>Hours by the half: what is shown of count and sum together fits several numbers of workers, of few workers most that the noise allows.</summary>
    [Test]
    public void CountAndSumOfHalves_FitManyNumbersOfWorkers()
    {
        var random = Seeded.Random();
        var (unique, shownOnes) = (0, 0);
        for (var round = 0; round < 2_000; round++)
        {
            var counts = random.Counts();
            var cell = random.Cell(counts, random.Next(6, 40));
            var sum = Enumerable.Range(0, cell.Count).Sum(_ => random.Next(1, 17) / 2m);
            if (counts.Count(cell).Shown is not { } shown || counts.Sum(cell, sum, 8) is not { } given)
            {
                continue;
            }
            shownOnes++;
            var step = given >= 100 ? 10m : 1m;
            var fitting = Enumerable
                .Range(Math.Max(1, shown - Noise.Bound), (2 * Noise.Bound) + 1)
                .Count(n =>
                {
                    var (least, most) = ((given - (step / 2)) * n / shown, (given + (step / 2)) * n / shown);
                    return Math.Ceiling(least * 2) <= Math.Floor(most * 2);
                });
            unique += fitting == 1 ? 1 : 0;
            Assert.That(fitting, Is.GreaterThan(2), $"{shown} workers, {given}");
        }
        Assert.That(shownOnes, Is.GreaterThan(500));
        Assert.That(unique, Is.Zero);
    }

    [Test]
    public void Sums_AreHiddenWithTheirCount_AndWhereOneGivesOverHalf()
    {
        Assert.That(Known.Sum(CellOf(KnownKeys(12)), 1_200, 100), Is.Null, "shown as 9, so hidden");
        Assert.That(Known.Sum(CellOf(KnownKeys(12)), 0, 0), Is.Null);
        Assert.That(Known.Sum(CellOf(KnownKeys(30)), 1_000, 500), Is.Not.Null, "half is not over half");
        Assert.That(Known.Sum(CellOf(KnownKeys(30)), 1_000, 500.01m), Is.Null);
        Assert.That(Known.Sum(CellOf(KnownKeys(30)), -1_000, 501), Is.Null);
        Assert.That(Known.Sum(CellOf(KnownKeys(10)), 1_000, 100, 20), Is.Null, "sensitive, so below 20 hidden");
        Assert.That(Known.Sum(default, 0, 0), Is.Null, "nobody");
    }

    [Test]
    public void Shares_AreOfShownCountsOnly()
    {
        Assert.That(ProtectedCounts.Share(new(12, 10), new(48, 10)), Is.EqualTo(0.25));
        Assert.That(ProtectedCounts.Share(new(null, 10), new(48, 10)), Is.Null);
        Assert.That(ProtectedCounts.Share(new(12, 10), new(null, 20)), Is.Null);
        Assert.That(ProtectedCounts.Share(new(15, 10), new(11, 10)), Is.EqualTo(1), "not more than all");
    }
}
