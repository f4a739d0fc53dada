using CareerCoordinates.Api.Imports;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Sheets;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Exports;

public sealed record WorkersExport(WorkerFilter Filter, Clocks Clocks, SheetForm? Format) : IQuery<WorkersExport>
{
    public static WorkersExport Read(QueryReader query) =>
        new(WorkerFilter.Read(query), query.Clocks(), ExportCall.ReadForm(query));
}

/// <summary>People, a row each, under the headers of a roster, so that the file can be sent back as one.</summary>
public static class ExportWorkers
{
    public static async Task<Results<ExportAnswer, Problem>> Handle(Query<WorkersExport> query, ExportCall call)
    {
        var asked = query.Value;
        var opened = await ExportDesk.OpenAsync(call, asked.Filter, asked.Clocks, asked.Format);
        if (opened.IsRefused)
        {
            return Problem.Of(opened.Refusals);
        }
        var desk = opened.Value;
        return new ExportAnswer(
            "workers",
            desk,
            ExportTable.Of(desk, WorkerParts.WithAffiliations, Columns(desk.Clocks.Framework), (_, worker) => [worker])
        );
    }

    private static List<ExportColumn<ExportedWorker>> Columns(Framework framework)
    {
        var roster = WorkerColumns.Of(framework);
        return
        [
            PersonColumns.Name<ExportedWorker>(w => w),
            PersonColumns.StaffNumber<ExportedWorker>(w => w),
            Of("birthDate", w => w.Content.BirthDate),
            Of("gender", w => NameOf(WorkerColumns.Genders, w.Content.Gender)),
            Of("migrantWorker", w => w.Content.MigrantWorker),
            PersonColumns.Number<ExportedWorker>(w => w),
            Of("careerStart", w => w.Content.CareerStart),
            PersonColumns.Organization<ExportedWorker>(w => w),
            OfPlace("kind", a => NameOf(WorkerColumns.Kinds, Codes<AffiliationKind>.Of(a.Kind))),
            OfPlace(
                "employmentForm",
                a => NameOf(WorkerColumns.FormsOf(framework), a.EmploymentForm) ?? (object?)a.EmploymentForm
            ),
            OfPlace("occupationCode", a => a.OccupationCode),
            OfPlace("from", a => a.From),
            OfPlace("until", a => a.Until),
            OfPlace("primary", a => a.Primary),
            // Under this header no import looks for a number.
            new(new("身份证件掩码", "masked ID"), w => w.Content.IdNumber?.Masked),
            new(new("个人信息已删除", "erased"), w => w.Content.Erased),
            new(new("已作废", "voided"), w => w.View.Worker.Voided),
            PersonColumns.Id<ExportedWorker>(w => w),
            PersonColumns.OrganizationId<ExportedWorker>(w => w),
        ];

        ExportColumn<ExportedWorker> Of(string code, Func<ExportedWorker, object?> cell) =>
            new(PersonColumns.HeaderOf(roster, code), cell);

        ExportColumn<ExportedWorker> OfPlace(string code, Func<AffiliationContent, object?> cell) =>
            Of(code, w => w.Place is { Affiliation: var affiliation } ? cell(affiliation) : null);
    }

    private static Name? NameOf(IReadOnlyList<CodedName> named, string? code) => named.FirstOrDefault(n => n.Code == code)?.Name;
}
