using System.Runtime.CompilerServices;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

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
    private readonly AlikeWorkers alike;
    private readonly (int First, int Last, DayReading OnLast)[] periods;
    private readonly int first;
    private readonly DaysReading days;

    /// <summary>By the days from the first one on the number of the period of each; -1 between them.</summary>
    private readonly sbyte[] periodOn;

    private readonly AskedMilestones asked;
    private readonly FigureSets sets;

    public FiguresReading(FiguresQuestion question, ColumnReports columns)
    {
        this.question = question;
        this.columns = columns;
        population = columns.Read(question.Population);
        facts = columns.Facts;
        ofWorkers =
        [
            .. population
                .Framework.Indicators.SelectMany(i => i.Figures.Select(f => (i.Code, Figure: f)))
                .Where(f => f.Figure is { Measure: FigureMeasure.CountWorkers, Milestones: null }),
        ];
        ofMilestones = [.. FigureSets.FiguresOf(population.Framework)];
        alike = new(CountsOf(ofWorkers), CountsOf(ofMilestones.FindAll(f => f.Figure.Milestones!.InForce)));
        periods =
        [
            .. question.Periods.Select(p =>
                (ReportDay.Of(p.First), ReportDay.Of(p.Last), population.On(p.Last, alike.AskForRungs))
            ),
        ];
        first = periods.Min(p => p.First);
        var last = periods.Max(p => p.Last);
        days = new(population, first, last);
        periodOn = [.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(day => (sbyte)PeriodOn(day))];
        sets = facts.FiguresOf(population.Framework, question.LeftOut);
        asked = new(
            facts.Types,
            (first, last),
            type => sets.Take(type, inForce: false),
            periods.Min(p => p.Last),
            type => sets.Take(type, inForce: true)
        );
    }

    private int PeriodOn(int day) => Array.FindIndex(periods, p => p.First <= day && day <= p.Last);

    /// <summary>What a thread counts with.</summary>
    public FigureCounts Begin() =>
        new([.. periods.Select(_ => new PeriodCounts(CountsOf(ofMilestones)))], new(population.Tree, columns.Codes));

    public void Visit(Block block, Scratch scratch, FigureCounts counts)
    {
        var known = population.Known(block, scratch, withMilestones: true);
        for (var i = 0; i < periods.Length; i++)
        {
            var members = periods[i].OnLast.Read(known, scratch);
            var numbers = counts.Periods[i].Alike.AsSpan(0, members.Length);
            if (i == 0)
            {
                alike.Number(members, numbers);
            }
            else
            {
                var others = scratch.MembersOn(periods[i - 1].OnLast);
                alike.Number(members, numbers, others, counts.Periods[i - 1].Alike, counts.Periods[i].IsSame);
            }
        }
        var found = asked.Find(known.Milestones.All, scratch);
        var workers = scratch.WorkersOf(known.Milestones);
        VisitOccurred(found.Occurred, workers, known, counts);
        VisitInForce(found.InForce, workers, known, scratch, counts);
        foreach (var period in counts.Periods)
        {
            period.AddAlike(known.RecordKeys);
        }
    }

    private void VisitOccurred(ReadOnlySpan<int> places, ReadOnlySpan<short> workers, in KnownBlock known, FigureCounts counts)
    {
        foreach (var place in places)
        {
            ref readonly var milestone = ref known.Milestones.All[place];
            var worker = workers[place];
            var set = sets[facts.SetOf(milestone.Facts)];
            var period = periodOn[milestone.Day - first];
            if (!set.AnyOccurred || period < 0)
            {
                continue;
            }
            if (set.Occurred.Any)
            {
                CountOccurred(milestone, set, known, worker, counts, counts.Periods[period]);
            }
            else if (days.Counts(known, worker, milestone.Day))
            {
                counts.Periods[period].Add(known.RecordKeys[worker], set.OccurredToAnybody.Figures);
            }
        }
    }

    // Apart, as they are few: the rest is quicker without it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CountOccurred(
        in ProjectedMilestone milestone,
        FiguresOfSet set,
        in KnownBlock known,
        int worker,
        FigureCounts counts,
        PeriodCounts period
    )
    {
        var member = new Member();
        if (days.TryRead(known, worker, milestone.Day, ref member, set.Occurred.AskForRungs))
        {
            period.Add(known.RecordKeys[worker], set.OccurredToAnybody.Figures);
            counts.Known.Begin(known.RecordKeys[worker], member, milestone.Day);
            Count(milestone, set.Occurred, counts.Known, period);
        }
    }

    private void VisitInForce(
        ReadOnlySpan<int> places,
        ReadOnlySpan<short> workers,
        in KnownBlock known,
        Scratch scratch,
        FigureCounts counts
    )
    {
        foreach (var place in places)
        {
            ref readonly var milestone = ref known.Milestones.All[place];
            var worker = workers[place];
            var set = sets[facts.SetOf(milestone.Facts)];
            var (before, after) = (PeriodCounts.Absent, PeriodCounts.Absent);
            for (var i = 0; i < periods.Length; i++)
            {
                ref var number = ref counts.Periods[i].Alike[worker];
                if (number == PeriodCounts.Absent || milestone.Day > periods[i].Last || periods[i].Last > milestone.Last)
                {
                    before = PeriodCounts.Absent;
                    continue;
                }
                if (set.InForce.Any)
                {
                    // On the last day of the period before in the list most are who they are on this one.
                    if (number != before || !counts.Periods[i].IsSame[worker])
                    {
                        (before, after) = (number, alike.WhoHave(number, set, scratch.MembersOn(periods[i].OnLast)[worker]));
                    }
                    number = after;
                }
                if (set.InForceApart.Any)
                {
                    CountInForce(
                        milestone,
                        set,
                        scratch.MembersOn(periods[i].OnLast)[worker],
                        known.RecordKeys[worker],
                        counts,
                        i
                    );
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CountInForce(
        in ProjectedMilestone milestone,
        FiguresOfSet set,
        in Member member,
        ulong recordKey,
        FigureCounts counts,
        int period
    )
    {
        counts.Known.Begin(recordKey, member, periods[period].Last);
        Count(milestone, set.InForceApart, counts.Known, counts.Periods[period]);
    }

    public IReadOnlyList<IReadOnlyDictionary<(string Indicator, string Figure), CountedFigure>> Results(FigureCounts counts) =>
        [
            .. Enumerable
                .Range(0, periods.Length)
                .AsParallel()
                .AsOrdered()
                .Select(period => ResultsOf(period, counts.Periods[period])),
        ];

    private Dictionary<(string Indicator, string Figure), CountedFigure> ResultsOf(int period, PeriodCounts counts)
    {
        var results = OfOrganizations(question.Periods[period].Last);
        var (withoutMilestones, withMilestones) = (CountsOf(ofWorkers), counts.OfMilestones);
        foreach (var (number, workers) in counts.AllAlike())
        {
            var (those, inForce) = alike.Read(
                number,
                columns.Codes,
                place => population.Tree.FactsOn(place, periods[period].Last)
            );
            those.Workers = workers;
            withoutMilestones.ForEach(count => count.Add(those, workers));
            foreach (var figure in inForce.SelectMany(set => sets[set].InForce.Figures))
            {
                withMilestones[figure.Number].Add(those, figure.Take);
            }
        }
        foreach (var (figure, count) in ofWorkers.Zip(withoutMilestones).Concat(ofMilestones.Zip(withMilestones)))
        {
            results[(figure.Indicator, figure.Figure.Code)] = count.Result();
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

    private List<FigureCount> CountsOf(List<(string Indicator, Figure Figure)> figures) =>
        [.. figures.Select(f => new FigureCount(f.Figure, population.Framework))];
}
