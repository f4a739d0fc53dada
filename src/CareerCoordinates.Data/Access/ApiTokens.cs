using System.Text.Json;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Access;

/// <summary>An API token of a program, without its secret. It stays on the record when it has ended.</summary>
/// <param name="Name">By which the audit trail knows it; unique in the account, for ever.</param>
/// <param name="Grant">Its one role and scope; worth something only within a grant that the account has.</param>
/// <param name="EndsAt">When it ends by itself.</param>
public sealed record ApiToken(
    Guid AccountId,
    string Name,
    RoleGrant Grant,
    Instant CreatedAt,
    Instant EndsAt,
    Instant? RevokedAt,
    string? RevokedBy
)
{
    public Guid Id => Grant.Id;

    public bool HoldsAt(Instant now) => RevokedAt is null && now < EndsAt;
}

/// <summary>API tokens are looked up by their hash, like sign-ins.</summary>
public static class ApiTokens
{
    /// <summary>Every token begins so, and nothing else does: what searches for leaked secrets can find it.</summary>
    public const string Prefix = "cct_";

    private static readonly string Select = $"SELECT {AccessTables.ApiTokens.Names} FROM api_tokens";

    /// <summary>A row for each grant of the token's role that holds; one without a grant where there is none.</summary>
    private static readonly string CallerSql = $"""
        SELECT {string.Join(", ", AccessTables.ApiTokens.Columns.Select(c => "t." + c.Name))}, a.name, a.worker_id, a.disabled,
            {Notices.AcknowledgedSql},
            g.grant_id, g.role, g.organization_id, g.acts
        FROM api_tokens t JOIN accounts a ON a.account_id = t.account_id
        LEFT JOIN role_grants g ON g.account_id = a.account_id AND g.role = t.role AND g.revoked_at IS NULL
        WHERE t.token_hash = @p0
        """;

    public static string NewSecret() => Prefix + SignIns.NewSecret();

    /// <summary>
    /// Who asks by the token; null where it is unknown, has ended, or goes beyond what its account may now, so that a revoked
    /// grant or a disabled account takes all its tokens with it.
    /// </summary>
    public static Caller? FindTokenCaller(this RecordConnection connection, byte[] tokenHash, Instant now, DateOnly today)
    {
        var rows = connection
            .Prepared(CallerSql, ColumnKind.Bytes)
            .Read(
                connection.Transaction,
                row =>
                    (
                        Token: Read(row),
                        Name: row.Text(),
                        WorkerId: row.IdOrNull(),
                        Off: row.Flag(),
                        Notice: row.Int(),
                        Grant: Accounts.ReadRight(row)
                    ),
                tokenHash
            );
        if (rows.Count == 0 || rows[0] is not (var token, var name, var workerId, false, var notice, _) || !token.HoldsAt(now))
        {
            return null;
        }
        var caller = new Caller(token.AccountId, name, workerId, [.. rows.Select(r => r.Grant).OfType<RoleGrant>()])
        {
            AcknowledgedNotice = notice,
        };
        return connection.IsWithin(caller, token.Grant, today)
            ? caller with
            {
                Grants = token.Grant.Role == Role.Worker ? [] : [token.Grant],
                Token = new TokenInUse(token.Name, token.Grant.Role),
            }
            : null;
    }

    /// <summary>Whether the right asked for lies within one of the caller's: the same role, no wider subtree, no more bodies.</summary>
    public static bool IsWithin(this RecordConnection connection, Caller caller, RoleGrant asked, DateOnly today) =>
        asked.Role == Role.Worker
            ? caller.WorkerId is not null
            : caller.Grants.Any(held =>
                held.Role == asked.Role
                && asked.Acts.All(held.Acts.Contains)
                && (
                    asked.OrganizationId is { } root
                        ? connection.Covers(Scope.Of([held]), root, today)
                        : held.OrganizationId is null
                )
            );

