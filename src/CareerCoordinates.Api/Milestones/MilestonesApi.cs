using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Milestones;

/// <summary><c>/workers/{workerId}/milestones</c>: facts about a worker, recorded, verified, corrected, ended, voided.</summary>
public static class MilestonesApi
{
    public static RouteGroupBuilder MapMilestones(this RouteGroupBuilder api)
    {
        var ofWorker = api.MapGroup("/workers/{workerId:guid}/milestones").WithTags(ApiDocument.Milestones);
        MapList(ofWorker);
        MapOne(ofWorker);
        MapDecisions(ofWorker);
        MapContest(ofWorker);
        MapOfAll(api.MapGroup("").WithTags(ApiDocument.Milestones));
        return api;
    }

    private static void MapOfAll(RouteGroupBuilder ofAll)
    {
        ofAll
            .MapGet("/milestones", ListInbox.Handle)
            .Needs(Right.ListPeople)
            .WithName("listInbox")
            .WithSummary("Milestones of all workers")
            .WithDescription(
                "For inboxes: what was submitted, returned or rejected, is contested, or runs out, under an organisation. Workers come in the order in which they were recorded; voided ones are left out."
            )
            .WithAnswerExample(() => MilestoneExamples.Page);
        ofAll
            .MapPost("/milestones:batch", RecordMany.Handle)
            .Needs(Right.SubmitMilestones)
            .TakesIdempotencyKey()
            .WithName("recordMilestones")
            .WithSummary("Record one event for many workers")
            .WithDescription(
                "A course, a competition, a conferment (批量登记): what is the same for all once, and what differs with each worker, up to 500. Each is checked and submitted by itself, as if it were recorded alone: the answer has one result for each worker, in the order of the request, and a refused one holds up no other. What the record says already is answered with 200 and not recorded again, so the mended list can be sent as a whole."
            )
            .WithBodyExample(() => MilestoneExamples.Event)
            .WithAnswerExample(() => MilestoneExamples.Recordings);
        ofAll
            .MapPost("/milestones:verify", VerifyMany.Handle)
            .Needs(Right.JudgeMilestones)
            .WithName("verifyMilestones")
            .WithSummary("Verify many milestones")
            .WithDescription(
                "Up to 500, each as it was seen and each by itself, by four eyes as one: the answer has one result for each item, in the order of the request, and a refused one holds up no other."
            )
            .WithBodyExample(() => MilestoneExamples.ToVerify)
            .WithAnswerExample(() => MilestoneExamples.Verifications);
    }

    private static void MapList(RouteGroupBuilder ofWorker)
    {
        ofWorker
            .MapGet("", ListMilestones.Handle)
            .Needs(Right.ReadPerson)
            .WithName("listMilestones")
            .WithSummary("The milestones of a worker")
            .WithDescription(
                "In the order of life. Voided ones only with `include=voided` or `state=voided`. `asOf`, where given, hides what occurs later. Each item carries the `etag` that a change of it needs."
            )
            .WithAnswerExample(() => MilestoneExamples.Page);
        ofWorker
            .MapPost("", RecordMilestone.Handle)
            .Needs(Right.SubmitMilestones)
            .TakesIdempotencyKey()
            .WithName("recordMilestone")
            .WithSummary("Record a milestone")
            .WithDescription(
                "The attributes are checked against the type. It is submitted, and counts nothing until a second person verifies it. A month or a year that is not over is refused. Look at `warnings`: another milestone of an open type may have ended when this one began."
            )
            .WithBodyExample(() => MilestoneExamples.ToRecord)
            .WithAnswerExample(() => MilestoneExamples.Recorded);
    }

    private static void MapOne(RouteGroupBuilder ofWorker)
    {
        ofWorker
            .MapGet("/{milestoneId:guid}", ReadMilestone.Handle)
            .Needs(Right.ReadPerson)
            .WithName("getMilestone")
            .WithSummary("One milestone")
            .WithDescription(
                "Its newest revision as known at `knownAt`, and in `counting` the revision that counts. Before its first revision was recorded it is 404, and, where `asOf` is given, before it occurs."
            )
            .WithAnswerExample(() => MilestoneExamples.Read);
        ofWorker
            .MapPut("/{milestoneId:guid}", CorrectMilestone.Handle)
            .Needs(Right.SubmitMilestones)
            .WithName("correctMilestone")
            .WithSummary("Correct a milestone")
            .WithDescription(
                "Replaces the whole content (更正); the type stays. The result is submitted, and what was verified goes on counting until it is verified. `ended` left out stays, null takes the end back, a value changes it."
            )
            .WithBodyExample(() => MilestoneExamples.Correction)
            .WithAnswerExample(() => MilestoneExamples.Corrected);
        ofWorker
            .MapGet("/{milestoneId:guid}/revisions", ReadRevisions.Handle)
            .Needs(Right.ReadPerson)
            .WithName("listMilestoneRevisions")
            .WithSummary("The history of a milestone")
            .WithDescription("All revisions recorded by `knownAt`, from the first one; none is ever changed or deleted.")
            .WithAnswerExample(() => MilestoneExamples.History);
    }

