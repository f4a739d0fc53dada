using CareerCoordinates.Data.Protection;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Imports;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Imports;

/// <summary>How many rows there are, and what becomes of them.</summary>
public sealed record RowCounts(int Rows, int Create, int Change, int Same, int Refuse)
{
    public static readonly RowCounts None = new(0, 0, 0, 0, 0);

    public RowCounts With(RowAction action) =>
        action switch
        {
            RowAction.Create => this with { Rows = Rows + 1, Create = Create + 1 },
            RowAction.Change => this with { Rows = Rows + 1, Change = Change + 1 },
            RowAction.Same => this with { Rows = Rows + 1, Same = Same + 1 },
            _ => this with { Rows = Rows + 1, Refuse = Refuse + 1 },
        };
}

/// <summary>Why a row is refused, or what to look at in one that is taken.</summary>
/// <param name="Sheet">The name of the sheet; null in a CSV.</param>
/// <param name="Row">From 1, as the spreadsheet shows it.</param>
/// <param name="Cell">Such as <c>C17</c>; the first of the row where it is the row as a whole.</param>
/// <param name="Column">The code of the column.</param>
/// <param name="ColumnName">As people call it.</param>
/// <param name="Detail">What is wrong and what to do about it.</param>
public sealed record RowProblem(string? Sheet, int Row, string Cell, string? Column, Name? ColumnName, string Code, Name Detail);

/// <summary>An uploaded sheet and where it stands.</summary>
/// <param name="Type">The one milestone type of all rows; null where a column names it.</param>
/// <param name="OrganizationId">Where the people are, if the rows do not say.</param>
/// <param name="Mapping">Code of a column by its header, where the officer says so.</param>
/// <param name="NotRead">Headers that mean no column: what stands below them is left out.</param>
/// <param name="Detail">Why it failed, or came back from a commit.</param>
public sealed record Import(
    Guid Id,
    Guid AccountId,
    string Account,
    ImportKind Kind,
    string? Type,
    Guid? OrganizationId,
    IReadOnlyDictionary<string, string> Mapping,
    string FileName,
    string? Encoding,
    ImportState State,
    RowCounts Counts,
    Name? Detail,
    Instant UploadedAt,
    Instant ChangedAt,
    WrappedKey Key,
    IReadOnlyList<string> NotRead
)
{
    /// <summary>As the trail calls a dry run, which looks people up and writes nothing.</summary>
    public const string CheckAction = "checkImport";

    /// <summary>As the trail calls a commit.</summary>
    public const string CommitAction = "commitImport";
}

/// <summary>What a commit wrote: the first revision of something new, or a later one of what was there.</summary>
/// <param name="Thing">One of the words below. The first affiliation of a new worker goes with him.</param>
public sealed record ImportItem(Guid? WorkerId, string Thing, Guid ThingId, int Revision)
{
    public const string Milestone = "milestone";
    public const string Worker = "worker";
    public const string Affiliation = "affiliation";
    public const string Organization = "organization";
}
