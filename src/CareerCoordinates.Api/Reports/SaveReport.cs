using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Reports;

/// <param name="Name">Up to 100 characters.</param>
/// <param name="Report">The last part of the report's address, such as `positions`.</param>
/// <param name="Parameters">Those of the report's query, as texts. What is left out is pinned to its default.</param>
public sealed record ReportToSave(string Name, string Report, IReadOnlyDictionary<string, string> Parameters);

public sealed class ReportToSaveValidator : AbstractValidator<ReportToSave>
{
    public ReportToSaveValidator()
    {
        RuleFor(r => r.Report).NotEmpty().MaximumLength(SaveReport.LongestName);
        RuleFor(r => r.Parameters).AtMost(SaveReport.MostParameters);
        RuleFor(r => r.Parameters).Must(p => !p.Any(HoldsIdNumber)).WithRefusal(PlainText.IdNumberElsewhere);
    }

    private static bool HoldsIdNumber(KeyValuePair<string, string> parameter) =>
        IdNumber.StandsIn(parameter.Key) || IdNumber.StandsIn(parameter.Value);
}

/// <summary>
/// Answers a question, pins all that its answer depends on (the days, a closed <c>knownAt</c>, the language), and keeps it with the hash of the
/// answer.
/// </summary>
public static class SaveReport
{
    public const int LongestName = 100;
    public const int MostParameters = 50;
    public const int MostOfAccount = 1_000;

    private const string KnownAt = "knownAt";

    public static readonly ReportToSave Example = new(
        "2025 年末坐标分布",
        "grid",
        new Dictionary<string, string> { ["asOf"] = "2025-12-31" }
    );

    public static async Task<Results<Recorded<SavedReportBody>, Problem>> Handle(
        Body<ReportToSave> body,
        SignedIn me,
        HttpContext context,
        CareerStore store
    )
    {
        var asked = body.Value;
        var refusals = new List<Refusal>();
        var name = PlainText.Needed(asked.Name, LongestName, "/name", refusals);
        if (KnownReports.Find(asked.Report) is not { } report)
        {
            refusals.Add(new(RequestRefusals.NotAllowed, "/report", KnownReports.Names));
            return Problem.Of(refusals);
        }
        var pinned = await PinnedAsync(store, me, asked.Parameters);
        if (pinned.IsRefused)
        {
            return Problem.Of([.. refusals, .. pinned.Refusals]);
        }
        var answer = await report.AskAsync(pinned.Value, me, store, context.RequestAborted);
        refusals.AddRange(answer.Refusals.Select(InBody));
        if (refusals.Count > 0)
        {
            return Problem.Of(refusals);
        }
        var language = Languages.Of(context);
        var written = answer.Value.In(language, report.Name);
        var saved = new SavedReport(
            me.Caller.AccountId,
            Guid.Empty,
            name,
            report.Name,
            // What an answer repeats beyond its parameters follows from them.
            written.Body.Question.Where(q => report.Parameters.Any(p => p.Name == q.Key)).ToDictionary(),
            language.Tag(),
            written.Hash(),
            AnswerGround.TextOf(written.Desk.Population.Scope),
            written.Desk.Framework.Version,
            AnswerGround.Program,
            default
        );
        return await store.RecordAsync<SavedReportBody>(
            me,
            body.Idempotency,
            tx =>
            {
                if (tx.Connection.CountSavedReports(saved.AccountId) >= MostOfAccount)
                {
                    return new Refusal(SavedReportRefusals.TooMany, "", MostOfAccount);
                }
                var kept = saved with { Id = tx.NewId(), SavedAt = tx.RecordedAt };
                tx.Add(kept);
                return Answer.Recorded($"/api/v1/saved-reports/{kept.Id}", SavedReportBody.Of(kept, store), 0);
            }
        );
    }

    /// <summary>With a <c>knownAt</c> that is closed: what is asked for must be, and the newest closed one is the default.</summary>
    private static async Task<Outcome<IReadOnlyDictionary<string, string>>> PinnedAsync(
        CareerStore store,
        SignedIn me,
        IReadOnlyDictionary<string, string> parameters
    )
    {
        CountsKind? wished = Codes<CountsKind>.TryParse(parameters.GetValueOrDefault("counts", ""), out var said) ? said : null;
        var counts = ReportDesk.CountsOf(me, wished);
        if (!parameters.TryGetValue(KnownAt, out var given))
        {
            var closed = await ReportDesk.NewestClosedAsync(store, counts);
            return new Dictionary<string, string>(parameters) { [KnownAt] = closed.ToString() };
        }
        // What is no instant, lies in the future, or is none of protected counts, the report itself refuses.
        return
            counts == CountsKind.Exact
            && Instant.TryParse(given, out var instant)
            && await store.ResolveAsync(instant) is { IsClosed: false }
            ? new Refusal(SavedReportRefusals.NotClosed, "/parameters/" + KnownAt, await store.ClosedThroughAsync())
            : new Dictionary<string, string>(parameters);
    }

    /// <summary>A parameter of the query stands in the body here.</summary>
    private static Refusal InBody(Refusal refusal) =>
        refusal.Pointer.StartsWith('?')
            ? refusal with
            {
                Pointer = "/parameters/" + Pointers.Escape(refusal.Pointer[1..]),
            }
            : refusal;
}
