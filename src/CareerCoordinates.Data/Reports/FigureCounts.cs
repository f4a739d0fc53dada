using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>What one thread counts.</summary>
internal sealed class FigureCounts(PeriodCounts[] periods)
{
    public PeriodCounts[] Periods => periods;

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
/// <param name="onDay">The worker on the day of a milestone.</param>
/// <param name="onLast">The worker on the last day of the period, where he counts on it.</param>
internal sealed class PeriodCounts(List<FigureCount> ofMilestones, KnownMember onDay, KnownMember onLast)
{
    private Cell[] alike = [];

    public List<FigureCount> OfMilestones => ofMilestones;

    public KnownMember OnDay => onDay;

    public KnownMember OnLast => onLast;

    /// <summary>Null: not asked yet.</summary>
    public bool? IsOnLast { get; set; }

    /// <summary>Where he counts: the number of those who are as he is in what was looked at.</summary>
    public int AlikeNow { get; set; }

    /// <summary>The workers of the last day by their <see cref="AlikeWorkers"/>.</summary>
    public IEnumerable<(int Number, Cell Workers)> Alike() =>
        alike.Select((workers, number) => (number, workers)).Where(a => a.workers.Count > 0);

    public void AddAlike(ulong recordKey)
    {
        ref var workers = ref At(AlikeNow);
        workers = workers.With(recordKey);
    }

    public void AddAlike(PeriodCounts others)
    {
        foreach (var (number, workers) in others.Alike())
        {
            At(number) += workers;
        }
    }

    private ref Cell At(int number)
    {
        if (number >= alike.Length)
        {
            Array.Resize(ref alike, 2 * (number + 1));
        }
        return ref alike[number];
    }
}
