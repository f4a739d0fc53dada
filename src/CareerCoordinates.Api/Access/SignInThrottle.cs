using System.Collections.Concurrent;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// After ten wrong passwords for one account from one address each further one doubles the wait, to five minutes. Other
/// addresses are not held up: nobody can lock another's account.
/// </summary>
public sealed class SignInThrottle(TimeProvider time)
{
    public const int FreeFailures = 10;
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    /// <summary>Above this all is forgotten: an attacker with so many names is held by the cap on hashing.</summary>
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<(string Account, string Address), (int Failures, DateTimeOffset Until)> failures = [];

    /// <summary>How long to wait before the next attempt; zero where it may be made now.</summary>
    public TimeSpan WaitOf(string account, string address)
    {
        var left = failures.TryGetValue((account, address), out var seen) ? seen.Until - time.GetUtcNow() : TimeSpan.Zero;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Failed(string account, string address)
    {
        if (failures.Count > MostRemembered)
        {
            failures.Clear();
        }
        failures.AddOrUpdate((account, address), _ => (1, default), (_, seen) => (seen.Failures + 1, Until(seen.Failures + 1)));
    }

    public void Succeeded(string account, string address) => failures.TryRemove((account, address), out _);

    private DateTimeOffset Until(int count) =>
        count <= FreeFailures
            ? default
            : time.GetUtcNow()
                + TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(count - FreeFailures, 20))));
}
