using System.Numerics;

namespace CareerCoordinates.Api.Demo.Population;

/// <summary>
/// xoshiro256** seeded by SplitMix64 (public-domain algorithms of Blackman, Vigna and Steele). Its own, because a
/// seed must give the same people under every version of .NET. A mutable value: pass it by reference.
/// </summary>
public struct Prng
{
    private ulong a;
    private ulong b;
    private ulong c;
    private ulong d;

    /// <summary>The stream of one index under one seed: nearby seeds and indices give unrelated streams.</summary>
    public Prng(ulong seed, ulong index)
    {
        var state = seed;
        state = Mix(ref state) ^ index * 0xD1B54A32D192ED03;
        a = Mix(ref state);
        b = Mix(ref state);
        c = Mix(ref state);
        d = Mix(ref state);
    }

    public ulong Next()
    {
        var result = BitOperations.RotateLeft(b * 5, 7) * 9;
        var t = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= t;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>0 inclusive to 1 exclusive, 53 bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Unit() < probability;

    /// <summary>0 inclusive to <paramref name="end"/> exclusive. The bias of at most end / 2^64 does not matter here.</summary>
    public int Below(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

    public double Between(double from, double to) => from + (to - from) * Unit();

    /// <summary>One of <paramref name="items"/>, the heavier the likelier.</summary>
    public T Weighted<T>(IReadOnlyList<T> items, Func<T, double> weight)
    {
        var total = 0.0;
        for (var i = 0; i < items.Count; i++)
        {
            total += weight(items[i]);
        }
        var left = Unit() * total;
        for (var i = 0; i < items.Count - 1; i++)
        {
            left -= weight(items[i]);
            if (left < 0)
            {
                return items[i];
            }
        }
        return items[^1];
    }

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    private static ulong Mix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
