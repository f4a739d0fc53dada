using System.Collections.Concurrent;
using System.Text.Json;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// Every read of a person's data is covered by an entry of the audit trail not older than 15 minutes (design §5) about the same
/// kind of data: who looked at a coordinate has not told that he looks at the person. The first read waits for its entry,
/// repeats write nothing; where it cannot be written there is no answer (503).
/// </summary>
public sealed class PersonalReads(CareerStore store)
{
    public static readonly TimeSpan Covers = TimeSpan.FromMinutes(15);

    public const string Action = "readPerson";

    /// <summary>Above this the oldest are forgotten: then a read writes an entry more.</summary>
    private const int MostRemembered = 100_000;

    private readonly ConcurrentDictionary<(string Account, string? Token, Guid Worker, string Operation), Instant> covered = [];

    public async ValueTask CoverAsync(SignedIn me, Guid workerId)
    {
        var key = (me.Name, me.Caller.Token?.Name, workerId, me.Operation);
        if (covered.TryGetValue(key, out var at) && store.Clock.ProcessNow < at.PlusMicroseconds((long)Covers.TotalMicroseconds))
        {
            return;
        }
        var written = await store.Gate.RunAsync<Instant>(tx =>
        {
            me.Audit(tx, Action, workerId, JsonSerializer.Serialize(new { read = me.Operation }));
            return tx.RecordedAt;
        });
        if (covered.Count > MostRemembered)
        {
            covered.Clear();
        }
        covered[key] = written.Value;
    }

    /// <summary>The operation that an entry of a read covers.</summary>
    public static string OperationOf(AuditEntry entry) =>
        JsonSerializer.Deserialize<JsonElement>(entry.Details).TryGetProperty("read", out var read)
            ? read.GetString() ?? entry.Action
            : entry.Action;

    /// <summary>A list is covered by an entry that names whom it shows.</summary>
    public Task ListedAsync(SignedIn me, IReadOnlyCollection<Guid> workers) =>
        CoverAsync(me, workers, () => JsonSerializer.Serialize(new { workers }));

    /// <summary>As a list, with what was asked: a file leaves the program.</summary>
    public Task ExportedAsync(SignedIn me, IReadOnlyCollection<Guid> workers, IReadOnlyDictionary<string, string> asked) =>
        CoverAsync(me, workers, () => JsonSerializer.Serialize(new { asked, workers }));

    private Task CoverAsync(SignedIn me, IReadOnlyCollection<Guid> workers, Func<string> details) =>
        workers.Count == 0 || LocalUser.IsNobody(me)
            ? Task.CompletedTask
            : store.Gate.RunAsync<bool>(tx =>
            {
                me.AuditMany(tx, workers, details());
                return true;
            });
}
