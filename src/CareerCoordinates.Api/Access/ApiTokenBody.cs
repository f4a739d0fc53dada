using System.Text.Json.Serialization;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Access;

/// <summary>An API token of a program.</summary>
/// <param name="Name">By which the audit trail knows it.</param>
/// <param name="OrganizationId">The root of the subtree in which it holds; null for the whole tree.</param>
/// <param name="Acts">For a verifier: the framework's bodies for which it speaks.</param>
/// <param name="RevokedAt">When it was revoked; null where it was not.</param>
/// <param name="Token">The secret; only in the answer that makes it.</param>
public sealed record ApiTokenBody(
    Guid Id,
    string Name,
    Role Role,
    Guid? OrganizationId,
    IReadOnlyList<string> Acts,
    Instant CreatedAt,
    Instant EndsAt,
    Instant? RevokedAt,
    string? RevokedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token = null
)
{
    public static readonly ApiTokenBody Example = new(
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4f03"),
        RecordToken.Example.Name,
        RecordToken.Example.Role,
        RecordToken.Example.OrganizationId,
        [],
        new Instant(1_795_327_200_000_000),
        RecordToken.Example.EndsAt,
        null,
        null
    );

    public static ApiTokenBody Of(ApiToken token, string? secret = null) =>
        new(
            token.Id,
            token.Name,
            token.Grant.Role,
            token.Grant.OrganizationId,
            token.Grant.Acts,
            token.CreatedAt,
            token.EndsAt,
            token.RevokedAt,
            token.RevokedBy,
            secret
        );
}

/// <summary>The newest first.</summary>
public sealed record ApiTokensBody(IReadOnlyList<ApiTokenBody> Items)
{
    public static readonly ApiTokensBody Example = new([ApiTokenBody.Example]);
}
