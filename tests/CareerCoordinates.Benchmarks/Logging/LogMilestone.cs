using System.Security.Cryptography;
using System.Text.Json;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Benchmarks.Logging;

/// <summary>A request to log a milestone, as it stands before the gate: shape checked, key and body hashed.</summary>
public sealed record LogRequest(Guid WorkerId, MilestoneDraft Draft, IdempotencyKey Key)
{
    public static LogRequest Any(Guid workerId, int number, Random random)
    {
        var draft = Lives.Any(number, random);
        var body = JsonSerializer.SerializeToUtf8Bytes(draft);
        var key = new IdempotencyKey(
            "local",
            "POST",
            $"/api/v1/workers/{workerId}/milestones",
            Guid.NewGuid().ToString(),
            SHA256.HashData(body)
        );
        return new(workerId, draft, key);
    }
}

/// <summary>
/// Everything that belongs to logging a milestone, as the one delegate that runs inside the gate. As in the API the
/// answer is made of it outside.
/// </summary>
public static class LogMilestone
{
    public static readonly Actor Local = new("local", MayVerify: false);
    private static readonly Actor Second = new("second", MayVerify: true, FourEyes: true);
    public static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    public static Outcome<MilestoneRevision> Write(RecordTransaction tx, LogRequest request)
    {
        if (tx.FindMilestone(request.WorkerId, request.Key) is { } before)
        {
            return tx.LockWorker(request.WorkerId)!.RevisionsOf(before.MilestoneId)[0];
        }
        var record = tx.LockWorker(request.WorkerId)!;
        var view = record.At(Instant.Never)!;
        var decided = Decide(tx, record, view, Check(tx, request, view));
        if (!decided.IsRefused)
        {
            tx.Add(record, decided.Value, request.Key);
            Audit(tx, request);
        }
        return decided;
    }

    public static void Audit(RecordTransaction tx, LogRequest request) =>
        tx.Audit(Local.Name, "recordMilestone", request.WorkerId);

    public static MilestoneContent Check(RecordTransaction tx, LogRequest request, WorkerView view) =>
        MilestoneChecks.Check(tx.Framework, request.Draft, view.Worker.Content, Today).Value;

    public static Outcome<MilestoneRevision> Decide(
        RecordTransaction tx,
        WorkerRecord record,
        WorkerView view,
        MilestoneContent content
    ) =>
        MilestoneDecisions.Record(
            new(record.Id, tx.NewId(), content, tx.Framework.Version, view.Milestones.Count),
            new(Local, tx.RecordedAt)
        );

    public static Guid AddEmployer(RecordTransaction tx)
    {
        var id = tx.NewId();
        var content = new OrganizationContent(null, OrganizationKind.Enterprise, "Works", null, null, new(1980, 1, 1), null, []);
        tx.Add(new Revision<OrganizationContent>(id, 1, false, content, null, tx.RecordedAt, "local"));
        return id;
    }

    /// <summary>A worker with an affiliation and the first facts of a life, verified.</summary>
    public static Guid AddWorker(RecordTransaction tx, int number, int facts, Guid organizationId)
    {
        var id = Guid.CreateVersion7(tx.RecordedAt.ToDateTimeOffset());
        var worker = new Revision<WorkerContent>(id, 1, false, Lives.Worker(number), null, tx.RecordedAt, "local");
        tx.Add(worker);
        tx.Add(
            id,
            new Revision<AffiliationContent>(
                tx.NewId(),
                1,
                false,
                Lives.Affiliation(number, organizationId),
                null,
                tx.RecordedAt,
                "local"
            )
        );
        var record = new WorkerRecord(id, [worker], [], [], []);
        foreach (var draft in Lives.Draft(number, facts))
        {
            var content = MilestoneChecks.Check(tx.Framework, draft, worker.Content, Today).Value;
            var command = new RecordMilestone(id, tx.NewId(), content, tx.Framework.Version, 0);
            var submitted = MilestoneDecisions.Record(command, new(Local, tx.RecordedAt)).Value;
            record = tx.Add(record, submitted);
            record = tx.Add(record, MilestoneDecisions.Verify([submitted], new(Second, tx.RecordedAt.PlusMicroseconds(1))).Value);
        }
        return id;
    }

    /// <summary>About as long as the answer of the API.</summary>
    public static byte[] Answer(MilestoneRevision revision) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                id = revision.MilestoneId,
                workerId = revision.WorkerId,
                revision = revision.Revision,
                counting = (int?)null,
                state = "submitted",
                type = revision.Content.Type,
                occurredOn = revision.Content.OccurredOn.ToString(),
                until = revision.Content.Until?.ToString(),
                attributes = revision.Content.Attributes.CanonicalJson,
                recordedAt = revision.RecordedAt.ToString(),
                recordedBy = revision.RecordedBy,
                verifiedBy = revision.VerifiedBy,
                warnings = Array.Empty<string>(),
                grants = new[]
                {
                    new
                    {
                        channel = "grade-promotion",
                        rung = "senior-worker",
                        level = 4,
                        mode = "direct",
                    },
                },
                place = new { stage = "growth", level = 4 },
            }
        );
}
