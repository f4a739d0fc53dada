using CareerCoordinates.Api.Affiliations;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using static CareerCoordinates.Api.Imports.ChangedCell;

namespace CareerCoordinates.Api.Imports;

/// <summary>
/// What a row of a roster changes of somebody who is on the record: the columns, with what the record says and what it would say. An ID number is
/// not shown.
/// </summary>
internal sealed class RosterChanges(IReadOnlyList<ImportColumn> columns, IReadOnlyList<CodedName> forms)
{
    public static readonly WarningCode IdNumberAdded = new("changes-the-record", "The ID number is added.", "补录公民身份号码。");
    public static readonly WarningCode IdNumberChanges = new(
        "changes-the-record",
        "The ID number {0} gives way to another.",
        "公民身份号码由 {0} 改为另一号码。"
    );
    public static readonly WarningCode NewPlace = new(
        "changes-the-record",
        "{0} is added from {1} on.",
        "新增所在单位 {0}（{1} 起）。"
    );
    public static readonly WarningCode Transfers = new(
        "changes-the-record",
        "organisation {0} → {1} (from {2} on)",
        "单位 {0} → {1}（{2} 起）"
    );

    public IReadOnlyList<Warning> Of(Guid worker, WorkerContent before, DecidedWorker decided)
    {
        var after = decided.Content;
        List<Warning?> changes =
        [
            Of(worker, "name", before.Name, after.Name),
            Of(worker, "birthDate", Day(before.BirthDate), Day(after.BirthDate)),
            Of(worker, "gender", Choice(WorkerColumns.Genders, before.Gender), Choice(WorkerColumns.Genders, after.Gender)),
            Of(worker, "migrantWorker", YesOrNo(before.MigrantWorker), YesOrNo(after.MigrantWorker)),
            Of(worker, "number", before.Number, after.Number),
            Of(worker, "careerStart", Day(before.CareerStart), Day(after.CareerStart)),
        ];
        if (decided.ToSeal is not null)
        {
            changes.Add(
                before.IdNumber is { } known
                    ? new(IdNumberChanges, "/idNumber", worker, known.Masked)
                    : new(IdNumberAdded, "/idNumber", worker)
            );
        }
        return [.. changes.OfType<Warning>()];
    }

    public IReadOnlyList<Warning> Of(Guid worker, AffiliationContent before, AffiliationContent after) =>
        [
            .. new List<Warning?>
            {
                Of(worker, "staffNumber", before.StaffNumber, after.StaffNumber),
                Of(
                    worker,
                    "kind",
                    Choice(WorkerColumns.Kinds, Codes<AffiliationKind>.Of(before.Kind)),
                    Choice(WorkerColumns.Kinds, Codes<AffiliationKind>.Of(after.Kind))
                ),
                Of(worker, "employmentForm", Choice(forms, before.EmploymentForm), Choice(forms, after.EmploymentForm)),
                Of(worker, "occupationCode", before.OccupationCode, after.OccupationCode),
                Of(worker, "from", Day(before.From), Day(after.From)),
                Of(worker, "until", Day(before.Until), Day(after.Until)),
                Of(worker, "primary", YesOrNo(before.Primary), YesOrNo(after.Primary)),
            }.OfType<Warning>(),
        ];

    /// <summary>Another place; who transfers somebody sees both.</summary>
    public static IReadOnlyList<Warning> Of(RecordTransaction tx, Guid worker, DecidedAffiliation next)
    {
        var (to, from) = (NameOf(tx, next.Begun), Day(next.Begun.From)!);
        return
        [
            next.Left is { } left
                ? new(Transfers, "/organization", worker, NameOf(tx, left.Content), to, from)
                : new(NewPlace, "/organization", worker, to, from),
        ];
    }

    private Warning? Of(Guid worker, string code, object? before, object? after) =>
        ChangedCell.Of(columns, worker, code, before, after);

    private static string NameOf(RecordTransaction tx, AffiliationContent place) =>
        place.OrganizationId is { } id ? tx.Connection.ReadOrganization(id)[^1].Content.Name : place.ExternalName ?? "";
}
