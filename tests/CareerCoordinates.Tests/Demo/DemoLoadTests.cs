using CareerCoordinates.Api.Demo;
using CareerCoordinates.Data.Bulk;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Grid;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Data;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Demo;

/// <summary>What the demo commands write is what the same entries would have left, one by one.</summary>
[BothEngines]
public class DemoLoadTests(TestEngine engine)
{
    private const int Population = 400;

    [Test]
    public async Task District_IsLoaded_AndTheWorkedExampleIsReadBack()
    {
        await using var test = await OpenAsync();
        await DemoLoad.District(test.Store, TestFrameworks.Chaoyang, DemoFiles.Folder, _ => { });

        var record = test.Store.Reader.OnConnection(c => c.ReadWorker(DemoFiles.District.Lives[0].Id))!;
        var view = record.At(Instant.Never)!;
        var today = CareerGrid.CoordinateOn(
            TestFrameworks.Chaoyang,
            view.Worker.Content.CareerStart,
            view.Counting,
            new DateOnly(2026, 1, 1)
        );

        Assert.That(today.Level, Is.EqualTo(5));
        Assert.That(view.Affiliations, Has.Count.EqualTo(1));
        Assert.That(await CountAsync(test, "worker_revisions WHERE revision = 1"), Is.EqualTo(DemoFiles.Seeds.Workers.Count));
    }

    [Test]
    public async Task PastKnowledge_IsWhatWasRecordedThen()
    {
        await using var test = await OpenAsync();
        await DemoLoad.District(test.Store, TestFrameworks.Chaoyang, DemoFiles.Folder, _ => { });
        var life = DemoFiles.District.Lives.First(l =>
            l.Milestones.Any(h => h.Count == 4 && h[2].State == MilestoneState.Submitted)
        );
        var history = life.Milestones.First(h => h.Count == 4 && h[2].State == MilestoneState.Submitted);

        var record = test.Store.Reader.OnConnection(c => c.ReadWorker(life.Id))!;

        Assert.That(Content(history[2].RecordedAt.PlusMicroseconds(-1)), Is.EqualTo(history[0].Content.Attributes));
        Assert.That(
            Content(history[2].RecordedAt),
            Is.EqualTo(history[0].Content.Attributes),
            "a pending correction moves nothing"
        );
        Assert.That(Content(history[3].RecordedAt), Is.EqualTo(history[2].Content.Attributes));

        AttributeSet Content(Instant knownAt) => record.At(knownAt)!.Find(history[0].MilestoneId)!.Counting!.Content.Attributes;
    }

    [Test]
    public async Task EnteredFigures_AreLoaded_WithWhatIsUniqueOfThem()
    {
        await using var test = await OpenAsync();
        await DemoLoad.District(test.Store, TestFrameworks.Chaoyang, DemoFiles.Folder, _ => { });
        var corrected = DemoFiles.District.EnteredFigures.Single(h => h.Count > 1);
        var (figure, year) = (corrected[0].Content, corrected[0].Content.Year);

        var (now, before, oneStreet) = test.Store.Reader.InSnapshot(c =>
            (
                c.SumsAt(new Scope(true, []), year, Instant.Never),
                c.SumsAt(new Scope(true, []), year, corrected[1].RecordedAt.PlusMicroseconds(-1)),
                c.SumsAt(new Scope(false, [DemoFiles.District.Tree.Ids["liuqiao"]]), year, Instant.Never)
            )
        );

        Assert.That(now.Single(Same).Sum, Is.EqualTo(1291));
        Assert.That(before.Single(Same).Sum, Is.EqualTo(1286));
        Assert.That(now.Single(s => s.Indicator == "essays").Organizations, Has.Count.EqualTo(4));
        Assert.That(oneStreet.Single(s => s.Indicator == "essays").Organizations, Has.Count.EqualTo(1));
        Assert.That(oneStreet, Has.None.Matches<EnteredSum>(Same), "the district entered it");
        Assert.That(await CountAsync(test, "entered_figures"), Is.EqualTo(DemoFiles.District.EnteredFigures.Count));

        bool Same(EnteredSum sum) => (sum.Indicator, sum.Figure) == (figure.Indicator, figure.Figure);
    }

