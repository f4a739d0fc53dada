using CareerCoordinates.Data;
using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;
using Microsoft.EntityFrameworkCore;

namespace CareerCoordinates.Tests.Data;

/// <summary>Several processes serve one PostgreSQL database; one of them publishes the next version of the framework.</summary>
public class FrameworkVersionTests
{
    private static readonly MilestoneContent Enrolment = new(
        "guild-enrolment",
        PartialDate.Parse("2016-01-01"),
        null,
        null,
        AttributeSet.FromCanonical("{}"),
        [],
        null
    );

    [Test]
    public async Task Write_IsCheckedUnderTheVersionThatAnotherProcessPublished()
    {
        await using var test = await TestStore.OpenAsync(TestEngine.Postgres);
        await using var other = await test.OpenAnotherAsync();

        await other.PublishAsync(NextVersion());

        Assert.That(await VersionOfAWriteAsync(test.Store), Is.EqualTo(2));
        Assert.That(test.Store.Frameworks.Current.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task Read_LearnsOfItWithinASecond()
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));
        await using var test = await TestStore.OpenAsync(TestEngine.Postgres, clock);
        await using var other = await test.OpenAnotherAsync(clock);
        await test.Store.ResolveAsync(null);
        clock.Pass(TimeSpan.FromSeconds(1));

        await other.PublishAsync(NextVersion());

        var known = await test.Store.ResolveAsync(null);
        Assert.That(test.Store.Frameworks.At(known!.Instant).Version, Is.EqualTo(2));
        Assert.That(test.Store.Frameworks.At(known.Instant.PlusMicroseconds(-1_000_000)).Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Closed_IsNothingWhoseVersionIsNotKnown()
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));
        await using var test = await TestStore.OpenAsync(TestEngine.Postgres, clock);
        await using var other = await test.OpenAnotherAsync(clock);
        await other.PublishAsync(NextVersion());
        clock.Pass(TimeSpan.FromMinutes(1));

        await test.Store.Gate.CloseAsync();

        Assert.That(test.Store.Frameworks.At(test.Store.Clock.ClosedThrough).Version, Is.EqualTo(2));
    }

    /// <summary>Each process closes once a second; what one has promised, the other knows at once.</summary>
    [Test]
    public async Task ClosedByAnotherProcess_IsClosedHere()
    {
        var clock = new SetClock(new DateTimeOffset(2026, 11, 22, 6, 0, 0, TimeSpan.Zero));
        await using var test = await TestStore.OpenAsync(TestEngine.Postgres, clock);
        await using var other = await test.OpenAnotherAsync(clock);
        clock.Pass(TimeSpan.FromMinutes(1));
        await other.ClosedThroughAsync();
        clock.Pass(TimeSpan.FromSeconds(0.6));
        var promised = await test.Store.ClosedThroughAsync();
        clock.Pass(TimeSpan.FromSeconds(0.1));

        var known = await other.ResolveAsync(promised);
        var later = await other.ResolveAsync(promised.PlusMicroseconds(50_000));

        Assert.That(other.Clock.ClosedThrough, Is.EqualTo(promised), "its own closing was not due");
        Assert.That((known!.IsClosed, later!.IsClosed), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Publication_WaitsForTheWritesThatBegan_AndFoldsWhatTheyWrote()
    {
        await using var test = await TestStore.OpenAsync(TestEngine.Postgres);
        await using var other = await test.OpenAnotherAsync();
        var worker = await test.AddWorkerAsync();
        using var begun = new ManualResetEventSlim();
        using var mayEnd = new ManualResetEventSlim();
        var write = test.AddMilestoneAsync(worker, Enrolment, () => Pause(begun, mayEnd));
        begun.Wait();

        var publication = other.PublishAsync(NextVersion());
        var late = VersionOfAWriteAsync(test.Store);
        await Task.Delay(200);
        var waits = (publication.IsCompleted, late.IsCompleted);
        mayEnd.Set();
        await write;
        await publication;

        Assert.That(waits.Item1, Is.False, "the publication ran while a write under the old version was open");
        Assert.That(await late, Is.AnyOf(1, 2));
        await using var context = test.Store.Read();
        var rows = await context.Standings.Where(s => s.WorkerId == worker).ToListAsync();
        Assert.That(
            rows,
            Has.Count.EqualTo(1).And.All.Matches<CareerCoordinates.Data.Tables.StandingRow>(r => r.SupersededAt != null)
        );
    }

    [Test]
    public async Task TwoPublishers_OfOneVersion_PublishItOnce()
    {
        await using var test = await TestStore.OpenAsync(TestEngine.Postgres);
        await using var other = await test.OpenAnotherAsync();

        await Task.WhenAll(test.Store.PublishAsync(NextVersion()), other.PublishAsync(NextVersion()));

        Assert.That(
            test.Store.Reader.OnConnection(c => c.Prepared("SELECT count(*) FROM framework_versions").Scalar(null)),
            Is.EqualTo(2)
        );
        Assert.That((test.Store.Frameworks.Current.Version, other.Frameworks.Current.Version), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task OtherContent_UnderAPublishedNumber_IsRefused()
    {
        await using var test = await TestStore.OpenAsync(TestEngine.Postgres);
        await using var other = await test.OpenAnotherAsync();
        await other.PublishAsync(NextVersion());

        Assert.That(
            async () => await test.Store.PublishAsync(NextVersion("港区坐标二")),
            Throws.TypeOf<FrameworkMismatchException>().With.Message.Contains("other content")
        );
        Assert.That(test.Store.Publishing, Is.Null);
    }

    [Test]
    public async Task TypeThatAnEarlierVersionOffersAsAMeasure_CannotBecomeRestricted()
    {
        var open = Read(json =>
            json.Replace("\"sensitivity\": \"restricted\"", "\"sensitivity\": \"normal\"", StringComparison.Ordinal)
                .Replace("[ \"rig-improvement\" ]", "[ \"rig-improvement\", \"storm-relief\" ]", StringComparison.Ordinal)
        );
        await using var test = await TestStore.OpenAsync(TestEngine.Sqlite, framework: open);

        Assert.That(open.MilestoneTypes["storm-relief"].Sensitivity, Is.EqualTo(Sensitivity.Normal));
        Assert.That(
            async () => await test.Store.PublishAsync(NextVersion()),
            Throws.TypeOf<FrameworkMismatchException>().With.Message.Contains("storm-relief")
        );
        Assert.That(test.Store.Frameworks.Current.Version, Is.EqualTo(1));
    }

    private static Framework Read(Func<string, string> change) => FrameworkFile.Read(change(TestFrameworks.HarbourJson)).Value;

    private static async Task<int> VersionOfAWriteAsync(CareerStore store) =>
        (await store.Gate.RunAsync<int>(tx => tx.Framework.Version)).Value;

    private static void Pause(ManualResetEventSlim begun, ManualResetEventSlim mayEnd)
    {
        begun.Set();
        mayEnd.Wait();
    }

    /// <summary>The next version, in which enrolment in the house of the east alone grants something.</summary>
    private static Framework NextVersion(string name = "港区坐标") =>
        FrameworkFile
            .Read(
                TestFrameworks
                    .HarbourJson.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)
                    .Replace("港区坐标", name, StringComparison.Ordinal)
                    .Replace(
                        """guild-hand", "when": { "all": [] }""",
                        """guild-hand", "when": { "all": [{ "attr": "house", "op": "eq", "value": "east" }] }""",
                        StringComparison.Ordinal
                    )
            )
            .Value;
}
