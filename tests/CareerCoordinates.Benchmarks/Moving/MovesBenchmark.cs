using System.Diagnostics;
using CareerCoordinates.Benchmarks.Measuring;
using CareerCoordinates.Benchmarks.Serving;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Moves;
using CareerCoordinates.Data.Record;
using Microsoft.Data.Sqlite;

namespace CareerCoordinates.Benchmarks.Moving;

/// <summary>
/// The whole record out to a folder of text and in from there, each by the program as an operator calls it, proof included; against a bare
/// copy of the same rows, in which SQLite reads them from one file and inserts them into another, under the same keys, indexes and triggers.
/// </summary>
internal static class MovesBenchmark
{
    public static async Task RunAsync(Settings settings)
    {
        var folder = Directory.CreateTempSubdirectory("career-benchmark-");
        try
        {
            var file = settings.File ?? Path.Combine(folder.FullName, "district.db");
            if (settings.File is null)
            {
                await ProcessBenchmark.FillAsync(file, settings.Sizes[^1]);
            }
            var (outs, ins, bare) = (new List<double>(), new List<double>(), new List<double>());
            var (memoryOut, memoryIn, rows) = (0.0, 0.0, 0L);
            // The first round fills the cache of files.
            for (var round = 0; round <= settings.Rounds; round++)
            {
                var text = Path.Combine(folder.FullName, "record");
                var (copied, alone) = Timed(() => rows = Copy(file, Path.Combine(folder.FullName, "copy.db")));
                var (written, peakOut) = await MoveAsync(settings, file, "--to-file", text);
                var (read, peakIn) = await MoveAsync(settings, Path.Combine(folder.FullName, "in.db"), "--from-file", text);
                if (round > 0)
                {
                    bare.Add(copied / alone.TotalSeconds);
                    outs.Add(copied / written.TotalSeconds);
                    ins.Add(copied / read.TotalSeconds);
                }
                (memoryOut, memoryIn) = (Math.Max(memoryOut, peakOut), Math.Max(memoryIn, peakIn));
                Directory.Delete(text, recursive: true);
                foreach (
                    var made in Directory
                        .GetFiles(folder.FullName)
                        .Where(made => made != file && !made.StartsWith(file, StringComparison.Ordinal))
                )
                {
                    File.Delete(made);
                }
            }
            Console.WriteLine($"  {rows:N0} rows, {new FileInfo(file).Length / 1_000_000:N0} MB");
            Console.WriteLine($"  bare copy: {Contest.Median(bare):N0} rows/s");
            Tell("out, with proof", outs, memoryOut);
            Tell("in, with proof", ins, memoryIn);

            void Tell(string name, List<double> perSecond, double memory) =>
                Console.WriteLine(
                    $"  {name}: {Contest.Median(perSecond):N0} rows/s, ÷ bare copy {Contest.Ratio([.. perSecond.Zip(bare, (a, b) => a / b)])}; largest resident memory {memory:N0} MB"
                );
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static (long Rows, TimeSpan Took) Timed(Func<long> work)
    {
        var start = Stopwatch.GetTimestamp();
        var rows = work();
        return (rows, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Durable when it returns, as every write of the program is.</summary>
    private static long Copy(string from, string to)
    {
        var engine = new SqliteEngine($"Data Source={to}");
        using var connection = new RecordConnection(engine, engine.OpenWrite());
        Migrator.Bring(connection, migrate: true);
        Run(connection, $"ATTACH '{from}' AS source");
        var rows = 0L;
        using (var transaction = connection.Connection.BeginTransaction())
        {
            foreach (var table in MovedTables.All.Where(t => t.Name != RecordTables.Clock.Table))
            {
                var names = table.Columns.Names;
                rows += Run(
                    connection,
                    $"INSERT INTO {table.Name} ({names}) SELECT {names} FROM source.{table.Name} ORDER BY {string.Join(", ", table.Key)}"
                );
            }
            transaction.Commit();
        }
        Run(connection, engine.AfterBulkLoadSql);
        return rows;
    }

    private static int Run(RecordConnection connection, string sql)
    {
        using var command = connection.Connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    private static async Task<(TimeSpan Took, double Peak)> MoveAsync(Settings settings, string file, params string[] line)
    {
        var program = settings.Program ?? Path.Combine(AppContext.BaseDirectory, "CareerCoordinates.Api.dll");
        var start = Stopwatch.GetTimestamp();
        using var process = ProcessBenchmark.Start(program, file, ["move", .. line]);
        var peak = await ProcessBenchmark.PeakAsync(process);
        var took = Stopwatch.GetElapsedTime(start);
        return process.ExitCode == 0
            ? (took, peak)
            : throw new InvalidOperationException($"move {string.Join(' ', line)} ended with {process.ExitCode}.");
    }
}
