using CareerCoordinates.Api.Demo;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Api;
using CareerCoordinates.Tests.Demo;
using CareerCoordinates.Tests.Engines;
using CareerCoordinates.Tests.Simulation;

namespace CareerCoordinates.Tests.Data;

/// <summary>The table of standings, made anew from the record: where nothing is wrong nothing changes, and what was damaged is as it was.</summary>
[BothEngines]
public class StandingsRebuildTests(TestEngine engine)
{
    private const string By = "command line";

    /// <summary>Corrections, ends, voids, facts of long ago and two versions of the framework, written one by one.</summary>
    [Test]
    public async Task RebuildOfARecordThatGrew_ChangesNothing_AndMendsWhatWasDamaged()
    {
        var file = Path.Combine(Path.GetTempPath(), $"harbour-{Guid.NewGuid()}.json");
        await File.WriteAllTextAsync(file, SimulationTests.NextHarbour());
        try
        {
            await using var run = await GrownAsync(file);
            var store = run.Office.Store;
            var grown = await RowsAsync(store);
            var published = store.Frameworks.Versions[1].PublishedAt.ToString();
            Assert.That(grown.Count(row => !row.EndsWith('-')), Is.GreaterThan(5), "superseded rows");
            Assert.That(grown.Count(row => row.EndsWith(published, StringComparison.Ordinal)), Is.GreaterThan(0), "by version 2");
            var later = grown.Where(row => string.CompareOrdinal(row.Split(' ')[^2], published) > 0);
            Assert.That(later.Count(), Is.GreaterThan(5), "recorded under version 2");

            var nothing = await StandingsRebuild.RunAsync(store, By, _ => { }, CancellationToken.None);

            Assert.That(nothing, Is.EqualTo(new ComparedStandings(nothing.Workers, nothing.Workers, grown.Count, 0)));
            Assert.That(await RowsAsync(store), Is.EqualTo(grown));
            Assert.That(Audit(store), Is.Empty);

            var reports = await ReportsAsync(run);
            var damaged = await DamageAsync(store);
            await run.Office.RestartAsync();
            store = run.Office.Store;
            Assert.That(await ReportsAsync(run), Is.Not.EqualTo(reports), "the damage shows");
            var bad = await RowsAsync(store);
            var check = await StandingsRebuild.RunAsync(store, null, _ => { }, CancellationToken.None);

            Assert.That(check.Differing, Is.EqualTo(damaged.Count));
            Assert.That(await RowsAsync(store), Is.EqualTo(bad), "a check changes nothing");

            var rebuilt = await StandingsRebuild.RunAsync(store, By, _ => { }, CancellationToken.None);

            Assert.That(rebuilt.Differing, Is.EqualTo(damaged.Count));
            Assert.That(await RowsAsync(store), Is.EqualTo(grown));
            Assert.That(await ReportsAsync(run), Is.EqualTo(reports), "reports follow at once");
            var entry = Audit(store).Single();
            Assert.That(entry.Account, Is.EqualTo(By));
            Assert.That(damaged.Select(id => id.ToString()), Has.All.Matches<string>(id => entry.Details.Contains(id)));
            Assert.That(Audit(store, damaged[0]), Has.Count.EqualTo(1));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task RebuildThatIsStopped_LeavesWholeRecords_AndGoesOnWhenItIsRunAgain()
    {
        await using var test = await TestStore.OpenAsync(engine, framework: TestFrameworks.Chaoyang);
        const int population = 2 * StandingsRebuild.WorkersAtOnce + 100;
        await DemoLoad.Population(test.Store, TestFrameworks.Chaoyang, DemoFiles.Folder, population, 5, _ => { });
        var whole = await RowsAsync(test.Store);
        await test.Store.Gate.MaintainAsync(c => c.Execute("DELETE FROM standings"));
        using var stop = new CancellationTokenSource();

        Assert.That(
            async () =>
                await StandingsRebuild.RunAsync(
                    test.Store,
                    By,
                    state =>
                    {
                        if (state.Workers > 0)
                        {
                            stop.Cancel();
                        }
                    },
                    stop.Token
                ),
            Throws.InstanceOf<OperationCanceledException>()
        );
        var begun = await RowsAsync(test.Store);
        var mended = begun.Select(WorkerOf).ToHashSet();
        Assert.That(mended, Has.Count.InRange(1, StandingsRebuild.WorkersAtOnce));
        Assert.That(begun, Is.EqualTo(whole.Where(row => mended.Contains(WorkerOf(row)))));

        var told = new List<ComparedStandings>();
        var rest = await StandingsRebuild.RunAsync(test.Store, By, told.Add, CancellationToken.None);

        Assert.That(await RowsAsync(test.Store), Is.EqualTo(whole));
        Assert.That(rest.Differing, Is.EqualTo(whole.Select(WorkerOf).Distinct().Count() - mended.Count));
        Assert.That(told.Select(state => state.Workers), Is.EqualTo(new[] { 0, 500, 1_000, population }));
        Assert.That(Audit(test.Store), Has.Count.EqualTo(3), "one entry for each transaction");
    }

    [Test]
    public async Task Command_SaysWhetherAnyDiffer_ByItsExitCode()
    {
        await using var database = await engine.OpenAsync();
        await using (var store = await OpenAsync(database))
        {
            await DemoLoad.Population(store, TestFrameworks.Chaoyang, DemoFiles.Folder, 40, 5, _ => { });
            await store.Gate.MaintainAsync(c => c.Execute("UPDATE standings SET level = level + 1 WHERE superseded_at IS NULL"));
        }

        var check = await CommandProcess.RunAsync(database, "standings rebuild --check");
        var rebuild = await CommandProcess.RunAsync(database, "standings rebuild");
        var again = await CommandProcess.RunAsync(database, "standings rebuild --check");
        var mistaken = await CommandProcess.RunAsync(database, "standings rebuild --chek");

        Assert.That((check.ExitCode, rebuild.ExitCode, again.ExitCode), Is.EqualTo((1, 0, 0)), check.Said + rebuild.Said);
        Assert.That(check.Said, Does.Contain("40 of 40 workers compared").And.Contains("are not what the record says"));
        Assert.That(rebuild.Said, Does.Contain("are mended"));
        Assert.That(rebuild.Output, Does.Contain("40 of 40 workers, ").And.Contains("rows/s, 0:00:00 left"));
        Assert.That(again.Said, Does.Contain("all standings are what the record says"));
        Assert.That(mistaken.ExitCode, Is.EqualTo(2));
        if (engine == TestEngine.Sqlite)
        {
            await using var running = await OpenAsync(database);
            Assert.That((await CommandProcess.RunAsync(database, "standings rebuild")).ExitCode, Is.EqualTo(1));
        }
    }

    private static Task<CareerStore> OpenAsync(TestDatabase database) =>
        CareerStore.OpenAsync(TestStore.EngineOf(database), TimeProvider.System, TestFrameworks.Chaoyang, migrate: true);

    private async Task<SimulationRun> GrownAsync(string nextFramework)
    {
        var run = await SimulationRun.StartAsync(engine, TestFrameworks.Harbour, TestFrameworks.HarbourPath, seed: 11);
        await run.PlayAsync(5);
        await run.WriteOnAsync(200);
        await run.PublishAsync(FrameworkFile.Read(SimulationTests.NextHarbour()).Value, nextFramework);
        await run.WriteOnAsync(200);
        return run;
    }

    /// <summary>Behind the program's back: rows of three workers, and one of somebody who is not on record. Answers whose.</summary>
    private static async Task<List<Guid>> DamageAsync(CareerStore store)
    {
        var damaged = new List<Guid>();
        await store.Gate.MaintainAsync(connection =>
        {
            var workers = connection
                .Prepared("SELECT DISTINCT worker_id FROM standings WHERE superseded_at IS NULL ORDER BY worker_id")
                .Read(null, row => row.Id());
            Assert.That(workers, Has.Count.GreaterThanOrEqualTo(3));
            Execute("DELETE FROM standings WHERE worker_id = @p0", workers[0]);
            Execute("UPDATE standings SET end_day = 20000 WHERE worker_id = @p0", workers[1]);
            Execute("UPDATE standings SET superseded_at = recorded_at + 1 WHERE worker_id = @p0", workers[2]);
            var nobody = Guid.CreateVersion7();
            foreach (var id in new[] { workers[0], nobody })
            {
                Execute(
                    "INSERT INTO standings (worker_id, channel, rung, level, from_day, end_day, recorded_at) VALUES (@p0, 'bogus', 'bogus', 8, 1, 20000, 1)",
                    id
                );
            }
            damaged.AddRange([.. workers[..3], nobody]);

            void Execute(string sql, Guid id) => connection.Prepared(sql, ColumnKind.Id).Execute(null, id);
        });
        return damaged;
    }

    /// <summary>Who stands where, now and as known at some instants of the past, on a day after all that happened.</summary>
    private static async Task<List<string>> ReportsAsync(SimulationRun run)
    {
        var instants = run.Record.Instants;
        var answers = new List<string>();
        foreach (var knownAt in new[] { instants[^1], instants[instants.Count * 2 / 3], instants[instants.Count / 2] })
        {
            foreach (var report in new[] { "grid", "positions" })
            {
                var path = $"reports/{report}?asOf=2026-11-01&knownAt={knownAt}";
                var answer = await run.Office.AskAsync(path);
                for (; answer.Status == 503; answer = await run.Office.AskAsync(path))
                {
                    await Task.Delay(20);
                }
                Assert.That(answer.Status, Is.EqualTo(200));
                answers.Add(System.Text.Encoding.UTF8.GetString(answer.Body));
            }
        }
        return answers;
    }

    private static IReadOnlyList<AuditEntry> Audit(CareerStore store, Guid? worker = null) =>
        store.Reader.OnConnection(c => c.ReadAudit(new(worker, Action: StandingsRebuild.Action), null, 100));

    private static async Task<List<string>> RowsAsync(CareerStore store) =>
        [.. (await RebuiltStandings.AsKeptAsync(store)).Order(StringComparer.Ordinal)];

    private static string WorkerOf(string row) => row.Split(' ')[0];
}
