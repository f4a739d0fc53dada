using System.Data.Common;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Gate;
using Microsoft.AspNetCore.Diagnostics;

namespace CareerCoordinates.Api.Problems;

/// <summary>Gives every bare status and every exception of the framework the same problem details.</summary>
public static class ProblemPages
{
    public static IApplicationBuilder UseProblemDetails(this IApplicationBuilder app) =>
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = OnException }).UseStatusCodePages(OnStatus);

    private static Task OnException(HttpContext context)
    {
        var problem = context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            StoreUnavailableException or DbException => Problem.Of(RequestRefusals.Unavailable),
            SystemTimeWrongException => Problem.Of(RequestRefusals.SystemTimeWrong),
            BadHttpRequestException bad => OfStatus(context, bad.StatusCode),
            _ => Problem.Of(RequestRefusals.InternalError),
        };
        return problem.ExecuteAsync(context);
    }

    private static Task OnStatus(StatusCodeContext context) =>
        OfStatus(context.HttpContext, context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext);

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
