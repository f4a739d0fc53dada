using System.Collections.Concurrent;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>Which figures take a set of facts, by their places among those that look at milestones.</summary>
/// <param name="IsToldApart">Whether one of them needs the hidden texts.</param>
internal sealed record FiguresOfSet(
    string Type,
    AttributeSet Attributes,
    IReadOnlyList<int> Occurred,
    IReadOnlyList<int> InForce,
    bool IsToldApart
);

/// <summary>
/// All computed figures of one period or several in the numbers of the columns, counted in one pass. Made once for a question, then asked by
/// several threads.
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
    private readonly List<(int First, int Last, DayReading OnLast)> periods;
    private readonly int first;
    private readonly int last;
    private readonly DaysReading days;
    private readonly FiguresOfSet?[] sets;
    private readonly List<FigureCount> models;

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
        periods = [.. question.Periods.Select(p => (ReportDay.Of(p.First), ReportDay.Of(p.Last), population.On(p.Last)))];
        (first, last) = (periods.Min(p => p.First), periods.Max(p => p.Last));
        days = new(population, first, last);
        sets = new FiguresOfSet?[facts.Sets];
    }

    /// <summary>What a thread counts with.</summary>
    public FigureCounts Begin() =>
        new([.. periods.Select(_ => new PeriodCounts(CountsOf(ofWorkers), CountsOf(ofMilestones), population.Channels))]);

    public void Visit(Segment segment, int worker, Scratch scratch, FigureCounts counts)
    {
        for (var i = 0; i < periods.Count; i++)
        {
            var period = counts.Periods[i];
            period.IsOnLast = null;
            if (ofWorkers.Count > 0 && IsOnLast(period, periods[i], segment, worker, scratch))
            {
                foreach (var count in period.OfWorkers)
                {
                    count.Add(period.OnLast);
                }
            }
        }
        foreach (ref readonly var milestone in population.Milestones(segment, worker, scratch.Milestones))
        {
            if (milestone.Day > last || milestone.Last < first)
            {
                continue;
            }
            var set = Of(facts.SetOf(milestone.Facts));
            for (var i = 0; i < periods.Count && set.Occurred.Count + set.InForce.Count > 0; i++)
            {
                Add(milestone, set, counts.Periods[i], periods[i], segment, worker, scratch);
            }
        }
    }

    public IReadOnlyList<IReadOnlyDictionary<(string Indicator, string Figure), CountedFigure>> Results(FigureCounts counts)
    {
        var results = new List<IReadOnlyDictionary<(string, string), CountedFigure>>();
        for (var i = 0; i < periods.Count; i++)
        {
            var found = OfOrganizations(question.Periods[i].Last);
            foreach (var (figure, count) in ofWorkers.Zip(counts.Periods[i].OfWorkers))
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
        if (set.Occurred.Count > 0 && period.First <= milestone.Day && milestone.Day <= period.Last)
        {
            var member = new Member { Rungs = counts.OnDay.Rungs };
            if (days.On(milestone.Day).TryRead(segment, worker, scratch, ref member))
            {
                Set(counts.OnDay, segment, worker, member, milestone.Day);
                Count(milestone, set, set.Occurred, counts, counts.OnDay);
            }
        }
        if (
            set.InForce.Count > 0
            && milestone.Day <= period.Last
            && period.Last <= milestone.Last
            && IsOnLast(counts, period, segment, worker, scratch)
        )
        {
            Count(milestone, set, set.InForce, counts, counts.OnLast);
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
        var isOnLast = period.OnLast.TryRead(segment, worker, scratch, ref member);
        counts.IsOnLast = isOnLast;
        if (isOnLast)
        {
            Set(counts.OnLast, segment, worker, member, period.Last);
        }
        return isOnLast;
    }

    private void Set(FigureFacts known, Segment segment, int worker, in Member member, int day) =>
        known.Set(
            segment.Ids[worker],
            segment.RecordKeys[worker],
            member,
            organizations.On(member.Organization, day),
            columns.Codes
        );

    private void Count(
        in ProjectedMilestone milestone,
        FiguresOfSet set,
        IReadOnlyList<int> figures,
        PeriodCounts counts,
        FigureFacts known
    )
    {
        known.Type = set.Type;
        known.OccurredOn = milestone.OccurredOn;
        known.Attributes = set.IsToldApart ? facts.AttributesOf(set.Attributes, milestone.Facts) : set.Attributes;
        for (var i = 0; i < figures.Count; i++)
        {
            counts.OfMilestones[figures[i]].Add(known);
        }
    }

    // Two threads may both read it: it is the same.
    private FiguresOfSet Of(int set) => sets[set] ??= Read(set);

    private FiguresOfSet Read(int set)
    {
        var type = facts.TypeOf(set);
        var attributes = facts.AttributesOf(set);
        var taking =
            question.LeftOut.Contains(type) || !population.Framework.MilestoneTypes.TryGetValue(type, out var known)
                ? []
                : Enumerable.Range(0, models.Count).Where(i => models[i].Takes(known) && models[i].Passes(attributes)).ToList();
        return new(
            type,
            attributes,
            [.. taking.Where(i => !models[i].Figure.Milestones!.InForce)],
            [.. taking.Where(i => models[i].Figure.Milestones!.InForce)],
            taking.Exists(i => models[i].Figure.Measure is FigureMeasure.CountDistinct)
        );
    }

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
            Add(Periods[i].OfWorkers, others.Periods[i].OfWorkers);
            Add(Periods[i].OfMilestones, others.Periods[i].OfMilestones);
        }
    }

    private static void Add(List<FigureCount> all, List<FigureCount> some)
    {
        for (var i = 0; i < all.Count; i++)
        {
            all[i].Add(some[i]);
        }
    }
}

