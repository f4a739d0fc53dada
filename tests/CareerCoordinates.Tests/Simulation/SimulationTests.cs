using System.Globalization;
using System.Text.Json.Nodes;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Tests.Data.Moves;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Simulation;

/// <summary>
/// A seeded life of an office on the real program and both engines, against a naive model in memory. CAREER_TEST_SEED=n repeats a
/// run, CAREER_TEST_RELEASE=1 makes many long ones.
/// </summary>
public class SimulationTests
{
    private static readonly bool Release = Environment.GetEnvironmentVariable("CAREER_TEST_RELEASE") == "1";

    private static int Seed { get; } =
        Environment.GetEnvironmentVariable("CAREER_TEST_SEED") is { } given
            ? (int)(ulong.Parse(given, CultureInfo.InvariantCulture) % int.MaxValue)
            : Random.Shared.Next();

    [Test]
    public Task Harbour_OnBothEngines_IsTheNaiveRecord() =>
        ManyAsync(Release ? 20 : 1, Release ? 600 : 250, TestFrameworks.Harbour, TestFrameworks.HarbourPath);

    [Test]
    public Task Chaoyang_OnBothEngines_IsTheNaiveRecord() =>
        ManyAsync(Release ? 10 : 1, Release ? 600 : 100, TestFrameworks.Chaoyang, TestFrameworks.ChaoyangPath);

    private static IEnumerable<Fault> Faults => Enum.GetValues<Fault>();

    /// <summary>The first of the same runs passes without a fault, so that what is found is the fault. A run may not come by what it spoils.</summary>
    [TestCaseSource(nameof(Faults))]
    public async Task FaultInTheNaiveModel_IsFound(Fault planted)
    {
        const int runs = 4;
        string? found = null;
        for (var seed = 8; found is null && seed < 8 + (planted == Fault.None ? 1 : runs); seed++)
        {
            found = await MismatchAsync(planted, seed);
        }

        TestContext.Out.WriteLine(found);
        Assert.That(found, planted == Fault.None ? Is.Null : Is.Not.Null);
    }

    private static async Task<string?> MismatchAsync(Fault planted, int seed)
    {
        await using var run = await SimulationRun.StartAsync(
            TestEngine.Sqlite,
            TestFrameworks.Harbour,
            TestFrameworks.HarbourPath,
            seed,
            planted
        );
        try
        {
            await run.PlayAsync(250);
            await run.CompareAllAsync(150);
            return null;
        }
        catch (SimulationMismatchException mismatch)
        {
            return mismatch.Message;
        }
    }

    [Test]
    public async Task SpoiltAnswer_IsFound()
    {
        await using var run = await SimulationRun.StartAsync(
            TestEngine.Sqlite,
            TestFrameworks.Harbour,
            TestFrameworks.HarbourPath,
            seed: 11
        );
        await run.PlayAsync(30);
        await run.Closed.CompareAsync(run.Office);
        run.Closed.Spoil(2);

        Assert.That(() => run.Closed.CompareAsync(run.Office), Throws.TypeOf<SimulationMismatchException>());
    }

    [Test]
    public async Task NextVersionOfTheFramework_LeavesTheClosedPastAsItWas()
    {
        var file = Path.Combine(Path.GetTempPath(), $"harbour-{Guid.NewGuid()}.json");
        await File.WriteAllTextAsync(file, NextHarbour());
        try
        {
            TestContext.Out.WriteLine($"CAREER_TEST_SEED={Seed}");
            foreach (var engine in TestEngine.Both)
            {
                await using var run = await SimulationRun.StartAsync(
                    engine,
                    TestFrameworks.Harbour,
                    TestFrameworks.HarbourPath,
                    Seed
                );
                await run.PlayAsync(40);
                await run.PublishAsync(FrameworkFile.Read(NextHarbour()).Value, file);
                await run.Closed.CompareAsync(run.Office);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Version 2, in which whoever has a berth is a bosun.</summary>
    internal static string NextHarbour()
    {
        var root = JsonNode.Parse(TestFrameworks.HarbourJson)!.AsObject();
        root["version"] = 2;
        var berth = root["milestoneTypes"]!.AsArray().Single(t => (string)t!["code"]! == "berth")!;
        foreach (var grant in berth["grants"]!.AsArray())
        {
            grant!["rung"] = "bosun";
        }
        return root.ToJsonString();
    }

    /// <summary>From one engine to the other, by text and back, and on it goes there: nobody who asks can tell.</summary>
    [Test]
    public async Task RecordThatIsMoved_AnswersAsBefore_AndGrowsOn()
    {
        TestContext.Out.WriteLine($"CAREER_TEST_SEED={Seed}");
        await using var run = await SimulationRun.StartAsync(
            TestEngine.Sqlite,
            TestFrameworks.Harbour,
            TestFrameworks.HarbourPath,
            Seed
        );
        await run.PlayAsync(60);
        foreach (var engine in new[] { TestEngine.Postgres, TestEngine.Sqlite })
        {
            await run.Office.MoveAsync(await engine.OpenAsync(), engine == TestEngine.Postgres ? Moving.Move : Moving.MoveByText);
            await run.Closed.CompareAsync(run.Office);
            await run.CompareAllAsync(20);
            await run.PlayAsync(20);
            var rebuilt = await StandingsRebuild.RunAsync(run.Office.Store, "test", _ => { }, CancellationToken.None);
            Assert.That(rebuilt.Differing, Is.Zero, $"{engine}: a rebuild changes nothing");
        }
        await run.Closed.CompareAsync(run.Office);
    }

    private static async Task ManyAsync(int runs, int steps, Framework framework, string file)
    {
        for (var i = 0; i < runs; i++)
        {
            var seed = Seed + i;
            TestContext.Out.WriteLine($"{steps} steps on {framework.Code}, CAREER_TEST_SEED={seed}");
            var onSqlite = await OneAsync(TestEngine.Sqlite, steps, framework, file, seed);
            var onPostgres = await OneAsync(TestEngine.Postgres, steps, framework, file, seed);
            Assert.That(onPostgres, Is.EqualTo(onSqlite), $"the engines differ, CAREER_TEST_SEED={seed}");
        }
    }

    private static async Task<List<string>> OneAsync(TestEngine engine, int steps, Framework framework, string file, int seed)
    {
        await using var run = await SimulationRun.StartAsync(engine, framework, file, seed);
        try
        {
            await run.PlayAsync(steps);
            await run.CompareAllAsync(steps / 5);
            await run.Closed.CompareAsync(run.Office);
            await run.Office.RestartAsync();
            await run.Closed.CompareAsync(run.Office);
            await run.CompareAllAsync(10);
        }
        catch (SimulationMismatchException mismatch)
        {
            Assert.Fail($"{engine}, {framework.Code}, CAREER_TEST_SEED={seed}\n{mismatch.Message}");
        }
        Assert.That(run.Closed.Count, Is.GreaterThan(steps / 10));
        Assert.That(await RebuiltStandings.AsKeptAsync(run.Office.Store), Is.EquivalentTo(RebuiltStandings.FromNothing(run)));
        var rebuilt = await StandingsRebuild.RunAsync(run.Office.Store, "test", _ => { }, CancellationToken.None);
        Assert.That(rebuilt.Differing, Is.Zero, $"{engine}: a rebuild changes nothing, CAREER_TEST_SEED={seed}");
        return run.Transcript;
    }
}
