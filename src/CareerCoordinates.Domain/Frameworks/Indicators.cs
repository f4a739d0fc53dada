namespace CareerCoordinates.Domain.Frameworks;

/// <summary>
/// A line of the yearly report. Either computed from the record (<see cref="Figures"/>) or, where the record does not hold it,
/// entered by an organisation with its source (<see cref="Entered"/>); exactly one of the two lists has entries.
/// </summary>
public sealed record Indicator(
    string Code,
    Name Name,
    Name Definition,
    ProgrammePart? BelongsTo,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<EnteredFigure> Entered
)
{
    public bool IsEntered => Entered.Count > 0;
}

/// <summary>A figure that an organisation reports.</summary>
/// <param name="Unit">A code of the framework's <c>units</c>.</param>
/// <param name="Decimals">The decimal places that the unit allows a number; 0 where it counts whole things.</param>
public sealed record EnteredFigure(string Code, Name Name, string Unit, int Decimals);

/// <summary>
/// A figure computed for a reporting year. Workers and organisations are those of the last day of the year; milestones are the
/// verified ones that occurred in the year, or, with <see cref="MilestoneSelection.InForce"/>, are in force on its last day.
/// </summary>
public sealed record Figure(string Code, Name Name, string Unit, FigureMeasure Measure)
{
    /// <summary>Which milestones; null if the figure looks at none.</summary>
    public MilestoneSelection? Milestones { get; init; }

    /// <summary>Which workers, by the rung held on the day; null: any.</summary>
    public RungSelection? Rung { get; init; }

    /// <summary>All of these must hold for the attributes, the worker or the organisation.</summary>
    public IReadOnlyList<FigureTest> Where { get; init; } = [];

    /// <summary>What the figure is broken down by; null: a single number.</summary>
    public FigureGrouping? By { get; init; }
}

/// <summary>What a figure measures.</summary>
public abstract record FigureMeasure
{
    /// <summary>Distinct workers; where milestones are selected, those who have one of them.</summary>
    public sealed record CountWorkers : FigureMeasure;

    public sealed record CountOrganizations : FigureMeasure;

    public sealed record CountMilestones : FigureMeasure;

    /// <summary>
    /// Distinct combinations of attribute values (and, under <see cref="OccurredOnKey"/>, of the day): one competition
    /// is a milestone of each competitor.
    /// </summary>
    public sealed record CountDistinct(IReadOnlyList<string> Keys) : FigureMeasure;

    /// <summary>The sum of a numeric attribute; a milestone that lacks it adds nothing.</summary>
    public sealed record Sum(string Attribute) : FigureMeasure;

    /// <summary>One figure of the same indicator divided by another.</summary>
    public sealed record Share(string Numerator, string Denominator) : FigureMeasure;

    public const string OccurredOnKey = "occurredOn";
}

/// <summary>Milestones of one type or of one kind; exactly one of the two is set.</summary>
public sealed record MilestoneSelection(string? Type, string? Kind, bool InForce);

/// <summary>Workers who on the day hold exactly this rung, or (<paramref name="OrHigher"/>) this one or a higher one.</summary>
public sealed record RungSelection(Rung Rung, bool OrHigher);

public enum FigureSubject
{
    /// <summary>An attribute of the milestone.</summary>
    Attribute,

    /// <summary>A field of the worker: <c>gender</c>, <c>migrantWorker</c>, <c>employmentForm</c> (of the primary affiliation), <c>industrialWorker</c>.</summary>
    Worker,

    /// <summary>A field of the organisation: <c>kind</c>, <c>industrySection</c>, <c>tag</c>.</summary>
    Organization,
}

/// <summary>A test of one field; one that is unknown or absent does not hold.</summary>
public sealed record FigureTest(FigureSubject Subject, AttributeTest Test);

public enum FigureGroupingKind
{
    Attribute,
    MilestoneType,
    Rung,
}

/// <summary><paramref name="Attribute"/> is set only for <see cref="FigureGroupingKind.Attribute"/>.</summary>
public sealed record FigureGrouping(FigureGroupingKind Kind, string? Attribute);
