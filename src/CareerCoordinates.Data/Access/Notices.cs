using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Data.Record;

namespace CareerCoordinates.Data.Access;

/// <summary>The notice's file does not fit this database; the start stops with these words.</summary>
public sealed class NoticeMismatchException(string message) : Exception(message);

/// <summary>The notice's versions, kept for ever with what they said, and who acknowledged which when.</summary>
public static class Notices
{
    private const string Newest = "SELECT version, hash FROM notices ORDER BY version DESC LIMIT 1";

    /// <summary>The version that is in force; 0 before the first.</summary>
    public static int CurrentNotice(this RecordConnection connection) => ReadNewest(connection)?.Version ?? 0;

    /// <summary>Of an account <c>a</c>: the newest version that it has acknowledged; 0 for none.</summary>
    internal const string AcknowledgedSql =
        "(SELECT coalesce(max(n.version), 0) FROM notice_acknowledgements n WHERE n.account_id = a.account_id)";

    /// <summary>The newest version that the account has acknowledged; 0 for none.</summary>
    public static int AcknowledgedNotice(this RecordConnection connection, Guid accountId) =>
        connection
            .Prepared($"SELECT {AcknowledgedSql} FROM accounts a WHERE a.account_id = @p0", ColumnKind.Id)
            .Read(connection.Transaction, row => row.Int(), accountId)
            is [var version]
            ? version
            : 0;

    /// <summary>Keeps the notice if its version is new.</summary>
    /// <exception cref="NoticeMismatchException">This version said something else, or there is a newer one.</exception>
    public static async Task PublishNoticeAsync(this CareerStore store, int version, string content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        if (IsInForce(store.Reader.OnConnection(ReadNewest), version, hash))
        {
            return;
        }
        await store.Gate.RunAsync<bool>(tx =>
        {
            // Another process may have been faster.
            if (!IsInForce(ReadNewest(tx.Connection), version, hash))
            {
                tx.Connection.Prepared(AccessTables.Notices.InsertSql, AccessTables.Notices.Kinds)
                    .Execute(tx.Connection.Transaction, version, hash, content, tx.RecordedAt.Microseconds);
            }
            return true;
        });
    }

    /// <summary>Once for each account and version: who acknowledges again has acknowledged already.</summary>
    /// <returns>False where he had.</returns>
    public static bool Acknowledge(this RecordTransaction tx, Guid accountId, int version)
    {
        var already = tx
            .Connection.Prepared(
                "SELECT 1 FROM notice_acknowledgements WHERE account_id = @p0 AND version = @p1",
                ColumnKind.Id,
                ColumnKind.Int
            )
            .Scalar(tx.Connection.Transaction, accountId, version);
        if (already is not null)
        {
            return false;
        }
        tx.Connection.Prepared(AccessTables.NoticeAcknowledgements.InsertSql, AccessTables.NoticeAcknowledgements.Kinds)
            .Execute(tx.Connection.Transaction, accountId, version, tx.RecordedAt.Microseconds);
        return true;
    }

    private static bool IsInForce((int Version, string Hash)? newest, int version, string hash)
    {
        if (newest is not var (known, said) || known < version)
        {
            return false;
        }
        if (known > version)
        {
            throw new NoticeMismatchException(
                $"Version {known} of the notice is in force; the file has the older version {version}. Give it version {known + 1}."
            );
        }
        return said == hash
            ? true
            : throw new NoticeMismatchException(
                $"Version {known} of the notice said something else, which people may have acknowledged. Give the file version {known + 1}."
            );
    }

    private static (int Version, string Hash)? ReadNewest(RecordConnection connection) =>
        connection.Prepared(Newest).Read(connection.Transaction, row => (row.Int(), row.Text())) is [var newest] ? newest : null;
}
