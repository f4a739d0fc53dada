using System.Data.Common;
using System.Runtime.Versioning;
using CareerCoordinates.Api.Demo;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Moves;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Tests.Demo;
using CareerCoordinates.Tests.Engines;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CareerCoordinates.Tests.Data.Moves;

/// <summary>What a move takes and refuses, and what is left when it ends early; each from one engine to the other.</summary>
[BothEngines]
public class MoveTests(TestEngine engine)
{
    private TestDatabase record = null!;

    private TestEngine Other => engine == TestEngine.Sqlite ? TestEngine.Postgres : TestEngine.Sqlite;

    [OneTimeSetUp]
    public async Task Record()
    {
        record = await engine.OpenAsync();
        await using var store = await OpenAsync(record);
        await DemoLoad.Population(store, TestFrameworks.Chaoyang, DemoFiles.Folder, 60, 5, _ => { });
    }

    [OneTimeTearDown]
    public async Task Remove() => await record.DisposeAsync();

    [Test]
    public async Task MovedRecord_HasTheSameHashesIndexesAndNewest_AndTellsOfTheMove()
    {
        await using var target = await Other.OpenAsync();
        await using var fresh = await Other.OpenAsync();
        await using (await OpenAsync(fresh)) { }

        var moved = Moving.Moved(record, target);

        Assert.That(moved.Rows("milestone_revisions"), Is.GreaterThan(100));
        Assert.That(moved.Rows("audit_entries"), Is.GreaterThan(0));
        Assert.That(Moving.Contents(target).Hashes(), Is.EqualTo(moved.Hashes()));
        Assert.That(Moving.Contents(record).Hashes(), Is.EqualTo(moved.Hashes()), "the source, too");
        Assert.That(Indexes(target), Is.EqualTo(Indexes(fresh)).And.Not.Empty);
        Assert.That(Newest(target), Is.GreaterThan(0).And.GreaterThanOrEqualTo(NewestOfPeople(record)));
        Assert.That(
            Text(target, "SELECT action || ' ' || account || ' ' || details FROM audit_entries ORDER BY entry_id DESC LIMIT 1"),
            Is.EqualTo($$"""moveRecord command line {"to":"{{Other.Name}}"}""")
        );
    }

    /// <summary>Where writers run side by side, each worker and each organisation has a row to lock, as if all had been written there.</summary>
    [Test]
    public async Task MovedRecord_CanBeWrittenOn()
    {
        await using var target = await Other.OpenAsync();
        Moving.Moved(record, target);

        await using var store = await OpenAsync(target);
        var (worker, organization) = store.Reader.OnConnection(c =>
            (
                c.Prepared("SELECT worker_id FROM worker_revisions LIMIT 1").Read(null, row => row.Id())[0],
                c.Prepared("SELECT organization_id FROM organization_revisions LIMIT 1").Read(null, row => row.Id())[0]
            )
        );
        var written = await store.Gate.RunAsync<(long, long)>(tx =>
            tx.LockWorker(worker) is { } known && tx.LockOrganization(organization).Count > 0
                ? (known.NewestRecordedAt.Microseconds, tx.RecordedAt.Microseconds)
                : default
        );

        Assert.That(written.Value.Item1, Is.GreaterThan(0).And.LessThan(written.Value.Item2));
    }

