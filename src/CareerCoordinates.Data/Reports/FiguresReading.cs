using System.Runtime.CompilerServices;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A figure, by its place among those that look at milestones, and what it makes of a set of facts.</summary>
internal readonly record struct TakingFigure(int Number, FigureTake Take);

/// <summary>Which figures take a set of facts.</summary>
/// <param name="Occurred">Those that count it on its day.</param>
/// <param name="InForce">Those that count it while it is in force.</param>
/// <param name="Asks">What they ask of the worker.</param>
/// <param name="AskForRungs">Whether one of them asks for a rung held.</param>
/// <param name="TellApart">Whether one of them needs the day as it was given and the hidden texts.</param>
internal sealed record FiguresOfSet(
    AttributeSet Attributes,
    TakingFigure[] Occurred,
    TakingFigure[] InForce,
    MemberFields Asks,
    bool AskForRungs,
    bool TellApart
);

/// <summary>
/// All computed figures of one period or several in the numbers of the columns, counted in one pass. Made once for a question, then asked by
/// several threads. Workers are counted by class, those alike in all that the figures ask; milestones that no figure takes are passed over
/// by their type and days.
/// </summary>
internal sealed class FiguresReading
{
    private readonly FiguresQuestion question;
    private readonly ColumnReports columns;
    private readonly PopulationReading population;
    private readonly MilestoneFacts facts;
    private readonly OrganizationFactsReading organizations;
    private readonly List<(string Indicator, Figure Figure)> ofWorkers;
    private readonly List<(string Indicator, Figure Figure)> ofMilestones;
    private readonly List<FigureCount> models;
    private readonly MemberClasses classes;
    private readonly List<(int First, int Last, DayReading OnLast)> periods;
    private readonly int first;
    private readonly int last;
    private readonly DaysReading days;
    private readonly bool needsRungsOnLast;

    private readonly AskedMilestones asked;
    private readonly FiguresOfSet?[] sets;

    public FiguresReading(FiguresQuestion question, ColumnReports columns)
    {
        this.question = question;
        this.columns = columns;
        population = columns.Read(question.Population);
        facts = columns.Facts;
        organizations = new(population.Tree);
        var figures = population.Framework.Indicators.SelectMany(i => i.Figures.Select(f => (i.Code, Figure: f))).ToList();
        ofWorkers = figures.FindAll(f => f.Figure is { Measure: FigureMeasure.CountWorkers, Milestones: null });
        ofMilestones = figures.FindAll(f => f.Figure.Milestones is not null);
        models = CountsOf(ofMilestones);
        classes = new(CountsOf(ofWorkers), population.Channels);
        periods = [.. question.Periods.Select(p => (ReportDay.Of(p.First), ReportDay.Of(p.Last), population.On(p.Last)))];
        (first, last) = (periods.Min(p => p.First), periods.Max(p => p.Last));
        days = new(population, first, last);
        needsRungsOnLast = classes.AskForRungs || models.Exists(m => m is { Channel: not null, Figure.Milestones.InForce: true });
        asked = new(
            facts.Types,
            (first, last),
            type => Taking(type).Any(i => !models[i].Figure.Milestones!.InForce),
            periods.Min(p => p.Last),
            type => Taking(type).Any(i => models[i].Figure.Milestones!.InForce)
        );
        sets = new FiguresOfSet?[facts.Sets];
    }

    /// <summary>What a thread counts with.</summary>
    public FigureCounts Begin() =>
        new([
            .. periods.Select(_ => new PeriodCounts(
                CountsOf(ofMilestones),
                new(population.Channels, organizations, columns.Codes),
                new(population.Channels, organizations, columns.Codes)
            )),
        ]);

