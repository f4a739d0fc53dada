using System.Reflection;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace CareerCoordinates.Api.Reports;

/// <summary>The answer of a saved report: the same as when it was saved.</summary>
public sealed class SavedAnswer : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    private readonly WrittenReport written;

    internal SavedAnswer(WrittenReport written) => this.written = written;

    public int? StatusCode => StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.Append("Vary", "Accept");
        // Who may see it can change, though it does not.
        return ReportAnswer.WriteAsync(httpContext, written, JsonBytes.ForPersons);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        ReportAnswer.Describe(builder, typeof(Dictionary<string, System.Text.Json.JsonElement>));
}

/// <summary>
/// Answers a saved question again, from the record. Its bytes are compared with those that were saved by their hash; other figures than those are
/// never shown in their place, and the refusal says what changed.
/// </summary>
public static class AnswerSavedReport
{
    private const int Unavailable = 503;

    private static readonly Name OtherScope = new(
        "您的统计范围与保存时不同",
        "you see another part of the organisations than then"
    );
    private static readonly Name Erased = new("此后有职工信息被删除", "a person was erased since");
    private static readonly Name OtherRecord = new(
        "记录本身与保存时不符，这不应发生，请告知系统管理员",
        "the record itself is not what it was, which must never be; tell who runs the server"
    );

    public static async Task<Results<SavedAnswer, Problem>> Handle(
        Guid savedReportId,
        SignedIn me,
        CareerStore store,
        CancellationToken cancellation
    )
    {
        if (ReadSavedReports.Find(store, me, savedReportId) is not { } saved)
        {
            return Problem.Of(SavedReportRefusals.Unknown, savedReportId);
        }
        if (KnownReports.Find(saved.Report) is not { } report)
        {
            return Problem.Of(SavedReportRefusals.Unanswerable, OtherProgram(saved));
        }
        var answer = await report.AskAsync(saved.Parameters, me, store, cancellation);
        if (answer.IsRefused)
        {
            var first = answer.Refusals[0];
            return Problem.StatusOf(first.Code) == Unavailable
                ? Problem.Of(answer.Refusals)
                : Problem.Of(SavedReportRefusals.Unanswerable, new Name(first.Zh, first.En));
        }
        var language = saved.Language == Language.Zh.Tag() ? Language.Zh : Language.En;
        var written = answer.Value.In(language, saved.Report);
        return written.Hash().AsSpan().SequenceEqual(saved.AnswerHash)
            ? new SavedAnswer(written with { MadeAt = saved.SavedAt })
            : Problem.Of(SavedReportRefusals.Differs, WhyOther(store, saved, written.Desk));
    }

    private static Name WhyOther(CareerStore store, SavedReport saved, ReportDesk desk) =>
        AnswerGround.TextOf(desk.Population.Scope) != saved.Scope ? OtherScope
        : AnswerGround.Program != saved.Program ? OtherProgram(saved)
        : store.Reader.OnConnection(c => c.WasAnybodyErasedSince(saved.SavedAt)) ? Erased
        : OtherRecord;

    private static Name OtherProgram(SavedReport saved) =>
        new(
            $"保存时的程序版本为 {saved.Program}，现为 {AnswerGround.Program}",
            $"it was answered by version {saved.Program} of the program, and this is {AnswerGround.Program}"
        );
}
