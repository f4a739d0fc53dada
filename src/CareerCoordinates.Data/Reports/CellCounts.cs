using System.Runtime.InteropServices;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Data.Reports;

/// <summary>Cells by number: an array where all cells fit one, a dictionary where most are empty. One thread.</summary>
internal sealed class CellCounts(long size)
{
    private const long LargestArray = 1 << 20;

    private readonly Cell[] all = size <= LargestArray ? new Cell[size] : [];
    private readonly Dictionary<long, Cell> some = [];

    public void Add(long cell, ulong recordKey)
    {
        if (all.Length > 0)
        {
            ref var found = ref all[cell];
            found = found.With(recordKey);
        }
        else
        {
            ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(some, cell, out _);
            found = found.With(recordKey);
        }
    }

    public void Add(CellCounts other)
    {
        for (var i = 0; i < all.Length; i++)
        {
            all[i] += other.all[i];
        }
        foreach (var (cell, workers) in other.some)
        {
            some[cell] = some.GetValueOrDefault(cell) + workers;
        }
    }

    /// <summary>Those that are not empty, in order.</summary>
    public IEnumerable<(long Number, Cell Cell)> NotEmpty() =>
        all.Length > 0
            ? all.Select((cell, number) => ((long)number, cell)).Where(c => c.cell.Count > 0)
            : some.OrderBy(c => c.Key).Select(c => (c.Key, c.Value));
}
