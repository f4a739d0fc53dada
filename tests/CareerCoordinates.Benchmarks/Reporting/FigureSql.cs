using System.Globalization;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Benchmarks.Reporting;

/// <summary>
/// The figures of a framework in DuckDB's SQL: the workers of the last day and the milestones that may count are picked out once, then a question is
/// asked of them for each figure. Figures of organisations, or of workers by where they work, are left out: it has less to do.
/// </summary>
internal sealed class FigureSql(Framework framework)
{
    private readonly List<(string Name, Figure Figure)> figures =
    [
        .. framework
            .Indicators.SelectMany(i => i.Figures.Select(f => (Name: $"{i.Code}/{f.Code}", Figure: f)))
            .Where(f => f.Figure.Measure is not (FigureMeasure.Share or FigureMeasure.CountOrganizations))
            .Where(f => f.Figure.Where.All(t => t.Subject == FigureSubject.Attribute || t.Test.Attribute == "gender")),
    ];

    /// <summary>The names of the figures that it counts.</summary>
    public IEnumerable<string> Names => figures.Select(f => f.Name);

    /// <summary>The attributes of which the figures ask as columns, read from the JSON column <c>j</c>; texts that people wrote as hashes, as the columns in memory have them.</summary>
    public IEnumerable<string> Columns => Attributes.Select(a => $"{Read(a.Name, a.Type)} AS {Column(a.Name, a.Type)}");

    /// <summary>The types of those columns.</summary>
    public IEnumerable<string> Types =>
        Attributes
            .Where(a => a.Type == AttributeType.Enum)
            .Select(a => $"CREATE TYPE {Column(a.Name, a.Type)} AS ENUM ({string.Join(", ", ValuesOf(a.Name))})");

    /// <summary>What is done for one answer, in order; those after the third answer with rows.</summary>
    /// <param name="here">The workers of the last day: a question for <c>w</c>.</param>
    /// <param name="counting">A condition on <c>m</c>.</param>
    /// <param name="occurred">Another: it occurred in the year, and its worker was here.</param>
    /// <param name="held">A condition on <c>s</c> on the last day.</param>
    public IEnumerable<string> Statements(string here, string counting, string occurred, string held, int lastDay)
    {
        yield return $"CREATE OR REPLACE TEMP TABLE here AS {here}";
        yield return "CREATE OR REPLACE TEMP TABLE inforce AS SELECT m.*, here.g AS gender FROM m JOIN here ON here.w = m.w "
            + $"WHERE {counting} AND m.d <= {lastDay} AND m.l >= {lastDay} AND ({AnyOf(f => f.Milestones is { InForce: true })})";
        yield return "CREATE OR REPLACE TEMP TABLE occurred AS SELECT m.*, w.g AS gender FROM m JOIN w ON w.w = m.w "
            + $"WHERE {counting} AND {occurred} AND ({AnyOf(f => f.Milestones is { InForce: false })})";
        foreach (var (name, figure) in figures)
        {
            yield return Question(name, figure, held, null);
            if (figure.By is { } by)
            {
                yield return Question(name, figure, held, by);
            }
        }
    }

    private string Question(string name, Figure figure, string held, FigureGrouping? by)
    {
        var from =
            figure.Milestones is not { } selection ? "(SELECT w, g AS gender FROM here)"
            : selection.InForce ? "inforce"
            : "occurred";
        var row = by switch
        {
            null => "NULL",
            { Kind: FigureGroupingKind.Rung } => "h.r::VARCHAR",
            { Kind: FigureGroupingKind.MilestoneType } => "x.t::VARCHAR",
            _ => $"coalesce(x.{Column(figure, by.Attribute!)}::VARCHAR, 'none')",
        };
        var number = figure.Measure switch
        {
            FigureMeasure.CountWorkers => "count(DISTINCT x.w)",
            FigureMeasure.CountMilestones => "count(*)",
            FigureMeasure.Sum sum => $"coalesce(sum(x.{Column(figure, sum.Attribute)}), 0)",
            FigureMeasure.CountDistinct distinct =>
                $"count(DISTINCT row({string.Join(", ", distinct.Keys.Select(k => k == FigureMeasure.OccurredOnKey ? "x.g" : "x." + Column(figure, k)))}))",
            _ => throw new InvalidOperationException(),
        };
        var where = figure.Where.Select(t => Condition(figure, t)).Append("true").ToList();
        if (figure.Milestones is { } milestones)
        {
            where.Add(Selected("x", milestones));
        }
        if (figure.Measure is FigureMeasure.Sum { Attribute: var summed })
        {
            where.Add($"x.{Column(figure, summed)} IS NOT NULL");
        }
        var join = figure.Rung is { } rung
            ? $" JOIN (SELECT s.w, s.r FROM s WHERE {held} AND s.c = '{rung.Rung.Channel}' AND s.l {(rung.OrHigher ? ">=" : "=")} {rung.Rung.Order}) AS h ON h.w = x.w"
            : "";
        return $"SELECT '{name}', {row}, {number}, count(DISTINCT x.w) FROM {from} AS x{join} WHERE {string.Join(" AND ", where)}"
            + (by is null ? "" : $" GROUP BY {row}");
    }

