namespace CareerCoordinates.Api.Answers;

/// <summary>All revisions of one thing that were recorded by the instant asked for, in order; nothing is ever overwritten.</summary>
public sealed record Revisions<T>(IReadOnlyList<T> Items);
