using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Record;

/// <summary>
/// What is unique across workers or organisations: the district's worker number, a staff number in an organisation
/// (among affiliations whose days overlap), a credit code. ID numbers are kept by <see cref="Protection.IdNumbers"/>. Small tables of today's truth, kept beside the record.
/// </summary>
public static class UniqueNumbers
{
    private static readonly string StaffHoldersSql =
        "SELECT affiliation_id, worker_id, from_day, until_day FROM staff_numbers WHERE organization_id = @p0 AND staff_number = @p1";

    /// <summary>Another worker who has the number, or null.</summary>
    public static Guid? OtherHolder(RecordTransaction tx, string number, Guid workerId) =>
        Other(tx, "SELECT worker_id FROM worker_numbers WHERE number = @p0", number, workerId);

    /// <summary>Another organisation that has the code, or null.</summary>
    public static Guid? OtherHolderOfCreditCode(RecordTransaction tx, string creditCode, Guid organizationId) =>
        Other(tx, "SELECT organization_id FROM credit_codes WHERE credit_code = @p0", creditCode, organizationId);

    /// <summary>Another affiliation at the organisation that has the staff number on any of the same days, or null.</summary>
    /// <param name="besides">One that does not count either.</param>
    public static StaffNumberHolder? OtherHolderOfStaffNumber(
        RecordTransaction tx,
        Guid affiliationId,
        AffiliationContent content,
        Guid? besides = null
    )
    {
        if (content is not { OrganizationId: { } organizationId, StaffNumber: { } staffNumber })
        {
            return null;
        }
        return tx
            .Connection.Prepared(StaffHoldersSql, ColumnKind.Id, ColumnKind.Text)
            .Read(
                tx.Connection.Transaction,
                row => new StaffNumberHolder(row.Id(), row.Id(), DayPeriod.Inclusive(row.Day(), row.DayOrNull())),
                organizationId,
                staffNumber
            )
            .Find(h => h.AffiliationId != affiliationId && h.AffiliationId != besides && h.Period.Overlaps(content.InForce));
    }

    /// <summary>A voided worker is as if never recorded: his staff numbers are free again.</summary>
    public static void FreeStaffNumbers(RecordTransaction tx, Guid workerId) =>
        tx.Execute("DELETE FROM staff_numbers WHERE worker_id = @p0", [ColumnKind.Id], workerId);

    internal static void Keep(RecordTransaction tx, Revision<WorkerContent> revision)
    {
        if (revision.Number > 1)
        {
            tx.Execute("DELETE FROM worker_numbers WHERE worker_id = @p0", [ColumnKind.Id], revision.Id);
            if (revision.Voided || revision.Content.IdNumber is null)
            {
                Protection.IdNumbers.Free(tx, revision.Id);
            }
        }
        if (revision is { Voided: false, Content.Number: { } number })
        {
            tx.Execute(
                "INSERT INTO worker_numbers (number, worker_id) VALUES (@p0, @p1)",
                [ColumnKind.Text, ColumnKind.Id],
                number,
                revision.Id
            );
        }
    }

    internal static void Keep(RecordTransaction tx, Revision<OrganizationContent> revision)
    {
        if (revision.Number > 1)
        {
            tx.Execute("DELETE FROM credit_codes WHERE organization_id = @p0", [ColumnKind.Id], revision.Id);
        }
        if (revision is { Voided: false, Content.CreditCode: { } code })
        {
            tx.Execute(
                "INSERT INTO credit_codes (credit_code, organization_id) VALUES (@p0, @p1)",
                [ColumnKind.Text, ColumnKind.Id],
                code,
                revision.Id
            );
        }
    }

    internal static void Keep(RecordTransaction tx, Guid workerId, Revision<AffiliationContent> revision)
    {
        if (revision.Number > 1)
        {
            tx.Execute(
                "DELETE FROM staff_numbers WHERE worker_id = @p0 AND affiliation_id = @p1",
                [ColumnKind.Id, ColumnKind.Id],
                workerId,
                revision.Id
            );
        }
        if (revision is { Voided: false, Content: { OrganizationId: { } organizationId, StaffNumber: { } staffNumber } content })
        {
            tx.Execute(
                "INSERT INTO staff_numbers (organization_id, staff_number, affiliation_id, worker_id, from_day, until_day) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)",
                [ColumnKind.Id, ColumnKind.Text, ColumnKind.Id, ColumnKind.Id, ColumnKind.Day, ColumnKind.Day],
                organizationId,
                staffNumber,
                revision.Id,
                workerId,
                StoredDay.Of(content.From),
                StoredDay.Of(content.Until)
            );
        }
    }

    private static Guid? Other(RecordTransaction tx, string sql, string key, Guid self)
    {
        var holders = tx.Connection.Prepared(sql, ColumnKind.Text).Read(tx.Connection.Transaction, row => row.Id(), key);
        return holders.Count > 0 && holders[0] != self ? holders[0] : null;
    }
}

public sealed record StaffNumberHolder(Guid AffiliationId, Guid WorkerId, DayPeriod Period);
