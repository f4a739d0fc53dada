using System.Globalization;
using CareerCoordinates.Api.Access;

namespace CareerCoordinates.Api.Hosting;

/// <summary>So many requests a second in the long run, and so many at once after a pause; 0 a second: no limit.</summary>
public sealed record RateLimit(int PerSecond, int Burst);

/// <summary>The settings <c>RateLimits:SignIn</c>, <c>Read</c>, <c>List</c> and <c>Write</c>: <c>200/1000</c>, or <c>0</c> for none.</summary>
public static class RateLimitSettings
{
    private const int Most = 1_000_000;

    /// <summary>Generous for the scripts of one office. A unit that comes to work may sign in from one address.</summary>
    private static readonly Dictionary<LimitClass, RateLimit> Defaults = new()
    {
        [LimitClass.SignIn] = new(10, 100),
        [LimitClass.Read] = new(200, 1_000),
        [LimitClass.List] = new(20, 100),
        [LimitClass.Write] = new(100, 500),
    };

    /// <exception cref="SettingException">One makes no sense.</exception>
    public static IReadOnlyDictionary<LimitClass, RateLimit> From(IConfiguration configuration) =>
        Defaults.ToDictionary(limit => limit.Key, limit => Read(configuration, $"RateLimits:{limit.Key}") ?? limit.Value);

    private static RateLimit? Read(IConfiguration configuration, string key)
    {
        var text = configuration[key];
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        if (text == "0")
        {
            return new(0, 0);
        }
        return
            text.Split('/') is [var first, var second]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var perSecond)
            && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var burst)
            && perSecond is >= 1 and <= Most
            && burst is >= 1 and <= Most
            ? new(perSecond, burst)
            : throw new SettingException(
                $"{key} is requests a second and at once, such as 200/1000, or 0 for no limit, not \"{text}\"."
            );
    }
}
