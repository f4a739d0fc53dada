using System.Text.RegularExpressions;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>
/// Restricted types (design §5): for who may not see them nothing of them was ever recorded, and a coordinate is the same for
/// everybody who may see the worker. In a framework that has such a type.
/// </summary>
[BothEngines]
public partial class RestrictedTests(TestEngine engine)
{
    private static readonly string[] Blind =
    [
        "works-officer",
        "works-chaplain",
        "owner-chaplain",
        "street-officer",
        "judge",
        "elsewhere",
    ];
    private static readonly string[] Seeing = ["chaplain", "relief-officer", "worker"];

    /// <summary>All that an account can ask about one worker, and where he is one of many.</summary>
    private static readonly string[] OfWorker =
    [
        "",
        "/revisions",
        "/affiliations",
        "/milestones?count=true",
        "/milestones?include=voided&count=true",
        "/milestones?type=storm-relief&count=true",
        "/milestones?state=submitted&count=true",
        "/milestones?inForce=true&count=true",
        "/milestones?limit=1",
        "/record",
    ];

    private static readonly string[] OfGrid = ["/coordinate", "/coordinate/explanation", "/trajectory", "/next-steps"];

    private static readonly string[] OfMany =
    [
        "milestones?count=true&limit=500",
        "milestones?state=submitted&count=true&limit=500",
        "milestones?type=storm-relief&count=true",
        "workers?count=true&limit=500",
    ];

