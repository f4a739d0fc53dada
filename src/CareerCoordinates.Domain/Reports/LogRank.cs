namespace CareerCoordinates.Domain.Reports;

/// <summary>
/// Whether groups differ in how long they take until an event (the log-rank test, Mantel–Haenszel weights): the figures
/// of R's <c>survdiff</c> with <c>rho = 0</c>.
/// </summary>
/// <param name="ChiSquare">0 or more; the larger, the less the groups look like one.</param>
/// <param name="DegreesOfFreedom">
/// One less than the groups that can be compared. A group with nobody in it, or nobody at risk at any event, is left out.
/// </param>
/// <param name="P">How often groups that do not differ would give this chi-square or more.</param>
public sealed record LogRank(double ChiSquare, int DegreesOfFreedom, double P)
{
    /// <summary>
    /// Null where there is nothing to compare: fewer than two groups with somebody at risk at the first event, or a first
    /// event that takes everybody who is left (where R stops with an error).
    /// </summary>
    /// <remarks>
    /// The variance of observed less expected is, but for its sign, a matrix of weights between pairs of groups: no weight is
    /// negative, and each row of the variance adds up to 0. Groups are taken out one by one and their weights handed on to
    /// the rest (the star–mesh transform), which is Gauss's elimination without any subtraction: nothing cancels, however
    /// different the groups are in size, and a group that cannot be compared has weights of exactly 0.
    /// </remarks>
    /// <param name="groups">The tallies of each group, in any order. The work grows with the square of their number.</param>
    public static LogRank? Between(IReadOnlyList<IEnumerable<Tally>> groups, CancellationToken cancellation = default)
    {
        var (surplus, weights) = Compare(groups, cancellation);
        var (chiSquare, degrees) = (0.0, 0);
        for (var last = groups.Count - 1; last > 0; last--)
        {
            cancellation.ThrowIfCancellationRequested();
            var total = 0.0;
            for (var other = 0; other < last; other++)
            {
                total += weights[last][other];
            }
            if (total == 0)
            {
                continue;
            }
            chiSquare += surplus[last] * surplus[last] / total;
            degrees++;
            for (var one = 0; one < last; one++)
            {
                var share = weights[last][one] / total;
                surplus[one] += share * surplus[last];
                for (var other = 0; other < one; other++)
                {
                    weights[one][other] += share * weights[last][other];
                }
            }
        }
        return degrees == 0 ? null : new LogRank(chiSquare, degrees, ChiSquareTail.Above(chiSquare, degrees));
    }

    /// <summary>Each group's observed less expected events, and the weights between pairs (below the diagonal).</summary>
    private static (double[] Surplus, double[][] Weights) Compare(
        IReadOnlyList<IEnumerable<Tally>> groups,
        CancellationToken cancellation
    )
    {
        var ordered = groups.Select(Tally.InOrder).ToList();
        var atRisk = ordered.Select(tallies => (double)tallies.Sum(tally => tally.Events + tally.Censored)).ToArray();
        var surplus = new double[groups.Count];
        var weights = surplus.Select((_, group) => new double[group]).ToArray();
        var moments = ordered
            .SelectMany((tallies, group) => tallies.Select(tally => (Group: group, Tally: tally)))
            .GroupBy(one => one.Tally.Time)
            .OrderBy(moment => moment.Key);
        foreach (var moment in moments)
        {
            cancellation.ThrowIfCancellationRequested();
            var events = (double)moment.Sum(one => one.Tally.Events);
            if (events > 0)
            {
                var all = atRisk.Sum();
                foreach (var (group, tally) in moment)
                {
                    surplus[group] += tally.Events;
                }
                var variance = all > 1 ? events * (all - events) / (all - 1) / all / all : 0;
                for (var one = 0; one < atRisk.Length; one++)
                {
                    surplus[one] -= events * atRisk[one] / all;
                    for (var other = 0; other < one; other++)
                    {
                        weights[one][other] += variance * atRisk[one] * atRisk[other];
                    }
                }
            }
            foreach (var (group, tally) in moment)
            {
                atRisk[group] -= tally.Events + tally.Censored;
            }
        }
        return (surplus, weights);
    }
}
