using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.People;

/// <summary>
/// What the revisions of an organisation say on the two clocks. Parent and industry hold from a day: those of the last
/// revision recorded by <c>knownAt</c> whose day has come, and of the first revision before any. All else is what was
/// known last, for all days.
/// </summary>
public static class OrganizationHistory
{
    /// <summary>The newest revision known, its parent and industry those of the day; null before the first was recorded.</summary>
    public static Revision<OrganizationContent>? On(
        IReadOnlyList<Revision<OrganizationContent>> revisions,
        DateOnly asOf,
        Instant knownAt
    )
    {
        if (Revision<OrganizationContent>.At(revisions, knownAt) is not { } newest)
        {
            return null;
        }
        var holding = revisions.Last(r => r.Number == 1 || (r.RecordedAt <= knownAt && r.Content.From <= asOf)).Content;
        return newest with
        {
            Content = newest.Content with
            {
                ParentId = holding.ParentId,
                IndustryCode = holding.IndustryCode,
                From = holding.From,
            },
        };
    }

    /// <summary>Every parent that holds on some day from <paramref name="from"/> on, by all that is recorded.</summary>
    public static IEnumerable<Guid> ParentsFrom(IReadOnlyList<Revision<OrganizationContent>> revisions, DateOnly from)
    {
        var days = revisions.Select(r => r.Content.From).Where(day => day > from).Prepend(from);
        return days.Select(day => On(revisions, day, Instant.Never)?.Content.ParentId).OfType<Guid>().Distinct();
    }
}
