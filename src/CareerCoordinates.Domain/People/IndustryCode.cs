using System.Globalization;
using System.Text.RegularExpressions;

namespace CareerCoordinates.Domain.People;

/// <summary>
/// Industry code of GB/T 4754-2017: a section letter A to T, then none, two, three or four digits (division, group, class):
/// <c>C</c>, <c>C33</c>, <c>C3311</c>. The digits must begin with a division of the section.
/// </summary>
public static partial class IndustryCode
{
    public static readonly RefusalCode Malformed = new(
        "industry-code-malformed",
        RefusalKind.Rule,
        "'{0}' is no industry code. Write the section letter A to T and up to four digits, as in GB/T 4754: C3311.",
        "“{0}”不是行业代码。请按 GB/T 4754 填写门类字母 A–T 及至多四位数字，如 C3311。"
    );

    public static readonly RefusalCode WrongSection = new(
        "industry-code-section",
        RefusalKind.Rule,
        "Division {0} does not belong to section {1}, whose divisions are {2} to {3}. Correct the letter or the digits.",
        "大类 {0} 不属于门类 {1}（大类 {2}–{3}），请更正字母或数字。"
    );

    /// <summary>First and last division of the sections A, B, C…; each begins where the one before ends.</summary>
    private static readonly (int First, int Last)[] Divisions =
    [
        (1, 5),
        (6, 12),
        (13, 43),
        (44, 46),
        (47, 50),
        (51, 52),
        (53, 60),
        (61, 62),
        (63, 65),
        (66, 69),
        (70, 70),
        (71, 72),
        (73, 75),
        (76, 79),
        (80, 82),
        (83, 83),
        (84, 85),
        (86, 90),
        (91, 96),
        (97, 97),
    ];

    /// <summary>Reads a code as people write it: blanks around it are cut and the letter made capital.</summary>
    public static Outcome<string> Read(string text, string pointer)
    {
        var code = text.Trim().ToUpperInvariant();
        if (!Form().IsMatch(code))
        {
            return new Refusal(Malformed, pointer, PlainText.Quoted(text));
        }
        var (first, last) = Divisions[code[0] - 'A'];
        if (code.Length > 1 && int.Parse(code.AsSpan(1, 2), CultureInfo.InvariantCulture) is var division)
        {
            if (division < first || division > last)
            {
                return new Refusal(WrongSection, pointer, code[1..3], code[0], $"{first:00}", $"{last:00}");
            }
        }
        return code;
    }

    [GeneratedRegex(@"^[A-T]([0-9]{2}([0-9]([0-9])?)?)?\z")]
    private static partial Regex Form();
}
