using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace CareerCoordinates.Api.Operations;

/// <summary>
/// Listens to the framework's own request histogram and to this program's meters (names beginning with
/// <see cref="OwnMeters"/>), and writes them with the process's figures as Prometheus text.
/// </summary>
public sealed class RequestMetrics : IDisposable
{
    public const string OwnMeters = "CareerCoordinates";
    private const string Requests = "http.server.request.duration";
    private const string RequestsText = "http_server_request_duration_seconds";

    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), Durations> requests = new();
    private readonly ConcurrentDictionary<string, double> own = new();

    public RequestMetrics()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == Requests || instrument.Meter.Name.StartsWith(OwnMeters, StringComparison.Ordinal))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    public string ToPrometheus()
    {
        listener.RecordObservableInstruments();
        var text = new PrometheusText();
        text.Head(RequestsText, "histogram", "Duration of requests.");
        foreach (var (key, durations) in requests.OrderBy(p => p.Key))
        {
            var labels = $"method=\"{key.Method}\",route=\"{PrometheusText.Escape(key.Route)}\",status=\"{key.Status}\"";
            durations.Write(text, RequestsText, labels);
        }
        foreach (var (name, value) in own.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            text.Line(name, value);
        }
        WriteProcess(text);
        return text.ToString();
    }

    private static void WriteProcess(PrometheusText text)
    {
        using var process = Process.GetCurrentProcess();
        text.Single("process_working_set_bytes", "gauge", "Memory of the process.", process.WorkingSet64);
        text.Single("process_cpu_seconds_total", "counter", "CPU time of the process.", process.TotalProcessorTime.TotalSeconds);
        text.Single("dotnet_gc_heap_bytes", "gauge", "Managed heap.", GC.GetTotalMemory(false));
        text.Single("dotnet_gc_allocated_bytes_total", "counter", "Managed memory ever allocated.", GC.GetTotalAllocatedBytes());
        text.Single(
            "dotnet_gc_pause_seconds_total",
            "counter",
            "Time for which collections stopped the program.",
            GC.GetTotalPauseDuration().TotalSeconds
        );
        text.Single("dotnet_threadpool_threads", "gauge", "Threads of the pool.", ThreadPool.ThreadCount);
        text.Head("dotnet_gc_collections_total", "counter", "Collections by generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            text.Line($"dotnet_gc_collections_total{{generation=\"{generation}\"}}", GC.CollectionCount(generation));
        }
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument.Name == Requests)
        {
            requests.GetOrAdd(KeyOf(tags), _ => new Durations()).Add(value);
            return;
        }
        var name = PrometheusText.NameOf(instrument.Name) + LabelsOf(tags);
        var isLatest = instrument.IsObservable || instrument is Gauge<double> or Gauge<long> or Gauge<int>;
        own.AddOrUpdate(name, value, (_, before) => isLatest ? value : before + value);
    }

    private static (string Method, string Route, int Status) KeyOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (method, route, status) = ("", "", 0);
        foreach (var (name, value) in tags)
        {
            switch (name)
            {
                case "http.request.method":
                    method = value as string ?? "";
                    break;
                case "http.route":
                    route = value as string ?? "";
                    break;
                case "http.response.status_code":
                    status = value as int? ?? 0;
                    break;
                default:
                    break;
            }
        }
        return (method, route, status);
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (var (name, value) in tags)
        {
            labels.Add($"{PrometheusText.NameOf(name)}=\"{PrometheusText.Escape($"{value}")}\"");
        }
        return labels.Count == 0 ? "" : "{" + string.Join(',', labels) + "}";
    }

    /// <summary>A histogram whose buckets are cumulative from the start, as Prometheus reads them.</summary>
    private sealed class Durations
    {
        private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

        private readonly Lock gate = new();
        private readonly long[] buckets = new long[Bounds.Length];
        private long count;
        private double sum;

        public void Add(double seconds)
        {
            lock (gate)
            {
                count++;
                sum += seconds;
                for (var i = Bounds.Length - 1; i >= 0 && seconds <= Bounds[i]; i--)
                {
                    buckets[i]++;
                }
            }
        }

        public void Write(PrometheusText text, string name, string labels)
        {
            lock (gate)
            {
                for (var i = 0; i < Bounds.Length; i++)
                {
                    var bound = Bounds[i].ToString(CultureInfo.InvariantCulture);
                    text.Line($"{name}_bucket{{{labels},le=\"{bound}\"}}", buckets[i]);
                }
                text.Line($"{name}_bucket{{{labels},le=\"+Inf\"}}", count);
                text.Line($"{name}_sum{{{labels}}}", sum);
                text.Line($"{name}_count{{{labels}}}", count);
            }
        }
    }

    /// <summary>Prometheus text format 0.0.4.</summary>
    private sealed class PrometheusText
    {
        private readonly StringBuilder text = new();

        public static string NameOf(string name) => name.Replace('.', '_').Replace('-', '_');

        public static string Escape(string label) =>
            label
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal);

        public void Head(string name, string type, string help) => text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");

        public void Line(string name, double value) => text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");

        public void Single(string name, string type, string help, double value)
        {
            Head(name, type, help);
            Line(name, value);
        }

        public override string ToString() => text.ToString();
    }
}
