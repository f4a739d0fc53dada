using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;

namespace CareerCoordinates.Tests.Engines;

/// <summary>
/// A private PostgreSQL server made by initdb in a temporary folder, on a free loopback port. It stops and its folder goes
/// when this is disposed, and also when the test process dies in any other way: a small shell holds the other end of a
/// pipe and cleans up once the pipe closes.
/// </summary>
public sealed partial class PostgresCluster : IAsyncDisposable
{
    private const int PortAttempts = 5;

    private const string Supervisor = """
        set -u
        trap '' HUP INT TERM
        programs=$1; port=$2; settings=$3
        folder=$(mktemp -d "${TMPDIR:-/tmp}/career-postgres-XXXXXX") || exit 1
        cd "$folder"
        "$programs/initdb" -D data -A trust -U postgres --no-sync --locale=C.UTF-8 -E UTF8 >initdb.log 2>&1 &&
          "$programs/pg_ctl" -D data -l server.log -t 120 -w start \
            -o "-p $port -k $folder -c listen_addresses=127.0.0.1 $settings" >start.log 2>&1
        if [ $? -eq 0 ]; then
          echo "$folder"
          read -r _
          "$programs/pg_ctl" -D data -m immediate -t 60 -w stop >stop.log 2>&1
        else
          cat ./*.log >&2
          failed=1
        fi
        cd /
        rm -rf "$folder"
        exit ${failed:-0}
        """;

    private static readonly Lazy<Task<PostgresCluster>> SharedCluster = new(() => StartAsync());

    private readonly Process _supervisor;
    private readonly SemaphoreSlim _templateLock = new(1);
    private readonly HashSet<string> _templates = [];
    private int _databases;

    private PostgresCluster(Process supervisor, int port, string folder)
    {
        _supervisor = supervisor;
        Port = port;
        Folder = folder;
    }

    public int Port { get; }

    public string Folder { get; }

    /// <summary>The server that all tests of this run share, started by the first that asks. It does not survive a power cut.</summary>
    public static Task<PostgresCluster> SharedAsync() => SharedCluster.Value;

    /// <summary>A server of the caller's own. <paramref name="durable"/> leaves fsync and synchronous_commit on.</summary>
    public static async Task<PostgresCluster> StartAsync(bool durable = false)
    {
        var programs = FindPrograms("/usr/lib/postgresql");
        var settings =
            "-c max_connections=300 -c shared_buffers=64MB"
            + (durable ? "" : " -c fsync=off -c synchronous_commit=off -c full_page_writes=off");
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var supervisor = Supervise(programs, port, settings);
            var folder = await supervisor.StandardOutput.ReadLineAsync();
            if (folder is not null)
            {
                return new PostgresCluster(supervisor, port, folder);
            }

            var said = await supervisor.StandardError.ReadToEndAsync();
            await supervisor.WaitForExitAsync();
            supervisor.Dispose();
            if (attempt == PortAttempts || !said.Contains("Address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"PostgreSQL in {programs} did not start:\n{said}");
            }
        }
    }

    /// <summary>The folder that holds initdb: $CAREER_TEST_POSTGRES_BIN, or the newest version below one of the places.</summary>
    internal static string FindPrograms(params string[] places)
    {
        var named = Environment.GetEnvironmentVariable("CAREER_TEST_POSTGRES_BIN");
        var candidates = string.IsNullOrEmpty(named)
            ? places
                .Where(Directory.Exists)
                .SelectMany(Directory.GetDirectories)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [named];
        return candidates.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException(
                "These tests need PostgreSQL's programs (initdb, pg_ctl), and none were found in "
                    + (string.IsNullOrEmpty(named) ? string.Join(", ", places) : named)
                    + ". Run tests/run, which installs them, or name their folder in CAREER_TEST_POSTGRES_BIN."
            );
    }

    /// <summary>A new database, empty or a copy of <paramref name="template"/>; the answer is its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"career_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}" + (template is null ? "" : $" TEMPLATE {Checked(template)}"));
        return ConnectionString(name);
    }

    /// <summary>
    /// Makes the database <paramref name="name"/> once, by running <paramref name="prepare"/> on it (migrations, say); after
    /// that <see cref="CreateDatabaseAsync"/> copies it in a fraction of the time.
    /// </summary>
    public async Task EnsureTemplateAsync(string name, Func<string, Task> prepare)
    {
        await _templateLock.WaitAsync();
        try
        {
            if (_templates.Contains(name))
            {
                return;
            }

            await ExecuteAsync($"CREATE DATABASE {Checked(name)}");
            await prepare(ConnectionString(name));
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'; "
                    + $"ALTER DATABASE {name} ALLOW_CONNECTIONS false"
            );
            _templates.Add(name);
        }
        finally
        {
            _templateLock.Release();
        }
    }

    public async Task DropDatabaseAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync($"DROP DATABASE IF EXISTS {Checked(name)} WITH (FORCE)");
    }

    public async ValueTask DisposeAsync()
    {
        _supervisor.StandardInput.Close();
        await _supervisor.WaitForExitAsync();
        _supervisor.Dispose();
        _templateLock.Dispose();
    }

    internal static async Task StopSharedAsync()
    {
        if (SharedCluster.IsValueCreated && SharedCluster.Value.IsCompletedSuccessfully)
        {
            NpgsqlConnection.ClearAllPools();
            await (await SharedCluster.Value).DisposeAsync();
        }
    }

    private static Process Supervise(string programs, int port, string settings)
    {
        // initdb refuses to run as root; Debian's package makes the user postgres.
        string[] asPostgres = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--"] : [];
        string[] command = [.. asPostgres, "bash", "-c", Supervisor, "supervisor", programs, $"{port}", settings];
        return Process.Start(
                new ProcessStartInfo(command[0], command[1..])
                {
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = "/",
                }
            ) ?? throw new InvalidOperationException($"{command[0]} did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Checked(string name) =>
        PlainName().IsMatch(name) ? name : throw new ArgumentException($"'{name}' is not a plain database name.", nameof(name));

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex PlainName();

    private string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Username = "postgres",
            Database = database,
            MaxPoolSize = 30,
            IncludeErrorDetail = true,
        }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        // Not pooled: an idle connection to `postgres` would be one more to clear away.
        var administration = new NpgsqlConnectionStringBuilder(ConnectionString("postgres")) { Pooling = false };
        await using var connection = new NpgsqlConnection(administration.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