    [Test]
    public async Task StandingsOfALoad_AreThoseThatARebuildWouldMake()
    {
        await using var test = await OpenAsync();
        await DemoLoad.Population(test.Store, TestFrameworks.Chaoyang, DemoFiles.Folder, Population, 5, _ => { });
        var before = await CountAsync(test, "standings");

        await test.Store.Gate.MaintainAsync(connection =>
        {
            var ids = connection
                .Prepared("SELECT worker_id FROM worker_revisions WHERE revision = 1")
                .Read(null, row => row.Id());
            foreach (var id in ids)
            {
                var counting = connection.ReadWorker(id)!.At(Instant.Never)!.Counting;
                Standings.Rebuild(
                    connection,
                    id,
                    CareerGrid.Standings(TestFrameworks.Chaoyang, counting),
                    Instant.From(DateTimeOffset.UtcNow)
                );
            }
        });

        Assert.That(before, Is.GreaterThan(Population));
        Assert.That(await CountAsync(test, "standings"), Is.EqualTo(before), "a rebuild changes nothing");
    }

    [Test]
    public async Task AfterALoad_TheIndexesAndTheSmallTablesAreThere_AndWritingGoesOn()
    {
        await using var fresh = await OpenAsync();
        await using var test = await OpenAsync();
        await DemoLoad.Population(test.Store, TestFrameworks.Chaoyang, DemoFiles.Folder, Population, 5, _ => { });

        Assert.That(await IndexesAsync(test), Is.EqualTo(await IndexesAsync(fresh)).And.Not.Empty);
        Assert.That(await CountAsync(test, "worker_numbers"), Is.EqualTo(Population));
        Assert.That(await CountAsync(test, "staff_numbers"), Is.GreaterThanOrEqualTo(Population));
        Assert.That(
            await CountAsync(test, "credit_codes"),
            Is.EqualTo(await CountAsync(test, "organization_revisions WHERE revision = 1"))
        );
        Assert.That(async () => await test.AddWorkerAsync("after", "X-1"), Throws.Nothing);
    }

    [Test]
    public async Task OneSeed_GivesTheSameRecord()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        await DemoLoad.Population(one.Store, TestFrameworks.Chaoyang, DemoFiles.Folder, 60, 9, _ => { });
        await DemoLoad.Population(other.Store, TestFrameworks.Chaoyang, DemoFiles.Folder, 60, 9, _ => { });

        Assert.That(await EverythingAsync(other), Is.EqualTo(await EverythingAsync(one)).And.Not.Empty);
    }

    [Test]
    public async Task ADatabaseWithRecords_IsRefused()
    {
        await using var test = await OpenAsync();
        await test.AddOrganizationAsync("already here");

        var load = () => DemoLoad.District(test.Store, TestFrameworks.Chaoyang, DemoFiles.Folder, _ => { });

        Assert.That(load, Throws.TypeOf<DemoDataException>().With.Message.Contains("has records already"));
        Assert.That(await CountAsync(test, "worker_revisions WHERE revision = 1"), Is.Zero);
    }

    [Test]
    public async Task ALoadThatWasKilled_IsCompletedAtTheNextStart()
    {
        await using var fresh = await OpenAsync();
        await using var test = await OpenAsync();
        var rows = new BulkRows();
        rows.Add(TestFrameworks.Chaoyang, DemoFiles.District.Lives[0].ToRecord());
        await test.Store.Gate.MaintainAsync(connection => BulkLoad.Begin(connection).Write([rows]));
        Assert.That(await IndexesAsync(test), Is.Empty);

        await test.RestartAsync(framework: TestFrameworks.Chaoyang);

        Assert.That(await IndexesAsync(test), Is.EqualTo(await IndexesAsync(fresh)));
        Assert.That(await CountAsync(test, "worker_numbers"), Is.EqualTo(1));
    }

    private Task<TestStore> OpenAsync() => TestStore.OpenAsync(engine, framework: TestFrameworks.Chaoyang);

    private static async Task<long> CountAsync(TestStore test, string table)
    {
        var count = 0L;
        await test.Store.Gate.MaintainAsync(c =>
            count = Convert.ToInt64(c.Prepared($"SELECT count(*) FROM {table}").Scalar(null))
        );
        return count;
    }

    private static async Task<List<string>> IndexesAsync(TestStore test)
    {
        List<string> indexes = [];
        await test.Store.Gate.MaintainAsync(c =>
            indexes = c.Prepared(c.Engine.IndexesSql).Read(null, row => row.Text() + " " + row.Text())
        );
        return indexes;
    }

    private static async Task<List<string>> EverythingAsync(TestStore test)
    {
        List<string> rows = [];
        await test.Store.Gate.MaintainAsync(c =>
            rows = c.Prepared(
                    "SELECT worker_id, milestone_id, type, attributes, recorded_at FROM milestone_revisions ORDER BY worker_id, milestone_id, revision"
                )
                .Read(null, row => $"{row.Id()} {row.Id()} {row.Text()} {row.Text()} {row.Instant()}")
        );
        return rows;
    }
}
