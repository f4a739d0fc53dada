using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;
using Microsoft.Extensions.Configuration;

namespace CareerCoordinates.Tests.Api.Access;

/// <summary>A worker is told what is kept about him before his record opens, and says that he was told.</summary>
[BothEngines]
public class NoticeTests(TestEngine engine)
{
    private const string Password = "a sentence that only I know";

    [Test]
    public async Task OwnRecord_OpensWhenTheNoticeIsAcknowledged()
    {
        await using var office = await AccessOffice.OpenAsync(engine);
        var (client, worker) = await WorkerAsync(office, "ruth");
        using var _ = client;
        var own = $"workers/{worker}";

        Assert.That((await GetAsync(client, "notice")).Body.GetProperty("zh").GetProperty("seenBy").GetString(), Is.Not.Empty);
        Assert.That((await GetAsync(client, "me")).Body.GetProperty("noticeToAcknowledge").GetInt32(), Is.EqualTo(1));
        foreach (var path in new[] { own, own + "/coordinate", own + "/milestones", own + "/next-steps" })
        {
            var before = await GetAsync(client, path);
            Assert.That((before.Status, before.Code), Is.EqualTo((403, "notice-not-acknowledged")), path);
            Assert.That(before.Text, Does.Contain("PUT /api/v1/me/notice"), "the remedy");
        }
        Assert.That((await GetAsync(client, $"workers/{office.Stranger}")).Status, Is.EqualTo(404), "others do not exist");
        Assert.That((await AcknowledgeAsync(client, 2)).Code, Is.EqualTo("notice-of-another-version"));
        Assert.That((await AcknowledgeAsync(client, 1)).Status, Is.EqualTo(204));
        Assert.That((await AcknowledgeAsync(client, 1)).Status, Is.EqualTo(204));
        Assert.That((await GetAsync(client, own)).Status, Is.EqualTo(200));
        Assert.That(
            (await GetAsync(client, "me")).Body.GetProperty("noticeToAcknowledge").ValueKind,
            Is.EqualTo(System.Text.Json.JsonValueKind.Null)
        );
        var trail = await office.GetAsync("auditor", "audit-entries?account=ruth");
        Assert.That(
            trail.Items.Count(e => e.GetProperty("action").GetString() == "acknowledgeNotice"),
            Is.EqualTo(1),
            "who acknowledges again has acknowledged already"
        );
    }

    [Test]
    public async Task BeforeTheNotice_OneMayChangeThePasswordAndSignOut()
    {
        await using var office = await AccessOffice.OpenAsync(engine);
        var (client, worker) = await WorkerAsync(office, "sven");
        using var _ = client;
        using var changed = await client.PutAsync(
            "/api/v1/me/password",
            Json($$"""{"current":"{{Password}}","new":"another sentence for me"}""")
        );
        using var again = office.Host.CreateClient(await office.Store.SignInAsync("sven", worker));
        using var signedOut = await again.PostAsync("/api/v1/sign-out", null);

        Assert.That((int)changed.StatusCode, Is.EqualTo(204));
        Assert.That((int)signedOut.StatusCode, Is.EqualTo(204));
    }

    [Test]
    public async Task OfficerWhoIsAWorkerToo_GoesOnWithOthers()
    {
        await using var office = await AccessOffice.OpenAsync(engine);
        var colleague = await office.HireAsync(office.Works, "Uwe Quay");
        var (client, worker) = await WorkerAsync(office, "tina");
        using var _ = client;
        var account = office.Store.Reader.OnConnection(c => c.FindAccount("tina"))!.Id;
        (
            await office.PostAsync(
                "administrator",
                $"accounts/{account}/grants",
                new { role = "officer", organizationId = office.Street }
            )
        ).Expect(200);

        Assert.That((await GetAsync(client, $"workers/{colleague}")).Status, Is.EqualTo(200));
        Assert.That((await GetAsync(client, $"workers/{worker}")).Code, Is.EqualTo("notice-not-acknowledged"));
    }

    [Test]
    public async Task NewVersion_IsAcknowledgedAnew()
    {
        await using var database = await engine.OpenAsync();
        var lasting = new TestDatabase(database.Engine, database.ConnectionString, () => Task.CompletedTask);
        var second = await NoticeFileAsync(2);
        Guid worker;
        string token;
        await using (var host = new ApiHost(lasting))
        {
            worker = (await host.Store.Gate.RunAsync<Guid>(tx => Hire(tx))).Value;
            token = await host.Store.SignInAsync("vera", worker);
            using var client = host.CreateClient(token);
            Assert.That((await GetAsync(client, $"workers/{worker}")).Status, Is.EqualTo(200));
        }

        await using var renewed = new ApiHost(lasting) { NoticeFile = second };
        using var same = renewed.CreateClient(token);
        var before = await GetAsync(same, $"workers/{worker}");
        var acknowledged = await AcknowledgeAsync(same, 2);
        var after = await GetAsync(same, $"workers/{worker}");

        Assert.That((before.Status, before.Code), Is.EqualTo((403, "notice-not-acknowledged")));
        Assert.That((acknowledged.Status, after.Status), Is.EqualTo((204, 200)));
        File.Delete(second);
    }

