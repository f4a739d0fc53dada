using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Access;

/// <summary>A code that was given to a worker and not used yet. A worker has one at most.</summary>
public sealed record ClaimCode(Guid WorkerId, byte[] Hash, Instant EndsAt, string MadeBy);

/// <summary>
/// Claim codes are looked up by a hash over the worker's name and the code: a code alone opens nothing, so one that is hit by
/// chance is worth nothing without the name of the person it was made for. Eight digits are few, so the hash is slow, and the
/// name salts it: with a copy of the database each worker's code has to be searched for by itself, within the 14 days.
/// </summary>
public static class ClaimCodes
{
    public const int Digits = 8;
    public static readonly TimeSpan Last = TimeSpan.FromDays(14);

    private const int Rounds = 10_000;
    private const string Dots = "·•‧・.";

    private static readonly string Select = $"SELECT {AccessTables.ClaimCodes.Names} FROM claim_codes";

    private static readonly string Upsert =
        AccessTables.ClaimCodes.InsertSql
        + " ON CONFLICT (worker_id) DO UPDATE SET claim_hash = excluded.claim_hash, ends_at = excluded.ends_at, made_by = excluded.made_by";

    public static string NewCode() =>
        RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The name without what people write differently: width, capitals, blanks, the dot between names.</summary>
    public static string Plain(string name) =>
        string.Concat(PlainText.Alike(name).Where(c => !char.IsWhiteSpace(c) && !Dots.Contains(c))).ToLowerInvariant();

    /// <summary>A few milliseconds of work.</summary>
    public static byte[] HashOf(string name, string code)
    {
        return Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(code),
            Encoding.UTF8.GetBytes("claim " + Plain(name)),
            Rounds,
            HashAlgorithmName.SHA256,
            32
        );
    }

    public static ClaimCode? FindClaimCode(this RecordConnection connection, byte[] hash) =>
        connection
            .Prepared(Select + " WHERE claim_hash = @p0", ColumnKind.Bytes)
            .Read(connection.Transaction, Read, hash)
            .FirstOrDefault();

    /// <summary>The worker's older code, if he has one, is worth nothing from then on.</summary>
    public static void Add(this RecordTransaction tx, ClaimCode code) =>
        tx
            .Connection.Prepared(Upsert, AccessTables.ClaimCodes.Kinds)
            .Execute(tx.Connection.Transaction, code.WorkerId, code.Hash, code.EndsAt.Microseconds, code.MadeBy);

    /// <summary>Takes the code; false where it was used or replaced meanwhile.</summary>
    public static bool Use(this RecordTransaction tx, ClaimCode code) =>
        tx.Connection.Prepared(
                "DELETE FROM claim_codes WHERE worker_id = @p0 AND claim_hash = @p1",
                ColumnKind.Id,
                ColumnKind.Bytes
            )
            .Execute(tx.Connection.Transaction, code.WorkerId, code.Hash) > 0;

    private static ClaimCode Read(Row row) => new(row.Id(), row.Bytes(), row.Instant(), row.Text());
}
