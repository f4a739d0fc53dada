using System.Collections.Concurrent;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A figure, by its place among those that look at milestones, and what it makes of a set of facts.</summary>
/// <param name="Row">The number of the row in which it counts them, among the rows of all figures; <see cref="NoRow"/> where the take says none.</param>
/// <param name="Things">Where it counts different things.</param>
internal readonly record struct TakingFigure(int Number, FigureTake Take, int Row, ThingReading? Things)
{
    public const int NoRow = -1;
}

/// <summary>Which figures take a set of facts. Sets of which figures make the same share it.</summary>
/// <param name="Set">The number of the first set that was found to be such.</param>
/// <param name="OccurredToAnybody">Those that count it on its day, whoever has it.</param>
/// <param name="Occurred">The others that count it on its day.</param>
/// <param name="InForce">Those that count it while it is in force, but for those that tell things apart.</param>
/// <param name="InForceApart">Those.</param>
internal sealed record FiguresOfSet(
    int Set,
    TakingFigures OccurredToAnybody,
    TakingFigures Occurred,
    TakingFigures InForce,
    TakingFigures InForceApart
)
{
    public bool AnyOccurred { get; } = OccurredToAnybody.Any || Occurred.Any;
}

/// <summary>Figures that take a set of facts.</summary>
/// <param name="Asks">What they ask of the worker.</param>
/// <param name="AskForRungs">Whether one of them asks for a rung held.</param>
internal readonly record struct TakingFigures(TakingFigure[] Figures, MemberFields Asks, bool AskForRungs)
{
    public bool Any => Figures.Length > 0;
}

/// <summary>
/// Which figures of a framework take which sets of facts; a set is read when it is first met, once for all questions. Safe for several threads.
/// </summary>
internal sealed class FigureSets
{
    private readonly Framework framework;
    private readonly MilestoneFacts facts;
    private readonly List<FigureCount> models;
    private readonly Dictionary<string, int[]> taking;
    private readonly CodeList rows = new();
    private readonly ConcurrentDictionary<TakingFigure[], FiguresOfSet> ofFigures = new(new SameFigures());
    private readonly Lock growing = new();
    private volatile FiguresOfSet?[] sets;

    /// <param name="leftOut">Types that are in no figure.</param>
    public FigureSets(Framework framework, IReadOnlyCollection<string> leftOut, MilestoneFacts facts)
    {
        this.framework = framework;
        this.facts = facts;
        models = [.. FiguresOf(framework).Select(f => new FigureCount(f.Figure, framework))];
        taking = framework
            .MilestoneTypes.Values.Where(type => !leftOut.Contains(type.Code))
            .ToDictionary(
                type => type.Code,
                type => Enumerable.Range(0, models.Count).Where(number => models[number].Takes(type)).ToArray()
            );
        sets = new FiguresOfSet?[facts.Sets];
    }

    /// <summary>The figures that look at milestones, in the order of their numbers.</summary>
    public static IEnumerable<(string Indicator, Figure Figure)> FiguresOf(Framework framework) =>
        framework.Indicators.SelectMany(i => i.Figures.Select(f => (i.Code, f))).Where(f => f.f.Milestones is not null);

    /// <summary>Whether a figure takes milestones of a type by their own day, or while they are in force.</summary>
    public bool Take(string type, bool inForce) => Taking(type).Any(number => IsInForce(number) == inForce);

    /// <summary>Which figures take a set.</summary>
    public FiguresOfSet this[int set] =>
        sets is var known && set < known.Length && known[set] is { } figures ? figures : Add(set);

    private FiguresOfSet Add(int set)
    {
        var figures = Read(set);
        lock (growing)
        {
            if (set >= sets.Length)
            {
                var more = new FiguresOfSet?[facts.Sets];
                sets.CopyTo(more, 0);
                sets = more;
            }
            return sets[set] = figures;
        }
    }

    private FiguresOfSet Read(int set)
    {
        var code = facts.TypeOf(set);
        var attributes = facts.AttributesOf(set);
        var all = new List<TakingFigure>();
        foreach (var number in Taking(code))
        {
            if (models[number].Take(framework.MilestoneTypes[code], attributes) is { } take)
            {
                var distinct = models[number].Figure.Measure as FigureMeasure.CountDistinct;
                var row = take.Row is null ? TakingFigure.NoRow : rows.Of($"{number} {take.Row}");
                all.Add(new(number, take, row, distinct is null ? null : new(distinct, attributes, facts)));
            }
        }
        return ofFigures.GetOrAdd(
            [.. all],
            _ =>
                new(
                    set,
                    Those(t => !IsInForce(t.Number) && models[t.Number].AddsForAnybody),
                    Those(t => !IsInForce(t.Number) && !models[t.Number].AddsForAnybody),
                    Those(t => IsInForce(t.Number) && t.Things is null),
                    Those(t => IsInForce(t.Number) && t.Things is not null)
                )
        );

        TakingFigures Those(Predicate<TakingFigure> which)
        {
            var those = all.FindAll(which);
            var counts = those.ConvertAll(t => models[t.Number]);
            return new(
                [.. those],
                counts.Aggregate(MemberFields.None, (fields, count) => fields | count.Asks),
                counts.Exists(count => count.Channel is not null)
            );
        }
    }

    private bool IsInForce(int number) => models[number].Figure.Milestones!.InForce;

    /// <summary>The numbers of the figures that look at milestones of a type.</summary>
    private int[] Taking(string type) => taking.GetValueOrDefault(type) ?? [];

    private sealed class SameFigures : IEqualityComparer<TakingFigure[]>
    {
        public bool Equals(TakingFigure[]? x, TakingFigure[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(TakingFigure[] figures)
        {
            var hash = new HashCode();
            foreach (var figure in figures)
            {
                hash.Add(figure);
            }
            return hash.ToHashCode();
        }
    }
}
