using System.Collections.Frozen;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// Restricted types (design §5), once for a worker and once for a query: what the caller may not see was never recorded, for
/// lists, counts, limits and ETags as for single reads and writes. They grant nothing and nothing is asked of them, which the
/// framework's reader sees to; so coordinates, explanations and next steps are the same for everybody.
/// </summary>
public static class RestrictedSight
{
    /// <summary>A worker with his milestones as the caller may see them; null where there is none.</summary>
    public static WorkerRecord? ReadMilestones(this CareerStore store, SignedIn me, Guid workerId) =>
        store.Reader.InSnapshot(connection =>
            connection.ReadMilestones(workerId, withContests: true)?.Without(me.HiddenTypes(connection, workerId, store.Today()))
        );

    /// <summary>The types of which this worker has no milestones as far as the caller is concerned.</summary>
    public static IReadOnlySet<string> HiddenTypes(
        this SignedIn me,
        RecordConnection connection,
        Guid workerId,
        DateOnly today,
        IReadOnlyList<Revision<AffiliationContent>>? affiliations = null
    )
    {
        if (me.Caller.WorkerId == workerId || me.Frameworks.Restricted.Count == 0)
        {
            return FrozenSet<string>.Empty;
        }
        var hidden = new HashSet<string>();
        foreach (var (code, type) in me.Frameworks.Restricted)
        {
            var seenIn = me.ScopeSeeing(connection, type, today);
            var sees =
                seenIn.Everything
                || (!seenIn.IsEmpty && connection.Covers(seenIn, affiliations ??= connection.ReadAffiliations(workerId), today));
            if (!sees)
            {
                hidden.Add(code);
            }
        }
        return hidden;
    }

    /// <summary>Only milestones that the caller may see.</summary>
    public static IQueryable<MilestoneRevisionRow> SeenBy(
        this IQueryable<MilestoneRevisionRow> milestones,
        SignedIn me,
        CareerStore store,
        CareerContext context,
        DateOnly today
    )
    {
        var seenIn = store.Reader.InSnapshot(connection =>
            me.Frameworks.Restricted.Values.Select(type => (type.Code, Scope: me.ScopeSeeing(connection, type, today))).ToList()
        );
        return seenIn.Aggregate(
            milestones,
            (rows, type) => rows.Restricting(type.Code, type.Scope, me.Caller.WorkerId, context, today)
        );
    }

    /// <summary>Why the caller may not record a milestone of the type about the worker; null where he may.</summary>
    public static Refusal? MayNotRecord(this SignedIn me, RecordTransaction transaction, WorkerRecord record, MilestoneType type)
    {
        if (
            !me.HiddenTypes(transaction.Connection, record.Id, transaction.Today, record.AffiliationRevisions).Contains(type.Code)
        )
        {
            return null;
        }
        var bodies = type.VerifiedBy.Select(code =>
            KeyValuePair.Create(code, transaction.Framework.VerifierRoles.GetValueOrDefault(code) ?? new Name(code, code))
        );
        return new Refusal(AccessRefusals.RestrictedType, "/type", type.Name.WithCode(type.Code), Name.List(bodies));
    }

    /// <summary>Whether a verifier's grant may judge milestones of the type: restricted ones never on the employer's side.</summary>
    public static Func<RoleGrant, bool> MayBeJudgedBy(
        this SignedIn me,
        RecordConnection connection,
        MilestoneType type,
        DateOnly today
    ) =>
        grant =>
            !me.Frameworks.Restricted.ContainsKey(type.Code)
            || !grant.IsEmployers(me.Frameworks.Current, root => IsEmployers(connection, root, today));

    private static Scope ScopeSeeing(this SignedIn me, RecordConnection connection, MilestoneType type, DateOnly today) =>
        LocalUser.Is(me)
            ? Scope.Of([new RoleGrant(Guid.Empty, Role.Officer, null, [])])
            : me.Caller.ScopeOfRestricted(type, me.Frameworks.Current, root => IsEmployers(connection, root, today));

    private static bool IsEmployers(RecordConnection connection, Guid organization, DateOnly today) =>
        OrganizationHistory.On(connection.ReadOrganization(organization), today, Instant.Never)?.Content.Kind
            is OrganizationKind.Enterprise
                or OrganizationKind.EnterpriseUnion;
}
