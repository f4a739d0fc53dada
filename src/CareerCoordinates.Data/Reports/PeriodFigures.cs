using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>All figures of one period.</summary>
internal sealed class PeriodFigures
{
    private readonly ReportPeriod period;
    private readonly PopulationReading population;
    private readonly int first;
    private readonly int last;
    private readonly List<(string Indicator, Figure Figure)> figures;
    private readonly Dictionary<(string, string), CountedFigure> results = [];
    private readonly Dictionary<(string, string), FigureCount> counts = [];
    private readonly Dictionary<string, List<FigureCount>> occurred = [];
    private readonly Dictionary<string, List<FigureCount>> inForce = [];
    private readonly IReadOnlyCollection<string> leftOut;
    private readonly OrganizationFactsReading organizations;
    private readonly FigureFacts facts;

    public PeriodFigures(ReportPeriod period, PopulationReading population, IReadOnlyCollection<string> leftOut)
    {
        this.period = period;
        this.population = population;
        this.leftOut = leftOut;
        (first, last) = (ReportDay.Of(period.First), ReportDay.Of(period.Last));
        figures =
        [
            .. population
                .Framework.Indicators.SelectMany(i => i.Figures.Select(f => (i.Code, f)))
                .Where(f => f.f.Measure is not FigureMeasure.Share),
        ];
        organizations = new(population.Tree);
        facts = new() { Rungs = new byte[population.Channels] };
        BeginMilestones();
    }

    public IEnumerable<string> InForceTypes => inForce.Keys.Order(StringComparer.Ordinal);

    /// <summary>The figures of workers and of organisations.</summary>
    public void CountWorkers(ColumnReports columns)
    {
        var ofOrganizations = figures.Where(f => f.Figure.Measure is FigureMeasure.CountOrganizations).ToList();
        if (ofOrganizations.Count > 0)
        {
            var all = MilestoneReports.OrganizationsOf(population, period.Last).Select(p => organizations.On(p, last)).ToList();
            foreach (var (indicator, figure) in ofOrganizations)
            {
                var number = all.Count(o => figure.Where.All(t => o.Passes(t.Test)));
                results[(indicator, figure.Code)] = new(new(null, default, number, 0), []);
            }
        }
        var ofWorkers = figures.Where(f => f.Figure is { Measure: FigureMeasure.CountWorkers, Milestones: null }).ToList();
        if (ofWorkers.Count == 0)
        {
            return;
        }
        var day = population.On(period.Last);
        var counted = columns.Scan(
            () => new WorkerCounts(ofWorkers, population, organizations),
            (segment, worker, scratch, part) =>
            {
                var member = new Member { Rungs = part.Facts.Rungs };
                if (day.TryRead(segment, worker, scratch, ref member))
                {
                    part.Add(segment.Ids[worker], segment.RecordKeys[worker], member, last, columns.Codes);
                }
            },
            (all, part) => all.Add(part)
        );
        for (var i = 0; i < ofWorkers.Count; i++)
        {
            results[(ofWorkers[i].Indicator, ofWorkers[i].Figure.Code)] = counted.Counts[i].Result();
        }
    }

    /// <summary>From here on milestones are added; what was added before is forgotten.</summary>
    public void BeginMilestones()
    {
        counts.Clear();
        occurred.Clear();
        inForce.Clear();
        foreach (var (indicator, figure) in figures.Where(f => f.Figure.Milestones is not null))
        {
            var count = counts[(indicator, figure.Code)] = new(figure, population.Framework);
            var byType = figure.Milestones!.InForce ? inForce : occurred;
            foreach (var type in FigureCodes.TypesOf(figure, population.Framework).Where(t => !leftOut.Contains(t.Code)))
            {
                if (!byType.TryGetValue(type.Code, out var list))
                {
                    byType[type.Code] = list = [];
                }
                list.Add(count);
            }
        }
    }

    public void Add(in ReadMilestone milestone, WorkerOnDays workers, ProjectedCodes codes)
    {
        if (first <= milestone.Day && milestone.Day <= last && occurred.TryGetValue(milestone.Type, out var ofYear))
        {
            Add(milestone, milestone.Day, ofYear, workers, codes);
        }
        if (milestone.Day <= last && last <= milestone.Last && inForce.TryGetValue(milestone.Type, out var ofLastDay))
        {
            Add(milestone, last, ofLastDay, workers, codes);
        }
    }

    public IReadOnlyDictionary<(string Indicator, string Figure), CountedFigure> Results()
    {
        foreach (var (code, count) in counts)
        {
            results[code] = count.Result();
        }
        return results;
    }

    private void Add(in ReadMilestone milestone, int day, List<FigureCount> counted, WorkerOnDays workers, ProjectedCodes codes)
    {
        var member = new Member { Rungs = facts.Rungs };
        if (!workers.TryRead(milestone.Worker, day, ref member))
        {
            return;
        }
        facts.Set(milestone.Worker, workers.RecordKey, member, organizations.On(member.Organization, day), codes);
        facts.Type = milestone.Type;
        facts.OccurredOn = milestone.OccurredOn;
        facts.Attributes = AttributeSet.FromCanonical(milestone.Attributes);
        foreach (var count in counted)
        {
            count.Add(facts);
        }
    }
}

/// <summary>What one thread counts of the figures of workers.</summary>
internal sealed class WorkerCounts(
    IReadOnlyList<(string Indicator, Figure Figure)> figures,
    PopulationReading population,
    OrganizationFactsReading organizations
)
{
    public FigureFacts Facts { get; } = new() { Rungs = new byte[population.Channels] };

    public IReadOnlyList<FigureCount> Counts { get; } = [.. figures.Select(f => new FigureCount(f.Figure, population.Framework))];

    public void Add(Guid worker, ulong recordKey, in Member member, int day, ProjectedCodes codes)
    {
        Facts.Set(worker, recordKey, member, organizations.On(member.Organization, day), codes);
        foreach (var count in Counts)
        {
            count.Add(Facts);
        }
    }

    public void Add(WorkerCounts others)
    {
        for (var i = 0; i < Counts.Count; i++)
        {
            Counts[i].Add(others.Counts[i]);
        }
    }
}

/// <summary>What figures ask of organisations, each day's answer kept as long as it holds. Safe for several threads.</summary>
internal sealed class OrganizationFactsReading(OrganizationTree tree)
{
    private readonly Timeline<OrganizationFacts>?[] known = new Timeline<OrganizationFacts>?[tree.Count];

    public OrganizationFacts On(int place, int day)
    {
        // Two threads may both make it: it is the same.
        var facts =
            known[place]
            ?? (
                known[place] = new([
                    .. tree.IndustryOf(place)
                        .Steps.Select(s => new Step<OrganizationFacts>(
                            s.From,
                            new(tree.KindOf(place), s.Value?[..1], tree.TagsOf(place))
                        )),
                ])
            );
        return facts.On(day);
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
