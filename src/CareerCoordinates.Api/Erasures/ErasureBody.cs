using CareerCoordinates.Data.Protection;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Erasures;

/// <summary>That a person be erased: who asked and why, who decided.</summary>
/// <param name="State"><c>asked</c>, <c>refused</c> or <c>erased</c>.</param>
/// <param name="DecisionReason">Why it was refused.</param>
public sealed record ErasureBody(
    Guid Id,
    Guid WorkerId,
    ErasureState State,
    string Reason,
    Instant AskedAt,
    string AskedBy,
    Instant? DecidedAt,
    string? DecidedBy,
    string? DecisionReason
)
{
    public static readonly ErasureBody Example = new(
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d5a01"),
        Workers.WorkerBody.Example.Id,
        ErasureState.Asked,
        "Request 2026-118 under article 47 of the Personal Information Protection Law.",
        new Instant(1_795_327_200_000_000),
        "administrator",
        null,
        null,
        null
    );

    public static readonly ErasureBody ErasedExample = Example with
    {
        State = ErasureState.Erased,
        DecidedAt = new Instant(1_795_330_800_000_000),
        DecidedBy = "second-administrator",
    };

    public static readonly ErasureBody RefusedExample = ErasedExample with
    {
        State = ErasureState.Refused,
        DecisionReason = "The law asks that it be kept for two more years.",
    };

    public static ErasureBody Of(Erasure e) =>
        new(e.Id, e.WorkerId, e.State, e.Reason, e.AskedAt, e.AskedBy, e.DecidedAt, e.DecidedBy, e.DecisionReason);
}
