using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Reports;

/// <summary>What a figure may ask of an organisation on a day.</summary>
/// <param name="IndustrySection">The letter of GB/T 4754; null where no industry is recorded.</param>
public sealed record OrganizationFacts(OrganizationKind Kind, string? IndustrySection, IReadOnlyList<string> Tags)
{
    /// <summary>Whether it passes a test of one of its fields; with several tags one is enough.</summary>
    public bool Passes(AttributeTest test) =>
        test.Attribute switch
        {
            "kind" => test.Holds(AttributeValue.Of(Codes<OrganizationKind>.Of(Kind))),
            "industrySection" => IndustrySection is not null && test.Holds(AttributeValue.Of(IndustrySection)),
            "tag" => Tags.Any(tag => test.Holds(AttributeValue.Of(tag))),
            _ => throw new InvalidOperationException($"An organisation has no field {test.Attribute}."),
        };
}

/// <summary>
/// A worker on a day, with one milestone where the figure looks at milestones. Made once and filled again and again: there are millions.
/// </summary>
public sealed class FigureFacts
{
    public Guid Worker { get; set; }

    /// <summary>What he adds to the cells that count him.</summary>
    public ulong RecordKey { get; set; }

    public string? Gender { get; set; }

    public bool? MigrantWorker { get; set; }

    /// <summary>Of the affiliation that speaks for him.</summary>
    public string? EmploymentForm { get; set; }

    /// <summary>Where that affiliation is.</summary>
    public OrganizationFacts? Organization { get; set; }

    /// <summary>For each channel the order of the rung held; 0 for none.</summary>
    public byte[] Rungs { get; init; } = [];

    public string? Type { get; set; }

    public PartialDate OccurredOn { get; set; }

    public AttributeSet Attributes { get; set; } = AttributeSet.Empty;

    /// <summary>Whether a test holds; one of a field that is not known does not.</summary>
    public bool Passes(FigureTest test, Framework framework) =>
        test.Subject switch
        {
            FigureSubject.Attribute => Attributes.TryGet(test.Test.Attribute, out var value) && test.Test.Holds(value),
            FigureSubject.Organization => Organization?.Passes(test.Test) == true,
            _ => FieldOf(test.Test.Attribute, framework) is { } field && test.Test.Holds(field),
        };

    private AttributeValue? FieldOf(string field, Framework framework) =>
        field switch
        {
            "gender" => Gender is null ? null : AttributeValue.Of(Gender),
            "migrantWorker" => MigrantWorker is { } migrant ? AttributeValue.Of(migrant) : null,
            "employmentForm" => EmploymentForm is null ? null : AttributeValue.Of(EmploymentForm),
            "industrialWorker" => Organization?.IndustrySection is { } section
                ? AttributeValue.Of(framework.IndustrialWorkerSections.Contains(section))
                : null,
            _ => throw new InvalidOperationException($"A worker has no field {field}."),
        };
}
