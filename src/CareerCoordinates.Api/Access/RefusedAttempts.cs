using System.Collections.Concurrent;
using System.Text.Json;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// Wrong passwords and codes in the audit trail: the first ten of an account and address each, then one entry a minute that
/// tells how many it stands for. So the trail shows an attack, and an attack does not fill the disk.
/// </summary>
public sealed class RefusedAttempts(CareerStore store)
{
    public const int ToldEach = 10;
    public static readonly TimeSpan TimeBetween = TimeSpan.FromMinutes(1);

    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<(string, string, string), (int Told, int Untold, DateTimeOffset ToldAt)> seen = [];

    /// <param name="account">Empty where there is none of the name that was given: it may be a password in the wrong field.</param>
    public async Task NoteAsync(string action, string account, string from)
    {
        if (seen.Count > MostRemembered)
        {
            seen.Clear();
        }
        var now = store.Clock.Time.GetUtcNow();
        int? standsFor = 1;
        seen.AddOrUpdate(
            (action, account, from),
            _ => (1, 0, now),
            (_, last) =>
            {
                var tell = last.Told < ToldEach || now - last.ToldAt >= TimeBetween;
                standsFor = tell ? last.Untold + 1 : null;
                return tell ? (last.Told + 1, 0, now) : (last with { Untold = last.Untold + 1 });
            }
        );
        if (standsFor is { } attempts)
        {
            var details = JsonSerializer.Serialize(new { address = from, attempts });
            await store.Gate.RunAsync<bool>(tx =>
            {
                tx.Audit(account, action, null, details);
                return true;
            });
        }
    }
}
