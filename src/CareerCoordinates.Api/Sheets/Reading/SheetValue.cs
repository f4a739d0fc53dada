using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>
/// What people mean by what they type into cells. Each answers null for an empty cell; the pointer of a refusal is the address of the cell.
/// </summary>
public static partial class SheetValue
{
    public static readonly RefusalCode ErrorCell = new(
        "cell-shows-error",
        RefusalKind.Shape,
        "The cell shows {0}, because its formula could not be computed. Mend the formula or write the value.",
        "单元格显示 {0}，其公式未能算出结果。请修正公式或直接填写数值。"
    );
    public static readonly RefusalCode NotComputed = new(
        "cell-not-computed",
        RefusalKind.Shape,
        "The cell has a formula whose value was not saved. Open the workbook in a spreadsheet program and save it, or write the value.",
        "单元格的公式未保存计算结果。请用电子表格软件打开并保存，或直接填写数值。"
    );
    public static readonly RefusalCode Merged = new(
        "cell-merged",
        RefusalKind.Shape,
        "The cell is part of a merged one and holds no value of its own. Unmerge it and fill in every row.",
        "该单元格已与其他单元格合并，本身没有内容。请取消合并并逐行填写。"
    );
    public static readonly RefusalCode DigitsLost = new(
        "digits-lost",
        RefusalKind.Shape,
        "This number is too long for a spreadsheet, which has replaced its last digits. Format the cell as text and write the number again.",
        "该数字过长，电子表格已丢失其末尾数字。请将单元格设为文本格式后重新填写。"
    );
    public static readonly RefusalCode CharacterLost = new(
        "character-lost",
        RefusalKind.Shape,
        "In '{0}' a question mark stands where a rare character was lost when the file was saved. Write the name whole again and save the table as .xlsx or as 'CSV UTF-8'.",
        "“{0}”中的问号是保存文件时丢失的生僻字。请补全姓名，并将表格另存为 .xlsx 或“CSV UTF-8”。"
    );
    public static readonly RefusalCode NotDay = new(
        "day-unreadable",
        RefusalKind.Shape,
        "'{0}' is no day. Write it as 2020-11-30, or as 2020-11 or 2020 where only that is known.",
        "“{0}”不是日期。请写成 2020-11-30；仅知年月或年份时写成 2020-11 或 2020。"
    );
    public static readonly RefusalCode DayAmbiguous = new(
        "day-ambiguous",
        RefusalKind.Shape,
        "'{0}' can mean several days, or its year is not whole. Write the year with four digits first: 2020-11-30, 2020-11 or 2020.",
        "“{0}”可作多种理解，或年份不完整。请先写四位年份：2020-11-30、2020-11 或 2020。"
    );
    public static readonly RefusalCode DayImpossible = new(
        "day-impossible",
        RefusalKind.Shape,
        "There is no day '{0}' in the calendar. Correct it.",
        "日历中没有“{0}”这一天，请更正。"
    );
    public static readonly RefusalCode DayOutOfRange = new(
        "day-out-of-range",
        RefusalKind.Shape,
        "'{0}' lies outside the years {1} to {2}. Correct the year.",
        "“{0}”不在 {1} 年至 {2} 年之间，请更正年份。"
    );
    public static readonly RefusalCode DayAsNumber = new(
        "day-as-number",
        RefusalKind.Shape,
        "{0} seems to be the number by which spreadsheets count days. Format the cell as a date, or write 2020-11-30.",
        "{0} 疑似电子表格的日期序号。请将单元格设为日期格式，或写成 2020-11-30。"
    );
    public static readonly RefusalCode NotNumber = new(
        "number-unreadable",
        RefusalKind.Shape,
        "'{0}' is no number. Write digits only, with a point before decimals: 1234.5.",
        "“{0}”不是数字。请只写数字，小数用点号：1234.5。"
    );
    public static readonly RefusalCode NotFlag = new(
        "flag-unreadable",
        RefusalKind.Shape,
        "'{0}' is neither yes nor no. Write 是 or 否, or yes or no.",
        "“{0}”既不是“是”也不是“否”，请填写“是”或“否”。"
    );

