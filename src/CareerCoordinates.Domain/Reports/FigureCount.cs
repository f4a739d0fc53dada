using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;

namespace CareerCoordinates.Domain.Reports;

/// <summary>What a figure comes to, in all or in one row.</summary>
/// <param name="Code">The value of the row; null for all together.</param>
/// <param name="Workers">Who is behind it.</param>
/// <param name="Number">Workers, milestones, different things, or a sum.</param>
/// <param name="Largest">The most that one worker gives to <paramref name="Number"/>.</param>
public sealed record FigureRow(string? Code, Cell Workers, decimal Number, decimal Largest);

/// <summary>A figure with its number, and with its rows where it is broken down (in the framework's order, then what it does not know).</summary>
public sealed record CountedFigure(FigureRow All, IReadOnlyList<FigureRow> Rows)
{
    /// <summary>Where nobody counts.</summary>
    public static readonly CountedFigure Nothing = new(new(null, default, 0, 0), []);
}

/// <summary>
/// Counts one figure of workers or of milestones (design §3.5). All that is one worker's comes together. A worker or milestone that
/// lacks what the figure is broken down by stands under <see cref="ReportCodes.None"/>.
/// </summary>
public sealed class FigureCount(Figure figure, Framework framework)
{
    private readonly Group all = new();
    private readonly Dictionary<string, Group> rows = new(StringComparer.Ordinal);
    private readonly int channel = figure.Rung is { } rung ? framework.FindChannel(rung.Rung.Channel)!.Index : -1;

    public Figure Figure => figure;

    /// <summary>Whether the figure looks at milestones of a type.</summary>
    public bool Takes(MilestoneType type) =>
        figure.Milestones is { } selection && (selection.Type is { } code ? code == type.Code : selection.Kind == type.Kind);

    /// <summary>Counts a worker, or one of his milestones of a type that the figure takes.</summary>
    public void Add(FigureFacts facts)
    {
        if (!Passes(facts))
        {
            return;
        }
        Add(all, facts);
        if (figure.By is { } by)
        {
            var code = CodeOf(by, facts);
            if (!rows.TryGetValue(code, out var group))
            {
                rows[code] = group = new();
            }
            Add(group, facts);
        }
    }

    /// <summary>Whether the attributes pass what the figure asks of them: others are not worth a look at their worker.</summary>
    public bool Passes(AttributeSet attributes) =>
        figure.Where.All(t =>
            t.Subject != FigureSubject.Attribute || (attributes.TryGet(t.Test.Attribute, out var value) && t.Test.Holds(value))
        ) && (figure.Measure is not FigureMeasure.Sum sum || attributes.TryGet(sum.Attribute, out _));

    /// <summary>Adds what was counted of other workers.</summary>
    public void Add(FigureCount others)
    {
        all.Add(others.all);
        foreach (var (code, group) in others.rows)
        {
            if (!rows.TryGetValue(code, out var known))
            {
                rows[code] = known = new();
            }
            known.Add(group);
        }
    }

    public CountedFigure Result()
    {
        var known = FigureCodes.Of(figure, framework);
        var others = rows.Keys.Except(known).Order(StringComparer.Ordinal);
        return new(
            RowOf(null, all),
            figure.By is null ? [] : [.. known.Concat(others).Select(code => RowOf(code, rows.GetValueOrDefault(code)))]
        );
    }

    private FigureRow RowOf(string? code, Group? group)
    {
        group ??= new();
        var workers = group.Sum.Workers;
        return figure.Measure switch
        {
            FigureMeasure.CountWorkers => new(code, workers, workers.Count, Math.Min(workers.Count, 1)),
            FigureMeasure.CountDistinct => new(code, workers, group.Things.Count, group.Things.Largest),
            _ => new(code, workers, group.Sum.Sum, group.Sum.Largest),
        };
    }

    private bool Passes(FigureFacts facts)
    {
        if (figure.Rung is { } rung)
        {
            var held = facts.Rungs[channel];
            if (rung.OrHigher ? held < rung.Rung.Order : held != rung.Rung.Order)
            {
                return false;
            }
        }
        foreach (var test in figure.Where)
        {
            if (!facts.Passes(test, framework))
            {
                return false;
            }
        }
        // A milestone without the number is none of those that are added up.
        return figure.Measure is not FigureMeasure.Sum sum || facts.Attributes.TryGet(sum.Attribute, out _);
    }