    /// <summary>The newest first, those that have ended too.</summary>
    public static IReadOnlyList<ApiToken> ReadTokens(this RecordConnection connection, Guid accountId, int most) =>
        connection
            .Prepared(Select + " WHERE account_id = @p0 ORDER BY token_id DESC LIMIT @p1", ColumnKind.Id, ColumnKind.Int)
            .Read(connection.Transaction, Read, accountId, most);

    public static ApiToken? FindToken(this RecordConnection connection, Guid accountId, Guid tokenId) =>
        connection
            .Prepared(Select + " WHERE account_id = @p0 AND token_id = @p1", ColumnKind.Id, ColumnKind.Id)
            .Read(connection.Transaction, Read, accountId, tokenId)
            is [var found]
            ? found
            : null;

    /// <summary>How many hold: neither revoked nor at their end.</summary>
    public static int CountTokens(this RecordConnection connection, Guid accountId, Instant now) =>
        connection
            .Prepared(
                "SELECT 1 FROM api_tokens WHERE account_id = @p0 AND revoked_at IS NULL AND ends_at > @p1",
                ColumnKind.Id,
                ColumnKind.Big
            )
            .Read(connection.Transaction, row => row.Int(), accountId, now.Microseconds)
            .Count;

    public static bool HasTokenNamed(this RecordConnection connection, Guid accountId, string name) =>
        connection
            .Prepared("SELECT 1 FROM api_tokens WHERE account_id = @p0 AND name = @p1", ColumnKind.Id, ColumnKind.Text)
            .Scalar(connection.Transaction, accountId, name)
            is not null;

    public static void Add(this RecordTransaction tx, ApiToken token, byte[] hash) =>
        tx
            .Connection.Prepared(AccessTables.ApiTokens.InsertSql, AccessTables.ApiTokens.Kinds)
            .Execute(
                tx.Connection.Transaction,
                token.AccountId,
                token.Id,
                token.Name,
                hash,
                Codes<Role>.Of(token.Grant.Role),
                token.Grant.OrganizationId,
                JsonSerializer.Serialize(token.Grant.Acts),
                token.CreatedAt.Microseconds,
                token.EndsAt.Microseconds,
                null,
                null
            );

    public static void RevokeToken(this RecordTransaction tx, Guid accountId, Guid tokenId, string by) =>
        tx.Execute(
            "UPDATE api_tokens SET revoked_at = @p0, revoked_by = @p1 WHERE account_id = @p2 AND token_id = @p3",
            [ColumnKind.Big, ColumnKind.Text, ColumnKind.Id, ColumnKind.Id],
            tx.RecordedAt.Microseconds,
            by,
            accountId,
            tokenId
        );

    /// <summary>
    /// Ends for good the tokens that go beyond what the account may now: what is granted again later makes none of them good.
    /// A disabled account may nothing.
    /// </summary>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> RevokeTokensBeyondGrants(
        this RecordTransaction tx,
        string account,
        Guid accountId,
        string by
    )
    {
        var caller = tx.Connection.FindCaller(account);
        var ended = tx
            .Connection.Prepared(
                Select + " WHERE account_id = @p0 AND revoked_at IS NULL AND ends_at > @p1",
                ColumnKind.Id,
                ColumnKind.Big
            )
            .Read(tx.Connection.Transaction, Read, accountId, tx.RecordedAt.Microseconds)
            .Where(t => caller is null || !tx.Connection.IsWithin(caller, t.Grant, tx.Today))
            .ToList();
        foreach (var token in ended)
        {
            tx.RevokeToken(accountId, token.Id, by);
        }
        return [.. ended.Select(t => t.Name)];
    }

    private static ApiToken Read(Row row)
    {
        var (account, id, name) = (row.Id(), row.Id(), row.Text());
        row.Bytes();
        var grant = new RoleGrant(id, Codes<Role>.Parse(row.Text()), row.IdOrNull(), Accounts.ActsOf(row.Text()));
        return new(account, name, grant, row.Instant(), row.Instant(), row.InstantOrNull(), row.TextOrNull());
    }
}
