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
        return context
            .Set<IdRow>()
            .FromSqlRaw(
                SubtreeSql(roots.Count, i => $"{{{i}}}"),
                [knownAt.Microseconds, Record.StoredDay.Of(day), .. roots.Select(root => context.Engine.Value(root))]
            )
            .Select(r => r.Id);
    }

    /// <summary>The ids of several organisations and of all below them.</summary>
    /// <param name="parameter">How a parameter is written: 0 is the instant, 1 the day, the roots come after.</param>
    internal static string SubtreeSql(int roots, Func<int, string> parameter)
    {
        var (knownAt, day) = (parameter(0), parameter(1));
        var places = roots == 0 ? "NULL" : string.Join(", ", Enumerable.Range(2, roots).Select(parameter));
        return $"""
            WITH RECURSIVE holds AS (
                SELECT r.organization_id, r.parent_id FROM organization_revisions r
                WHERE r.recorded_at <= {knownAt} AND r.holds_from <= {day}
                AND NOT EXISTS (
                    SELECT 1 FROM organization_revisions later
                    WHERE later.organization_id = r.organization_id AND later.revision > r.revision
                    AND later.recorded_at <= {knownAt} AND (later.holds_from <= {day} OR later.state = 'voided'))
                AND r.state <> 'voided'
            ), subtree (id) AS (
                SELECT organization_id FROM holds WHERE organization_id IN ({places})
                UNION
                SELECT holds.organization_id FROM holds JOIN subtree ON holds.parent_id = subtree.id
            )
            SELECT id FROM subtree
            """;
    }
}
