using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.People;

/// <summary>A worker (职工) as recorded: the values known at an instant hold for all days.</summary>
/// <param name="Name">Empty in all revisions of an erased person, and nowhere else.</param>
public sealed record WorkerContent(
    string? Number,
    string Name,
    DateOnly? CareerStart,
    DateOnly? BirthDate,
    string? Gender,
    bool? MigrantWorker,
    SealedIdNumber? IdNumber = null
)
{
    /// <summary>Whether the person was made unreadable, as the law may ask: what identifies him is gone, what counts is there.</summary>
    public bool Erased => Name.Length == 0;
}

public enum AffiliationKind
{
    LabourContract,
    Dispatch,
    PlatformWork,
    UnionOnly,

    /// <summary>A place outside the tree, by name.</summary>
    External,
}

/// <summary>
/// That person at that node from a day until a day, both inclusive (所在单位/所属工会). Exactly one of
/// <see cref="OrganizationId"/> and <see cref="ExternalName"/> is set, the latter for <see cref="AffiliationKind.External"/>.
/// </summary>
public sealed record AffiliationContent(
    AffiliationKind Kind,
    Guid? OrganizationId,
    string? ExternalName,
    DateOnly From,
    DateOnly? Until,
    bool Primary,
    string? StaffNumber,
    string? EmploymentForm,
    string? OccupationCode
)
{
    public DayPeriod InForce => DayPeriod.Inclusive(From, Until);
}

/// <summary>An affiliation with its identity, as the rules compare several of one worker.</summary>
public sealed record Affiliation(Guid Id, AffiliationContent Content);

public enum OrganizationKind
{
    DistrictFederation,
    StreetUnion,
    IndustryUnion,
    EnterpriseUnion,
    Enterprise,
}

/// <summary>
/// A node of the union and enterprise tree. <see cref="ParentId"/> and <see cref="IndustryCode"/> hold from the day
/// <see cref="From"/>; the other values, known at an instant, hold for all days.
/// </summary>
/// <param name="Phone">At which its people are answered.</param>
public sealed record OrganizationContent(
    Guid? ParentId,
    OrganizationKind Kind,
    string Name,
    string? CreditCode,
    string? IndustryCode,
    DateOnly From,
    DateOnly? UnionFoundedOn,
    IReadOnlyList<string> Tags,
    string? Phone = null
);
