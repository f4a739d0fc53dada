using System.Text.Json;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Protection;

/// <summary>ID numbers by the API: recorded and corrected, shown masked, found and revealed by whom they may be.</summary>
[BothEngines]
public class WorkerIdNumberTests(TestEngine engine)
{
    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open() => office = await AccessOffice.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task IdNumber_IsShownMasked_OnBothClocks()
    {
        var (first, second) = (Invented.IdNumber(), Invented.IdNumber());
        var recorded = await RecordAsync(first);
        var worker = recorded.Id;
        office.Clock.Pass(TimeSpan.FromSeconds(20));
        var then = $"workers/{worker}?knownAt={recorded.Body.GetProperty("recordedAt")}";
        var before = (await office.GetAsync("officer", then)).Expect(200);

        var corrected = await PatchAsync(worker, new { idNumber = second, reason = "misread" }, 1);
        var taken = await PatchAsync(worker, new Dictionary<string, object?> { ["idNumber"] = null }, 2);
        var after = await office.GetAsync("officer", then);
        var revisions = (await office.GetAsync("officer", $"workers/{worker}/revisions")).Expect(200).Items;

        Assert.That(MaskOf(recorded), Is.EqualTo(Invented.Masked(first)));
        Assert.That(MaskOf(corrected.Expect(200)), Is.EqualTo(Invented.Masked(second)));
        Assert.That(MaskOf(taken.Expect(200)), Is.Null);
        Assert.That(before.Body.GetProperty("knownAtClosed").GetBoolean(), Is.True);
        Assert.That(after.Text, Is.EqualTo(before.Text), "a closed answer never changes");
        Assert.That(after.Etag, Is.EqualTo(before.Etag));
        Assert.That(
            revisions.Select(r => r.GetProperty("idNumber").GetString()),
            Is.EqualTo(new[] { Invented.Masked(first), Invented.Masked(second), null })
        );
    }

