using System.Numerics;

namespace CareerCoordinates.Data.Reports;

/// <summary>One value after others.</summary>
/// <param name="Before">The number of the link before it; negative where it is the first.</param>
/// <param name="Attribute">What it is a value of.</param>
internal readonly record struct Link(int Before, int Attribute, long Value);

/// <summary>
/// Chains of values as numbers: a chain is the number of its last link, chains that begin alike share links, and the same chain has
/// the same number. A number once given stays. Safe for several threads; who looks up what is there waits for nobody.
/// </summary>
internal sealed class Links
{
    private const int FirstSize = 1 << 10;

    /// <summary>2³² by the golden ratio: a product has something of every bit in its upper half.</summary>
    private const uint Spread = 2_654_435_769;
    private const int HalfOfBits = 16;

    private readonly Lock adding = new();
    private volatile Table table = new(FirstSize);
    private int count;

    public int Count => Volatile.Read(ref count);

    public long Bytes => table.Bytes;

    public Link this[int number] => table.Links[number];

    public int Of(Link link) => table.Find(link) is >= 0 and var number ? number : Add(link);

    private int Add(Link link)
    {
        lock (adding)
        {
            if (table.Find(link) is >= 0 and var known)
            {
                return known;
            }
            if (count == table.Links.Length)
            {
                var larger = new Table(2 * count);
                for (var i = 0; i < count; i++)
                {
                    larger.Put(i, table.Links[i]);
                }
                table = larger;
            }
            table.Put(count, link);
            return count++;
        }
    }

    private sealed class Table(int size)
    {
        /// <summary>By their hash one above their numbers; 0: nothing. At most half are taken.</summary>
        private readonly int[] places = new int[2 * size];

        public Link[] Links { get; } = new Link[size];

        public long Bytes =>
            Links.LongLength * System.Runtime.CompilerServices.Unsafe.SizeOf<Link>() + places.LongLength * sizeof(int);

        /// <summary>Where to look first: of a hash only the last bits say it, and values often differ in others.</summary>
        private static int PlaceOf(Link link) => (int)BitOperations.RotateLeft((uint)link.GetHashCode() * Spread, HalfOfBits);

        public int Find(Link link)
        {
            for (var place = PlaceOf(link); ; place++)
            {
                var number = Volatile.Read(ref places[place & (places.Length - 1)]) - 1;
                if (number < 0 || Links[number] == link)
                {
                    return number;
                }
            }
        }

        public void Put(int number, Link link)
        {
            Links[number] = link;
            var place = PlaceOf(link);
            while (places[place & (places.Length - 1)] != 0)
            {
                place++;
            }
            // Who finds the number finds the link, too.
            Volatile.Write(ref places[place & (places.Length - 1)], number + 1);
        }
    }
}
