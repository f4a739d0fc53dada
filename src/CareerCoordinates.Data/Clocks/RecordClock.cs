using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Data.Clocks;

/// <summary>Writes are stopped: the clock of the machine cannot be trusted. Answered with 503 until an operator confirms.</summary>
public sealed class SystemTimeWrongException(string message) : Exception(message);

/// <summary>
/// The one clock by which <c>recordedAt</c> is made, and what it has promised: nothing will ever be recorded at or
/// before <see cref="ClosedThrough"/>. Safe for several threads.
/// </summary>
public sealed class RecordClock(TimeProvider time)
{
    /// <summary>How far <see cref="ClosedThrough"/> stays behind the clock.</summary>
    public static readonly TimeSpan ClosingDelay = TimeSpan.FromSeconds(10);

    /// <summary>How far wall clock and monotonic clock may drift apart in a running process.</summary>
    public static readonly TimeSpan LargestDeparture = TimeSpan.FromSeconds(60);

    private readonly Lock sync = new();
    private Instant closedThrough;
    private Instant newest;
    private (Instant Wall, long Monotonic)? origin;

    public TimeProvider Time => time;

    public Instant ClosedThrough
    {
        get
        {
            lock (sync)
            {
                return closedThrough;
            }
        }
    }

    /// <summary>The latest instant at which this process saw something recorded.</summary>
    public Instant Newest
    {
        get
        {
            lock (sync)
            {
                return newest;
            }
        }
    }

    public Instant ProcessNow => Instant.From(time.GetUtcNow());

    public void Saw(Instant recordedAt)
    {
        lock (sync)
        {
            newest = Instant.Max(newest, recordedAt);
        }
    }

    public void Closed(Instant through)
    {
        lock (sync)
        {
            closedThrough = Instant.Max(closedThrough, through);
        }
    }

    /// <summary>True at most once in <paramref name="interval"/>, by the monotonic clock; remembers the time in <paramref name="last"/>.</summary>
    public bool IsDue(ref long last, TimeSpan interval)
    {
        lock (sync)
        {
            var now = time.GetTimestamp();
            if (last != 0 && time.GetElapsedTime(last, now) < interval)
            {
                return false;
            }
            last = now;
            return true;
        }
    }

    /// <summary>Checks the database's time before it stamps a write, and answers the earliest instant that a write may have.</summary>
    /// <exception cref="SystemTimeWrongException">The clock went back before what is closed, or jumped.</exception>
    public Instant Check(Instant now)
    {
        lock (sync)
        {
            var monotonic = time.GetTimestamp();
            var start = origin ??= (now, monotonic);
            var passed = (long)time.GetElapsedTime(start.Monotonic, monotonic).TotalMicroseconds;
            var departure = Math.Abs(now.Microseconds - start.Wall.Microseconds - passed);
            if (now <= closedThrough)
            {
                throw new SystemTimeWrongException(
                    $"The clock says {now}, but the record is closed through {closedThrough}. Set the clock right, or confirm it."
                );
            }
            if (departure > LargestDeparture.TotalMicroseconds)
            {
                throw new SystemTimeWrongException(
                    $"The clock says {now}; by the time passed since {start.Wall} it departs by {departure / 1_000_000} s. Set the clock right, or confirm it."
                );
            }
            if (departure < LargestDeparture.TotalMicroseconds / 60)
            {
                // Slow drift is what time servers correct; only a jump is an error.
                origin = (now, monotonic);
            }
            return now;
        }
    }

    /// <summary>An operator says that the clock as it is now is right.</summary>
    public void Confirm(Instant now)
    {
        lock (sync)
        {
            if (now <= closedThrough)
            {
                throw new SystemTimeWrongException(
                    $"The clock says {now}, which lies before what is closed ({closedThrough}): wait, or set the clock right."
                );
            }
            origin = (now, time.GetTimestamp());
        }
    }
}
