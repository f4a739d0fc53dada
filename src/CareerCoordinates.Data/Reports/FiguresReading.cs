using System.Runtime.CompilerServices;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>A figure, by its place among those that look at milestones, and what it makes of a set of facts.</summary>
/// <param name="Things">Where it counts different things.</param>
internal readonly record struct TakingFigure(int Number, FigureTake Take, ThingReading? Things);

/// <summary>Which figures take a set of facts.</summary>
/// <param name="Set">Its number.</param>
/// <param name="Occurred">Those that count it on its day.</param>
/// <param name="InForce">Those that count it while it is in force, but for those that tell things apart.</param>
/// <param name="InForceApart">Those.</param>
internal sealed record FiguresOfSet(int Set, TakingFigures Occurred, TakingFigures InForce, TakingFigures InForceApart);

/// <summary>Figures that take a set of facts.</summary>
/// <param name="Asks">What they ask of the worker.</param>
/// <param name="AskForRungs">Whether one of them asks for a rung held.</param>
internal sealed record TakingFigures(TakingFigure[] Figures, MemberFields Asks, bool AskForRungs)
{
    public bool Any => Figures.Length > 0;
}

/// <summary>
/// All computed figures of one period or several in the numbers of the columns, counted in one pass. Made once for a question, then asked by
/// several threads. Workers who are alike in all that the figures ask of the period's last day are counted together; milestones that no figure
/// takes are passed over by their type and days.
/// </summary>
internal sealed class FiguresReading
{
    private readonly FiguresQuestion question;
    private readonly ColumnReports columns;
    private readonly PopulationReading population;
    private readonly MilestoneFacts facts;
    private readonly List<(string Indicator, Figure Figure)> ofWorkers;
    private readonly List<(string Indicator, Figure Figure)> ofMilestones;
    private readonly List<FigureCount> models;
    private readonly AlikeWorkers alike;
    private readonly List<(int First, int Last, DayReading OnLast)> periods;
    private readonly int first;
    private readonly int last;
    private readonly DaysReading days;

    private readonly Dictionary<string, IReadOnlyList<int>> taking;
    private readonly AskedMilestones asked;
    private readonly FiguresOfSet?[] sets;