    /// <summary>Dots that people type between the parts of a name; all are taken for the first, which the standard names.</summary>
    private const string NameDots = "\u00B7\u2022\u30FB\uFF65\u2027\u0387";

    /// <summary>Drawn as nothing and left behind by copying: they are cut off as blanks are.</summary>
    private const string Unseen = "\u200B\u200C\u200D\u200E\u200F\u2060\uFEFF";

    /// <summary>What programs write for a character that their encoding does not have: "CSV" without "UTF-8" has no 𠮷.</summary>
    private const string Lost = "?\uFFFD";

    private static readonly Dictionary<string, bool> Flags = new()
    {
        ["是"] = true,
        ["有"] = true,
        ["yes"] = true,
        ["y"] = true,
        ["true"] = true,
        ["1"] = true,
        ["√"] = true,
        ["✓"] = true,
        ["✔"] = true,
        ["否"] = false,
        ["无"] = false,
        ["no"] = false,
        ["n"] = false,
        ["false"] = false,
        ["0"] = false,
        ["×"] = false,
        ["✗"] = false,
        ["✘"] = false,
    };

    /// <summary>
    /// As it was typed, without the blanks around it and the apostrophe that keeps text from being a formula; its lines end alike, whichever
    /// program wrote them.
    /// </summary>
    public static Outcome<string?> Text(SheetCell cell) =>
        Fault(cell) is { } fault ? fault
        : cell.Is(CellMarks.DigitsLost) ? new Refusal(DigitsLost, cell.Address)
        : Trimmed(cell.Text)?.ReplaceLineEndings("\n");

    /// <summary>
    /// The name of a person: look-alikes of the dot between its parts are made one, blanks that only align it (between Chinese characters,
    /// around the dot) left out, others made one. Characters stay as they are, however rare; where a program could not save one, the name is refused.
    /// </summary>
    public static Outcome<string?> Name(SheetCell cell) =>
        Text(cell) is var text && text.IsRefused ? text
        : text.Value is not { } name ? text
        : name.AsSpan().IndexOfAny(Lost) >= 0 ? new Refusal(CharacterLost, cell.Address, PlainText.Quoted(name))
        : AsName(name);

    /// <summary>A number that is not for counting: of a worker, a certificate. Full-width letters and digits are made plain, leading zeros stay.</summary>
    public static Outcome<string?> Code(SheetCell cell) =>
        Text(cell) is var text && (text.IsRefused || text.Value is not { } code) ? text
        : Exponent().IsMatch(code) ? new Refusal(DigitsLost, cell.Address)
        : Plain(code.Length > 1 && code[0] == '\'' && char.IsAsciiDigit(code[1]) ? code[1..] : code);

    /// <summary>A day, month or year; a time of day that follows the day is left out.</summary>
    public static Outcome<PartialDate?> Day(SheetCell cell)
    {
        if (Fault(cell) is { } fault)
        {
            return fault;
        }
        if (Trimmed(cell.Text) is not { } typed)
        {
            return (PartialDate?)null;
        }
        var text = WithTime().Replace(Signs(PlainText.Alike(typed)), "$1");
        if (BlankInNumber().IsMatch(text))
        {
            return Refuse(NotDay);
        }
        text = Blanks().Replace(text, "");
        if (DayAsTyped().Match(text) is not { Success: true } found)
        {
            return cell.Kind == CellKind.Flag ? Refuse(NotDay)
                : SerialNumber().IsMatch(text) ? Serial(cell, text)
                : Ambiguous().IsMatch(text) ? Refuse(DayAmbiguous)
                : Refuse(NotDay);
        }
        var (year, month, day) = (found.Groups["y"].Value, found.Groups["m"].Value, found.Groups["d"].Value);
        if (found.Groups["dot"].Success && month == "1")
        {
            // Of 2020.10, once it was taken for a number, 2020.1 is left.
            return Refuse(DayAmbiguous);
        }
        var written =
            year + (month.Length > 0 ? "-" + month.PadLeft(2, '0') : "") + (day.Length > 0 ? "-" + day.PadLeft(2, '0') : "");
        return PartialDate.TryParse(written, out var date) ? date
            : int.Parse(year, CultureInfo.InvariantCulture) is < PartialDate.FirstYear or > PartialDate.LastYear
                ? new Refusal(DayOutOfRange, cell.Address, PlainText.Quoted(typed), PartialDate.FirstYear, PartialDate.LastYear)
            : Refuse(DayImpossible);

        Outcome<PartialDate?> Refuse(RefusalCode code) => new Refusal(code, cell.Address, PlainText.Quoted(typed));
    }

