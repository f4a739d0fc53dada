using System.Collections.Concurrent;
using System.Diagnostics;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Api.Durability;

/// <summary>The program as a process of its own on a port of its own, to be killed. It serves the shipped framework.</summary>
public sealed class ServerProcess : IDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process process;

    private ServerProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static Task<ServerProcess> StartAsync(TestDatabase database) => StartAsync(database, "http://127.0.0.1:0");

    /// <exception cref="InvalidOperationException">It ended without listening; the message holds what it said.</exception>
    public static async Task<ServerProcess> StartAsync(TestDatabase database, string urls, params string[] arguments)
    {
        var program = Path.Combine(TestContext.CurrentContext.TestDirectory, "CareerCoordinates.Api.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", urls, .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in database.Settings.Concat(TestAccounts.NoLimits))
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var said = new ConcurrentQueue<string>();
        var listening = new TaskCompletionSource<Uri?>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data ?? "(end)");
            if (line.Data is null)
            {
                listening.TrySetResult(null);
            }
            else if (line.Data.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
            {
                listening.TrySetResult(new Uri(line.Data[(at + Listening.Length)..].Trim()));
            }
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return await listening.Task is { } address
            ? new ServerProcess(process, address)
            : throw new InvalidOperationException("The program did not start:\n" + string.Join('\n', said));
    }

    /// <summary>Starts the program, which must not come up: what it says, and its exit code.</summary>
    public static async Task<(int ExitCode, string Said)> RefusedAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var program = Path.Combine(TestContext.CurrentContext.TestDirectory, "CareerCoordinates.Api.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"]) { RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
        return (process.ExitCode, await process.StandardError.ReadToEndAsync(CancellationToken.None));
    }

    /// <summary><c>kill -9</c> by the process's own id; answers when it is gone.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
    }
}
