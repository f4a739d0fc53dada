using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CareerCoordinates.Tests.Api.Durability;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Imports;

/// <summary>The command <c>import</c> as a process of its own: on the database itself, and by a server that runs.</summary>
[BothEngines]
public class ImportCommandTests(TestEngine engine)
{
    private const string Roster = "姓名,工号,单位,关系类型,入职日期\n马岚,0042,示例区总工会,劳动合同,2015-03-01\n";
    private const string Sheet =
        "单位,工号,发生日期,等级,证书编号\n示例区总工会,0042,2025-03-01,高级工,A-1\n示例区总工会,0042,2025-02-30,技师,A-2\n";

    [Test]
    public async Task Sheet_IsCheckedWrittenAndTakenBack_ByTheServer_AndByTheDatabase()
    {
        await using var database = await engine.OpenAsync();
        var folder = Directory.CreateTempSubdirectory("career-import-").FullName;
        string FileOf(string name, string text)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
            return Path.Combine(folder, name);
        }
        var roster = FileOf("roster.csv", Roster);
        var sheet = FileOf("sheet.csv", Sheet);
        var result = Path.Combine(folder, "result.csv");
        var certificates = $"import {sheet} --type skill-level-certificate";
        Guid worker;
        using (var server = await ServerProcess.StartAsync(database))
        {
            await RecordDistrictAsync(server.Address);
            var by = $"--url {server.Address}";

            var people = await CommandProcess.RunAsync(database, $"import {roster} --kind workers {by}");
            Assert.That(people.ExitCode, Is.EqualTo(0), people.Said + people.Output);
            Assert.That(people.Said, Does.Contain("checking: done in ").And.Contain("writing: done in "));
            worker = await OnlyWorkerAsync(server.Address);

            var again = await CommandProcess.RunAsync(database, $"import {roster} --kind workers {by}");
            Assert.That(again.ExitCode, Is.EqualTo(0), again.Said);
            Assert.That(again.Output, Does.Contain("1 as the record says already").And.Contain("Nothing was written."));

            var refused = await CommandProcess.RunAsync(database, $"{certificates} {by} --output {result}");
            Assert.That(refused.ExitCode, Is.EqualTo(1), refused.Said);
            Assert.That(refused.Output, Does.Contain("C3: ").And.Contain("1 to create").And.Contain("--refused skip"));
            Assert.That(await File.ReadAllTextAsync(result), Does.Contain("would be created").And.Contain("refused: C3"));
            Assert.That(await MilestonesAsync(server.Address, worker), Is.Empty);

            var skipped = await CommandProcess.RunAsync(database, $"{certificates} {by} --refused skip --language zh");
            Assert.That(skipped.ExitCode, Is.EqualTo(3), skipped.Said);
            Assert.That(skipped.Said, Does.StartWith("预检：已完成，用时 ").And.Contain("写入：已完成，用时 "));
            Assert.That(
                skipped.Output,
                Does.Contain("共 2 行：新增 1，变更 0，与记录相同 0，不能导入 1。")
                    .And.Match("(?s)如需撤销：import --undo .*核验")
            );

            var noType = await CommandProcess.RunAsync(database, $"import {sheet} --type nope {by}");
            Assert.That((noType.ExitCode, noType.Output), Is.EqualTo((2, "")), noType.Said);
            Assert.That(noType.Said, Does.StartWith("--type: There is no milestone type 'nope'."));
            Assert.That(await MilestonesAsync(server.Address, worker), Is.EqualTo(["submitted"]));

            var undone = await CommandProcess.RunAsync(database, $"{UndoOf(skipped.Output)} {by}");
            Assert.That(undone.ExitCode, Is.EqualTo(0), undone.Said);
            Assert.That(await MilestonesAsync(server.Address, worker), Is.EqualTo(["voided"]));

            if (engine == TestEngine.Sqlite)
            {
                var besides = await CommandProcess.RunAsync(database, certificates);
                Assert.That(besides.ExitCode, Is.EqualTo(1));
                Assert.That(besides.Said, Does.Contain("--url").And.Contain("CAREER_TOKEN"));
            }
        }
        FileOf("sheet.csv", Sheet.Replace("02-30", "02-28", StringComparison.Ordinal));

