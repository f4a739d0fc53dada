using System.Globalization;
using System.Text;

namespace CareerCoordinates.Tests.Api.Sheets.Corpus;

/// <summary>The tables as spreadsheets and people save them as text.</summary>
internal static class TextForms
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false);
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static IReadOnlyList<(string Name, string File, Func<CorpusTable, byte[]> Make)> All =>
        [
            // 'CSV (comma delimited)' of a Chinese Windows, days in its short form. Excel has no character beyond GBK there, WPS has.
            ("Excel, zh-CN CSV", "名册.csv", table => Gb18030.GetBytes(Text(table, ',', "\r\n", Slashes))),
            ("Excel, CSV UTF-8", "名册.csv", table => Marked(Encoding.UTF8, Text(table, ',', "\r\n", Slashes))),
            ("Excel, Unicode text", "名册.txt", table => Marked(Encoding.Unicode, Text(table, '\t', "\r\n", Chinese))),
            ("Excel, de-DE CSV UTF-8", "名册.csv", table => Marked(Encoding.UTF8, Text(table, ';', "\r\n", Iso))),
            ("UTF-8", "名册.csv", table => Utf8.GetBytes(Text(table, ',', "\n", Iso))),
            ("UTF-8, CR", "名册.csv", table => Utf8.GetBytes(Text(table, ',', "\r", Iso))),
            ("UTF-8, all quoted", "名册.csv", table => Utf8.GetBytes(Text(table, ',', "\n", Iso, quoteAll: true))),
            ("UTF-8, no last line end", "名册.csv", table => Utf8.GetBytes(Text(table, ',', "\n", Iso).TrimEnd())),
            ("UTF-16LE without mark", "名册.csv", table => Encoding.Unicode.GetBytes(Text(table, ',', "\r\n", Iso))),
            ("UTF-16BE", "名册.csv", table => Marked(Encoding.BigEndianUnicode, Text(table, ',', "\r\n", Chinese))),
            ("GB18030, tabs", "名册.tsv", table => Gb18030.GetBytes(Text(table, '\t', "\n", Chinese))),
            (
                "GB18030 with mark",
                "名册.csv",
                table => [0x84, 0x31, 0x95, 0x33, .. Gb18030.GetBytes(Text(table, ',', "\n", Iso))]
            ),
            ("sep=", "名册.csv", table => Marked(Encoding.UTF8, "sep=;\r\n" + Text(table, ';', "\r\n", FullWidth))),
            ("titles and blank records", "名册.csv", table => Utf8.GetBytes(Titled(Text(table, ',', "\r\n", FullWidth)))),
        ];

    private static byte[] Marked(Encoding encoding, string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

    private static string Titled(string text) =>
        "示例单位职工情况表,,,\r\n填报日期：2026-11-22,,,\r\n,,,\r\n" + text + ",,,\r\n \r\n";

    private static string Text(
        CorpusTable table,
        char separator,
        string lineEnd,
        Func<string, string> day,
        bool quoteAll = false
    ) =>
        string.Concat(
            table
                .Rows.Select(row => row.Select((value, i) => table.Columns[i].Kind == CorpusColumn.Day ? day(value) : value))
                .Prepend(table.Columns.Select(column => column.Header))
                .Select(row => string.Join(separator, row.Select(value => Field(value, separator, lineEnd, quoteAll))) + lineEnd)
        );

    /// <summary>A line end within a cell is the single one that the program has.</summary>
    private static string Field(string value, char separator, string lineEnd, bool quoteAll)
    {
        var text = value.Replace("\n", lineEnd == "\r" ? "\r" : "\n", StringComparison.Ordinal);
        return quoteAll || text.AsSpan().IndexOfAny(['"', '\r', '\n', separator]) >= 0
            ? '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'
            : text;
    }

    private static string Iso(string day) => day;

    /// <summary>As a Chinese Windows shows days; months have a form of their own there.</summary>
    private static string Slashes(string day) =>
        day.Length == 10 ? Parsed(day).ToString("yyyy'/'M'/'d", CultureInfo.InvariantCulture) : Chinese(day);

    private static string Chinese(string day) =>
        day.Length switch
        {
            10 => Parsed(day).ToString("yyyy年M月d日", CultureInfo.InvariantCulture),
            7 => day[..4] + "年" + day[5..].TrimStart('0') + "月",
            _ => day + "年",
        };

    /// <summary>As an input method gives them that is set to full width.</summary>
    private static string FullWidth(string day) =>
        string.Concat(day.Select(letter => char.IsAsciiDigit(letter) ? (char)(letter - '0' + '０') : '－')) + "　";

    private static DateOnly Parsed(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
