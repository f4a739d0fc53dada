using System.Diagnostics;
using System.Text.Json.Serialization;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Exports;
using CareerCoordinates.Api.Imports;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Domain;

namespace CareerCoordinates.Api.Problems;

/// <summary>RFC 9457 problem details, as every answer that is not 2xx or 3xx has them.</summary>
/// <param name="Type">A URN that ends in the code.</param>
/// <param name="Title">What the status means.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and what to do about it, in the language asked for.</param>
/// <param name="Code">Stable for ever: what programs compare.</param>
/// <param name="TraceId">Finds the request in the server's log.</param>
/// <param name="Errors">Every fault found, with its place in the request.</param>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ProblemFault>? Errors = null
);

/// <param name="Pointer">A JSON pointer into the body (<c>/attributes/grade</c>), or <c>?name</c> for a query parameter.</param>
public sealed record ProblemFault(string Pointer, string Code, string Detail);

/// <summary>The one place that turns refusals into HTTP.</summary>
public sealed class Problem : IResult, IStatusCodeHttpResult
{
    public const string MediaType = "application/problem+json";

    /// <summary>Refusals of the edge whose status their kind does not say.</summary>
    private static readonly Dictionary<string, int> Statuses = new()
    {
        [AccessRefusals.SignInNeeded.Code] = 401,
        [AccessRefusals.SignInRefused.Code] = 401,
        [AccessRefusals.NotAllowed.Code] = 403,
        [AccessRefusals.AntiforgeryNeeded.Code] = 403,
        [AccessRefusals.NoticeNotAcknowledged.Code] = 403,
        [AccessRefusals.OwnRoot.Code] = 403,
        [AccessRefusals.RootNeedsAdministrator.Code] = 403,
        [ClaimAccount.ClaimRefused.Code] = 401,
        [AccessRefusals.TooManyAttempts.Code] = 429,
        [NetworkRefusals.TooManyRequests.Code] = 429,
        [NetworkRefusals.TokenMayNot.Code] = 403,
        [NetworkRefusals.NoAccountYet.Code] = 403,
        [NetworkRefusals.OnlyThroughProxy.Code] = 403,
        [NetworkRefusals.HttpsNeeded.Code] = 403,
        [NetworkRefusals.IssuerUnavailable.Code] = 503,
        [SignInAtIssuer.RefusedByIssuer.Code] = 401,
        [SignInAtIssuer.NoAccount.Code] = 401,
        [ReportRefusals.ExactNotAllowed.Code] = 403,
        [ReportRefusals.ProtectedNotAllowed.Code] = 403,
        [ReportRefusals.MonthEndsOnly.Code] = 403,
        [ReadMilestones.FirstOfMonthOnly.Code] = 403,
        [ReadMilestones.RestrictedHere.Code] = 403,
        [YearWish.NotOver.Code] = 403,
        [ReportRefusals.DayBeginsOnly.Code] = 403,
        [ReportRefusals.Loading.Code] = 503,
        [RunningExports.TooMany.Code] = 429,
        [RunningExports.AllBusy.Code] = 503,
        [ReportRefusals.NotThatFar.Code] = 503,
        [RequestRefusals.MethodNotAllowed.Code] = 405,
        [RequestRefusals.NotAcceptable.Code] = 406,
        [RequestRefusals.BodyTooLarge.Code] = 413,
        [ImportRefusals.FileTooLarge.Code] = 413,
        [RequestRefusals.UnsupportedMediaType.Code] = 415,
        [ImportRefusals.NotMultipart.Code] = 415,
        [RequestRefusals.IfMatchRequired.Code] = 428,
        [RequestRefusals.InternalError.Code] = 500,
        [RequestRefusals.Unavailable.Code] = 503,
        [RequestRefusals.SystemTimeWrong.Code] = 503,
    };

    private readonly IReadOnlyList<Refusal> refusals;

    private Problem(IReadOnlyList<Refusal> refusals) => this.refusals = refusals;

    public int? StatusCode => StatusOf(Leading.Code);

    /// <summary>What decides the status: a malformed part first, since what the rules say of the rest may change with it.</summary>
    private Refusal Leading => refusals.FirstOrDefault(r => r.Code.Kind == RefusalKind.Shape) ?? refusals[0];

    public static Problem Of(RefusalCode code, params object?[] arguments) => new([new Refusal(code, "", arguments)]);

    public static Problem Of(Refusal refusal) => new([refusal]);

    /// <summary>The first refusal, or the first malformed part, gives status and code; all of them are listed.</summary>
    public static Problem Of(IReadOnlyList<Refusal> refusals) =>
        refusals.Count > 0 ? new(refusals) : throw new ArgumentException("A problem needs a refusal.", nameof(refusals));

    public static int StatusOf(RefusalCode code) =>
        Statuses.TryGetValue(code.Code, out var status)
            ? status
            : code.Kind switch
            {
                RefusalKind.Shape => 400,
                RefusalKind.NotFound => 404,
                RefusalKind.Conflict => 409,
                RefusalKind.Stale => 412,
                RefusalKind.Rule => 422,
                _ => throw new InvalidOperationException($"No status for {code.Kind}."),
            };

    public static string Text(Refusal refusal, Language language) => language == Language.Zh ? refusal.Zh : refusal.En;

    public IReadOnlyList<Refusal> Refusals => refusals;

    /// <summary>Whether this is among the reasons.</summary>
    public bool Has(RefusalCode code) => refusals.Any(r => r.Code == code);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var language = Languages.Of(httpContext);
        var body = ToBody(language, TraceIdOf(httpContext));
        var response = httpContext.Response;
        response.StatusCode = body.Status;
        response.Headers.ContentLanguage = language.Tag();
        response.Headers.Append("Vary", "Accept-Language");
        response.Headers.CacheControl = "no-store";
        if (body.Status == 503)
        {
            response.Headers.RetryAfter = "5";
        }
        return response.WriteAsJsonAsync(body, ApiJson.Options, MediaType, httpContext.RequestAborted);
    }

    public ProblemBody ToBody(Language language, string traceId)
    {
        var first = Leading;
        var status = StatusOf(first.Code);
        var placed = refusals.Count > 1 || first.Pointer.Length > 0;
        return new ProblemBody(
            "urn:career-coordinates:problem:" + first.Code.Code,
            Title(status, language),
            status,
            Text(first, language),
            first.Code.Code,
            traceId,
            placed ? [.. refusals.Select(r => new ProblemFault(r.Pointer, r.Code.Code, Text(r, language)))] : null
        );
    }

    private static string TraceIdOf(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private static string Title(int status, Language language)
    {
        var (en, zh) = status switch
        {
            400 => ("The request is malformed", "请求有误"),
            401 => ("Not signed in", "尚未登录"),
            403 => ("Not allowed", "无权操作"),
            404 => ("Not found", "未找到"),
            405 => ("Method not allowed", "方法不被允许"),
            406 => ("No acceptable form", "没有可接受的格式"),
            409 => ("Conflict with what is stored", "与现有记录冲突"),
            412 => ("Changed meanwhile", "记录已被更改"),
            413 => ("Too large", "请求过大"),
            415 => ("Unsupported media type", "不支持的媒体类型"),
            422 => ("A rule refuses this", "不符合规则"),
            429 => ("Too many requests", "请求过多"),
            428 => ("If-Match is required", "缺少 If-Match"),
            503 => ("Unavailable", "暂不可用"),
            _ => ("Internal error", "内部错误"),
        };
        return language == Language.Zh ? zh : en;
    }
}
