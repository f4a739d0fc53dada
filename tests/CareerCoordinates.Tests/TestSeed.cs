using System.Globalization;

namespace CareerCoordinates.Tests;

/// <summary>Chance that can be repeated: CAREER_TEST_SEED=n, as the test's output names it.</summary>
internal static class TestSeed
{
    /// <summary>The seed that is given, or a new one; says which.</summary>
    public static int Take()
    {
        var seed = Environment.GetEnvironmentVariable("CAREER_TEST_SEED") is { } given
            ? (int)(ulong.Parse(given, CultureInfo.InvariantCulture) % int.MaxValue)
            : Random.Shared.Next();
        TestContext.Out.WriteLine($"CAREER_TEST_SEED={seed}");
        return seed;
    }
}
