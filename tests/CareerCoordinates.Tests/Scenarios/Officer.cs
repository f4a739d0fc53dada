using System.Net.Http.Json;
using System.Text.Json;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Api;
using CareerCoordinates.Tests.Api.Milestones;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Scenarios;

/// <summary>
/// A union officer at work through the public API, on a clock that the story moves, and a colleague who verifies what he
/// records. Verbs in the present tense succeed or fail the test; those that begin with Tries answer whatever came.
/// </summary>
public sealed class Officer : IAsyncDisposable
{
    private readonly ApiHost host;
    private readonly HttpClient client;
    private readonly HttpClient colleague;
    private readonly SetClock clock;

    private Officer(ApiHost host, SetClock clock)
    {
        this.host = host;
        this.clock = clock;
        client = host.CreateClient();
        colleague = host.CreateSecondClient();
    }

    /// <summary>An enterprise at which whoever registers without another place works.</summary>
    public Guid Employer { get; private set; }

    public Guid Street { get; private set; }

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(8));

    /// <summary>The instant up to which the record is complete now; a moment passes.</summary>
    public string Now
    {
        get
        {
            var now = Instant.From(clock.GetUtcNow()).ToString();
            clock.Pass(TimeSpan.FromSeconds(1));
            return now;
        }
    }

    public static async Task<Officer> BeginsWork(TestEngine engine, string at = "2026-01-05T01:00:00Z")
    {
        var clock = new SetClock(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        var officer = new Officer(await ApiHost.StartAsync(engine, clock), clock);
        var district = await officer.Founds("示例区总工会", "district-federation", null);
        officer.Street = await officer.Founds("示例街道总工会", "street-union", district);
        officer.Employer = await officer.Founds("示例石化有限公司", "enterprise", officer.Street);
        return officer;
    }

    public void LetsPass(TimeSpan time) => clock.Pass(time);

    public async Task<Guid> Founds(string name, string kind, Guid? parent)
    {
        var reply = await Posts(
            "organizations",
            new
            {
                kind,
                name,
                parentId = parent,
                from = "2000-01-01",
            }
        );
        return reply.Expect(201).Id;
    }

    public async Task<Person> Registers(
        string name,
        string? careerStart = null,
        Guid? at = null,
        string kind = "labour-contract",
        string? from = null,
        string? number = null,
        string form = "employee"
    )
    {
        var affiliation = new
        {
            kind,
            organizationId = at ?? Employer,
            from = from ?? careerStart,
            employmentForm = form,
        };
        var reply = (
            await Posts(
                "workers",
                new
                {
                    name,
                    number,
                    careerStart,
                    affiliation,
                }
            )
        ).Expect(201);
        var first = reply.Body.GetProperty("affiliation").GetProperty("id").GetGuid();
        return new Person(reply.Id, reply, await Sees(reply.Id, first));
    }

    public Task<Reply> TriesToRecord(
        Person person,
        string type,
        string on,
        object attributes,
        string? until = null,
        string? language = null
    ) =>
        Sends(
            HttpMethod.Post,
            $"workers/{person.Id}/milestones",
            new
            {
                type,
                occurredOn = on,
                until,
                attributes,
            },
            language: language
        );

    /// <summary>It awaits somebody's verification.</summary>
    public async Task<Fact> Submits(Person person, string type, string on, object attributes, string? until = null) =>
        Fact.Of((await TriesToRecord(person, type, on, attributes, until)).Expect(201));

    /// <summary>And the colleague verifies it.</summary>
    public async Task<Fact> Records(Person person, string type, string on, object attributes, string? until = null) =>
        await Verifies(await Submits(person, type, on, attributes, until));

    public Task<Fact> RecordsCertificate(Person person, string grade, string on) =>
        Records(person, "skill-level-certificate", on, new { grade, certificateNo = "2020110500123" });

    public async Task<Fact> Corrects(Fact fact, string reason, string? on = null, object? attributes = null)
    {
        var content = new
        {
            type = fact.Type,
            occurredOn = on ?? fact.On,
            until = fact.Until,
            attributes = attributes ?? fact.Body.GetProperty("attributes"),
            reason,
        };
        var path = $"workers/{fact.WorkerId}/milestones/{fact.Id}";
        return Fact.Of((await Sends(HttpMethod.Put, path, content, fact.Seen.Etag)).Expect(200));
    }

    public Task<Fact> Verifies(Fact fact) => Acts(fact, "verify", null);

    public Task<Fact> Rejects(Fact fact, string reason) => Acts(fact, "reject", new { reason });

    public Task<Fact> Ends(Fact fact, string on, string reason, string kind = "ended") =>
        Acts(
            fact,
            "end",
            new
            {
                on,
                reason,
                kind,
            }
        );

    public Task<Fact> Voids(Fact fact, string reason) => Acts(fact, "void", new { reason });

    /// <summary>In the worker's name.</summary>
    public Task<Fact> Contests(Fact fact, string reason) => Acts(fact, "contest", new { reason });

    public Task<Fact> Answers(Fact fact, string reason) => Acts(fact, "answer", new { reason });

    public async Task<Fact> Sees(Fact fact, string? knownAt = null) =>
        Fact.Of((await Gets($"workers/{fact.WorkerId}/milestones/{fact.Id}{Query(knownAt: knownAt)}")).Expect(200));

    /// <summary>The types and days of a worker's milestones.</summary>
    public async Task<string[]> Lists(Person person, string query = "")
    {
        var reply = (await Gets($"workers/{person.Id}/milestones{query}")).Expect(200);
        return [.. reply.Items.Select(item => $"{item.GetProperty("type")} {item.GetProperty("occurredOn")}")];
    }

    public Task<Reply> TriesToRecordPlace(Person person, object affiliation) =>
        Posts($"workers/{person.Id}/affiliations", affiliation);

    public async Task<Place> Joins(Person person, Guid organization, string from, string kind = "labour-contract") =>
        await SeesPlace(
            person,
            await TriesToRecordPlace(
                person,
                new
                {
                    kind,
                    organizationId = organization,
                    from,
                }
            )
        );

    /// <summary>Moves to another place: the one before ends the day before.</summary>
    public async Task<Place> Transfers(Person person, Guid organization, string from) =>
        await SeesPlace(
            person,
            await TriesToRecordPlace(
                person,
                new
                {
                    kind = "labour-contract",
                    organizationId = organization,
                    from,
                    transfer = true,
                    employmentForm = "employee",
                }
            )
        );

    public async Task Leaves(Place place, string on, string reason, params Fact[] alsoEnd)
    {
        var path = $"workers/{place.WorkerId}/affiliations/{place.Id}:end";
        var reply = await Sends(
            HttpMethod.Post,
            path,
            new
            {
                on,
                reason,
                alsoEnd = alsoEnd.Select(fact => fact.Id),
            },
            place.Seen.Etag,
            byColleague: true
        );
        reply.Expect(200);
    }

    /// <summary>Each place as <c>kind from – until</c>.</summary>
    public async Task<string[]> PlacesOf(Person person, string query = "")
    {
        var reply = (await Gets($"workers/{person.Id}/affiliations{query}")).Expect(200);
        return
        [
            .. reply.Items.Select(item => $"{item.GetProperty("kind")} {item.GetProperty("from")} – {item.GetProperty("until")}"),
        ];
    }

    public async Task<Reply> Voids(Person person, string reason) =>
        (await Sends(HttpMethod.Post, $"workers/{person.Id}:void", new { reason }, person.Seen.Etag)).Expect(200);

    public async Task<Coordinate> Places(Person person, string? asOf = null, string? knownAt = null) =>
        new((await TriesToPlace(person, asOf, knownAt)).Expect(200).Body);

    public Task<Reply> TriesToPlace(Person person, string? asOf = null, string? knownAt = null) =>
        Gets($"workers/{person.Id}/coordinate{Query(asOf, knownAt)}");

    /// <summary>The days on which something changed, each with stage and level.</summary>
    public async Task<string[]> Traces(Person person, string? asOf = null)
    {
        var reply = (await Gets($"workers/{person.Id}/trajectory{Query(asOf)}")).Expect(200);
        return
        [
            .. reply
                .Body.GetProperty("points")
                .EnumerateArray()
                .Select(p => $"{p.GetProperty("from")} {p.GetProperty("stage").GetProperty("code")} {p.GetProperty("level")}"),
        ];
    }

    /// <summary>For each channel the rung above, with what is known about the way there.</summary>
    public async Task<string[]> AsksWhatIsMissing(Person person, string asOf)
    {
        var reply = (await Gets($"workers/{person.Id}/next-steps?asOf={asOf}")).Expect(200);
        static string Said(string words, JsonElement value) => value.ValueKind is JsonValueKind.Null ? "" : $", {words}{value}";
        return
        [
            .. from step in reply.Body.GetProperty("channels").EnumerateArray()
            let earliest = Said("not before ", step.GetProperty("earliest"))
            let backed = string.Concat(
                step.GetProperty("supports").EnumerateArray().Select(support => Said("backed by ", support.GetProperty("type")))
            )
            select $"{step.GetProperty("channel")}: {step.GetProperty("next")}{Said("", step.GetProperty("noPath"))}{earliest}{backed}",
        ];
    }

    /// <summary>The facts that confer rungs of a channel, highest rung first, and which of them decides.</summary>
    public async Task<string[]> AsksWhy(Person person, string asOf, string channel)
    {
        var reply = (await Gets($"workers/{person.Id}/coordinate/explanation?asOf={asOf}")).Expect(200);
        return
        [
            .. from explained in reply.Body.GetProperty("channels").EnumerateArray()
            where explained.GetProperty("held").GetProperty("channel").GetString() == channel
            from grant in explained.GetProperty("grants").EnumerateArray()
            let holds = grant.GetProperty("holds").GetBoolean() ? ", which holds" : ""
            let decides = grant.GetProperty("decides").GetBoolean() ? " and decides" : ""
            select $"{grant.GetProperty("rung")} by {grant.GetProperty("type")}{holds}{decides}",
        ];
    }

    /// <summary>Everybody who holds the rung.</summary>
    public async Task<Guid[]> Counts(string channel, string rung, string? asOf = null, string? knownAt = null)
    {
        var clocks = Query(asOf, knownAt).Replace('?', '&');
        var reply = (await Gets($"workers?limit=500&channel={channel}&rung={rung}{clocks}")).Expect(200);
        return [.. reply.Items.Select(item => item.GetProperty("id").GetGuid())];
    }

    public Task<Reply> Gets(string path) => Sends(HttpMethod.Get, path, null);

    public Task<Reply> Posts(string path, object body) => Sends(HttpMethod.Post, path, body);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        colleague.Dispose();
        await host.DisposeAsync();
    }

    private async Task<Place> SeesPlace(Person person, Reply reply) => await Sees(person.Id, reply.Expect(201).Id);

    private async Task<Place> Sees(Guid workerId, Guid affiliationId) =>
        new(affiliationId, workerId, (await Gets($"workers/{workerId}/affiliations/{affiliationId}")).Expect(200));

    private async Task<Fact> Acts(Fact fact, string verb, object? body)
    {
        var path = $"workers/{fact.WorkerId}/milestones/{fact.Id}:{verb}";
        var judges = verb is not ("contest" or "answer");
        return Fact.Of((await Sends(HttpMethod.Post, path, body, fact.Seen.Etag, byColleague: judges)).Expect(200));
    }

    private static string Query(string? asOf = null, string? knownAt = null) =>
        (asOf, knownAt) switch
        {
            (null, null) => "",
            ({ } day, null) => $"?asOf={day}",
            (null, { } instant) => $"?knownAt={instant}",
            var (day, instant) => $"?asOf={day}&knownAt={instant}",
        };

    private async Task<Reply> Sends(
        HttpMethod method,
        string path,
        object? body,
        string? etag = null,
        string? language = null,
        bool byColleague = false
    )
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
            await request.Content.LoadIntoBufferAsync();
        }
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        }
        if (language is not null)
        {
            request.Headers.Add("Accept-Language", language);
        }
        if (method != HttpMethod.Get)
        {
            // Writes of one story are never made in the same moment.
            clock.Pass(TimeSpan.FromSeconds(1));
        }
        using var response = await (byColleague ? colleague : client).SendAsync(request);
        return new Reply(
            (int)response.StatusCode,
            await response.Content.ReadFromJsonAsync<JsonElement>(),
            response.Headers.ETag?.ToString(),
            response.Headers.Location?.ToString()
        );
    }
}

/// <summary>A fixture of stories: one office for all of them, a worker of his own for each.</summary>
public abstract class Scenario(TestEngine engine)
{
    protected Officer Officer { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task OfficeOpens() => Officer = await Officer.BeginsWork(engine);

    [OneTimeTearDown]
    public async Task OfficeCloses() => await Officer.DisposeAsync();
}
