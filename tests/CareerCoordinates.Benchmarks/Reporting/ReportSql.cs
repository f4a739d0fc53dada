using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Grid;

namespace CareerCoordinates.Benchmarks.Reporting;

/// <summary>
/// The questions in SQL, for DuckDB and for SQLite alike, on three relations of integers and codes: <c>w</c> (workers), <c>a</c>
/// (affiliations in the tree), <c>s</c> (standings), <c>m</c> (counting milestones); <c>k</c> is when a row was recorded, <c>u</c> when it was superseded.
/// A rung's level is its order within a channel.
/// </summary>
/// <param name="KnownAt">Microseconds; null: now.</param>
internal sealed record ReportSql(
    Framework Framework,
    DateOnly AsOf,
    long? KnownAt,
    bool OfInside,
    string? Occupation,
    string? Stage
)
{
    private string Known(string row) =>
        KnownAt is { } at ? $"{row}.k <= {at} AND ({row}.u IS NULL OR {row}.u > {at})" : $"{row}.u IS NULL";

    private static int Day(DateOnly day) => StoredDay.Of(day);

    private string Present(DateOnly day, string columns = "a.w") =>
        $"SELECT DISTINCT {columns} FROM a JOIN w ON w.w = a.w WHERE {Known("a")} AND {Known("w")} AND w.active AND a.f <= {Day(day)} AND {Day(day)} < a.e"
        + (OfInside ? " AND a.o IN (SELECT o FROM inside)" : "")
        + (Occupation is null ? "" : $" AND a.oc LIKE '{Occupation}%'")
        + OfStage(day);

    private string OfStage(DateOnly day)
    {
        if (Stage is null)
        {
            return "";
        }
        var (first, last) = StageDays.CareerStartsOf(Framework, Stage, day)!.Value;
        return $" AND w.cs BETWEEN {Day(first)} AND {Day(last)}";
    }

    private string Held(DateOnly day) => $"{Known("s")} AND s.f <= {Day(day)} AND {Day(day)} < s.e";

    public string Positions =>
        $"WITH p AS ({Present(AsOf)}) SELECT s.c, s.r, count(*) FROM s JOIN p ON p.w = s.w WHERE {Held(AsOf)} GROUP BY s.c, s.r";

    public string Grid
    {
        get
        {
            var stages = Framework
                .Stages.Select(stage => (stage.Code, Starts: StageDays.CareerStartsOf(Framework, stage.Code, AsOf)))
                .Where(s => s.Starts is not null)
                .Select(s => $"WHEN w.cs >= {Day(s.Starts!.Value.First)} THEN '{s.Code}'");
            return $"""
                WITH p AS ({Present(AsOf)}), h AS (SELECT s.w, max(s.l) AS l FROM s WHERE {Held(AsOf)} GROUP BY s.w)
                SELECT CASE WHEN w.cs IS NULL THEN 'unknown' {string.Join(
                    ' ',
                    stages
                )} END AS stage, coalesce(h.l, 0) AS level, count(*)
                FROM p JOIN w ON w.w = p.w AND {Known("w")} LEFT JOIN h ON h.w = p.w GROUP BY 1, 2
                """.ReplaceLineEndings(
                " "
            );
        }
    }

    public string Transitions(Channel channel, DateOnly from) =>
        $"""
            WITH p AS ({Present(from)}), q AS ({Present(AsOf)}),
            x AS (SELECT s.w, s.r FROM s WHERE s.c = '{channel.Code}' AND {Held(from)}),
            y AS (SELECT s.w, s.r FROM s WHERE s.c = '{channel.Code}' AND {Held(AsOf)}),
            b AS (SELECT w, max(before) AS before, max(after) AS after FROM (
                SELECT p.w, 1 AS before, 0 AS after FROM p UNION ALL SELECT q.w, 0, 1 FROM q) AS z GROUP BY w)
            SELECT CASE WHEN b.before = 0 THEN 'absent' WHEN x.r IS NULL THEN 'none' ELSE CAST(x.r AS VARCHAR) END AS fr,
                CASE WHEN b.after = 0 THEN 'absent' WHEN y.r IS NULL THEN 'none' ELSE CAST(y.r AS VARCHAR) END AS tr, count(*)
            FROM b LEFT JOIN x ON x.w = b.w LEFT JOIN y ON y.w = b.w GROUP BY 1, 2
            """.ReplaceLineEndings(" ");

    /// <summary>The milestones of the year that ends on the day, of those who were here on each one's own day.</summary>
    public string Milestones =>
        $"""
            SELECT m.t, count(*), count(DISTINCT m.w) FROM m JOIN w ON w.w = m.w AND {Known("w")} AND w.active
            WHERE {Known("m")} AND {OfYear}
            GROUP BY m.t
            """.ReplaceLineEndings(" ");

    private string OfYear =>
        $"m.d > {Day(AsOf.AddYears(-1))} AND m.d <= {Day(AsOf)} AND EXISTS (SELECT 1 FROM a WHERE a.w = m.w AND {Known("a")} AND a.f <= m.d AND m.d < a.e"
        + (OfInside ? " AND a.o IN (SELECT o FROM inside))" : ")");

    /// <summary>All figures of the year that ends on the day, one statement after the other.</summary>
    public IEnumerable<string> Figures(FigureSql figures) =>
        figures.Statements(
            Present(AsOf, "a.w, w.g"),
            Known("m"),
            $"{Known("w")} AND w.active AND {OfYear}",
            Held(AsOf),
            Day(AsOf)
        );

    public string Times(Rung from, Rung to) =>
        $"""
            WITH x AS (
                SELECT s.w, min(CASE WHEN s.l < {to.Level} THEN s.f END) AS b, min(CASE WHEN s.l >= {to.Level} THEN s.f END) AS r
                FROM s JOIN w ON w.w = s.w AND {Known("w")} AND w.active
                WHERE s.c = '{from.Channel}' AND s.l >= {from.Level} AND s.f <= {Day(AsOf)} AND {Known("s")} GROUP BY s.w
            ), y AS (
                SELECT x.w, x.b, x.r, max(CASE WHEN a.f <= x.b AND x.b < a.e THEN 1 ELSE 0 END) AS here,
                    max(CASE WHEN a.f > x.b THEN 1 ELSE 0 END) AS later,
                    max(CASE WHEN a.e - 1 < {Day(AsOf)} THEN a.e - 1 ELSE {Day(AsOf)} END) AS z
                FROM x JOIN a ON a.w = x.w AND {Known("a")} AND a.f <= {Day(AsOf)}
                WHERE x.b IS NOT NULL AND (x.r IS NULL OR x.r >= x.b) GROUP BY x.w, x.b, x.r
            )
            SELECT CASE WHEN r <= z THEN r ELSE z END - b AS days, CASE WHEN r <= z THEN 1 ELSE 0 END AS had, count(*)
            FROM y WHERE here = 1 OR later = 1 GROUP BY 1, 2
            """.ReplaceLineEndings(" ");
}
