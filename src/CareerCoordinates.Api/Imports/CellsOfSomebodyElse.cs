using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Api.Imports;

/// <summary>
/// What a row says of the person who was found by its other cells, and what was never so of him, now or before: a file that was exported
/// before a transfer agrees. Whose it is instead is not told.
/// </summary>
internal static class CellsOfSomebodyElse
{
    public static readonly RefusalCode OtherNumber = new(
        "person-has-other-number",
        RefusalKind.Rule,
        "The person with this ID number never had the district's number {0}. Check which of the two is right.",
        "该公民身份号码的职工没有、也未曾有过职工编号 {0}，请核对两者。"
    );
    public static readonly RefusalCode OtherStaffNumber = new(
        "person-has-other-staff-number",
        RefusalKind.Rule,
        "The staff number {0} is not that of the person with this ID number, but somebody else's. Check which of the two is right.",
        "工号 {0} 不是该公民身份号码的职工的工号，而属于他人，请核对两者。"
    );
    public static readonly WarningCode NotHisStaffNumber = new(
        "not-the-staff-number-of-the-person",
        "The staff number {0} is not, and never was, that of {1}. Check who is meant.",
        "工号 {0} 不是{1}的工号，请核对。"
    );
    public static readonly WarningCode NeverThere = new(
        "never-at-the-organization",
        "{1} is not, and never was, at '{0}' according to the record. Check who is meant.",
        "{1}在册的单位中没有“{0}”，请核对。"
    );

    /// <summary>An organisation hangs below others; a guard, not a rule.</summary>
    private const int Highest = 64;

    public static bool HadNumber(WorkerRecord record, string number) =>
        record.Revisions.Any(revision => revision.Content.Number == number);

    /// <summary>Zeros before it may have been lost on the way.</summary>
    public static bool HadStaffNumber(WorkerRecord record, string staffNumber) =>
        record.AffiliationRevisions.Any(revision => revision.Content.StaffNumber?.TrimStart('0') == staffNumber.TrimStart('0'));

    public static Warning StaffNumber(WorkerRecord record, string staffNumber) =>
        new(NotHisStaffNumber, "/staffNumber", record.Id, PlainText.Quoted(staffNumber), record.Revisions[^1].Content.Name);

    public static Warning Organization(WorkerRecord record, string text) =>
        new(NeverThere, "/organization", record.Id, PlainText.Quoted(text), record.Revisions[^1].Content.Name);

    /// <summary>Whether he was ever at a place that is or was called so, or below it.</summary>
    /// <param name="named">Those that are called so now.</param>
    public static bool WasAt(
        RecordTransaction tx,
        IReadOnlyList<Revision<AffiliationContent>> affiliations,
        string text,
        IReadOnlyList<Guid> named
    )
    {
        var places = affiliations.Select(revision => revision.Content.OrganizationId).OfType<Guid>().ToHashSet();
        var alike = SheetValue.Alike(text);
        return places.Overlaps(named)
            || affiliations.Any(r => r.Content.ExternalName is { } outside && SheetValue.Alike(outside) == alike)
            || Upwards(tx, places)
                .Any(place =>
                    SheetValue.Alike(place.Name) == alike || (place.CreditCode is { } code && SheetValue.Alike(code) == alike)
                );
    }

    /// <summary>The places, and those above them, as they are and were.</summary>
    private static IEnumerable<OrganizationContent> Upwards(RecordTransaction tx, HashSet<Guid> places)
    {
        var read = new HashSet<Guid>();
        for (var height = 0; places.Count > 0 && height < Highest; height++)
        {
            read.UnionWith(places);
            var revisions = places.SelectMany(tx.Connection.ReadOrganization).Select(r => r.Content).ToList();
            foreach (var content in revisions)
            {
                yield return content;
            }
            places = [.. revisions.Select(content => content.ParentId).OfType<Guid>().Where(id => !read.Contains(id))];
        }
    }
}
