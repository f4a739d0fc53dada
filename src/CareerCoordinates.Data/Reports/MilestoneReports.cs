using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>
/// The reports that count milestones. Scope and filters are those of the other reports, on the milestone's own day.
/// </summary>
public sealed class MilestoneReports(ColumnReports columns)
{
    /// <summary>In no order that matters; null where there would be more rows than asked for.</summary>
    public IReadOnlyList<CountedMilestones>? Count(MilestoneQuestion question)
    {
        var reading = new MilestoneReading(question, columns);
        var counts = columns.Scan(
            () => new MilestoneCounts(question.MostRows),
            (segment, worker, scratch, part) =>
            {
                part.Begin(segment.Ids[worker], segment.RecordKeys[worker]);
                reading.Each(segment, worker, scratch, part.Tell);
            },
            (all, part) => all.Add(part)
        );
        return counts.IsTooMuch
            ? null
            : [.. counts.Rows.Select(r => new CountedMilestones(reading.CodesOf(r.Key), r.Value.Milestones, r.Value.Sum))];
    }

    /// <summary>The workers behind one row of <see cref="Count"/>, in order of their ids.</summary>
    /// <param name="codesOfRow">As the row has them.</param>
    public IReadOnlyList<Guid> People(MilestoneQuestion question, IReadOnlyList<string> codesOfRow)
    {
        var reading = new MilestoneReading(question, columns);
        if (reading.Find(codesOfRow) is not { } wanted)
        {
            return [];
        }
        return columns.Listed(
            (segment, worker, scratch, found) =>
                reading.Each(
                    segment,
                    worker,
                    scratch,
                    (row, _) =>
                    {
                        var id = segment.Ids[worker];
                        if (row == wanted && (found.Count == 0 || found[^1] != id))
                        {
                            found.Add(id);
                        }
                    }
                )
        );
    }

    /// <summary>
    /// For each period all figures that the framework computes, by indicator and figure; shares apart, which follow from others. Workers and
    /// organisations are those of the period's last day, as are milestones in force on it; those that occurred count with their own day.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<(string Indicator, string Figure), CountedFigure>> Figures(FiguresQuestion question)
    {
        var reading = new FiguresReading(question, columns);
        var counts = columns.Scan(reading.Begin, reading.Visit, (all, part) => all.Add(part));
        return reading.Results(counts);
    }

    /// <summary>The organisations that count on a day, their own filters applied; those of workers say nothing of them.</summary>
    public IReadOnlySet<Guid> OrganizationsOn(Population population, DateOnly day)
    {
        var read = columns.Read(population);
        return read.OrganizationsOn(day).Select(read.Tree.IdOf).ToHashSet();
    }

    /// <summary>Whether one of these organisations, all of which count, stands below another of them on a day.</summary>
    public bool HasOneBelowAnother(Population population, IReadOnlyCollection<Guid> organizations, DateOnly day) =>
        columns.Read(population).Tree.HasOneBelowAnother(organizations, ReportDay.Of(day));

    /// <summary>The rows that one thread counts.</summary>
    private sealed class MilestoneCounts
    {
        private readonly int mostRows;
        private Guid worker;
        private Cell workers;

        public MilestoneCounts(int mostRows)
        {
            this.mostRows = mostRows;
            Tell = Add;
        }

        public Dictionary<(int First, int Second), (SumOfWorkers Milestones, SumOfWorkers Sum)> Rows { get; } = [];

        public bool IsTooMuch => Rows.Count > mostRows;

        /// <summary>Counts a milestone of the worker.</summary>
        public Action<(int First, int Second), Amount?> Tell { get; }

        public void Begin(Guid id, ulong key) => (worker, workers) = (id, default(Cell).With(key));

        public void Add(MilestoneCounts others)
        {
            foreach (var (row, counted) in others.Rows)
            {
                if (Rows.TryGetValue(row, out var known))
                {
                    known.Milestones.Add(counted.Milestones);
                    known.Sum.Add(counted.Sum);
                }
                else
                {
                    Rows[row] = counted;
                }
            }
        }

        private void Add((int First, int Second) row, Amount? amount)
        {
            if (!Rows.TryGetValue(row, out var counted))
            {
                if (IsTooMuch)
                {
                    return;
                }
                Rows[row] = counted = (new(), new());
            }
            counted.Milestones.Add(worker, workers, Amount.One);
            if (amount is { } number)
            {
                counted.Sum.Add(worker, workers, number);
            }
        }
    }
}
