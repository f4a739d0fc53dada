namespace CareerCoordinates.Domain.Reports;

/// <summary>
/// What is added to a protected count: a whole number z from -<see cref="Bound"/> to <see cref="Bound"/> with probability
/// proportional to exp(-b z²): of all distributions of this variance and bound the one that tells least. Mean 0.
/// </summary>
public static class Noise
{
    public const int Bound = 5;
    public const double Variance = 4;

    /// <summary>The one b that gives the variance: it falls from 10, for b = 0, towards 0.</summary>
    public static double Decay { get; } = SolveDecay();

    /// <summary>For z = -<see cref="Bound"/>, …, <see cref="Bound"/>.</summary>
    public static IReadOnlyList<double> Probabilities { get; } = Of(Decay);

    /// <summary>The z at a point <paramref name="u"/> of [0,1): the least one whose cumulated probability exceeds it.</summary>
    public static int At(double u)
    {
        var (z, cumulated) = (-Bound, Probabilities[0]);
        while (z < Bound && u >= cumulated)
        {
            z++;
            cumulated += Probabilities[z + Bound];
        }
        return z;
    }

    private static double SolveDecay()
    {
        var (low, high) = (0.0, 1.0);
        for (var middle = 0.5; low < middle && middle < high; middle = (low + high) / 2)
        {
            (low, high) = VarianceOf(middle) > Variance ? (middle, high) : (low, middle);
        }
        return low;
    }

    private static double VarianceOf(double decay) => Of(decay).Select((p, i) => p * (i - Bound) * (i - Bound)).Sum();

    private static double[] Of(double decay)
    {
        var weights = Enumerable.Range(-Bound, 2 * Bound + 1).Select(z => Math.Exp(-decay * z * z)).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
