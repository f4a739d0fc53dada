using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Data.Record;

/// <summary>The way up the tree, asked while the tree is locked.</summary>
public static class OrganizationAncestors
{
    /// <summary>
    /// An organisation and all that stand above it on any day from <paramref name="from"/> on; empty where it does not
    /// exist or is voided. Whoever would stand among them and below at once makes a cycle.
    /// </summary>
    public static IReadOnlyCollection<Guid> WithAncestors(this RecordTransaction tx, Guid? organizationId, DateOnly from)
    {
        if (organizationId is not { } start || tx.Connection.ReadOrganization(start) is not [.., { Voided: false }])
        {
            return [];
        }
        var found = new HashSet<Guid>();
        var open = new Stack<Guid>([start]);
        while (open.TryPop(out var id))
        {
            if (found.Add(id))
            {
                foreach (var parent in OrganizationHistory.ParentsFrom(tx.Connection.ReadOrganization(id), from))
                {
                    open.Push(parent);
                }
            }
        }
        return found;
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
