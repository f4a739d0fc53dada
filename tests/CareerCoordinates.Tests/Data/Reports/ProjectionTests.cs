using CareerCoordinates.Data;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Data.Reports;

/// <summary>The columns in memory follow the record, and are then what reading it anew gives.</summary>
[BothEngines]
public class ProjectionTests(TestEngine engine)
{
    private static readonly DateOnly Day = new(2026, 1, 1);

    private TestStore test = null!;
    private Guid wharf;

    [SetUp]
    public async Task Open()
    {
        test = await TestStore.OpenAsync(engine);
        wharf = await test.AddOrganizationAsync("wharf");
    }

    [TearDown]
    public Task Close() => test.DisposeAsync().AsTask();

    /// <summary>More than can wait beside the first layer, in more steps than there may be layers.</summary>
    [Test]
    public async Task ColumnsThatFollowed_AreThoseReadAnew()
    {
        for (var i = 0; i < 30; i++)
        {
            await HireAsync(2000 + (i % 5));
        }
        test.Store.Projection.Load(default);
        for (var step = 0; step < 12; step++)
        {
            for (var i = 0; i < 60; i++)
            {
                await HireAsync(2010 + (i % 7));
            }
            Assert.That(Total(test.Store), Is.EqualTo(30 + (60 * (step + 1))));
        }
        var followed = ByYear(test.Store);
        var version = test.Store.Projection.Reports(null, default)!.Version;

        await test.RestartAsync();
        test.Store.Projection.Load(default);

        Assert.That(ByYear(test.Store), Is.EqualTo(followed));
        Assert.That(test.Store.Projection.Reports(null, default)!.Version, Is.GreaterThanOrEqualTo(version));
    }

    [Test]
    public async Task ChangedWorker_IsCountedOnce_AsHeIsNow()
    {
        var worker = await HireAsync(2010);
        test.Store.Projection.Load(default);
        for (var year = 2011; year < 2022; year++)
        {
            await ChangeAsync(worker, year);
            Assert.That(ByYear(test.Store), Is.EqualTo(new[] { $"{year}: 1" }));
        }
    }

    /// <summary>A large import changes all of a small district: what they were before is superseded, and held once.</summary>
    [Test]
    public async Task WhereAllAreReadAnew_NothingIsHeldTwice()
    {
        Guid[] workers = [await HireAsync(2010), await HireAsync(2011), await HireAsync(2012)];
        test.Store.Projection.Load(default);
        var held = test.Store.Projection.Size.Current;
        foreach (var year in new[] { 2013, 2014 })
        {
            foreach (var worker in workers)
            {
                await ChangeAsync(worker, year);
            }
            Assert.That(ByYear(test.Store), Is.EqualTo(new[] { $"{year}: 3" }));
            Assert.That(test.Store.Projection.Size.Current, Is.EqualTo(held));
        }
    }

    /// <summary>Several changed workers in one step, each with a past of his own.</summary>
    [Test]
    public async Task ChangedWorkers_KeepTheirPast()
    {
        test.Store.Projection.Load(default);
        var workers = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            workers.Add(await HireAsync(2010 + i));
        }
        var before = (await test.Store.ResolveAsync(null))!.Instant;
        await Task.Delay(5);
        foreach (var worker in workers)
        {
            await ChangeAsync(worker, 2020);
        }

