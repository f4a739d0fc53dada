using System.Globalization;
using System.Text.RegularExpressions;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Domain.People;

/// <summary>
/// Resident identity number (公民身份号码), GB 11643-1999: 18 characters; 6 region digits (GB/T 2260), 8 digits of the birth date,
/// 3 of a sequence, 1 check character 0 to 9 or X (ISO 7064, MOD 11-2).
/// </summary>
/// <remarks>
/// The number stands in no log, URL or error, so whatever turns this value into text gives the masked form, and no refusal
/// quotes what was typed. Only <see cref="Reveal"/> gives it whole: a method, because serializers and loggers read properties.
/// </remarks>
public sealed partial record IdNumber
{
    public const int Length = 18;

    public static readonly RefusalCode WrongLength = new(
        "id-number-length",
        RefusalKind.Rule,
        "An ID number has 18 characters; this has {0}. Copy it whole from the identity card.",
        "公民身份号码应为 18 位，现为 {0} 位。请按身份证完整填写。"
    );

    public static readonly RefusalCode OldForm = new(
        "id-number-old-form",
        RefusalKind.Rule,
        "This is an ID number of the first generation, with 15 digits; it has not been valid since 2013. Enter the 18 characters of the present identity card.",
        "这是 15 位的第一代身份证号码，自 2013 年起已停止使用。请填写现行身份证上的 18 位号码。"
    );

    public static readonly RefusalCode WrongCharacter = new(
        "id-number-character",
        RefusalKind.Rule,
        "Character {0} of the ID number cannot stand there: the first 17 are digits 0 to 9, the last is a digit or X. Type it anew, without full-width digits.",
        "公民身份号码第 {0} 位无效：前 17 位为数字 0–9，末位为数字或 X。请重新填写，不用全角数字。"
    );

    public static readonly RefusalCode WrongRegion = new(
        "id-number-region",
        RefusalKind.Rule,
        "No province has the first two digits of this ID number. Compare them with the identity card.",
        "公民身份号码前两位不是任何省级行政区的代码，请与身份证核对。"
    );

    public static readonly RefusalCode WrongBirthDate = new(
        "id-number-birth-date",
        RefusalKind.Rule,
        "Characters 7 to 14 of the ID number are no birth date from the year {0} on. Compare them with the identity card.",
        "公民身份号码第 7 至 14 位不是 {0} 年以后的真实出生日期，请与身份证核对。"
    );

    public static readonly RefusalCode BornInFuture = new(
        "id-number-born-in-future",
        RefusalKind.Rule,
        "The birth date in the ID number, characters 7 to 14, is in the future. Check the year.",
        "公民身份号码第 7 至 14 位的出生日期晚于今天，请核对年份。"
    );

    /// <summary>What the last character should be is not told: whoever put that in would turn a wrong number into a right one.</summary>
    public static readonly RefusalCode WrongCheck = new(
        "id-number-check",
        RefusalKind.Rule,
        "The last character of the ID number does not fit the others. One of them is mistyped: compare all with the identity card.",
        "公民身份号码末位校验码与其余各位不符，有录入错误，请与身份证逐位核对。"
    );

    /// <summary>
    /// GB/T 2260, first two digits; 83 is not in it: with 81 and 82 it begins the numbers of the residence permits for people
    /// from Hong Kong, Macao and Taiwan (State Council, 2018), which are made by the same standard.
    /// </summary>
    private static readonly string[] Provinces =
    [
        .. "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".Split(' '),
    ];

    private readonly string number;

    private IdNumber(string number, DateOnly birthDate)
    {
        this.number = number;
        BirthDate = birthDate;
    }

    public DateOnly BirthDate { get; }

    /// <summary>A code of <see cref="WorkerRules.Genders"/>: the sequence is odd for men and even for women.</summary>
    public string Gender => (number[16] - '0') % 2 == 1 ? "male" : "female";

    /// <summary>The first and the last character: all that <see cref="Masked"/> shows.</summary>
    public string Shown => $"{number[0]}{number[^1]}";

