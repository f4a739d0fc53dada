using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CareerCoordinates.Tests.Api.Network;

/// <summary>Every line that anybody logs, with its exception, and every scope.</summary>
public sealed class CapturedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = [];

    public IReadOnlyList<string> Lines => [.. lines];

    public IReadOnlyList<string> LinesWith(IReadOnlyList<string> canaries) =>
        [.. lines.Where(line => canaries.Any(canary => line.Contains(canary, StringComparison.OrdinalIgnoreCase)))];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        lines.Enqueue($"scope {state}");
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose() { }
}
