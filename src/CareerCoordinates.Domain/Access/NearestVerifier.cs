namespace CareerCoordinates.Domain.Access;

/// <summary>What nobody in a unit may verify goes up: the nearest organisation with somebody who may (design §5).</summary>
/// <param name="OrganizationId">The root of his grant; null where he speaks for the whole tree.</param>
/// <param name="Acts">The type's bodies for which somebody speaks there, in order.</param>
public sealed record NearestVerifier(Guid? OrganizationId, IReadOnlyList<string> Acts)
{
    /// <summary>The organisation the fewest steps up from any of the places; the whole tree comes last. Null: nobody may verify.</summary>
    /// <param name="waysUp">For each place of the worker the organisations from it up to the root.</param>
    /// <param name="grants">Of everybody who would be neither verifying what he recorded nor deciding about himself.</param>
    public static NearestVerifier? Find(
        IReadOnlyList<IReadOnlyList<Guid>> waysUp,
        IReadOnlyCollection<RoleGrant> grants,
        IReadOnlyList<string> verifiedBy
    )
    {
        var deepest = waysUp.Select(way => way.Count).DefaultIfEmpty().Max();
        var nearestFirst = Enumerable
            .Range(0, deepest)
            .SelectMany(steps => waysUp.Where(way => steps < way.Count).Select(way => (Guid?)way[steps]))
            .Append(null);
        foreach (var organization in nearestFirst)
        {
            var acts = grants
                .Where(g => g.Role == Role.Verifier && g.OrganizationId == organization)
                .SelectMany(g => g.Acts)
                .Where(verifiedBy.Contains)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ToList();
            if (acts.Count > 0)
            {
                return new(organization, acts);
            }
        }
        return null;
    }
}
