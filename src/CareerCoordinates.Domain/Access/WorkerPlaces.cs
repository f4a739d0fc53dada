using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Domain.Access;

/// <summary>
/// The organisations by which a worker is in somebody's scope (design §5), always as of today: those of the affiliations in
/// force; else of the last one that ended; else of the next one to begin. Places outside the tree are nobody's scope.
/// </summary>
public static class WorkerPlaces
{
    public static IReadOnlyList<Guid> On(IEnumerable<AffiliationContent> affiliations, DateOnly today)
    {
        var inTree = affiliations.Where(a => a.OrganizationId is not null).ToList();
        var inForce = inTree.Where(a => a.InForce.Contains(today)).ToList();
        if (inForce.Count > 0)
        {
            return Of(inForce);
        }
        var ended = inTree.Where(a => a.Until < today).ToList();
        if (ended.Count > 0)
        {
            var last = ended.Max(a => a.Until);
            return Of(ended.Where(a => a.Until == last));
        }
        var next = inTree.Count > 0 ? inTree.Min(a => a.From) : default;
        return Of(inTree.Where(a => a.From == next));
    }

    private static IReadOnlyList<Guid> Of(IEnumerable<AffiliationContent> affiliations) =>
        [.. affiliations.Select(a => a.OrganizationId!.Value).Distinct()];
}
