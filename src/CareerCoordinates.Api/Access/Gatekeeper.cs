using System.Security.Cryptography;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// The one place that lets a request in, before anything of it is read: who is it, may he do this, and is the worker or the
/// organisation of the address in his scope. Rights come from the store on every request. What is out of scope is answered
/// like what does not exist. Lists are narrowed in their queries, and writes ask once more inside the gate.
/// </summary>
public static class Gatekeeper
{
    public const string Cookie = "__Host-career";
    public const string AntiforgeryHeader = "X-Antiforgery-Token";

    private const string Bearer = "Bearer ";

    /// <summary>Without a request for so long a sign-in is over.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    public static IApplicationBuilder UseGatekeeper(this IApplicationBuilder app) => app.Use(LetIn);

    private static async Task LetIn(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null || endpoint.Metadata.GetMetadata<OpenToAll>() is not null || IsOfTheFramework(endpoint))
        {
            await next(context);
            return;
        }
        var store = context.RequestServices.GetRequiredService<CareerStore>();
        var found = Find(context, store);
        if (found is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problem.Of(AccessRefusals.SignInNeeded).ExecuteAsync(context);
            return;
        }
        var (signIn, caller) = found.Value;
        var refusal = Check(context, endpoint, store, signIn, caller);
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(context);
            return;
        }
        await NoteSeen(store, signIn);
        if (IsPersonalRead(context, endpoint) && context.Features.Get<SignedIn>() is { WorkerId: { } workerId } me)
        {
            await context.RequestServices.GetRequiredService<PersonalReads>().CoverAsync(me, workerId);
        }
        await next(context);
    }

    /// <summary>405 and the like are endpoints of the framework's own, without a name.</summary>
    private static bool IsOfTheFramework(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is null && endpoint is not RouteEndpoint;

    private static (SignIn, Caller)? Find(HttpContext context, CareerStore store)
    {
        if (TokenOf(context) is not var (token, kind))
        {
            return null;
        }
        var hash = SignIns.HashOf(token);
        var now = store.Clock.ProcessNow;
        return
            store.Reader.OnConnection(connection => connection.FindCaller(hash)) is var (signIn, caller)
            && signIn.Kind == kind
            && now < signIn.TokenEndsAt
            && now < signIn.SeenAt.Plus(LongestPause)
            ? (signIn, caller)
            : null;
    }

    private static (string Token, SignInKind Kind)? TokenOf(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count == 1 && header[0]!.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return (header[0]![Bearer.Length..].Trim(), SignInKind.Bearer);
        }
        return context.Request.Cookies[Cookie] is { Length: > 0 } cookie ? (cookie, SignInKind.Cookie) : null;
    }

    private static Problem? Check(HttpContext context, Endpoint endpoint, CareerStore store, SignIn signIn, Caller caller)
    {
        if (endpoint.Metadata.GetMetadata<Needs>() is not { Right: var right } || !caller.May(right))
        {
            var missing = endpoint.Metadata.GetMetadata<Needs>()?.Right.ToString() ?? "no policy";
            return Problem.Of(AccessRefusals.NotAllowed, missing);
        }
        if (signIn.Kind == SignInKind.Cookie && IsWrite(context) && !HasAntiforgery(context, signIn))
        {
            return Problem.Of(AccessRefusals.AntiforgeryNeeded);
        }
        var operation = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "";
        var me = new SignedIn(caller, signIn, operation, right, RouteId(context, "workerId"));
        context.Features.Set(me);
        var today = store.Today();
        if (me.WorkerId is { } workerId)
        {
            return store.Reader.OnConnection(c => me.Covers(c, workerId, c.ReadAffiliations(workerId), today))
                ? null
                : Problem.Of(WorkerRules.UnknownWorker, workerId);
        }
        if (RouteId(context, "organizationId") is { } organizationId)
        {
            return me.Scope.Everything || store.Reader.OnConnection(c => c.Covers(me.Scope, organizationId, today))
                ? null
                : Problem.Of(OrganizationRules.UnknownOrganization, organizationId);
        }
        return null;
    }

    private static bool HasAntiforgery(HttpContext context, SignIn signIn) =>
        context.Request.Headers[AntiforgeryHeader] is [{ } sent]
        && signIn.AntiforgeryHash is { } known
        && CryptographicOperations.FixedTimeEquals(SignIns.HashOf(sent), known);

    private static bool IsWrite(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);

    private static bool IsPersonalRead(HttpContext context, Endpoint endpoint) =>
        !IsWrite(context) && endpoint.Metadata.GetMetadata<Needs>() is { Right: Right.ReadPerson };

    private static Guid? RouteId(HttpContext context, string name) =>
        context.Request.RouteValues[name] is string text && Guid.TryParse(text, out var id) ? id : null;

    /// <summary>Written at most once a minute: a pause is measured in minutes.</summary>
    private static async Task NoteSeen(CareerStore store, SignIn signIn)
    {
        if (store.Clock.ProcessNow > signIn.SeenAt.Plus(SeenEvery))
        {
            await store.Gate.RunAsync<bool>(tx =>
            {
                tx.SetSeen(signIn.TokenHash);
                return true;
            });
        }
    }
}
