using CareerCoordinates.Api.Answers;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <summary>A right given to an account.</summary>
/// <param name="OrganizationId">The root of the subtree in which it holds; null for the whole tree.</param>
/// <param name="Acts">The framework's bodies for which it speaks: those whose milestones a verifier judges, and whose restricted ones he or an officer sees.</param>
public sealed record RoleGrantBody(Guid Id, Role Role, Guid? OrganizationId, IReadOnlyList<string> Acts)
{
    public static RoleGrantBody Of(RoleGrant grant) => new(grant.Id, grant.Role, grant.OrganizationId, grant.Acts);
}

/// <param name="WorkerId">Whose account it is; null where it is nobody's own record.</param>
/// <param name="NoticeToAcknowledge">The version of the notice to read and acknowledge before the own record opens; null where that is done.</param>
/// <param name="Framework">The version that answers today's questions.</param>
public sealed record MeBody(
    Guid AccountId,
    string Account,
    Guid? WorkerId,
    IReadOnlyList<RoleGrantBody> Grants,
    int? NoticeToAcknowledge,
    FrameworkReference Framework
)
{
    public static readonly MeBody Example = new(
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4f01"),
        "officer-street",
        null,
        [
            new(
                Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4f02"),
                Role.Officer,
                Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a00"),
                []
            ),
        ],
        null,
        new("chaoyang-12345", 1)
    );
}

public static class Me
{
    public static Ok<MeBody> Handle(SignedIn me, Notice notice, CareerStore store) =>
        TypedResults.Ok(
            new MeBody(
                me.Caller.AccountId,
                me.Name,
                me.Caller.WorkerId,
                [.. me.Caller.Grants.Select(RoleGrantBody.Of)],
                me.Caller.WorkerId is not null && me.Caller.AcknowledgedNotice < notice.Version ? notice.Version : null,
                new(store.Frameworks.Current.Code, store.Frameworks.Current.Version)
            )
        );
}
