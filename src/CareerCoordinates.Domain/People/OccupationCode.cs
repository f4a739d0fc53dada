using System.Text.RegularExpressions;

namespace CareerCoordinates.Domain.People;

/// <summary>
/// A code of the Occupation Classification of the People's Republic of China, 2022 edition: <c>4-09-01-04</c> (8 major groups).
/// The form only is checked: occupations are added between editions.
/// </summary>
public static partial class OccupationCode
{
    public static readonly RefusalCode Malformed = new(
        "occupation-code-malformed",
        RefusalKind.Rule,
        "'{0}' is no occupation code. Write it as in the Occupation Classification (2022): 6-31-01-03.",
        "“{0}”不是职业编码。请按《职业分类大典（2022年版）》书写，如 6-31-01-03。"
    );

    public static bool IsWellFormed(string text) => Form().IsMatch(text);

    /// <summary>Whether it is a code, or the beginning of one that ends with a whole part: <c>6-31</c>.</summary>
    public static bool IsBeginning(string text) => FormOfBeginning().IsMatch(text);

    [GeneratedRegex(@"^[1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2}\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"^[1-8](-[0-9]{2}){0,3}\z")]
    private static partial Regex FormOfBeginning();
}
