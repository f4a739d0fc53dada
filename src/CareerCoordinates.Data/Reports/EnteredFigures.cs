using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Tables;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Reports;

/// <summary>The sum of a figure over several organisations.</summary>
/// <param name="Organizations">Those that entered it; the others are no zeros, they said nothing.</param>
public sealed record EnteredSum(string Indicator, string Figure, decimal Sum, IReadOnlyList<Guid> Organizations);

/// <summary>What organisations entered: written under the lock of the organisation, read by id or added up for a report.</summary>
public static class EnteredFigures
{
    private static readonly string RevisionsSql =
        $"SELECT {ReportTables.EnteredFigures.Names} FROM entered_figure_revisions WHERE entered_figure_id = @p0 ORDER BY revision";

    private const string TakenSql = """
        SELECT entered_figure_id FROM entered_figures
        WHERE organization_id = @p0 AND indicator = @p1 AND figure = @p2 AND year_kind = @p3 AND year = @p4
        """;

    private const string OfYearSql = """
        SELECT r.organization_id, r.indicator, r.figure, r.number FROM entered_figure_revisions r
        WHERE r.year_kind = @p0 AND r.year = @p1 AND r.state = 'active'
        AND r.recorded_at <= @p2 AND (r.superseded_at IS NULL OR r.superseded_at > @p2)
        AND NOT EXISTS (
            SELECT 1 FROM organization_revisions o
            WHERE o.organization_id = r.organization_id AND o.state = 'voided' AND o.recorded_at <= @p2)
        """;

    /// <summary>All revisions in order; empty where there is none.</summary>
    public static IReadOnlyList<Revision<EnteredFigureContent>> ReadEnteredFigure(this RecordConnection connection, Guid id) =>
        connection.Prepared(RevisionsSql, ColumnKind.Id).Read(connection.Transaction, ReadRevision, id);

    /// <summary>All revisions, locked with their organisation until the end; empty where there is none.</summary>
    public static IReadOnlyList<Revision<EnteredFigureContent>> LockEnteredFigure(this RecordTransaction tx, Guid id)
    {
        if (tx.Connection.ReadEnteredFigure(id) is not [var first, ..])
        {
            return [];
        }
        tx.LockOrganization(first.Content.OrganizationId);
        // Read again: another may have changed it while we waited.
        var revisions = tx.Connection.ReadEnteredFigure(id);
        tx.StampAfter(revisions[^1].RecordedAt);
        return revisions;
    }

    /// <summary>The id under which the organisation, locked, has entered this figure of this year; null where it has not.</summary>
    public static Guid? OtherEntry(this RecordTransaction tx, EnteredFigureContent content, Guid id)
    {
        var taken = tx
            .Connection.Prepared(TakenSql, ColumnKind.Id, ColumnKind.Text, ColumnKind.Text, ColumnKind.Text, ColumnKind.Int)
            .Read(
                tx.Connection.Transaction,
                row => row.Id(),
                content.OrganizationId,
                content.Indicator,
                content.Figure,
                Codes<YearKind>.Of(content.Year.Kind),
                content.Year.Number
            );
        return taken is [var other] && other != id ? other : null;
    }

    /// <summary>Adds a revision; the organisation is locked.</summary>
    public static void Add(this RecordTransaction tx, Revision<EnteredFigureContent> revision)
    {
        if (revision.Number > 1)
        {
            tx.Execute(
                "UPDATE entered_figure_revisions SET superseded_at = @p0 WHERE organization_id = @p1 AND entered_figure_id = @p2 AND revision = @p3",
                [ColumnKind.Big, ColumnKind.Id, ColumnKind.Id, ColumnKind.Int],
                tx.RecordedAt.Microseconds,
                revision.Content.OrganizationId,
                revision.Id,
                revision.Number - 1
            );
            tx.Execute("DELETE FROM entered_figures WHERE entered_figure_id = @p0", [ColumnKind.Id], revision.Id);
        }
        tx.Execute(ReportTables.EnteredFigures.InsertSql, ReportTables.EnteredFigures.Kinds, RowOf(revision));
        if (!revision.Voided)
        {
            var (content, year) = (revision.Content, revision.Content.Year);
            tx.Execute(
                ReportTables.Entered.InsertSql,
                ReportTables.Entered.Kinds,
                content.OrganizationId,
                content.Indicator,
                content.Figure,
                Codes<YearKind>.Of(year.Kind),
                year.Number,
                revision.Id
            );
        }
    }

