using System.Collections.Concurrent;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// After ten failures for one account from one address each further one doubles the wait, to five minutes. Other addresses,
/// and devices that the account knows, have counts of their own: nobody can lock another's account.
/// </summary>
public sealed class SignInThrottle(TimeProvider time)
{
    public const int FreeFailures = 10;
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Above this all is forgotten: an attacker with so many names is held by the cap on hashing.</summary>
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<(string Account, string From), (int Failures, DateTimeOffset Until)> failures = [];

    /// <summary>
    /// Counts an attempt, as failed until <see cref="Succeeded"/> is said, so that many at the same time are counted too.
    /// </summary>
    /// <returns>How long to wait before the next one; zero where this one may be made.</returns>
    public TimeSpan Try(string account, string from, int free = FreeFailures)
    {
        if (failures.Count > MostRemembered)
        {
            failures.Clear();
        }
        var now = time.GetUtcNow();
        var wait = TimeSpan.Zero;
        failures.AddOrUpdate(
            (account, from),
            _ => (1, default),
            (_, seen) =>
            {
                wait = seen.Until > now ? seen.Until - now : TimeSpan.Zero;
                return wait > TimeSpan.Zero ? seen : (seen.Failures + 1, Until(now, seen.Failures + 1 - free));
            }
        );
        return wait;
    }

    public void Succeeded(string account, string from) => failures.TryRemove((account, from), out _);

    private static DateTimeOffset Until(DateTimeOffset now, int beyondFree) =>
        beyondFree <= 0
            ? default
            : now + TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(beyondFree, 20))));
}
