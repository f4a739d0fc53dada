namespace CareerCoordinates.Domain.Reports;

/// <summary>
/// What several workers give together: numbers of milestones, hours, yuan. Beside the sum it keeps who gives and the most that
/// one gives, which a protected sum needs (<see cref="ProtectedCounts.Sum"/>).
/// </summary>
public sealed class SumOfWorkers
{
    private Guid last;
    private decimal ofLast;
    private decimal largest;

    public Cell Workers { get; private set; }

    public decimal Sum { get; private set; }

    /// <summary>The most that one worker gives, all that is his added up, its sign left out.</summary>
    public decimal Largest => Math.Max(largest, Math.Abs(ofLast));

    /// <summary>Adds something of a worker; all that is one worker's comes together.</summary>
    public void Add(Guid worker, ulong recordKey, decimal amount)
    {
        if (Workers.Count == 0 || worker != last)
        {
            (largest, last, ofLast) = (Largest, worker, 0);
            Workers = Workers.With(recordKey);
        }
        ofLast += amount;
        Sum += amount;
    }

    /// <summary>Adds what other workers give.</summary>
    public void Add(SumOfWorkers others)
    {
        largest = Math.Max(Largest, others.Largest);
        (last, ofLast) = (others.last, 0);
        Workers += others.Workers;
        Sum += others.Sum;
    }
}

/// <summary>
/// How many different things several workers have a part in: of one competition each competitor has a milestone. What one worker
/// gives is what would not be there without him.
/// </summary>
public sealed class ThingsOfWorkers
{
    private readonly Dictionary<string, Guid?> owners = new(StringComparer.Ordinal);

    public int Count => owners.Count;

    /// <summary>The most things that only one worker has a part in.</summary>
    public int Largest => owners.Values.OfType<Guid>().GroupBy(id => id).Select(g => g.Count()).DefaultIfEmpty().Max();

    public void Add(Guid worker, string thing) => Add(thing, worker);

    /// <summary>Adds what other workers have a part in; some of it may be the same.</summary>
    public void Add(ThingsOfWorkers others)
    {
        foreach (var (thing, owner) in others.owners)
        {
            Add(thing, owner);
        }
    }

    /// <param name="by">Null: several have a part in it.</param>
    private void Add(string thing, Guid? by)
    {
        if (!owners.TryGetValue(thing, out var owner))
        {
            owners[thing] = by;
        }
        else if (owner != by)
        {
            owners[thing] = null;
        }
    }
}
