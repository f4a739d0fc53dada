namespace CareerCoordinates.Tests.Domain.Grid;

/// <summary>A table written as text: a row a line, cells between bars, blank cells null. Lines of dashes only part the rows.</summary>
internal static class TextTable
{
    public static IEnumerable<string?[]> Rows(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.StartsWith("--", StringComparison.Ordinal))
            .Select(line => line.Split('|').Select(cell => cell.Trim()).Select(cell => cell.Length == 0 ? null : cell).ToArray());
}