    private AccessOffice office = null!;
    private Guid ma;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine, TestFrameworks.HarbourPath);
        await office.AccountAsync("works-officer", AccessOffice.Grant(Role.Officer, office.Works, "chaplain"));
        await office.AccountAsync("works-chaplain", AccessOffice.Grant(Role.Verifier, office.Works, "chaplain"));
        await office.AccountAsync("owner-chaplain", AccessOffice.Grant(Role.Verifier, office.Street, "chaplain", "owner"));
        await office.AccountAsync("street-officer", AccessOffice.Grant(Role.Officer, office.Street));
        await office.AccountAsync("judge", AccessOffice.Grant(Role.Verifier, office.Street, "harbour-office"));
        await office.AccountAsync(
            "elsewhere",
            AccessOffice.Grant(Role.Officer, office.District),
            AccessOffice.Grant(Role.Verifier, office.OtherStreet, "chaplain")
        );
        await office.AccountAsync("chaplain", AccessOffice.Grant(Role.Verifier, office.Street, "chaplain"));
        await office.AccountAsync("relief-officer", AccessOffice.Grant(Role.Officer, office.Street, "chaplain"));
        ma = office.Worker;
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task WhoMayNotSeeRestrictedRecords_SeesTheSameWithAndWithoutThem()
    {
        var ticket = await RecordAsync("street-officer", Ticket("c"), verifiedBy: "judge");
        (await office.PostAsync("street-officer", $"workers/{ma}/milestones", Ticket("b"))).Expect(201);
        var blindBefore = await AskAllAsync(Blind, OfWorker, OfGrid, OfMany);
        var seeingBefore = await AskAllAsync(Seeing, OfGrid);
        var listBefore = await ListedAsync(Seeing);

        var relief = await RecordAsync("worker", Relief("fire"), verifiedBy: "chaplain");
        (await office.DoAsync("worker", ma, relief, "contest", new { reason = "The sum is wrong." })).Expect(200);
        (await office.PostAsync("relief-officer", $"workers/{ma}/milestones", Relief("flood"))).Expect(201);
        var blindAfter = await AskAllAsync(Blind, OfWorker, OfGrid, OfMany);
        var seeingAfter = await AskAllAsync(Seeing, OfGrid);
        var listAfter = await ListedAsync(Seeing);

        Assert.Multiple(() =>
        {
            Assert.That(blindAfter, Is.EqualTo(blindBefore));
            Assert.That(seeingAfter, Is.EqualTo(seeingBefore));
            Assert.That(listAfter.Select((n, i) => n - listBefore[i]), Is.All.EqualTo(2));
        });
        var coordinates = new HashSet<string?>();
        foreach (var account in Blind.Concat(Seeing))
        {
            coordinates.Add((await office.GetAsync(account, $"workers/{ma}/coordinate")).Expect(200).Etag);
        }
        Assert.That(coordinates, Has.Count.EqualTo(1));
        var lists = new HashSet<(string?, int)>();
        foreach (var account in Blind)
        {
            var list = (await office.GetAsync(account, $"workers/{ma}/milestones?count=true")).Expect(200);
            lists.Add((list.Etag, list.Items.Length));
            Assert.That(list.Text, Does.Contain(ticket.ToString()).And.Not.Contain(relief.ToString()));
        }
        Assert.That(lists, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task RestrictedRecord_IsAnsweredLikeAnAbsentOne()
    {
        var relief = await RecordAsync("worker", Relief("fire"), verifiedBy: "chaplain");
        var etag = (await office.GetAsync("worker", $"workers/{ma}/milestones/{relief}")).Expect(200).Etag!;

        foreach (var account in Blind)
        {
            foreach (var (method, after, body) in Acts())
            {
                Task<AccessReply> TryAsync(string id) =>
                    office.SendAsync(
                        account,
                        method,
                        $"workers/{ma}/milestones/{id}{after}",
                        body,
                        method == HttpMethod.Get ? null : etag
                    );

                var hidden = await TryAsync(relief.ToString());
                var absent = await TryAsync(AccessOffice.Absent);

                Assert.That(Alike(hidden, relief), Is.EqualTo(Alike(absent, relief)), $"{account} {after}");
                Assert.That(hidden.Status, Is.EqualTo(404).Or.EqualTo(403), $"{account} {after}");
                Assert.That(hidden.Headers, Is.EqualTo(absent.Headers));
            }
        }
    }

    [Test]
    public async Task RestrictedRecord_IsNotVerifiedInABatchByWhoMayNotSeeIt()
    {
        var relief = (await office.PostAsync("worker", "me/milestones", Relief("fire"))).Expect(201);
        Task<AccessReply> TryAsync(string account, string id) =>
            office.PostAsync(
                account,
                "milestones:verify",
                new
                {
                    items = new[]
                    {
                        new
                        {
                            workerId = ma,
                            milestoneId = id,
                            etag = relief.Etag,
                        },
                    },
                }
            );

        foreach (var account in new[] { "works-chaplain", "owner-chaplain", "judge", "elsewhere" })
        {
            var hidden = await TryAsync(account, relief.Id.ToString());
            var absent = await TryAsync(account, AccessOffice.Absent);

            Assert.That(Alike(hidden.Expect(200), relief.Id), Is.EqualTo(Alike(absent, relief.Id)), account);
        }
        Assert.That(
            (await TryAsync("chaplain", relief.Id.ToString())).Items[0].GetProperty("status").GetInt32(),
            Is.EqualTo(200)
        );
    }

    [Test]
    public async Task RestrictedRecord_IsNotEndedWithAnAffiliationByWhoMayNotSeeIt()
    {
        var relief = await RecordAsync("worker", Relief("fire"), verifiedBy: "chaplain");
        var place = (await office.GetAsync("street-officer", $"workers/{ma}/affiliations")).Items[0];
        Task<AccessReply> EndAsync(string alsoEnd) =>
            office.PostAsync(
                "street-officer",
                $"workers/{ma}/affiliations/{place.GetProperty("id").GetGuid()}:end",
                new
                {
                    on = "2026-01-31",
                    reason = "left",
                    alsoEnd = new[] { alsoEnd },
                },
                place.GetProperty("etag").GetString()
            );

        var hidden = await EndAsync(relief.ToString());
        var absent = await EndAsync(AccessOffice.Absent);

        Assert.That(hidden.Code, Is.EqualTo("unknown-milestone"));
        Assert.That(Alike(hidden, relief), Is.EqualTo(Alike(absent, relief)));
    }

    [Test]
    public async Task WhoIsNearestToVerifyARestrictedRecord_IsNeverOnTheEmployersSide()
    {
        var relief = (await office.PostAsync("worker", "me/milestones", Relief("fire"))).Expect(201);

        var who = (await office.GetAsync("worker", $"workers/{ma}/milestones/{relief.Id}/verification")).Expect(200).Body;

        Assert.That(who.GetProperty("nearest").GetProperty("organizationId").GetGuid(), Is.EqualTo(office.Street));
    }

    [TestCase("works-officer", 422)]
    [TestCase("works-chaplain", 422)]
    [TestCase("owner-chaplain", 422)]
    [TestCase("street-officer", 422)]
    [TestCase("judge", 422)]
    [TestCase("elsewhere", 422)]
    [TestCase("chaplain", 201)]
    [TestCase("relief-officer", 201)]
    [TestCase("worker", 201)]
    public async Task RestrictedType_IsRecordedOnlyByTheWorkerAndTheBodiesThatVerifyIt(string account, int status)
    {
        var recorded = await office.PostAsync(account, $"workers/{ma}/milestones", Relief("fire"));

        Assert.That(recorded.Status, Is.EqualTo(status), recorded.Text);
        Assert.That(recorded.Code, Is.EqualTo(status == 422 ? "type-restricted" : null));
    }

    [Test]
    public async Task RestrictedRecordOfMine_SentAgainAfterTheRightIsGone_IsNotToldAgain()
    {
        await office.AccountAsync("leaving-chaplain", AccessOffice.Grant(Role.Verifier, office.Street, "chaplain"));
        Task<AccessReply> SendAsync() =>
            office.SendAsync("leaving-chaplain", HttpMethod.Post, $"workers/{ma}/milestones", Relief("ice"), key: "ice");
        (await SendAsync()).Expect(201);
        var account = office.Store.Reader.OnConnection(c => c.FindAccount("leaving-chaplain"))!.Id;
        var chaplains = office.Store.Reader.OnConnection(c => c.ReadGrants(account))[0].Grant.Id;
        (
            await office.PostAsync(
                "administrator",
                $"accounts/{account}/grants",
                new { role = "officer", organizationId = office.Street }
            )
        ).Expect(200);
        (await office.SendAsync("administrator", HttpMethod.Post, $"accounts/{account}/grants/{chaplains}:revoke")).Expect(200);

        var again = await SendAsync();

        Assert.That(again.Code, Is.EqualTo("type-restricted"), again.Text);
    }

    [Test]
    public async Task LimitOfMilestones_CountsRestrictedOnesByThemselves()
    {
        var wu = await office.HireAsync(office.Works, "Wu Xiu");
        await office.WorkerAccountAsync("wu", wu);
        await office.FillAsync(wu, Limits.MilestonesOfWorker - 1, "sea-ticket", ("klass", AttributeValue.Of("c")));
        (await office.PostAsync("wu", "me/milestones", Relief("fire"))).Expect(201);

        var last = await office.PostAsync("street-officer", $"workers/{wu}/milestones", Ticket("b"));
        var oneTooMany = await office.PostAsync("street-officer", $"workers/{wu}/milestones", Ticket("a"));
        var relief = await office.PostAsync("wu", "me/milestones", Relief("flood"));

        last.Expect(201);
        Assert.That(oneTooMany.Code, Is.EqualTo("too-many-milestones"));
        Assert.That(oneTooMany.Text, Does.Contain("5000").And.Not.Contain("5001"));
        relief.Expect(201);
    }

    [TestCase("officer", 200)]
    [TestCase("verifier", 200)]
    [TestCase("analyst", 422)]
    public async Task Grant_SpeaksForABody_WhereItsRoleMay(string role, int status)
    {
        await office.AccountAsync($"newly-{role}");
        var account = office.Store.Reader.OnConnection(c => c.FindAccount($"newly-{role}"))!.Id;

        var granted = await office.PostAsync(
            "administrator",
            $"accounts/{account}/grants",
            new
            {
                role,
                organizationId = office.Street,
                acts = new[] { "chaplain" },
            }
        );

        Assert.That(granted.Status, Is.EqualTo(status), granted.Text);
        Assert.That(granted.Code, Is.EqualTo(status == 422 ? "acts-not-taken" : null));
    }

    private static IEnumerable<(HttpMethod Method, string After, object? Body)> Acts()
    {
        var why = new { reason = "why" };
        yield return (HttpMethod.Get, "", null);
        yield return (HttpMethod.Get, "/revisions", null);
        yield return (HttpMethod.Get, "/verification", null);
        yield return (HttpMethod.Put, "", Correction());
        yield return (HttpMethod.Post, ":verify", null);
        foreach (var verb in new[] { "return", "reject", "withdraw", "void", "contest", "answer" })
        {
            yield return (HttpMethod.Post, ":" + verb, why);
        }
        yield return (HttpMethod.Post, ":end", new { on = "2025-01-01", reason = "why" });
    }

    private async Task<Guid> RecordAsync(string account, object milestone, string verifiedBy)
    {
        var recorded = (await office.PostAsync(account, $"workers/{ma}/milestones", milestone)).Expect(201);
        (await office.DoAsync(verifiedBy, ma, recorded.Id, "verify")).Expect(200);
        return recorded.Id;
    }

    /// <summary>Each answer with its ETag and headers; only the instant at which it was asked is left out.</summary>
    private async Task<List<string>> AskAllAsync(string[] accounts, params string[][] paths)
    {
        var answers = new List<string>();
        foreach (var account in accounts)
        {
            foreach (var path in paths.SelectMany(p => p))
            {
                if (account == "worker" && path.Contains('?') && !path.StartsWith('/'))
                {
                    continue;
                }
                var whole = path.Length == 0 || path[0] == '/' ? $"workers/{ma}{path}" : path;
                var reply = (await office.GetAsync(account, whole)).Expect(200);
                var text = Cursor().Replace(KnownAt().Replace(reply.Text, ""), "");
                answers.Add($"{account} {whole} {reply.Etag} {string.Join(',', reply.Headers)} {text}");
            }
        }
        return answers;
    }

    private async Task<List<int>> ListedAsync(string[] accounts)
    {
        var counts = new List<int>();
        foreach (var account in accounts)
        {
            var list = (await office.GetAsync(account, $"workers/{ma}/milestones?count=true")).Expect(200);
            counts.Add(list.Body.GetProperty("count").GetInt32());
        }
        return counts;
    }

    private static object Ticket(string klass) =>
        new
        {
            type = "sea-ticket",
            occurredOn = "2020-11-30",
            attributes = new { klass, resit = false },
        };

    private static object Relief(string reason) =>
        new
        {
            type = "storm-relief",
            occurredOn = "2021-02-03",
            attributes = new { reason, amount = 5 },
        };

    private static object Correction() =>
        new
        {
            type = "storm-relief",
            occurredOn = "2021-02-03",
            attributes = new { amount = 6 },
            reason = "why",
        };

    private static string Alike(AccessReply reply, Guid id) =>
        TraceId()
            .Replace(reply.Text, "")
            .Replace(id.ToString(), "ID", StringComparison.Ordinal)
            .Replace(AccessOffice.Absent, "ID", StringComparison.Ordinal);

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();

    [GeneratedRegex("\"knownAt\":\"[^\"]*\"")]
    private static partial Regex KnownAt();

    [GeneratedRegex("\"nextCursor\":\"[^\"]*\"")]
    private static partial Regex Cursor();
}
