using System.Runtime.CompilerServices;
using System.Text;

namespace CareerCoordinates.Domain;

/// <summary>
/// The kebab-case codes by which enum values are known outside the program: <c>LabourContract</c> is <c>labour-contract</c>. The values of
/// each enum count from 0 without a gap.
/// </summary>
public static class Codes<T>
    where T : struct, Enum
{
    private static readonly string[] Known = Array.ConvertAll(Enum.GetNames<T>(), Kebab);
    private static readonly Dictionary<string, int> Places = Known.Select((code, i) => (code, i)).ToDictionary();

    public static IEnumerable<string> All => Known;

    public static string Of(T value) => Known[Unsafe.BitCast<T, int>(value)];

    public static bool TryParse(string? code, out T value)
    {
        var found = Places.TryGetValue(code ?? "", out var place);
        value = Unsafe.BitCast<int, T>(place);
        return found;
    }

    /// <summary>For codes that this program wrote itself.</summary>
    public static T Parse(string code) => Unsafe.BitCast<int, T>(Places[code]);

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
