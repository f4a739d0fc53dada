using System.Globalization;
using CareerCoordinates.Domain.Reports;
using FsCheck;

namespace CareerCoordinates.Tests.Domain.Reports;

/// <summary>Chance that can be repeated: CAREER_TEST_SEED=n, as the test's output names it.</summary>
internal static class Seeded
{
    public static int Seed()
    {
        var seed = Environment.GetEnvironmentVariable("CAREER_TEST_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : System.Random.Shared.Next();
        TestContext.Out.WriteLine($"CAREER_TEST_SEED={seed}");
        return seed;
    }

    public static Random Random() => new(Seed());

    public static Config Config(int number) =>
        FsCheck.Config.QuickThrowOnFailure.WithMaxTest(number).WithReplay((ulong)Seed(), 1UL);

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
