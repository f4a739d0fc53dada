using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using CareerCoordinates.Api.Erasures;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Protection;
using CareerCoordinates.Tests.Api.Sheets;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Reports;

/// <summary>A saved report gives the same bytes when it is opened again, or says why it cannot; it belongs to its account alone.</summary>
[BothEngines]
public class SavedReportTests(TestEngine engine)
{
    private AccessOffice office = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        office = await AccessOffice.OpenAsync(engine);
        office.Clock.Pass(TimeSpan.FromMinutes(1));
    }

    [OneTimeTearDown]
    public async Task Close() => await office.DisposeAsync();

    [Test]
    public async Task AMilestoneIsCorrectedLater_TheSavedReportStays_ANewOneTellsTheNewFigures()
    {
        var worker = await office.HireAsync(office.Works, "Su Wei");
        var recorded = (await office.PostAsync("officer", $"workers/{worker}/milestones", Certificate("4"))).Expect(201);
        (await office.DoAsync("verifier", worker, recorded.Id, "verify")).Expect(200);
        office.Clock.Pass(TimeSpan.FromMinutes(1));

        var saved = await SaveAsync("officer", "positions", []);
        var before = (await ResultAsync("officer", saved)).Expect(200);
        var seen = await office.GetAsync("officer", $"workers/{worker}/milestones/{recorded.Id}");
        (
            await office.SendAsync(
                "officer",
                HttpMethod.Put,
                $"workers/{worker}/milestones/{recorded.Id}",
                Certificate("3", "wrong grade"),
                seen.Etag
            )
        ).Expect(200);
        (await office.DoAsync("verifier", worker, recorded.Id, "verify")).Expect(200);
        office.Clock.Pass(TimeSpan.FromMinutes(1));
        var after = (await ResultAsync("officer", saved)).Expect(200);
        var anew = await SaveAsync("officer", "positions", []);
        var now = (await ResultAsync("officer", anew)).Expect(200);

        Assert.That(after.Bytes, Is.EqualTo(before.Bytes));
        Assert.That(Hex(after.Bytes), Is.EqualTo(saved["sha256"]));
        Assert.That(after.Body.GetProperty("knownAtClosed").GetBoolean(), Is.True);
        Assert.That($"{now.Body.GetProperty("cells")}", Is.Not.EqualTo($"{after.Body.GetProperty("cells")}"));
        Assert.That(Hex(now.Bytes), Is.EqualTo(anew["sha256"]).And.Not.EqualTo(saved["sha256"]));
    }

    [Test]
    public async Task EveryReport_CanBeSaved_AndOpenedInAnyForm([Values("officer", "analyst")] string account)
    {
        foreach (var report in KnownReports.All)
        {
            var saved = await SaveAsync(account, report.Name, report.Needed());
            office.Clock.Pass(TimeSpan.FromDays(40));

            var json = (await ResultAsync(account, saved)).Expect(200);
            var csv = (await ResultAsync(account, saved, ReportCalls.Csv)).Expect(200);
            var xlsx = (await ResultAsync(account, saved, ReportCalls.Xlsx)).Expect(200);

            Assert.That(Hex(json.Bytes), Is.EqualTo(saved["sha256"]), report.Name);
            Assert.That(json["counts"], Is.EqualTo(account == "officer" ? "exact" : "protected"), report.Name);
            Assert.That(
                json.Body.GetProperty("question").ToString(),
                Is.EqualTo(saved.Body.GetProperty("parameters").ToString())
            );
            Assert.That(SheetTests.ReadCsv(csv.Bytes), Is.Not.Empty, report.Name);
            using var workbook = SheetTests.Open(xlsx.Bytes);
            Assert.That(SheetTests.Names(workbook).First(), Is.EqualTo(report.Title.En));
        }
    }

    [Test]
    public async Task WhatIsLeftOut_IsPinned_AndTheLanguageToo()
    {
        var saved = await SaveAsync("analyst", "grid", [], "zh-CN");
        office.Clock.Pass(TimeSpan.FromDays(40));

        var result = (await ResultAsync("analyst", saved, language: "en")).Expect(200);

        var parameters = saved.Body.GetProperty("parameters");
        Assert.That(parameters.GetProperty("asOf").GetString(), Is.EqualTo(result["asOf"]));
        Assert.That(parameters.GetProperty("knownAt").GetString(), Is.EqualTo(saved["knownAt"]).And.EqualTo(result["knownAt"]));
        Assert.That(saved["language"], Is.EqualTo("zh-CN"));
        Assert.That(result["notice"], Does.Contain("受保护"));
        Assert.That(Hex(result.Bytes), Is.EqualTo(saved["sha256"]));
    }

    [Test]
    public async Task Account_SeesItsOwnOnly_PageByPage_AndDeletesThem()
    {
        await office.AccountAsync("keeper", AccessOffice.Grant(Role.Officer, office.Street));
        var ids = new List<string?>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await SaveAsync("keeper", "grid", [], name: $"no. {i}"))["id"]);
        }

        var first = (await office.AskAsync("keeper", "saved-reports?limit=2&count=true")).Expect(200);
        var next = (await office.AskAsync("keeper", $"saved-reports?limit=2&cursor={first["nextCursor"]}")).Expect(200);
        Assert.That(
            first.Body.GetProperty("items").EnumerateArray().Concat(next.Body.GetProperty("items").EnumerateArray()).Select(IdOf),
            Is.EqualTo(Enumerable.Reverse(ids))
        );
        Assert.That(first.Body.GetProperty("count").GetInt32(), Is.EqualTo(3));
        Assert.That((await office.AskAsync("keeper", $"saved-reports/{ids[0]}")).Expect(200)["name"], Is.EqualTo("no. 0"));
        foreach (var path in new[] { $"saved-reports/{ids[0]}", $"saved-reports/{ids[0]}/result" })
        {
            Assert.That((await office.AskAsync("analyst", path)).Expect(404)["code"], Is.EqualTo("unknown-saved-report"));
        }
        (await office.AskAsync("analyst", HttpMethod.Delete, $"saved-reports/{ids[0]}", null)).Expect(404);
        (await office.AskAsync("keeper", HttpMethod.Delete, $"saved-reports/{ids[0]}", null)).Expect(204);
        (await office.AskAsync("keeper", HttpMethod.Delete, $"saved-reports/{ids[0]}", null)).Expect(404);
        (await office.AskAsync("keeper", $"saved-reports/{ids[0]}/result")).Expect(404);
        var trail = (await office.GetAsync("auditor", "audit-entries?account=keeper")).Expect(200);
        Assert.That(
            trail.Items.Select(e => $"{e.GetProperty("action")} {e.GetProperty("details").GetProperty("savedReportId")}"),
            Is.EqualTo(Enumerable.Reverse(ids).Select(id => $"saveReport {id}").Prepend($"deleteSavedReport {ids[0]}"))
        );
        Assert.That((await office.AskAsync("auditor", "saved-reports")).Expect(403)["code"], Is.EqualTo("not-allowed"));
    }

    [Test]
    public async Task OtherRights_GiveOtherFigures_WhichAreNotShown()
    {
        await office.AccountAsync("mover", AccessOffice.Grant(Role.Officer, office.Street));
        var saved = await SaveAsync("mover", "grid", []);
        var empty = await office.FoundAsync("北街总工会", "street-union", office.District);
        await GrantAsync("mover", Role.Officer, empty);
        (await ResultAsync("mover", saved)).Expect(200);
        await GrantAsync("mover", Role.Officer, office.OtherStreet);

        var result = (await ResultAsync("mover", saved)).Expect(409);

        Assert.That(result["code"], Is.EqualTo("saved-result-differs"));
        Assert.That(result["detail"], Does.Contain("you see another part of the organisations than then"));
        Assert.That(
            (await ResultAsync("mover", saved, language: "zh")).Expect(409)["detail"],
            Does.Contain("您的统计范围与保存时不同")
        );
        Assert.That(result.Text, Does.Not.Contain("cells"));
    }

    [Test]
    public async Task RoleThatIsGone_LeavesNoAnswer()
    {
        await office.AccountAsync(
            "former",
            AccessOffice.Grant(Role.Officer, office.Street),
            AccessOffice.Grant(Role.Analyst, office.Street)
        );
        var saved = await SaveAsync("former", "grid", []);
        var accounts = (await office.GetAsync("administrator", "accounts")).Expect(200);
        var account = accounts.Items.Single(a => a.GetProperty("name").GetString() == "former");
        var grant = account.GetProperty("grants").EnumerateArray().Single(g => g.GetProperty("role").GetString() == "officer");
        (
            await office.SendAsync("administrator", HttpMethod.Post, $"accounts/{IdOf(account)}/grants/{IdOf(grant)}:revoke")
        ).Expect(200);

        var result = (await ResultAsync("former", saved)).Expect(409);

        Assert.That(result["code"], Is.EqualTo("saved-report-unanswerable"));
        Assert.That(result["detail"], Does.Contain("Your role sees protected counts only"));
    }

    /// <summary>The negative controls: what was saved is not what the record says, and the reason that is known is told.</summary>
    [Test]
    public async Task OtherBytes_AreNeverShown_AndTheReasonIsTold()
    {
        var saved = await SaveAsync("officer", "grid", []);
        var account = office.Store.Reader.OnConnection(c => c.FindAccount("officer"))!.Id;
        var kept = office.Store.Reader.OnConnection(c => c.FindSavedReport(account, Guid.Parse(saved["id"]!)))!;

        var tampered = (await PlantedAsync(await PlantAsync(kept with { AnswerHash = new byte[32] }))).Expect(409);
        var other = (await PlantedAsync(await PlantAsync(kept with { AnswerHash = new byte[32], Program = "0.9.0" }))).Expect(
            409
        );
        var unknown = (await PlantedAsync(await PlantAsync(kept with { Report = "pie" }))).Expect(409);
        var erased = await office.HireAsync(office.OtherWorks, "Ren Yi");
        await EraseWorker.RunAsync(office.Store, erased, "request 118");
        var since = (await PlantedAsync(await PlantAsync(kept with { AnswerHash = new byte[32] }))).Expect(409);

        Assert.That(tampered["detail"], Does.Contain("the record itself is not what it was"));
        Assert.That(other["detail"], Does.Contain("it was answered by version 0.9.0 of the program"));
        Assert.That(unknown["code"], Is.EqualTo("saved-report-unanswerable"));
        Assert.That(since["detail"], Does.Contain("a person was erased since"));
        (await ResultAsync("officer", saved)).Expect(200);

        async Task<Guid> PlantAsync(SavedReport planted)
        {
            var id = Guid.CreateVersion7();
            await office.Store.Gate.RunAsync<bool>(tx =>
            {
                tx.Add(planted with { Id = id });
                return true;
            });
            return id;
        }

        Task<Reply> PlantedAsync(Guid id) => office.AskAsync("officer", $"saved-reports/{id}/result");
    }

    [Test]
    public async Task Saved_CannotBeChangedByAnybody()
    {
        await SaveAsync("officer", "grid", []);
        using var connection = office.Store.Engine.OpenWrite();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE saved_reports SET name = name";

        Assert.That(command.ExecuteNonQuery, Throws.InstanceOf<DbException>().With.Message.Contains("append-only"));
    }

    [Test]
    public async Task SameKey_IsSavedOnce()
    {
        var body = new
        {
            name = "once",
            report = "grid",
            parameters = new { },
        };
        var key = ("Idempotency-Key", "saved-once");

        var first = (await office.AskAsync("officer", HttpMethod.Post, "saved-reports", body, header: key)).Expect(201);
        var again = (await office.AskAsync("officer", HttpMethod.Post, "saved-reports", body, header: key)).Expect(201);

        Assert.That(again.Bytes, Is.EqualTo(first.Bytes));
    }

    [TestCase("""{"name":" ","report":"grid","parameters":{}}""", 400, "text-required", "/name")]
    [TestCase("""{"name":"x","report":"pie","parameters":{}}""", 400, "value-not-allowed", "/report")]
    [TestCase("""{"name":"x","report":"grid"}""", 400, "member-missing", "/parameters")]
    [TestCase("""{"name":"x","report":"grid","parameters":{"asOf":5}}""", 400, "not-a-text", "/parameters/asOf")]
    [TestCase("""{"name":"x","report":"grid","parameters":{"asOf":"soon"}}""", 400, "not-a-day", "/parameters/asOf")]
    [TestCase("""{"name":"x","report":"grid","parameters":{"a/b":"1"}}""", 400, "unknown-parameter", "/parameters/a~1b")]
    [TestCase("""{"name":"x","report":"transitions","parameters":{}}""", 400, "parameter-missing", "/parameters/channel")]
    [TestCase("""{"name":"x","report":"grid","parameters":{"stage":"dusk"}}""", 400, "unknown-stage", "/parameters/stage")]
    [TestCase(
        """{"name":"x","report":"grid","parameters":{"counts":"protected"}}""",
        403,
        "protected-counts-not-allowed",
        "/parameters/counts"
    )]
    [TestCase(
        """{"name":"x","report":"grid","parameters":{"knownAt":"2199-01-01T00:00:00Z"}}""",
        400,
        "known-at-in-future",
        "/parameters/knownAt"
    )]
    public async Task BadQuestion_IsRefusedWithItsPlace(string body, int status, string code, string pointer)
    {
        var refused = (
            await office.AskAsync("officer", HttpMethod.Post, "saved-reports", JsonSerializer.Deserialize<JsonElement>(body))
        ).Expect(status);

        Assert.That(refused["code"], Is.EqualTo(code));
        Assert.That(refused.Body.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo(pointer));
    }

    [Test]
    public async Task IdNumber_IsNotSaved()
    {
        var body = new
        {
            name = "x",
            report = "grid",
            parameters = new { industry = Invented.IdNumber() },
        };

        var refused = (await office.AskAsync("officer", HttpMethod.Post, "saved-reports", body)).Expect(422);

        Assert.That(refused["code"], Is.EqualTo("id-number-elsewhere"));
    }

    [Test]
    public async Task RecordThatIsOpen_IsNotSaved()
    {
        var now = office.Store.Clock.ProcessNow.ToString();
        var body = new
        {
            name = "x",
            report = "grid",
            parameters = new { knownAt = now },
        };

        var refused = (await office.AskAsync("officer", HttpMethod.Post, "saved-reports", body)).Expect(400);

        Assert.That(refused["code"], Is.EqualTo("saved-known-at-not-closed"));
    }

    private async Task<Reply> SaveAsync(
        string account,
        string report,
        Dictionary<string, string> parameters,
        string language = "en",
        string name = "saved"
    )
    {
        var body = new
        {
            name,
            report,
            parameters,
        };
        return (await office.AskAsync(account, HttpMethod.Post, "saved-reports", body, language: language)).Expect(201);
    }

    private Task<Reply> ResultAsync(string account, Reply saved, string accept = "application/json", string language = "en") =>
        office.AskAsync(account, $"saved-reports/{saved["id"]}/result", accept, language);

    private async Task GrantAsync(string account, Role role, Guid organization)
    {
        var id = office.Store.Reader.OnConnection(c => c.FindAccount(account))!.Id;
        await office.Store.Gate.RunAsync<bool>(tx =>
        {
            tx.Add(id, AccessOffice.Grant(role, organization), "test");
            return true;
        });
    }

    private static object Certificate(string grade, string? reason = null)
    {
        var content = new Dictionary<string, object>
        {
            ["type"] = "skill-level-certificate",
            ["occurredOn"] = "2020-11-30",
            ["attributes"] = new { grade, certificateNo = "A1" },
        };
        if (reason is not null)
        {
            content["reason"] = reason;
        }
        return content;
    }

    private static string? IdOf(JsonElement item) => item.GetProperty("id").GetString();

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
