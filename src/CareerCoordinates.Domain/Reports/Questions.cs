using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.Reports;

/// <summary>Only workers who match all that is given (design §6). A code that begins with the one given matches, too: <c>C25</c> matches <c>C2511</c>.</summary>
/// <param name="Organization">With an affiliation in force at this organisation or below it.</param>
/// <param name="Industry">GB/T 4754, of the organisation of an affiliation in force.</param>
/// <param name="Occupation">Of an affiliation in force.</param>
/// <param name="EmploymentForm">Of the affiliation that speaks for the worker.</param>
/// <param name="Stage"><see cref="ReportCodes.Unknown"/>: the career start is not known.</param>
/// <param name="Level">0: nothing is held.</param>
public sealed record WorkerFilter(
    Guid? Organization = null,
    string? Industry = null,
    string? Occupation = null,
    string? EmploymentForm = null,
    string? Stage = null,
    int? Level = null,
    int? CareerStartYear = null
)
{
    /// <summary>True where it asks for something of workers themselves, which says nothing of organisations as a whole.</summary>
    public bool IsOfWorkers => this with { Organization = null, Industry = null } != new WorkerFilter();
}

/// <summary>The codes by which reports name what has none.</summary>
public static class ReportCodes
{
    /// <summary>No rung, no organisation of the kind, no industry, occupation or form recorded.</summary>
    public const string None = "none";

    /// <summary>The stage or year of a career whose start is not known.</summary>
    public const string Unknown = "unknown";

    /// <summary>In transitions: not counted on that day.</summary>
    public const string Absent = "absent";
}

/// <summary>What everybody who counts is told apart by.</summary>
public enum Dimension
{
    /// <summary>Channel and rung together: each worker counts once in each channel.</summary>
    ChannelRung,
    Level,
    Stage,
    Organization,
    Industry,

    /// <summary>The letter of GB/T 4754.</summary>
    IndustrySection,
    Occupation,
    EmploymentForm,
    CareerStartYear,
}

/// <summary>One dimension of a report.</summary>
/// <param name="Kind">Only for organisations: the nearest of this kind, itself or above; null: the organisation itself.</param>
public sealed record Grouping(Dimension Dimension, OrganizationKind? Kind = null);

/// <summary>Who counts, as known when, and in whose sight.</summary>
/// <param name="Framework">The version that answers at <paramref name="KnownAt"/>.</param>
/// <param name="Scope">An affiliation counts on a day where its organisation stands in this scope on that day.</param>
public sealed record Population(Instant KnownAt, Framework Framework, Scope Scope, WorkerFilter Filter);

/// <summary>Workers on a day, by up to two dimensions. Serves positions and grid.</summary>
public sealed record CountQuestion(Population Population, DateOnly AsOf, IReadOnlyList<Grouping> GroupBy);

/// <summary>From which rung of a channel to which, between two days.</summary>
public sealed record TransitionQuestion(Population Population, Channel Channel, DateOnly From, DateOnly To);

/// <summary>How long it takes from a rung, or from career start, to a higher rung.</summary>
/// <param name="FromRung">Null: from career start.</param>
/// <param name="GroupBy">Null: all together.</param>
public sealed record TimeQuestion(
    Population Population,
    DateOnly AsOf,
    Channel Channel,
    Rung? FromRung,
    Rung ToRung,
    Grouping? GroupBy
);

/// <summary>A cell with its codes, one for each dimension; a channel and rung are joined by a blank.</summary>
public sealed record CountedCell(IReadOnlyList<string> Codes, Cell Workers);

/// <summary>Who had the event after so many days, and who was last seen without it then.</summary>
public readonly record struct TimeCell(int Days, Cell Events, Cell Censored);

/// <summary>A group of a time question.</summary>
/// <param name="Times">In order of days.</param>
/// <param name="Excluded">Who reached the rung without a day at the one before.</param>
public sealed record GroupTimes(string Code, IReadOnlyList<TimeCell> Times, Cell Excluded);
