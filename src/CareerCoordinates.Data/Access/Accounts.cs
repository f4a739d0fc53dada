using System.Collections;
using System.Text.Json;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Access;

/// <summary>An account as it is stored; the password stands as a salted hash.</summary>
/// <param name="PasswordBy">The account that set the password last: another one than this where an administrator did.</param>
public sealed record Account(
    Guid Id,
    string Name,
    string? PasswordHash,
    Guid? WorkerId,
    bool Disabled,
    Instant CreatedAt,
    string CreatedBy,
    string? PasswordBy = null
);

/// <summary>A grant with its history: a revoked one stays on the record.</summary>
public sealed record StoredGrant(RoleGrant Grant, Instant GrantedAt, string GrantedBy, Instant? RevokedAt, string? RevokedBy);

/// <summary>Accounts and grants: read on any connection, written inside the gate.</summary>
public static class Accounts
{
    private static readonly string Select = $"SELECT {AccessTables.Accounts.Names} FROM accounts";

    private const string AdministratorSql = """
        SELECT 1 FROM role_grants g JOIN accounts a ON a.account_id = g.account_id
        WHERE g.role = @p0 AND g.organization_id IS NULL AND g.revoked_at IS NULL AND NOT a.disabled LIMIT 1
        """;

    public static Account? FindAccount(this RecordConnection connection, string name) =>
        Only(connection.Prepared(Select + " WHERE name = @p0", ColumnKind.Text).Read(connection.Transaction, Read, name));

    public static Account? FindAccount(this RecordConnection connection, Guid id) =>
        Only(connection.Prepared(Select + " WHERE account_id = @p0", ColumnKind.Id).Read(connection.Transaction, Read, id));

    /// <summary>The account as one who asks, with the rights that it has now; null where there is none or it is disabled.</summary>
    public static Caller? FindCaller(this RecordConnection connection, string name) =>
        connection.FindAccount(name) is { Disabled: false } account
            ? new(
                account.Id,
                account.Name,
                account.WorkerId,
                [.. connection.ReadGrants(account.Id).Where(g => g.RevokedAt is null).Select(g => g.Grant)]
            )
            {
                AcknowledgedNotice = connection.AcknowledgedNotice(account.Id),
            }
            : null;

    /// <summary>In order of name, after <paramref name="after"/>.</summary>
    /// <param name="part">Stands somewhere in the name; names are in small letters.</param>
    public static IReadOnlyList<Account> ListAccounts(
        this RecordConnection connection,
        string after,
        int most,
        string part = ""
    ) =>
        connection
            .Prepared(
                Select + " WHERE name > @p0 AND name LIKE @p1 ESCAPE '!' ORDER BY name LIMIT @p2",
                ColumnKind.Text,
                ColumnKind.Text,
                ColumnKind.Int
            )
            .Read(connection.Transaction, Read, after, $"%{Literal(part.ToLowerInvariant())}%", most);

    private static string Literal(string text) =>
        text.Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal);

    /// <summary>The accounts that are the worker's own, the oldest first: mostly one or none.</summary>
    public static IReadOnlyList<Account> FindAccountsOf(this RecordConnection connection, Guid workerId) =>
        connection
            .Prepared(Select + " WHERE worker_id = @p0 ORDER BY account_id", ColumnKind.Id)
            .Read(connection.Transaction, Read, workerId);

    public static bool HasAccounts(this RecordConnection connection) =>
        connection.Prepared("SELECT 1 FROM accounts LIMIT 1").Scalar(connection.Transaction) is not null;

    /// <summary>Whether the account may do more than see its own record.</summary>
    public static bool HasRoles(this RecordConnection connection, Guid accountId) =>
        connection.ReadGrants(accountId).Any(g => g.RevokedAt is null);

    /// <summary>
    /// Until the transaction ends nobody else changes an account or its grants: what is asked of all of them together stays
    /// true. Ask it after this.
    /// </summary>
    public static void LockRights(this RecordTransaction tx)
    {
        if (tx.Connection.Engine.LockTextSql is { } sql)
        {
            tx.Connection.Prepared(sql, ColumnKind.Text).Execute(tx.Connection.Transaction, "rights");
        }
    }

    /// <summary>Whether there is an account that is enabled and keeps accounts.</summary>
    public static bool HasAdministrator(this RecordConnection connection) =>
        connection.Prepared(AdministratorSql, ColumnKind.Text).Scalar(connection.Transaction, Codes<Role>.Of(Role.Administrator))
            is not null;

    /// <summary>
    /// Whether one account owes to the other that it exists, that it is an administrator, or its password, so that one person
    /// may hold both.
    /// </summary>
    public static bool AreOfOneHand(this RecordConnection connection, string one, string other) =>
        connection.Owes(one, other) || connection.Owes(other, one);

    private static bool Owes(this RecordConnection connection, string name, string to) =>
        connection.FindAccount(name) is { } account
        && (
            account.CreatedBy == to
            || account.PasswordBy == to
            || connection
                .ReadGrants(account.Id)
                .Any(g => g.RevokedAt is null && g.Grant.Role == Role.Administrator && g.GrantedBy == to)
        );

    /// <summary>All grants of an account, revoked ones too, in the order in which they were given.</summary>
    public static IReadOnlyList<StoredGrant> ReadGrants(this RecordConnection connection, Guid accountId) =>
        connection
            .Prepared(
                $"SELECT {AccessTables.RoleGrants.Names} FROM role_grants WHERE account_id = @p0 ORDER BY grant_id",
                ColumnKind.Id
            )
            .Read(connection.Transaction, ReadGrant, accountId);

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
                account.CreatedBy,
                account.PasswordBy
            );

    /// <param name="by">The account's own name where its holder sets it.</param>
    public static void SetPassword(this RecordTransaction tx, Guid accountId, string passwordHash, string by) =>
        tx.Execute(
            "UPDATE accounts SET password_hash = @p0, password_by = @p1 WHERE account_id = @p2",
            [ColumnKind.Text, ColumnKind.Text, ColumnKind.Id],
            passwordHash,
            by,
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
        new(row.Id(), row.Text(), row.TextOrNull(), row.IdOrNull(), row.Flag(), row.Instant(), row.Text(), row.TextOrNull());

    private static StoredGrant ReadGrant(Row row)
    {
        row.Id();
        return new(ReadRight(row)!, row.Instant(), row.Text(), row.InstantOrNull(), row.TextOrNull());
    }

    /// <summary>Null where the row has no grant.</summary>
    internal static RoleGrant? ReadRight(Row row) =>
        row.IdOrNull() is { } id ? new(id, Codes<Role>.Parse(row.Text()), row.IdOrNull(), ActsOf(row.Text())) : null;

    internal static IReadOnlyList<string> ActsOf(string json) => new StoredActs(json);

    private static Account? Only(List<Account> found) => found.Count > 0 ? found[0] : null;

    /// <summary>Read only when somebody verifies: most requests never ask for whom a grant speaks.</summary>
    private sealed class StoredActs(string json) : IReadOnlyList<string>
    {
        private string[]? read;

        private string[] Items => read ??= json == "[]" ? [] : JsonSerializer.Deserialize<string[]>(json)!;

        public int Count => Items.Length;

        public string this[int index] => Items[index];

        public IEnumerator<string> GetEnumerator() => Items.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
