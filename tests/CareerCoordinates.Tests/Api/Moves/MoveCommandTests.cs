using System.Diagnostics;
using CareerCoordinates.Api.Demo;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Moves;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Tests.Api.Durability;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Data.Moves;
using CareerCoordinates.Tests.Demo;
using CareerCoordinates.Tests.Engines;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CareerCoordinates.Tests.Api.Moves;

/// <summary>The command as an operator and his scripts see it: what it says where, its exit codes, and what is left when it is killed.</summary>
[BothEngines]
public class MoveCommandTests(TestEngine engine)
{
    private const int Workers = 800;

    private TestDatabase record = null!;

    private TestEngine Other => engine == TestEngine.Sqlite ? TestEngine.Postgres : TestEngine.Sqlite;

    [OneTimeSetUp]
    public async Task Record()
    {
        record = await engine.OpenAsync();
        await using var store = await CareerStore.OpenAsync(
            TestStore.EngineOf(record),
            TimeProvider.System,
            TestFrameworks.Chaoyang,
            migrate: true
        );
        await DemoLoad.Population(store, TestFrameworks.Chaoyang, DemoFiles.Folder, Workers, 5, _ => { });
    }

    [OneTimeTearDown]
    public async Task Remove() => await record.DisposeAsync();

    [Test]
    public async Task Move_SaysWhatItDoes_AndTheServerStartsThere()
    {
        await using var target = await Other.OpenAsync();
        var looked = await MoveAsync(To(target, "--dry-run"));
        Assert.That(looked.ExitCode, Is.EqualTo(0), looked.Said);
        Assert.That(
            looked.Output,
            Does.Match(@"(?m)^worker_revisions +800$").And.Match($@"{MovedTables.All.Count} tables, [\d,]+ rows, \d+ MB in ")
        );
        Assert.That(looked.Said, Does.Contain(" would take them. Nothing was written."));
        AssertEmpty(target);
        var trail = Moving.Contents(record).Rows("audit_entries");

        var moved = await MoveAsync(To(target));

        Assert.That(moved.ExitCode, Is.EqualTo(0), moved.Said);
        Assert.That(moved.Output, Does.Match(@"(?m)^worker_revisions +800  (?<hash>[0-9a-f]{16})  \k<hash>$"));
        Assert.That(moved.Output.TrimEnd(), Does.EndWith(" as text: equal on both sides."));
        Assert.That(moved.Said, Does.Contain("copying ").And.Contain("comparing ").And.Contain("Start the server on it"));
        Assert.That(moved.Said, Does.Not.Contain("protection key"), "nothing is sealed in it");
        Assert.That(Moving.Contents(record).Rows("audit_entries"), Is.EqualTo(trail + 1), "the dry run told nothing");
        Assert.That(Moving.Contents(target).Hashes(), Is.EqualTo(Moving.Contents(record).Hashes()));
        using var server = await ServerProcess.StartAsync(target);
        using var client = new HttpClient { BaseAddress = server.Address };
        Assert.That(await client.GetStringAsync("/api/v1/workers?count=true&limit=1"), Does.Contain("\"count\":800"));
    }

    [Test]
    public async Task Folder_IsWritten_LookedAt_AndReadIn()
    {
        using var folder = new TemporaryFolder();
        await using var target = await Other.OpenAsync();

        var written = await MoveAsync("--to-file", folder.New);
        var again = await MoveAsync("--to-file", folder.New);
        var looked = await MoveAsync(target, "--from-file", folder.New, "--dry-run");
        AssertEmpty(target);
        var read = await MoveAsync(target, "--from-file", folder.New);

        Assert.That(written.ExitCode, Is.EqualTo(0), written.Said);
        Assert.That(written.Said, Does.Contain("keep it as safe as the database"));
        Assert.That((again.ExitCode, again.Output), Is.EqualTo((1, "")));
        Assert.That(again.Said, Does.Contain($"is not empty: it has {MovedTables.All.Count + 1} entries"));
        Assert.That(looked.ExitCode, Is.EqualTo(0), looked.Said);
        Assert.That(read.ExitCode, Is.EqualTo(0), read.Said);
        Assert.That(read.Output, Is.EqualTo(written.Output));
        await File.AppendAllTextAsync(Path.Combine(folder.New, "standings.ndjson"), "{}\n");
        await using var second = await Other.OpenAsync();
        foreach (var more in new[] { new[] { "--dry-run" }, [] })
        {
            var damaged = await MoveAsync(second, ["--from-file", folder.New, .. more]);
            Assert.That(damaged.ExitCode, Is.EqualTo(1));
            Assert.That(damaged.Said, Does.Contain("standings.ndjson is damaged or was changed: "));
            AssertEmpty(second);
        }
    }

