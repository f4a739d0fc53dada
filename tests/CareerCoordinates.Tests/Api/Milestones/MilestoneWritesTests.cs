using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Milestones;

/// <summary>Retries, twins and races: a fact is recorded once, and nobody's change is lost.</summary>
[BothEngines]
public class MilestoneWritesTests(TestEngine engine)
{
    private MilestoneDesk desk = null!;

    [OneTimeSetUp]
    public async Task Open() => desk = await MilestoneDesk.OpenAsync(engine);

    [OneTimeTearDown]
    public async Task Close() => await desk.DisposeAsync();

    [Test]
    public async Task SameKeySameBody_IsAnsweredAgain_AndRecordedOnce()
    {
        var worker = await desk.WorkerAsync();

        var first = (await desk.RecordAsync(worker, MilestoneDesk.Certificate(), "k-1")).Expect(201);
        await desk.ActAsync(worker, first, "verify");
        var again = (await desk.RecordAsync(worker, MilestoneDesk.Certificate(), "k-1")).Expect(201);
        var other = (await desk.RecordAsync(worker, MilestoneDesk.Certificate("2"), "k-1")).Expect(422);
        var elsewhere = (await desk.RecordAsync(await desk.WorkerAsync(), MilestoneDesk.Certificate("2"), "k-1")).Expect(201);

        Assert.That(again.Body.ToString(), Is.EqualTo(first.Body.ToString()));
        Assert.That((again.Location, again.Etag), Is.EqualTo((first.Location, first.Etag)));
        Assert.That(other.Code, Is.EqualTo("idempotency-key-reused"));
        Assert.That(elsewhere.Id, Is.Not.EqualTo(first.Id));
        Assert.That((await desk.ListAsync(worker)).Items, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task TwinsInFlight_AreOneRecord()
    {
        var worker = await desk.WorkerAsync();

        var twins = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => desk.RecordAsync(worker, MilestoneDesk.Certificate(), "twin"))
        );

        Assert.That(twins.Select(t => t.Status), Is.All.EqualTo(201));
        Assert.That(twins.Select(t => t.Body.ToString()).Distinct().Count(), Is.EqualTo(1));
        Assert.That((await desk.ListAsync(worker)).Items, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Refusal_IsNotKept_UnderItsKey()
    {
        var worker = await desk.WorkerAsync();

        (await desk.RecordAsync(worker, MilestoneDesk.Certificate("9"), "mended")).Expect(422);
        var mended = await desk.RecordAsync(worker, MilestoneDesk.Certificate(), "mended");

        mended.Expect(201);
    }

    [Test]
    public async Task Key_AfterARestart_StillGivesTheSameRecord()
    {
        await using var database = await engine.OpenAsync();
        Guid worker;
        Reply first;
        await using (var before = MilestoneDesk.On(database))
        {
            worker = await before.WorkerAsync();
            first = (await before.RecordAsync(worker, MilestoneDesk.Certificate(), "across")).Expect(201);
        }

        await using var after = MilestoneDesk.On(database);
        var again = (await after.RecordAsync(worker, MilestoneDesk.Certificate(), "across")).Expect(201);

        Assert.That(again.Body.ToString(), Is.EqualTo(first.Body.ToString()));
        Assert.That((again.Location, again.Etag), Is.EqualTo((first.Location, first.Etag)));
        Assert.That((await after.ListAsync(worker)).Items, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task ConcurrentCorrections_OneWins_TheOthersAreStale()
    {
        var worker = await desk.WorkerAsync();
        var verified = await desk.VerifiedAsync(worker, MilestoneDesk.Certificate());

        var replies = await Task.WhenAll(
            Enumerable
                .Range(1, 16)
                .Select(i => desk.CorrectAsync(worker, verified, MilestoneDesk.Corrected(on: $"2020-11-{i:00}")))
        );

        Assert.That(replies.Count(r => r.Status == 200), Is.EqualTo(1));
        Assert.That(replies.Count(r => r.Status == 412), Is.EqualTo(15));
        Assert.That(desk.RecordOf(worker), Does.Contain("\"Count\":3"));
    }

    [Test]
    public async Task ConcurrentRecords_AreAllKept()
    {
        var worker = await desk.WorkerAsync();

        var replies = await Task.WhenAll(
            Enumerable.Range(1, 28).Select(i => desk.RecordAsync(worker, MilestoneDesk.Certificate(on: $"2020-02-{i:00}")))
        );

        Assert.That(replies.Select(r => r.Status), Is.All.EqualTo(201));
        Assert.That((await desk.ListAsync(worker)).Items, Has.Length.EqualTo(28));
    }
}