/// <summary>What one thread counts of one period.</summary>
internal sealed class PeriodCounts(List<FigureCount> ofWorkers, List<FigureCount> ofMilestones, int channels)
{
    public List<FigureCount> OfWorkers => ofWorkers;

    public List<FigureCount> OfMilestones => ofMilestones;

    /// <summary>The worker on the day of a milestone.</summary>
    public FigureFacts OnDay { get; } = new() { Rungs = new byte[channels] };

    /// <summary>The worker on the last day of the period, where he counts on it.</summary>
    public FigureFacts OnLast { get; } = new() { Rungs = new byte[channels] };

    /// <summary>Null: not asked yet.</summary>
    public bool? IsOnLast { get; set; }
}

/// <summary>
/// What figures ask of organisations. Nearly all keep their industry, and few differ in more than kind and section: one thing is kept for all
/// that are alike, so that millions of workers ask what is near at hand. Safe for several threads.
/// </summary>
internal sealed class OrganizationFactsReading(OrganizationTree tree)
{
    private readonly OrganizationFacts?[] always = new OrganizationFacts?[tree.Count];
    private readonly ConcurrentDictionary<(OrganizationKind Kind, string? Section), OrganizationFacts> withoutTags = [];

    public OrganizationFacts On(int place, int day) => always[place] ?? Read(place, day);

    private OrganizationFacts Read(int place, int day)
    {
        var industry = tree.IndustryOf(place);
        var (kind, section, tags) = (tree.KindOf(place), industry.On(day)?[..1], tree.TagsOf(place));
        var facts =
            tags.Count == 0
                ? withoutTags.GetOrAdd((kind, section), one => new(one.Kind, one.Section, []))
                : new OrganizationFacts(kind, section, tags);
        if (industry.Steps.Count == 1)
        {
            always[place] = facts;
        }
        return facts;
    }
}

internal static class MemberFacts
{
    /// <summary>What is known of a member, but for the milestone; the rungs are his already.</summary>
    public static void Set(
        this FigureFacts facts,
        Guid worker,
        ulong recordKey,
        in Member member,
        OrganizationFacts organization,
        ProjectedCodes codes
    )
    {
        facts.Worker = worker;
        facts.RecordKey = recordKey;
        facts.Gender = member.Gender switch
        {
            ProjectedGender.Female => "female",
            ProjectedGender.Male => "male",
            _ => null,
        };
        facts.MigrantWorker = member.MigrantWorker switch
        {
            ProjectedFlag.Yes => true,
            ProjectedFlag.No => false,
            _ => null,
        };
        facts.EmploymentForm = member.Form == 0 ? null : codes.Forms[member.Form];
        facts.Organization = organization;
    }
}
