using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CareerCoordinates.Benchmarks.Measuring;

namespace CareerCoordinates.Benchmarks.Serving;

/// <summary>Load from a process of its own, by wrk (Debian's package of that name).</summary>
public static partial class Wrk
{
    /// <summary>Sends what the script makes, on <paramref name="connections"/> kept open, signed in with the token. The processor time is that of this process.</summary>
    public static async Task<Round> RunAsync(
        Uri address,
        string script,
        int connections,
        TimeSpan duration,
        string? token = null,
        bool mayRefuse = false
    )
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(duration.TotalSeconds));
        var cpu = Environment.CpuUsage.TotalTime;
        var said = await SayAsync(address, script, connections, seconds, token);
        var took = Environment.CpuUsage.TotalTime - cpu;
        if (
            (!mayRefuse && said.Contains("Non-2xx", StringComparison.Ordinal))
            || said.Contains("Socket errors", StringComparison.Ordinal)
        )
        {
            throw new InvalidOperationException($"Not every request was answered with success:\n{said}");
        }
        var requests = int.Parse(Requests().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
        var perSecond = double.Parse(PerSecond().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
        return new(perSecond, Latency(said, "50%"), Latency(said, "99%"), took / Math.Max(1, requests), requests);
    }

    private static async Task<string> SayAsync(Uri address, string script, int connections, int seconds, string? token)
    {
        string[] arguments =
        [
            "-t1",
            $"-c{connections}",
            $"-d{seconds}s",
            "--latency",
            "--timeout",
            "30s",
            .. token is null ? Array.Empty<string>() : ["-H", $"Authorization: Bearer {token}"],
            "-s",
            script,
            address.ToString(),
        ];
        try
        {
            using var wrk = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
            var said = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return wrk.ExitCode == 0 ? said : throw new InvalidOperationException($"wrk ended with {wrk.ExitCode}:\n{said}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("wrk is missing. Install it: apt-get install wrk");
        }
    }

    private static TimeSpan Latency(string said, string percentile)
    {
        var match = Regex.Match(said, Regex.Escape(percentile) + @"\s+([\d.]+)(us|ms|s)");
        var value = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "us" => TimeSpan.FromMicroseconds(value),
            "ms" => TimeSpan.FromMilliseconds(value),
            _ => TimeSpan.FromSeconds(value),
        };
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();
}

/// <summary>What wrk is to send, as Lua in a temporary folder.</summary>
public static class WrkScripts
{
    /// <summary>GET of one path after the other, from a random one on.</summary>
    public static string Get(DirectoryInfo folder, string name, IReadOnlyList<string> paths)
    {
        var lines = string.Join(",\n", paths.Select(p => $"\"{p}\""));
        return Write(
            folder,
            name,
            $$"""
            local paths = { {{lines}} }
            local requests, i = {}, 0
            function init(args)
              math.randomseed(os.time())
              i = math.random(#paths)
              for n, path in ipairs(paths) do requests[n] = wrk.format("GET", path) end
            end
            function request() i = i % #requests + 1; return requests[i] end
            """
        );
    }

    /// <summary>POST of facts about one worker after the other, each with a key of its own.</summary>
    public static string Log(DirectoryInfo folder, string name, IReadOnlyList<Guid> workers)
    {
        var lines = string.Join(",\n", workers.Select(w => $"\"{w}\""));
        return Write(
            folder,
            name,
            $$"""
            local workers = { {{lines}} }
            local facts = {
              '"type":"skill-level-certificate","attributes":{"grade":"3","certificateNo":"A1"}',
              '"type":"five-small","attributes":{"form":"innovation","implemented":true}',
              '"type":"post-assignment","attributes":{"postKind":"independent"}',
              '"type":"rationalisation-suggestion","attributes":{"topic":"jig","status":"adopted"}',
              '"type":"labour-medal","attributes":{"level":"district"}',
            }
            local n, run = 0, ""
            function init(args)
              local f = io.open("/proc/sys/kernel/random/uuid"); run = f:read("*l"); f:close()
              math.randomseed(os.time())
            end
            function request()
              n = n + 1
              local day = string.format("20%02d-%02d-%02d", math.random(0, 19), math.random(12), math.random(28))
              local body = '{' .. facts[n % #facts + 1] .. ',"occurredOn":"' .. day .. '"}'
              local headers = { ["Content-Type"] = "application/json", ["Idempotency-Key"] = run .. "-" .. n }
              headers["Authorization"] = wrk.headers["Authorization"]
              return wrk.format("POST", "/api/v1/workers/" .. workers[math.random(#workers)] .. "/milestones", headers, body)
            end
            """
        );
    }

    private static string Write(DirectoryInfo folder, string name, string script)
    {
        var path = Path.Combine(folder.FullName, name + ".lua");
        File.WriteAllText(path, script);
        return path;
    }
}
