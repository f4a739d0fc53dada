namespace CareerCoordinates.Domain.Reports;

/// <summary>A number that is added up: an attribute's, kept as a whole number of its smallest parts, which millions are added of in no time.</summary>
public readonly record struct Amount
{
    /// <summary>Parts of one.</summary>
    public static readonly decimal Parts = (decimal)Math.Pow(10, Limits.AttributeDecimalPlaces);

    public static readonly Amount One = 1m;

    private Amount(long inParts) => InParts = inParts;

    public long InParts { get; }

    /// <param name="number">Within <see cref="Limits.AttributeDecimal"/>, with no more places than an attribute has.</param>
    public static implicit operator Amount(decimal number) => new(decimal.ToInt64(number * Parts));
}

/// <summary>
/// What several workers give together: numbers of milestones, hours, yuan. Beside the sum it keeps who gives and the most that
/// one gives, which a protected sum needs (<see cref="ProtectedCounts.Sum"/>).
/// </summary>
public sealed class SumOfWorkers
{
    private Guid last;
    private Int128 ofLast;
    private Int128 largest;
    private Int128 sum;

    public Cell Workers { get; private set; }

    public decimal Sum => (decimal)sum / Amount.Parts;

    /// <summary>The most that one worker gives, all that is his added up, its sign left out.</summary>
    public decimal Largest => (decimal)LargestInParts / Amount.Parts;

    private Int128 LargestInParts => Int128.Max(largest, Int128.Abs(ofLast));

    /// <summary>Adds something of a worker; all that is one worker's comes together.</summary>
    public void Add(Guid worker, ulong recordKey, Amount amount)
    {
        if (Workers.Count == 0 || worker != last)
        {
            (largest, last, ofLast) = (LargestInParts, worker, 0);
            Workers = Workers.With(recordKey);
        }
        ofLast += amount.InParts;
        sum += amount.InParts;
    }

    /// <summary>Adds workers who each give one, and of whom nothing was added before.</summary>
    public void Add(Cell workers)
    {
        if (workers.Count > 0)
        {
            largest = Int128.Max(largest, Amount.One.InParts);
        }
        Workers += workers;
        sum += (Int128)workers.Count * Amount.One.InParts;
    }

    /// <summary>Adds what other workers give.</summary>
    public void Add(SumOfWorkers others)
    {
        largest = Int128.Max(LargestInParts, others.LargestInParts);
        (last, ofLast) = (others.last, 0);
        Workers += others.Workers;
        sum += others.sum;
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
