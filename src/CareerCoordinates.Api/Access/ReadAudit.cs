using System.Text.Json;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <summary>The trail takes neither clock: it is the clock's own witness.</summary>
public sealed record AuditList(Guid? Worker, string? Account, Guid? Before, int Limit) : IQuery<AuditList>
{
    public static AuditList Read(QueryReader query) =>
        new(
            query.Id("worker", "Only about this worker."),
            query.Text("account", "Only by this account."),
            query.Id("before", "Only entries older than this one: the last id of the page before."),
            query.Number("limit", "How many entries at most.", 1, Limits.PageSize, 100) ?? 100
        );
}

/// <summary>Who did what.</summary>
/// <param name="Action">The operation, such as <c>recordMilestone</c>, or <c>readPerson</c>, which covers 15 minutes.</param>
/// <param name="Details">What more there is to say; no name and no number of a person.</param>
/// <param name="Token">The name of the account's API token by which it was done; null: by the account itself.</param>
public sealed record AuditEntryBody(
    Guid Id,
    Instant RecordedAt,
    string Account,
    string Action,
    Guid? WorkerId,
    JsonElement Details,
    string? Token
)
{
    public static AuditEntryBody Of(AuditEntry e) =>
        new(e.Id, e.RecordedAt, e.Account, e.Action, e.WorkerId, JsonSerializer.Deserialize<JsonElement>(e.Details), e.Token);
}

/// <param name="More">True where older entries follow: ask again with <c>before</c> set to the last id.</param>
public sealed record AuditEntriesBody(IReadOnlyList<AuditEntryBody> Items, bool More);

public static class ReadAudit
{
    public static Ok<AuditEntriesBody> Handle(Query<AuditList> query, SignedIn me, CareerStore store)
    {
        var (worker, account, before, limit) = query.Value;
        var found = store.Reader.OnConnection(c => c.ReadAudit(worker, account, before, limit + 1));
        return TypedResults.Ok(new AuditEntriesBody([.. found.Take(limit).Select(AuditEntryBody.Of)], found.Count > limit));
    }
}
