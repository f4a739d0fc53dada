using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Frameworks;

/// <summary><c>/frameworks</c>: the model as data, all that a form or a chart needs to draw itself. It says nothing of anybody, so everybody may read it.</summary>
public static class FrameworksApi
{
    public static readonly RefusalCode UnknownFramework = new(
        "unknown-framework",
        RefusalKind.NotFound,
        "There is no framework \"{0}\" here. This database serves \"{1}\".",
        "此处没有坐标体系“{0}”，本库使用“{1}”。"
    );
    public static readonly RefusalCode UnknownVersion = new(
        "unknown-framework-version",
        RefusalKind.NotFound,
        "Framework \"{0}\" has no version {1}. The newest is {2}.",
        "坐标体系“{0}”没有第 {1} 版，最新为第 {2} 版。"
    );

    public static RouteGroupBuilder MapFrameworks(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/frameworks").WithTags(ApiDocument.Frameworks);
        group
            .MapGet("", GetServed)
            .OpenToAll()
            .WithName("getServedFramework")
            .WithSummary("Which framework is served")
            .WithDescription("Its code and its newest version, by which it is read.")
            .WithAnswerExample(() => new FrameworkReference("chaoyang-12345", 1));
        group
            .MapGet("/{code}", Get)
            .OpenToAll()
            .WithName("getFramework")
            .WithSummary("The newest version of the framework")
            .WithDescription("Channels, rungs, levels, stages, milestone types, requirements, measures and indicators as data.")
            .AnswersJsonObject();
        group
            .MapGet("/{code}/versions/{version:int:min(1)}", GetVersion)
            .OpenToAll()
            .WithName("getFrameworkVersion")
            .WithSummary("One published version of the framework")
            .WithDescription("A published version never changes, so the answer may be kept for a year.")
            .AnswersJsonObject();
        return api;
    }

    private static Ok<FrameworkReference> GetServed(HttpContext context, CareerStore store)
    {
        context.Response.Headers.CacheControl = "no-cache";
        var newest = store.Frameworks.Current;
        return TypedResults.Ok(new FrameworkReference(newest.Code, newest.Version));
    }

    private static Results<AnswerBytes, Problem> Get(string code, CareerStore store)
    {
        var newest = store.Frameworks.Current;
        return code == newest.Code
            ? Answer.Newest(newest.CanonicalJson, TagOf(newest))
            : Problem.Of(UnknownFramework, code, newest.Code);
    }

    private static Results<AnswerBytes, Problem> GetVersion(string code, int version, CareerStore store)
    {
        var newest = store.Frameworks.Current;
        return code != newest.Code ? Problem.Of(UnknownFramework, code, newest.Code)
            : store.Frameworks.Find(version) is { } found ? Answer.Immutable(found.CanonicalJson, TagOf(found))
            : Problem.Of(UnknownVersion, code, version, newest.Version);
    }

    private static string TagOf(Framework framework) => $"\"{framework.Version}-{framework.Hash[..16]}\"";
}