    private static void MapDecisions(RouteGroupBuilder ofWorker)
    {
        ofWorker
            .MapGet("/{milestoneId:guid}/verification", ReadVerification.Handle)
            .Needs(Right.ReadPerson)
            .WithName("getMilestoneVerification")
            .WithSummary("Who may verify a milestone")
            .WithDescription(
                "Whether the caller may verify the newest revision, why not, and the nearest organisation, going up from the worker's places, with somebody who may. By the accounts of now, so it takes neither clock."
            )
            .WithAnswerExample(() => MayVerifyBody.Example);
        ofWorker
            .MapPost("/{milestoneId:guid}:verify", DecideMilestone.Verify)
            .Needs(Right.JudgeMilestones)
            .WithName("verifyMilestone")
            .WithSummary("Verify a milestone")
            .WithDescription(
                "The newest content counts from now on (核验). Nobody verifies what he recorded, or what is about himself: see `/verification`."
            )
            .WithAnswerExample(() => MilestoneExamples.Verified);
        ofWorker
            .MapPost("/{milestoneId:guid}:return", DecideMilestone.Return)
            .Needs(Right.JudgeMilestones)
            .WithName("returnMilestone")
            .WithSummary("Send a milestone back to be completed")
            .WithDescription("It waits for a correction (退回补充). What was verified before goes on counting.")
            .WithBodyExample(() => new SaidWhy("The photograph of the certificate cannot be read."))
            .WithAnswerExample(() => MilestoneExamples.Returned);
        ofWorker
            .MapPost("/{milestoneId:guid}:reject", DecideMilestone.Reject)
            .Needs(Right.JudgeMilestones)
            .WithName("rejectMilestone")
            .WithSummary("Reject a milestone")
            .WithDescription("It is not recognised (不予认定). What was verified before goes on counting.")
            .WithBodyExample(() => new SaidWhy("The register has no certificate of this number."))
            .WithAnswerExample(() => MilestoneExamples.Rejected);
        ofWorker
            .MapPost("/{milestoneId:guid}:withdraw", DecideMilestone.Withdraw)
            .Needs(Right.SubmitMilestones)
            .WithName("withdrawMilestone")
            .WithSummary("Take a pending change back")
            .WithDescription("Only where a verified revision counts: its content is written again as verified.")
            .WithBodyExample(() => new SaidWhy("Corrected the wrong person's certificate."))
            .WithAnswerExample(() => MilestoneExamples.Verified);
        ofWorker
            .MapPost("/{milestoneId:guid}:end", DecideMilestone.End)
            .Needs(Right.SubmitMilestones)
            .WithName("endMilestone")
            .WithSummary("Say on which day a milestone ended")
            .WithDescription(
                "For a membership that lapsed or a certificate that was revoked (终止), whatever the type. By one who may verify it and recorded none of its content it takes effect at once; by anybody else it is submitted. What it gave stays in what was reached. What was never true is voided instead."
            )
            .WithBodyExample(() =>
                new MilestoneEnd(new DateOnly(2024, 6, 30), "Revoked by the issuing centre.", Domain.Milestones.EndKind.Revoked)
            )
            .WithAnswerExample(() => MilestoneExamples.Ended);
        ofWorker
            .MapPost("/{milestoneId:guid}:void", DecideMilestone.Void)
            .Needs(Right.VoidMilestones)
            .WithName("voidMilestone")
            .WithSummary("Void a milestone")
            .WithDescription(
                "The record was never true, or its authority took the honour back (作废). Final: nothing of it counts any more."
            )
            .WithBodyExample(() => new SaidWhy("Recorded for a worker of the same name."))
            .WithAnswerExample(() => MilestoneExamples.Voided);
    }

    private static void MapContest(RouteGroupBuilder ofWorker)
    {
        ofWorker
            .MapPost("/{milestoneId:guid}:contest", DecideMilestone.Contest)
            .Needs(Right.ContestMilestones)
            .WithName("contestMilestone")
            .WithSummary("Object to a milestone")
            .WithDescription(
                "The worker says that it is wrong (提出异议). Adds no revision and changes nothing that counts; it shows as `contested` until answered."
            )
            .WithBodyExample(() => new SaidWhy("The certificate is not mine."))
            .WithAnswerExample(() => MilestoneExamples.Contested);
        ofWorker
            .MapPost("/{milestoneId:guid}:answer", DecideMilestone.AnswerContest)
            .Needs(Right.AnswerContests)
            .WithName("answerMilestoneContest")
            .WithSummary("Answer an objection")
            .WithDescription("Says what came of it. What is wrong is corrected besides.")
            .WithBodyExample(() => new SaidWhy("Compared with the register: the name was misspelt there; it is yours."))
            .WithAnswerExample(() => MilestoneExamples.Answered);
    }
}
