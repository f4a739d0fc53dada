namespace CareerCoordinates.Domain.Imports;

/// <summary>
/// How many of a batch are looked at before the whole is accepted: the single sampling plan for normal inspection, general level II, of
/// GB/T 2828.1 (ISO 2859-1), with none allowed to be faulty.
/// </summary>
public static class AcceptanceSample
{
    /// <summary>The largest batch of each size of sample; GB/T 2828.1 tables 1 and 2-A.</summary>
    private static readonly (int Batch, int Sample)[] Plan =
    [
        (8, 2),
        (15, 3),
        (25, 5),
        (50, 8),
        (90, 13),
        (150, 20),
        (280, 32),
        (500, 50),
        (1_200, 80),
        (3_200, 125),
        (10_000, 200),
        (35_000, 315),
        (150_000, 500),
        (500_000, 800),
    ];

    private const int OfTheLargest = 1_000;

    /// <summary>The least sample of a batch of so many; a batch of one is looked at whole.</summary>
    public static int SizeOf(int batch) =>
        Math.Min(batch, Array.Find(Plan, step => batch <= step.Batch) is { Sample: > 0 and var sample } ? sample : OfTheLargest);
}
