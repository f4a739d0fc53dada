using System.Text.Json;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.Access;

/// <summary>The trail takes neither clock: it is the clock's own witness.</summary>
public sealed record AuditList(
    Guid? Worker,
    string? Account,
    string? Action,
    DateOnly? From,
    DateOnly? To,
    Guid? Before,
    int Limit
) : IQuery<AuditList>
{
    public static AuditList Read(QueryReader query) =>
        new(
            query.Id("worker", "Only about this worker, also where a list or a search named him among others."),
            query.Text("account", "Only by this account."),
            query.Text("action", "Only of this kind: the name of an operation, `readPerson`, `signIn`, `signInRefused`…"),
            query.Day("from", "Only of this day or later, in the framework's time zone.", "2026-11-01"),
            query.Day("to", "Only of this day or earlier.", "2026-11-30"),
            query.Id("before", "Only entries older than this one: the last id of the page before."),
            query.Number("limit", "How many entries at most.", 1, Limits.PageSize, 100) ?? 100
        );
}

/// <summary>Who did what.</summary>
/// <param name="Action">The operation, such as <c>recordMilestone</c>, or <c>readPerson</c>, which covers 15 minutes of one operation.</param>
/// <param name="Details">What more there is to say, such as the ids of what was written, its revision, the grant, or the operation that read; no name and no number of a person.</param>
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
public sealed record AuditEntriesBody(IReadOnlyList<AuditEntryBody> Items, bool More)
{
    private static readonly Guid Worker = Guid.Parse("0199f3a2-8d20-7a31-9b44-5c1d7e0f2a00");

    public static readonly AuditEntriesBody Example = new(
        [
            Entry(
                3,
                "administrator",
                "grantRole",
                null,
                """{"account":"officer-street","grantId":"0199f3a2-9e40-7b21-9c55-6d0e8f1a2b00","role":"officer","organizationId":"0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a00","acts":[]}"""
            ),
            Entry(
                2,
                "verifier",
                "verifyMilestone",
                Worker,
                """{"milestoneId":"0199f3a2-9d10-7c42-8e66-7f1a9b2c3d00","revision":2}"""
            ),
            Entry(1, "officer-street", PersonalReads.Action, Worker, """{"read":"getCoordinate"}"""),
        ],
        false
    );

    private static AuditEntryBody Entry(int number, string account, string action, Guid? worker, string details) =>
        AuditEntryBody.Of(
            new(
                Guid.Parse($"0199f3a2-9e40-7b21-9c55-6d0e8f1a2c0{number}"),
                new Instant(1_795_327_200_000_000 + number * 1_000_000),
                account,
                action,
                worker,
                details,
                null
            )
        );
}

public static class ReadAudit
{
    public static Results<Ok<AuditEntriesBody>, Problem> Handle(Query<AuditList> query, SignedIn me, CareerStore store)
    {
        var (worker, account, action, from, to, before, limit) = query.Value;
        if (from > to)
        {
            return Problem.Of(new Refusal(RequestRefusals.FromAfterTo, "?from", Days.Iso(from.Value), Days.Iso(to.Value)));
        }
        var zone = store.Frameworks.Current.TimeZone;
        var filter = new AuditFilter(
            worker,
            account,
            action,
            Midnight(from, zone),
            Midnight(to < DateOnly.MaxValue ? to?.AddDays(1) : null, zone)
        );
        var found = store.Reader.OnConnection(c => c.ReadAudit(filter, before, limit + 1));
        return TypedResults.Ok(new AuditEntriesBody([.. found.Take(limit).Select(AuditEntryBody.Of)], found.Count > limit));
    }

    /// <summary>When the day begins.</summary>
    private static Instant? Midnight(DateOnly? day, TimeZoneInfo zone) =>
        day is { } date
            ? Instant.From(new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(date.ToDateTime(TimeOnly.MinValue), zone)))
            : null;
}
