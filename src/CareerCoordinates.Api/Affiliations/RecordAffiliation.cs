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
                var decided = Decide(tx, me, view.Worker.Content, view, id, body.Value);
                if (decided.IsRefused)
                {
                    return decided.As<Recorded<AffiliationBody>>();
                }
                var (first, _) = decided.Value.Save(tx, me, view);
                return Answer.Recorded($"/api/v1/workers/{workerId}/affiliations/{id}", AffiliationBody.Of(workerId, first), 1);
            }
        );

    /// <summary>A further affiliation of a locked worker, not written yet; the same for one request and for a row of a sheet.</summary>
    /// <param name="worker">As he is, or will be by the same write.</param>
    internal static Outcome<DecidedAffiliation> Decide(
        RecordTransaction tx,
        SignedIn me,
        WorkerContent worker,
        WorkerView view,
        Guid id,
        NextAffiliation asked
    )
    {
        if (!asked.Transfer)
        {
            var content = AffiliationWriting.Decide(tx, me, worker, id, asked.Content, view.Affiliations);
            return content.IsRefused ? content.As<DecidedAffiliation>() : new DecidedAffiliation(id, content.Value, null);
        }
        var transfer = AffiliationRules.Transfer(tx.Framework, worker, asked.Content, view.Affiliations);
        if (transfer.IsRefused)
        {
            return transfer.As<DecidedAffiliation>();
        }
        var (begun, left) = transfer.Value;
        var place = AffiliationWriting.CheckPlace(tx, me, id, begun, left: left.Id);
        return place.IsRefused ? place.As<DecidedAffiliation>() : new DecidedAffiliation(id, place.Value, left);
    }
}

/// <summary>A further affiliation and, for a transfer, the one that it ends: decided, not written.</summary>
internal sealed record DecidedAffiliation(Guid Id, AffiliationContent Begun, Affiliation? Left)
{
    public (Revision<AffiliationContent> Begun, Revision<AffiliationContent>? Left) Save(
        RecordTransaction tx,
        SignedIn me,
        WorkerView view
    )
    {
        Revision<AffiliationContent>? left = null;
        if (Left is { } ended)
        {
            left = view.AffiliationRevisions.First(r => r.Id == ended.Id).Next(ended.Content, null, tx.RecordedAt, me.Name);
            tx.Add(view.Worker.Id, left);
        }
        var begun = new Revision<AffiliationContent>(Id, 1, false, Begun, null, tx.RecordedAt, me.Name);
        tx.Add(view.Worker.Id, begun);
        return (begun, left);
    }
}