    [Test]
    public async Task Version_NeverSaysSomethingElse_NorGoesBack()
    {
        await using var test = await TestStore.OpenAsync(engine);
        await test.Store.PublishNoticeAsync(2, "what we keep");
        await test.Store.PublishNoticeAsync(2, "what we keep");

        Assert.That(
            () => test.Store.PublishNoticeAsync(2, "something else"),
            Throws.InstanceOf<NoticeMismatchException>().With.Message.Contains("Give the file version 3.")
        );
        Assert.That(
            () => test.Store.PublishNoticeAsync(1, "what we kept"),
            Throws.InstanceOf<NoticeMismatchException>().With.Message.Contains("older version 1")
        );
    }

    [TestCase("UPDATE notices SET content = 'x'")]
    [TestCase("DELETE FROM notices")]
    [TestCase("UPDATE notice_acknowledgements SET version = 5")]
    [TestCase("DELETE FROM notice_acknowledgements")]
    public async Task NoticesAndAcknowledgements_CannotBeChangedByAnybody(string sql)
    {
        await using var test = await TestStore.OpenAsync(engine);
        await test.Store.PublishNoticeAsync(1, "what we keep");
        await test.Store.SignInAsync("walt", null);
        using var connection = test.Store.Engine.OpenWrite();
        using var command = connection.CreateCommand();
        command.CommandText = sql;

        Assert.That(
            command.ExecuteNonQuery,
            Throws.InstanceOf<System.Data.Common.DbException>().With.Message.Contains("append-only")
        );
    }

    private static Guid Hire(CareerCoordinates.Data.Record.RecordTransaction tx)
    {
        var id = tx.NewId();
        var content = new CareerCoordinates.Domain.People.WorkerContent(null, "Vera Quay", null, null, null, null);
        tx.Add(
            new CareerCoordinates.Domain.Revision<CareerCoordinates.Domain.People.WorkerContent>(
                id,
                1,
                false,
                content,
                null,
                tx.RecordedAt,
                "test"
            )
        );
        return id;
    }

    /// <summary>The seeds' notice under another version.</summary>
    internal static async Task<string> NoticeFileAsync(int version, string from = "\"version\": 1")
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "seeds", "notices", "notice.json"));
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, text.Replace(from, $"\"version\": {version}", StringComparison.Ordinal));
        return path;
    }

    /// <summary>A client of a worker who has just made his account by a code of his officer.</summary>
    private static async Task<(HttpClient Client, Guid Worker)> WorkerAsync(AccessOffice office, string name)
    {
        var worker = await office.HireAsync(office.Works, name);
        var made = (await office.PostAsync("officer", $"workers/{worker}/claim-codes", new { })).Expect(201);
        var claim = new
        {
            name,
            code = made.Body.GetProperty("code").GetString(),
            account = name,
            password = Password,
        };
        (await office.PostAsync("anonymous", "claims", claim)).Expect(200);
        var reply = await office.PostAsync("anonymous", "sign-in", new { account = name, password = Password });
        return (office.Host.CreateClient(reply.Expect(200).Body.GetProperty("token").GetString()), worker);
    }

    private static async Task<AccessReply> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync("/api/v1/" + path);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), null, []);
    }

    private static async Task<AccessReply> AcknowledgeAsync(HttpClient client, int version)
    {
        using var response = await client.PutAsync("/api/v1/me/notice", Json($$"""{"version":{{version}}}"""));
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), null, []);
    }

    private static StringContent Json(string text) => new(text, System.Text.Encoding.UTF8, "application/json");
}

/// <summary>The notice's file is checked whole before anything starts.</summary>
public class NoticeFileTests
{
    [TestCase("{}", "version")]
    [TestCase("no JSON", "JSON")]
    [TestCase("""{"version":0}""", "zh")]
    public async Task FaultyNotice_StopsTheStartInOneLine(string text, string named)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, text);
        var configuration = Configuration(path);

        Assert.That(
            () => NoticeLoading.Load(configuration),
            Throws.InstanceOf<SettingException>().With.Message.Contains(named).And.Message.Not.Contains("\n")
        );
        File.Delete(path);
    }

    [Test]
    public void MissingNotice_IsNamed() =>
        Assert.That(
            () => NoticeLoading.Load(Configuration("no-such-notice.json")),
            Throws.InstanceOf<SettingException>().With.Message.Contains("no-such-notice.json")
        );

    [Test]
    public async Task EmptyText_IsNamedWithItsPlace()
    {
        var path = await NoticeTests.NoticeFileAsync(1, "\"version\": 1");
        var text = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        text["en"]!["contact"] = " ";
        await File.WriteAllTextAsync(path, text.ToJsonString());

        Assert.That(
            () => NoticeLoading.Load(Configuration(path)),
            Throws.InstanceOf<SettingException>().With.Message.Contains("/en/contact")
        );
        File.Delete(path);
    }

    private static IConfiguration Configuration(string path) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Notice:File", path)]).Build();
}
