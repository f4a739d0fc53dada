using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CareerCoordinates.Benchmarks.Measuring;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Tests.Api;
using Microsoft.Data.Sqlite;

namespace CareerCoordinates.Benchmarks.Serving;

/// <summary>The program as a process of its own on the file of a district: time to the first answer, and memory.</summary>
public static class ProcessBenchmark
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Loaded = TimeSpan.FromSeconds(10);

    internal static async Task RunAsync(Settings settings)
    {
        var folder = Directory.CreateTempSubdirectory("career-benchmark-");
        try
        {
            var file = Path.Combine(folder.FullName, "district.db");
            var program = settings.Program ?? Path.Combine(AppContext.BaseDirectory, "CareerCoordinates.Api.dll");
            using (var fill = Start(program, file, "demo", "--workers", $"{settings.District}"))
            {
                await fill.WaitForExitAsync();
                Console.WriteLine(
                    $"{settings.District:N0} workers, {new FileInfo(file).Length / 1_000_000:N0} MB; {Path.GetFileName(program)}"
                );
            }
            var workers = Workers(file);
            var token = await SignInAsync(file);
            var starts = new List<double>();
            for (var round = 0; round <= settings.Rounds; round++)
            {
                var (took, process, _) = await StartedAsync(program, file, workers[round], token);
                using (process)
                {
                    // The first start fills the cache of files.
                    starts.AddRange(round > 0 ? [took.TotalSeconds] : []);
                    await EndAsync(process);
                }
            }
            Console.WriteLine($"  start to first answer: {Contest.Ratio(starts)} s");
            await MemoryAsync(program, file, workers, token, folder);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Makes a database of invented workers with whole lives.</summary>
    internal static async Task FillAsync(string file, int workers)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "CareerCoordinates.Api.dll");
        using var fill = Start(program, file, "demo", "--workers", $"{workers}");
        await fill.WaitForExitAsync();
    }

    private static async Task MemoryAsync(string program, string file, List<Guid> workers, string token, DirectoryInfo folder)
    {
        var (_, process, address) = await StartedAsync(program, file, workers[0], token);
        using (process)
        {
            await Task.Delay(Idle);
            Console.WriteLine($"  resident memory, idle: {Resident(process):N0} MB");
            var reads = WrkScripts.Get(folder, "reads", [.. workers.Select(w => $"/api/v1/workers/{w}/coordinate")]);
            var logging = WrkScripts.Log(folder, "logging", workers);
            var largest = 0.0;
            // Some of the district are voided or too young for the fact: those requests are refused.
            var load = Task.WhenAll(
                Wrk.RunAsync(address, reads, 32, Loaded, token, mayRefuse: true),
                Wrk.RunAsync(address, logging, 16, Loaded, token, mayRefuse: true)
            );
            while (!load.IsCompleted)
            {
                largest = Math.Max(largest, Resident(process));
                await Task.Delay(100);
            }
            var rounds = await load;
            Console.WriteLine(
                $"  resident memory, largest under load: {largest:N0} MB ({rounds[0].PerSecond:N0} reads/s and {rounds[1].PerSecond:N0} writes/s)"
            );
            await EndAsync(process);
        }
    }

    private static async Task<(TimeSpan Took, Process Process, Uri Address)> StartedAsync(
        string program,
        string file,
        Guid worker,
        string token
    )
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var start = Stopwatch.GetTimestamp();
        var process = Start(program, file, "--urls", address.ToString());
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync($"/api/v1/workers/{worker}/coordinate");
                answer.EnsureSuccessStatusCode();
                return (Stopwatch.GetElapsedTime(start), process, address);
            }
            catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(5);
            }
        }
    }

    private static async Task<string> SignInAsync(string file)
    {
        await using var store = await CareerStore.OpenAsync(
            new SqliteEngine($"Data Source={file}"),
            TimeProvider.System,
            Lives.Framework,
            migrate: false
        );
        return await store.SignInOfficeAsync();
    }

    internal static Process Start(string program, string file, params string[] arguments) =>
        Start(program, new Dictionary<string, string> { ["ConnectionStrings__Career"] = $"Data Source={file}" }, arguments);

    internal static Process Start(string program, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        string[] command = program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program] : [program];
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        foreach (var (name, value) in TestAccounts.NoLimits)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Waits for its end; the largest resident memory that it had, in MB.</summary>
    internal static async Task<double> PeakAsync(Process process)
    {
        var peak = 0.0;
        while (!process.WaitForExit(50))
        {
            peak = Math.Max(peak, Peak(process));
        }
        await process.WaitForExitAsync();
        return peak;
    }

    private static double Peak(Process process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process.Id}/status")
                .FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    private static double Resident(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static List<Guid> Workers(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT worker_id FROM worker_revisions WHERE revision = 1 ORDER BY random() LIMIT 5000";
        using var reader = command.ExecuteReader();
        var ids = new List<Guid>();
        while (reader.Read())
        {
            ids.Add(new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true));
        }
        return ids;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
