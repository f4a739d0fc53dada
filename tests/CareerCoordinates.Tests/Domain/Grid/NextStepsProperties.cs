using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using static CareerCoordinates.Tests.Domain.Grid.Ladders;

namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>The earliest day of a requirement against one that asks every day to come in turn.</summary>
[TestFixture]
public sealed class NextStepsProperties
{
    private const int Stretch = 10;
    private const int Days = 1300;

    private static readonly DateOnly CareerStart = new(2020, 6, 1);

    private static readonly Condition FirstTwo = new([
        new AttributeTest("number", ConditionOperator.Lte, [AttributeValue.Of(2)]),
    ]);

    private static readonly IReadOnlyList<IReadOnlyList<RequirementLeaf>> Alternatives =
    [
        [new RequirementLeaf.RungHeld("deck", "deck-2", 1, null)],
        [
            new RequirementLeaf.RungHeld("engine", "engine-1", 0, null),
            new RequirementLeaf.MilestoneHad("deck", 2, new Condition([]), null, null),
        ],
        [
            new RequirementLeaf.MilestoneHad("deck", 1, FirstTwo, 1, null),
            new RequirementLeaf.RungHeld("engine", "engine-1", 1, null),
        ],
        [new RequirementLeaf.YearsInCareer(1, null), new RequirementLeaf.RungHeld("deck", "deck-1", 0, null)],
    ];

    [Test]
    public void Earliest_IsTheFirstDayOnWhichAllLeavesHoldTogether()
    {
        var framework = WithGoal(new Requirement(Alternatives));
        var worker = WorkedExample.WorkerOf(CareerStart);
        Histories.Check(
            Histories.Number / 10,
            Stretch,
            life =>
            {
                var lookup = new Naive(life);
                bool[][] holds = [.. Alternatives.Select(lookup.DaysOfAll)];
                for (var asOf = 0; asOf < 1000; asOf += 83)
                {
                    var step = NextSteps.For(framework, worker, [], life, Histories.Origin.AddDays(asOf)).Channels[2];
                    DateOnly?[] expected = [.. holds.Select(days => FirstDay(days, asOf))];

                    Assert.That(step.Alternatives.Select(a => a.Earliest).SequenceEqual(expected), () => Text(step, expected));
                    Assert.That(step.Earliest == expected.Min(), () => Text(step, expected));
                    for (var i = 0; i < holds.Length; i++)
                    {
                        Assert.That((step.Alternatives[i].State == Finding.Met) == holds[i][asOf], () => Text(step, expected));
                    }
                }
            }
        );
    }

    private static DateOnly? FirstDay(bool[] days, int asOf)
    {
        var day = Array.IndexOf(days, true, asOf);
        return day < 0 ? null : Histories.Origin.AddDays(day);
    }

    private static string Text(ChannelNextStep step, IEnumerable<DateOnly?> expected) =>
        $"{string.Join(' ', step.Alternatives.Select(a => $"{a.State} {a.Earliest:O},"))} not {string.Join(", ", expected)}";

    /// <summary>Every leaf asked on every day.</summary>
    private sealed class Naive(IReadOnlyList<CountingMilestone> life)
    {
        private readonly Dictionary<string, DayByDay> channels = Ladders.Framework.Channels.ToDictionary(
            c => c.Code,
            c => new DayByDay(c, life, Histories.Origin, Days)
        );

        public bool[] DaysOfAll(IReadOnlyList<RequirementLeaf> leaves) =>
            leaves.Select(DaysOf).Aggregate((a, b) => [.. a.Zip(b, (x, y) => x && y)]);

        private bool[] DaysOf(RequirementLeaf leaf) =>
            leaf switch
            {
                RequirementLeaf.RungHeld held => DaysHeld(held),
                RequirementLeaf.MilestoneHad had => [.. Enumerable.Range(0, Days).Select(day => Has(had, day))],
                _ => [.. Enumerable.Range(0, Days).Select(day => Date(day) >= YearsAfter(CareerStart, 1))],
            };

        private bool[] DaysHeld(RequirementLeaf.RungHeld leaf)
        {
            var order = leaf.Rung[^1] - '0';
            var days = new bool[Days];
            DateOnly? first = null;
            var before = 0;
            for (var day = 0; day < Days; day++)
            {
                if (channels[leaf.Channel].Highest[day] >= order)
                {
                    first ??= Date(day);
                    days[day] = before >= YearsAfter(first.Value, leaf.MinYears).DayNumber - first.Value.DayNumber;
                    before++;
                }
            }
            return days;
        }

        private bool Has(RequirementLeaf.MilestoneHad leaf, int day) =>
            life.Count(fact =>
                fact.Type == leaf.Type
                && channels["deck"].IsInForce(fact, day)
                && leaf.Where.IsMetBy(fact.Attributes)
                && YearsAfter(fact.OccurredOn.Last, leaf.MinYearsSince ?? 0) <= Date(day)
            ) >= leaf.MinCount;

        private static DateOnly Date(int day) => Histories.Origin.AddDays(day);

        /// <summary>29 February becomes 1 March in common years.</summary>
        private static DateOnly YearsAfter(DateOnly day, int years) =>
            day is { Month: 2, Day: 29 } && years % 4 != 0 ? day.AddDays(1).AddYears(years) : day.AddYears(years);
    }
}
