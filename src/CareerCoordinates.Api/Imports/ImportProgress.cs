using System.Diagnostics;

namespace CareerCoordinates.Api.Imports;

/// <summary>How far the work on an import has come.</summary>
public sealed class ImportProgress(long total)
{
    private readonly long began = Stopwatch.GetTimestamp();
    private long done;

    public long Total => total;

    public long Done => Interlocked.Read(ref done);

    public void Step() => Interlocked.Increment(ref done);

    public double RowsPerSecond => Done / Math.Max(0.001, Stopwatch.GetElapsedTime(began).TotalSeconds);

    public int? SecondsLeft => Done == 0 ? null : (int)Math.Ceiling(Math.Max(0, Total - Done) / RowsPerSecond);
}
