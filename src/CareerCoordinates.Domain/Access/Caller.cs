using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Domain.Access;

/// <summary>What an account may be and where.</summary>
/// <param name="OrganizationId">The root of the subtree; null for the whole tree.</param>
/// <param name="Acts">The framework's bodies (<c>verifiedBy</c>) for which the grant speaks: what a verifier judges, and what restricted types a verifier or an officer sees.</param>
public sealed record RoleGrant(Guid Id, Role Role, Guid? OrganizationId, IReadOnlyList<string> Acts)
{
    /// <summary>False for one that gives nothing: of a role for the whole tree, with an organisation, as older data may have it.</summary>
    public bool Gives => OrganizationId is null || !Rights.IsForWholeTree(Role);

    /// <summary>Whether it is the same right, whatever the order in which the bodies are named.</summary>
    public bool IsSameAs(RoleGrant other) =>
        Role == other.Role && OrganizationId == other.OrganizationId && Acts.ToHashSet().SetEquals(other.Acts);

    /// <summary>On the employer's side: it speaks for the employer, or its scope is an enterprise or the union of one.</summary>
    /// <param name="isEmployers">Whether an organisation is an enterprise or the union of one.</param>
    public bool IsEmployers(Framework framework, Func<Guid, bool> isEmployers) =>
        Acts.Any(framework.EmployerBodies.Contains) || (OrganizationId is { } root && isEmployers(root));
}

/// <summary>Who sends a request, with the rights that the store says he has now.</summary>
/// <param name="Name">The account's name, by which what it records is signed.</param>
/// <param name="WorkerId">The worker whose account it is; null for others.</param>
/// <param name="Token">The API token by which he asks; null: he himself.</param>
public sealed record Caller(
    Guid AccountId,
    string Name,
    Guid? WorkerId,
    IReadOnlyList<RoleGrant> Grants,
    TokenInUse? Token = null
)
{
    /// <summary>What he may; a grant that gives nothing is none.</summary>
    public IReadOnlyList<RoleGrant> Grants
    {
        get;
        init => field = Giving(value);
    } = Giving(Grants);

    /// <summary>The newest version of the notice that he has acknowledged; 0 for none.</summary>
    public int AcknowledgedNotice { get; init; }

    /// <summary>A token of another role than <c>worker</c> is not the person, though still about himself where four eyes ask.</summary>
    private bool ActsAsWorker => WorkerId is not null && Token is null or { Role: Role.Worker };

    private static IReadOnlyList<RoleGrant> Giving(IReadOnlyList<RoleGrant> grants) =>
        grants.All(g => g.Gives) ? grants : [.. grants.Where(g => g.Gives)];

    /// <summary>True where some role has the right, for whatever scope.</summary>
    public bool May(Right right) =>
        right == Right.SignedIn
        || (right == Right.OwnAccount && Token is null)
        || (ActsAsWorker && Rights.Has(Role.Worker, right))
        || Grants.Any(g => Rights.Has(g.Role, right));

    /// <summary>True where the right holds for the worker because he is the caller himself.</summary>
    public bool MayAboutSelf(Right right, Guid workerId) =>
        ActsAsWorker && WorkerId == workerId && Rights.Has(Role.Worker, right);

    /// <summary>The subtrees in which the right holds.</summary>
    public Scope ScopeOf(Right right) => Scope.Of(Grants.Where(g => Rights.Has(g.Role, right)));

    /// <summary>
    /// The subtrees in which the caller sees and records milestones of a restricted type: by grants that speak for one of the
    /// bodies that verify it, never by one on the employer's side.
    /// </summary>
    /// <param name="isEmployers">Whether an organisation is an enterprise or the union of one.</param>
    public Scope ScopeOfRestricted(MilestoneType type, Framework framework, Func<Guid, bool> isEmployers) =>
        Scope.Of(
            Grants.Where(g =>
                Rights.Has(g.Role, Right.ReadPerson)
                && g.Acts.Any(type.VerifiedBy.Contains)
                && !g.IsEmployers(framework, isEmployers)
            )
        );

    /// <summary>The subtrees in which the caller speaks for one of the bodies that verify a type.</summary>
    public Scope ScopeOfVerifying(IReadOnlyList<string> verifiedBy) =>
        Scope.Of(Grants.Where(g => g.Role == Role.Verifier && g.Acts.Any(verifiedBy.Contains)));
}

/// <summary>The API token by which somebody asks: its name and its one role.</summary>
public sealed record TokenInUse(string Name, Role Role);

/// <summary>Subtrees of the organisation tree: their roots, or everything.</summary>
public sealed record Scope(bool Everything, IReadOnlyCollection<Guid> Roots)
{
    public bool IsEmpty => !Everything && Roots.Count == 0;

    public static Scope Of(IEnumerable<RoleGrant> grants)
    {
        var roots = new HashSet<Guid>();
        var everything = false;
        foreach (var grant in grants)
        {
            if (grant.OrganizationId is { } root)
            {
                roots.Add(root);
            }
            else
            {
                everything = true;
            }
        }
        return new(everything, roots);
    }
}
