using System.Data.Common;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Gate;
using CareerCoordinates.Data.Protection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace CareerCoordinates.Api.Problems;

/// <summary>
/// Gives every bare status and every exception of the framework the same problem details. What the web server cannot read as
/// a request (a malformed line or header, <c>%00</c> in the path, a line or headers that are too long) never gets here: it
/// answers 400, 414 or 431 without a body, closes the connection and lets nobody add one.
/// </summary>
public static class ProblemPages
{
    public static IApplicationBuilder UseProblemDetails(this IApplicationBuilder app) =>
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = OnException }).UseStatusCodePages(OnStatus);

    private static Task OnException(HttpContext context)
    {
        var problem = context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            StoreUnavailableException
            or DbException
            or RetryLimitExceededException
            or TooManyPasswordsException
            or BrokenSealException => Problem.Of(RequestRefusals.Unavailable),
            SystemTimeWrongException => Problem.Of(RequestRefusals.SystemTimeWrong),
            BadHttpRequestException bad => OfStatus(context, bad.StatusCode),
            _ => Problem.Of(RequestRefusals.InternalError),
        };
        return problem.ExecuteAsync(context);
    }

    private static Task OnStatus(StatusCodeContext context)
    {
        var (http, status) = (context.HttpContext, context.HttpContext.Response.StatusCode);
        if (status is 404 or 405)
        {
            var methods = AllowedMethods.Of(http);
            var isWrongMethod = methods.Count > 0 && !methods.Contains(http.Request.Method);
            status = isWrongMethod ? 405 : 404;
            http.Response.Headers.Allow = isWrongMethod ? string.Join(", ", methods) : default;
        }
        return OfStatus(http, status).ExecuteAsync(http);
    }

    private static Problem OfStatus(HttpContext context, int status) =>
        status switch
        {
            404 => Problem.Of(RequestRefusals.NotFound),
            405 => Problem.Of(RequestRefusals.MethodNotAllowed, context.Request.Method),
            413 => Problem.Of(RequestRefusals.BodyTooLarge, RequestLimits.BodyBytes),
            415 => Problem.Of(RequestRefusals.UnsupportedMediaType),
            503 => Problem.Of(RequestRefusals.Unavailable),
            >= 400 and < 500 => Problem.Of(RequestRefusals.BadRequest),
            _ => Problem.Of(RequestRefusals.InternalError),
        };
}
