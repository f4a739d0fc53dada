namespace CareerCoordinates.Domain.Reports;

/// <summary>
/// How many of a group had the event, and how many were last seen without it, at one time. An event at a time counts
/// before a censoring at it: who is censored then was still at risk.
/// </summary>
/// <param name="Time">Whole units from the start (days in a report); 0 or more.</param>
public readonly record struct Tally(int Time, int Events, int Censored)
{
    /// <summary>In the order of time, one a time; tallies of the same time are added up, empty ones left out.</summary>
    internal static IReadOnlyList<Tally> InOrder(IEnumerable<Tally> tallies)
    {
        var ordered = new List<Tally>();
        foreach (var tally in tallies.OrderBy(tally => tally.Time))
        {
            ArgumentOutOfRangeException.ThrowIfNegative(tally.Time);
            ArgumentOutOfRangeException.ThrowIfNegative(tally.Events);
            ArgumentOutOfRangeException.ThrowIfNegative(tally.Censored);
            if (tally is { Events: 0, Censored: 0 })
            {
                continue;
            }
            if (ordered.Count > 0 && ordered[^1].Time == tally.Time)
            {
                var same = ordered[^1];
                ordered[^1] = new(tally.Time, same.Events + tally.Events, same.Censored + tally.Censored);
            }
            else
            {
                ordered.Add(tally);
            }
        }
        return ordered;
    }
}
