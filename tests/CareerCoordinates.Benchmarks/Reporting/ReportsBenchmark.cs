using System.Diagnostics;
using System.Globalization;
using CareerCoordinates.Benchmarks.Measuring;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain.Access;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;
using Microsoft.Data.Sqlite;

namespace CareerCoordinates.Benchmarks.Reporting;

/// <summary>
/// The reports over a whole district against DuckDB with the same rows in memory, and against the same SQL on the tables. Every answer
/// is compared: a contestant that counts otherwise ends the run.
/// </summary>
internal static class ReportsBenchmark
{
    private static readonly DateOnly AsOf = new(2026, 6, 30);

    /// <summary>Until the hot code is compiled for good: some dozens of the longest question, and many asks of a small district.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    public static async Task OnSqliteAsync(Settings settings)
    {
        var folder = Directory.CreateTempSubdirectory("career-benchmark-");
        try
        {
            var connection = $"Data Source={settings.File ?? Path.Combine(folder.FullName, "district.db")}";
            if (settings.File is null)
            {
                await FillAsync(settings.Population ?? 2_240_000, new() { ["ConnectionStrings__Career"] = connection });
            }
            await RunAsync(settings, new SqliteEngine(connection), connection, folder);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    public static async Task OnPostgresAsync(Settings settings)
    {
        var folder = Directory.CreateTempSubdirectory("career-benchmark-");
        await using var cluster = await PostgresCluster.StartAsync(durable: true);
        try
        {
            var connection = await cluster.CreateDatabaseAsync();
            await FillAsync(
                settings.Population ?? 500_000,
                new() { ["Database__Engine"] = "postgres", ["ConnectionStrings__Career"] = connection }
            );
            await RunAsync(settings, new PostgresEngine(connection), connection, folder);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(int workers, Dictionary<string, string> database)
    {
        var began = Stopwatch.GetTimestamp();
        using var fill = Serving.ProcessBenchmark.Start(
            Path.Combine(AppContext.BaseDirectory, "CareerCoordinates.Api.dll"),
            database,
            "demo",
            "--workers",
            $"{workers}"
        );
        await fill.WaitForExitAsync();
        Console.WriteLine($"  {workers:N0} workers made in {Stopwatch.GetElapsedTime(began).TotalMinutes:0.0} min");
    }

    private static async Task RunAsync(Settings settings, Engine engine, string connection, DirectoryInfo folder)
    {
        await using var store = await CareerStore.OpenAsync(
            engine,
            TimeProvider.System,
            settings.FrameworkFile is { } other ? FrameworkFile.Read(File.ReadAllText(other)).Value : Lives.Framework,
            migrate: true
        );
        var loading = Stopwatch.GetTimestamp();
        store.Projection.Load(default);
        var (current, past, standings, ofMilestones, milestones) = store.Projection.Size;
        Console.WriteLine(
            $"  columns read in {Stopwatch.GetElapsedTime(loading).TotalSeconds:0.0} s; {standings:N0} standings hold, {(double)current / standings:0.0} bytes each with all that belongs to the workers; {past / 1_000_000:N0} MB of what was superseded; {milestones:N0} milestones count, {(double)ofMilestones / milestones:0.0} bytes each"
        );
        using var tables = DistrictTables.Of(engine, connection);
        tables.Open();
        await CompareAsync(settings, store, tables, folder);
    }

    private static async Task CompareAsync(Settings settings, CareerStore store, DistrictTables tables, DirectoryInfo folder)
    {
        // As each request does.
        ColumnReports Open() => store.Projection.Reports(null, default)!;
        var framework = store.Frameworks.Current;
        await using var context = store.Read();
        var district = context.Organizations.First(o => o.ParentId == null).OrganizationId;
        var street = context.Organizations.First(o => o.Kind == "street-union").OrganizationId;
        using var duck = await DuckDb.StartAsync();
        await new DistrictCopy(tables, folder, framework).FillAsync(duck);
        Console.WriteLine($"  DuckDB {(await duck.AskAsync("SELECT version(), current_setting('threads')")).Rows[0]} threads");

        var past = tables.Past();
        foreach (
            var (name, filter, knownAt) in new (string, WorkerFilter, long?)[]
            {
                ("all workers", new(), null),
                ("one street", new(Organization: street), null),
                ("three filters", new(Industry: "C", Occupation: "6-18", Stage: framework.Stages[3].Code), null),
                ("all, as known before", new(), past),
            }
        )
        {
            var day = knownAt is null ? AsOf : DateOnly.FromDateTime(new Instant(past).ToDateTimeOffset().DateTime);
            var population = new Population(
                knownAt is { } at ? new Instant(at) : Instant.Never,
                framework,
                new Scope(false, [district]),
                filter
            );
            var sql = new ReportSql(
                framework,
                day,
                knownAt,
                filter.Organization is not null || filter.Industry is not null,
                filter.Occupation,
                filter.Stage
            );
            await PutInside(duck, tables, Open().Organizations(population, day));
            Console.WriteLine($"{name} (as of {day:yyyy-MM-dd})");
            foreach (var question in ReportQuestion.All(population, sql, day, framework))
            {
                await RoundsAsync(settings, question, Open, duck, tables);
            }
            await FiguresAsync(
                settings,
                population,
                day,
                Open,
                duck,
                filter.Stage is null ? [.. sql.Figures(new FigureSql(framework))] : null
            );
        }
    }

    /// <summary>All figures that the framework computes for a year. DuckDB has fewer to count, and nothing to find for a protected count.</summary>
    private static async Task FiguresAsync(
        Settings settings,
        Population population,
        DateOnly day,
        Func<ColumnReports> open,
        DuckDb duck,
        IReadOnlyList<string>? sql
    )
    {
        var question = new FiguresQuestion(population, [new(day.AddYears(-1).AddDays(1), day)], []);
        var (ours, theirs) = (new List<double>(), new List<double>());
        Warm(() => new MilestoneReports(open()).Figures(question));
        for (var round = 0; round <= settings.Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var counted = new MilestoneReports(open()).Figures(question)[0];
            var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            var ms = 0.0;
            if (sql is not null)
            {
                var found = new List<string>();
                foreach (var (number, statement) in sql.Index())
                {
                    var (time, rows) = await duck.AskAsync(statement);
                    ms += time;
                    found.AddRange(number < 3 ? [] : rows);
                }
                Same(
                    "figures (DuckDB)",
                    Lines(counted, new FigureSql(population.Framework)),
                    [.. found.Select(Number).Order(StringComparer.Ordinal)]
                );
            }
            // The first round warms both up.
            if (round > 0)
            {
                ours.Add(took);
                theirs.Add(ms);
            }
        }
        Console.WriteLine(
            $"  {"indicators", -14} {Contest.Median(ours), 8:0.0} ms"
                + (
                    sql is null
                        ? ""
                        : $"   DuckDB {Contest.Median(theirs), 8:0.0} ms   DuckDB ÷ ours {Contest.Ratio([.. ours.Zip(theirs, (o, t) => t / o)])}"
                )
        );
    }

    private static List<string> Lines(
        IReadOnlyDictionary<(string Indicator, string Figure), CountedFigure> counted,
        FigureSql asked
    )
    {
        var names = asked.Names.ToHashSet();
        return
        [
            .. counted
                .Where(f => names.Contains($"{f.Key.Indicator}/{f.Key.Figure}"))
                .SelectMany(f =>
                    f.Value.Rows.Where(r => r.Workers.Count > 0)
                        .Prepend(f.Value.All)
                        .Select(r => $"{f.Key.Indicator}/{f.Key.Figure} {r.Code ?? "-"} {r.Number:0.######} {r.Workers.Count}")
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>A row with its number as we write it.</summary>
    private static string Number(string row)
    {
        var parts = row.Split(' ');
        parts[2] = decimal.Parse(parts[2], CultureInfo.InvariantCulture).ToString("0.######", CultureInfo.InvariantCulture);
        return string.Join(' ', parts);
    }

    private static async Task RoundsAsync(
        Settings settings,
        ReportQuestion question,
        Func<ColumnReports> open,
        DuckDb duck,
        DistrictTables tables
    )
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        Warm(() => question.Ours(open()));
        if (question.Sql is not { } asked)
        {
            var alone = Enumerable.Range(0, settings.Rounds).Select(_ => Took()).ToList();
            Console.WriteLine($"  {question.Name, -14} {Contest.Median(alone), 8:0.0} ms");
            return;
        }
        var expected = question.Ours(open())();
        for (var round = 0; round <= settings.Rounds; round++)
        {
            var took = Took();
            var (ms, rows) = await duck.AskAsync(asked);
            Same(question.Name + " (DuckDB)", expected, rows);
            // The first round warms both up.
            if (round > 0)
            {
                ours.Add(took);
                theirs.Add(ms);
            }
        }
        var start = Stopwatch.GetTimestamp();
        Same(question.Name + " (SQL)", expected, tables.Ask(asked));
        var sql = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var ratios = ours.Zip(theirs, (o, t) => t / o).ToList();
        Console.WriteLine(
            $"  {question.Name, -14} {Contest.Median(ours), 8:0.0} ms   DuckDB {Contest.Median(theirs), 8:0.0} ms   {tables.Name} {sql, 9:N0} ms   DuckDB ÷ ours {Contest.Ratio(ratios)}   {tables.Name} ÷ ours {sql / Contest.Median(ours):N0}"
        );

        double Took()
        {
            var began = Stopwatch.GetTimestamp();
            _ = question.Ours(open());
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    private static void Warm(Action ask)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < WarmUp; )
        {
            ask();
        }
    }

    private static void Same(string name, List<string> expected, List<string> found)
    {
        if (!expected.SequenceEqual(found))
        {
            var first = expected.Except(found).Take(5).Concat(found.Except(expected).Take(5));
            throw new InvalidOperationException($"{name} counts otherwise, such as: {string.Join("; ", first)}");
        }
    }

    private static async Task PutInside(DuckDb duck, DistrictTables tables, IReadOnlyList<Guid> organizations)
    {
        tables.Put(organizations);
        await duck.AskAsync("CREATE OR REPLACE TABLE inside (o VARCHAR)");
        foreach (var some in organizations.Chunk(500))
        {
            await duck.AskAsync("INSERT INTO inside VALUES " + string.Join(',', some.Select(o => $"('{DistrictCopy.Hex(o)}')")));
        }
    }
}
