using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Tests.Domain.Reports;

/// <summary>
/// I23: attackers who know everybody but one person, and try to learn from published counts whether that person is in.
/// A coin is right half of the time.
/// </summary>
public sealed class DifferencingTests
{
    /// <summary>A way to publish a count, and what an attacker knows of it.</summary>
    private sealed record Rule(
        string Name,
        Func<ProtectedCounts, Cell, int?> Publish,
        IReadOnlyList<double> Chances,
        int Threshold
    )
    {
        public static readonly Rule Off = new("off", (_, cell) => cell.Count, [1], 0);

        public static readonly Rule PlainThreshold = new(
            "plain threshold",
            (_, cell) => cell.Count >= 10 ? cell.Count : null,
            [1],
            10
        );

        public static Rule Protected(int threshold) =>
            new(
                $"protected, from {threshold}",
                (counts, cell) => counts.Count(cell, threshold).Shown,
                Noise.Probabilities,
                threshold
            );

        /// <summary>How probable the answer is if so many people are in the cell.</summary>
        public double Likelihood(int? answer, int people)
        {
            var bound = Chances.Count / 2;
            return answer is { } shown
                ? Math.Abs(shown - people) <= bound && shown >= Threshold
                    ? Chances[shown - people + bound]
                    : 0
                : Chances.Where((_, i) => people + i - bound < Threshold).Sum();
        }

        /// <summary>How often the best attacker is right who sees one answer and knows that it is of n people or of one more.</summary>
        public double Best(int people) =>
            Enumerable
                .Range(people - 6, 14)
                .Where(shown => shown >= Threshold)
                .Select(shown => (int?)shown)
                .Append(null)
                .Sum(answer => Math.Max(Likelihood(answer, people), Likelihood(answer, people + 1))) / 2;
    }

    private const int Rounds = 300_000;

    /// <summary>Half, and half the middle of the table: 59.75%.</summary>
    private static readonly double BestOfOne = (1 + Noise.Probabilities[Noise.Bound]) / 2;

    /// <summary>Rates of so many rounds differ from the true ones by more than this once in 10⁹ runs at most.</summary>
    private static readonly double Margin = 3.1 / Math.Sqrt(Rounds);