    public void Visit(Segment segment, int worker, Scratch scratch, FigureCounts counts)
    {
        if (!population.MayCount(segment, worker))
        {
            return;
        }
        for (var i = 0; i < periods.Count; i++)
        {
            var period = counts.Periods[i];
            period.IsOnLast = null;
            if (ofWorkers.Count > 0 && IsOnLast(period, periods[i], segment, worker, scratch))
            {
                period.OfClasses.Add(classes.Of(period.OnLast), segment.RecordKeys[worker]);
            }
        }
        var milestones = population.Milestones(segment, worker, scratch.Milestones);
        for (var i = asked.Next(milestones, 0); i < milestones.Length; i = asked.Next(milestones, i + 1))
        {
            Visit(milestones[i], segment, worker, scratch, counts);
        }
    }

    // Apart, so that what most workers need stays small and quick.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Visit(in ProjectedMilestone milestone, Segment segment, int worker, Scratch scratch, FigureCounts counts)
    {
        var set = Of(facts.SetOf(milestone.Facts));
        for (var i = 0; i < periods.Count; i++)
        {
            Add(milestone, set, counts.Periods[i], periods[i], segment, worker, scratch);
        }
    }

    public IReadOnlyList<IReadOnlyDictionary<(string Indicator, string Figure), CountedFigure>> Results(FigureCounts counts)
    {
        var results = new List<IReadOnlyDictionary<(string, string), CountedFigure>>();
        for (var i = 0; i < periods.Count; i++)
        {
            var found = OfOrganizations(question.Periods[i].Last);
            var ofClasses = CountsOf(ofWorkers);
            var alike = new FigureFacts { Rungs = new byte[population.Channels] };
            foreach (var (number, workers) in counts.Periods[i].OfClasses.NotEmpty())
            {
                classes.Read(number, alike, columns.Codes, place => organizations.On(place, periods[i].Last));
                ofClasses.ForEach(count => count.Add(alike, workers));
            }
            foreach (var (figure, count) in ofWorkers.Zip(ofClasses))
            {
                found[(figure.Indicator, figure.Figure.Code)] = count.Result();
            }
            foreach (var (figure, count) in ofMilestones.Zip(counts.Periods[i].OfMilestones))
            {
                found[(figure.Indicator, figure.Figure.Code)] = count.Result();
            }
            results.Add(found);
        }
        return results;
    }

    private Dictionary<(string Indicator, string Figure), CountedFigure> OfOrganizations(DateOnly day)
    {
        var all = new Lazy<List<OrganizationFacts>>(() =>
            [.. population.OrganizationsOn(day).Select(place => organizations.On(place, ReportDay.Of(day)))]
        );
        return population
            .Framework.Indicators.SelectMany(i => i.Figures.Select(f => (i.Code, Figure: f)))
            .Where(f => f.Figure.Measure is FigureMeasure.CountOrganizations)
            .ToDictionary(
                f => (f.Code, f.Figure.Code),
                f => new CountedFigure(new(null, default, all.Value.Count(o => f.Figure.Where.All(t => o.Passes(t.Test))), 0), [])
            );
    }

    private void Add(
        in ProjectedMilestone milestone,
        FiguresOfSet set,
        PeriodCounts counts,
        (int First, int Last, DayReading OnLast) period,
        Segment segment,
        int worker,
        Scratch scratch
    )
    {
        if (set.Occurred.Length > 0 && period.First <= milestone.Day && milestone.Day <= period.Last)
        {
            var member = new Member { Rungs = counts.OnDay.Rungs };
            if (days.On(milestone.Day).TryRead(segment, worker, scratch, ref member, set.AskForRungs))
            {
                counts.OnDay.Begin(segment.Ids[worker], segment.RecordKeys[worker], member, milestone.Day);
                Count(milestone, set, set.Occurred, counts.OfMilestones, counts.OnDay);
            }
        }
        if (
            set.InForce.Length > 0
            && milestone.Day <= period.Last
            && period.Last <= milestone.Last
            && IsOnLast(counts, period, segment, worker, scratch)
        )
        {
            Count(milestone, set, set.InForce, counts.OfMilestones, counts.OnLast);
        }
    }

