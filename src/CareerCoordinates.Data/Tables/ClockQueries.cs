using CareerCoordinates.Domain.Time;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Data.Tables;

/// <summary>The questions that several features ask of the tables, as parts of a query.</summary>
public static class ClockQueries
{
    public const string Active = "active";

    /// <summary>The revision of each thing that was the newest at <paramref name="knownAt"/>.</summary>
    public static IQueryable<T> KnownAt<T>(this IQueryable<T> rows, Instant knownAt)
        where T : HistoryRow
    {
        var at = knownAt.Microseconds;
        return rows.Where(r => r.RecordedAt <= at && (r.SupersededAt == null || r.SupersededAt > at));
    }

    public static IQueryable<StandingRow> KnownAt(this IQueryable<StandingRow> rows, Instant knownAt)
    {
        var at = knownAt.Microseconds;
        return rows.Where(r => r.RecordedAt <= at && (r.SupersededAt == null || r.SupersededAt > at));
    }

    public static IQueryable<T> NotVoided<T>(this IQueryable<T> rows)
        where T : HistoryRow => rows.Where(r => r.State == Active);

    /// <summary>In force on the day; an affiliation has inclusive days.</summary>
    public static IQueryable<AffiliationRevisionRow> InForceOn(this IQueryable<AffiliationRevisionRow> rows, DateOnly day) =>
        rows.Where(r => r.FromDay <= day && (r.UntilDay == null || r.UntilDay >= day));

    public static IQueryable<StandingRow> HeldOn(this IQueryable<StandingRow> rows, DateOnly day) =>
        rows.Where(r => r.FromDay <= day && day < r.EndDay);

    /// <summary>Ids from a table that LINQ does not know: one column <c>id</c>.</summary>
    public static IQueryable<Guid> Ids(
        this CareerContext context,
        [System.Diagnostics.CodeAnalysis.StringSyntax("sql")] string sql,
        params object[] parameters
    ) => context.Set<IdRow>().FromSqlRaw(sql, parameters).Select(r => r.Id);

    /// <summary>
    /// Ids of an organisation and of all below it, by the parents that held on <paramref name="day"/> as known at
    /// <paramref name="knownAt"/>: the parent of the last revision recorded by then whose day had come. Voided ones are out.
    /// </summary>
    public static IQueryable<Guid> Subtree(this CareerContext context, Guid root, DateOnly day, Instant knownAt) =>
        context.Subtree([root], day, knownAt);

    /// <summary>The subtrees of several organisations.</summary>
    public static IQueryable<Guid> Subtree(
        this CareerContext context,
        IReadOnlyCollection<Guid> roots,
        DateOnly day,
        Instant knownAt
    )
    {
        var places = roots.Count == 0 ? "NULL" : string.Join(", ", Enumerable.Range(2, roots.Count).Select(i => $"{{{i}}}"));
        var sql = $$"""
            WITH RECURSIVE holds AS (
                SELECT r.organization_id, r.parent_id FROM organization_revisions r
                WHERE r.recorded_at <= {0} AND r.holds_from <= {1}
                AND NOT EXISTS (
                    SELECT 1 FROM organization_revisions later
                    WHERE later.organization_id = r.organization_id AND later.revision > r.revision
                    AND later.recorded_at <= {0} AND (later.holds_from <= {1} OR later.state = 'voided'))
                AND r.state <> 'voided'
            ), subtree (id) AS (
                SELECT organization_id FROM holds WHERE organization_id IN ({{places}})
                UNION
                SELECT holds.organization_id FROM holds JOIN subtree ON holds.parent_id = subtree.id
            )
            SELECT id FROM subtree
            """;
        return context
            .Set<IdRow>()
            .FromSqlRaw(
                sql,
                [knownAt.Microseconds, Record.StoredDay.Of(day), .. roots.Select(root => context.Engine.Value(root))]
            )
            .Select(r => r.Id);
    }
}
