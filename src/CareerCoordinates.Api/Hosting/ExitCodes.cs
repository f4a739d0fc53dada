namespace CareerCoordinates.Api.Hosting;

/// <summary>What a command ends with, for scripts.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>It was refused or failed, and nothing was written.</summary>
    public const int Refused = 1;

    /// <summary>The line makes no sense: its command, an option or the value of one.</summary>
    public const int Mistaken = 2;

    /// <summary>Written, but for the rows that are refused.</summary>
    public const int RowsLeftOut = 3;
}