    [Test]
    public async Task Folder_IsForItsOwner_CarriesTheManifest_AndIsReadIn()
    {
        using var folder = new TemporaryFolder();
        var written = Moving.ToFolder(record, folder.New);
        await using var target = await Other.OpenAsync();
        var read = Moving.FromFolder(folder.New, target);

        Assert.That(read.Hashes(), Is.EqualTo(written.Hashes()));
        var there = Moving.Contents(target);
        Assert.That(there.WithoutTrail().Hashes(), Is.EqualTo(written.WithoutTrail().Hashes()));
        Assert.That(there.Rows("audit_entries"), Is.EqualTo(written.Rows("audit_entries") + 1), "and that it was read in");
        foreach (var content in written)
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder.New, content.Table + ".ndjson"));
            var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
            Assert.That((hash, bytes.LongLength), Is.EqualTo((content.Sha256, content.Bytes)), content.Table);
            Assert.That(bytes.LongCount(b => b == '\n'), Is.EqualTo(content.Rows), content.Table);
        }
        Assert.That(Directory.GetFiles(folder.New), Has.Length.EqualTo(MovedTables.All.Count + 1));
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void Folder_AndFiles_AreClosedToOthers()
    {
        using var folder = new TemporaryFolder();
        Moving.ToFolder(record, folder.New);

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.That(Directory.GetFiles(folder.New).Select(File.GetUnixFileMode), Has.All.EqualTo(owner));
        Assert.That(new DirectoryInfo(folder.New).UnixFileMode, Is.EqualTo(owner | UnixFileMode.UserExecute));
    }

    [Test]
    public async Task TargetThatIsNotEmpty_IsRefused_WithWhatIsThere()
    {
        await using var target = await Other.OpenAsync();
        await using (var store = await OpenAsync(target))
        {
            await store.Gate.RunAsync<bool>(tx =>
            {
                tx.Add(
                    new Revision<CareerCoordinates.Domain.People.WorkerContent>(
                        tx.NewId(),
                        1,
                        false,
                        new(null, "Su Wei", null, null, null, null),
                        null,
                        tx.RecordedAt,
                        "local"
                    )
                );
                return true;
            });
        }
        var before = Moving.Contents(target).Hashes().ToList();
        var trail = Moving.Contents(record).Rows("audit_entries");

        Refused(() => Moving.Moved(record, target), "is not empty: it has version ", "worker_revisions 1", "an empty");

        Assert.That(Moving.Contents(target).Hashes(), Is.EqualTo(before));
        Assert.That(Moving.Contents(record).Rows("audit_entries"), Is.EqualTo(trail), "nothing left, so nothing is told");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.New);
        await File.WriteAllTextAsync(Path.Combine(folder.New, "keep.txt"), "");
        Refused(() => Moving.ToFolder(record, folder.New), "is not empty: it has 1 entries");
        Assert.That(File.Exists(Path.Combine(folder.New, "keep.txt")));
    }

    /// <summary>One on which a server was started once has a framework, and a key for counts.</summary>
    [Test]
    public async Task TargetOnWhichAServerWasStarted_IsRefused()
    {
        await using var target = await Other.OpenAsync();
        await using (await OpenAsync(target)) { }
        Refused(() => Moving.Moved(record, target), "with rows in ", "framework_versions 1");
    }

    [Test]
    public void SameDatabase_IsRefused() => Refused(() => Moving.Moved(record, record), "Source and target are the same");

    [Test]
    public async Task SourceInUse_IsRefused()
    {
        await using var target = await Other.OpenAsync();
        await using var server = await OpenAsync(record);
        await server.Gate.RunAsync<bool>(tx =>
        {
            _ = tx.NewId();
            return true;
        });
        Refused(() => Moving.Moved(record, target), " open. Stop it, and start none until the record is moved");
        Assert.That(Tables(target), Is.Empty);
    }

    [TestCase(-1, "Start this program's server on it once")]
    [TestCase(1, "Use the newer program")]
    public async Task SourceOfAnotherVersion_IsRefused(int off, string remedy)
    {
        await using var source = await engine.OpenAsync();
        await using var target = await Other.OpenAsync();
        await using (await OpenAsync(source)) { }
        var known = Migrator.NewestOf(TestStore.EngineOf(source));
        Execute(
            source,
            off < 0
                ? $"DELETE FROM schema_versions WHERE version = {known}"
                : $"INSERT INTO schema_versions (version, name) VALUES ({known + 1}, 'later')"
        );
        Refused(
            () => Moving.Moved(source, target),
            $"has version {known + off} of the tables; this program moves version {known}",
            remedy
        );
    }

    [Test]
    public async Task SourceWithoutARecord_IsRefused()
    {
        await using var source = await engine.OpenAsync();
        await using var target = await Other.OpenAsync();
        Refused(() => Moving.Moved(source, target), "There is no record in ");
    }

    [Test]
    public async Task SourceWhoseLoadWasBrokenOff_IsRefused()
    {
        await using var source = await engine.OpenAsync();
        await using var target = await Other.OpenAsync();
        await using (await OpenAsync(source)) { }
        Execute(source, "CREATE TABLE bulk_load_indexes (definition TEXT NOT NULL)");
        Refused(() => Moving.Moved(source, target), "was broken off. Start the server on it once");
    }

    /// <summary>Stopped after any number of rows, in any step: nothing is in the target, and the next try succeeds.</summary>
    [Test]
    public async Task StoppedMove_LeavesNothing_AndCanBeTriedAgain([Values] bool toFolder)
    {
        await using var target = await Other.OpenAsync();
        using var folder = new TemporaryFolder();
        var told = new List<MoveState>();
        var points = Enumerable
            .Range(0, MovedTables.All.Count)
            .Where(table => table % 5 == 0)
            .SelectMany(table => new[] { (MoveStep.Copying, table), (MoveStep.Comparing, table) })
            .Concat(toFolder ? [] : [(MoveStep.Indexing, 0), (MoveStep.Indexing, 1), (MoveStep.Indexing, 20)]);
        foreach (var (step, after) in points)
        {
            using var stopping = new CancellationTokenSource();
            var seen = 0;
            var watch = new MoveWatch(
                state =>
                {
                    told.Add(state);
                    if (state.Step == step && seen++ == after)
                    {
                        stopping.Cancel();
                    }
                },
                stopping.Token
            );
            Assert.That(
                () => toFolder ? Moving.ToFolder(record, folder.New, watch: watch) : Moving.Moved(record, target, watch: watch),
                Throws.InstanceOf<OperationCanceledException>(),
                $"{step} {after}"
            );
            Assert.That(Tables(target), Is.Empty, $"{step} {after}");
            Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty, $"{step} {after}");
        }
        var moved = toFolder ? Moving.ToFolder(record, folder.New) : Moving.Moved(record, target);
        Assert.That(moved, Has.Count.EqualTo(MovedTables.All.Count));
        Assert.That(told.Select(t => t.Table), Is.SupersetOf(MovedTables.All.Select(t => t.Name)));
    }

    /// <summary>What is read back is not what was sent: such a target is not kept.</summary>
    [Test]
    public async Task TargetThatKeepsSomethingElse_IsNotKept()
    {
        await using var target = await Other.OpenAsync();
        var spoiling = new SpoilingSource(record);
        using (spoiling)
        using (var into = DatabaseTarget.Of(TestStore.EngineOf(target)))
        {
            Refused(
                () => RecordMove.Run(spoiling, into, Moving.Unwatched),
                "The table worker_revisions is not the same in ",
                "the first difference lies between the rows 1 and "
            );
        }
        Assert.That(Tables(target), Is.Empty);
    }

    private static void Refused(Action move, params string[] why)
    {
        var refusal = Assert.Throws<MoveException>(() => move())!;
        Assert.Multiple(() =>
        {
            foreach (var part in why)
            {
                Assert.That(refusal.Message, Does.Contain(part));
            }
        });
    }

    private static Task<CareerStore> OpenAsync(TestDatabase database) =>
        CareerStore.OpenAsync(TestStore.EngineOf(database), TimeProvider.System, TestFrameworks.Chaoyang, migrate: true);

    private static DbConnection Connect(TestDatabase database)
    {
        DbConnection connection =
            database.Engine == TestEngine.Sqlite
                ? new SqliteConnection(database.ConnectionString + ";Pooling=False")
                : new NpgsqlConnection(database.ConnectionString + ";Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(TestDatabase database, string sql)
    {
        using var connection = Connect(database);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<T> Read<T>(TestDatabase database, string sql, Func<DbDataReader, T> read)
    {
        using var connection = Connect(database);
        return TablesTests.Read(connection, sql, read);
    }

    private static string Text(TestDatabase database, string sql) => Read(database, sql, row => row.GetString(0))[0];

    /// <summary>A file that is not there has none, and is not made by looking.</summary>
    private static List<string> Tables(TestDatabase database) =>
        database.Engine == TestEngine.Sqlite
            ? File.Exists(new SqliteConnectionStringBuilder(database.ConnectionString).DataSource)
                ? Read(database, "SELECT name FROM sqlite_master", row => row.GetString(0))
                : []
            : Read(
                database,
                "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'",
                row => row.GetString(0)
            );

    private static List<string> Indexes(TestDatabase database) =>
        Read(database, TestStore.EngineOf(database).IndexesSql, row => row.GetString(1));

    private static long Newest(TestDatabase database) =>
        Read(database, TestStore.EngineOf(database).NewestRecordedAtSql, row => row.GetInt64(0))[0];

    private static long NewestOfPeople(TestDatabase database) =>
        Read(database, "SELECT max(recorded_at) FROM worker_revisions", row => row.GetInt64(0))[0];

    /// <summary>Says of one worker's name something else than it gives.</summary>
    private sealed class SpoilingSource(TestDatabase record) : MoveSource
    {
        private readonly DatabaseSource source = DatabaseSource.Open(TestStore.EngineOf(record), readOnly: true);

        public override string Name => source.Name;

        public override string Identity => source.Identity;

        public override long Size => source.Size;

        public override void Begin() => source.Begin();

        public override IReadOnlyList<long> CountRows() => source.CountRows();

        internal override TableContent Read(MovedTable table, MoveWatch watch, MovedRow tell)
        {
            var name = table.Columns.Columns.ToList().FindIndex(c => c.Name == "name");
            return source.Read(
                table,
                watch,
                (values, line) =>
                {
                    if (table.Name == RecordTables.Workers.Table)
                    {
                        values[name] = "somebody else";
                    }
                    tell(values, line);
                }
            );
        }

        public override void Dispose() => source.Dispose();
    }
}
