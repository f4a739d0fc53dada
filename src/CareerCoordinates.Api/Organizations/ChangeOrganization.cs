using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Organizations;

/// <summary>What is absent stays, null takes away, a value sets.</summary>
public sealed record OrganizationPatch(
    Optional<Guid?> ParentId = default,
    Optional<OrganizationKind> Kind = default,
    Optional<string> Name = default,
    Optional<string?> CreditCode = default,
    Optional<string?> IndustryCode = default,
    Optional<DateOnly> From = default,
    Optional<DateOnly?> UnionFoundedOn = default,
    Optional<IReadOnlyList<string>> Tags = default,
    Optional<string?> Phone = default,
    string? Reason = null
)
{
    public OrganizationContent On(OrganizationContent c) =>
        new(
            ParentId.Or(c.ParentId),
            Kind.Or(c.Kind),
            Name.Or(c.Name),
            CreditCode.Or(c.CreditCode),
            IndustryCode.Or(c.IndustryCode),
            From.Or(c.From),
            UnionFoundedOn.Or(c.UnionFoundedOn),
            Tags.Or(c.Tags),
            Phone.Or(c.Phone)
        );
}

public sealed class OrganizationPatchValidator : AbstractValidator<OrganizationPatch>
{
    public OrganizationPatchValidator() => RuleFor(p => p.Reason).MaximumLength(Limits.Reason);
}

public static class ChangeOrganization
{
    public static Task<Results<Answer<OrganizationBody>, Problem>> Handle(
        Guid organizationId,
        Body<OrganizationPatch> body,
        IfMatch ifMatch,
        SignedIn me,
        CareerStore store
    ) =>
        store.ChangeAsync<OrganizationBody>(
            me,
            tx =>
            {
                tx.LockTree();
                var found = OrganizationLocking.Newest(tx, me, organizationId, ifMatch);
                if (found.IsRefused)
                {
                    return found.As<Answer<OrganizationBody>>();
                }
                var newest = found.Value;
                var content = Decide(tx, me, newest, body.Value);
                if (content.IsRefused)
                {
                    return content.As<Answer<OrganizationBody>>();
                }
                if (Same(content.Value, newest.Content))
                {
                    // Nothing changes, so nothing is superseded.
                    return Answer.Of(OrganizationBody.Of(newest), newest.Number);
                }
                var next = newest.Next(content.Value, body.Value.Reason, tx.RecordedAt, me.Name);
                tx.Add(next);
                return Answer.Of(OrganizationBody.Of(next), next.Number);
            }
        );

    /// <summary>What an organisation would be after the change; the same for one request and for a row of a sheet.</summary>
    internal static Outcome<OrganizationContent> Decide(
        RecordTransaction tx,
        SignedIn me,
        Revision<OrganizationContent> newest,
        OrganizationPatch patch,
        Func<Guid, IReadOnlyList<Revision<OrganizationContent>>>? read = null,
        Func<Guid, IEnumerable<IReadOnlyList<Revision<OrganizationContent>>>>? everUnder = null
    ) =>
        RecordOrganization.Decide(
            tx,
            me,
            newest.Id,
            patch.On(newest.Content),
            newest.Content.ParentId ?? Guid.Empty,
            read,
            everUnder
        );

    internal static bool Same(OrganizationContent a, OrganizationContent b) =>
        a.Tags.SequenceEqual(b.Tags) && a with { Tags = b.Tags } == b;
}
