using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.People;

/// <summary>The union that a worker asks about his record and his next step.</summary>
public static class WhomToAsk
{
    /// <summary>
    /// Of the unions from the place of the worker upwards the nearest that has a telephone number, else the nearest; null where he belongs to
    /// none on that day.
    /// </summary>
    /// <param name="affiliations">Those known at <paramref name="knownAt"/>, voided ones left out.</param>
    /// <param name="revisionsOf">All revisions of an organisation.</param>
    public static Revision<OrganizationContent>? Of(
        IEnumerable<Affiliation> affiliations,
        DateOnly asOf,
        Instant knownAt,
        Func<Guid, IReadOnlyList<Revision<OrganizationContent>>> revisionsOf
    )
    {
        var places = affiliations
            .Where(a => a.Content.OrganizationId is not null && a.Content.InForce.Contains(asOf))
            .OrderByDescending(a => a.Content.Primary)
            .Select(a => a.Content.OrganizationId!.Value);
        var unions = places
            .SelectMany(place => Upwards(place, asOf, knownAt, revisionsOf))
            .Where(o => o is { Voided: false, Content.Kind: not OrganizationKind.Enterprise })
            .ToList();
        return unions.Find(union => union.Content.Phone is not null) ?? unions.FirstOrDefault();
    }

    private static IEnumerable<Revision<OrganizationContent>> Upwards(
        Guid place,
        DateOnly asOf,
        Instant knownAt,
        Func<Guid, IReadOnlyList<Revision<OrganizationContent>>> revisionsOf
    )
    {
        var seen = new HashSet<Guid>();
        for (Guid? id = place; id is { } at && seen.Add(at); )
        {
            if (OrganizationHistory.On(revisionsOf(at), asOf, knownAt) is not { } organization)
            {
                yield break;
            }
            yield return organization;
            id = organization.Content.ParentId;
        }
    }
}
