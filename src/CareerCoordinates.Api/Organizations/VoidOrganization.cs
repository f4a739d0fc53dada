using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Organizations;

public static class VoidOrganization
{
    public static Task<Results<Answer<OrganizationBody>, Problem>> Handle(
        Guid organizationId,
        Body<VoidRequest> body,
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
                var (children, affiliations) = tx.HangingOn(organizationId);
                var reason = OrganizationRules.Void(newest.Voided, children, affiliations, body.Value.Reason);
                if (reason.IsRefused)
                {
                    return reason.As<Answer<OrganizationBody>>();
                }
                var next = newest.Void(reason.Value, tx.RecordedAt, me.Name);
                tx.Add(next);
                return Answer.Of(OrganizationBody.Of(next), next.Number);
            }
        );
}

internal static class OrganizationLocking
{
    /// <summary>The newest revision, locked, if it exists, is the caller's to keep, not voided and the one that he saw.</summary>
    public static Outcome<Revision<OrganizationContent>> Newest(RecordTransaction tx, SignedIn me, Guid id, IfMatch ifMatch)
    {
        if (tx.LockOrganization(id) is not [.., var newest])
        {
            return new Refusal(OrganizationRules.UnknownOrganization, "", id);
        }
        if (IsOwnRoot(me, id))
        {
            return new Refusal(AccessRefusals.OwnRoot, "");
        }
        if (newest.Voided)
        {
            return new Refusal(OrganizationRules.OrganizationVoided, "");
        }
        return ifMatch.Check(newest.Number) is { } stale ? stale : newest;
    }

    /// <summary>Whether it is what the caller was given itself: he keeps what is below it.</summary>
    public static bool IsOwnRoot(SignedIn me, Guid id) => me.Scope.Roots.Contains(id) && !me.Scope.Everything;
}
