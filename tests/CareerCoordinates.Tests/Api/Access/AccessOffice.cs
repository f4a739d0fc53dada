using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>A district with two streets, an enterprise in each and a worker in each enterprise, and accounts on the first side.</summary>
public sealed class AccessOffice : IAsyncDisposable
{
    public const string Absent = "01990000-0000-7000-8000-00000000dead";

    private readonly Dictionary<string, HttpClient> clients = [];

    private AccessOffice(ApiHost host, SetClock clock)
    {
        Host = host;
        Clock = clock;
    }

    public ApiHost Host { get; }

    public SetClock Clock { get; }

    public CareerStore Store => Host.Store;

    public Guid District { get; private set; }

    public Guid Street { get; private set; }

    public Guid Works { get; private set; }

    public Guid OtherStreet { get; private set; }

    public Guid OtherWorks { get; private set; }

    /// <summary>At <see cref="Works"/>, in the scope of the accounts.</summary>
    public Guid Worker { get; private set; }

    /// <summary>At <see cref="OtherWorks"/>, out of it.</summary>
    public Guid Stranger { get; private set; }

    public static Task<AccessOffice> OpenAsync(TestEngine engine, string? frameworkFile = null) =>
        OpenAsync(engine, new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero), frameworkFile, []);

    public static Task<AccessOffice> OpenAsync(
        TestEngine engine,
        DateTimeOffset start,
        params (string Name, string Value)[] settings
    ) => OpenAsync(engine, start, null, settings);

    private static async Task<AccessOffice> OpenAsync(
        TestEngine engine,
        DateTimeOffset start,
        string? frameworkFile,
        (string Name, string Value)[] settings
    ) => await OpenOnAsync(await engine.OpenAsync(), start, frameworkFile, settings);

    /// <summary>On a database that may outlive it.</summary>
    public static async Task<AccessOffice> OpenOnAsync(
        TestDatabase database,
        DateTimeOffset start,
        string? frameworkFile = null,
        params (string Name, string Value)[] settings
    )
    {
        var clock = new SetClock(start);
        var office = new AccessOffice(new ApiHost(database, clock, frameworkFile), clock);
        foreach (var (name, value) in settings)
        {
            office.Host.Settings[name] = value;
        }
        await office.FoundAsync();
        string[] bodies = [.. office.Store.Frameworks.Current.VerifierRoles.Keys];
        await office.AccountAsync("officer", Grant(Role.Officer, office.Street));
        await office.AccountAsync("verifier", Grant(Role.Verifier, office.Street, bodies));
        await office.AccountAsync("analyst", Grant(Role.Analyst, office.Street));
        await office.AccountAsync("administrator", Grant(Role.Administrator, null));
        await office.AccountAsync("auditor", Grant(Role.Auditor, null));
        await office.AccountAsync("nobody");
        await office.WorkerAccountAsync("worker", office.Worker);
        return office;
    }

    /// <summary>Closes, lets the record be moved to another database, and opens there; everybody who has an account signs in anew.</summary>
    public async Task<AccessOffice> MovedAsync(Action move, TestDatabase database, params (string Name, string Value)[] settings)
    {
        var accounts = clients.Keys.Where(name => Store.Reader.OnConnection(c => c.FindAccount(name)) is not null).ToList();
        await DisposeAsync();
        move();
        var moved = new AccessOffice(new ApiHost(database, Clock), Clock)
        {
            District = District,
            Street = Street,
            Works = Works,
            OtherStreet = OtherStreet,
            OtherWorks = OtherWorks,
            Worker = Worker,
            Stranger = Stranger,
        };
        foreach (var (name, value) in settings)
        {
            moved.Host.Settings[name] = value;
        }
        foreach (var name in accounts)
        {
            moved.clients[name] = moved.Host.CreateClient(await moved.Store.SignInAsync(name, null));
        }
        return moved;
    }

    public static RoleGrant Grant(Role role, Guid? organization, params string[] acts) =>
        new(Guid.CreateVersion7(), role, organization, acts);

    public async Task AccountAsync(string name, params RoleGrant[] grants) =>
        clients[name] = Host.CreateClient(await Store.SignInAsync(name, null, grants));

    /// <summary>From now on <paramref name="name"/> sends this token.</summary>
    public void SendToken(string name, string? token) => clients[name] = Host.CreateClient(token);

    public async Task WorkerAccountAsync(string name, Guid worker, params RoleGrant[] grants) =>
        clients[name] = Host.CreateClient(await Store.SignInAsync(name, worker, grants));

    /// <summary>Sends as the account; <c>anonymous</c> sends no token.</summary>
    public async Task<AccessReply> SendAsync(
        string account,
        HttpMethod method,
        string path,
        object? body = null,
        string? ifMatch = null,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "/api/v1/" + path);
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }
        return await SendAsync(account, request);
    }

    /// <summary>Sends a form, such as an upload.</summary>
    public async Task<AccessReply> SendFormAsync(string account, string path, HttpContent form, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/" + path) { Content = form };
        request.Headers.Add("Accept-Language", language);
        return await SendAsync(account, request);
    }

    private async Task<AccessReply> SendAsync(string account, HttpRequestMessage request)
    {
        Clock.Pass(TimeSpan.FromSeconds(1));
        if (!clients.TryGetValue(account, out var client))
        {
            clients[account] = client = Host.CreateClient((string?)null);
        }
        using var response = await client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new(
            (int)response.StatusCode,
            Encoding.UTF8.GetString(bytes),
            response.Headers.ETag?.ToString(),
            [.. response.Headers.Concat(response.Content.Headers).Select(h => h.Key).Order(StringComparer.Ordinal)]
        )
        {
            Bytes = bytes,
            HeaderText = response.Headers.ToString() + response.Content.Headers,
            Allow = string.Join(", ", response.Content.Headers.Allow),
        };
    }

    public Task<AccessReply> GetAsync(string account, string path) => SendAsync(account, HttpMethod.Get, path);

    /// <param name="language">As a browser asks for it.</param>
    public async Task<AccessReply> GetAsync(string account, string path, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/" + path);
        request.Headers.Add("Accept-Language", language);
        return await SendAsync(account, request);
    }

    public Task<AccessReply> PostAsync(string account, string path, object body, string? ifMatch = null) =>
        SendAsync(account, HttpMethod.Post, path, body, ifMatch);

    /// <summary>Does something to a milestone as it is now.</summary>
    public async Task<AccessReply> DoAsync(string account, Guid worker, Guid milestone, string verb, object? body = null)
    {
        var seen = await GetAsync(TestAccounts.Office, $"workers/{worker}/milestones/{milestone}");
        return await SendAsync(account, HttpMethod.Post, $"workers/{worker}/milestones/{milestone}:{verb}", body, seen.Etag);
    }

    /// <summary>A worker at the organisation since 2015, recorded by the one who may do everything.</summary>
    public async Task<Guid> HireAsync(Guid organization, string name = "Ma Lan")
    {
        var reply = await PostAsync(
            TestAccounts.Office,
            "workers",
            new
            {
                name,
                careerStart = "2015-01-01",
                affiliation = new
                {
                    kind = "labour-contract",
                    organizationId = organization,
                    from = "2015-01-01",
                },
            }
        );
        return reply.Expect(201).Id;
    }

    /// <summary>Many verified milestones of a type, a day apart, straight into the table: what is asked is how so many are read.</summary>
    public Task FillAsync(Guid worker, int count, string type, params (string Code, AttributeValue Value)[] attributes) =>
        FillAsync(worker, count, type, "2012-01-01", attributes);

    /// <inheritdoc cref="FillAsync(Guid, int, string, ValueTuple{string, AttributeValue}[])"/>
    /// <param name="from">The day of the first.</param>
    public Task FillAsync(
        Guid worker,
        int count,
        string type,
        string from,
        params (string Code, AttributeValue Value)[] attributes
    ) =>
        Store.Gate.RunAsync<bool>(tx =>
        {
            tx.LockWorker(worker);
            tx.Rewrite(worker);
            var said = AttributeSet.Of([.. attributes.Select(a => KeyValuePair.Create(a.Code, a.Value))]);
            var insert = tx.Connection.Prepared(RecordTables.Milestones.InsertSql, RecordTables.Milestones.Kinds);
            for (var i = 0; i < count; i++)
            {
                var day = PartialDate.Parse(Days.Iso(DateOnly.Parse(from).AddDays(i)));
                var content = new MilestoneContent(type, day, null, null, said, [], null);
                var revision = new MilestoneRevision(
                    worker,
                    tx.NewId(),
                    1,
                    MilestoneState.Verified,
                    content,
                    null,
                    tx.RecordedAt,
                    "officer",
                    "verifier",
                    1,
                    null
                );
                insert.Execute(tx.Connection.Transaction, RecordRows.Of(revision));
            }
            return true;
        });

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
        await Host.DisposeAsync();
    }

    private async Task FoundAsync()
    {
        clients[TestAccounts.Office] = Host.CreateClient(Host.OfficeToken);
        District = await FoundAsync("示例区总工会", "district-federation", null);
        Street = await FoundAsync("东街总工会", "street-union", District);
        OtherStreet = await FoundAsync("西街总工会", "street-union", District);
        Works = await FoundAsync("东街机器厂", "enterprise", Street);
        OtherWorks = await FoundAsync("西街机器厂", "enterprise", OtherStreet);
        Worker = await HireAsync(Works);
        Stranger = await HireAsync(OtherWorks, "CANARY-OUTSIDE");
    }

    public async Task<Guid> FoundAsync(string name, string kind, Guid? parentId, string from = "2000-01-01")
    {
        var reply = await PostAsync(
            TestAccounts.Office,
            "organizations",
            new
            {
                name,
                kind,
                parentId,
                from,
            }
        );
        return reply.Expect(201).Id;
    }
}

/// <summary>An answer, read whole.</summary>
public sealed record AccessReply(int Status, string Text, string? Etag, string[] Headers)
{
    /// <summary>The headers with their values.</summary>
    public byte[] Bytes { get; init; } = [];

    public string HeaderText { get; init; } = "";

    public string Allow { get; init; } = "";

    public JsonElement Body => JsonSerializer.Deserialize<JsonElement>(Text);

    public Guid Id => Body.GetProperty("id").GetGuid();

    /// <summary>A member of the body as a text; empty for null.</summary>
    public string this[string member] => Body.GetProperty(member).ToString();

    public string? Code => Text.StartsWith('{') && Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public JsonElement[] Items => [.. Body.GetProperty("items").EnumerateArray()];

    public AccessReply Expect(int status)
    {
        Assert.That(Status, Is.EqualTo(status), Text);
        return this;
    }
}
