using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Data.Access;

/// <summary>Scope (design §5), once for a single worker and once for a query: always by today's tree and affiliations.</summary>
public static class ScopeQueries
{
    /// <summary>A tree is not deeper than this; a guard, not a rule.</summary>
    private const int Deepest = 64;

    /// <summary>Whether the organisation stands in the scope today; one that does not exist never does.</summary>
    /// <param name="read">All revisions of an organisation, where they are not only in the record.</param>
    public static bool Covers(
        this RecordConnection connection,
        Scope scope,
        Guid organizationId,
        DateOnly today,
        Func<Guid, IReadOnlyList<Revision<OrganizationContent>>>? read = null
    ) => connection.WayUp(organizationId, today, read).Any(o => scope.Everything || scope.Roots.Contains(o.Id));

    /// <summary>The organisation, its parent, and so on as they stand today; it ends before one that is voided or does not exist.</summary>
    public static IEnumerable<Revision<OrganizationContent>> WayUp(
        this RecordConnection connection,
        Guid organizationId,
        DateOnly today,
        Func<Guid, IReadOnlyList<Revision<OrganizationContent>>>? read = null
    )
    {
        read ??= connection.ReadOrganization;
        Guid? at = organizationId;
        for (var depth = 0; at is { } id && depth < Deepest; depth++)
        {
            if (OrganizationHistory.On(read(id), today, Instant.Never) is not { Voided: false } found)
            {
                yield break;
            }
            yield return found;
            at = found.Content.ParentId;
        }
    }

    /// <summary>Whether the worker is in the scope by his places as of today; where the scope is everything, any worker is.</summary>
    public static bool Covers(
        this RecordConnection connection,
        Scope scope,
        IReadOnlyList<Revision<AffiliationContent>> revisions,
        DateOnly today
    )
    {
        if (scope.Everything || scope.IsEmpty)
        {
            return scope.Everything;
        }
        return Places(revisions, today).Any(place => connection.Covers(scope, place, today));
    }

    /// <summary>The worker's places as of today, by all that is recorded about his affiliations.</summary>
    public static IReadOnlyList<Guid> Places(IReadOnlyList<Revision<AffiliationContent>> revisions, DateOnly today)
    {
        var newest = new Dictionary<Guid, Revision<AffiliationContent>>();
        foreach (var revision in revisions)
        {
            newest[revision.Id] = revision;
        }
        return WorkerPlaces.On(newest.Values.Where(r => !r.Voided).Select(r => r.Content), today);
    }

    /// <summary>Only workers in the scope: the same rule as <see cref="WorkerPlaces"/>, in the query.</summary>
    public static IQueryable<WorkerRevisionRow> In(
        this IQueryable<WorkerRevisionRow> workers,
        Scope scope,
        CareerContext context,
        DateOnly today
    )
    {
        if (scope.Everything)
        {
            return workers;
        }
        var inside = context.AffiliationsIn(scope, today);
        return workers.Where(w => inside.Any(a => a.WorkerId == w.WorkerId));
    }

    /// <inheritdoc cref="In(IQueryable{WorkerRevisionRow}, Scope, CareerContext, DateOnly)"/>
    public static IQueryable<MilestoneRevisionRow> In(
        this IQueryable<MilestoneRevisionRow> milestones,
        Scope scope,
        CareerContext context,
        DateOnly today
    )
    {
        if (scope.Everything)
        {
            return milestones;
        }
        var inside = context.AffiliationsIn(scope, today);
        return milestones.Where(m => inside.Any(a => a.WorkerId == m.WorkerId));
    }

    /// <summary>
    /// Without milestones of a restricted type, but for those of the workers in the scope in which the caller sees it, and of
    /// the caller himself.
    /// </summary>
    public static IQueryable<MilestoneRevisionRow> Restricting(
        this IQueryable<MilestoneRevisionRow> milestones,
        string type,
        Scope seenIn,
        Guid? self,
        CareerContext context,
        DateOnly today
    )
    {
        if (seenIn.Everything)
        {
            return milestones;
        }
        var own = self ?? Guid.Empty;
        if (seenIn.IsEmpty)
        {
            return milestones.Where(m => m.Type != type || m.WorkerId == own);
        }
        var inside = context.AffiliationsIn(seenIn, today);
        return milestones.Where(m => m.Type != type || m.WorkerId == own || inside.Any(a => a.WorkerId == m.WorkerId));
    }

    public static IQueryable<OrganizationRevisionRow> In(
        this IQueryable<OrganizationRevisionRow> organizations,
        Scope scope,
        CareerContext context,
        DateOnly today
    )
    {
        if (scope.Everything)
        {
            return organizations;
        }
        var below = context.Subtree(scope.Roots, today, Instant.Never);
        return organizations.Where(o => below.Contains(o.OrganizationId));
    }

    public static IQueryable<EnteredFigureRevisionRow> In(
        this IQueryable<EnteredFigureRevisionRow> figures,
        Scope scope,
        CareerContext context,
        DateOnly today
    )
    {
        if (scope.Everything)
        {
            return figures;
        }
        var below = context.Subtree(scope.Roots, today, Instant.Never);
        return figures.Where(f => below.Contains(f.OrganizationId));
    }

    private static IQueryable<AffiliationRevisionRow> AffiliationsIn(this CareerContext context, Scope scope, DateOnly today)
    {
        var below = context.Subtree(scope.Roots, today, Instant.Never);
        var inTree = context.Affiliations.Where(a => a.SupersededAt == null && a.OrganizationId != null).NotVoided();
        return inTree.Where(a =>
            below.Contains(a.OrganizationId!.Value)
            && (
                (a.FromDay <= today && (a.UntilDay == null || a.UntilDay >= today))
                || (
                    !inTree.Any(b =>
                        b.WorkerId == a.WorkerId && b.FromDay <= today && (b.UntilDay == null || b.UntilDay >= today)
                    )
                    && (
                        a.UntilDay < today
                            ? !inTree.Any(b => b.WorkerId == a.WorkerId && b.UntilDay < today && b.UntilDay > a.UntilDay)
                            : !inTree.Any(b => b.WorkerId == a.WorkerId && (b.UntilDay < today || b.FromDay < a.FromDay))
                    )
                )
            )
        );
    }
}
