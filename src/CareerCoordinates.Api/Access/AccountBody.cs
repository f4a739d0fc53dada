using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Access;

/// <summary>An account. No secret of it is ever told.</summary>
/// <param name="WorkerId">Whose account it is; null where it is nobody's own record.</param>
/// <param name="Disabled">True: it cannot sign in, and its sign-ins have ended.</param>
/// <param name="Grants">The roles that hold now.</param>
public sealed record AccountBody(
    Guid Id,
    string Name,
    Guid? WorkerId,
    bool Disabled,
    Instant CreatedAt,
    string CreatedBy,
    IReadOnlyList<RoleGrantBody> Grants
)
{
    public static readonly AccountBody Example = new(
        MeBody.Example.AccountId,
        MeBody.Example.Account,
        null,
        false,
        new Instant(1_795_327_200_000_000),
        "administrator",
        MeBody.Example.Grants
    );

    public static AccountBody Of(Account account, IEnumerable<StoredGrant> grants) =>
        new(
            account.Id,
            account.Name,
            account.WorkerId,
            account.Disabled,
            account.CreatedAt,
            account.CreatedBy,
            [.. grants.Where(g => g.RevokedAt is null).Select(g => RoleGrantBody.Of(g.Grant))]
        );
}
