using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api.Ground;

public sealed record ProbeItem(string Name, DateOnly? On = null);

public enum ProbeKind
{
    PlainOne,
    OtherOne,
}

public sealed record Probe(
    string Name,
    int Size,
    ProbeKind Kind = ProbeKind.PlainOne,
    DateOnly? On = null,
    IReadOnlyList<ProbeItem>? Items = null,
    JsonElement? Anything = null
);

public sealed class ProbeValidator : AbstractValidator<Probe>
{
    public ProbeValidator()
    {
        RuleFor(p => p.Name).NotEmpty().MaximumLength(10);
        RuleForEach(p => p.Items).ChildRules(item => item.RuleFor(i => i.Name).NotEmpty());
    }
}

public sealed record ProbePatch(
    Optional<string> Name = default,
    Optional<string?> Nickname = default,
    Optional<DateOnly?> On = default
);

public sealed record ProbeList(string? Kind, bool Deep, PageWish Page) : IQuery<ProbeList>
{
    public static ProbeList Read(QueryReader query) =>
        new(query.Text("kind", "A kind."), query.Flag("deep", "Deep.") ?? false, query.Page());
}

public sealed record ClockEcho(DateOnly AsOf, Instant KnownAt, int Level);

/// <summary>The real host with a few endpoints more, made of the same parts that the features use.</summary>
public sealed class GroundHost : ApiHost
{
    public static readonly Instant Now = Read("2026-11-22T17:00:00Z");

    private GroundHost(TestDatabase database)
        : base(database, new StandingTime(Now.ToDateTimeOffset())) { }

    public static async Task<GroundHost> StartAsync() => new(await TestEngine.Sqlite.OpenAsync());

    public static HttpContent Json(string text, string type = "application/json") => new StringContent(text, Encoding.UTF8, type);

    public static Instant Read(string text) =>
        Instant.TryParse(text, out var instant) ? instant : throw new FormatException(text);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IValidator<Probe>, ProbeValidator>();
            services.AddSingleton<IStartupFilter>(new Probes());
        });
    }

    private sealed class Probes : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                next(app);
                app.UseRouting();
                app.UseGatekeeper();
                app.UseEndpoints(endpoints =>
                {
                    var probes = endpoints.MapGroup("/probes").Needs(Right.SignedIn).AddEndpointFilter<RequestShape>();
                    probes.MapPost("/", Echo);
                    probes.MapPatch("/1", Patch);
                    probes.MapPut("/1", Put);
                    probes.MapGet("/", List);
                    probes.MapGet("/clock", Clock);
                    probes.MapGet("/crash", Crash);
                });
            };

        private static Task<Results<Recorded<Probe>, Problem>> Echo(Body<Probe> body, SignedIn me, CareerStore store) =>
            store.RecordAsync<Probe>(
                me,
                body.Idempotency,
                transaction => Answer.Recorded($"/probes/{transaction.NewId()}", body.Value with { Anything = null }, 1)
            );

        private static Results<Answer<ProbeItem>, Problem> Patch(Body<ProbePatch> body, IfMatch ifMatch) =>
            ifMatch.Check(3) is { } stale
                ? Problem.Of(stale)
                : Answer.Of(new ProbeItem(body.Value.Name.Or("was"), body.Value.On.Or(new DateOnly(2020, 1, 2))), 4);

        private static Results<Answer<Probe>, Problem> Put(Body<Probe> body, IfMatch ifMatch) =>
            ifMatch.Check(3) is { } stale ? Problem.Of(stale) : Answer.Of(body.Value, 4);

        private static async Task<Page<string>> List(Query<ProbeList> query, CareerStore store)
        {
            var clocks = (await new Clocks(null, null).OnAsync(store, query.Value.Page.Cursor)).Value;
            var page = query.Value.Page;
            var all = Enumerable.Range(1, 7).Select(n => $"item-{n}").ToList();
            var from = page.After.Count == 0 ? 0 : all.IndexOf(page.After[0]) + 1;
            return Page.Of(page, [.. all.Skip(from).Take(page.Limit + 1)], item => [item], clocks, page.Count ? all.Count : null);
        }

        private static async Task<Results<Answer<ClockEcho>, Problem>> Clock(Query<ClockQuery> query, CareerStore store)
        {
            var clocks = await query.Value.Clocks.OnAsync(store);
            return clocks.IsRefused
                ? Problem.Of(clocks.Refusals)
                : Answer.Of(new ClockEcho(clocks.Value.AsOf, clocks.Value.KnownAt, 3), 7, clocks.Value);
        }

        private static string Crash() => throw new InvalidOperationException("the password is swordfish");
    }
}

/// <summary>Short forms of what the tests ask.</summary>
internal static class GroundRequests
{
    public static async Task<JsonElement> Problem(this Task<HttpResponseMessage> asked, int status)
    {
        using var response = await asked;
        Assert.That((int)response.StatusCode, Is.EqualTo(status), await response.Content.ReadAsStringAsync());
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo(status));
        Assert.That(problem.GetProperty("traceId").GetString(), Is.Not.Empty);
        Assert.That(problem.GetProperty("type").GetString(), Does.EndWith(problem.Code() ?? "?"));
        return problem;
    }

    public static string? Code(this JsonElement problem) => problem.GetProperty("code").GetString();

    /// <summary>Each fault as <c>pointer code</c>.</summary>
    public static string[] Faults(this JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("pointer")} {e.GetProperty("code")}")];
}
