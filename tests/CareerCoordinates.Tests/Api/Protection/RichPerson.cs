using System.Text;
using System.Text.Json;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Protection;

/// <summary>A worker about whom something stands in every place where something can, and another who stays.</summary>
internal sealed class RichPerson : IAsyncDisposable
{
    public const string Name = "CANARY-NAME";
    public const string NameOfAnother = "STAYS-HERE";

    private readonly SetClock clock;
    private readonly Dictionary<string, HttpClient> clients = [];

    private RichPerson(TracedHost host, SetClock clock)
    {
        Host = host;
        this.clock = clock;
    }

    public TracedHost Host { get; }

    public Guid Organization { get; private set; }

    public Guid Worker { get; private set; }

    public Guid Another { get; private set; }

    public string IdNumber { get; } = Invented.IdNumber();

    public const string Second = "second";

    /// <summary>The Idempotency-Key of the request that recorded the person.</summary>
    public const string Key = "once";

    public const string Officer = "officer";

    /// <summary>The worker's own account.</summary>
    public const string Account = "his-own";

    public List<Guid> Milestones { get; } = [];

    /// <summary>An instant after the first milestones and before the corrections.</summary>
    public string FirstKnown { get; private set; } = "";

    public IReadOnlyList<string> Canaries { get; } =
    [
        Name,
        "CANARY-NUMBER",
        "CANARY-STAFF",
        "CANARY-FIRM",
        "CANARY-NOTE",
        "CANARY-EVIDENCE",
        "CANARY-TOPIC",
        "CANARY-PATENT",
        "CANARY-OTHER-PATENT",
        "CANARY-DOCUMENT",
        "CANARY-WHY",
        "CANARY-END",
        "CANARY-CONTEST",
        "CANARY-CHANGE",
        "CANARY-REVEAL",
    ];