    /// <summary>
    /// The table shows one of two cells that differ by one person; the attacker has the number of the smaller one, and says
    /// which of the two it is by the likelihood of what he sees. Nobody can do better with one number.
    /// </summary>
    private static double RateOfOneAnswer(Rule rule, Random random, int fewest)
    {
        var counts = random.Counts();
        var right = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var others = random.Next(fewest, 200);
            var (without, victim) = (new Cell(others, (ulong)random.NextInt64()), counts.RecordKey(random.Worker()));
            var isIn = random.Next(2) == 0;
            var answer = rule.Publish(counts, isIn ? without.With(victim) : without);
            var (ifIn, ifOut) = (rule.Likelihood(answer, others + 1), rule.Likelihood(answer, others));
            var guess = ifIn == ifOut ? random.Next(2) == 0 : ifIn > ifOut;
            right += guess == isIn ? 1 : 0;
        }
        return (double)right / Rounds;
    }

    [Test]
    public void I23_OnePersonMoreOrLess_IsGuessedRightlyAtMost60PercentOfTheTime([Values(10, 20)] int threshold)
    {
        var rule = Rule.Protected(threshold);
        var best = Enumerable.Range(0, 500).Max(rule.Best);
        var rate = RateOfOneAnswer(rule, Seeded.Random(), fewest: 0);

        TestContext.Progress.WriteLine(
            $"I23, threshold {threshold}: right {rate:P2}; the best attacker on the best cell {best:P2}"
        );
        Assert.That(best, Is.LessThanOrEqualTo(0.60), "the exact bound, for each number of people");
        Assert.That(best, Is.EqualTo(BestOfOne).Within(1e-12));
        Assert.That(rate, Is.LessThanOrEqualTo(0.60));
        Assert.That(rate, Is.GreaterThan(0.57), "the attack is a real one");
    }

    [Test]
    public void I23_TheSameAttack_SucceedsWithProtectionOff() =>
        Assert.That(RateOfOneAnswer(Rule.Off, Seeded.Random(), fewest: 0), Is.EqualTo(1));

    [Test]
    public void I23_TheSameAttack_SucceedsAgainstAPlainThreshold() =>
        Assert.That(RateOfOneAnswer(Rule.PlainThreshold, Seeded.Random(), fewest: 9), Is.EqualTo(1));

    [Test]
    public void I23_AskingForTheSamePeopleInManyTables_AddsNothing()
    {
        var random = Seeded.Random();
        var counts = random.Counts();
        var right = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (without, victim) = (new Cell(25, (ulong)random.NextInt64()), counts.RecordKey(random.Worker()));
            var isIn = random.Next(2) == 0;
            var seen = Enumerable.Range(0, 3).Select(_ => counts.Count(isIn ? without.With(victim) : without).Shown!.Value);
            right += seen.Average() > 25.5 == isIn ? 1 : 0;
        }
        var rate = (double)right / Rounds;

        TestContext.Progress.WriteLine($"I23, the same people asked for three times and averaged: right {rate:P2}");
        Assert.That(rate, Is.EqualTo(BestOfOne).Within(Margin), "no more than asking once");
    }

    /// <summary>
    /// What this protection does not hide, so that what an analyst may ask for has to be limited beside it. The rates are
    /// asserted lest anybody takes them for less.
    /// </summary>
    [Test]
    public void TwoPublishedCells_TellMoreThanOne()
    {
        var random = Seeded.Random();
        var counts = random.Counts();
        var (larger, changed) = (0.0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var others = new Cell(random.Next(30, 200), (ulong)random.NextInt64());
            var more = others.With(counts.RecordKey(random.Worker()));
            var (a, b) = (counts.Count(others).Shown!.Value, counts.Count(more).Shown!.Value);
            larger += Math.Sign(b - a) / 2.0 + 0.5;
            var isIn = random.Next(2) == 0;
            changed += a != (isIn ? b : a) == isIn ? 1 : 0;
        }
        var p = Noise.Probabilities;
        var same = p.Sum(x => x * x);
        var next = p.Zip(p.Skip(1), (x, y) => x * y).Sum();

        TestContext.Progress.WriteLine($"Two cells, one with a person more, which is which: right {larger / Rounds:P2}");
        TestContext.Progress.WriteLine(
            $"A cell before and after, did the person join or leave it at all: right {(double)changed / Rounds:P2}"
        );
        Assert.That(larger / Rounds, Is.EqualTo((1 + same + next) / 2).Within(Margin), "63.5%");
        Assert.That((double)changed / Rounds, Is.EqualTo(1 - next / 2).Within(Margin), "93.5%: the price of I22");
    }

    /// <summary>The same people have one milestone more: subtraction tells it where the number is only in proportion, and not with a noise of its own.</summary>
    [Test]
    public void OneThingMoreOfTheSamePeople_IsNotToldBySubtraction()
    {
        var random = Seeded.Random();
        var counts = random.Counts();
        var (told, toldBySums, shown) = (0, 0, 0);
        for (var round = 0; round < Rounds / 10; round++)
        {
            var cell = new Cell(random.Next(15, 40), (ulong)random.NextInt64());
            var number = random.Next(cell.Count, 60);
            if (counts.Number(cell, number, 1) is not { } before || counts.Number(cell, number + 1, 1) is not { } after)
            {
                continue;
            }
            shown++;
            told += after - before == 1 ? 1 : 0;
            toldBySums += counts.Sum(cell, number + 1, 1) - counts.Sum(cell, number, 1) == 1 ? 1 : 0;
        }

        TestContext.Progress.WriteLine(
            $"One thing more, told by subtraction: {(double)told / shown:P2}; as a sum {(double)toldBySums / shown:P2}"
        );
        Assert.That((double)told / shown, Is.LessThan(0.25));
        Assert.That((double)toldBySums / shown, Is.GreaterThan(0.7), "the attack is a real one");
    }

    /// <summary>
    /// The second attacker asks for everything at once. Of 20,000 workers he knows all facts, and who is on the rung, of
    /// everybody but the victim; he weighs what each cell says that would hold the victim. Each set of people gives new
    /// noise, so much asking does what asking again cannot. Reported, with what no attacker could exceed.
    /// </summary>
    [Test]
    public void TheSecondAttacker_WithAllTablesAtOnce_IsReported()
    {
        const int Attempts = 2_000;
        // Street, industry, occupation, employment form, stage, level, career-start year.
        int[] dimensions = [43, 12, 30, 4, 6, 9, 40];
        (string Asked, int MostFilters)[] asking =
        [
            ("the rung alone", 0),
            ("the rung by each dimension", 1),
            ("the same with one filter", 2),
            ("the same with any filters", dimensions.Length),
        ];
        var random = Seeded.Random();
        var people = Enumerable
            .Range(0, 20_000)
            .Select(_ =>
                (Key: (ulong)random.NextInt64(), Facts: Array.ConvertAll(dimensions, n => random.Next(random.Next(1, n + 1))))
            )
            .ToArray();
        var found = new (int Right, int Cells, double Bound)[asking.Length];
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var counts = random.Counts();
            var victim = people[random.Next(people.Length)];
            var isIn = random.Next(2) == 0;
            var others = people.Where(one => one != victim && random.Next(10) == 0);
            var without = CellsOf(victim.Facts, others);
            for (var i = 0; i < asking.Length; i++)
            {
                var cells = without.Where((_, filters) => int.PopCount(filters) <= asking[i].MostFilters).Distinct().ToList();
                var evidence = cells.Sum(cell => Evidence(counts, cell, isIn ? cell.With(victim.Key) : cell));
                var guess = evidence == 0 ? random.Next(2) == 0 : evidence > 0;
                var telling = cells.Count(cell => cell.Count + 1 + Noise.Bound >= ProtectedCounts.Threshold);
                found[i].Right += guess == isIn ? 1 : 0;
                found[i].Cells += telling;
                found[i].Bound += BestOfIndependent(telling);
            }
        }

        for (var i = 0; i < asking.Length; i++)
        {
            var (rate, bound) = ((double)found[i].Right / Attempts, found[i].Bound / Attempts);
            TestContext.Progress.WriteLine(
                $"The second attacker, {asking[i].Asked}: {(double)found[i].Cells / Attempts:0.0} cells, right {rate:P1} (nobody over {bound:P1})"
            );
            Assert.That(rate, Is.LessThanOrEqualTo(bound + 3.1 / Math.Sqrt(Attempts)));
        }
        Assert.That((double)found[0].Right / Attempts, Is.EqualTo(BestOfOne).Within(3.1 / Math.Sqrt(Attempts)), "one cell");
        Assert.That((double)found[^1].Right / Attempts, Is.GreaterThan(0.60), "the attack is a real one");
    }

    /// <summary>For each set of dimensions, as bits, those on the rung who are like the victim in all of the set.</summary>
    private static Cell[] CellsOf(int[] victim, IEnumerable<(ulong Key, int[] Facts)> onTheRung)
    {
        var cells = new Cell[1 << victim.Length];
        foreach (var (key, facts) in onTheRung)
        {
            var alike = Enumerable.Range(0, victim.Length).Sum(i => facts[i] == victim[i] ? 1 << i : 0);
            cells[alike] = cells[alike].With(key);
        }
        for (var bit = 1; bit < cells.Length; bit <<= 1)
        {
            for (var set = 0; set < cells.Length; set++)
            {
                cells[set] += (set & bit) == 0 ? cells[set | bit] : default;
            }
        }
        return cells;
    }

    /// <summary>Above 0 where the number shown rather says that the victim is in.</summary>
    private static double Evidence(ProtectedCounts counts, Cell without, Cell published)
    {
        var rule = Rule.Protected(ProtectedCounts.Threshold);
        var answer = rule.Publish(counts, published);
        return Math.Log(rule.Likelihood(answer, without.Count + 1)) - Math.Log(rule.Likelihood(answer, without.Count));
    }

    /// <summary>
    /// What no attacker on so many independent cells can exceed: half plus half the total variation, which is at most
    /// √(1 - ρ²ⁿ), ρ being the Bhattacharyya coefficient of the table and the table moved by one.
    /// </summary>
    private static double BestOfIndependent(int cells)
    {
        var coefficient = Noise.Probabilities.Zip(Noise.Probabilities.Skip(1), (one, next) => Math.Sqrt(one * next)).Sum();
        return 0.5 + Math.Sqrt(1 - Math.Pow(coefficient, 2 * cells)) / 2;
    }
}
