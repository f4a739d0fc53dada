namespace CareerCoordinates.Domain.Reports;

/// <summary>The upper tail of the chi-square distribution.</summary>
public static class ChiSquareTail
{
    private const double Precision = 1e-15;

    /// <summary>
    /// The probability that a chi-square variable exceeds a value: the regularised upper incomplete gamma function
    /// Q(degrees / 2, value / 2). Its series (NIST DLMF 8.7.1, for P = 1 - Q) serves below a + 1, its continued fraction
    /// (8.9.2, even part, by the modified Lentz method: Press et al., Numerical Recipes, §6.2) above.
    /// </summary>
    public static double Above(double value, int degreesOfFreedom)
    {
        var (a, x) = (degreesOfFreedom / 2.0, value / 2);
        if (x <= 0)
        {
            return 1;
        }
        var scale = Math.Exp(a * Math.Log(x) - x - LogGamma(degreesOfFreedom));
        return x < a + 1 ? 1 - scale * Series(a, x) : scale * Fraction(a, x);
    }

    /// <summary>Σ xⁿ / (a (a+1) … (a+n)), whose terms shrink since x is below a + 1.</summary>
    private static double Series(double a, double x)
    {
        var (sum, term) = (1 / a, 1 / a);
        for (var n = 1; term > sum * Precision / 100; n++)
        {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /// <summary>1 / (x+1-a - 1(1-a) / (x+3-a - 2(2-a) / (x+5-a - …))); x is at least a + 1, so no denominator comes near 0.</summary>
    private static double Fraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = double.PositiveInfinity;
        var d = 1 / b;
        var value = d;
        for (var n = 1; ; n++)
        {
            var numerator = n * (a - n);
            b += 2;
            d = 1 / (b + numerator * d);
            c = b + numerator / c;
            var step = c * d;
            value *= step;
            if (Math.Abs(step - 1) <= Precision)
            {
                return value;
            }
        }
    }

    /// <summary>log Γ(degrees / 2), by Γ(1) = 1, Γ(1/2) = √π and Γ(x + 1) = x Γ(x).</summary>
    private static double LogGamma(int degrees)
    {
        var sum = degrees % 2 == 0 ? 0 : Math.Log(Math.PI) / 2;
        for (var below = degrees - 2; below > 0; below -= 2)
        {
            sum += Math.Log(below / 2.0);
        }
        return sum;
    }
}
