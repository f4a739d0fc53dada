using CareerCoordinates.Api.Exports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Imports;

/// <summary>What a cell changes of the record: the column, what the record says, and what it would say.</summary>
internal static class ChangedCell
{
    public static readonly WarningCode Changes = new("changes-the-record", "{0} {1} → {2}", "{0} {1} → {2}");

    private static readonly Name Nothing = new("（空）", "(empty)");

    /// <summary>Null where it changes nothing.</summary>
    public static Warning? Of(IReadOnlyList<ImportColumn> columns, Guid about, string code, object? before, object? after) =>
        Equals(before, after)
            ? null
            : new(Changes, "/" + code, about, columns.First(c => c.Code == code).Name, before ?? Nothing, after ?? Nothing);

    public static string? Day(DateOnly? day) => day is { } known ? Days.Iso(known) : null;

    public static Name? YesOrNo(bool? flag) => flag is { } said ? (said ? ExportWords.Yes : ExportWords.No) : null;

    public static Name? Choice(IReadOnlyList<CodedName> allowed, string? code) =>
        code is null ? null : allowed.FirstOrDefault(one => one.Code == code)?.Name ?? new(code, code);
}
