using System.Globalization;

namespace CareerCoordinates.Api.Reports;

/// <summary>The header by which a reader asks to see at least a commit: the number that a <c>Data-Version</c> header gave.</summary>
public sealed record MinDataVersion(long? Number, bool IsBad)
{
    public const string Name = "Min-Data-Version";
    public const string Given = "Data-Version";

    public static ValueTask<MinDataVersion?> BindAsync(HttpContext context)
    {
        var given = context.Request.Headers[Name];
        var isNumber = long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return new(new MinDataVersion(isNumber ? number : null, given.Count > 0 && !isNumber));
    }
}
