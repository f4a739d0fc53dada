using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Access;

namespace CareerCoordinates.Api.Operations;

/// <summary>What those who run the server ask: is it alive, can it answer, how does it do.</summary>
public static class OperationsApi
{
    public static IServiceCollection AddOperations(this IServiceCollection services) => services.AddSingleton<RequestMetrics>();

    public static IEndpointRouteBuilder MapOperations(this IEndpointRouteBuilder app)
    {
        // From the first request on, not from the first question.
        _ = app.ServiceProvider.GetRequiredService<RequestMetrics>();
        var group = app.MapGroup("").TakesHead().AddEndpointFilter<RequestShape>().WithTags(ApiDocument.Operations);
        group
            .MapGet("/healthz", Healthz)
            .OpenToAll()
            .WithName("getHealth")
            .WithSummary("Whether the process is alive")
            .WithDescription("Asks nothing of the database.")
            .Produces<string>(200, "text/plain");
        group
            .MapGet("/readyz", Readyz)
            .OpenToAll()
            .WithName("getReadiness")
            .WithSummary("Whether the server can answer yet")
            .WithDescription(
                "503 while a new framework version is published, with the progress, while writes fail, and while the database does not answer."
            )
            .Produces<ReadinessBody>()
            .Produces<ReadinessBody>(503);
        group
            .MapGet("/metrics", MetricsText)
            .OpenToAll()
            .WithName("getMetrics")
            .WithSummary("Requests, memory and garbage collection")
            .WithDescription("Prometheus text format 0.0.4.")
            .Produces<string>(200, "text/plain");
        group
            .MapPost("/clock:confirm", ConfirmClock)
            .Needs(Right.ConfirmClock)
            .WithName("confirmClock")
            .WithSummary("Confirm that the machine's clock is right")
            .WithDescription(
                "Writes stop with 503 `system-time-wrong` when the clock jumped by more than 60 seconds. After looking at the clock an operator confirms it, and writes go on. A clock that lies before what is closed cannot be confirmed: 503 until it is set right."
            )
            .Produces(204);
        return app;
    }

    private static async Task<IResult> ConfirmClock(NoBody body, CareerStore store)
    {
        await store.Gate.ConfirmClockAsync();
        return TypedResults.NoContent();
    }

    private static IResult Healthz(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text("ok");
    }

    private static async Task<IResult> Readyz(HttpContext context, CareerStore store)
    {
        context.Response.Headers.CacheControl = "no-store";
        var body = await ReadinessBody.OfAsync(store);
        return TypedResults.Json(body, ApiJson.Options, statusCode: body.State == ReadinessState.Ready ? 200 : 503);
    }

    private static IResult MetricsText(HttpContext context, RequestMetrics metrics)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(metrics.ToPrometheus(), "text/plain; version=0.0.4; charset=utf-8");
    }
}
