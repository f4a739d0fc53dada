using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Affiliations;

/// <summary>What is absent stays, null takes away, a value sets.</summary>
public sealed record AffiliationPatch(
    Optional<AffiliationKind> Kind = default,
    Optional<Guid?> OrganizationId = default,
    Optional<string?> ExternalName = default,
    Optional<DateOnly> From = default,
    Optional<DateOnly?> Until = default,
    Optional<bool> Primary = default,
    Optional<string?> StaffNumber = default,
    Optional<string?> EmploymentForm = default,
    Optional<string?> OccupationCode = default,
    string? Reason = null
)
{
    public AffiliationContent On(AffiliationContent c) =>
        new(
            Kind.Or(c.Kind),
            OrganizationId.Or(c.OrganizationId),
            ExternalName.Or(c.ExternalName),
            From.Or(c.From),
            Until.Or(c.Until),
            Primary.Or(c.Primary),
            StaffNumber.Or(c.StaffNumber),
            EmploymentForm.Or(c.EmploymentForm),
            OccupationCode.Or(c.OccupationCode)
        );
}

public sealed class AffiliationPatchValidator : AbstractValidator<AffiliationPatch>
{
    public AffiliationPatchValidator() => RuleFor(p => p.Reason).MaximumLength(Limits.Reason).WithoutIdNumber();
}

public static class ChangeAffiliation
{
    public static Task<Results<Answer<AffiliationBody>, Problem>> Handle(
        Guid workerId,
        Guid affiliationId,
        Body<AffiliationPatch> body,
        IfMatch ifMatch,
        SignedIn me,
        CareerStore store
    ) =>
        store.ChangeAsync<AffiliationBody>(
            me,
            tx =>
            {
                var locked = AffiliationWriting.Newest(tx, workerId, affiliationId, ifMatch);
                if (locked.IsRefused)
                {
                    return locked.As<Answer<AffiliationBody>>();
                }
                var (_, view, newest, others) = locked.Value;
                var candidate = body.Value.On(newest.Content);
                var content = AffiliationWriting.Decide(
                    tx,
                    me,
                    view.Worker.Content,
                    affiliationId,
                    candidate,
                    others,
                    newest.Content.OrganizationId
                );
                if (content.IsRefused)
                {
                    return content.As<Answer<AffiliationBody>>();
                }
                if (content.Value == newest.Content)
                {
                    // Nothing changes, so nothing is superseded.
                    return Answer.Of(AffiliationBody.Of(workerId, newest), newest.Number);
                }
                var next = newest.Next(content.Value, body.Value.Reason, tx.RecordedAt, me.Name);
                tx.Add(workerId, next);
                return Answer.Of(AffiliationBody.Of(workerId, next), next.Number);
            }
        );
}
