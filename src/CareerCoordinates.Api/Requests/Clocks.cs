using CareerCoordinates.Api.Problems;
using CareerCoordinates.Data;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Requests;

/// <summary>The two clocks as asked for; null where the caller leaves the default to us.</summary>
public sealed record Clocks(DateOnly? AsOf, Instant? KnownAt)
{
    /// <summary>
    /// Fills in the defaults: today where the framework lives, and now. The cursor of a list brings the clocks of its first
    /// page along, so that a list read page by page is one list.
    /// </summary>
    public async ValueTask<Outcome<ReadClocks>> OnAsync(CareerStore store, Cursor? cursor = null)
    {
        if (await store.ResolveAsync(KnownAt ?? cursor?.KnownAt) is not { } known)
        {
            return new Refusal(RequestRefusals.KnownAtInFuture, "?knownAt");
        }
        var framework = store.Frameworks.At(known.Instant);
        var now = store.Clock.Time.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, framework.TimeZone).DateTime);
        return new ReadClocks(
            AsOf ?? cursor?.AsOf ?? today,
            known.Instant,
            known.IsClosed,
            framework,
            today,
            KnownAtGiven: KnownAt is not null,
            AsOfGiven: AsOf is not null
        );
    }
}

/// <summary>The two clocks of an answer, and the framework version that answers.</summary>
/// <param name="AsOf">The day whose facts are in force.</param>
/// <param name="KnownAt">The instant whose record is read.</param>
/// <param name="KnownAtClosed">True where the answer can never change again.</param>
/// <param name="Framework">The highest version published at or before <paramref name="KnownAt"/>.</param>
/// <param name="Today">The day that <c>asOf</c> takes by default.</param>
/// <param name="KnownAtGiven">False where the caller took the default: then the ETag is weak.</param>
/// <param name="AsOfGiven">False where the caller took the default: then nothing is hidden because it lies in the future.</param>
public sealed record ReadClocks(
    DateOnly AsOf,
    Instant KnownAt,
    bool KnownAtClosed,
    Framework Framework,
    DateOnly Today,
    bool KnownAtGiven,
    bool AsOfGiven
);

/// <summary>The query of a read that takes both clocks and nothing else.</summary>
public sealed record ClockQuery(Clocks Clocks) : IQuery<ClockQuery>
{
    public static ClockQuery Read(QueryReader query) => new(query.Clocks());
}

/// <summary>The query of a read that only the record's clock moves.</summary>
public sealed record KnownAtQuery(Clocks Clocks) : IQuery<KnownAtQuery>
{
    public static KnownAtQuery Read(QueryReader query) => new(query.KnownAt());
}
