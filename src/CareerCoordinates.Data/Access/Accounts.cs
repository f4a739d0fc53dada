using System.Text.Json;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Access;

/// <summary>An account as it is stored; the password stands as a salted hash.</summary>
public sealed record Account(
    Guid Id,
    string Name,
    string? PasswordHash,
    Guid? WorkerId,
    bool Disabled,
    Instant CreatedAt,
    string CreatedBy
);

/// <summary>A grant with its history: a revoked one stays on the record.</summary>
public sealed record StoredGrant(RoleGrant Grant, Instant GrantedAt, string GrantedBy, Instant? RevokedAt, string? RevokedBy);

/// <summary>Accounts and grants: read on any connection, written inside the gate.</summary>
public static class Accounts
{
    private static readonly string Select = $"SELECT {AccessTables.Accounts.Names} FROM accounts";

    public static Account? FindAccount(this RecordConnection connection, string name) =>
        Only(connection.Prepared(Select + " WHERE name = @p0", ColumnKind.Text).Read(connection.Transaction, Read, name));

    public static Account? FindAccount(this RecordConnection connection, Guid id) =>
        Only(connection.Prepared(Select + " WHERE account_id = @p0", ColumnKind.Id).Read(connection.Transaction, Read, id));

    /// <summary>In order of name, after <paramref name="after"/>.</summary>
    public static IReadOnlyList<Account> ListAccounts(this RecordConnection connection, string after, int most) =>
        connection
            .Prepared(Select + " WHERE name > @p0 ORDER BY name LIMIT @p1", ColumnKind.Text, ColumnKind.Int)
            .Read(connection.Transaction, Read, after, most);

    public static bool HasAccounts(this RecordConnection connection) =>
        connection.Prepared("SELECT 1 FROM accounts LIMIT 1").Scalar(connection.Transaction) is not null;

    /// <summary>All grants of an account, revoked ones too, in the order in which they were given.</summary>
    public static IReadOnlyList<StoredGrant> ReadGrants(this RecordConnection connection, Guid accountId) =>
        connection
            .Prepared(
                $"SELECT {AccessTables.RoleGrants.Names} FROM role_grants WHERE account_id = @p0 ORDER BY grant_id",
                ColumnKind.Id
            )
            .Read(connection.Transaction, ReadGrant, accountId);

    /// <summary>The grants of an account that hold now.</summary>
    public static IReadOnlyList<RoleGrant> ReadGrantsInForce(this RecordConnection connection, Guid accountId) =>
        connection
            .Prepared(
                "SELECT grant_id, role, organization_id, acts FROM role_grants WHERE account_id = @p0 AND revoked_at IS NULL",
                ColumnKind.Id
            )
            .Read(connection.Transaction, ReadRight, accountId);

    public static void Add(this RecordTransaction tx, Account account) =>
        tx
            .Connection.Prepared(AccessTables.Accounts.InsertSql, AccessTables.Accounts.Kinds)
            .Execute(
                tx.Connection.Transaction,
                account.Id,
                account.Name,
                account.PasswordHash,
                account.WorkerId,
                account.Disabled,
                account.CreatedAt.Microseconds,
                account.CreatedBy
            );

    public static void SetPassword(this RecordTransaction tx, Guid accountId, string passwordHash) =>
        tx.Execute(
            "UPDATE accounts SET password_hash = @p0 WHERE account_id = @p1",
            [ColumnKind.Text, ColumnKind.Id],
            passwordHash,
            accountId
        );

    public static void SetDisabled(this RecordTransaction tx, Guid accountId, bool disabled) =>
        tx.Execute(
            "UPDATE accounts SET disabled = @p0 WHERE account_id = @p1",
            [ColumnKind.Flag, ColumnKind.Id],
            disabled,
            accountId
        );

    public static void Add(this RecordTransaction tx, Guid accountId, RoleGrant grant, string by) =>
        tx
            .Connection.Prepared(AccessTables.RoleGrants.InsertSql, AccessTables.RoleGrants.Kinds)
            .Execute(
                tx.Connection.Transaction,
                accountId,
                grant.Id,
                Codes<Role>.Of(grant.Role),
                grant.OrganizationId,
                JsonSerializer.Serialize(grant.Acts),
                tx.RecordedAt.Microseconds,
                by,
                null,
                null
            );

    public static void Revoke(this RecordTransaction tx, Guid accountId, Guid grantId, string by) =>
        tx.Execute(
            "UPDATE role_grants SET revoked_at = @p0, revoked_by = @p1 WHERE account_id = @p2 AND grant_id = @p3",
            [ColumnKind.Big, ColumnKind.Text, ColumnKind.Id, ColumnKind.Id],
            tx.RecordedAt.Microseconds,
            by,
            accountId,
            grantId
        );

    internal static Account Read(Row row) =>
        new(row.Id(), row.Text(), row.TextOrNull(), row.IdOrNull(), row.Flag(), row.Instant(), row.Text());

    private static StoredGrant ReadGrant(Row row)
    {
        row.Id();
        return new(ReadRight(row), row.Instant(), row.Text(), row.InstantOrNull(), row.TextOrNull());
    }

    private static RoleGrant ReadRight(Row row) => new(row.Id(), Codes<Role>.Parse(row.Text()), row.IdOrNull(), Acts(row.Text()));

    private static string[] Acts(string json) => json == "[]" ? [] : JsonSerializer.Deserialize<string[]>(json)!;

    private static Account? Only(List<Account> found) => found.Count > 0 ? found[0] : null;
}
