using System.Collections.Frozen;
using System.Text;

namespace CareerCoordinates.Domain;

/// <summary>The kebab-case codes by which enum values are known outside the program: <c>LabourContract</c> is <c>labour-contract</c>.</summary>
public static class Codes<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> ByValue = Enum.GetValues<T>()
        .ToFrozenDictionary(v => v, v => Kebab(v.ToString()));
    private static readonly FrozenDictionary<string, T> ByCode = ByValue.ToFrozenDictionary(p => p.Value, p => p.Key);

    public static IEnumerable<string> All => Enum.GetValues<T>().Select(Of);

    public static string Of(T value) => ByValue[value];

    public static bool TryParse(string? code, out T value)
    {
        value = default;
        return code is not null && ByCode.TryGetValue(code, out value);
    }

    /// <summary>For codes that this program wrote itself.</summary>
    public static T Parse(string code) => ByCode[code];

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
