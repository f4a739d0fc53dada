using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>
/// The reports that count milestones: those of the tables, with the worker's place of the columns. Scope and filters are those of the
/// other reports, on the milestone's own day.
/// </summary>
public sealed class MilestoneReports(ColumnReports columns, RecordReader reader)
{
    /// <summary>In the order of the dimensions' values; null where there would be more rows than asked for.</summary>
    public IReadOnlyList<CountedMilestones>? Count(MilestoneQuestion question)
    {
        var population = columns.Read(question.Population);
        return reader.InSnapshot(connection =>
        {
            var dimensions = question.GroupBy.Select(g => new MilestoneDimensionReading(g, population, columns.Codes)).ToArray();
            var (first, second) = (dimensions.ElementAtOrDefault(0), dimensions.ElementAtOrDefault(1));
            var rows = new Dictionary<(int, int), (SumOfWorkers Milestones, SumOfWorkers Sum)>();
            var workers = new WorkerOnDays(columns, population);
            var isTooMuch = false;
            var scratch = new Scratch();
            MilestoneReading.Occurred(
                connection,
                columns,
                question.Population.KnownAt,
                new(question.From, question.To),
                question.Types,
                milestone =>
                {
                    var member = new Member { Rungs = scratch.Rungs(population.Channels) };
                    if (
                        isTooMuch
                        || question.LeftOut.Contains(milestone.Type)
                        || !workers.TryRead(milestone.Worker, milestone.Day, ref member)
                    )
                    {
                        return;
                    }
                    var key = (first?.Of(milestone, member) ?? 0, second?.Of(milestone, member) ?? 0);
                    if (!rows.TryGetValue(key, out var row))
                    {
                        rows[key] = row = (new(), new());
                        isTooMuch = rows.Count > question.MostRows;
                    }
                    row.Milestones.Add(milestone.Worker, workers.RecordKey, 1);
                    if (
                        question.Sum is { } attribute
                        && !question.NotSummed.Contains(milestone.Type)
                        && AttributeSet.FromCanonical(milestone.Attributes).TryGet(attribute, out var value)
                        && value.IsNumber
                    )
                    {
                        row.Sum.Add(milestone.Worker, workers.RecordKey, value.Number);
                    }
                }
            );
            return isTooMuch
                ? null
                : rows.Select(r => new CountedMilestones(
                        [.. dimensions.Select((d, i) => d.CodeOf(i == 0 ? r.Key.Item1 : r.Key.Item2))],
                        r.Value.Milestones,
                        r.Value.Sum
                    ))
                    .ToList();
        });
    }

    /// <summary>
    /// For each period all figures that the framework computes, by indicator and figure; shares apart, which follow from others. Workers and
    /// organisations are those of the period's last day, as are milestones in force on it; those that occurred count with their own day.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<(string Indicator, string Figure), CountedFigure>> Figures(FiguresQuestion question)
    {
        var population = columns.Read(question.Population);
        var periods = question.Periods.Select(p => new PeriodFigures(p, population, question.LeftOut)).ToList();
        foreach (var period in periods)
        {
            period.CountWorkers(columns);
        }
        return reader.InSnapshot(connection =>
        {
            foreach (var period in periods)
            {
                period.BeginMilestones();
            }
            var workers = new WorkerOnDays(columns, population);
            MilestoneReading.OccurredOrInForce(
                connection,
                columns,
                question.Population.KnownAt,
                new(question.Periods.Min(p => p.First), question.Periods.Max(p => p.Last)),
                [.. periods[0].InForceTypes],
                question.Periods.Min(p => p.Last),
                milestone =>
                {
                    foreach (var period in periods)
                    {
                        period.Add(milestone, workers, columns.Codes);
                    }
                }
            );
            return periods.Select(p => p.Results()).ToList();
        });
    }

    /// <summary>The organisations that count on a day, their own filters applied; those of workers say nothing of them.</summary>
    public IReadOnlySet<Guid> OrganizationsOn(Population population, DateOnly day)
    {
        var read = columns.Read(population);
        return OrganizationsOf(read, day).Select(read.Tree.IdOf).ToHashSet();
    }

    internal static IEnumerable<int> OrganizationsOf(PopulationReading population, DateOnly day) =>
        Enumerable
            .Range(0, population.Tree.Count)
            .Where(place =>
                population.IsInside(place, ReportDay.Of(day))
                && population.Tree.Exists(place)
                && population.Tree.FirstDayOf(place) <= day
            );
}
