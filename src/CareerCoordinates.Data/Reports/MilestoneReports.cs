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
            (block, scratch, part) => reading.Each(block, scratch, part.Add),
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
            (block, scratch, found) =>
                reading.Each(
                    block,
                    scratch,
                    (in KnownBlock known, int worker, (int, int) row, Amount? _) =>
                    {
                        if (row == wanted && (found.Count == 0 || found[^1] != known.Ids[worker]))
                        {
                            found.Add(known.Ids[worker]);
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

    /// <summary>Whether an organisation counts on a day, the filters of organisations applied; those of workers say nothing of it.</summary>
    public bool CountsOrganization(Population population, Guid organization, DateOnly day)
    {
        var read = columns.Read(population);
        return read.Tree.PlaceOf(organization) is >= 0 and var place && read.CountsItself(place, day);
    }

    /// <summary>Whether one of these organisations, all of which count, stands below another of them on a day.</summary>
    public bool HasOneBelowAnother(Population population, IReadOnlyCollection<Guid> organizations, DateOnly day) =>
        columns.Read(population).Tree.HasOneBelowAnother(organizations, ReportDay.Of(day));

    /// <summary>The rows that one thread counts.</summary>
    private sealed class MilestoneCounts(int mostRows)
    {
        public Dictionary<(int First, int Second), (SumOfWorkers Milestones, SumOfWorkers Sum)> Rows { get; } = [];

        public bool IsTooMuch => Rows.Count > mostRows;

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

        public void Add(in KnownBlock known, int worker, (int First, int Second) row, Amount? amount)
        {
            if (!Rows.TryGetValue(row, out var counted))
            {
                if (IsTooMuch)
                {
                    return;
                }
                Rows[row] = counted = (new(), new());
            }
            var workers = default(Cell).With(known.RecordKeys[worker]);
            counted.Milestones.Add(workers, Amount.One);
            if (amount is { } number)
            {
                counted.Sum.Add(workers, number);
            }
        }
    }
}
