namespace CareerCoordinates.Domain.People;

/// <summary>Which of several affiliations speaks for the worker on a day.</summary>
public static class PrimaryAffiliation
{
    /// <summary>
    /// Of those in force on the day: the one flagged as primary, else the earliest <c>from</c>, then the smallest id; null where
    /// none is in force.
    /// </summary>
    public static Affiliation? On(IReadOnlyList<Affiliation> affiliations, DateOnly day)
    {
        Affiliation? primary = null;
        foreach (var affiliation in affiliations)
        {
            if (affiliation.Content.InForce.Contains(day) && (primary is null || ComesBefore(affiliation, primary)))
            {
                primary = affiliation;
            }
        }
        return primary;
    }

    private static bool ComesBefore(Affiliation a, Affiliation b)
    {
        if (a.Content.Primary != b.Content.Primary)
        {
            return a.Content.Primary;
        }
        return a.Content.From != b.Content.From ? a.Content.From < b.Content.From : a.Id.CompareTo(b.Id) < 0;
    }
}
