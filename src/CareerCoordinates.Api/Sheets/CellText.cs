using System.Text;
using System.Xml;

namespace CareerCoordinates.Api.Sheets;

/// <summary>Text in cells: a spreadsheet takes one that begins like a formula for a formula, and runs it.</summary>
public static class CellText
{
    private const string Dangerous = "=+-@\t\r\n＝＋－＠";

    /// <summary>The most that a cell of a workbook holds, in UTF-16.</summary>
    public const int LongestInWorkbook = 32_767;

    /// <summary>Whether a spreadsheet might read it as a formula (invariant I21).</summary>
    public static bool IsDangerous(string text) => text.Length > 0 && Dangerous.Contains(text[0]);

    /// <summary>With an apostrophe before it where it is dangerous: that is how people tell a spreadsheet that it is text.</summary>
    public static string Neutral(string text) => IsDangerous(text) ? "'" + text : text;

    /// <summary>Without what XML cannot hold, and as long as a cell of a workbook may be.</summary>
    public static string Writable(string text)
    {
        var kept = text.Length > LongestInWorkbook ? text[..LongestInWorkbook] : text;
        return kept.All(XmlConvert.IsXmlChar)
            ? kept
            : string.Concat(kept.EnumerateRunes().Where(IsWritable).Select(rune => rune.ToString()));
    }

    private static bool IsWritable(Rune rune) => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value);
}