    public FiguresReading(FiguresQuestion question, ColumnReports columns)
    {
        this.question = question;
        this.columns = columns;
        population = columns.Read(question.Population);
        facts = columns.Facts;
        var figures = population.Framework.Indicators.SelectMany(i => i.Figures.Select(f => (i.Code, Figure: f))).ToList();
        ofWorkers = figures.FindAll(f => f.Figure is { Measure: FigureMeasure.CountWorkers, Milestones: null });
        ofMilestones = figures.FindAll(f => f.Figure.Milestones is not null);
        models = CountsOf(ofMilestones);
        alike = new(CountsOf(ofWorkers), models.FindAll(m => m.Figure.Milestones!.InForce), population.Channels);
        periods = [.. question.Periods.Select(p => (ReportDay.Of(p.First), ReportDay.Of(p.Last), population.On(p.Last)))];
        (first, last) = (periods.Min(p => p.First), periods.Max(p => p.Last));
        days = new(population, first, last);
        taking = population
            .Framework.MilestoneTypes.Values.Where(type => !question.LeftOut.Contains(type.Code))
            .ToDictionary(
                type => type.Code,
                IReadOnlyList<int> (type) => [.. Enumerable.Range(0, models.Count).Where(i => models[i].Takes(type))]
            );
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
                new(population.Channels, population.Tree, columns.Codes),
                new(population.Channels, population.Tree, columns.Codes)
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
            counts.Periods[i].IsOnLast = null;
            if (ofWorkers.Count > 0)
            {
                IsOnLast(counts.Periods[i], periods[i], segment, worker, scratch);
            }
        }
        var milestones = population.Milestones(segment, worker, scratch.Milestones);
        for (var i = asked.Next(milestones, 0); i < milestones.Length; i = asked.Next(milestones, i + 1))
        {
            Visit(milestones[i], segment, worker, scratch, counts);
        }
        foreach (var period in counts.Periods)
        {
            if (period.IsOnLast == true)
            {
                period.AddAlike(segment.RecordKeys[worker]);
            }
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
            var (withoutMilestones, withMilestones) = (CountsOf(ofWorkers), counts.Periods[i].OfMilestones);
            foreach (var (number, workers) in counts.Periods[i].Alike())
            {
                var (those, sets) = alike.Read(
                    number,
                    population.Channels,
                    columns.Codes,
                    place => population.Tree.FactsOn(place, periods[i].Last)
                );
                (those.Worker, those.Workers) = (new Guid(number, 0, 0, new byte[8]), workers);
                withoutMilestones.ForEach(count => count.Add(those, workers));
                foreach (var figure in sets.SelectMany(set => Of(set).InForce.Figures))
                {
                    withMilestones[figure.Number].Add(those, figure.Take);
                }
            }
            foreach (var (figure, count) in ofWorkers.Zip(withoutMilestones).Concat(ofMilestones.Zip(withMilestones)))
            {
                found[(figure.Indicator, figure.Figure.Code)] = count.Result();
            }
            results.Add(found);
        }
        return results;
    }

    private Dictionary<(string Indicator, string Figure), CountedFigure> OfOrganizations(DateOnly day)
    {
        var figures = population
            .Framework.Indicators.SelectMany(i => i.Figures.Select(f => (i.Code, Figure: f)))
            .Where(f => f.Figure.Measure is FigureMeasure.CountOrganizations)
            .ToList();
        var organizations =
            figures.Count == 0
                ? []
                : population.OrganizationsOn(day).CountBy(place => population.Tree.FactsOn(place, ReportDay.Of(day))).ToList();
        return figures.ToDictionary(
            f => (f.Code, f.Figure.Code),
            f => new CountedFigure(
                new(null, default, organizations.Where(o => f.Figure.Where.All(t => o.Key.Passes(t.Test))).Sum(o => o.Value), 0),
                []
            )
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
        if (set.Occurred.Any && period.First <= milestone.Day && milestone.Day <= period.Last)
        {
            var member = new Member { Rungs = counts.OnDay.Rungs };
            if (days.On(milestone.Day).TryRead(segment, worker, scratch, ref member, set.Occurred.AskForRungs))
            {
                counts.OnDay.Begin(segment.Ids[worker], segment.RecordKeys[worker], member, milestone.Day);
                Count(milestone, set.Occurred, counts.OfMilestones, counts.OnDay);
            }
        }
        if (
            milestone.Day <= period.Last
            && period.Last <= milestone.Last
            && (set.InForce.Any || set.InForceApart.Any)
            && IsOnLast(counts, period, segment, worker, scratch)
        )
        {
            if (set.InForce.Any)
            {
                counts.AlikeNow = alike.WhoHave(
                    alike.Those(counts.AlikeNow, counts.OnLast, set.InForce.Asks & ~alike.Asked),
                    set.Set
                );
            }
            if (set.InForceApart.Any)
            {
                Count(milestone, set.InForceApart, counts.OfMilestones, counts.OnLast);
            }
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
        var isOnLast = period.OnLast.TryRead(segment, worker, scratch, ref member, alike.AskForRungs);
        counts.IsOnLast = isOnLast;
        if (isOnLast)
        {
            counts.OnLast.Begin(segment.Ids[worker], segment.RecordKeys[worker], member, period.Last);
            counts.AlikeNow = alike.Of(counts.OnLast);
        }
        return isOnLast;
    }

    private static void Count(in ProjectedMilestone milestone, TakingFigures taking, List<FigureCount> counts, KnownMember member)
    {
        var known = member.With(taking.Asks);
        foreach (var figure in taking.Figures)
        {
            counts[figure.Number].Add(known, figure.Take, figure.Things?.Of(milestone) ?? default);
        }
    }

    // Two threads may both read it: it is the same.
    private FiguresOfSet Of(int set) => sets[set] ??= Read(set);

    private FiguresOfSet Read(int set)
    {
        var code = facts.TypeOf(set);
        var attributes = facts.AttributesOf(set);
        var all = new List<TakingFigure>();
        foreach (var number in Taking(code))
        {
            if (models[number].Take(population.Framework.MilestoneTypes[code], attributes) is { } take)
            {
                var distinct = models[number].Figure.Measure as FigureMeasure.CountDistinct;
                all.Add(new(number, take, distinct is null ? null : new(distinct, attributes, facts)));
            }
        }
        return new(
            set,
            Those(t => !IsInForce(t)),
            Those(t => IsInForce(t) && t.Things is null),
            Those(t => IsInForce(t) && t.Things is not null)
        );

        bool IsInForce(TakingFigure one) => models[one.Number].Figure.Milestones!.InForce;

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

    /// <summary>The figures that look at milestones of a type.</summary>
    private IReadOnlyList<int> Taking(string type) => taking.GetValueOrDefault(type) ?? [];

    private List<FigureCount> CountsOf(List<(string Indicator, Figure Figure)> figures) =>
        [.. figures.Select(f => new FigureCount(f.Figure, population.Framework))];
}
