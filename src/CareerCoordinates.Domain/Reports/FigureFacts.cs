using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;

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

/// <summary>What figures may ask of a worker on a day, his rungs apart.</summary>
[Flags]
public enum MemberFields
{
    None = 0,
    Gender = 1,
    MigrantWorker = 2,
    EmploymentForm = 4,

    /// <summary>Where he works.</summary>
    Organization = 8,
}

/// <summary>
/// A worker on a day. Made once and filled again and again: there are millions.
/// </summary>
public sealed class FigureFacts
{
    /// <summary>He, or all who are alike in what the figures ask: one stands for them.</summary>
    public Cell Workers { get; set; }

    public string? Gender { get; set; }

    public bool? MigrantWorker { get; set; }

    /// <summary>Of the affiliation that speaks for him.</summary>
    public string? EmploymentForm { get; set; }

    /// <summary>Where that affiliation is.</summary>
    public OrganizationFacts? Organization { get; set; }

    public HeldRungs Rungs { get; set; }

    /// <summary>What must be known of the worker for a test.</summary>
    public static MemberFields FieldOf(FigureTest test) =>
        test.Subject switch
        {
            FigureSubject.Attribute => MemberFields.None,
            FigureSubject.Organization => MemberFields.Organization,
            _ => test.Test.Attribute switch
            {
                "gender" => MemberFields.Gender,
                "migrantWorker" => MemberFields.MigrantWorker,
                "employmentForm" => MemberFields.EmploymentForm,
                "industrialWorker" => MemberFields.Organization,
                var field => throw new InvalidOperationException($"A worker has no field {field}."),
            },
        };

    /// <summary>Whether a test of the worker or of his organisation holds; one of a field that is not known does not.</summary>
    public static Predicate<FigureFacts> TestOf(FigureTest test, Framework framework)
    {
        var asked = test.Test;
        if (test.Subject == FigureSubject.Organization)
        {
            return facts => facts.Organization?.Passes(asked) == true;
        }
        return FieldOf(test) switch
        {
            MemberFields.Gender => facts => facts.Gender is { } gender && asked.Holds(AttributeValue.Of(gender)),
            MemberFields.MigrantWorker => facts => facts.MigrantWorker is { } migrant && asked.Holds(AttributeValue.Of(migrant)),
            MemberFields.EmploymentForm => facts => facts.EmploymentForm is { } form && asked.Holds(AttributeValue.Of(form)),
            _ => facts =>
                facts.Organization?.IndustrySection is { } section
                && asked.Holds(AttributeValue.Of(framework.IndustrialWorkerSections.Contains(section))),
        };
    }
}
