using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Workers;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Affiliations;

/// <param name="Kind"><c>external</c> is a place outside the tree, by <c>externalName</c>; all others need <c>organizationId</c>.</param>
/// <param name="From">First day, inclusive.</param>
/// <param name="Until">Last day, inclusive; absent while it lasts.</param>
/// <param name="Primary">Whether reports group the worker by this one.</param>
/// <param name="StaffNumber">Unique at the organisation among those whose days overlap; leading zeros are kept.</param>
/// <param name="EmploymentForm">One of the framework's <c>employmentForms</c>.</param>
/// <param name="OccupationCode">Occupation Classification 2022, such as <c>6-18-01-01</c>.</param>
public record NewAffiliation(
    AffiliationKind Kind,
    DateOnly From,
    Guid? OrganizationId = null,
    string? ExternalName = null,
    DateOnly? Until = null,
    bool Primary = false,
    string? StaffNumber = null,
    string? EmploymentForm = null,
    string? OccupationCode = null
)
{
    internal AffiliationContent Content =>
        new(Kind, OrganizationId, ExternalName, From, Until, Primary, StaffNumber, EmploymentForm, OccupationCode);
}

/// <param name="Transfer">True: the primary affiliation in force ends the day before <c>from</c>.</param>
public sealed record NextAffiliation(
    AffiliationKind Kind,
    DateOnly From,
    Guid? OrganizationId = null,
    string? ExternalName = null,
    DateOnly? Until = null,
    bool Primary = false,
    string? StaffNumber = null,
    string? EmploymentForm = null,
    string? OccupationCode = null,
    bool Transfer = false
) : NewAffiliation(Kind, From, OrganizationId, ExternalName, Until, Primary, StaffNumber, EmploymentForm, OccupationCode);

public static class RecordAffiliation
{
    public static readonly NextAffiliation Example = new(
        AffiliationKind.LabourContract,
        new DateOnly(2021, 4, 1),
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a02"),
        StaffNumber: "00717",
        EmploymentForm: "employee",
        Transfer: true
    );

    public static Task<Results<Recorded<AffiliationBody>, Problem>> Handle(
        Guid workerId,
        Body<NextAffiliation> body,
        SignedIn me,
        CareerStore store
    ) =>
        store.RecordAsync(
            me,
            body.Idempotency,
            tx =>
            {
                var locked = WorkerLocking.Newest(tx, workerId);
                if (locked.IsRefused)
                {
                    return locked.As<Recorded<AffiliationBody>>();
                }
                var view = locked.Value.At(Instant.Never)!;
                var id = tx.NewId();
                var content = body.Value.Transfer
                    ? Transfer(tx, me, workerId, id, view, body.Value.Content)
                    : AffiliationWriting.Decide(tx, me, view.Worker.Content, id, body.Value.Content, view.Affiliations);
                if (content.IsRefused)
                {
                    return content.As<Recorded<AffiliationBody>>();
                }
                var first = new Revision<AffiliationContent>(id, 1, false, content.Value, null, tx.RecordedAt, me.Name);
                tx.Add(workerId, first);
                return Answer.Recorded($"/api/v1/workers/{workerId}/affiliations/{id}", AffiliationBody.Of(workerId, first), 1);
            }
        );

    private static Outcome<AffiliationContent> Transfer(
        RecordTransaction tx,
        SignedIn me,
        Guid workerId,
        Guid id,
        WorkerView view,
        AffiliationContent candidate
    )
    {
        var transfer = AffiliationRules.Transfer(tx.Framework, view.Worker.Content, candidate, view.Affiliations);
        if (transfer.IsRefused)
        {
            return transfer.As<AffiliationContent>();
        }
        var left = view.AffiliationRevisions.First(r => r.Id == transfer.Value.Ended.Id);
        tx.Add(workerId, left.Next(transfer.Value.Ended.Content, null, tx.RecordedAt, me.Name));
        return AffiliationWriting.CheckPlace(tx, me, id, transfer.Value.Begun);
    }
}
