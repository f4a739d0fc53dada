using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CareerCoordinates.Data;
using CareerCoordinates.Tests.Api.Durability;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>
/// The server is killed while it commits a sheet, at any point: three times in every run, fifty times in <c>tests/run --release</c>. What is
/// there afterwards is the whole sheet or nothing of it. CAREER_TEST_SEED repeats a run.
/// </summary>
[BothEngines]
public class ImportKillTests(TestEngine engine)
{
    private const int People = 200;

    private static int Kills => Environment.GetEnvironmentVariable("CAREER_TEST_RELEASE") == "1" ? 50 : 3;

    [Test]
    public async Task AServerKilledInACommit_HasWrittenTheWholeSheetOrNothing()
    {
        var random = new Random(TestSeed.Take());
        await using var database = await engine.OpenAsync();
        string token;
        await using (
            var store = await CareerStore.OpenAsync(
                TestStore.EngineOf(database),
                TimeProvider.System,
                TestFrameworks.Chaoyang,
                migrate: true
            )
        )
        {
            token = await store.SignInOfficeAsync();
        }
        var (expected, longest) = (0L, TimeSpan.FromSeconds(2));
        using (var first = await ServerProcess.StartAsync(database))
        {
            using var client = ClientOf(first, token);
            await HireAsync(client);
            // How long a commit takes here, so that the kills fall into it.
            var import = await UploadAsync(client, "milestones", Sheet(0));
            var start = TimeProvider.System.GetTimestamp();
            await CommitAsync(client, import);
            await UntilAsync(client, import, "committed");
            longest = TimeProvider.System.GetElapsedTime(start);
            expected += People;
        }
        for (var kill = 1; kill <= Kills; kill++)
        {
            Guid import;
            using (var server = await ServerProcess.StartAsync(database))
            {
                using var client = ClientOf(server, token);
                import = await UploadAsync(client, "milestones", Sheet(kill));
                await CommitAsync(client, import);
                await Task.Delay(longest * random.NextDouble());
                await server.KillAsync();
            }
            using var next = await ServerProcess.StartAsync(database);
            using var after = ClientOf(next, token);
            var there = await CountAsync(after);
            var state = (await ReadAsync(after, $"imports/{import}")).GetProperty("state").GetString();
            var isWhole = there == expected + People;

            Assert.That(there, Is.EqualTo(expected).Or.EqualTo(expected + People), $"kill {kill}: half a sheet");
            Assert.That(isWhole, Is.EqualTo(state == "committed"), $"kill {kill}: {state} with {there - expected} rows");
            if (engine == TestEngine.Sqlite && !isWhole)
            {
                // One process writes to a file: at its start it knows that nobody works at it.
                await UntilAsync(after, import, "checked");
                await CommitAsync(after, import);
                await UntilAsync(after, import, "committed");
                isWhole = true;
                Assert.That(await CountAsync(after), Is.EqualTo(expected + People), "and it can be committed again");
            }
            expected += isWhole ? People : 0;
        }
    }

    private static string Sheet(int number)
    {
        var day = new DateOnly(2012, 1, 1).AddDays(number);
        var sheet = new StringBuilder("工号,单位,发生日期,等级,证书编号\n");
        for (var i = 0; i < People; i++)
        {
            sheet.Append(null, $"{i:D4},Works,{day:yyyy-MM-dd},4,C-{number}-{i}\n");
        }
        return sheet.ToString();
    }

    private static async Task HireAsync(HttpClient client)
    {
        using var content = new StringContent(
            """{"kind":"enterprise","name":"Works","from":"2000-01-01"}""",
            Encoding.UTF8,
            "application/json"
        );
        using var made = await client.PostAsync("/api/v1/organizations", content);
        Assert.That((int)made.StatusCode, Is.EqualTo(201), await made.Content.ReadAsStringAsync());
        var roster = new StringBuilder("姓名,工号,参加工作日期,单位,关系类型,入职日期\n");
        for (var i = 0; i < People; i++)
        {
            roster.Append(null, $"Worker {i},{i:D4},2010-07-01,Works,劳动合同,2010-07-01\n");
        }
        var import = await UploadAsync(client, "workers", roster.ToString());
        await CommitAsync(client, import);
        await UntilAsync(client, import, "committed");
    }

    private static HttpClient ClientOf(ServerProcess server, string token)
    {
        var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<Guid> UploadAsync(HttpClient client, string kind, string csv)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "sheet.csv" },
            { new StringContent(kind), "kind" },
        };
        if (kind == "milestones")
        {
            form.Add(new StringContent("skill-level-certificate"), "type");
        }
        using var sent = await client.PostAsync("/api/v1/imports", form);
        var text = await sent.Content.ReadAsStringAsync();
        Assert.That((int)sent.StatusCode, Is.EqualTo(202), text);
        using var body = JsonDocument.Parse(text);
        var import = body.RootElement.GetProperty("id").GetGuid();
        await UntilAsync(client, import, "checked");
        return import;
    }

    private static async Task CommitAsync(HttpClient client, Guid import)
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var reply = await client.PostAsync($"/api/v1/imports/{import}:commit", content);
        Assert.That((int)reply.StatusCode, Is.EqualTo(202), await reply.Content.ReadAsStringAsync());
    }

    private static async Task UntilAsync(HttpClient client, Guid import, string state)
    {
        for (var i = 0; i < 3_000; i++)
        {
            var now = await ReadAsync(client, $"imports/{import}");
            if (now.GetProperty("state").GetString() == state)
            {
                Assert.That(now.GetProperty("refuse").GetInt32(), Is.Zero, now.GetRawText());
                return;
            }
            await Task.Delay(20);
        }
        throw new AssertionException($"It does not become {state}.");
    }

    private static async Task<long> CountAsync(HttpClient client) =>
        (await ReadAsync(client, "milestones?count=true&limit=1")).GetProperty("count").GetInt64();

    private static async Task<JsonElement> ReadAsync(HttpClient client, string path)
    {
        using var reply = await client.GetAsync("/api/v1/" + path);
        var text = await reply.Content.ReadAsStringAsync();
        Assert.That((int)reply.StatusCode, Is.EqualTo(200), text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }
}
