using System.Collections.Concurrent;
using System.Text;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Tests.Engines;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CareerCoordinates.Tests.Api.Protection;

/// <summary>A host that keeps all that it logs, at the lowest level, and on PostgreSQL lets the server log every statement with its parameters.</summary>
internal sealed class TracedHost(TestDatabase database, TimeProvider? time = null)
    : ApiHost(database, time),
        ILoggerProvider,
        ILogger
{
    private readonly ConcurrentQueue<string> logged = [];

    public static async Task<TracedHost> OpenAsync(TestEngine engine, TimeProvider? time = null)
    {
        var database = await engine.OpenAsync();
        if (engine == TestEngine.Postgres)
        {
            await ExecuteAsync(database, $"ALTER DATABASE {NameOf(database)} SET log_statement = 'all'");
        }
        return new(database, time);
    }

    /// <summary>Every place where the text stands: files of the database, the server's log, the program's log.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string canary)
    {
        var found = logged.Where(line => line.Contains(canary, StringComparison.Ordinal)).Select(_ => "log").ToList();
        var files = await FilesAsync();
        found.AddRange(files.Where(file => Holds(file, canary)).Select(Path.GetFileName)!);
        return [.. found.Distinct()];
    }

    /// <summary>The rows that hold the text, by table: what a dump of the database would tell.</summary>
    public IReadOnlyList<string> FindInRows(string canary) =>
        Store.Reader.OnConnection(connection =>
        {
            var isSqlite = Database.Engine == TestEngine.Sqlite;
            var tables = connection
                .Prepared(
                    isSqlite
                        ? "SELECT name FROM sqlite_master WHERE type = 'table'"
                        : "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
                )
                .Read(connection.Transaction, row => row.Text());
            return tables.Where(table => Rows(connection, table, isSqlite).Any(row => HoldsRow(row, canary))).ToList();
        });

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        logged.Enqueue($"{state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId id, TState state, Exception? e, Func<TState, Exception?, string> format) =>
        logged.Enqueue($"{format(state, e)} {e}");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
            services
                .AddSingleton<ILoggerProvider>(this)
                .Configure<LoggerFilterOptions>(options =>
                {
                    options.Rules.Clear();
                    options.MinLevel = LogLevel.Trace;
                })
        );
    }

    private static List<string> Rows(RecordConnection connection, string table, bool isSqlite)
    {
        if (!isSqlite)
        {
            return connection.Prepared($"SELECT t::text FROM {table} t").Read(connection.Transaction, row => row.Text());
        }
        var columns = connection
            .Prepared($"SELECT name FROM pragma_table_info('{table}')")
            .Read(connection.Transaction, row => row.Text());
        var all = string.Join(
            " || '|' || ",
            columns.Select(c => $"CASE typeof({c}) WHEN 'blob' THEN hex({c}) ELSE coalesce({c}, '') END")
        );
        return connection.Prepared($"SELECT {all} FROM {table}").Read(connection.Transaction, row => row.Text());
    }

    /// <summary>Bytes stand in hexadecimal digits there.</summary>
    private static bool HoldsRow(string row, string canary) =>
        row.Contains(canary, StringComparison.Ordinal)
        || row.Contains(Convert.ToHexString(Encoding.UTF8.GetBytes(canary)), StringComparison.OrdinalIgnoreCase);

    private async Task<IReadOnlyList<string>> FilesAsync()
    {
        if (Database.Engine == TestEngine.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(Database.ConnectionString).DataSource;
            return Directory.GetFiles(Path.GetDirectoryName(file)!);
        }
        var folder = (await PostgresCluster.SharedAsync()).Folder;
        var oid = await ExecuteAsync(
            Database,
            $"CHECKPOINT; SELECT oid::int FROM pg_database WHERE datname = '{NameOf(Database)}'"
        );
        return
        [
            .. Directory.GetFiles(Path.Combine(folder, "data", "base", $"{oid}")),
            .. Directory.GetFiles(Path.Combine(folder, "data", "pg_wal")),
            .. Directory.GetFiles(folder, "*.log"),
        ];
    }

    private static bool Holds(string file, string canary)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            var bytes = copy.GetBuffer().AsSpan(0, (int)copy.Length);
            return bytes.IndexOf(Encoding.UTF8.GetBytes(canary)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(canary)) >= 0;
        }
        catch (IOException e) when (e is FileNotFoundException || file.EndsWith(".lock", StringComparison.Ordinal))
        {
            // The server recycles files of its log; the lock file is empty and held.
            return false;
        }
    }

    private static string NameOf(TestDatabase database) => new NpgsqlConnectionStringBuilder(database.ConnectionString).Database!;

    private static async Task<object?> ExecuteAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        object? last = null;
        do
        {
            while (await reader.ReadAsync())
            {
                last = reader.GetValue(0);
            }
        } while (await reader.NextResultAsync());
        return last;
    }
}
