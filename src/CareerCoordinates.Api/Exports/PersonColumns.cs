using CareerCoordinates.Api.Imports;
using CareerCoordinates.Domain.Frameworks;

namespace CareerCoordinates.Api.Exports;

/// <summary>By these a row of any export says who it is about, under the headers by which an import finds him.</summary>
internal static class PersonColumns
{
    /// <summary>The most usual header of a column of an import.</summary>
    public static Name HeaderOf(IReadOnlyList<ImportColumn> imported, string code)
    {
        var column = imported.First(c => c.Code == code);
        return new(column.Zh, column.En);
    }

    public static ExportColumn<T> Name<T>(Func<T, ExportedWorker> of) =>
        Of("name", (T row) => of(row).Content is { Erased: false, Name: var name } ? name : null);

    public static ExportColumn<T> StaffNumber<T>(Func<T, ExportedWorker> of) =>
        Of("staffNumber", (T row) => of(row).Place?.Affiliation.StaffNumber);

    public static ExportColumn<T> Number<T>(Func<T, ExportedWorker> of) => Of("number", (T row) => of(row).Content.Number);

    public static ExportColumn<T> Organization<T>(Func<T, ExportedWorker> of) =>
        Of("organization", (T row) => of(row).Place?.Organization);

    public static ExportColumn<T> Id<T>(Func<T, ExportedWorker> of) =>
        new(new("职工标识", "worker id"), row => of(row).Record.Id);

    public static ExportColumn<T> OrganizationId<T>(Func<T, ExportedWorker> of) =>
        new(new("单位标识", "organisation id"), row => of(row).Place?.Affiliation.OrganizationId);

    private static ExportColumn<T> Of<T>(string code, Func<T, object?> cell) =>
        new(HeaderOf(MilestoneColumns.Person, code), cell);
}
