using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Affiliations;

public static class VoidAffiliation
{
    public static Task<Results<Answer<AffiliationBody>, Problem>> Handle(
        Guid workerId,
        Guid affiliationId,
        Body<VoidRequest> body,
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
                var newest = locked.Value.Newest;
                var reason = AffiliationRules.Void(newest.Voided, newest.Content, locked.Value.Others, body.Value.Reason);
                if (reason.IsRefused)
                {
                    return reason.As<Answer<AffiliationBody>>();
                }
                var next = newest.Void(reason.Value, tx.RecordedAt, me.Name);
                tx.Add(workerId, next);
                return Answer.Of(AffiliationBody.Of(workerId, next), next.Number);
            }
        );
}
