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

/// <summary>What a figure makes of a milestone, as far as type and attributes decide it.</summary>
/// <param name="Amount">What it adds: the number that is summed, else 1.</param>
/// <param name="Row">The row in which it stands; null where there are no rows, or the worker's rung says it.</param>
public sealed record FigureTake(Amount Amount, string? Row);

/// <summary>
/// Counts one figure of workers or of milestones (design §3.5). All that is one worker's comes together. A worker or milestone that
/// lacks what the figure is broken down by stands under <see cref="ReportCodes.None"/>.
/// </summary>
public sealed class FigureCount(Figure figure, Framework framework)
{
    private readonly Group all = new();
    private readonly Dictionary<string, Group> rows = new(StringComparer.Ordinal);
    private readonly Channel? channel = figure.Rung is { } rung ? framework.FindChannel(rung.Rung.Channel) : null;
    private readonly Predicate<FigureFacts>[] ofWorker =
    [
        .. figure.Where.Where(t => t.Subject != FigureSubject.Attribute).Select(t => FigureFacts.TestOf(t, framework)),
    ];

    public Figure Figure => figure;

    /// <summary>The channel of whose rung the figure asks; null: of none.</summary>
    public Channel? Channel => channel;

    /// <summary>What the figure asks of the worker, the rung apart.</summary>
    public MemberFields Asks { get; } =
        figure.Where.Select(t => FigureFacts.FieldOf(t)).Aggregate(MemberFields.None, (asked, field) => asked | field);

    /// <summary>
    /// Whether it counts a milestone whoever has it, and none as one with another: it adds the amount of its take to <see cref="Sum"/>, and to
    /// <see cref="SumOf"/> of the row.
    /// </summary>
    public bool AddsForAnybody => channel is null && ofWorker.Length == 0 && figure.Measure is not FigureMeasure.CountDistinct;

    /// <summary>Of all that was counted.</summary>
    public SumOfWorkers Sum => all.Sum;

    /// <summary>Of what stands in a row.</summary>
    public SumOfWorkers SumOf(string row) => Row(row).Sum;

    /// <summary>Whether the figure looks at milestones of a type.</summary>
    public bool Takes(MilestoneType type) =>
        figure.Milestones is { } selection && (selection.Type is { } code ? code == type.Code : selection.Kind == type.Kind);

    /// <summary>What the figure makes of milestones of a type that have these attributes; null where it takes none of them.</summary>
    public FigureTake? Take(MilestoneType type, AttributeSet attributes)
    {
        if (!Takes(type) || !Passes(attributes))
        {
            return null;
        }
        var amount = Amount.One;
        if (figure.Measure is FigureMeasure.Sum sum)
        {
            // A milestone without the number is none of those that are added up.
            if (!attributes.TryGet(sum.Attribute, out var number))
            {
                return null;
            }
            amount = number.IsNumber ? number.Number : 0m;
        }
        return new(
            amount,
            figure.By switch
            {
                { Kind: FigureGroupingKind.MilestoneType } => type.Code,
                { Attribute: { } attribute } => attributes.TryGet(attribute, out var value) ? value.ToString() : ReportCodes.None,
                _ => null,
            }
        );
    }

    /// <summary>Counts workers who are alike in what the figure asks, none of them twice; the figure looks at no milestones.</summary>
    public void Add(FigureFacts facts, Cell workers)
    {
        if (Passes(facts))
        {
            all.Sum.Add(workers);
            if (figure.By is not null)
            {
                Row(RungOf(facts)).Sum.Add(workers);
            }
        }
    }

    /// <summary>Counts a milestone of a worker, or, where the figure tells no things apart, of each of several who are alike.</summary>
    /// <param name="thing">What the milestone has a part in, where the figure counts different things.</param>
    public void Add(FigureFacts facts, FigureTake take, Thing thing = default)
    {
        if (Passes(facts))
        {
            Add(all, facts, take.Amount, thing);
            if (figure.By is not null)
            {
                Add(Row(take.Row ?? RungOf(facts)), facts, take.Amount, thing);
            }
        }
    }

    /// <summary>Adds what was counted of other workers.</summary>
    public void Add(FigureCount others)
    {
        all.Add(others.all);
        foreach (var (code, group) in others.rows)
        {
            Row(code).Add(group);
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

    /// <summary>Whether the worker is one whom the figure counts, or whose milestones it counts.</summary>
    private bool Passes(FigureFacts facts)
    {
        if (figure.Rung is { } rung)
        {
            var held = facts.Rungs[channel!.Index];
            if (rung.OrHigher ? held < rung.Rung.Order : held != rung.Rung.Order)
            {
                return false;
            }
        }
        foreach (var test in ofWorker)
        {
            if (!test(facts))
            {
                return false;
            }
        }
        return true;
    }

    private bool Passes(AttributeSet attributes) =>
        figure.Where.All(t =>
            t.Subject != FigureSubject.Attribute || (attributes.TryGet(t.Test.Attribute, out var value) && t.Test.Holds(value))
        );

    private void Add(Group group, FigureFacts facts, Amount amount, Thing thing)
    {
        group.Sum.Add(facts.Workers, amount);
        if (figure.Measure is FigureMeasure.CountDistinct)
        {
            group.Things.Add(facts.Workers.KeySum, thing);
        }
    }

    private Group Row(string code)
    {
        if (!rows.TryGetValue(code, out var group))
        {
            rows[code] = group = new();
        }
        return group;
    }

    private string RungOf(FigureFacts facts) => channel!.Rungs[facts.Rungs[channel.Index] - 1].Code;

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