    private string Condition(Figure figure, FigureTest test)
    {
        var (asked, column) = (
            test.Test,
            test.Subject == FigureSubject.Attribute ? "x." + Column(figure, test.Test.Attribute) : "x.gender"
        );
        var values = asked.Values.Select(Literal).ToList();
        return asked.Operator switch
        {
            ConditionOperator.Eq or ConditionOperator.In => $"{column} IN ({string.Join(", ", values)})",
            ConditionOperator.Lte => $"{column} <= {values[0]}",
            ConditionOperator.Gte => $"{column} >= {values[0]}",
            _ => $"{column} BETWEEN {values[0]} AND {values[1]}",
        };
    }

    private static string Literal(AttributeValue value) =>
        value.IsNumber ? value.Number.ToString(CultureInfo.InvariantCulture)
        : value.ToString() is "true" or "false" ? value.ToString()
        : $"'{value}'";

    private string AnyOf(Predicate<Figure> which) =>
        string.Join(" OR ", figures.Where(f => which(f.Figure)).Select(f => Selected("m", f.Figure.Milestones!)).Distinct());

    private static string Selected(string row, MilestoneSelection selection) =>
        selection.Type is { } type ? $"{row}.t = '{type}'" : $"{row}.kind = '{selection.Kind}'";

    /// <summary>The attributes of which a figure asks.</summary>
    private static IEnumerable<string> AskedBy(Figure figure) =>
        figure
            .Where.Where(t => t.Subject == FigureSubject.Attribute)
            .Select(t => t.Test.Attribute)
            .Append((figure.Measure as FigureMeasure.Sum)?.Attribute)
            .Append(figure.By?.Attribute)
            .Concat((figure.Measure as FigureMeasure.CountDistinct)?.Keys ?? [])
            .OfType<string>()
            .Where(a => a != FigureMeasure.OccurredOnKey);

    /// <summary>What is of one name may be of several types: each is a column.</summary>
    private IEnumerable<(string Name, AttributeType Type)> Attributes =>
        figures.SelectMany(f => AskedBy(f.Figure).Select(a => (a, TypeOf(f.Figure, a)))).Distinct();

    /// <summary>Whole numbers are decimal; a text where it is one for any type of milestone at which the figure looks.</summary>
    private AttributeType TypeOf(Figure figure, string attribute) =>
        FigureCodes
            .TypesOf(figure, framework)
            .Select(t => t.FindAttribute(attribute)?.Type)
            .OfType<AttributeType>()
            .Select(type => type == AttributeType.Integer ? AttributeType.Decimal : type)
            .Min();

    private IEnumerable<string> ValuesOf(string attribute) =>
        framework
            .MilestoneTypes.Values.SelectMany(t => t.FindAttribute(attribute)?.Allowed ?? [])
            .Select(v => $"'{v.Code}'")
            .Distinct();

    private static string Read(string attribute, AttributeType type)
    {
        var text = $"json_extract_string(j, '$.{attribute}')";
        return type switch
        {
            AttributeType.Decimal => $"TRY_CAST({text} AS DECIMAL(18, 6))",
            AttributeType.Boolean => $"TRY_CAST({text} AS BOOLEAN)",
            AttributeType.Enum => $"TRY_CAST({text} AS {Column(attribute, type)})",
            _ => $"CASE WHEN {text} IS NULL THEN NULL ELSE hash({text}) END",
        };
    }

    private string Column(Figure figure, string attribute) => Column(attribute, TypeOf(figure, attribute));

    private static string Column(string attribute, AttributeType type) => $"\"{attribute} {type}\"";
}
