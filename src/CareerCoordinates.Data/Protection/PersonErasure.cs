using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Imports;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Data.Protection;

/// <summary>
/// Makes a person unreadable, in all revisions and for good: the one update of the record that its triggers let through, and only within
/// this transaction. What counts (days, states, rungs, places, numbers and codes) stays to the letter, so that coordinates, standings
/// and counts hold on both clocks.
/// </summary>
public static class PersonErasure
{
    /// <summary>
    /// A place outside the tree is in no count, and with its days it can tell who somebody is, so its name goes. Whoever signed
    /// what (accounts) stays: it says who is answerable.
    /// </summary>
    private static readonly string[] BlankingSql =
    [
        "UPDATE worker_revisions SET number = NULL, name = '', birth_date = NULL, id_number = NULL, id_number_shown = NULL, reason = NULL WHERE worker_id = @p0",
        "UPDATE affiliation_revisions SET external_name = NULL, staff_number = NULL, reason = NULL WHERE worker_id = @p0",
        "UPDATE milestone_contests SET reason = '' WHERE worker_id = @p0",
        "DELETE FROM worker_numbers WHERE worker_id = @p0",
        "DELETE FROM staff_numbers WHERE worker_id = @p0",
        "DELETE FROM claim_codes WHERE worker_id = @p0",
        "DELETE FROM known_devices WHERE account_id IN (SELECT account_id FROM accounts WHERE worker_id = @p0)",
    ];

    private const string BlankMilestoneSql = """
        UPDATE milestone_revisions SET attributes = @p0, evidence = '[]', note = NULL, reason = NULL, request_key = NULL, request_hash = NULL,
            ended_reason = CASE WHEN ended_reason IS NULL THEN NULL ELSE '' END
        WHERE worker_id = @p1 AND milestone_id = @p2 AND revision = @p3
        """;

    /// <param name="record">The worker's, locked.</param>
    /// <param name="asked">The request, on the record already.</param>
    /// <param name="versions">All published versions of the framework.</param>
    /// <param name="by">Who decided; another than who asked, where it was asked for.</param>
    public static Erasure Carry(
        RecordTransaction tx,
        KeyEncryptionKey key,
        WorkerRecord record,
        Erasure asked,
        IReadOnlyList<Framework> versions,
        string by
    )
    {
        // The pseudonyms go on needing this key.
        IdNumbers.Claim(tx, key);
        var erased = tx.Decide(asked, ErasureState.Erased, by);
        foreach (var sql in BlankingSql)
        {
            tx.Execute(sql, [ColumnKind.Id], record.Id);
        }
        var attributes = new AttributeErasure(versions, key.PseudonymOf).Of(record.MilestoneRevisions);
        for (var i = 0; i < attributes.Count; i++)
        {
            var revision = record.MilestoneRevisions[i];
            tx.Execute(
                BlankMilestoneSql,
                [ColumnKind.Text, ColumnKind.Id, ColumnKind.Id, ColumnKind.Int],
                attributes[i].CanonicalJson,
                record.Id,
                revision.MilestoneId,
                revision.Revision
            );
        }
        // What reports keep in memory is read again.
        tx.Rewrite(record.Id);
        IdNumbers.Forget(tx, record.Id);
        tx.Execute(tx.Connection.Engine.BlankAuditReasonsSql, [ColumnKind.Id], record.Id);
        IdempotencyKeys.ForgetWorker(tx, record.Id);
        tx.ForgetImportsOf(record.Id);
        EndAccounts(tx, record.Id, by);
        tx.Execute("UPDATE erasures SET state = 'erased' WHERE erasure_id = @p0", [ColumnKind.Id], asked.Id);
        return erased;
    }

    private static void EndAccounts(RecordTransaction tx, Guid workerId, string by)
    {
        foreach (var account in tx.Connection.FindAccountsOf(workerId))
        {
            tx.SetDisabled(account.Id, true);
            tx.EndAll(account.Id);
            tx.RevokeTokensBeyondGrants(account.Name, account.Id, by);
        }
    }
}
