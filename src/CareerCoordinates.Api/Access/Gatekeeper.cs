using System.Globalization;
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
/// organisation of the address in his scope. Only while there is no account at all everybody on this machine is let in. Rights come from the store on every request. What is out of scope is answered
/// like what does not exist. Lists are narrowed in their queries, and writes ask once more inside the gate.
/// </summary>
public static class Gatekeeper
{
    public const string Cookie = "__Host-career";
    public const string AntiforgeryHeader = "X-Antiforgery-Token";

    /// <summary>Without a request for so long a sign-in is over.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    public static IApplicationBuilder UseGatekeeper(this IApplicationBuilder app) => app.Use(LetIn);

    /// <summary>For pages that are no endpoint of the API: only who is signed in gets further.</summary>
    public static IApplicationBuilder UseSignedInOnly(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                var store = context.RequestServices.GetRequiredService<CareerStore>();
                var shown = await Credential.OfAsync(context);
                var isIn = shown is null
                    ? LocalUser.IsAlone(store) && !LocalUser.IsFromElsewhere(context)
                    : store.Reader.InSnapshot(connection => shown.Find(connection, store)) is not null;
                await (isIn ? next(context) : SignInNeeded(context));
            }
        );

    private static async Task LetIn(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint is null || IsOfTheFramework(endpoint))
        {
            await next(context);
            return;
        }
        var limits = context.RequestServices.GetRequiredService<RateLimits>();
        if (endpoint.Metadata.GetMetadata<OpenToAll>() is not null)
        {
            await (limits.Take(context, endpoint, null) is { } early ? early.ExecuteAsync(context) : next(context));
            return;
        }
        var store = context.RequestServices.GetRequiredService<CareerStore>();
        if (await Credential.OfAsync(context) is not { } shown)
        {
            if (limits.Take(context, endpoint, null) is { } tooMany)
            {
                await tooMany.ExecuteAsync(context);
                return;
            }
            if (LocalUser.IsAlone(store))
            {
                if (LocalUser.IsFromElsewhere(context))
                {
                    await Problem.Of(NetworkRefusals.NoAccountYet).ExecuteAsync(context);
                    return;
                }
                if (endpoint.Metadata.GetMetadata<OfOneself>() is not null)
                {
                    await Problem.Of(AccessRefusals.NoOwnRecord).ExecuteAsync(context);
                    return;
                }
                var local = LocalUser.SignedIn(store, OperationOf(endpoint), RouteId(context, "workerId"));
                context.Features.Set(local);
                TellCommit(context, local);
                await next(context);
                return;
            }
            await SignInNeeded(context);
            return;
        }
        // One look at the store: who he is and whether the one of the address is in his scope belong together.
        var (me, refusal) = store.Reader.InSnapshot(connection => Decide(connection, store, context, endpoint, shown));
        refusal = limits.Take(context, endpoint, me) ?? refusal;
        if (me is null && refusal is null)
        {
            await SignInNeeded(context);
            return;
        }
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(context);
            return;
        }
        context.Features.Set(me!);
        TellCommit(context, me!);
        await NoteSeen(store, me!.SignIn);
        if (me is { Right: Right.ReadPerson, WorkerId: { } workerId } && !IsWrite(context))
        {
            await context.RequestServices.GetRequiredService<PersonalReads>().CoverAsync(me, workerId);
        }
        await next(context);
    }

    /// <summary>A write names its commit, so that a report can be asked to include it.</summary>
    private static void TellCommit(HttpContext context, SignedIn me)
    {
        if (!IsWrite(context))
        {
            return;
        }
        context.Response.OnStarting(() =>
        {
            if (me.Commit > 0)
            {
                context.Response.Headers[Reports.MinDataVersion.Given] = me.Commit.ToString(CultureInfo.InvariantCulture);
            }
            return Task.CompletedTask;
        });
    }

    private static Task SignInNeeded(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Of(AccessRefusals.SignInNeeded).ExecuteAsync(context);
    }

    /// <summary>405 and the like are endpoints of the framework's own, without a name.</summary>
    private static bool IsOfTheFramework(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is null && endpoint is not RouteEndpoint;

    /// <summary>Who it is (null: nobody), and why he may not (null: he may).</summary>
    private static (SignedIn? Me, Problem? Refusal) Decide(
        RecordConnection connection,
        CareerStore store,
        HttpContext context,
        Endpoint endpoint,
        Credential shown
    )
    {
        if (shown is Credential.Unanswered)
        {
            return (null, Problem.Of(NetworkRefusals.IssuerUnavailable));
        }
        if (shown.Find(connection, store) is not var (caller, signIn))
        {
            return (null, null);
        }
        var needs = endpoint.Metadata.GetMetadata<Needs>();
        var ofOneself = endpoint.Metadata.GetMetadata<OfOneself>() is not null;
        var me = new SignedIn(
            caller,
            signIn,
            OperationOf(endpoint),
            needs?.Right ?? Right.SignedIn,
            ofOneself ? caller.WorkerId : RouteId(context, "workerId")
        )
        {
            Frameworks = store.Frameworks,
            Addressed = IsWrite(context) ? IdsBesidesTheWorker(context) : [],
        };
        if (ofOneself && me.WorkerId is null)
        {
            return (me, Problem.Of(AccessRefusals.NoOwnRecord));
        }
        if (needs is null || !caller.May(needs.Right))
        {
            var code = caller.Token is null ? AccessRefusals.NotAllowed : NetworkRefusals.TokenMayNot;
            return (me, Problem.Of(code));
        }
        if (signIn is { Kind: SignInKind.Cookie } && IsWrite(context) && !HasAntiforgery(context, signIn))
        {
            return (me, Problem.Of(AccessRefusals.AntiforgeryNeeded));
        }
        if (NoticeComesFirst(context, endpoint, me) is { } notice)
        {
            return (me, Problem.Of(AccessRefusals.NoticeNotAcknowledged, notice.Version));
        }
        return (me, InScope(connection, store, context, me));
    }

    /// <summary>The notice that a worker has to acknowledge before what he asks about himself; null where he has, or asks about others.</summary>
    private static Notice? NoticeComesFirst(HttpContext context, Endpoint endpoint, SignedIn me)
    {
        if (me.Caller.WorkerId is not { } self || endpoint.Metadata.GetMetadata<BeforeNotice>() is not null)
        {
            return null;
        }
        var isAboutHimself = me.WorkerId == self || context.Request.Path.StartsWithSegments("/api/v1/me");
        var notice = context.RequestServices.GetRequiredService<Notice>();
        return isAboutHimself && me.Caller.AcknowledgedNotice < notice.Version ? notice : null;
    }

    /// <summary>Null where the worker or the organisation of the address, if it names one, is in scope.</summary>
    private static Problem? InScope(RecordConnection connection, CareerStore store, HttpContext context, SignedIn me)
    {
        if (me.WorkerId is { } worker)
        {
            return
                me.Scope.Everything
                || me.Caller.MayAboutSelf(me.Right, worker)
                || connection.Covers(me.Scope, connection.ReadAffiliations(worker), store.Today())
                ? null
                : Problem.Of(WorkerRules.UnknownWorker, worker);
        }
        return
            RouteId(context, "organizationId") is { } organization
            && !me.Scope.Everything
            && !connection.Covers(me.Scope, organization, store.Today())
            ? Problem.Of(OrganizationRules.UnknownOrganization, organization)
            : null;
    }

    private static bool HasAntiforgery(HttpContext context, SignIn signIn) =>
        context.Request.Headers[AntiforgeryHeader] is [{ } sent]
        && signIn.AntiforgeryHash is { } known
        && CryptographicOperations.FixedTimeEquals(SignIns.HashOf(sent), known);

    private static string OperationOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "";

    private static bool IsWrite(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);

    private static Guid? RouteId(HttpContext context, string name) =>
        context.Request.RouteValues[name] is string text && Guid.TryParse(text, out var id) ? id : null;

    private static List<(string Name, Guid Id)> IdsBesidesTheWorker(HttpContext context)
    {
        var ids = new List<(string Name, Guid Id)>();
        foreach (var (name, _) in context.Request.RouteValues)
        {
            if (name != "workerId" && RouteId(context, name) is { } id)
            {
                ids.Add((name, id));
            }
        }
        return ids;
    }

    /// <summary>Written at most once a minute: a pause is measured in minutes.</summary>
    private static async Task NoteSeen(CareerStore store, SignIn? signIn)
    {
        if (signIn is not null && store.Clock.ProcessNow > signIn.SeenAt.Plus(SeenEvery))
        {
            await store.Gate.RunAsync<bool>(tx =>
            {
                tx.SetSeen(signIn.TokenHash);
                return true;
            });
        }
    }
}