    [Test]
    public async Task Patch_WithoutIt_KeepsIt_AndWithTheSame_ChangesNothing()
    {
        var number = Invented.IdNumber();
        var worker = (await RecordAsync(number)).Id;

        var kept = await PatchAsync(worker, new { careerStart = "2016-01-01" }, 1);
        var same = await PatchAsync(worker, new { idNumber = $" {number.ToLowerInvariant()} " }, 2);

        Assert.That(MaskOf(kept.Expect(200)), Is.EqualTo(Invented.Masked(number)));
        Assert.That(same.Expect(200).Body.GetProperty("revision").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public async Task Faults_AreToldWithoutTheNumber()
    {
        var number = Invented.IdNumber();
        var worker = (await RecordAsync(number, new { birthDate = "1901-03-07" })).Id;
        var other = Invented.IdNumber();
        (string Sent, AccessReply Reply, string Faults)[] refused =
        [
            (other, await PostAsync(Invented.Wrong(other)), "/idNumber id-number-check"),
            (other[..17], await PostAsync(other[..17]), "/idNumber id-number-length"),
            (other[..15], await PostAsync(other[..15]), "/idNumber id-number-old-form"),
            (number, await PostAsync(number), "/idNumber id-number-taken"),
            (
                other,
                await PostAsync(other, new { birthDate = "1901-03-08" }),
                "/idNumber id-number-and-birth-date, /birthDate id-number-and-birth-date"
            ),
            (
                number,
                await PatchAsync(worker, new { birthDate = "1902-03-07" }, 1),
                "/idNumber id-number-and-birth-date, /birthDate id-number-and-birth-date"
            ),
            (other, await PostAsync(null, new { number = other }), "/number id-number-elsewhere"),
            (
                other,
                await office.PostAsync("officer", $"workers/{worker}:reveal-id-number", new { reason = $"for {other}" }),
                "/reason id-number-elsewhere"
            ),
            (
                other,
                await office.PostAsync("officer", "workers:find-by-id-number", new { idNumber = Invented.Wrong(other) }),
                "/idNumber id-number-check"
            ),
        ];

        Assert.Multiple(() =>
        {
            foreach (var (sent, reply, faults) in refused)
            {
                Assert.That(FaultsOf(reply), Is.EqualTo(faults));
                Assert.That(reply.Text, Does.Not.Contain(sent).And.Not.Contain("19010307"));
            }
        });
        Assert.That(
            (await PatchAsync(worker, new Dictionary<string, object?> { ["birthDate"] = null }, 1)).Status,
            Is.EqualTo(200)
        );
    }

    [TestCase("changed")]
    [TestCase("taken away")]
    [TestCase("voided")]
    public async Task NumberThatNobodyHasAnyLonger_IsFree(string how)
    {
        var number = Invented.IdNumber();
        var worker = (await RecordAsync(number)).Id;

        var gone = how switch
        {
            "changed" => await PatchAsync(worker, new { idNumber = Invented.IdNumber() }, 1),
            "voided" => await office.PostAsync("officer", $"workers/{worker}:void", new { reason = "entered twice" }, "\"1-x\""),
            _ => await PatchAsync(worker, new Dictionary<string, object?> { ["idNumber"] = null }, 1),
        };

        gone.Expect(200);
        (await FindAsync("officer", number)).Expect(404);
        Assert.That((await RecordAsync(number)).Id, Is.Not.EqualTo(worker));
    }

    [Test]
    public async Task Find_AnswersWhoeverIsInScope_AndOtherwiseLikeNobody_AndIsAlwaysWrittenDown()
    {
        var (mine, others, nobodys) = (Invented.IdNumber(), Invented.IdNumber(), Invented.IdNumber());
        var worker = (await RecordAsync(mine)).Id;
        await RecordAsync(others, at: office.OtherWorks, by: TestAccounts.Office);

        var found = (await FindAsync("officer", mine)).Expect(200);
        var byVerifier = (await FindAsync("verifier", mine)).Expect(200);
        var outOfScope = await FindAsync("officer", others);
        var absent = await FindAsync("officer", nobodys);
        var entries = office
            .Store.Reader.OnConnection(c => c.ReadAudit(new AuditFilter(Account: "officer"), null, 3))
            .Select(e => $"{e.Action} {e.WorkerId} {e.Details}");

        Assert.That(found.Id, Is.EqualTo(worker));
        Assert.That(byVerifier.Id, Is.EqualTo(worker));
        Assert.That(MaskOf(found), Is.EqualTo(Invented.Masked(mine)));
        Assert.That(found.Body.GetProperty("etag").GetString(), Is.Not.Empty);
        Assert.That(outOfScope.Status, Is.EqualTo(404));
        Assert.That(outOfScope.Code, Is.EqualTo("id-number-not-found"));
        Assert.That(WithoutTrace(outOfScope), Is.EqualTo(WithoutTrace(absent)));
        Assert.That(outOfScope.Headers, Is.EqualTo(absent.Headers));
        Assert.That(
            entries,
            Is.EqualTo(
                new[]
                {
                    """findWorkerByIdNumber  {"found":false}""",
                    """findWorkerByIdNumber  {"found":false}""",
                    $$"""findWorkerByIdNumber {{worker}} {"found":true}""",
                }
            )
        );
    }

    /// <summary>A write that is refused tries a number out like a look-up, also of those whom the officer does not see.</summary>
    [Test]
    public async Task Refused_WriteWithANumber_IsWrittenDown()
    {
        var (others, nobodys) = (Invented.IdNumber(), Invented.IdNumber());
        await RecordAsync(others, at: office.OtherWorks, by: TestAccounts.Office);
        var worker = (await RecordAsync(Invented.IdNumber(), new { number = $"T-{nobodys[2..6]}" })).Id;

        var taken = await PostAsync(others);
        var planted = await PostAsync(nobodys, new { number = $"T-{nobodys[2..6]}" });
        var patched = await PatchAsync(worker, new { idNumber = others }, 1);
        var stale = await PatchAsync(worker, new { idNumber = nobodys }, 7);
        var without = await PostAsync(null, new { number = $"T-{nobodys[2..6]}" });
        var entries = office.Store.Reader.OnConnection(c => c.ReadAudit(new AuditFilter(Account: "officer"), null, 5));

        Assert.That(
            new[] { taken, planted, patched, stale, without }.Select(r => r.Code),
            Is.EqualTo(new[] { "id-number-taken", "worker-number-taken", "id-number-taken", "stale", "worker-number-taken" })
        );
        Assert.That(
            entries.Select(e => $"{e.Action} {e.WorkerId} {e.Details}"),
            Is.EqualTo(
                new[]
                {
                    $$"""changeWorker {{worker}} {"idNumber":"refused"}""",
                    $$"""changeWorker {{worker}} {"idNumber":"taken"}""",
                    """recordWorker  {"idNumber":"refused"}""",
                    """recordWorker  {"idNumber":"taken"}""",
                    $$"""recordWorker  {"workerId":"{{worker}}"}""",
                }
            )
        );
    }

    [Test]
    public async Task Refusal_ThatCannotBeWrittenDown_IsNotTold()
    {
        await using var own = await AccessOffice.OpenAsync(engine);
        var number = Invented.IdNumber();
        await RecordAsync(number, in_: own);
        await own.Store.Gate.MaintainAsync(c => c.Execute("DROP TABLE audit_entries"));

        var reply = await own.PostAsync("officer", "workers", Worker(number, null, own.Works));

        Assert.That(reply.Status, Is.EqualTo(503));
        Assert.That(reply.Text, Does.Not.Contain("id-number-taken"));
    }

    [Test]
    public async Task Reveal_NeedsAReason_WhichIsWrittenDownFirst()
    {
        var number = Invented.IdNumber();
        var worker = (await RecordAsync(number)).Id;
        var path = $"workers/{worker}:reveal-id-number";

        var blank = await office.PostAsync("officer", path, new { reason = " " });
        var verifier = await office.PostAsync("verifier", path, new { reason = "to see" });
        var none = await office.PostAsync("officer", $"workers/{office.Worker}:reveal-id-number", new { reason = "to see" });
        var stranger = await office.PostAsync(
            "officer",
            $"workers/{office.Stranger}:reveal-id-number",
            new { reason = "to see" }
        );
        var absent = await office.PostAsync(
            "officer",
            $"workers/{AccessOffice.Absent}:reveal-id-number",
            new { reason = "to see" }
        );
        Assert.That(Entries(worker), Is.Empty, "nothing was revealed so far");
        var revealed = await office.PostAsync("officer", path, new { reason = "on the certificate's form" });

        Assert.That(blank.Code, Is.EqualTo("reason-required"));
        Assert.That(verifier.Status, Is.EqualTo(403));
        Assert.That((none.Status, none.Code), Is.EqualTo((404, "no-id-number")));
        Assert.That((stranger.Status, stranger.Code), Is.EqualTo((404, "unknown-worker")));
        Assert.That(
            WithoutTrace(stranger).Replace($"{office.Stranger}", "", StringComparison.Ordinal),
            Is.EqualTo(WithoutTrace(absent))
        );
        Assert.That(revealed.Text, Is.EqualTo($$"""{"idNumber":"{{number}}"}"""));
        Assert.That(Entries(worker)[0], Is.EqualTo("""revealIdNumber {"reason":"on the certificate\u0027s form"}"""));
        using var client = office.Host.CreateClient(office.Host.OfficeToken);
        using var again = await client.PostAsync("/api/v1/" + path, Json(new { reason = "once more" }));
        Assert.That(again.Headers.CacheControl?.NoStore, Is.True);
    }

    [Test]
    public async Task Reveal_ThatCannotBeWrittenDown_RevealsNothing()
    {
        await using var own = await AccessOffice.OpenAsync(engine);
        var number = Invented.IdNumber();
        var worker = (await RecordAsync(number, in_: own)).Id;
        await own.Store.Gate.MaintainAsync(c => c.Execute("DROP TABLE audit_entries"));

        var reply = await own.PostAsync("officer", $"workers/{worker}:reveal-id-number", new { reason = "to see" });

        Assert.That(reply.Status, Is.EqualTo(503));
        Assert.That(reply.Text, Does.Not.Contain(number));
    }

    [Test]
    public async Task Request_ThatComesAgain_IsAnsweredAgain_AndItsHashTellsNothing()
    {
        var body = JsonSerializer.Serialize(Worker(Invented.IdNumber(), null, office.Works));
        using var client = office.Host.CreateClient(office.Host.OfficeToken);
        async Task<(int, string)> Send()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/workers");
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            request.Headers.Add("Idempotency-Key", "once-only");
            using var response = await client.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        var (first, second) = (await Send(), await Send());
        var hash = office.Store.Reader.OnConnection(c =>
            c.Prepared("SELECT request_hash FROM idempotency_keys WHERE idempotency_key = 'once-only'")
                .Read(c.Transaction, r => r.Bytes())
        )[0];

        Assert.That(first.Item1, Is.EqualTo(201), first.Item2);
        Assert.That(second, Is.EqualTo(first));
        var plain = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body));
        Assert.That(hash, Is.Not.EqualTo(plain), "who knows the rest of the request could try all numbers");
        Assert.That(hash, Is.EqualTo(office.Store.Key!.Blind(plain)));
    }

