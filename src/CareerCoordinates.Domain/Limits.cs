using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain;

/// <summary>Every limit of the product, with its name. Lengths of text count characters (Unicode code points), not bytes.</summary>
public static class Limits
{
    /// <summary>Bytes of a request body (1 MB).</summary>
    public const int BodyBytes = 1_048_576;

    /// <summary>Bytes of an uploaded workbook (50 MB).</summary>
    public const int ImportBytes = 52_428_800;

    /// <summary>Items of one page of a list.</summary>
    public const int PageSize = 500;

    /// <summary>Refusals told at once: who sends more faults than this learns of the rest in the next round.</summary>
    public const int RefusalsAtOnce = 100;

    public const int FirstYear = PartialDate.FirstYear;
    public const int LastYear = PartialDate.LastYear;

    /// <summary>Nobody on the record was born earlier; facts about them still begin in <see cref="FirstYear"/>.</summary>
    public const int FirstBirthYear = 1850;

    /// <summary>The telephone number of an organisation.</summary>
    public const int Phone = 40;

    /// <summary>Milestones that one request verifies.</summary>
    public const int VerifiedAtOnce = 500;

    /// <summary>Workers for whom one request records an event.</summary>
    public const int RecordedAtOnce = 500;

    /// <summary>Milestones of an import that one request verifies: the next one goes on.</summary>
    public const int VerifiedOfImportAtOnce = 2_000;

    /// <summary>Milestones of an import that a sample has at most.</summary>
    public const int SampleSize = 1_000;

    /// <summary>On what a verifier relied who verified a whole import.</summary>
    public const int SampleBasis = 1_000;

    public const int MilestonesOfWorker = 5_000;
    public const int AttributeText = AttributeDefinition.DefaultMaxLength;
    public const int Note = 2_000;
    public const int Reason = 2_000;
    public const int EvidenceOfMilestone = 20;
    public const int EvidenceReference = 200;

    /// <summary>An integer lies within plus or minus this; a framework may set closer bounds.</summary>
    public const long AttributeInteger = 1_000_000_000;

    /// <summary>A decimal lies within plus or minus this, with at most <see cref="AttributeDecimalPlaces"/> places; a framework may set closer bounds.</summary>
    public const decimal AttributeDecimal = 1_000_000_000_000m;

    public const int AttributeDecimalPlaces = 6;

    /// <summary>A number that an organisation enters lies between 0 and this.</summary>
    public const decimal EnteredNumber = 1_000_000_000_000m;

    /// <summary>Where an entered number comes from.</summary>
    public const int EnteredSource = 500;

    public const int WorkerName = 100;
    public const int WorkerNumber = 40;
    public const int StaffNumber = 40;
    public const int OrganizationName = 200;
    public const int TagsOfOrganization = 20;
    public const int Tag = 40;

    /// <summary>Nodes from a root of the tree down to its deepest leaf.</summary>
    public const int TreeDepth = 20;
}
