using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CareerCoordinates.Domain.Frameworks;
using Microsoft.Net.Http.Headers;

namespace CareerCoordinates.Api.Problems;

/// <summary>The language of a text for people; codes are the same in both.</summary>
public enum Language
{
    En,
    Zh,
}

public static class Languages
{
    [return: NotNullIfNotNull(nameof(name))]
    public static string? Say(this Language language, Name? name) => language == Language.Zh ? name?.Zh : name?.En;

    /// <summary>Numbers are written as everywhere here, whatever the machine is set to.</summary>
    public static string Say(this Language language, FormattableString en, FormattableString zh) =>
        (language == Language.Zh ? zh : en).ToString(CultureInfo.InvariantCulture);

    /// <summary>The better liked of zh and en in <c>Accept-Language</c>; English where neither is named.</summary>
    public static Language Of(HttpContext context)
    {
        var accepted = context.Request.Headers.AcceptLanguage;
        if (accepted.Count == 0 || !StringWithQualityHeaderValue.TryParseList([.. accepted.OfType<string>()], out var wishes))
        {
            return Language.En;
        }
        var (best, quality) = (Language.En, 0d);
        foreach (var wish in wishes)
        {
            Language? named =
                Begins(wish, "zh") ? Language.Zh
                : Begins(wish, "en") ? Language.En
                : null;
            if (named is { } language && (wish.Quality ?? 1) > quality)
            {
                (best, quality) = (language, wish.Quality ?? 1);
            }
        }
        return best;
    }

    public static string Tag(this Language language) => language == Language.Zh ? "zh-CN" : "en";

    private static bool Begins(StringWithQualityHeaderValue wish, string language) =>
        wish.Value.StartsWith(language, StringComparison.OrdinalIgnoreCase)
        && (wish.Value.Length == language.Length || wish.Value.Value![language.Length] == '-');
}
