using System.Globalization;
using CareerCoordinates.Domain.Milestones;
using FsCheck;
using FsCheck.Fluent;

namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>One random fact: days are counted from <see cref="Histories.Origin"/>.</summary>
public sealed record RandomFact(string Type, int Number, int Day, int? UntilAfter, int? EndedAfter, bool MonthOnly);

/// <summary>
/// Random lives for the properties of the fold, short enough that a day-by-day check of all their days is cheap, and
/// crowded enough that runs touch, overlap and tie. Run with CAREER_TEST_RELEASE=1 for the long run and with
/// CAREER_TEST_SEED=n to repeat one.
/// </summary>
internal static class Histories
{
    public static readonly DateOnly Origin = new(2020, 2, 10);
    public const int Days = 75;

    private static readonly string[] Types = ["deck", "deck", "deck", "engine", "both", "double", "hint", "plain", "unheard-of"];

    public static int Number { get; } = Environment.GetEnvironmentVariable("CAREER_TEST_RELEASE") == "1" ? 200_000 : 5_000;

    /// <summary>Runs an assertion over random lives; a failing one is shrunk fact by fact.</summary>
    public static void Check(Action<IReadOnlyList<CountingMilestone>> assertion) => Check(Number, stretch: 1, assertion);

    /// <summary>With every number of days multiplied by <paramref name="stretch"/>: lives of years.</summary>
    public static void Check(int number, int stretch, Action<IReadOnlyList<CountingMilestone>> assertion)
    {
        var seed = Environment.GetEnvironmentVariable("CAREER_TEST_SEED") is { } given
            ? ulong.Parse(given, CultureInfo.InvariantCulture)
            : (ulong)Random.Shared.NextInt64();
        TestContext.Out.WriteLine($"{number} random lives, CAREER_TEST_SEED={seed}");
        Prop.ForAll(
                Lives,
                life =>
                {
                    assertion(MilestonesOf(life, stretch));
                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(number).WithReplay(seed, 1UL));
    }

    private static readonly Gen<RandomFact> Fact =
        from type in Gen.Elements(Types)
        from number in Gen.Choose(0, 4)
        from day in Gen.Choose(0, 45)
        from until in Gen.Frequency((2, Gen.Constant<int?>(null)), (3, Gen.Choose(0, 20).Select(n => (int?)n)))
        from ended in Gen.Frequency((4, Gen.Constant<int?>(null)), (1, Gen.Choose(0, 20).Select(n => (int?)n)))
        from monthOnly in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new RandomFact(type, number, day, until, ended, monthOnly);

    private static readonly Arbitrary<RandomFact[]> Lives = Arb.From(
        from size in Gen.Choose(0, 8)
        from facts in Fact.ListOf(size)
        select facts.ToArray(),
        facts => facts.Select((_, left) => facts.Where((_, i) => i != left).ToArray())
    );

    private static CountingMilestone[] MilestonesOf(RandomFact[] facts, int stretch) =>
        [
            .. facts.Select(
                (fact, i) =>
                    Ladders.Fact(
                        fact.Type,
                        fact.Number,
                        Text(fact.Day * stretch, fact.MonthOnly),
                        fact.UntilAfter is { } until ? Text((fact.Day + until) * stretch, fact.MonthOnly) : null,
                        fact.EndedAfter is { } ended ? Text((fact.Day + ended) * stretch, false) : null,
                        id: i + 1
                    )
            ),
        ];

    private static string Text(int day, bool monthOnly) =>
        Origin.AddDays(day).ToString(monthOnly ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
