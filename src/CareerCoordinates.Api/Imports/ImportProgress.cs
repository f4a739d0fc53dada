using System.Diagnostics;

namespace CareerCoordinates.Api.Imports;

/// <summary>How far the work on an import has come. The rate counts from the first row on: what goes before takes as long for few rows as for many.</summary>
public sealed class ImportProgress(long total)
{
    /// <summary>Before that a rate says little.</summary>
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);

    private long firstAt;
    private long done;

    public long Total => total;

    public long Done => Interlocked.Read(ref done);

    public void Step()
    {
        if (Interlocked.Increment(ref done) == 1)
        {
            Volatile.Write(ref firstAt, Stopwatch.GetTimestamp());
        }
    }

    public double RowsPerSecond => Working is { TotalSeconds: > 0 } time ? Math.Max(0, Done - 1) / time.TotalSeconds : 0;

    /// <summary>Null before it can be told.</summary>
    public int? SecondsLeft =>
        Working >= Soonest && RowsPerSecond is > 0 and var rate ? (int)Math.Ceiling(Math.Max(0, Total - Done) / rate) : null;

    private TimeSpan Working =>
        Volatile.Read(ref firstAt) is not 0 and var first ? Stopwatch.GetElapsedTime(first) : TimeSpan.Zero;
}
