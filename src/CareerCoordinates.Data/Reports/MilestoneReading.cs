using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>What a question of milestones makes of a set of facts.</summary>
/// <param name="First">Its number in the first dimension, where the type says it.</param>
/// <param name="Amount">What it adds to the sum; null: nothing.</param>
internal sealed record ReadSet(bool Counts, int First, int Second, Amount? Amount);

/// <summary>
/// A question of milestones in the numbers of the columns: which milestones count, and in which row. Made once for a question, then
/// asked by several threads.
/// </summary>
internal sealed class MilestoneReading
{
    private readonly MilestoneQuestion question;
    private readonly PopulationReading population;
    private readonly MilestoneFacts facts;
    private readonly MilestoneDimensionReading[] dimensions;
    private readonly DaysReading days;
    private readonly AskedMilestones asked;
    private readonly ReadSet?[] sets;

    public MilestoneReading(MilestoneQuestion question, ColumnReports columns)
    {
        this.question = question;
        population = columns.Read(question.Population);
        facts = columns.Facts;
        dimensions = [.. question.GroupBy.Select(g => new MilestoneDimensionReading(g, population, columns.Codes))];
        var (from, to) = (ReportDay.Of(question.From), ReportDay.Of(question.To));
        days = new(population, from, to);
        asked = new(facts.Types, (from, to), Counts);
        sets = new ReadSet?[facts.Sets];
    }

    /// <summary>Tells of a milestone that counts.</summary>
    /// <param name="worker">Whose it is.</param>
    /// <param name="amount">What it adds to the sum; null: nothing.</param>
    public delegate void Tell(in KnownBlock known, int worker, (int First, int Second) row, Amount? amount);

    /// <summary>The milestones that count, one worker's after the other's.</summary>
    public void Each(Block block, Scratch scratch, Tell tell)
    {
        var known = population.Known(block, scratch, withMilestones: true);
        var workers = scratch.WorkersOf(known.Milestones);
        foreach (var place in asked.Find(known.Milestones.All, scratch).Occurred)
        {
            ref readonly var milestone = ref known.Milestones.All[place];
            var worker = workers[place];
            var set = Of(facts.SetOf(milestone.Facts));
            var member = new Member();
            if (set.Counts && days.TryRead(known, worker, milestone.Day, ref member, andRungs: false))
            {
                var row = (Value(0, set.First, milestone.Day, member), Value(1, set.Second, milestone.Day, member));
                tell(known, worker, row, set.Amount);
            }
        }
    }

    public IReadOnlyList<string> CodesOf((int First, int Second) row) =>
        [.. dimensions.Select((d, i) => d.CodeOf(i == 0 ? row.First : row.Second))];

    /// <summary>The row of some codes; null where no milestone can be in it.</summary>
    public (int First, int Second)? Find(IReadOnlyList<string> codes)
    {
        var values = dimensions.Select((d, i) => d.Find(codes[i])).ToList();
        return values.Contains(-1) ? null : (values.ElementAtOrDefault(0), values.ElementAtOrDefault(1));
    }

    private int Value(int dimension, int ofType, int day, in Member member) =>
        dimension >= dimensions.Length ? 0
        : dimensions[dimension].IsOfType ? ofType
        : dimensions[dimension].Of(day, member);

    // Two threads may both read it: it is the same.
    private ReadSet Of(int set) => sets[set] ??= Read(set);

    private ReadSet Read(int set)
    {
        var type = facts.TypeOf(set);
        if (!Counts(type))
        {
            return new(false, 0, 0, null);
        }
        int Value(int dimension) =>
            dimension < dimensions.Length && dimensions[dimension].IsOfType ? dimensions[dimension].Of(type) : 0;
        Amount? amount =
            question.Sum is { } attribute
            && !question.NotSummed.Contains(type)
            && facts.AttributesOf(set).TryGet(attribute, out var value)
            && value.IsNumber
                ? value.Number
                : null;
        return new(true, Value(0), Value(1), amount);
    }

    private bool Counts(string type) => !question.LeftOut.Contains(type) && question.Types?.Contains(type) != false;
}
