using System.Net;
using System.Text;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Data.Gate;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api.Network;

/// <summary>Who asks too often is told to wait, and nobody else is.</summary>
public class RateLimitTests
{
    private const string Me = "/api/v1/me";

    /// <summary>So many at once, and hardly one more while a test runs.</summary>
    private const int Burst = 5;

    [Test]
    public async Task OneTooMany_IsTold_WhenToComeAgain_AndOthersGoOn()
    {
        await using var host = await StartAsync("Read");
        using var office = host.CreateClient();
        using var other = host.CreateClient(await host.Store.SignInAsync("other", null));

        var answers = await FloodAsync(office, () => new HttpRequestMessage(HttpMethod.Get, Me));
        using var refused = await UntilRefused(office, () => new HttpRequestMessage(HttpMethod.Get, Me));
        using var others = await other.GetAsync(Me);
        using var list = await office.GetAsync("/api/v1/organizations");

        Assert.That(answers.Count(status => status == 200), Is.AtLeast(Burst));
        Assert.That(answers, Has.None.AnyOf(500, 503));
        var problem = await refused.Content.ReadAsStringAsync();
        Assert.That(problem, Does.Contain("\"code\":\"too-many-requests\"").And.Contain("\"status\":429"));
        Assert.That(refused.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That((int)others.StatusCode, Is.EqualTo(200), "another account has a bucket of its own");
        Assert.That((int)list.StatusCode, Is.EqualTo(200), "and so has another class");
    }

    [Test]
    public async Task TokensOfAnAccount_ShareItsLimit()
    {
        await using var host = await StartAsync("Read");
        using var office = host.CreateClient();
        using var again = host.CreateClient(await host.Store.SignInAsync(TestAccounts.Office, null));

        using var refused = await UntilRefused(office, () => new HttpRequestMessage(HttpMethod.Get, Me));
        var answers = await FloodAsync(again, () => new HttpRequestMessage(HttpMethod.Get, Me));

        Assert.That(answers.Count(status => status == 429), Is.AtLeast(answers.Count - Burst));
    }

    [TestCase("Read", "GET", Me)]
    [TestCase("SignIn", "POST", "/api/v1/sign-in")]
    [TestCase("Read", "GET", "/openapi.json")]
    public async Task WhoIsNotSignedIn_IsCountedByAddress(string limit, string method, string path)
    {
        await using var host = await StartAsync(limit);
        using var client = host.CreatePlainClient();
        await host.Store.SignInAsync("somebody", null);
        HttpRequestMessage From(string peer, string? token = null)
        {
            var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add(PeerHost.Peer, peer);
            request.Headers.Authorization = token is null ? null : new("Bearer", token);
            request.Content = method == "POST" ? new StringContent("{}", Encoding.UTF8, "application/json") : null;
            return request;
        }

        using var refused = await UntilRefused(client, () => From("127.0.0.1"));
        using var madeUp = await UntilRefused(client, () => From("127.0.0.3", "made-up"));
        // Two addresses can share a bucket, but not all of these with one of the two.
        var elsewhere = await Task.WhenAll(Enumerable.Range(4, 4).Select(n => client.SendAsync(From($"127.0.0.{n}"))));

        Assert.That(elsewhere.Select(answer => (int)answer.StatusCode), Has.Some.Not.EqualTo(429));
    }

    [Test]
    public async Task AddressesOfOneHousehold_CountAsOne()
    {
        await using var host = await StartAsync("Read");
        using var client = host.CreateClient((string?)null);
        var i = 0;
        HttpRequestMessage FromHousehold()
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "https://career.example" + Me);
            request.Headers.Add(PeerHost.Peer, $"2001:db8:1:2::{++i:x}");
            return request;
        }