    /// <summary>Whether the worker counts on the period's last day; asked once for each.</summary>
    private bool IsOnLast(
        PeriodCounts counts,
        (int First, int Last, DayReading OnLast) period,
        Segment segment,
        int worker,
        Scratch scratch
    )
    {
        if (counts.IsOnLast is { } known)
        {
            return known;
        }
        var member = new Member { Rungs = counts.OnLast.Rungs };
        var isOnLast = period.OnLast.TryRead(segment, worker, scratch, ref member, needsRungsOnLast);
        counts.IsOnLast = isOnLast;
        if (isOnLast)
        {
            counts.OnLast.Begin(segment.Ids[worker], segment.RecordKeys[worker], member, period.Last);
        }
        return isOnLast;
    }

    private void Count(
        in ProjectedMilestone milestone,
        FiguresOfSet set,
        TakingFigure[] figures,
        List<FigureCount> counts,
        KnownMember member
    )
    {
        var known = member.With(set.Asks);
        if (set.TellApart)
        {
            known.OccurredOn = milestone.OccurredOn;
            known.Attributes = facts.AttributesOf(set.Attributes, milestone.Facts);
        }
        foreach (var figure in figures)
        {
            counts[figure.Number].Add(known, figure.Take);
        }
    }

    // Two threads may both read it: it is the same.
    private FiguresOfSet Of(int set) => sets[set] ??= Read(set);

    private FiguresOfSet Read(int set)
    {
        var code = facts.TypeOf(set);
        var attributes = facts.AttributesOf(set);
        var (occurred, inForce) = (new List<TakingFigure>(), new List<TakingFigure>());
        foreach (var number in Taking(code))
        {
            if (models[number].Take(population.Framework.MilestoneTypes[code], attributes) is { } take)
            {
                (models[number].Figure.Milestones!.InForce ? inForce : occurred).Add(new(number, take));
            }
        }
        var all = occurred.Concat(inForce).Select(f => models[f.Number]).ToList();
        return new(
            attributes,
            [.. occurred],
            [.. inForce],
            all.Aggregate(MemberFields.None, (fields, count) => fields | count.Asks),
            all.Exists(count => count.Channel is not null),
            all.Exists(count => count.Figure.Measure is FigureMeasure.CountDistinct)
        );
    }

    /// <summary>The figures that look at milestones of a type.</summary>
    private IEnumerable<int> Taking(string type) =>
        question.LeftOut.Contains(type) || !population.Framework.MilestoneTypes.TryGetValue(type, out var known)
            ? []
            : Enumerable.Range(0, models.Count).Where(i => models[i].Takes(known));

    private List<FigureCount> CountsOf(List<(string Indicator, Figure Figure)> figures) =>
        [.. figures.Select(f => new FigureCount(f.Figure, population.Framework))];
}

/// <summary>What one thread counts.</summary>
internal sealed class FigureCounts(IReadOnlyList<PeriodCounts> periods)
{
    public IReadOnlyList<PeriodCounts> Periods => periods;

    public void Add(FigureCounts others)
    {
        for (var i = 0; i < Periods.Count; i++)
        {
            Periods[i].OfClasses.Add(others.Periods[i].OfClasses);
            for (var j = 0; j < Periods[i].OfMilestones.Count; j++)
            {
                Periods[i].OfMilestones[j].Add(others.Periods[i].OfMilestones[j]);
            }
        }
    }
}

/// <summary>What one thread counts of one period.</summary>
/// <param name="onDay">The worker on the day of a milestone.</param>
/// <param name="onLast">The worker on the last day of the period, where he counts on it.</param>
internal sealed class PeriodCounts(List<FigureCount> ofMilestones, KnownMember onDay, KnownMember onLast)
{
    /// <summary>The workers of the last day by their <see cref="MemberClasses"/>.</summary>
    public CellCounts OfClasses { get; } = new(long.MaxValue);

    public List<FigureCount> OfMilestones => ofMilestones;

    public KnownMember OnDay => onDay;

    public KnownMember OnLast => onLast;

    /// <summary>Null: not asked yet.</summary>
    public bool? IsOnLast { get; set; }
}
