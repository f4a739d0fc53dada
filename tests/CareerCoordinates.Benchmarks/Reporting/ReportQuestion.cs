using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Benchmarks.Reporting;

/// <summary>A report as it is asked of us, and of the others in SQL.</summary>
/// <param name="Ours">Counts, and answers how to show what was counted.</param>
/// <param name="Sql">Null: nobody else is asked.</param>
internal sealed record ReportQuestion(string Name, Func<ColumnReports, Func<List<string>>> Ours, string? Sql)
{
    public static IEnumerable<ReportQuestion> All(Population population, ReportSql sql, DateOnly day, Framework framework)
    {
        var channel = framework.Channels[2];
        yield return new(
            "positions",
            r =>
            {
                var cells = r.Count(new(population, day, [new(Dimension.ChannelRung)]));
                return () => Lines(cells.Where(c => !c.Codes[0].EndsWith(" " + ReportCodes.None, StringComparison.Ordinal)));
            },
            sql.Positions
        );
        yield return new(
            "grid",
            r =>
            {
                var cells = r.Count(new(population, day, [new(Dimension.Stage), new(Dimension.Level)]));
                return () => Lines(cells);
            },
            sql.Grid
        );
        var from = day.AddYears(-2);
        yield return new(
            "transitions",
            r =>
            {
                var cells = r.Transitions(new(population, channel, from, day));
                return () => Lines(cells);
            },
            sql.Transitions(channel, from)
        );
        yield return new(
            "milestones",
            r =>
            {
                var rows = new MilestoneReports(r).Count(
                    new(
                        population,
                        day.AddYears(-1).AddDays(1),
                        day,
                        [new(MilestoneDimension.Type)],
                        null,
                        [],
                        null,
                        [],
                        int.MaxValue
                    )
                )!;
                return () =>
                    [
                        .. rows.Select(m => $"{m.Codes[0]} {m.Milestones.Sum:0} {m.Milestones.Workers.Count}")
                            .Order(StringComparer.Ordinal),
                    ];
            },
            population.Filter.Stage is null ? sql.Milestones : null
        );
        var (a, b) = (channel.Rungs[3], channel.Rungs[4]);
        yield return new(
            "time to rung",
            r =>
            {
                var groups = r.Times(new(population, day, channel, a, b, null));
                return () =>
                    [
                        .. groups
                            .SelectMany(g => g.Times)
                            .SelectMany(t =>
                                new[] { (t.Days, 1, t.Events.Count), (t.Days, 0, t.Censored.Count) }
                                    .Where(x => x.Count > 0)
                                    .Select(x => $"{x.Days} {x.Item2} {x.Count}")
                            )
                            .Order(StringComparer.Ordinal),
                    ];
            },
            population.Filter == new WorkerFilter() ? sql.Times(a, b) : null
        );
        var year = new ReportPeriod(day.AddYears(-1).AddDays(1), day);
        yield return new(
            "annual",
            r =>
            {
                // The workbook has the year before beside it.
                var counted = new MilestoneReports(r).Figures(
                    new(population, [year, new(year.First.AddYears(-1), year.First.AddDays(-1))], [])
                );
                return () => [$"{counted.Count}"];
            },
            null
        );
    }

    private static List<string> Lines(IEnumerable<CountedCell> cells) =>
        [.. cells.Select(c => $"{string.Join(' ', c.Codes)} {c.Workers.Count}").Order(StringComparer.Ordinal)];
}