        using var refused = await UntilRefused(client, FromHousehold);

        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
    }

    [TestCase("listWorkers", "GET", LimitClass.List)]
    [TestCase("searchWorkers", "POST", LimitClass.List)]
    [TestCase("listInbox", "GET", LimitClass.List)]
    [TestCase("listAuditEntries", "GET", LimitClass.List)]
    [TestCase("listMilestones", "GET", LimitClass.Read)]
    [TestCase("getCoordinate", "GET", LimitClass.Read)]
    [TestCase("getReadiness", "GET", LimitClass.Read)]
    [TestCase("recordMilestone", "POST", LimitClass.Write)]
    [TestCase("verifyMilestones", "POST", LimitClass.Write)]
    [TestCase("signOut", "POST", LimitClass.Write)]
    [TestCase("signIn", "POST", LimitClass.SignIn)]
    [TestCase("refreshSignIn", "POST", LimitClass.SignIn)]
    public async Task Operation_IsOfItsClass(string operation, string method, LimitClass expected)
    {
        await using var host = await PeerHost.StartAsync(TestEngine.Sqlite);
        var endpoint = host
            .Services.GetServices<Microsoft.AspNetCore.Routing.EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .First(e =>
                e.Metadata.OfType<Microsoft.AspNetCore.Routing.IEndpointNameMetadata>().Any(n => n.EndpointName == operation)
            );
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Method = method;

        Assert.That(RateLimits.ClassOf(context, endpoint), Is.EqualTo(expected));
    }

    /// <summary>The queue before the writer is bounded: what does not fit is told to come again, and what was taken is written.</summary>
    [TestCase("sqlite")]
    [TestCase("postgres")]
    public async Task WritesThatAreTooMany_AreShed_AndItRecovers(string engine)
    {
        await using var host = await PeerHost.StartAsync(TestEngine.Both.Single(e => e.Name == engine));
        using var client = host.CreateClient();
        using var go = new ManualResetEventSlim();
        using var running = new SemaphoreSlim(0);
        Outcome<bool> Wait(RecordTransaction tx)
        {
            running.Release();
            go.Wait();
            return true;
        }
        // The writers are held up, and the queue behind them is filled to its end.
        var taken = new List<Task<Outcome<bool>>> { host.Store.Gate.RunAsync(Wait) };
        var foundRoom = new List<Task<HttpResponseMessage>>();
        HttpResponseMessage shed;
        HttpResponseMessage read;
        try
        {
            await Task.WhenAny(running.WaitAsync(), taken[0]);
            shed = await UntilShedAsync(client, () => Fill(host.Store.Gate, taken, go), foundRoom);
            read = await client.GetAsync("/api/v1/organizations");
        }
        finally
        {
            // Whatever went wrong, those who wait go on, or the host could not stop.
            go.Set();
        }
        var written = await Task.WhenAll(taken);
        foreach (var late in await Task.WhenAll(foundRoom))
        {
            Assert.That((int)late.StatusCode, Is.EqualTo(201), "who found room was only late");
            late.Dispose();
        }
        using var after = await RecordAsync(client);

        Assert.That((int)shed.StatusCode, Is.EqualTo(503));
        Assert.That(shed.Headers.RetryAfter, Is.Not.Null);
        Assert.That((int)read.StatusCode, Is.EqualTo(200), "who reads organisations does not wait");
        Assert.That(written, Has.All.Matches<Outcome<bool>>(outcome => !outcome.IsRefused));
        Assert.That((int)after.StatusCode, Is.EqualTo(201));
        shed.Dispose();
        read.Dispose();
    }

    private static void Fill(WriteGate gate, List<Task<Outcome<bool>>> taken, ManualResetEventSlim go)
    {
        try
        {
            while (taken.Count < 20_000)
            {
                var next = gate.RunAsync<bool>(_ =>
                {
                    go.Wait();
                    return true;
                });
                if (next.IsFaulted)
                {
                    next.GetAwaiter().GetResult();
                }
                taken.Add(next);
            }
            Assert.Fail("The queue has no end.");
        }
        catch (StoreUnavailableException)
        {
            // Full.
        }
    }

    private static async Task<PeerHost> StartAsync(string limit) =>
        await PeerHost.StartAsync(TestEngine.Sqlite, ("RateLimits:" + limit, $"1/{Burst}"));

    /// <summary>
    /// Upkeep that comes and goes while the queue is filled leaves a place free, and who finds it waits behind the others until they go
    /// on (giving up does not end a request of the test server): then once more.
    /// </summary>
    private static async Task<HttpResponseMessage> UntilShedAsync(
        HttpClient client,
        Action fill,
        List<Task<HttpResponseMessage>> foundRoom
    )
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            fill();
            var sent = RecordAsync(client);
            if (await Task.WhenAny(sent, Task.Delay(TimeSpan.FromSeconds(10))) == sent)
            {
                return await sent;
            }
            foundRoom.Add(sent);
        }
        throw new AssertionException("Ten writes, and none was told to come again.");
    }

    private static Task<HttpResponseMessage> RecordAsync(HttpClient client) =>
        client.PostAsync(
            "/api/v1/organizations",
            new StringContent(
                """{"kind":"district-federation","name":"示例区总工会","from":"2000-01-01"}""",
                Encoding.UTF8,
                "application/json"
            )
        );

    private static async Task<List<int>> FloodAsync(HttpClient client, Func<HttpRequestMessage> make)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.SendAsync(make())));
        return [.. answers.Select(answer => (int)answer.StatusCode)];
    }

    /// <summary>The first answer that says so; a slow machine gets a token back now and then, but not a thousand.</summary>
    private static async Task<HttpResponseMessage> UntilRefused(HttpClient client, Func<HttpRequestMessage> make)
    {
        for (var i = 0; i < 1_000; i++)
        {
            var answer = await client.SendAsync(make());
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return answer;
            }
            answer.Dispose();
        }
        throw new AssertionException("A thousand requests, and not one too many.");
    }
}
