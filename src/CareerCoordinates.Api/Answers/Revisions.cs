using CareerCoordinates.Api.Requests;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Answers;

/// <summary>All revisions of one thing that were recorded by the instant asked for, in order; nothing is ever overwritten.</summary>
/// <param name="KnownAt">The instant whose record was read.</param>
/// <param name="KnownAtClosed">True where this answer can never change again.</param>
public sealed record Revisions<T>(IReadOnlyList<T> Items, Instant KnownAt, bool KnownAtClosed);

public static class Revisions
{
    public static Revisions<T> Of<T>(IEnumerable<T> items, ReadClocks clocks) =>
        new([.. items], clocks.KnownAt, clocks.KnownAtClosed);
}
