using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Api.Demo.Population;

/// <summary>
/// Unified social credit codes that pass the check of GB 32100 and GB 11714 and were issued to nobody: the region
/// 110199 does not exist.
/// </summary>
public static class SyntheticCreditCode
{
    private const string Region = "110199";
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] InnerWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Of a grassroots union (<c>81</c>); a number gives one code.</summary>
    public static string Union(int number) => Code("81", "MC", number);

    /// <summary>Of an enterprise (<c>91</c>).</summary>
    public static string Enterprise(int number) => Code("91", "MA", number);

    private static string Code(string kind, string head, int number)
    {
        Span<char> body = stackalloc char[8];
        head.CopyTo(body);
        for (var i = 7; i >= 2; i--)
        {
            body[i] = Alphabet[number % Alphabet.Length];
            number /= Alphabet.Length;
        }
        var first17 = kind + Region + new string(body) + InnerCheck(body);
        return first17 + CreditCode.CheckCharacter(first17);
    }

    private static char InnerCheck(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            sum += (char.IsAsciiDigit(body[i]) ? body[i] - '0' : body[i] - 'A' + 10) * InnerWeights[i];
        }
        return (11 - sum % 11) switch
        {
            10 => 'X',
            11 => '0',
            var digit => (char)('0' + digit),
        };
    }
}
