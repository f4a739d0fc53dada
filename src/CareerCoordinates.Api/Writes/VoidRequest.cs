namespace CareerCoordinates.Api.Writes;

/// <param name="Reason">Why it was never true.</param>
public sealed record VoidRequest(string? Reason = null);