    /// <summary>
    /// A number by which spreadsheets count days: read where it is one in a workbook, which says from when it counts. A text, or a CSV, does
    /// not say whether from 1900 or from 1904.
    /// </summary>
    private static Outcome<PartialDate?> Serial(SheetCell cell, string text) =>
        cell.Kind == CellKind.Number
            ? PartialDate.Parse(
                NumberShape
                    .DayOf(int.Parse(text, CultureInfo.InvariantCulture), cell.Is(CellMarks.From1904))
                    .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            )
            : new Refusal(DayAsNumber, cell.Address, PlainText.Quoted(text));

    /// <summary>A number; <c>1,234</c>, <c>￥1,234</c> and <c>1.5万</c> (15000) too. A percentage is none: nothing here is a share, and 50% would silently become 0.5.</summary>
    public static Outcome<decimal?> Number(SheetCell cell)
    {
        if (Text(cell) is var typed && typed.IsRefused)
        {
            return typed.As<decimal?>();
        }
        if (typed.Value is not { } text)
        {
            return (decimal?)null;
        }
        var plain = Signs(PlainText.Alike(text));
        if (
            !BlankInNumber().IsMatch(plain)
            && NumberAsTyped().Match(Blanks().Replace(plain, "")) is { Success: true } found
            && decimal.TryParse(
                found.Groups["n"].Value,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            && Math.Abs(number) < 1e15m
        )
        {
            return found.Groups["unit"].Value switch
            {
                "万" => number * 10_000,
                "亿" => number * 100_000_000,
                _ => number,
            };
        }
        return new Refusal(NotNumber, cell.Address, PlainText.Quoted(text));
    }

    /// <summary>是/否, 有/无, yes/no, y/n, true/false, 1/0, √/×.</summary>
    public static Outcome<bool?> Flag(SheetCell cell)
    {
        if (Text(cell) is var typed && typed.IsRefused)
        {
            return typed.As<bool?>();
        }
        return typed.Value is not { } text ? (bool?)null
            : Flags.TryGetValue(PlainText.Alike(text).ToLowerInvariant(), out var flag) ? flag
            : new Refusal(NotFlag, cell.Address, PlainText.Quoted(text));
    }

    /// <summary>
    /// What two texts have alike that a person takes for the same word: full and half width, capitals, blanks and punctuation make no difference.
    /// For comparing only.
    /// </summary>
    public static string Alike(string text)
    {
        var alike = new StringBuilder();
        foreach (var rune in PlainText.Alike(text).EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsPunctuation(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
            {
                alike.Append(Rune.ToLowerInvariant(rune));
            }
        }
        return alike.ToString();
    }

    private static Refusal? Fault(SheetCell cell) =>
        cell.Kind == CellKind.Error ? new(ErrorCell, cell.Address, PlainText.Quoted(cell.Text))
        : cell.Is(CellMarks.NotComputed) ? new(NotComputed, cell.Address)
        : cell.Is(CellMarks.Covered) && cell.Kind == CellKind.Empty ? new(Merged, cell.Address)
        : null;

    private static string? Trimmed(string text)
    {
        var end = text.Length;
        while (end > 0 && IsBlank(text[end - 1]))
        {
            end--;
        }
        var start = FirstFrom(0);
        if (start < end - 1 && text[start] == '\'' && CellText.IsDangerous(text[(start + 1)..end]))
        {
            start = FirstFrom(start + 1);
        }
        return start == end ? null : text[start..end];

        int FirstFrom(int at)
        {
            while (at < end && IsBlank(text[at]))
            {
                at++;
            }
            return at;
        }

        static bool IsBlank(char one) => char.IsWhiteSpace(one) || Unseen.Contains(one, StringComparison.Ordinal);
    }

    private static string AsName(string name)
    {
        var dotted = DotInName().Replace(NameBlanks().Replace(name, " "), "$1\u00B7");
        return AligningBlank().Replace(dotted, "");
    }

    private static string Plain(string code)
    {
        var plain = new StringBuilder(code);
        for (var i = 0; i < plain.Length; i++)
        {
            if (plain[i] is >= '０' and <= '９' or >= 'Ａ' and <= 'Ｚ' or >= 'ａ' and <= 'ｚ')
            {
                plain[i] = (char)(plain[i] - '０' + '0');
            }
        }
        return plain.ToString();
    }

    /// <summary>The signs that keyboards give for a minus and a full stop.</summary>
    private static string Signs(string text) => Dashes().Replace(text, "-").Replace('。', '.');

    [GeneratedRegex(@"[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]")]
    private static partial Regex Dashes();

    [GeneratedRegex(@"[\s\u200B-\u200F\u2060\uFEFF]+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[\s\u200B\uFEFF]+")]
    private static partial Regex NameBlanks();

    [GeneratedRegex(@"[0-9][\s\u200B-\u200F\u2060\uFEFF]+[0-9]")]
    private static partial Regex BlankInNumber();

    [GeneratedRegex(@"^(.*[0-9日号])(?:\s+|T)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?$")]
    private static partial Regex WithTime();

    [GeneratedRegex(
        @"^(?<y>[0-9]{4})(?:年?|年(?<m>[0-9]{1,2})(?:月份?|月(?<d>[0-9]{1,2})[日号]?)|(?<m>[0-9]{2})(?<d>[0-9]{2})|(?:[-/]|(?<dot>\.))(?<m>[0-9]{1,2})|(?<s>[-/.])(?<m>[0-9]{1,2})\k<s>(?<d>[0-9]{1,2}))$"
    )]
    private static partial Regex DayAsTyped();

    [GeneratedRegex(
        @"^(?:[0-9]{2}年.*|[0-9]{1,2}月[0-9]{1,2}[日号]?|[0-9]{1,2}[-/.][0-9]{1,4}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|[0-9]{6})$"
    )]
    private static partial Regex Ambiguous();

    [GeneratedRegex(@"^[1-7][0-9]{4}$")]
    private static partial Regex SerialNumber();

    [GeneratedRegex(@"^[¥￥]?(?<n>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?<unit>[万亿]?)$")]
    private static partial Regex NumberAsTyped();

    [GeneratedRegex(@"^[0-9](?:\.[0-9]+)?[Ee]\+[0-9]+$")]
    private static partial Regex Exponent();

    [GeneratedRegex(@"(?<=[\p{L}\p{Cs}])( ?)[" + NameDots + @"](?= ?[\p{L}\p{Cs}])")]
    private static partial Regex DotInName();

    /// <summary>Chinese characters of the planes beyond the first are pairs of surrogates.</summary>
    [GeneratedRegex(
        @"(?<=[\u2E80-\u9FFF\uF900-\uFAFF\uDC00-\uDFFF]) (?=[\u2E80-\u9FFF\uF900-\uFAFF\uD800-\uDBFF])|(?<=\u00B7) | (?=\u00B7)"
    )]
    private static partial Regex AligningBlank();
}
