using System.Runtime.CompilerServices;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>What one thread counts.</summary>
/// <param name="known">The worker of a milestone that is counted by itself.</param>
internal sealed class FigureCounts(PeriodCounts[] periods, KnownMember known)
{
    public PeriodCounts[] Periods => periods;

    public KnownMember Known => known;

    public void Add(FigureCounts others)
    {
        for (var i = 0; i < Periods.Length; i++)
        {
            Periods[i].AddAlike(others.Periods[i]);
            for (var j = 0; j < Periods[i].OfMilestones.Count; j++)
            {
                Periods[i].OfMilestones[j].Add(others.Periods[i].OfMilestones[j]);
            }
        }
    }
}

/// <summary>What one thread counts of one period.</summary>
internal sealed class PeriodCounts(List<FigureCount> ofMilestones)
{
    /// <summary>In place of a number: the worker does not count on the last day of the period.</summary>
    public const int Absent = -1;

    private readonly SumOfWorkers[] sums = [.. ofMilestones.Select(figure => figure.Sum)];
    private SumOfWorkers?[] sumsOfRows = [];
    private Cell[] all = [];

    public List<FigureCount> OfMilestones => ofMilestones;

    /// <summary>For each worker of a block the number of those who are as he is, in what was looked at so far.</summary>
    public int[] Alike { get; } = new int[Block.MostWorkers];

    /// <summary>For each worker of a block whether all that is asked of him is as on the last day of the period before in the list; of the first one false.</summary>
    public bool[] IsSame { get; } = new bool[Block.MostWorkers];

    /// <summary>Counts a milestone in figures that count it whoever has it.</summary>
    public void Add(ulong recordKey, TakingFigure[] figures)
    {
        var worker = default(Cell).With(recordKey);
        foreach (ref readonly var figure in figures.AsSpan())
        {
            sums[figure.Number].Add(worker, figure.Take.Amount);
            if (figure.Row != TakingFigure.NoRow)
            {
                SumOf(figure).Add(worker, figure.Take.Amount);
            }
        }
    }

    /// <summary>The workers of the last day by their <see cref="AlikeWorkers"/>.</summary>
    public IEnumerable<(int Number, Cell Workers)> AllAlike() =>
        all.Select((workers, number) => (number, workers)).Where(a => a.workers.Count > 0);

    /// <summary>Adds the workers of a block.</summary>
    // Apart, for the reason that DayReading gives.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AddAlike(ReadOnlySpan<ulong> recordKeys)
    {
        for (var worker = 0; worker < recordKeys.Length; worker++)
        {
            if (Alike[worker] != Absent)
            {
                ref var workers = ref At(Alike[worker]);
                workers = workers.With(recordKeys[worker]);
            }
        }
    }

    public void AddAlike(PeriodCounts others)
    {
        foreach (var (number, workers) in others.AllAlike())
        {
            At(number) += workers;
        }
    }

    private SumOfWorkers SumOf(in TakingFigure figure)
    {
        if (figure.Row >= sumsOfRows.Length)
        {
            Array.Resize(ref sumsOfRows, 2 * (figure.Row + 1));
        }
        return sumsOfRows[figure.Row] ??= ofMilestones[figure.Number].SumOf(figure.Take.Row!);
    }

    private ref Cell At(int number)
    {
        if (number >= all.Length)
        {
            Array.Resize(ref all, 2 * (number + 1));
        }
        return ref all[number];
    }
}
