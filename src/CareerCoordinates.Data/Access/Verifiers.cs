using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Data.Access;

/// <summary>Who could verify something: always by today's accounts, tree and affiliations.</summary>
public static class Verifiers
{
    private const string Sql = """
        SELECT a.name, a.worker_id, a.disabled, g.grant_id, g.role, g.organization_id, g.acts
        FROM role_grants g JOIN accounts a ON a.account_id = g.account_id
        WHERE g.revoked_at IS NULL AND g.role = @p0
        """;

    /// <summary>
    /// The nearest organisation, going up from the worker's places, with somebody who may verify: his account is enabled, he
    /// recorded none of it and is not the worker. With the organisation's name of today; null where nobody may.
    /// </summary>
    /// <param name="mayJudge">Whether a grant may verify such a type at all.</param>
    /// <param name="recorders">The accounts that recorded what is to be verified.</param>
    public static (NearestVerifier Found, string? Name)? FindNearestVerifier(
        this RecordConnection connection,
        WorkerRecord worker,
        IReadOnlyList<string> verifiedBy,
        IReadOnlyCollection<string> recorders,
        Func<RoleGrant, bool> mayJudge,
        DateOnly today
    )
    {
        var grants = connection
            .Prepared(Sql, ColumnKind.Text)
            .Read(
                connection.Transaction,
                row => (Account: row.Text(), WorkerId: row.IdOrNull(), Off: row.Flag(), Grant: Accounts.ReadRight(row)!),
                Codes<Role>.Of(Role.Verifier)
            )
            .Where(g => !g.Off && !recorders.Contains(g.Account) && g.WorkerId != worker.Id)
            .Select(g => g.Grant)
            .Where(mayJudge)
            .ToList();
        List<List<Revision<OrganizationContent>>> ways =
        [
            .. ScopeQueries.Places(worker.AffiliationRevisions, today).Select(place => connection.WayUp(place, today).ToList()),
        ];
        var nearest = NearestVerifier.Find([.. ways.Select(way => way.ConvertAll(o => o.Id))], grants, verifiedBy);
        return nearest is null
            ? null
            : (nearest, ways.SelectMany(way => way).FirstOrDefault(o => o.Id == nearest.OrganizationId)?.Content.Name);
    }
}