    public static async Task<RichPerson> RecordAsync(TestEngine engine)
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));
        var person = new RichPerson(await TracedHost.OpenAsync(engine, clock), clock);
        await person.RecordAsync();
        return person;
    }

    public Task<AccessReply> GetAsync(string path, string account = TestAccounts.Office) =>
        SendAsync(HttpMethod.Get, path, account: account);

    public Task<AccessReply> PostAsync(string path, object body, string? ifMatch = null, string account = TestAccounts.Office) =>
        SendAsync(HttpMethod.Post, path, body, ifMatch, account);

    public async Task<AccessReply> SendAsync(
        HttpMethod method,
        string path,
        object? body = null,
        string? ifMatch = null,
        string account = TestAccounts.Office,
        string? key = null
    )
    {
        clock.Pass(TimeSpan.FromSeconds(1));
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        request.Content = body is null
            ? null
            : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        foreach (var (name, value) in new[] { ("If-Match", ifMatch), ("Idempotency-Key", key) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
        using var response = await clients[account].SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ETag?.ToString(), []);
    }

    /// <summary>All that is counted or folded, on both clocks, as one text.</summary>
    public async Task<string> FiguresAsync()
    {
        var text = new StringBuilder();
        foreach (var knownAt in new[] { FirstKnown, lastKnown })
        {
            foreach (var day in new[] { "2013-01-01", "2018-01-01", "2021-06-01", "2024-01-01", "2026-11-01" })
            {
                var clocks = $"asOf={day}&knownAt={knownAt}";
                text.AppendLine((await GetAsync($"workers/{Worker}/coordinate?{clocks}")).Expect(200).Text);
                foreach (
                    var filter in new[]
                    {
                        "level=5",
                        "stage=growth",
                        "channel=grade-promotion&rung=senior-worker",
                        $"organization={Organization}",
                    }
                )
                {
                    var list = (await GetAsync($"workers?{filter}&count=true&{clocks}")).Expect(200);
                    text.AppendLine(
                        $"{filter} {list.Body.GetProperty("count")} {string.Join(' ', list.Items.Select(i => i.GetProperty("id")))}"
                    );
                }
            }
            text.AppendLine((await GetAsync($"workers/{Worker}/trajectory?knownAt={knownAt}")).Expect(200).Text);
        }
        var standings = Host.Store.Reader.OnConnection(c =>
            c.Prepared(
                    "SELECT channel, rung, level, from_day, end_day, recorded_at, coalesce(superseded_at, 0) FROM standings WHERE worker_id = @p0 ORDER BY channel, from_day, recorded_at, rung",
                    ColumnKind.Id
                )
                .Read(
                    c.Transaction,
                    r => $"{r.Text()} {r.Text()} {r.Int()} {r.Int()} {r.Int()} {r.Instant()} {r.Instant()}",
                    Worker
                )
        );
        return text.AppendJoin('\n', standings).ToString();
    }

    /// <summary>The request that recorded the person, under <see cref="Key"/>.</summary>
    public object Recorded { get; private set; } = new();

    /// <summary>From now on <paramref name="account"/> sends this token.</summary>
    public void SendToken(string account, string token) => clients[account] = Host.CreateClient(token);

    public void Pass(TimeSpan time) => clock.Pass(time);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
        await Host.DisposeAsync();
    }

    private string lastKnown = "";

    private async Task RecordAsync()
    {
        clients[TestAccounts.Office] = Host.CreateClient(Host.OfficeToken);
        clients[Second] = Host.CreateClient(
            await Host.Store.SignInAsync(Second, null, AccessOffice.Grant(Role.Administrator, null))
        );
        clients[Officer] = Host.CreateClient(await Host.Store.SignInAsync(Officer, null, AccessOffice.Grant(Role.Officer, null)));
        var district = new
        {
            name = "示例区总工会",
            kind = "district-federation",
            from = "2000-01-01",
        };
        Organization = (await PostAsync("organizations", district)).Expect(201).Id;
        Another = (
            await PostAsync(
                "workers",
                WorkerIdNumberTests.Worker(Invented.IdNumber(), new { name = NameOfAnother }, Organization)
            )
        )
            .Expect(201)
            .Id;
        var affiliation = new
        {
            kind = "labour-contract",
            organizationId = Organization,
            from = "2012-07-01",
            staffNumber = "CANARY-STAFF",
        };
        Recorded = new
        {
            name = Name,
            number = "CANARY-NUMBER",
            birthDate = "1901-03-07",
            careerStart = "2012-07-01",
            idNumber = IdNumber,
            affiliation,
        };
        var recorded = await SendAsync(HttpMethod.Post, "workers", Recorded, key: Key);
        Worker = recorded.Expect(201).Id;
        clients[Account] = Host.CreateClient(await Host.Store.SignInAsync(Account, Worker));
        (await GetAsync("me", Account)).Expect(200);
        (
            await PostAsync(
                $"workers/{Worker}/affiliations",
                new
                {
                    kind = "external",
                    externalName = "CANARY-FIRM",
                    from = "2014-01-01",
                }
            )
        ).Expect(201);

        await AddAsync("post-assignment", "2012-07-01", """{"postKind":"trainee"}""");
        await AddAsync("skill-level-certificate", "2013-06-20", """{"certificateNo":"CANARY-NUMBER-5","grade":"5"}""");
        var first = await AddAsync(
            "skill-level-certificate",
            "2020-11-30",
            """{"certificateNo":"CANARY-NUMBER-3","grade":"3","occupationCode":"6-18-01-01"}"""
        );
        // Two that confer one rung on one day: the coordinate names the one whose attributes come first.
        await AddAsync("patent-grant", "2023-02-07", """{"inventorRank":1,"kind":"invention","patentNo":"CANARY-PATENT"}""");
        await AddAsync(
            "patent-grant",
            "2023-02-07",
            """{"inventorRank":1,"kind":"invention","patentNo":"CANARY-OTHER-PATENT"}"""
        );
        await AddAsync("patent-grant", "2023-02-07", """{"inventorRank":1,"kind":"invention","patentNo":"CANARY-PATENT"}""");
        for (var i = 0; i < 40; i++)
        {
            var topic = $$"""{"status":"adopted","topic":"CANARY-TOPIC {{(char)('z' - (i % 25))}}{{i}}"}""";
            await AddAsync("rationalisation-suggestion", "2016-03-01", topic);
        }
        await AddAsync(
            "labour-medal",
            "2021-04-28",
            """{"level":"district"}""",
            new Ending(new DateOnly(2022, 4, 28), EndKind.Revoked, "CANARY-END")
        );
        var submitted = new
        {
            type = "labour-medal",
            occurredOn = "2024-05-01",
            attributes = new { level = "city", documentNo = "CANARY-DOCUMENT" },
        };
        (await PostAsync($"workers/{Worker}/milestones", submitted)).Expect(201);
        FirstKnown = Known();
        await CorrectAsync(first, """{"certificateNo":"CANARY-NUMBER-2","grade":"2","occupationCode":"6-18-01-01"}""");
        (await PostAsync($"workers/{Worker}/milestones/{first}:contest", new { reason = "CANARY-CONTEST" }, "\"2-x\"")).Expect(
            200
        );
        (
            await SendAsync(HttpMethod.Patch, $"workers/{Worker}", new { gender = "female", reason = "CANARY-CHANGE" }, "\"1-x\"")
        ).Expect(200);
        (await PostAsync($"workers/{Worker}:reveal-id-number", new { reason = "CANARY-REVEAL" })).Expect(200);
        lastKnown = Known();
        clock.Pass(TimeSpan.FromSeconds(30));
    }

    private string Known()
    {
        var known = Host.Store.Clock.ProcessNow.ToString();
        clock.Pass(TimeSpan.FromSeconds(1));
        return known;
    }

    /// <summary>A verified patent of the other one.</summary>
    public Task AddPatentOfAnotherAsync(string on, string patentNo) =>
        Host.Store.Gate.RunAsync<bool>(tx =>
        {
            var attributes = $$"""{"inventorRank":2,"kind":"invention","patentNo":"{{patentNo}}"}""";
            var revision = Revision(tx, tx.NewId(), 1, "patent-grant", on, attributes, null);
            tx.Add(tx.LockWorker(Another)!, revision with { WorkerId = Another });
            return true;
        });

    private async Task<Guid> AddAsync(string type, string on, string attributes, Ending? ended = null)
    {
        clock.Pass(TimeSpan.FromSeconds(1));
        var added = await Host.Store.Gate.RunAsync<Guid>(tx =>
        {
            var id = tx.NewId();
            tx.Add(tx.LockWorker(Worker)!, Revision(tx, id, 1, type, on, attributes, ended));
            return id;
        });
        Milestones.Add(added.Value);
        return added.Value;
    }

    private async Task CorrectAsync(Guid milestone, string attributes)
    {
        clock.Pass(TimeSpan.FromSeconds(1));
        await Host.Store.Gate.RunAsync<bool>(tx =>
        {
            var record = tx.LockWorker(Worker)!;
            var last = record.RevisionsOf(milestone)[^1].Content;
            tx.Add(record, Revision(tx, milestone, 2, last.Type, last.OccurredOn.ToString(), attributes, null));
            return true;
        });
    }

    private MilestoneRevision Revision(
        RecordTransaction tx,
        Guid id,
        int number,
        string type,
        string on,
        string attributes,
        Ending? ended
    ) =>
        new(
            Worker,
            id,
            number,
            MilestoneState.Verified,
            new(
                type,
                PartialDate.Parse(on),
                null,
                ended,
                AttributeSet.FromCanonical(attributes),
                [new("completion-certificate", "CANARY-EVIDENCE")],
                "CANARY-NOTE"
            ),
            number > 1 ? "CANARY-WHY" : null,
            tx.RecordedAt,
            "local",
            "local",
            tx.Framework.Version,
            null
        );
}
