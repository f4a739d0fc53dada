using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Reports;

/// <summary>The reports that scan the columns: exact, all workers once, several threads. Any of them can be cancelled.</summary>
public sealed class ColumnReports
{
    private readonly ProjectionState state;
    private readonly ProjectedCodes codes;
    private readonly CancellationToken cancellation;
    private readonly int workersOfBlock;

    /// <param name="workersOfBlock">At most <see cref="Block.MostWorkers"/>; what is found does not depend on it.</param>
    internal ColumnReports(
        ProjectionState state,
        ProjectedCodes codes,
        CancellationToken cancellation,
        int workersOfBlock = Block.MostWorkers
    )
    {
        this.workersOfBlock = workersOfBlock;
        this.state = state;
        this.codes = codes;
        this.cancellation = cancellation;
        newest = new(state.Layers.Select(l => l.Segment.Newest).DefaultIfEmpty().Max());
    }

    /// <summary>The commit through which all is counted.</summary>
    public long Version => state.Version;

    /// <summary>From then on nothing is hidden of what the columns hold.</summary>
    private readonly Instant newest;

    private PopulationReading? read;

    /// <summary>Workers that a thread takes at a time.</summary>
    private const int WorkersOfTurn = 16_384;

    public IReadOnlyList<CountedCell> Count(CountQuestion question)
    {
        var population = Read(question.Population);
        var day = population.On(question.AsOf);
        var on = ReportDay.Of(question.AsOf);
        var dimensions = question.GroupBy.Select(g => DimensionReading.Of(g, population, codes, question.AsOf)).ToArray();
        var (first, second) = (dimensions.ElementAtOrDefault(0), dimensions.ElementAtOrDefault(1));
        var width = second?.Size ?? 1;
        var (inFirst, inSecond) = (first?.ValuesOfMember ?? 1, second?.ValuesOfMember ?? 1);
        var counts = Scan(
            () => new CellCounts((long)(first?.Size ?? 1) * width),
            (block, scratch, cells) =>
            {
                // Without a dimension there is one cell, which is number 0.
                var values = scratch.Values(inFirst + inSecond);
                var known = population.Known(block, scratch);
                var members = day.Read(known, scratch);
                for (var worker = 0; worker < members.Length; worker++)
                {
                    ref readonly var member = ref members[worker];
                    if (!member.IsPresent)
                    {
                        continue;
                    }
                    first?.Fill(member, on, values[..inFirst]);
                    second?.Fill(member, on, values[inFirst..]);
                    var key = known.RecordKeys[worker];
                    for (var i = 0; i < inFirst; i++)
                    {
                        for (var j = inFirst; j < values.Length; j++)
                        {
                            cells.Add((values[i] * (long)width) + values[j], key);
                        }
                    }
                }
            },
            (all, part) => all.Add(part)
        );
        return
        [
            .. counts
                .NotEmpty()
                .OrderBy(c => (int)(c.Number / width), first)
                .ThenBy(c => (int)(c.Number % width), second)
                .Select(c => new CountedCell(
                    [.. dimensions.Select((d, i) => d.CodeOf((int)(i == 0 ? c.Number / width : c.Number % width)))],
                    c.Cell
                )),
        ];
    }

    /// <summary>Whether an organisation stands in a scope on a day, as known at an instant.</summary>
    public bool Knows(Scope scope, Guid organization, DateOnly day, Instant knownAt)
    {
        var tree = state.Organizations.TreeAt(knownAt);
        return tree.PlaceOf(organization) is >= 0 and var place && tree.Inside(scope, null)[place].On(ReportDay.Of(day));
    }

    /// <summary>The organisations at which an affiliation counts on a day.</summary>
    internal IReadOnlyList<Guid> Organizations(Population population, DateOnly day)
    {
        var read = Read(population);
        return [.. Enumerable.Range(0, read.Tree.Count).Where(i => read.IsInside(i, ReportDay.Of(day))).Select(read.Tree.IdOf)];
    }

