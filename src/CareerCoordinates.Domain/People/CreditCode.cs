namespace CareerCoordinates.Domain.People;

/// <summary>
/// Unified social credit code (统一社会信用代码), GB 32100-2015: 18 characters; 1 registering department, 1 category, 6 region digits,
/// 9 organisation code (GB 11714), 1 check character. A trade union's begins with 8.
/// </summary>
/// <param name="InnerCheckHolds">False where the organisation code inside fails GB 11714: old codes do, so it only warns.</param>
public readonly record struct CreditCode(string Value, bool InnerCheckHolds)
{
    public const int Length = 18;

    public static readonly RefusalCode WrongLength = new(
        "credit-code-length",
        RefusalKind.Rule,
        "A unified social credit code has 18 characters; this has {0}. Copy it whole from the certificate.",
        "统一社会信用代码应为 18 位，现为 {0} 位。请按证书完整填写。"
    );

    public static readonly RefusalCode WrongCharacter = new(
        "credit-code-character",
        RefusalKind.Rule,
        "Character {0} of the credit code, '{1}', cannot stand there: places 3 to 8 are digits, and the letters I, O, S, V and Z are never used. Check 0 against O, 1 against I.",
        "统一社会信用代码第 {0} 位“{1}”无效：第 3 至 8 位为数字，且不使用字母 I、O、S、V、Z。请核对 0 与 O、1 与 I。"
    );

    public static readonly RefusalCode WrongCategory = new(
        "credit-code-category",
        RefusalKind.Rule,
        "No kind of organisation has a credit code that begins with '{0}'. An enterprise's begins with 91, a grassroots union's with 81.",
        "没有以“{0}”开头的统一社会信用代码。企业以 91 开头，基层工会以 81 开头。"
    );

    public static readonly RefusalCode WrongCheck = new(
        "credit-code-check",
        RefusalKind.Rule,
        "The last character of the credit code is '{0}' but the others demand '{1}'. One of them is mistyped: compare with the certificate.",
        "统一社会信用代码末位为“{0}”，按其余各位应为“{1}”，有录入错误，请与证书核对。"
    );

    public static readonly WarningCode InnerCheck = new(
        "credit-code-inner-check",
        "The organisation code inside {0} fails its own check character. Older codes do; compare with the certificate.",
        "{0} 所含组织机构代码的校验位不符。早期代码有此情形，请与证书核对。"
    );

    /// <summary>GB 32100, table 1: without I, O, S, V, Z. A character's value is its place.</summary>
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>
    /// Registering departments with their categories: 1 staffing of offices, 2 foreign affairs, 3 justice, 4 culture, 5 civil
    /// affairs, 6 tourism, 7 religion, 8 trade unions, 9 market supervision, A military, N agriculture, Y others
    /// (GB 32100-2015, as widened since).
    /// </summary>
    private static readonly Dictionary<char, string> Categories = new()
    {
        ['1'] = "1239",
        ['2'] = "19",
        ['3'] = "123459",
        ['4'] = "19",
        ['5'] = "1239",
        ['6'] = "129",
        ['7'] = "129",
        ['8'] = "19",
        ['9'] = "123",
        ['A'] = "19",
        ['N'] = "1239",
        ['Y'] = "1",
    };

    private static readonly int[] InnerWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Reads a code as people write it: blanks around it are cut and letters made capital.</summary>
    public static Outcome<CreditCode> Read(string text, string pointer)
    {
        var code = text.Trim().ToUpperInvariant();
        if (code.Length != Length)
        {
            return new Refusal(WrongLength, pointer, code.Length);
        }
        for (var i = 0; i < Length; i++)
        {
            if (!Alphabet.Contains(code[i], StringComparison.Ordinal) || (i is >= 2 and < 8 && !char.IsAsciiDigit(code[i])))
            {
                return new Refusal(WrongCharacter, pointer, i + 1, PlainText.Quoted(code[i].ToString()));
            }
        }
        if (!Categories.TryGetValue(code[0], out var categories) || !categories.Contains(code[1], StringComparison.Ordinal))
        {
            return new Refusal(WrongCategory, pointer, code[..2]);
        }
        var check = CheckCharacter(code);
        if (code[^1] != check)
        {
            return new Refusal(WrongCheck, pointer, code[^1], check);
        }
        return new CreditCode(code, code[16] == InnerCheckCharacter(code.AsSpan(8, 8)));
    }

    /// <summary>Weights 3^i mod 31 over the first 17; a sum that 31 divides gives 31, which wraps to '0'.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> code)
    {
        var sum = 0;
        var weight = 1;
        for (var i = 0; i < Length - 1; i++)
        {
            sum += Alphabet.IndexOf(code[i], StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - sum % 31) % 31];
    }

    /// <summary>GB 11714: 11 less the weighted sum mod 11; 10 is written X and 11 is written 0.</summary>
    private static char InnerCheckCharacter(ReadOnlySpan<char> organization)
    {
        var sum = 0;
        for (var i = 0; i < organization.Length; i++)
        {
            var c = organization[i];
            sum += (char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10) * InnerWeights[i];
        }
        return "0123456789X0"[11 - sum % 11];
    }
}
