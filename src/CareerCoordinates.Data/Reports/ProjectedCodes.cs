using System.Collections.Concurrent;

namespace CareerCoordinates.Data.Reports;

/// <summary>Texts that come again and again, as small numbers. A number once given stays. Safe for several threads.</summary>
internal sealed class CodeList
{
    private readonly ConcurrentDictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Lock adding = new();
    private volatile string[] codes = new string[16];
    private int count;

    public int Count => Volatile.Read(ref count);

    public string this[int number] => codes[number];

    public int Of(ReadOnlySpan<char> code) =>
        numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(code, out var number) ? number : Add(code.ToString());

    /// <summary>-1 where nothing has the code.</summary>
    public int Find(string code) => numbers.GetValueOrDefault(code, -1);

    private int Add(string code)
    {
        lock (adding)
        {
            if (numbers.TryGetValue(code, out var known))
            {
                return known;
            }
            if (count == codes.Length)
            {
                var more = new string[2 * count];
                codes.CopyTo(more, 0);
                codes = more;
            }
            codes[count] = code;
            // Who has the number finds the code.
            Volatile.Write(ref count, count + 1);
            return numbers[code] = count - 1;
        }
    }
}

/// <summary>A rung as a standing names it.</summary>
internal readonly record struct ProjectedRung(string Channel, string Rung);

/// <summary>What the columns name by numbers.</summary>
internal sealed class ProjectedCodes
{
    /// <summary>A standing keeps the code of its rung in 8 bits.</summary>
    private const int MostRungs = 256;

    /// <summary>An affiliation keeps the code of its form in 8 bits.</summary>
    private const int MostForms = 256;

    private readonly ConcurrentDictionary<int, int> rungNumbers = new();
    private readonly CodeList channels = new();
    private readonly CodeList rungCodes = new();
    private readonly CodeList forms = new();
    private readonly CodeList occupations = new();
    private readonly Lock adding = new();
    private volatile ProjectedRung[] rungs = [];

    public ProjectedCodes()
    {
        // Number 0 is "not recorded" in both.
        _ = forms.Of("");
        _ = occupations.Of("");
    }

    public IReadOnlyList<ProjectedRung> Rungs => rungs;

    public CodeList Channels => channels;

    public CodeList RungCodes => rungCodes;

    public CodeList Occupations => occupations;

    public CodeList Forms => forms;

    public static int FormOf(int number) =>
        number < MostForms ? number : throw new InvalidOperationException($"More than {MostForms} forms of employment.");

    /// <param name="channel">Its number in <see cref="Channels"/>.</param>
    /// <param name="rung">Its number in <see cref="RungCodes"/>.</param>
    public int RungOf(int channel, int rung)
    {
        var key = (channel << 16) | rung;
        return rungNumbers.TryGetValue(key, out var number) ? number : AddRung(key, channel, rung);
    }

    private int AddRung(int key, int channel, int rung)
    {
        lock (adding)
        {
            if (rungNumbers.TryGetValue(key, out var known))
            {
                return known;
            }
            if (rungs.Length == MostRungs)
            {
                throw new InvalidOperationException($"More than {MostRungs} rungs over all versions of the framework.");
            }
            rungs = [.. rungs, new(channels[channel], rungCodes[rung])];
            return rungNumbers[key] = rungs.Length - 1;
        }
    }
}
