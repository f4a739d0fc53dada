using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain.Reports;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.EnteredFigures;

public static class VoidEnteredFigure
{
    public static Task<Results<Answer<EnteredFigureBody>, Problem>> Handle(
        Guid enteredFigureId,
        Body<VoidRequest> body,
        IfMatch ifMatch,
        SignedIn me,
        CareerStore store
    ) =>
        store.ChangeAsync<EnteredFigureBody>(
            me,
            tx =>
            {
                var found = EnteredFigureLocking.Newest(tx, me, enteredFigureId, ifMatch);
                if (found.IsRefused)
                {
                    return found.As<Answer<EnteredFigureBody>>();
                }
                var newest = found.Value;
                var reason = EnteredFigureRules.Void(newest.Voided, body.Value.Reason);
                if (reason.IsRefused)
                {
                    return reason.As<Answer<EnteredFigureBody>>();
                }
                var next = newest.Void(reason.Value, tx.RecordedAt, me.Name);
                tx.Add(next);
                return Answer.Of(EnteredFigureBody.Of(next), next.Number);
            }
        );
}