    /// <summary>
    /// The sums of what organisations entered for a year, as known at an instant, in order of indicator and figure. What was
    /// voided by then is not in them, nor is an organisation that was.
    /// </summary>
    /// <param name="scope">The subtrees that count, by the tree of the year's last day as known at the instant.</param>
    public static IReadOnlyList<EnteredSum> SumsAt(
        this RecordConnection connection,
        Scope scope,
        ReportingYear year,
        Instant knownAt
    ) =>
        scope.Everything
            ? connection.SumsAt(_ => true, year, knownAt)
            : connection.SumsAt(connection.Subtrees(scope.Roots, year.LastDay, knownAt).Contains, year, knownAt);

    /// <inheritdoc cref="SumsAt(RecordConnection, Scope, ReportingYear, Instant)"/>
    /// <param name="counts">Whether an organisation counts.</param>
    public static IReadOnlyList<EnteredSum> SumsAt(
        this RecordConnection connection,
        Func<Guid, bool> counts,
        ReportingYear year,
        Instant knownAt
    ) =>
        [
            .. connection
                .Prepared(OfYearSql, ColumnKind.Text, ColumnKind.Int, ColumnKind.Big)
                .Read(
                    connection.Transaction,
                    row => (Organization: row.Id(), Indicator: row.Text(), Figure: row.Text(), Millionths: row.Long()),
                    Codes<YearKind>.Of(year.Kind),
                    year.Number,
                    knownAt.Microseconds
                )
                .Where(r => counts(r.Organization))
                .GroupBy(r => (r.Indicator, r.Figure))
                .OrderBy(g => g.Key.Indicator, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Figure, StringComparer.Ordinal)
                .Select(g => new EnteredSum(
                    g.Key.Indicator,
                    g.Key.Figure,
                    g.Sum(r => EnteredFigureContent.OfMillionths(r.Millionths)),
                    [.. g.Select(r => r.Organization)]
                )),
        ];

    internal static object?[] RowOf(Revision<EnteredFigureContent> r) =>
        [
            r.Content.OrganizationId,
            r.Id,
            r.Number,
            RecordRows.State(r.Voided),
            r.Content.Indicator,
            r.Content.Figure,
            Codes<YearKind>.Of(r.Content.Year.Kind),
            r.Content.Year.Number,
            r.Content.Millionths,
            r.Content.Source,
            r.Reason,
            r.RecordedAt.Microseconds,
            r.RecordedBy,
            r.SupersededAt?.Microseconds,
        ];

    private static HashSet<Guid> Subtrees(
        this RecordConnection connection,
        IReadOnlyCollection<Guid> roots,
        DateOnly day,
        Instant knownAt
    )
    {
        var sql = ClockQueries.SubtreeSql(roots.Count, i => $"@p{i}");
        ColumnKind[] kinds = [ColumnKind.Big, ColumnKind.Day, .. roots.Select(_ => ColumnKind.Id)];
        object?[] values = [knownAt.Microseconds, StoredDay.Of(day), .. roots.Select(root => (object?)root)];
        return [.. connection.Prepared(sql, kinds).Read(connection.Transaction, row => row.Id(), values)];
    }

    private static Revision<EnteredFigureContent> ReadRevision(Row row)
    {
        var organizationId = row.Id();
        var (id, number, voided) = (row.Id(), row.Int(), row.Text() == RecordRows.Voided);
        var (indicator, figure) = (row.Text(), row.Text());
        var year = new ReportingYear(Codes<YearKind>.Parse(row.Text()), row.Int());
        var content = new EnteredFigureContent(
            organizationId,
            indicator,
            figure,
            year,
            EnteredFigureContent.OfMillionths(row.Long()),
            row.Text()
        );
        return new(id, number, voided, content, row.TextOrNull(), row.Instant(), row.Text(), row.InstantOrNull());
    }
}