        Assert.That(ByYear(test.Store), Is.EqualTo(new[] { "2020: 3" }));
        Assert.That(ByYear(test.Store, before), Is.EqualTo(new[] { "2010: 1", "2011: 1", "2012: 1" }));
    }

    /// <summary>The tree, too, follows each change, whether a report is asked for in between or not; that of before stays.</summary>
    [Test]
    public async Task ChangedOrganizations_AreFollowed_AndKeepTheirPast([Values] bool asksInBetween)
    {
        var (east, west) = (await test.AddOrganizationAsync("east", wharf), await test.AddOrganizationAsync("west", wharf));
        var yard = await test.AddOrganizationAsync("yard", east);
        // Beside so many the few of a report are looked for by themselves.
        for (var i = 0; i < 100; i++)
        {
            await test.AddOrganizationAsync("pier", wharf);
        }
        await HireAsync(test, yard, 2010);
        test.Store.Projection.Load(default);
        var before = (await test.Store.ResolveAsync(null))!.Instant;
        Assert.That(Below(null), Is.EqualTo((1, 0)));
        var expected = (East: 1, West: 0);
        for (var move = 0; move < 3; move++)
        {
            await Task.Delay(5);
            await MoveAsync(yard, move % 2 == 0 ? west : east);
            test.Store.Projection.Follow(default);
            await HireAsync(test, await test.AddOrganizationAsync("berth", west), 2010);
            test.Store.Projection.Follow(default);
            expected = move % 2 == 0 ? (0, move + 2) : (1, move + 1);
            if (asksInBetween)
            {
                Assert.That(Below(null), Is.EqualTo(expected), $"after {move}");
                Assert.That(Below(before), Is.EqualTo((1, 0)), $"before, after {move}");
            }
        }

        Assert.That(Below(before), Is.EqualTo((1, 0)));
        Assert.That(Below(null), Is.EqualTo(expected));

        (int, int) Below(Instant? knownAt) => (Total(test.Store, east, knownAt), Total(test.Store, west, knownAt));
    }

    /// <summary>What one process came to know in one order, another does in another, and both must give the same bytes.</summary>
    [Test]
    public async Task RowsByRecordedCodes_ComeInTheOrderOfTheCodes_WhateverBecameKnownFirst()
    {
        await HireAsync(2010);
        test.Store.Projection.Load(default);
        var ids = Enumerable.Range(1, 6).Select(i => new Guid(10 - i, 0, 0, new byte[8])).ToList();
        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            await test.Store.Gate.RunAsync<bool>(tx =>
            {
                var content = new OrganizationContent(wharf, OrganizationKind.StreetUnion, "pier", null, null, Day, null, []);
                tx.Add(new Revision<OrganizationContent>(id, 1, false, content, null, tx.RecordedAt, "local"));
                return true;
            });
            await HireAsync(test, id, 2010, occupation: $"6-{90 - i}");
            test.Store.Projection.Follow(default);
        }

        var (followed, byTime) = (Codes(), Times());
        await test.RestartAsync();
        test.Store.Projection.Load(default);

        Assert.That(followed, Has.Length.EqualTo(7 + 7));
        Assert.That(Codes(), Is.EqualTo(followed));
        Assert.That(byTime, Has.Length.EqualTo(7));
        Assert.That(Times(), Is.EqualTo(byTime));
        Assert.That(byTime, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));

        string[] Codes() => [.. CodesOf(Dimension.Organization), .. CodesOf(Dimension.Occupation)];

        string[] CodesOf(Dimension dimension)
        {
            var question = Question(test.Store) with { GroupBy = [new Grouping(dimension)] };
            return [.. test.Store.Projection.Reports(null, default)!.Count(question).Select(c => c.Codes[0])];
        }

        string[] Times()
        {
            var channel = test.Store.Frameworks.Current.Channels[0];
            var question = new TimeQuestion(
                Question(test.Store).Population,
                Day,
                channel,
                null,
                channel.Rungs[0],
                new Grouping(Dimension.Organization)
            );
            return [.. test.Store.Projection.Reports(null, default)!.Times(question).Select(g => g.Code)];
        }
    }

    [Test]
    public async Task WriteWithoutReports_IsInTheFirstOne()
    {
        test.Store.Projection.Load(default);
        await HireAsync(2010);

        Assert.That(Total(test.Store), Is.EqualTo(1));
    }

    [Test]
    public void CommitOfTheFuture_IsNotToBeHad()
    {
        test.Store.Projection.Load(default);

        Assert.That(test.Store.Projection.Reports(long.MaxValue, default), Is.Null);
    }

    [Test]
    public async Task CancelledReport_Stops()
    {
        await HireAsync(2010);
        test.Store.Projection.Load(default);
        using var cancelled = new CancellationTokenSource();
        var reports = test.Store.Projection.Reports(null, cancelled.Token)!;
        await cancelled.CancelAsync();

        Assert.That(() => reports.Count(Question(test.Store)), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>Twelve bytes a standing hold every day, code and microsecond that a standing can have.</summary>
    [Test]
    public void PackedRows_HoldWhatWasPutIn(
        [Values(0, 1, 109_938)] int from,
        [Values(109_939, ReportDay.NoEnd)] int end,
        [Values(0, 7, 255)] int code
    )
    {
        foreach (var at in new[] { 0, 999_999, 1_795_667_599_818_106, 4_102_444_799_999_999 })
        {
            var standing = new ProjectedStanding(from, end, code, at);
            Assert.That((standing.From, standing.End, standing.Rung, standing.RecordedAt), Is.EqualTo((from, end, code, at)));
            var place = new ProjectedAffiliation(from, end, true, code, 65_535, 400_000, 65_535, at);
            Assert.That(
                (place.From, place.End, place.Form, place.Organization, (int)place.Occupation, place.RecordedAt),
                Is.EqualTo((from, end, code, 400_000, 65_535, at))
            );
        }
    }

    private Task<Guid> HireAsync(int year) => HireAsync(test, wharf, year);

    /// <summary>A worker whose career and first affiliation begin in the year.</summary>
    internal static async Task<Guid> HireAsync(TestStore test, Guid organization, int year, string? occupation = null)
    {
        var outcome = await test.Store.Gate.RunAsync<Guid>(tx =>
        {
            var id = tx.NewId();
            var person = new WorkerContent(null, "Hand", new DateOnly(year, 7, 1), null, null, null);
            tx.Add(new Revision<WorkerContent>(id, 1, false, person, null, tx.RecordedAt, "local"));
            var place = new AffiliationContent(
                AffiliationKind.LabourContract,
                organization,
                null,
                new DateOnly(year, 7, 1),
                null,
                true,
                null,
                null,
                occupation
            );
            tx.Add(id, new Revision<AffiliationContent>(tx.NewId(), 1, false, place, null, tx.RecordedAt, "local"));
            return id;
        });
        return outcome.Value;
    }

    private Task ChangeAsync(Guid worker, int year) =>
        test.Store.Gate.RunAsync<bool>(tx =>
        {
            var newest = tx.LockWorker(worker)!.Revisions[^1];
            tx.Add(newest.Next(newest.Content with { CareerStart = new DateOnly(year, 7, 1) }, "typo", tx.RecordedAt, "local"));
            return true;
        });

    private Task MoveAsync(Guid organization, Guid parent) =>
        test.Store.Gate.RunAsync<bool>(tx =>
        {
            var newest = tx.LockOrganization(organization)[^1];
            tx.Add(newest.Next(newest.Content with { ParentId = parent }, "moved", tx.RecordedAt, "local"));
            return true;
        });

    private static int Total(CareerStore store, Guid organization, Instant? knownAt)
    {
        var question = Question(store, knownAt);
        var below = question with { Population = question.Population with { Filter = new(Organization: organization) } };
        return store.Projection.Reports(null, default)!.Count(below).Sum(c => c.Workers.Count);
    }

    internal static int Total(CareerStore store) => Cells(store).Sum(c => c.Workers.Count);

    private static string[] ByYear(CareerStore store, Instant? knownAt = null) =>
        [.. Cells(store, knownAt).Select(c => $"{c.Codes[0]}: {c.Workers.Count}")];

    private static IReadOnlyList<CountedCell> Cells(CareerStore store, Instant? knownAt = null) =>
        store.Projection.Reports(null, default)!.Count(Question(store, knownAt));

    private static CountQuestion Question(CareerStore store, Instant? knownAt = null) =>
        new(
            new Population(knownAt ?? Instant.Never, store.Frameworks.Current, new Scope(true, []), new WorkerFilter()),
            Day,
            [new Grouping(Dimension.CareerStartYear)]
        );
}
