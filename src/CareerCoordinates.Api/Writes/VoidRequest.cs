namespace CareerCoordinates.Api.Writes;

/// <summary>Says that a record was never true (作废); final.</summary>
/// <param name="Reason">Why it was never true; at most 2,000 characters.</param>
public sealed record VoidRequest(string Reason)
{
    public static readonly VoidRequest Example = new("Recorded twice.");
}