        var typeOfNone = await CommandProcess.RunAsync(database, $"import {sheet} --type nope --language zh");
        Assert.That((typeOfNone.ExitCode, typeOfNone.Output), Is.EqualTo((2, "")), typeOfNone.Said);
        Assert.That(typeOfNone.Said, Does.StartWith("--type: 没有成长节点类型“nope”。"));
        var tried = await CommandProcess.RunAsync(database, $"{certificates} --dry-run");
        Assert.That(tried.ExitCode, Is.EqualTo(0), tried.Said);
        Assert.That(tried.Output, Does.Contain("2 to create").And.EndWith("Nothing was written.\n"));
        var written = await CommandProcess.RunAsync(database, $"{certificates} --output {result}");
        Assert.That(written.ExitCode, Is.EqualTo(0), written.Said);
        Assert.That(Regex.Count(await File.ReadAllTextAsync(result), ",created"), Is.EqualTo(2));
        var same = await CommandProcess.RunAsync(database, certificates);
        Assert.That(same.Output, Does.Contain("2 as the record says already"));
        var takenBack = await CommandProcess.RunAsync(database, UndoOf(written.Output));
        var twice = await CommandProcess.RunAsync(database, UndoOf(written.Output));
        Assert.That((takenBack.ExitCode, twice.ExitCode), Is.EqualTo((0, 1)), takenBack.Said);
        Assert.That(twice.Said, Does.Contain("undone"));

        Directory.Delete(folder, recursive: true);
        // Two dry runs and the trial said who was looked at; each commit and its undoing are in the trail, too.
        Assert.That(
            CommandProcess.ActionsOn(database, worker),
            Is.EquivalentTo(["checkImport", "checkImport", "checkImport", "commitImport", "undoImport"])
        );
    }

    [TestCase("import nowhere.csv", 2, "There is no file nowhere.csv.")]
    [TestCase("import nowhere.csv --language zh", 2, "没有文件 nowhere.csv。")]
    [TestCase(
        "import a.csv --kind nope --language=zh",
        2,
        "--kind 应为 organizations, workers, milestones 之一，而不是“nope”。用法见 help。"
    )]
    [TestCase("import --undo 0199f3a2-7c11-7d50-8a3e-2f6b1c9d5e01 --url http://127.0.0.1:1", 1, "does not answer")]
    public async Task Line_ThatIsMistaken_SaysWhatToWrite(string line, int exitCode, string said)
    {
        await using var database = await engine.OpenAsync();

        var ran = await CommandProcess.RunAsync(database, line);

        Assert.That((ran.ExitCode, ran.Output), Is.EqualTo((exitCode, "")), ran.Said);
        Assert.That(ran.Said, Does.Contain(said));
    }

    private static string UndoOf(string output) => Regex.Match(output, "import --undo [0-9a-f-]{36}").Value;

    private static async Task RecordDistrictAsync(Uri server)
    {
        using var client = new HttpClient { BaseAddress = server };
        var district = new
        {
            kind = "district-federation",
            name = "示例区总工会",
            from = "2000-01-01",
        };
        using var response = await client.PostAsJsonAsync("/api/v1/organizations", district);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<Guid> OnlyWorkerAsync(Uri server) =>
        (await ItemsAsync(server, "workers")).Single().GetProperty("id").GetGuid();

    private static async Task<IEnumerable<string>> MilestonesAsync(Uri server, Guid worker) =>
        (await ItemsAsync(server, $"workers/{worker}/milestones?include=voided")).Select(m => $"{m.GetProperty("state")}");

    private static async Task<List<JsonElement>> ItemsAsync(Uri server, string list)
    {
        using var client = new HttpClient { BaseAddress = server };
        var answer = await client.GetFromJsonAsync<JsonElement>($"/api/v1/{list}");
        return [.. answer.GetProperty("items").EnumerateArray()];
    }
}
