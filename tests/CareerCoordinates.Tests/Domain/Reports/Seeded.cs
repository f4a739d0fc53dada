using CareerCoordinates.Domain.Reports;
using FsCheck;

namespace CareerCoordinates.Tests.Domain.Reports;

/// <summary>Invented cells and workers, by a seed that can be repeated (<see cref="TestSeed"/>).</summary>
internal static class Seeded
{
    public static Random Random() => new(TestSeed.Take());

    public static Config Config(int number) =>
        FsCheck.Config.QuickThrowOnFailure.WithMaxTest(number).WithReplay((ulong)TestSeed.Take(), 1UL);

    public static ProtectedCounts Counts(this Random random)
    {
        var key = new byte[ProtectedCounts.KeyBytes];
        random.NextBytes(key);
        return new ProtectedCounts(key);
    }

    public static Guid Worker(this Random random)
    {
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        return new Guid(id);
    }

    /// <summary>A cell of invented workers.</summary>
    public static Cell Cell(this Random random, ProtectedCounts counts, int workers)
    {
        var cell = default(Cell);
        for (var i = 0; i < workers; i++)
        {
            cell = cell.With(counts.RecordKey(random.Worker()));
        }
        return cell;
    }
}
