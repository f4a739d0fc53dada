using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Workers;

public static class VoidWorker
{
    public static Task<Results<Answer<WorkerBody>, Problem>> Handle(
        Guid workerId,
        Body<VoidRequest> body,
        IfMatch ifMatch,
        SignedIn me,
        CareerStore store
    ) =>
        store.ChangeAsync<WorkerBody>(
            me,
            tx =>
            {
                var locked = WorkerLocking.Newest(tx, workerId);
                if (locked.IsRefused)
                {
                    return locked.As<Answer<WorkerBody>>();
                }
                var newest = locked.Value.Revisions[^1];
                if (ifMatch.Check(newest.Number) is { } stale)
                {
                    return stale;
                }
                var reason = WorkerRules.Void(newest.Voided, body.Value.Reason);
                if (reason.IsRefused)
                {
                    return reason.As<Answer<WorkerBody>>();
                }
                var next = newest.Void(reason.Value, tx.RecordedAt, me.Name);
                tx.Add(next);
                UniqueNumbers.FreeStaffNumbers(tx, workerId);
                return Answer.Of(WorkerBody.Of(next), next.Number);
            }
        );
}
