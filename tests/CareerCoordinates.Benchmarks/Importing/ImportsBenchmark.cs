using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Benchmarks.Measuring;
using CareerCoordinates.Benchmarks.Serving;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Tests.Engines;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CareerCoordinates.Benchmarks.Importing;

/// <summary>
/// 200,000 milestones from a CSV, by the program as an operator calls it, its start included: the dry run alone, then dry run and commit; against
/// the bare insert of the same milestones in the same order: one prepared command for each in one durable transaction, under the same keys, indexes and
/// triggers, by a client that has them all in memory and checks nothing.
/// </summary>
internal static class ImportsBenchmark
{
    private const int Workers = 20_000;
    private const int DaysEach = 10;
    private const string Milestones = "milestone_revisions";
    private const string Ours = "recorded_by = 'command line'";

    public static async Task RunAsync(Settings settings)
    {
        var folder = Directory.CreateTempSubdirectory("career-benchmark-");
        try
        {
            await RunAsync(settings, new SqlitePlace(folder.FullName), folder.FullName);
            await using var cluster = await PostgresCluster.StartAsync(durable: true);
            await RunAsync(settings, new PostgresPlace(folder.FullName, cluster), folder.FullName);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(Settings settings, Place place, string folder)
    {
        var district = await place.MakeAsync();
        await RunProgramAsync(settings, place, district, "demo", "--workers", $"{Workers}");
        var sheet = Path.Combine(folder, "sheet.csv");
        await File.WriteAllTextAsync(sheet, Sheet(place, district));
        string[] line = ["import", sheet, "--type", "craft-class", "--refused", "skip"];
        var (dry, both, bare) = (new List<double>(), new List<double>(), new List<double>());
        var (memory, rows) = (0.0, 0L);
        // The first round fills the cache of files.
        for (var round = 0; round <= settings.Rounds; round++)
        {
            var written = await place.CopyAsync(district);
            var (tried, peakDry) = await RunProgramAsync(settings, place, written, [.. line, "--dry-run"]);
            var (took, peak) = await RunProgramAsync(settings, place, written, line);
            var inserted = await place.CopyAsync(district);
            (rows, var alone) = place.Insert(written, inserted);
            await place.RemoveAsync(written);
            await place.RemoveAsync(inserted);
            memory = Math.Max(memory, Math.Max(peakDry, peak));
            if (round > 0)
            {
                dry.Add(rows / tried.TotalSeconds);
                both.Add(rows / took.TotalSeconds);
                bare.Add(rows / alone.TotalSeconds);
            }
        }
        Console.WriteLine($"  {place.Engine}, {rows:N0} rows written of {Workers * DaysEach:N0}");
        Console.WriteLine($"  bare insert: {Contest.Median(bare):N0} rows/s");
        Tell("dry run", dry);
        Tell("dry run and commit", both);
        Console.WriteLine($"  largest resident memory {memory:N0} MB");

        void Tell(string name, List<double> perSecond) =>
            Console.WriteLine(
                $"  {name}: {Contest.Median(perSecond):N0} rows/s; it takes {Contest.Ratio([.. bare.Zip(perSecond, (a, b) => a / b)])} × as long as the bare insert"
            );
    }

    /// <summary>Everybody on ten days, a day at a time, as a trainer keeps his lists.</summary>
    private static string Sheet(Place place, string district)
    {
        var numbers = new List<string>();
        using (var connection = place.EngineOf(district).OpenRead())
        {
            using var command = connection.CreateCommand();
            command.CommandText =
                "SELECT number FROM worker_revisions WHERE superseded_at IS NULL AND number IS NOT NULL ORDER BY number";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                numbers.Add(reader.GetString(0));
            }
        }
        var text = new StringBuilder("职工编号,发生日期,主题,学时\n");
        for (var i = 0; i < DaysEach; i++)
        {
            var day = new DateOnly(2024, 3, 4).AddDays(7 * i);
            foreach (var number in numbers)
            {
                text.Append(CultureInfo.InvariantCulture, $"{number},{day:yyyy-MM-dd},焊接新工艺 {i},{4 + i % 5}\n");
            }
        }
        return text.ToString();
    }

    private static async Task<(TimeSpan Took, double Peak)> RunProgramAsync(
        Settings settings,
        Place place,
        string database,
        params string[] line
    )
    {
        var program = settings.Program ?? Path.Combine(AppContext.BaseDirectory, "CareerCoordinates.Api.dll");
        var start = Stopwatch.GetTimestamp();
        using var process = ProcessBenchmark.Start(program, place.SettingsOf(database), line);
        var peak = await ProcessBenchmark.PeakAsync(process);
        // 3: some of the people are too young for it, or their record is voided.
        return process.ExitCode is 0 or 3 || line.Contains("--dry-run")
            ? (Stopwatch.GetElapsedTime(start), peak)
            : throw new InvalidOperationException($"{string.Join(' ', line)} ended with {process.ExitCode}.");
    }

    /// <summary>Where databases are made and copied; one is named by its connection string.</summary>
    private abstract class Place(string folder)
    {
        private readonly string keyFile = MakeKey(folder);

        protected string Folder => folder;

        public abstract string Engine { get; }

        public Dictionary<string, string> SettingsOf(string database) =>
            new()
            {
                ["Database__Engine"] = Engine,
                ["ConnectionStrings__Career"] = database,
                ["Protection__KeyFile"] = keyFile,
            };

        public abstract Engine EngineOf(string database);

        public abstract Task<string> MakeAsync();

        public abstract Task<string> CopyAsync(string database);

        public abstract Task RemoveAsync(string database);

        private static TableColumns Table => RecordTables.Milestones;

        /// <summary>What was imported into one database goes into the other, in the order in which it was imported.</summary>
        public (long Rows, TimeSpan Took) Insert(string from, string to)
        {
            var rows = Imported(from);
            using var connection = new RecordConnection(EngineOf(to), EngineOf(to).OpenWrite());
            var insert = connection.Prepared(Table.InsertSql, Table.Kinds);
            var start = Stopwatch.GetTimestamp();
            using var transaction = connection.Connection.BeginTransaction();
            foreach (var row in rows)
            {
                insert.Execute(transaction, row);
            }
            transaction.Commit();
            return (rows.Count, Stopwatch.GetElapsedTime(start));
        }

        private List<object?[]> Imported(string database)
        {
            var rows = new List<object?[]>();
            using var connection = new RecordConnection(EngineOf(database), EngineOf(database).OpenRead());
            connection
                .Prepared($"SELECT {Table.Names} FROM {Milestones} WHERE {Ours} ORDER BY milestone_id")
                .Each(null, row => rows.Add([.. Table.Kinds.Select(row.Next)]));
            return rows;
        }

        private static string MakeKey(string folder)
        {
            var file = Path.Combine(folder, "key");
            File.WriteAllText(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
            return file;
        }
    }

    private sealed class SqlitePlace(string folder) : Place(folder)
    {
        public override string Engine => "sqlite";

        public override Engine EngineOf(string database) => new SqliteEngine(database);

        public override Task<string> MakeAsync() =>
            Task.FromResult($"Data Source={Path.Combine(Folder, Guid.NewGuid() + ".db")}");

        public override async Task<string> CopyAsync(string database)
        {
            var copy = await MakeAsync();
            File.Copy(PathOf(database), PathOf(copy));
            return copy;
        }

        public override Task RemoveAsync(string database)
        {
            SqliteConnection.ClearAllPools();
            foreach (var file in Directory.GetFiles(Folder, Path.GetFileName(PathOf(database)) + "*"))
            {
                File.Delete(file);
            }
            return Task.CompletedTask;
        }

        private static string PathOf(string database) => new SqliteConnectionStringBuilder(database).DataSource;
    }

    private sealed class PostgresPlace(string folder, PostgresCluster cluster) : Place(folder)
    {
        public override string Engine => "postgres";

        public override Engine EngineOf(string database) => new PostgresEngine(database);

        public override Task<string> MakeAsync() => cluster.CreateDatabaseAsync();

        public override Task<string> CopyAsync(string database)
        {
            NpgsqlConnection.ClearAllPools();
            return cluster.CreateDatabaseAsync(new NpgsqlConnectionStringBuilder(database).Database);
        }

        public override Task RemoveAsync(string database)
        {
            NpgsqlConnection.ClearAllPools();
            return cluster.DropDatabaseAsync(database);
        }
    }
}
