namespace CareerCoordinates.Data.Tables;

/// <summary>The columns that every row of history has; instants are microseconds since 1970, UTC.</summary>
public abstract class HistoryRow
{
    public int Revision { get; init; }
    public required string State { get; init; }
    public string? Reason { get; init; }
    public long RecordedAt { get; init; }
    public required string RecordedBy { get; init; }
    public long? SupersededAt { get; init; }
}

public sealed class OrganizationRevisionRow : HistoryRow
{
    public Guid OrganizationId { get; init; }
    public Guid? ParentId { get; init; }
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public string? CreditCode { get; init; }
    public string? IndustryCode { get; init; }
    public DateOnly FromDay { get; init; }

    /// <summary>As <see cref="FromDay"/>, but without beginning in the first revision: its parent and industry hold before it, too.</summary>
    public DateOnly HoldsFrom { get; init; }
    public DateOnly? UnionFoundedOn { get; init; }
    public required string Tags { get; init; }
    public string? Phone { get; init; }
}

public sealed class WorkerRevisionRow : HistoryRow
{
    public Guid WorkerId { get; init; }
    public string? Number { get; init; }
    public required string Name { get; init; }
    public DateOnly? CareerStart { get; init; }
    public DateOnly? BirthDate { get; init; }
    public string? Gender { get; init; }
    public bool? MigrantWorker { get; init; }
    public byte[]? IdNumber { get; init; }
    public string? IdNumberShown { get; init; }
}

public sealed class AffiliationRevisionRow : HistoryRow
{
    public Guid WorkerId { get; init; }
    public Guid AffiliationId { get; init; }
    public required string Kind { get; init; }
    public Guid? OrganizationId { get; init; }
    public string? ExternalName { get; init; }
    public DateOnly FromDay { get; init; }
    public DateOnly? UntilDay { get; init; }
    public bool IsPrimary { get; init; }
    public string? StaffNumber { get; init; }
    public string? EmploymentForm { get; init; }
    public string? OccupationCode { get; init; }
}

public sealed class MilestoneRevisionRow : HistoryRow
{
    public Guid WorkerId { get; init; }
    public Guid MilestoneId { get; init; }
    public required string Type { get; init; }
    public required string OccurredOn { get; init; }
    public DateOnly OccurredDay { get; init; }
    public string? UntilOn { get; init; }
    public DateOnly? UntilDay { get; init; }
    public DateOnly? EndedOn { get; init; }
    public string? EndedKind { get; init; }
    public string? EndedReason { get; init; }
    public required string Attributes { get; init; }
    public required string Evidence { get; init; }
    public string? Note { get; init; }
    public string? VerifiedBy { get; init; }
    public bool OnBehalf { get; init; }
    public int FrameworkVersion { get; init; }
    public string? RequestKey { get; init; }
    public byte[]? RequestHash { get; init; }
}

public sealed class MilestoneContestRow
{
    public Guid WorkerId { get; init; }
    public Guid MilestoneId { get; init; }
    public int Sequence { get; init; }
    public required string Kind { get; init; }
    public required string Reason { get; init; }
    public long RecordedAt { get; init; }
    public required string RecordedBy { get; init; }
}

/// <summary>The days on which a rung is the highest of its channel; <see cref="EndDay"/> is the first day after, or DateOnly.MaxValue.</summary>
public sealed class StandingRow
{
    public Guid WorkerId { get; init; }
    public required string Channel { get; init; }
    public required string Rung { get; init; }
    public int Level { get; init; }
    public DateOnly FromDay { get; init; }
    public DateOnly EndDay { get; init; }
    public long RecordedAt { get; init; }
    public long? SupersededAt { get; init; }
}

/// <summary><see cref="Number"/>: whole millionths.</summary>
public sealed class EnteredFigureRevisionRow : HistoryRow
{
    public Guid OrganizationId { get; init; }
    public Guid EnteredFigureId { get; init; }
    public required string Indicator { get; init; }
    public required string Figure { get; init; }
    public required string YearKind { get; init; }
    public int Year { get; init; }
    public long Number { get; init; }
    public required string Source { get; init; }
}

/// <summary>What an import wrote.</summary>
public sealed class ImportItemRow
{
    public Guid ImportId { get; init; }
    public int Number { get; init; }
    public Guid? WorkerId { get; init; }
    public required string Thing { get; init; }
    public Guid ThingId { get; init; }
    public int Revision { get; init; }
}

/// <summary>One id of a list that a query computes, such as the organisations below another.</summary>
public sealed class IdRow
{
    public Guid Id { get; init; }
}
