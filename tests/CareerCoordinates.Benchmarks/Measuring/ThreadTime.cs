using System.Runtime.InteropServices;

namespace CareerCoordinates.Benchmarks.Measuring;

/// <summary>What this thread has taken of the processors: a figure that a busy machine disturbs little. Linux only.</summary>
public static partial class ThreadTime
{
    private const int ClockThreadCpuTime = 3;

    public static TimeSpan Now =>
        GetTime(ClockThreadCpuTime, out var time) == 0
            ? TimeSpan.FromMicroseconds(time.Seconds * 1e6 + time.Nanoseconds / 1e3)
            : throw new PlatformNotSupportedException("The time of a thread is measured on Linux only.");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
