namespace CareerCoordinates.Api.Requests;

/// <summary>How much one request may bring or ask for.</summary>
public static class RequestLimits
{
    public const int BodyBytes = 1024 * 1024;
    public const int JsonDepth = 32;
    public const int PageItems = 500;
    public const int PageItemsByDefault = 50;
    public const int IdempotencyKeyCharacters = 200;
    public const int CursorCharacters = 2_000;
    public const int ParameterCharacters = 200;

    /// <summary>Years that one report of milestones covers.</summary>
    public const int ReportYears = 10;
}
