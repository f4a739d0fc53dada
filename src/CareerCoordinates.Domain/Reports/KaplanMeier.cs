namespace CareerCoordinates.Domain.Reports;

/// <summary>The curve at one time at which somebody had the event.</summary>
/// <param name="AtRisk">Those without the event and still seen just before this time.</param>
/// <param name="Survival">The estimated share that is still without the event after this time.</param>
/// <param name="Lower">
/// Lower bound of the 95% interval; null, like the upper one, where survival is 0, for which the interval is not defined.
/// (Survival is never 1 at an event.)
/// </param>
public sealed record CurvePoint(int Time, int AtRisk, int Events, double Survival, double? Lower, double? Upper);

/// <summary>
/// How long a group takes until an event, those still on their way counted for as long as they were seen (Kaplan–Meier).
/// The figures are those of R's <c>survival</c>: <c>survfit(…, conf.type = "log-log")</c> and its <c>quantile</c>.
/// </summary>
/// <param name="Workers">All of the group.</param>
/// <param name="Events">Those of them who had the event while they were seen.</param>
/// <param name="Curve">A point for each time with an event, in order.</param>
/// <param name="LowerQuartile">The time by which a quarter had the event; null where the curve does not get there.</param>
/// <param name="Median">The time by which half had the event.</param>
/// <param name="UpperQuartile">The time by which three quarters had the event.</param>
public sealed record KaplanMeier(
    int Workers,
    int Events,
    IReadOnlyList<CurvePoint> Curve,
    double? LowerQuartile,
    double? Median,
    double? UpperQuartile
)
{
    /// <summary>The 97.5% point of the standard normal distribution: two-sided 95%.</summary>
    private const double Normal975 = 1.959963984540054;

    /// <summary>Two shares of a group that are closer than this are one (R: the square root of the machine epsilon).</summary>
    private const double SameShare = 1.4901161193847656e-8;

    /// <param name="tallies">In any order; several for one time are added up.</param>
    public static KaplanMeier Of(IEnumerable<Tally> tallies)
    {
        var ordered = Tally.InOrder(tallies);
        var workers = ordered.Sum(tally => tally.Events + tally.Censored);
        var curve = new List<CurvePoint>();
        var (survival, greenwood, atRisk) = (1.0, 0.0, workers);
        foreach (var (time, events, censored) in ordered)
        {
            if (events > 0)
            {
                survival *= (double)(atRisk - events) / atRisk;
                greenwood += events / ((double)atRisk * (atRisk - events));
                var (lower, upper) = Interval(survival, greenwood);
                curve.Add(new CurvePoint(time, atRisk, events, survival, lower, upper));
            }
            atRisk -= events + censored;
        }
        var last = ordered.Count > 0 ? ordered[^1].Time : 0;
        return new KaplanMeier(
            workers,
            curve.Sum(point => point.Events),
            curve,
            Quantile(curve, 0.25, last),
            Quantile(curve, 0.5, last),
            Quantile(curve, 0.75, last)
        );
    }

    /// <summary>
    /// The interval is symmetric for log(-log(survival)), so that it stays between 0 and 1 (Kalbfleisch and Prentice, The
    /// Statistical Analysis of Failure Time Data, §1.4). Greenwood's sum is the variance of log(survival).
    /// </summary>
    private static (double? Lower, double? Upper) Interval(double survival, double greenwood)
    {
        if (survival == 0)
        {
            return (null, null);
        }
        var hazard = -Math.Log(survival);
        var stretch = Math.Exp(Normal975 * Math.Sqrt(greenwood) / hazard);
        return (Math.Exp(-hazard * stretch), Math.Exp(-hazard / stretch));
    }

    /// <summary>
    /// The first time by which the share had the event. Where the curve runs flat exactly at the share, the middle of the
    /// flat: half-way to the next event, or to the last time at which anybody was seen.
    /// </summary>
    private static double? Quantile(List<CurvePoint> curve, double share, int last)
    {
        var first = curve.FindIndex(point => 1 - point.Survival >= share - SameShare);
        if (first < 0)
        {
            return null;
        }
        var beyond = curve.FindIndex(first, point => 1 - point.Survival >= share + SameShare);
        return (curve[first].Time + (beyond < 0 ? last : (double)curve[beyond].Time)) / 2;
    }
}