    /// <summary>Those of the workers who are in a scope today (as <see cref="WorkerPlaces"/> says), in the same order.</summary>
    public IReadOnlyList<Guid> InScope(IReadOnlyList<Guid> workers, Scope scope, DateOnly today)
    {
        if (scope.Everything)
        {
            return workers;
        }
        var on = ReportDay.Of(today);
        var inside = state.Organizations.TreeAt(Instant.Never).Inside(scope, null);
        return [.. workers.Where(id => Places(id, on).Any(place => inside[place].On(on)))];
    }

    /// <summary>The organisations at which a worker is today; else was last; else will be first.</summary>
    private List<int> Places(Guid id, int today)
    {
        return TryFind(id, out var segment, out var worker) ? Places(segment.Affiliations.Of(worker), today) : [];
    }

    /// <summary>Where a worker stands in the columns; false where he is not in them.</summary>
    internal bool TryFind(Guid id, [NotNullWhen(true)] out Segment? segment, out int worker)
    {
        for (var i = state.Layers.Count - 1; i >= 0; i--)
        {
            var layer = state.Layers[i];
            worker = layer.Segment.Find(id);
            if (worker >= 0 && !layer.IsGone(worker))
            {
                segment = layer.Segment;
                return true;
            }
        }
        (segment, worker) = (null, -1);
        return false;
    }

    /// <summary>The kind of an organisation as known at an instant; null where it is not known or voided.</summary>
    public OrganizationKind? KindOf(Guid organization, Instant knownAt)
    {
        var tree = state.Organizations.TreeAt(knownAt);
        return tree.PlaceOf(organization) is >= 0 and var place && tree.Exists(place) ? tree.KindOf(place) : null;
    }

    internal ProjectedCodes Codes => codes;

    internal MilestoneFacts Facts => state.Facts;

    private static List<int> Places(ReadOnlySpan<ProjectedAffiliation> affiliations, int today)
    {
        var (rank, day) = (0, 0);
        var places = new List<int>();
        foreach (ref readonly var affiliation in affiliations)
        {
            var (itsRank, itsDay) =
                affiliation.Covers(today) ? (3, 0)
                : affiliation.End <= today ? (2, affiliation.End)
                : (1, -affiliation.From);
            if (itsRank > rank || (itsRank == rank && itsDay > day))
            {
                (rank, day) = (itsRank, itsDay);
                places.Clear();
            }
            if (itsRank == rank && itsDay == day)
            {
                places.Add(affiliation.Organization);
            }
        }
        return places;
    }

    /// <summary>The workers behind one cell of <see cref="Count"/>, in order of their ids.</summary>
    /// <param name="codesOfCell">As the cell has them.</param>
    public IReadOnlyList<Guid> People(CountQuestion question, IReadOnlyList<string> codesOfCell)
    {
        var population = Read(question.Population);
        var day = population.On(question.AsOf);
        var on = ReportDay.Of(question.AsOf);
        var dimensions = question.GroupBy.Select(g => DimensionReading.Of(g, population, codes, question.AsOf)).ToArray();
        var wanted = dimensions.Select((d, i) => d.Find(codesOfCell[i])).ToArray();
        bool IsInCell(in Member member)
        {
            for (var i = 0; i < dimensions.Length; i++)
            {
                if (!dimensions[i].Has(member, on, wanted[i]))
                {
                    return false;
                }
            }
            return true;
        }
        return Listed(
            (block, scratch, found) =>
            {
                var known = population.Known(block, scratch);
                var members = day.Read(known, scratch);
                for (var worker = 0; worker < members.Length; worker++)
                {
                    if (members[worker].IsPresent && IsInCell(members[worker]))
                    {
                        found.Add(known.Ids[worker]);
                    }
                }
            }
        );
    }

    /// <summary>The workers behind one cell of <see cref="Transitions"/>, in order of their ids.</summary>
    public IReadOnlyList<Guid> People(TransitionQuestion question, string fromRung, string toRung)
    {
        var population = Read(question.Population);
        var (from, to) = (population.On(question.From), population.On(question.To));
        var channel = question.Channel;
        return Listed(
            (block, scratch, found) =>
            {
                var known = population.Known(block, scratch);
                var membersBefore = from.Read(known, scratch);
                var membersAfter = to.Read(known, scratch);
                for (var worker = 0; worker < known.Count; worker++)
                {
                    var before = RungIn(channel.Index, membersBefore[worker]);
                    var after = RungIn(channel.Index, membersAfter[worker]);
                    if ((before >= 0 || after >= 0) && Code(channel, before) == fromRung && Code(channel, after) == toRung)
                    {
                        found.Add(known.Ids[worker]);
                    }
                }
            }
        );
    }

