using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Data.Record;

/// <summary>The way up the tree and what hangs below, asked while the tree is locked.</summary>
public static class OrganizationAncestors
{
    private static readonly string EverBelowSql = $"""
        WITH RECURSIVE below (id) AS (
            SELECT organization_id FROM organization_revisions WHERE parent_id = @p0
            UNION
            SELECT r.organization_id FROM below JOIN organization_revisions r ON r.parent_id = below.id
        )
        SELECT {RecordTables.Organizations.Names} FROM organization_revisions
        WHERE organization_id IN (SELECT id FROM below) ORDER BY organization_id, revision
        """;

    /// <summary>
    /// The ways up from an organisation on each day from <paramref name="from"/> on; none where it does not exist or is voided.
    /// </summary>
    /// <param name="revisionsOf">All revisions of an organisation, where they are not only in the record.</param>
    public static IReadOnlyList<WayUp> WaysUp(
        this RecordTransaction tx,
        Guid? organizationId,
        DateOnly from,
        Func<Guid, IReadOnlyList<Revision<OrganizationContent>>>? revisionsOf = null
    )
    {
        revisionsOf ??= tx.Connection.ReadOrganization;
        if (organizationId is not { } start || revisionsOf(start) is not [.., { Voided: false }])
        {
            return [];
        }
        var read = new Dictionary<Guid, IReadOnlyList<Revision<OrganizationContent>>>();
        return OrganizationHistory.WaysUpFrom(
            start,
            from,
            id => read.TryGetValue(id, out var known) ? known : read[id] = revisionsOf(id)
        );
    }

    /// <summary>The ways up with the levels that stand below the organisation that is put there, on the days of each.</summary>
    /// <param name="everUnder">All revisions of each that ever stood directly under one, where they are not only in the record.</param>
    public static IReadOnlyList<WayUp> TakingAlong(
        this RecordTransaction tx,
        IReadOnlyList<WayUp> ways,
        Guid id,
        Func<Guid, IEnumerable<IReadOnlyList<Revision<OrganizationContent>>>>? everUnder = null
    ) => ways.Count == 0 ? ways : OrganizationHistory.TakingAlong(ways, id, everUnder ?? tx.EverBelow(id));

    /// <summary>Read at once: all revisions of what ever stood below an organisation, by the parents.</summary>
    private static Func<Guid, IEnumerable<IReadOnlyList<Revision<OrganizationContent>>>> EverBelow(
        this RecordTransaction tx,
        Guid id
    )
    {
        var below = tx
            .Connection.Prepared(EverBelowSql, ColumnKind.Id)
            .Read(tx.Connection.Transaction, RecordRows.Organization, id)
            .GroupBy(r => r.Id)
            .Select(revisions => revisions.ToList())
            .SelectMany(
                revisions => revisions.Select(r => r.Content.ParentId).OfType<Guid>().Distinct(),
                (revisions, parent) => (Parent: parent, Revisions: revisions)
            )
            .ToLookup(one => one.Parent, one => one.Revisions);
        return parent => below[parent];
    }

    /// <summary>How many organisations, on whatever day, and how many affiliations hang on it and are not voided.</summary>
    public static (int Children, int Affiliations) HangingOn(this RecordTransaction tx, Guid organizationId)
    {
        const string children = """
            SELECT count(DISTINCT r.organization_id) FROM organization_revisions r
            WHERE r.parent_id = @p0 AND r.state <> 'voided'
            AND NOT EXISTS (
                SELECT 1 FROM organization_revisions later
                WHERE later.organization_id = r.organization_id AND later.revision > r.revision
                AND (later.holds_from <= r.holds_from OR later.state = 'voided'))
            """;
        const string affiliations = """
            SELECT count(*) FROM affiliation_revisions a JOIN worker_revisions w ON w.worker_id = a.worker_id
            WHERE a.organization_id = @p0 AND a.superseded_at IS NULL AND a.state <> 'voided'
            AND w.superseded_at IS NULL AND w.state <> 'voided'
            """;
        return (Count(tx, children, organizationId), Count(tx, affiliations, organizationId));
    }

    private static int Count(RecordTransaction tx, string sql, Guid organizationId) =>
        (int)(long)tx.Connection.Prepared(sql, ColumnKind.Id).Scalar(tx.Connection.Transaction, organizationId)!;
}
