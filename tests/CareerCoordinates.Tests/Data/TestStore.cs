using CareerCoordinates.Data;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Data;

/// <summary>A store on a fresh database of one engine, with the small framework and, if wanted, a clock that the test sets.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private readonly TestDatabase database;

    private TestStore(TestDatabase database, CareerStore store)
    {
        this.database = database;
        Store = store;
    }

    public CareerStore Store { get; private set; }

    public static Engine EngineOf(TestDatabase database) =>
        database.Engine == TestEngine.Sqlite
            ? new SqliteEngine(database.ConnectionString)
            : new PostgresEngine(database.ConnectionString);

    public static async Task<TestStore> OpenAsync(TestEngine engine, TimeProvider? time = null, Framework? framework = null)
    {
        var database = await engine.OpenAsync();
        return new(database, await OpenAsync(database, time, framework));
    }

    /// <summary>With a protection key, as <see cref="ReopenAsync"/> can open it again.</summary>
    public static async Task<TestStore> OpenProtectedAsync(TestEngine engine, byte[] secret, Framework? framework = null)
    {
        var database = await engine.OpenAsync();
        return new(database, await OpenAsync(database, null, framework, _ => new KeyEncryptionKey(1, secret)));
    }

    /// <summary>Closes the store and opens it again with another source of its key.</summary>
    public async Task ReopenAsync(Func<KeyCheck?, KeyEncryptionKey?>? keyOf)
    {
        await Store.DisposeAsync();
        Store = await OpenAsync(database, null, null, keyOf);
    }

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    public async Task RestartAsync(TimeProvider? time = null, Framework? framework = null)
    {
        await Store.DisposeAsync();
        Store = await OpenAsync(database, time, framework);
    }

    /// <summary>A second store on the same database, as another process has one; only on PostgreSQL.</summary>
    public Task<CareerStore> OpenAnotherAsync(TimeProvider? time = null) => OpenAsync(database, time, null);

    public async Task<Guid> AddWorkerAsync(string name = "Ma Lan", string? number = null)
    {
        var outcome = await Store.Gate.RunAsync<Guid>(tx =>
        {
            var id = tx.NewId();
            var content = new WorkerContent(number, name, new DateOnly(2012, 7, 1), null, null, null);
            tx.Add(new Revision<WorkerContent>(id, 1, false, content, null, tx.RecordedAt, "local"));
            return id;
        });
        return outcome.Value;
    }

    public async Task<Guid> AddOrganizationAsync(string name, Guid? parent = null, string from = "2000-01-01")
    {
        var outcome = await Store.Gate.RunAsync<Guid>(tx =>
        {
            var id = tx.NewId();
            var kind = parent is null ? OrganizationKind.DistrictFederation : OrganizationKind.StreetUnion;
            var content = new OrganizationContent(parent, kind, name, null, null, DateOnly.Parse(from), null, []);
            tx.Add(new Revision<OrganizationContent>(id, 1, false, content, null, tx.RecordedAt, "local"));
            return id;
        });
        return outcome.Value;
    }

    /// <summary>Enters a figure of the small framework's storms.</summary>
    public async Task<Revision<EnteredFigureContent>> AddEnteredFigureAsync(
        Guid organization,
        string figure,
        decimal number,
        int year = 2025,
        YearKind kind = YearKind.Calendar
    )
    {
        var outcome = await Store.Gate.RunAsync<Revision<EnteredFigureContent>>(tx =>
        {
            tx.LockOrganization(organization);
            var content = new EnteredFigureContent(organization, "storms", figure, new(kind, year), number, "the log");
            var revision = new Revision<EnteredFigureContent>(tx.NewId(), 1, false, content, null, tx.RecordedAt, "local");
            tx.Add(revision);
            return revision;
        });
        return outcome.Value;
    }

    /// <summary>Records a milestone of the small framework as verified; answers its only revision.</summary>
    public async Task<MilestoneRevision> AddMilestoneAsync(Guid workerId, MilestoneContent content, Action? meanwhile = null)
    {
        var outcome = await Store.Gate.RunAsync<MilestoneRevision>(tx =>
        {
            var record = tx.LockWorker(workerId)!;
            var revision = new MilestoneRevision(
                workerId,
                tx.NewId(),
                1,
                MilestoneState.Verified,
                content,
                null,
                tx.RecordedAt,
                "local",
                "local",
                tx.Framework.Version,
                null
            );
            tx.Add(record, revision);
            meanwhile?.Invoke();
            return revision;
        });
        return outcome.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await database.DisposeAsync();
    }

    private static Task<CareerStore> OpenAsync(
        TestDatabase database,
        TimeProvider? time,
        Framework? framework,
        Func<KeyCheck?, KeyEncryptionKey?>? keyOf = null
    ) =>
        CareerStore.OpenAsync(
            EngineOf(database),
            time ?? TimeProvider.System,
            framework ?? TestFrameworks.Harbour,
            migrate: true,
            keyOf
        );
}

/// <summary>A wall clock that the test sets; the monotonic clock goes with it unless it jumps.</summary>
public sealed class SetClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan passed;
    private TimeSpan jumped;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start + passed + jumped;

    public override long GetTimestamp() => passed.Ticks + 1;

    public void Pass(TimeSpan time) => passed += time;

    /// <summary>Somebody sets the machine's clock: no time passes.</summary>
    public void Jump(TimeSpan by) => jumped += by;
}