    internal List<Guid> Listed(Action<Block, Scratch, List<Guid>> visit)
    {
        var found = Scan(() => new List<Guid>(), visit, (all, part) => all.AddRange(part));
        found.Sort(NetworkOrder.Instance);
        return found;
    }

    /// <summary>The order of the rung held in a channel; 0 for none, -1 for who is absent.</summary>
    private static int RungIn(int channel, in Member member) => member.IsPresent ? member.Rungs[channel] : -1;

    /// <param name="order">-1: absent; 0: none.</param>
    private static string Code(Channel channel, int order) =>
        order < 0 ? ReportCodes.Absent
        : order == 0 ? ReportCodes.None
        : channel.Rungs[order - 1].Code;

    public IReadOnlyList<CountedCell> Transitions(TransitionQuestion question)
    {
        var population = Read(question.Population);
        var (from, to) = (population.On(question.From), population.On(question.To));
        var channel = question.Channel.Index;
        // None, a rung, or absent on either day.
        var width = question.Channel.Rungs.Count + 2;
        var absent = width - 1;
        var counts = Scan(
            () => new CellCounts(width * width),
            (block, scratch, cells) =>
            {
                var known = population.Known(block, scratch);
                var membersBefore = from.Read(known, scratch);
                var membersAfter = to.Read(known, scratch);
                for (var worker = 0; worker < known.Count; worker++)
                {
                    var before = RungIn(channel, membersBefore[worker]);
                    var after = RungIn(channel, membersAfter[worker]);
                    if (before >= 0 || after >= 0)
                    {
                        cells.Add(Number(before) * width + Number(after), known.RecordKeys[worker]);
                    }
                }
            },
            (all, part) => all.Add(part)
        );
        int Number(int order) => order < 0 ? absent : order;
        string CodeOf(long value) => Code(question.Channel, value == absent ? -1 : (int)value);
        return [.. counts.NotEmpty().Select(c => new CountedCell([CodeOf(c.Number / width), CodeOf(c.Number % width)], c.Cell))];
    }

    public IReadOnlyList<GroupTimes> Times(TimeQuestion question)
    {
        var population = Read(question.Population);
        var times = new TimeReading(question, population, codes);
        var found = Scan(() => new GroupCells?[times.Groups], times.Visit, GroupCells.Add);
        return
        [
            .. found
                .Select((cells, number) => (Cells: cells!, Number: number))
                .Where(g => g.Cells is not null)
                .OrderBy(g => g.Number, times.Order)
                .Select(g => new GroupTimes(
                    times.CodeOf(g.Number),
                    [.. g.Cells.Times.OrderBy(t => t.Key).Select(t => new TimeCell(t.Key, t.Value.Events, t.Value.Censored))],
                    g.Cells.Excluded
                )),
        ];
    }

    /// <summary>What one question asks of a population several times is read once.</summary>
    internal PopulationReading Read(Population population)
    {
        if (read?.Population != population)
        {
            read = new(population, state.Organizations.TreeAt(population.KnownAt), codes, newest);
        }
        return read;
    }

    /// <summary>Every worker once, on all processors; each thread counts for itself, and in the end it is added up.</summary>
    internal T Scan<T>(Func<T> make, Action<Block, Scratch, T> visit, Action<T, T> add)
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
            Partitioner.Create(turns, loadBalance: true),
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => (Scratch: new Scratch(), Part: make()),
            (turn, _, local) =>
            {
                var (layer, first) = turn;
                var end = Math.Min(first + WorkersOfTurn, layer.Segment.Count);
                for (var next = first; next < end; next += workersOfBlock)
                {
                    visit(new(layer, next, Math.Min(next + workersOfBlock, end)), local.Scratch, local.Part);
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