    [Test]
    public async Task TwoWhoRecordTheSameNumberAtOnce_OneIsRefused()
    {
        var number = Invented.IdNumber();
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostAsync(number)));

        Assert.That(replies.Select(r => r.Status).Order(), Is.EqualTo(new[] { 201, 409, 409, 409, 409, 409 }));
    }

    [Test]
    public async Task WithoutASetting_SqliteHasAKeyOfItsOwn_AndPostgresRefusesNumbersAndNothingElse()
    {
        await using var host = new KeylessHost(await engine.OpenAsync());
        if (engine == TestEngine.Sqlite)
        {
            Assert.That(host.Store.Key, Is.Not.Null);
            return;
        }
        using var client = host.CreateClient();
        using var district = await client.PostAsync(
            "/api/v1/organizations",
            Json(
                new
                {
                    name = "示例区总工会",
                    kind = "district-federation",
                    from = "2000-01-01",
                }
            )
        );
        var organization = JsonSerializer
            .Deserialize<JsonElement>(await district.Content.ReadAsStringAsync())
            .GetProperty("id")
            .GetGuid();

        using var plain = await client.PostAsync("/api/v1/workers", Json(Worker(null, null, organization)));
        using var numbered = await client.PostAsync("/api/v1/workers", Json(Worker(Invented.IdNumber(), null, organization)));
        using var find = await client.PostAsync(
            "/api/v1/workers:find-by-id-number",
            Json(new { idNumber = Invented.IdNumber() })
        );

        Assert.That((int)plain.StatusCode, Is.EqualTo(201));
        Assert.That((int)numbered.StatusCode, Is.EqualTo(422));
        Assert.That(await numbered.Content.ReadAsStringAsync(), Does.Contain("\"id-numbers-not-kept\""));
        Assert.That((int)find.StatusCode, Is.EqualTo(422));
    }

    private sealed class KeylessHost(TestDatabase database) : ApiHost(database)
    {
        protected override void ConfigureWebHost(Microsoft.AspNetCore.Hosting.IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Protection:KeyFile", "");
        }
    }

    internal static object Worker(string? idNumber, object? more, Guid at)
    {
        var worker = new Dictionary<string, object?>
        {
            ["name"] = "Ines Calder",
            ["affiliation"] = new
            {
                kind = "labour-contract",
                organizationId = at,
                from = "2015-01-01",
            },
        };
        if (idNumber is not null)
        {
            worker["idNumber"] = idNumber;
        }
        foreach (var property in more?.GetType().GetProperties() ?? [])
        {
            worker[property.Name] = property.GetValue(more);
        }
        return worker;
    }

    private Task<AccessReply> PostAsync(string? number, object? more = null) =>
        office.PostAsync("officer", "workers", Worker(number, more, office.Works));

    private async Task<AccessReply> RecordAsync(
        string number,
        object? more = null,
        Guid? at = null,
        string by = "officer",
        AccessOffice? in_ = null
    )
    {
        var where = in_ ?? office;
        return (await where.PostAsync(by, "workers", Worker(number, more, at ?? where.Works))).Expect(201);
    }

    private Task<AccessReply> PatchAsync(Guid worker, object patch, int revision) =>
        office.SendAsync("officer", HttpMethod.Patch, $"workers/{worker}", patch, $"\"{revision}-x\"");

    private Task<AccessReply> FindAsync(string account, string number) =>
        office.PostAsync(account, "workers:find-by-id-number", new { idNumber = number });

    private string[] Entries(Guid worker) =>
        [
            .. office
                .Store.Reader.OnConnection(c => c.ReadAudit(new AuditFilter(Worker: worker), null, 50))
                .Select(e => $"{e.Action} {e.Details}"),
        ];

    private static string? MaskOf(AccessReply reply) => reply.Body.GetProperty("idNumber").GetString();

    private static string FaultsOf(AccessReply reply) =>
        string.Join(
            ", ",
            reply.Body.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("pointer")} {e.GetProperty("code")}")
        );

    private static string WithoutTrace(AccessReply reply) =>
        System.Text.RegularExpressions.Regex.Replace(reply.Text, "\"traceId\":\"[^\"]*\"", "");

    private static StringContent Json(object body) =>
        new(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
}
