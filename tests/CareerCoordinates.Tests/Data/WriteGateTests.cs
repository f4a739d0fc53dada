using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Tests.Data;

[BothEngines]
public class WriteGateTests(TestEngine engine)
{
    private static readonly RefusalCode No = new("no", RefusalKind.Rule, "no", "no");

    [Test]
    public async Task RefusedWrite_LeavesNoTrace()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var id = Guid.Empty;

        var outcome = await test.Store.Gate.RunAsync<Guid>(tx =>
        {
            id = tx.NewId();
            tx.Add(new Revision<WorkerContent>(id, 1, false, Worker("Wu Xiu"), null, tx.RecordedAt, "local"));
            return new Refusal(No, "");
        });

        Assert.That(outcome.IsRefused);
        Assert.That(test.Store.Reader.ReadWorker(id), Is.Null);
    }

    [Test]
    public async Task FailedWrite_FailsAlone()
    {
        await using var test = await TestStore.OpenAsync(engine);

        var failing = test.Store.Gate.RunAsync<int>(_ => throw new InvalidOperationException("a bug"));
        var worker = await test.AddWorkerAsync();

        Assert.That(async () => await failing, Throws.InvalidOperationException);
        Assert.That(test.Store.Reader.ReadWorker(worker), Is.Not.Null);
    }

    [Test]
    public async Task WhoAsksWhileTheRecordIsBeingClosed_GetsTheSameInstant()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var before = test.Store.Clock.ClosedThrough;

        var through = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => test.Store.Gate.CloseAsync()));

        Assert.That(through[0], Is.GreaterThan(before));
        Assert.That(through, Is.All.EqualTo(through[0]));
    }

    [Test]
    public async Task WritesAboutOneWorker_AreStampedInStrictOrder_AndNoneIsLost()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var worker = await test.AddWorkerAsync();

        var numbers = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i =>
                    test.Store.Gate.RunAsync<int>(tx => Rename(tx, worker, $"name {i}")).ContinueWith(t => t.Result.Value)
                )
        );

        var revisions = test.Store.Reader.ReadWorker(worker)!.Revisions;
        Assert.That(numbers, Is.Unique);
        Assert.That(revisions, Has.Count.EqualTo(101));
        Assert.That(revisions.Select(r => r.RecordedAt.Microseconds), Is.Ordered.Ascending.And.Unique);
        Assert.That(
            revisions.Zip(revisions.Skip(1)).All(pair => pair.First.SupersededAt == pair.Second.RecordedAt),
            "each revision is superseded by the next"
        );
    }

    [Test]
    public async Task WorkerReadAheadOfTheGate_IsReadAgainIfWrittenSince()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var worker = await test.AddWorkerAsync();
        var key = new IdempotencyKey("local", "POST", "/milestones", "k1", [1]);
        var ahead = test.Store.ReadAhead(worker, key);
        var fresh = test.Store.ReadAhead(Guid.NewGuid());
        if (engine == TestEngine.Sqlite)
        {
            Assert.That(ahead!.Record!.Revisions, Has.Count.EqualTo(1));
            Assert.That(fresh!.Record, Is.Null);
        }

        var first = await test.Store.Gate.RunAsync<int>(tx => Rename(tx, worker, "second"), ahead);
        var second = await test.Store.Gate.RunAsync<int>(tx => Rename(tx, worker, "third"), ahead);
        var twice = await test.Store.Gate.RunAsync<int>(
            tx => Rename(tx, worker, "fourth").Value + Rename(tx, worker, "fifth").Value,
            test.Store.ReadAhead(worker)
        );

        Assert.That((first.Value, second.Value, twice.Value), Is.EqualTo((2, 3, 4 + 5)));
    }

    [Test]
    public async Task WorkerReadAheadOfMaintenance_IsReadAgain()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var worker = await test.AddWorkerAsync();
        var ahead = test.Store.ReadAhead(worker);

        await test.Store.Gate.MaintainAsync(c =>
            c.Prepared("UPDATE worker_revisions SET superseded_at = 7 WHERE worker_id = @p0", ColumnKind.Id).Execute(null, worker)
        );
        var seen = await test.Store.Gate.RunAsync<bool>(
            tx => tx.LockWorker(worker)!.Revisions[0].SupersededAt is not null,
            ahead
        );

        Assert.That(seen.Value);
    }

    [Test]
    public async Task Store_AfterARestart_HasTheSameRecord()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var worker = await test.AddWorkerAsync("Luo·Ying 罗·颖 𠮷");
        var before = test.Store.Reader.ReadWorker(worker)!;

        await test.RestartAsync();

        var after = test.Store.Reader.ReadWorker(worker)!;
        Assert.That(after.Revisions, Is.EqualTo(before.Revisions));
        Assert.That(after.Revisions[0].Content.Name, Is.EqualTo("Luo·Ying 罗·颖 𠮷"));
    }

    [Test]
    public async Task IdempotencyKey_AnswersTheSameAgain_AlsoAfterARestart()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var key = new IdempotencyKey("local", "POST", "/workers", "k1", [1, 2, 3]);
        await test.Store.Gate.RunAsync<int>(tx =>
        {
            tx.Keep(key, new StoredAnswer(201, "{}", [7]));
            return 1;
        });

        await test.RestartAsync();
        var (same, other) = (await test.Store.Gate.RunAsync<StoredAnswer>(tx => tx.FindAnswer(key)!)).Value is var found
            ? (found, (await test.Store.Gate.RunAsync<StoredAnswer>(tx => tx.FindAnswer(key with { RequestHash = [9] })!)).Value)
            : default;

        Assert.That((same.Status, same.Body, same.SameRequest), Is.EqualTo((201, new byte[] { 7 }, true)));
        Assert.That(other.SameRequest, Is.False);
    }

    [Test]
    public async Task IdempotencyKey_IsForgottenAfter24Hours()
    {
        var time = new SetClock(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
        await using var test = await TestStore.OpenAsync(engine, time);
        var key = new IdempotencyKey("local", "POST", "/workers", "k1", [1]);
        await test.Store.Gate.RunAsync<int>(tx =>
        {
            tx.Keep(key, new StoredAnswer(201, "{}", []));
            return 1;
        });

        time.Pass(TimeSpan.FromHours(23.9));
        var before = await test.Store.Gate.RunAsync<bool>(tx => tx.FindAnswer(key) is not null);
        time.Pass(TimeSpan.FromHours(0.2));
        var after = await test.Store.Gate.RunAsync<bool>(tx => tx.FindAnswer(key) is not null);

        Assert.That((before.Value, after.Value), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task ClosedInstant_IsNeverWrittenBefore()
    {
        var time = new SetClock(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
        await using var test = await TestStore.OpenAsync(engine, time);
        await test.AddWorkerAsync();
        time.Pass(TimeSpan.FromSeconds(30));
        var asked = Instant.From(time.GetUtcNow().AddSeconds(-11));

        var known = await test.Store.ResolveAsync(asked);
        time.Jump(TimeSpan.FromSeconds(-9));
        var worker = await test.AddWorkerAsync();

        Assert.That(known!.IsClosed);
        Assert.That(test.Store.Reader.ReadWorker(worker)!.Revisions[0].RecordedAt, Is.GreaterThan(asked));
    }

    [Test]
    public async Task ClockThatWentBackBeforeWhatIsClosed_StopsWritesUntilItIsRight()
    {
        var time = new SetClock(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
        await using var test = await TestStore.OpenAsync(engine, time);
        time.Pass(TimeSpan.FromSeconds(30));
        await test.Store.ResolveAsync(Instant.From(time.GetUtcNow().AddSeconds(-15)));

        time.Jump(TimeSpan.FromSeconds(-20));
        Assert.That(async () => await test.AddWorkerAsync(), Throws.InstanceOf<SystemTimeWrongException>());
        time.Jump(TimeSpan.FromSeconds(20));
        Assert.That(async () => await test.AddWorkerAsync(), Throws.Nothing);
    }

    [Test]
    public async Task ClockThatJumps_StopsWritesUntilAnOperatorConfirms()
    {
        var time = new SetClock(DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
        await using var test = await TestStore.OpenAsync(engine, time);
        await test.AddWorkerAsync();

        time.Jump(TimeSpan.FromHours(2));
        Assert.That(async () => await test.AddWorkerAsync(), Throws.InstanceOf<SystemTimeWrongException>());
        await test.Store.Gate.ConfirmClockAsync();
        Assert.That(async () => await test.AddWorkerAsync(), Throws.Nothing);
    }

    [Test]
    public async Task FutureKnownAt_IsNoInstantToAnswerAt()
    {
        await using var test = await TestStore.OpenAsync(engine);

        Assert.That(await test.Store.ResolveAsync(Instant.From(DateTimeOffset.UtcNow.AddMinutes(1))), Is.Null);
    }

    [Test]
    public async Task DefaultKnownAt_SeesOnesOwnWrite()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var worker = await test.AddWorkerAsync();

        var known = await test.Store.ResolveAsync(null);

        Assert.That(test.Store.Reader.ReadWorker(worker)!.At(known!.Instant), Is.Not.Null);
    }

    [Test]
    public async Task Subtree_FollowsTheParentThatHeldOnTheDay()
    {
        await using var test = await TestStore.OpenAsync(engine);
        var district = await test.AddOrganizationAsync("district");
        var east = await test.AddOrganizationAsync("east", district);
        var west = await test.AddOrganizationAsync("west", district);
        var shop = await test.AddOrganizationAsync("shop", east);
        await test.Store.Gate.RunAsync<int>(tx =>
        {
            var newest = tx.LockOrganization(shop)[^1];
            var moved = newest.Content with { ParentId = west, From = new DateOnly(2020, 1, 1) };
            tx.Add(new Revision<OrganizationContent>(shop, 2, false, moved, "moved", tx.RecordedAt, "local"));
            return 2;
        });

        Assert.That(Below(test, east, "2019-12-31"), Is.EquivalentTo(new[] { east, shop }));
        Assert.That(Below(test, east, "2020-01-01"), Is.EquivalentTo(new[] { east }));
        Assert.That(Below(test, west, "2020-01-01"), Is.EquivalentTo(new[] { west, shop }));
        Assert.That(Below(test, district, "1990-01-01"), Is.EquivalentTo(new[] { district, east, west, shop }));
    }

    private static List<Guid> Below(TestStore test, Guid root, string day)
    {
        using var context = test.Store.Read();
        var knownAt = test.Store.Clock.Newest;
        return [.. CareerCoordinates.Data.Tables.ClockQueries.Subtree(context, root, DateOnly.Parse(day), knownAt)];
    }

    private static WorkerContent Worker(string name) => new(null, name, null, null, null, null);

    private static Outcome<int> Rename(RecordTransaction tx, Guid id, string name)
    {
        var newest = tx.LockWorker(id)!.Revisions[^1];
        tx.Add(new Revision<WorkerContent>(id, newest.Number + 1, false, Worker(name), null, tx.RecordedAt, "local"));
        return newest.Number + 1;
    }
}
