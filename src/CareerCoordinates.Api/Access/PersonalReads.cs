using System.Collections.Concurrent;
using System.Text.Json;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// Every read of a person's data is covered by an entry of the audit trail not older than 15 minutes (design §5). The first
/// read waits for it, repeats write nothing; where it cannot be written there is no answer (503).
/// </summary>
public sealed class PersonalReads(CareerStore store)
{
    public static readonly TimeSpan Covers = TimeSpan.FromMinutes(15);

    public const string Action = "readPerson";

    /// <summary>Above this the oldest are forgotten: then a read writes an entry more.</summary>
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<(string Account, string? Token, Guid Worker), Instant> covered = [];

    public async ValueTask CoverAsync(SignedIn me, Guid workerId)
    {
        var key = (me.Name, me.Caller.Token?.Name, workerId);
        if (covered.TryGetValue(key, out var at) && store.Clock.ProcessNow < at.PlusMicroseconds((long)Covers.TotalMicroseconds))
        {
            return;
        }
        var written = await store.Gate.RunAsync<Instant>(tx =>
        {
            me.Audit(tx, Action, workerId, JsonSerializer.Serialize(new { first = me.Operation }));
            return tx.RecordedAt;
        });
        if (covered.Count > MostRemembered)
        {
            covered.Clear();
        }
        covered[key] = written.Value;
    }

    /// <summary>The operation that an entry of a read was written for.</summary>
    public static string FirstOf(AuditEntry entry) =>
        JsonSerializer.Deserialize<JsonElement>(entry.Details).TryGetProperty("first", out var first)
            ? first.GetString() ?? entry.Action
            : entry.Action;

    /// <summary>A list is covered by an entry that names whom it shows.</summary>
    public Task ListedAsync(SignedIn me, IReadOnlyCollection<Guid> workers) =>
        workers.Count == 0 || LocalUser.Is(me)
            ? Task.CompletedTask
            : store.Gate.RunAsync<bool>(tx =>
            {
                me.AuditMany(tx, workers, JsonSerializer.Serialize(new { workers }));
                return true;
            });
}