    [Test]
    public async Task WhatCannotBe_IsRefusedInWords_WithExitCode1()
    {
        await using var target = await Other.OpenAsync();
        await using var started = await Other.OpenAsync();
        using (await ServerProcess.StartAsync(started)) { }

        var unknown = await MoveAsync(
            "--to-engine",
            "postgres",
            "--to-connection",
            "Host=127.0.0.1;Port=1;Database=x;Username=x"
        );
        var nonsense = await MoveAsync("--to-engine", "sqlite", "--to-connection", "secret rubbish");
        var full = await MoveAsync(To(started));
        var fullDry = await MoveAsync(To(started, "--dry-run"));
        var same = await MoveAsync(To(record));
        var none = await MoveAsync(target, To(started));
        (int, string, string) running;
        using (await ServerProcess.StartAsync(record))
        {
            running = await MoveAsync(To(target));
        }

        Assert.Multiple(() =>
        {
            Refused(unknown, "127.0.0.1:1/x cannot be reached: ", "Check the connection string");
            Refused(nonsense, "--to-connection is no connection string, such as ");
            Assert.That(nonsense.Said, Does.Not.Contain("secret"));
            Refused(full, " is not empty: it has version ", "framework_versions 1");
            Refused(fullDry, " is not empty: it has version ");
            Refused(same, "Source and target are the same: ");
            Refused(none, engine == TestEngine.Sqlite ? "There is no record in " : "There is no database ");
            Refused(running, " open. Stop it, and start none until the record is moved");
        });
        AssertEmpty(target);
    }

    /// <summary>A user who may look, and make nothing.</summary>
    [Test]
    public async Task PostgresUserWithoutRights_IsRefused_WithTheGrantThatHelps()
    {
        var cluster = await PostgresCluster.SharedAsync();
        await using var target = await TestEngine.OpenOnAsync(cluster);
        await ExecuteAsync(target, "CREATE ROLE looks_only LOGIN");
        try
        {
            var asLooker = new NpgsqlConnectionStringBuilder(target.ConnectionString) { Username = "looks_only" };
            foreach (var more in new[] { new[] { "--dry-run" }, [] })
            {
                var refused = await MoveAsync(["--to-engine", "postgres", "--to-connection", asLooker.ConnectionString, .. more]);
                Refused(refused, "The user looks_only may not make tables in ", "GRANT ALL ON SCHEMA public TO looks_only");
            }
            AssertEmpty(target);
        }
        finally
        {
            await ExecuteAsync(target, "DROP ROLE looks_only");
        }
    }

    [Test]
    public async Task WhatIsSealed_NeedsTheSameKey_AndTheAdviceNamesItsFile()
    {
        await using var sealing = await engine.OpenAsync();
        var key = engine == TestEngine.Sqlite ? PathOf(sealing) + ".key" : TestKeyFile.Path;
        await using (
            var store = await CareerStore.OpenAsync(
                TestStore.EngineOf(sealing),
                TimeProvider.System,
                TestFrameworks.Chaoyang,
                migrate: true,
                _ => new KeyEncryptionKey(1, new byte[32])
            )
        )
        {
            await store.Gate.RunAsync<bool>(tx =>
            {
                IdNumbers.Claim(tx, store.Key!);
                return true;
            });
        }
        await using var target = await Other.OpenAsync();

        var moved = await MoveAsync(sealing, To(target));

        Assert.That(moved.ExitCode, Is.EqualTo(0), moved.Said);
        Assert.That(
            moved.Said,
            Does.Contain("opens with the same protection key only").And.Contain($"Protection__KeyFile={key}, or a copy")
        );
    }

    [Test]
    public async Task MistakenLine_Gives2()
    {
        var mistaken = await MoveAsync("--to-engine", "postgres");
        Assert.That((mistaken.ExitCode, mistaken.Output), Is.EqualTo((2, "")));
        Assert.That(mistaken.Said, Does.StartWith("--to-engine and --to-connection belong together. Write: move "));
        var none = await MoveAsync("--from-file", "nowhere", "--language", "zh");
        Assert.That(none.ExitCode, Is.EqualTo(1));
        Assert.That(none.Said, Does.StartWith("没有文件夹 ").And.Contain("nowhere。请指定 --to-file 写出的文件夹。"));
    }

