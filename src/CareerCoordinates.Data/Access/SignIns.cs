using System.Security.Cryptography;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Access;

public enum SignInKind
{
    /// <summary>A short-lived token with a refresh token, for programs.</summary>
    Bearer,

    /// <summary>A cookie, for the web app; writes carry the antiforgery token too.</summary>
    Cookie,
}

/// <summary>One sign-in. The secrets themselves are known only to who signed in; their hashes are enough to recognise them.</summary>
/// <param name="TokenEndsAt">Until when the token is taken; a refresh moves it, never past <paramref name="EndsAt"/>.</param>
/// <param name="EndsAt">The absolute limit.</param>
/// <param name="SeenAt">When it was last used, to the minute: after a long pause it is over.</param>
public sealed record SignIn(
    byte[] TokenHash,
    byte[]? RefreshHash,
    Guid AccountId,
    SignInKind Kind,
    byte[]? AntiforgeryHash,
    Instant TokenEndsAt,
    Instant EndsAt,
    Instant SeenAt
);

/// <summary>Sign-ins are looked up by the hash of their token, so that a copy of the database signs nobody in.</summary>
public static class SignIns
{
    private static readonly string Select = $"SELECT {AccessTables.SignIns.Names} FROM sign_ins";

    /// <summary>256 random bits as text that fits a header.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>The secrets are random and long: a plain hash cannot be searched backwards.</summary>
    public static byte[] HashOf(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));

    /// <summary>A row for each grant that holds; one without a grant where there is none.</summary>
    private static readonly string CallerSql = $"""
        SELECT {string.Join(", ", AccessTables.SignIns.Columns.Select(c => "s." + c.Name))}, a.name, a.worker_id, a.disabled,
            {Notices.AcknowledgedSql},
            g.grant_id, g.role, g.organization_id, g.acts
        FROM sign_ins s JOIN accounts a ON a.account_id = s.account_id
        LEFT JOIN role_grants g ON g.account_id = a.account_id AND g.revoked_at IS NULL
        WHERE s.token_hash = @p0
        """;

    /// <summary>Who holds the token, with the rights that he has now; null where nobody does or the account is disabled.</summary>
    public static (SignIn SignIn, Caller Caller)? FindCaller(this RecordConnection connection, byte[] tokenHash)
    {
        var rows = connection
            .Prepared(CallerSql, ColumnKind.Bytes)
            .Read(
                connection.Transaction,
                row =>
                    (
                        SignIn: Read(row),
                        Name: row.Text(),
                        WorkerId: row.IdOrNull(),
                        Off: row.Flag(),
                        Notice: row.Int(),
                        Grant: Accounts.ReadRight(row)
                    ),
                tokenHash
            );
        if (rows.Count == 0 || rows[0].Off)
        {
            return null;
        }
        var grants = new List<RoleGrant>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Grant is { } grant)
            {
                grants.Add(grant);
            }
        }
        var first = rows[0];
        return (
            first.SignIn,
            new Caller(first.SignIn.AccountId, first.Name, first.WorkerId, grants) { AcknowledgedNotice = first.Notice }
        );
    }

    public static SignIn? FindSignIn(this RecordConnection connection, byte[] tokenHash) =>
        Only(
            connection
                .Prepared(Select + " WHERE token_hash = @p0", ColumnKind.Bytes)
                .Read(connection.Transaction, Read, tokenHash)
        );

    public static SignIn? FindRefresh(this RecordConnection connection, byte[] refreshHash) =>
        Only(
            connection
                .Prepared(Select + " WHERE refresh_hash = @p0", ColumnKind.Bytes)
                .Read(connection.Transaction, Read, refreshHash)
        );

    public static void Add(this RecordTransaction tx, SignIn signIn) =>
        tx
            .Connection.Prepared(AccessTables.SignIns.InsertSql, AccessTables.SignIns.Kinds)
            .Execute(
                tx.Connection.Transaction,
                signIn.TokenHash,
                signIn.RefreshHash,
                signIn.AccountId,
                signIn.Kind == SignInKind.Cookie ? "cookie" : "bearer",
                signIn.AntiforgeryHash,
                signIn.TokenEndsAt.Microseconds,
                signIn.EndsAt.Microseconds,
                signIn.SeenAt.Microseconds
            );

    public static void SetSeen(this RecordTransaction tx, byte[] tokenHash) =>
        tx.Execute(
            "UPDATE sign_ins SET seen_at = @p0 WHERE token_hash = @p1",
            [ColumnKind.Big, ColumnKind.Bytes],
            tx.RecordedAt.Microseconds,
            tokenHash
        );

    /// <returns>False where it had ended already: of two who end it at the same time one gets true.</returns>
    public static bool End(this RecordTransaction tx, byte[] tokenHash) =>
        tx.Connection.Prepared("DELETE FROM sign_ins WHERE token_hash = @p0", ColumnKind.Bytes)
            .Execute(tx.Connection.Transaction, tokenHash) > 0;

    /// <summary>Ends all sign-ins of an account and forgets its devices: after a new password, and when it is disabled.</summary>
    public static void EndAll(this RecordTransaction tx, Guid accountId)
    {
        tx.Execute("DELETE FROM sign_ins WHERE account_id = @p0", [ColumnKind.Id], accountId);
        tx.Execute("DELETE FROM known_devices WHERE account_id = @p0", [ColumnKind.Id], accountId);
    }

    private static SignIn Read(Row row) =>
        new(
            row.Bytes(),
            row.BytesOrNull(),
            row.Id(),
            row.Text() == "cookie" ? SignInKind.Cookie : SignInKind.Bearer,
            row.BytesOrNull(),
            row.Instant(),
            row.Instant(),
            row.Instant()
        );

    private static SignIn? Only(List<SignIn> found) => found.Count > 0 ? found[0] : null;
}
