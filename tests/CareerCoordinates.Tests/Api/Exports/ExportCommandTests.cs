using System.Net.Http.Json;
using System.Text.Json;
using CareerCoordinates.Tests.Api.Durability;
using CareerCoordinates.Tests.Api.Sheets;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Exports;

/// <summary>The command <c>export</c> as a process of its own: on the database itself, and by a server that runs.</summary>
[BothEngines]
public class ExportCommandTests(TestEngine engine)
{
    [Test]
    public async Task File_ComesFromTheDatabase_OrFromItsServer_AndIsTheSame()
    {
        await using var database = await engine.OpenAsync();
        var folder = Directory.CreateTempSubdirectory("career-export-").FullName;
        string FileOf(string name) => Path.Combine(folder, name);
        string clocks;
        Guid worker;
        using (var server = await ServerProcess.StartAsync(database))
        {
            // While there is no account, whoever is on this machine may do everything.
            (worker, var knownAt) = await FillAsync(server.Address);
            clocks = $"--as-of 2025-12-31 --known-at {knownAt} --language zh";
            var byServer = await CommandProcess.RunAsync(
                database,
                $"export workers {clocks} --output {FileOf("server.csv")} --url {server.Address}"
            );
            var besides = await CommandProcess.RunAsync(database, $"export workers {clocks}");

            Assert.That(byServer.ExitCode, Is.EqualTo(0), byServer.Said);
            Assert.That(byServer.Said, Does.StartWith("已完成，用时 "));
            if (engine == TestEngine.Sqlite)
            {
                Assert.That(besides.ExitCode, Is.EqualTo(1));
                Assert.That(besides.Said, Does.Contain("--url").And.Contain("CAREER_TOKEN"));
            }
            else
            {
                Assert.That(besides.ExitCode, Is.EqualTo(0), besides.Said);
            }
        }
        var alone = await CommandProcess.RunAsync(database, $"export workers {clocks} --output {FileOf("alone.csv")}");
        var toOutput = await CommandProcess.RunAsync(database, $"export workers {clocks}");
        var workbook = await CommandProcess.RunAsync(
            database,
            $"export coordinates --format xlsx --output {FileOf("coordinates.xlsx")}"
        );
        var refused = await CommandProcess.RunAsync(
            database,
            $"export workers --level 99 --stage moon --output {FileOf("none.csv")}"
        );

        var noDay = await CommandProcess.RunAsync(database, "export coordinates --as-of 2025-02-30 --language zh");
        Assert.That((noDay.ExitCode, noDay.Output), Is.EqualTo((2, "")), noDay.Said);
        Assert.That(noDay.Said, Does.StartWith("--as-of: 此处应为 "));
        var tried = await CommandProcess.RunAsync(database, $"export workers {clocks} --dry-run --output {FileOf("tried.csv")}");

        Assert.That(alone.ExitCode, Is.EqualTo(0), alone.Said);
        Assert.That(tried.ExitCode, Is.EqualTo(0), tried.Said);
        Assert.That(tried.Output, Does.Contain("将查阅 1 名职工。未写入任何内容。"));
        Assert.That(File.Exists(FileOf("tried.csv")), Is.False);
        Assert.That(alone.Said, Does.Contain("1/1 名职工，1 行").And.Contain("已完成，用时 "));
        Assert.That(
            await File.ReadAllBytesAsync(FileOf("alone.csv")),
            Is.EqualTo(await File.ReadAllBytesAsync(FileOf("server.csv")))
        );
        Assert.That(
            toOutput.Output,
            Is.EqualTo(await File.ReadAllTextAsync(FileOf("alone.csv")))
                .Or.EqualTo("\uFEFF" + await File.ReadAllTextAsync(FileOf("alone.csv")))
        );
        Assert.That(
            ExportedFile.Of(await File.ReadAllBytesAsync(FileOf("alone.csv"))).One("职工标识", worker)["姓名"],
            Is.EqualTo("Ma Lan")
        );
        Assert.That(workbook.ExitCode, Is.EqualTo(0), workbook.Said);
        using (var book = SheetTests.Open(await File.ReadAllBytesAsync(FileOf("coordinates.xlsx"))))
        {
            Assert.That(SheetTests.Names(book), Is.EqualTo(["coordinates", "about"]));
            Assert.That(SheetTests.Rows(book, 1).Select(row => SheetTests.Shown(row[1])), Does.Contain("command line"));
        }
        Assert.That(refused.ExitCode, Is.EqualTo(2));
        Assert.That(refused.Said, Does.Contain("--level: ").And.Contain("--stage: "));
        Assert.That(
            Directory.GetFiles(folder).Select(Path.GetFileName),
            Is.EquivalentTo(["server.csv", "alone.csv", "coordinates.xlsx"])
        );
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(
                File.GetUnixFileMode(FileOf("alone.csv")),
                Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite),
                "people stand in it"
            );
        }
        Directory.Delete(folder, recursive: true);
        Assert.That(
            CommandProcess.ActionsOn(database, worker),
            Is.EquivalentTo(["exportCoordinates", .. Enumerable.Repeat("exportWorkers", engine == TestEngine.Sqlite ? 2 : 3)])
        );
    }

    [Test]
    public async Task Line_ThatIsMistaken_Gives2_AndNoServer_1()
    {
        await using var database = await engine.OpenAsync();

        var mistaken = await CommandProcess.RunAsync(database, "export pie");
        var json = await CommandProcess.RunAsync(database, "export workers --format json");
        var folder = await CommandProcess.RunAsync(database, $"export workers --output {Path.GetTempPath()}");
        var inChinese = await CommandProcess.RunAsync(database, "export pie --language zh");
        var nowhere = await CommandProcess.RunAsync(database, "export workers --url http://127.0.0.1:1");

        Assert.That((mistaken.ExitCode, json.ExitCode, folder.ExitCode, nowhere.ExitCode), Is.EqualTo((2, 2, 2, 1)));
        Assert.That(folder.Said, Does.Contain("is a folder"));
        Assert.That(mistaken.Said, Does.Contain("workers, milestones, coordinates"));
        Assert.That(json.Said, Does.Contain("--format is csv, xlsx, not 'json'."));
        Assert.That(nowhere.Said, Does.Contain("does not answer"));
        Assert.That(inChinese.ExitCode, Is.EqualTo(2));
        Assert.That(
            inChinese.Said,
            Does.StartWith("请写作：export <名称>；名称为 workers, milestones, coordinates。没有“pie”。")
        );
    }

    private static async Task<(Guid Worker, string KnownAt)> FillAsync(Uri server)
    {
        using var client = new HttpClient { BaseAddress = server };
        var district = await RecordAsync(
            client,
            "organizations",
            new
            {
                kind = "district-federation",
                name = "示例区总工会",
                from = "2000-01-01",
            }
        );
        var worker = await RecordAsync(
            client,
            "workers",
            new
            {
                name = "Ma Lan",
                affiliation = new
                {
                    kind = "union-only",
                    organizationId = district.GetProperty("id").GetString(),
                    from = "2015-01-01",
                },
            }
        );
        return (worker.GetProperty("id").GetGuid(), worker.GetProperty("recordedAt").GetString()!);
    }

    private static async Task<JsonElement> RecordAsync(HttpClient client, string things, object body)
    {
        using var response = await client.PostAsJsonAsync($"/api/v1/{things}", body);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
