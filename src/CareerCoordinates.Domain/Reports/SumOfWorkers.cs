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
    private Cell last;
    private Int128 ofLast;
    private Int128 largest;
    private Int128 sum;

    public Cell Workers { get; private set; }

    public decimal Sum => (decimal)sum / Amount.Parts;

    /// <summary>The most that one worker gives, all that is his added up, its sign left out.</summary>
    public decimal Largest => (decimal)LargestInParts / Amount.Parts;

    private Int128 LargestInParts => Int128.Max(largest, Int128.Abs(ofLast));

    /// <summary>Adds something of a worker, whose record key tells him from others; all that is one worker's comes together.</summary>
    /// <param name="workers">He, or several who each give the same.</param>
    public void Add(Cell workers, Amount amount)
    {
        if (workers != last)
        {
            if (ofLast > largest || ofLast < 0)
            {
                largest = LargestInParts;
            }
            (last, ofLast) = (workers, 0);
            Workers += workers;
        }
        ofLast += amount.InParts;
        sum += Math.BigMul(amount.InParts, (long)workers.Count);
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
        (last, ofLast) = (default, 0);
        Workers += others.Workers;
        sum += others.sum;
    }
}

/// <summary>
/// Something that several workers may have a part in, told from others by values under keys. The same values are the same thing, in whatever order
/// they are added; a value that is not recorded is told from all that are. Of a million things two are taken for one with a chance of
/// one in ten million.
/// </summary>
public readonly record struct Thing(ulong Number)
{
    /// <param name="key">The place of the key among those that tell things apart.</param>
    /// <param name="value">The value, or a hash of it.</param>
    public Thing With(int key, ulong value) => new(unchecked(Number + Scattered(Scattered(value) + (ulong)key + 1)));

    /// <summary>A number whose bits all depend on all bits of another (the finalizer of SplitMix64).</summary>
    private static ulong Scattered(ulong number)
    {
        unchecked
        {
            number += 0x9E3779B97F4A7C15;
            number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
            number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
            return number ^ (number >> 31);
        }
    }
}

/// <summary>
/// How many different things several workers have a part in: of one competition each competitor has a milestone. What one worker
/// gives is what would not be there without him.
/// </summary>
public sealed class ThingsOfWorkers
{
    /// <summary>The record key of the only worker who has a part in a thing; null where several have.</summary>
    private readonly Dictionary<Thing, ulong?> owners = [];

    public int Count => owners.Count;

    /// <summary>The most things that only one worker has a part in.</summary>
    public int Largest => owners.Values.OfType<ulong>().GroupBy(key => key).Select(g => g.Count()).DefaultIfEmpty().Max();

    /// <param name="worker">His record key.</param>
    public void Add(ulong worker, Thing thing) => Add(thing, worker);

    /// <summary>Adds what other workers have a part in; some of it may be the same.</summary>
    public void Add(ThingsOfWorkers others)
    {
        foreach (var (thing, owner) in others.owners)
        {
            Add(thing, owner);
        }
    }

    /// <param name="by">Null: several have a part in it.</param>
    private void Add(Thing thing, ulong? by)
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
