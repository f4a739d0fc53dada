using System.Net.Http.Json;
using System.Text.Json;
using CareerCoordinates.Data;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Tests.Api.Access;
using CareerCoordinates.Tests.Api.Durability;
using CareerCoordinates.Tests.Api.Sheets;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Reports;

/// <summary>The command <c>report</c> as a process of its own: on the database itself, and by a server that runs.</summary>
[BothEngines]
public class ReportCommandTests(TestEngine engine)
{
    private const string Question = "report positions --as-of 2025-12-31 --group-by level";

    [Test]
    public async Task Report_ComesFromTheDatabase_OrFromItsServer_AndIsTheSame()
    {
        await using var database = await engine.OpenAsync();
        string csv;
        using (var server = await ServerProcess.StartAsync(database))
        {
            // While there is no account, whoever is on this machine may do everything.
            await FillAsync(server.Address);
            var byServer = await CommandProcess.RunAsync(
                database,
                $"{Question} --format csv --language zh --url {server.Address}"
            );
            var besides = await CommandProcess.RunAsync(database, $"{Question} --format csv --language zh");
            csv = byServer.Output;

            Assert.That(byServer.ExitCode, Is.EqualTo(0), byServer.Said);
            if (engine == TestEngine.Sqlite)
            {
                Assert.That(besides.ExitCode, Is.EqualTo(1));
                Assert.That(besides.Said, Does.Contain("--url").And.Contain("CAREER_TOKEN"));
            }
            else
            {
                Assert.That(besides, Is.EqualTo(byServer));
            }
        }
        var alone = await CommandProcess.RunAsync(database, $"{Question} --format csv --language zh");
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".xlsx");
        var refused = await CommandProcess.RunAsync(database, "report positions --group-by moon --level 99");
        var written = await CommandProcess.RunAsync(database, $"{Question} --format xlsx --output {file}");

        Assert.That(alone, Is.EqualTo((0, csv, "")));
        Assert.That(
            SheetTests.ReadCsv(System.Text.Encoding.UTF8.GetBytes(csv)),
            Is.EqualTo(new[] { new[] { "层代码", "层", "职工人数" }, ["0", "无", "1"] })
        );
        Assert.That(refused.ExitCode, Is.EqualTo(2));
        Assert.That(refused.Said, Does.StartWith("--level: ").And.Contain("--group-by: There is no dimension 'moon'."));
        Assert.That(refused.Output, Is.Empty);
        Assert.That(written, Is.EqualTo((0, "", "")));
        using var workbook = SheetTests.Open(await File.ReadAllBytesAsync(file));
        Assert.That(SheetTests.Names(workbook), Is.EqualTo(new[] { "positions", "about" }));
        File.Delete(file);
    }

    [Test]
    public async Task Server_WithAccounts_WantsAToken_AndGivesWhatItsRoleMay()
    {
        await using var database = await engine.OpenAsync();
        string officerToken,
            analystToken;
        await using (
            var store = await CareerStore.OpenAsync(
                TestStore.EngineOf(database),
                TimeProvider.System,
                TestFrameworks.Chaoyang,
                migrate: true
            )
        )
        {
            officerToken = await store.SignInAsync("officer", null, AccessOffice.Grant(Role.Officer, null));
            analystToken = await store.SignInAsync("analyst", null, AccessOffice.Grant(Role.Analyst, null));
        }
        using var server = await ServerProcess.StartAsync(database);
        await ReadyAsync(server.Address, officerToken);

        var nobody = await CommandProcess.RunAsync(database, $"report grid --url {server.Address}");
        var officer = await CommandProcess.RunAsync(database, $"report grid --url {server.Address}", officerToken);
        var guarded = await CommandProcess.RunAsync(database, $"report grid --url {server.Address} --counts exact", analystToken);

        Assert.That(nobody.ExitCode, Is.EqualTo(1));
        Assert.That(nobody.Said, Does.Contain("CAREER_TOKEN"));
        Assert.That(officer.ExitCode, Is.EqualTo(0), officer.Said);
        Assert.That(
            JsonSerializer.Deserialize<JsonElement>(officer.Output).GetProperty("counts").GetString(),
            Is.EqualTo("exact")
        );
        Assert.That(guarded.ExitCode, Is.EqualTo(1));
        Assert.That(guarded.Said, Does.StartWith("--counts: Your role sees protected counts only."));
    }

    [Test]
    public async Task Line_ThatIsMistaken_Gives2_AndNoServer_1()
    {
        await using var database = await engine.OpenAsync();

        var mistaken = await CommandProcess.RunAsync(database, "report pie");
        var nowhere = await CommandProcess.RunAsync(database, "report grid --url http://127.0.0.1:1");

        Assert.That(mistaken.ExitCode, Is.EqualTo(2));
        Assert.That(nowhere.ExitCode, Is.EqualTo(1));
        Assert.That(nowhere.Said, Does.Contain("does not answer"));
        if (engine == TestEngine.Sqlite)
        {
            var none = await CommandProcess.RunAsync(database, "report grid");
            Assert.That(none.ExitCode, Is.EqualTo(1));
            Assert.That(none.Said, Does.StartWith("There is no database "));
        }
    }

    private static async Task FillAsync(Uri server)
    {
        using var client = new HttpClient { BaseAddress = server };
        var organization = await IdOfAsync(
            client,
            "organizations",
            new
            {
                kind = "district-federation",
                name = "示例区总工会",
                from = "2000-01-01",
            }
        );
        await IdOfAsync(
            client,
            "workers",
            new
            {
                name = "Ma Lan",
                affiliation = new
                {
                    kind = "union-only",
                    organizationId = organization,
                    from = "2015-01-01",
                },
            }
        );
        await ReadyAsync(server, null);
    }

    /// <summary>The columns are read a moment after the start.</summary>
    private static async Task ReadyAsync(Uri server, string? token)
    {
        using var client = new HttpClient { BaseAddress = server };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);
        while ((await client.GetAsync("/api/v1/reports/grid")).StatusCode == System.Net.HttpStatusCode.ServiceUnavailable)
        {
            await Task.Delay(50);
        }
    }

    private static async Task<string?> IdOfAsync(HttpClient client, string things, object body)
    {
        using var response = await client.PostAsJsonAsync($"/api/v1/{things}", body);
        var recorded = await response.Content.ReadFromJsonAsync<JsonElement>();
        return recorded.GetProperty("id").GetString();
    }
}
