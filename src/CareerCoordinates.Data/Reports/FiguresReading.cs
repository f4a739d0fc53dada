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
        alike = new(CountsOf(ofWorkers), models.FindAll(m => m.Figure.Milestones!.InForce));
        periods =
        [
            .. question.Periods.Select(p =>
                (ReportDay.Of(p.First), ReportDay.Of(p.Last), population.On(p.Last, alike.AskForRungs))
            ),
        ];
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
        new([.. periods.Select(_ => new PeriodCounts(CountsOf(ofMilestones)))], new(population.Tree, columns.Codes));

    public void Visit(Block block, Scratch scratch, FigureCounts counts)
    {
        var known = population.Known(block, scratch, withMilestones: true);
        for (var i = 0; i < periods.Count; i++)
        {
            var members = periods[i].OnLast.Read(known, scratch);
            for (var worker = 0; worker < members.Length; worker++)
            {
                counts.Periods[i].Alike[worker] = members[worker].IsPresent ? alike.Of(members[worker]) : PeriodCounts.Absent;
            }
        }
        var found = asked.Find(known.Milestones.All, scratch);
        VisitOccurred(found.Occurred, known, counts);
        VisitInForce(found.InForce, known, scratch, counts);
        foreach (var period in counts.Periods)
        {
            period.AddAlike(known.RecordKeys);
        }
    }

    private void VisitOccurred(ReadOnlySpan<int> places, in KnownBlock known, FigureCounts counts)
    {
        var worker = 0;
        foreach (var place in places)
        {
            ref readonly var milestone = ref known.Milestones.All[place];
            worker = known.Milestones.WorkerOf(place, worker);
            var taking = Of(facts.SetOf(milestone.Facts)).Occurred;
            var member = new Member();
            if (!taking.Any || !days.TryRead(known, worker, milestone.Day, ref member, taking.AskForRungs))
            {
                continue;
            }
            for (var i = 0; i < periods.Count; i++)
            {
                if (periods[i].First <= milestone.Day && milestone.Day <= periods[i].Last)
                {
                    counts.Known.Begin(known.RecordKeys[worker], member, milestone.Day);
                    Count(milestone, taking, counts.Known, counts.Periods[i]);
                }
            }
        }
    }

    private void VisitInForce(ReadOnlySpan<int> places, in KnownBlock known, Scratch scratch, FigureCounts counts)
    {
        var worker = 0;
        foreach (var place in places)
        {
            ref readonly var milestone = ref known.Milestones.All[place];
            worker = known.Milestones.WorkerOf(place, worker);
            var set = Of(facts.SetOf(milestone.Facts));
            for (var i = 0; i < periods.Count; i++)
            {
                ref var number = ref counts.Periods[i].Alike[worker];
                if (number == PeriodCounts.Absent || milestone.Day > periods[i].Last || periods[i].Last > milestone.Last)
                {
                    continue;
                }
                ref readonly var member = ref scratch.MembersOn(periods[i].OnLast)[worker];
                if (set.InForce.Any)
                {
                    number = alike.WhoHave(number, set, member);
                }
                if (set.InForceApart.Any)
                {
                    counts.Known.Begin(known.RecordKeys[worker], member, periods[i].Last);
                    Count(milestone, set.InForceApart, counts.Known, counts.Periods[i]);
                }
            }
        }
    }

    public IReadOnlyList<IReadOnlyDictionary<(string Indicator, string Figure), CountedFigure>> Results(FigureCounts counts)
    {
        var results = new List<IReadOnlyDictionary<(string, string), CountedFigure>>();
        for (var i = 0; i < periods.Count; i++)
        {
            var found = OfOrganizations(question.Periods[i].Last);
            var (withoutMilestones, withMilestones) = (CountsOf(ofWorkers), counts.Periods[i].OfMilestones);
            foreach (var (number, workers) in counts.Periods[i].AllAlike())
            {
                var (those, sets) = alike.Read(number, columns.Codes, place => population.Tree.FactsOn(place, periods[i].Last));
                those.Workers = workers;
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
                // Those that are alike are the same.
                : population
                    .OrganizationsOn(day)
                    .CountBy<int, OrganizationFacts>(
                        place => population.Tree.FactsOn(place, ReportDay.Of(day)),
                        ReferenceEqualityComparer.Instance
                    )
                    .ToList();
        return figures.ToDictionary(
            f => (f.Code, f.Figure.Code),
            f => new CountedFigure(
                new(null, default, organizations.Where(o => f.Figure.Where.All(t => o.Key.Passes(t.Test))).Sum(o => o.Value), 0),
                []
            )
        );
    }

    /// <summary>Counts a milestone of the worker who is known.</summary>
    private static void Count(in ProjectedMilestone milestone, TakingFigures taking, KnownMember worker, PeriodCounts counts)
    {
        var known = worker.With(taking.Asks);
        foreach (var figure in taking.Figures)
        {
            counts.OfMilestones[figure.Number].Add(known, figure.Take, figure.Things?.Of(milestone) ?? default);
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
