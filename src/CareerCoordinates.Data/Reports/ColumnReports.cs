using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Reports;

/// <summary>The reports that scan the columns: exact, all workers once, several threads. Any of them can be cancelled.</summary>
/// <param name="newest">When the newest thing in the columns was recorded, or later.</param>
internal sealed class ColumnReports(ProjectionState state, ProjectedCodes codes, Instant newest, CancellationToken cancellation)
    : IReportReading
{
    /// <summary>Workers that a thread takes at a time.</summary>
    private const int WorkersOfTurn = 16_384;

    public IReadOnlyList<CountedCell> Count(CountQuestion question)
    {
        var population = Read(question.Population);
        var day = population.On(question.AsOf);
        var dimensions = question.GroupBy.Select(g => DimensionReading.Of(g, population, codes, question.AsOf)).ToArray();
        var (first, second) = (dimensions.ElementAtOrDefault(0), dimensions.ElementAtOrDefault(1));
        var width = second?.Size ?? 1;
        var counts = Scan(
            () => new CellCounts((long)(first?.Size ?? 1) * width),
            (segment, worker, scratch, cells) =>
            {
                var member = new Member { Rungs = stackalloc byte[population.Channels] };
                if (!day.TryRead(segment, worker, scratch, ref member))
                {
                    return;
                }
                var key = segment.RecordKeys[worker];
                for (var i = 0; i < (first?.ValuesOfMember ?? 1); i++)
                {
                    var row = (first?.Of(member, i) ?? 0) * (long)width;
                    for (var j = 0; j < (second?.ValuesOfMember ?? 1); j++)
                    {
                        cells.Add(row + (second?.Of(member, j) ?? 0), key);
                    }
                }
            },
            (all, part) => all.Add(part)
        );
        return
        [
            .. counts.NotEmpty().Select(c => new CountedCell(
                [.. dimensions.Select((d, i) => d.CodeOf((int)(i == 0 ? c.Number / width : c.Number % width)))],
                c.Cell
            )),
        ];
    }

    public IReadOnlyList<CountedCell> Transitions(TransitionQuestion question)
    {
        var population = Read(question.Population);
        var (from, to) = (population.On(question.From), population.On(question.To));
        var channel = question.Channel.Index;
        // A rung, none, or absent on either day.
        var width = question.Channel.Rungs.Count + 2;
        var absent = width - 1;
        var counts = Scan(
            () => new CellCounts(width * width),
            (segment, worker, scratch, cells) =>
            {
                var member = new Member { Rungs = stackalloc byte[population.Channels] };
                var before = from.TryRead(segment, worker, scratch, ref member) ? member.Rungs[channel] : absent;
                var after = to.TryRead(segment, worker, scratch, ref member) ? member.Rungs[channel] : absent;
                if (before != absent || after != absent)
                {
                    cells.Add(before * width + after, segment.RecordKeys[worker]);
                }
            },
            (all, part) => all.Add(part)
        );
        string Code(long value) =>
            value == absent ? ReportCodes.Absent
            : value == 0 ? ReportCodes.None
            : question.Channel.Rungs[(int)value - 1].Code;
        return [.. counts.NotEmpty().Select(c => new CountedCell([Code(c.Number / width), Code(c.Number % width)], c.Cell))];
    }

    private PopulationReading Read(Population population) =>
        new(population, state.Organizations.TreeAt(population.KnownAt), codes, newest);

    /// <summary>Every worker once, on all processors; each thread counts for itself, and in the end it is added up.</summary>
    private T Scan<T>(Func<T> make, Action<Segment, int, Scratch, T> visit, Action<T, T> add)
        where T : class
    {
        var turns = state
            .Layers.SelectMany(layer =>
                Enumerable
                    .Range(0, (layer.Segment.Count + WorkersOfTurn - 1) / WorkersOfTurn)
                    .Select(turn => (Layer: layer, First: turn * WorkersOfTurn))
            )
            .ToArray();
        var total = make();
        Parallel.ForEach(
            System.Collections.Concurrent.Partitioner.Create(turns, loadBalance: true),
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (Scratch: new Scratch(), Part: make()),
            (turn, _, local) =>
            {
                var (layer, first) = turn;
                var end = Math.Min(first + WorkersOfTurn, layer.Segment.Count);
                for (var worker = first; worker < end; worker++)
                {
                    if (!layer.IsGone(worker))
                    {
                        visit(layer.Segment, worker, local.Scratch, local.Part);
                    }
                }
                return local;
            },
            local =>
            {
                lock (total)
                {
                    add(total, local.Part);
                }
            }
        );
        return total;
    }
}