    /// <summary><c>1****************X</c>; see <see cref="SealedIdNumber.Masked"/>.</summary>
    public string Masked => SealedIdNumber.MaskOf(Shown);

    /// <summary>
    /// Reads a number as people write it: blanks around it are cut and x made X. Born from <see cref="Limits.FirstBirthYear"/>
    /// until <paramref name="today"/>, as all workers are.
    /// </summary>
    public static Outcome<IdNumber> Read(string text, string pointer, DateOnly today)
    {
        var number = text.Trim().ToUpperInvariant();
        if (number.Length == 15 && number.All(char.IsAsciiDigit))
        {
            return new Refusal(OldForm, pointer);
        }
        if (number.Length != Length)
        {
            return new Refusal(WrongLength, pointer, number.Length);
        }
        for (var i = 0; i < Length; i++)
        {
            if (!char.IsAsciiDigit(number[i]) && !(number[i] == 'X' && i == Length - 1))
            {
                return new Refusal(WrongCharacter, pointer, i + 1);
            }
        }
        if (!Provinces.Contains(number[..2]))
        {
            return new Refusal(WrongRegion, pointer);
        }
        if (
            !DateOnly.TryParseExact(number[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)
            || born.Year < Limits.FirstBirthYear
        )
        {
            return new Refusal(WrongBirthDate, pointer, Limits.FirstBirthYear);
        }
        if (born > today)
        {
            return new Refusal(BornInFuture, pointer);
        }
        return number[^1] == CheckCharacter(number) ? new IdNumber(number, born) : new Refusal(WrongCheck, pointer);
    }

    /// <summary>
    /// Whether an ID number stands somewhere in a text, whatever stands around it: it has one place of its own, where it is sealed, and
    /// belongs into no other. Full-width digits are digits; blanks, hyphens or dots may part it if it begins and ends with one of its parts.
    /// </summary>
    public static bool StandsIn(string? text)
    {
        if (text is null || text.Length < Length)
        {
            return false;
        }
        var alike = PlainText.Alike(text);
        var (digits, all) = (0, 0);
        for (var last = 0; last < alike.Length; last++)
        {
            // Of most texts nothing is read: 17 digits must come first.
            if (
                digits >= Length - 1
                && alike[last] is (>= '0' and <= '9') or 'x' or 'X'
                && !Read(alike.Substring(last - Length + 1, Length), "", DateOnly.MaxValue).IsRefused
            )
            {
                return true;
            }
            var isDigit = char.IsAsciiDigit(alike[last]);
            digits = isDigit ? digits + 1 : 0;
            all += isDigit ? 1 : 0;
        }
        return all >= Length - 1 && Parted().Matches(alike).Any(found => IsParted(found.Groups["number"].Value));
    }

    /// <summary>Many numbers beside each other have as many digits: one that is born in a far future is none of a person.</summary>
    private static bool IsParted(string parts) =>
        Read(string.Concat(parts.Where(char.IsAsciiLetterOrDigit)), "", DateOnly.MaxValue) is { IsRefused: false } number
        && number.Value.BirthDate.Year <= PartialDate.LastYear;

    [GeneratedRegex(
        @"(?<![0-9])(?=(?<number>[0-9](?:[\s\p{Pd}\p{Pc}\p{Cf}.\u00B7/]{0,3}[0-9]){16}[\s\p{Pd}\p{Pc}\p{Cf}.\u00B7/]{0,3}[0-9Xx])(?![0-9A-Za-z]))",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Parted();

    /// <summary>The check character of the first 17 digits: ISO 7064, MOD 11-2, where X stands for ten.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> number)
    {
        var product = 0;
        foreach (var digit in number[..(Length - 1)])
        {
            product = (product + digit - '0') * 2 % 11;
        }
        return "0123456789X"[(12 - product) % 11];
    }

    /// <summary>The number in clear: for sealing it, and for a reader whose reading of it is audited.</summary>
    public string Reveal() => number;

    public override string ToString() => Masked;
}