    private void Add(Group group, FigureFacts facts)
    {
        var amount = figure.Measure switch
        {
            FigureMeasure.Sum sum => facts.Attributes.TryGet(sum.Attribute, out var value) && value.IsNumber ? value.Number : 0,
            _ => 1m,
        };
        group.Sum.Add(facts.Worker, facts.RecordKey, amount);
        if (figure.Measure is FigureMeasure.CountDistinct distinct)
        {
            group.Things.Add(facts.Worker, KeyOf(distinct, facts));
        }
    }

    /// <summary>The values joined; one that is not recorded is told apart from all that are.</summary>
    private static string KeyOf(FigureMeasure.CountDistinct distinct, FigureFacts facts) =>
        string.Join(
            '\u001f',
            distinct.Keys.Select(key =>
                key == FigureMeasure.OccurredOnKey ? facts.OccurredOn.ToString()
                : facts.Attributes.TryGet(key, out var value) ? value.ToString()
                : "\u0000"
            )
        );

    private string CodeOf(FigureGrouping by, FigureFacts facts) =>
        by.Kind switch
        {
            FigureGroupingKind.MilestoneType => facts.Type!,
            FigureGroupingKind.Rung => framework.Channels[channel].Rungs[facts.Rungs[channel] - 1].Code,
            _ => facts.Attributes.TryGet(by.Attribute!, out var value) ? value.ToString() : ReportCodes.None,
        };

    private sealed class Group
    {
        public SumOfWorkers Sum { get; } = new();

        public ThingsOfWorkers Things { get; } = new();

        public void Add(Group others)
        {
            Sum.Add(others.Sum);
            Things.Add(others.Things);
        }
    }
}

/// <summary>The codes of a figure's rows that the framework knows.</summary>
public static class FigureCodes
{
    /// <summary>In the framework's order; empty where the figure is not broken down, or by what the framework does not list.</summary>
    public static IReadOnlyList<string> Of(Figure figure, Framework framework) =>
        figure.By switch
        {
            { Kind: FigureGroupingKind.Rung } =>
            [
                .. framework
                    .FindChannel(figure.Rung!.Rung.Channel)!
                    .Rungs.Where(r =>
                        figure.Rung.OrHigher ? r.Order >= figure.Rung.Rung.Order : r.Order == figure.Rung.Rung.Order
                    )
                    .Select(r => r.Code),
            ],
            { Kind: FigureGroupingKind.MilestoneType } => [.. TypesOf(figure, framework).Select(t => t.Code)],
            { Attribute: { } attribute } => [.. ValuesOf(attribute, figure, framework)],
            _ => [],
        };

    /// <summary>The milestone types at which a figure looks, in order of their codes.</summary>
    public static IReadOnlyList<MilestoneType> TypesOf(Figure figure, Framework framework) =>
        figure.Milestones is not { } selection
            ? []
            :
            [
                .. framework
                    .MilestoneTypes.Values.Where(t => selection.Type is { } code ? t.Code == code : t.Kind == selection.Kind)
                    .OrderBy(t => t.Code, StringComparer.Ordinal),
            ];

    /// <summary>The name of a row, or null where the framework has none.</summary>
    public static Name? NameOf(string code, Figure figure, Framework framework) =>
        figure.By switch
        {
            { Kind: FigureGroupingKind.Rung } => framework.FindRung(figure.Rung!.Rung.Channel, code)?.Name,
            { Kind: FigureGroupingKind.MilestoneType } => framework.MilestoneTypes.GetValueOrDefault(code)?.Name,
            { Attribute: { } attribute } => TypesOf(figure, framework)
                .SelectMany(t => t.FindAttribute(attribute)?.Allowed ?? [])
                .FirstOrDefault(a => a.Code == code)
                ?.Name,
            _ => null,
        };

    private static IEnumerable<string> ValuesOf(string attribute, Figure figure, Framework framework)
    {
        var definitions = TypesOf(figure, framework).Select(t => t.FindAttribute(attribute)).OfType<AttributeDefinition>();
        var values = definitions
            .SelectMany(d =>
                d.Type == AttributeType.Boolean
                    ? [AttributeValue.Of(true), AttributeValue.Of(false)]
                    : d.Allowed.Select(a => AttributeValue.Of(a.Code))
            )
            .Distinct();
        var tests = figure.Where.Where(t => t.Subject == FigureSubject.Attribute && t.Test.Attribute == attribute).ToList();
        return values.Where(v => tests.TrueForAll(t => t.Test.Holds(v))).Select(v => v.ToString());
    }
}