    /// <summary>
    /// Killed when every row is copied and nothing is known yet: on PostgreSQL where the indexes begin, else as soon as the file is being made.
    /// </summary>
    [Test]
    public async Task KilledMove_LeavesNoHalfRecord_AndTheNextTrySucceeds()
    {
        await using var target = await Other.OpenAsync();
        if (Other == TestEngine.Postgres)
        {
            await KillOnPostgresAsync(target);
        }
        else
        {
            using var process = Start(record, To(target));
            var making = PathOf(target) + ".moving";
            await UntilAsync(() => File.Exists(making) && new FileInfo(making).Length > 0, process);
            process.Kill();
            await process.WaitForExitAsync();
            Assert.That(making, Does.Exist);
        }

        AssertEmpty(target);
        var again = await MoveAsync(To(target));
        Assert.That(again.ExitCode, Is.EqualTo(0), again.Said);
        Assert.That(Moving.Contents(target).Hashes(), Is.EqualTo(Moving.Contents(record).Hashes()));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task StoppedMove_CleansUp_AndSaysSo()
    {
        using var folder = new TemporaryFolder();
        using var process = Start(record, "--to-file", folder.New);
        await UntilAsync(() => Directory.Exists(folder.New + ".moving"), process);
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.That(process.ExitCode, Is.EqualTo(1), said);
        Assert.That(said, Does.EndWith("Stopped. Nothing was kept in the target.\n"));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
    }

    /// <summary>The server waits where the first index is made of rows that are there.</summary>
    private async Task KillOnPostgresAsync(TestDatabase target)
    {
        await ExecuteAsync(
            target,
            """
            CREATE FUNCTION wait_for_the_test() RETURNS event_trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF to_regclass('audit_entries') IS NOT NULL THEN
                    IF EXISTS (SELECT 1 FROM audit_entries) THEN
                        PERFORM pg_advisory_xact_lock(4711);
                    END IF;
                END IF;
            END $$;
            CREATE EVENT TRIGGER waits ON ddl_command_start WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION wait_for_the_test();
            """
        );
        await using (var holder = new NpgsqlConnection(target.ConnectionString))
        {
            await holder.OpenAsync();
            await using var hold = new NpgsqlCommand("SELECT pg_advisory_lock(4711)", holder);
            await hold.ExecuteNonQueryAsync();
            using var process = Start(record, To(target));
            await UntilAsync(
                () =>
                    Scalar(target, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted")
                    > 0,
                process
            );
            process.Kill();
            await process.WaitForExitAsync();
        }
        await ExecuteAsync(target, "SELECT pg_advisory_unlock_all(); DROP EVENT TRIGGER waits");
        await ExecuteAsync(target, "DROP FUNCTION wait_for_the_test");
        while (
            Scalar(
                target,
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()"
            ) > 0
        )
        {
            await Task.Delay(20);
        }
    }

    private static void Refused((int ExitCode, string Output, string Said) said, params string[] why)
    {
        Assert.That((said.ExitCode, said.Output), Is.EqualTo((1, "")), said.Said);
        foreach (var part in why)
        {
            Assert.That(said.Said, Does.Contain(part));
        }
        Assert.That(said.Said, Does.Not.Contain("   at "), "no stack");
    }

    private static string[] To(TestDatabase target, params string[] more) =>
        ["--to-engine", target.Engine.Name, "--to-connection", target.ConnectionString, .. more];

    private Task<(int ExitCode, string Output, string Said)> MoveAsync(params string[] line) => MoveAsync(record, line);

    private static Task<(int ExitCode, string Output, string Said)> MoveAsync(TestDatabase database, params string[] line) =>
        CommandProcess.EndAsync(Start(database, line));

    private static Process Start(TestDatabase database, params string[] line) =>
        CommandProcess.Start(database, ["move", .. line]);

    private static async Task UntilAsync(Func<bool> holds, Process process)
    {
        while (!holds())
        {
            if (process.HasExited)
            {
                Assert.Fail("It ended too early: " + await process.StandardError.ReadToEndAsync());
            }
            await Task.Delay(2);
        }
    }

    private static string PathOf(TestDatabase database) =>
        new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;

    private static void AssertEmpty(TestDatabase target)
    {
        if (target.Engine == TestEngine.Sqlite)
        {
            Assert.That(!File.Exists(PathOf(target)) || new FileInfo(PathOf(target)).Length == 0);
            return;
        }
        Assert.That(Scalar(target, "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"), Is.Zero);
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static long Scalar(TestDatabase database, string sql)
    {
        using var connection = new NpgsqlConnection(database.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    }
}
