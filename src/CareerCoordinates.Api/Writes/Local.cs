namespace CareerCoordinates.Api.Writes;

/// <summary>Until there are accounts, everybody who reaches the loopback address is this one.</summary>
public static class Local
{
    public const string Account = "local";
}
