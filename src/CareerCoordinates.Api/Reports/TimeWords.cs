using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain.Reports;

namespace CareerCoordinates.Api.Reports;

/// <summary>How long it takes until a rung is reached, in one sentence that somebody without statistics can repeat.</summary>
public static class TimeWords
{
    /// <summary>A share is told as far as no step of the curve is wide: within one the shares are guessed, and may be far off.</summary>
    public static string OfProtected(ProtectedSurvival found, string rung, Language language)
    {
        var narrow = found.Curve.TakeWhile(point => point.Year - point.Since <= ProtectedSurvival.YearsOfStep).ToList();
        if (narrow.Count == found.Curve.Count)
        {
            return Of(null, found.Curve.Count > 0 ? found.Curve[^1].Survival : null, rung, language);
        }
        var later = found.Curve.Skip(narrow.Count).Sum(point => point.Events);
        var last = found.Curve[^1].Year;
        return narrow.Count == 0
            ? language.Say(
                $"About {later} of them reached {rung} within {last} {Years(last)}; too few a year to say which share.",
                $"约 {later} 人在 {last} 年内达到“{rung}”；各年人数太少，不说明比例。"
            )
            : language.Say(
                $"About {100 * (1 - narrow[^1].Survival):0}% of them reached {rung} within {narrow[^1].Year} {Years(narrow[^1].Year)} (those still on their way are counted), and about {later} more by year {last}: too few a year to say which share.",
                $"约 {100 * (1 - narrow[^1].Survival):0}% 的人在 {narrow[^1].Year} 年内达到“{rung}”（仍在途中的人计入）；此后至第 {last} 年又有约 {later} 人，各年人数太少，不说明比例。"
            );
    }

    /// <param name="median">Years until half had arrived.</param>
    /// <param name="left">The share that had not arrived in the end; null where nothing is known.</param>
    public static string Of(double? median, double? left, string rung, Language language)
    {
        if (median is { } years)
        {
            return language.Say(
                $"Half of them reached {rung} within {years:0.0} years (those still on their way are counted).",
                $"半数人在 {years:0.0} 年内达到“{rung}”（仍在途中的人计入）。"
            );
        }
        return left is { } share
            ? language.Say(
                $"About {100 * (1 - share):0}% of them reached {rung} in the time looked at (those still on their way are counted).",
                $"所观察的时间内约 {100 * (1 - share):0}% 的人达到“{rung}”（仍在途中的人计入）。"
            )
            : language.Say($"Too few to say.", $"人数太少，无法说明。");
    }

    private static string Years(int number) => number == 1 ? "year" : "years";
}
