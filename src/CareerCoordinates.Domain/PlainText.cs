using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Domain;

/// <summary>What text may be: whole Unicode, within a limit, without control or hidden characters or an ID number. Blanks around it are cut.</summary>
public static class PlainText
{
    public static readonly RefusalCode Required = new(
        "text-required",
        RefusalKind.Shape,
        "This text is missing or blank. Fill it in.",
        "此项为空，请填写。"
    );

    public static readonly RefusalCode TooLong = new(
        "text-too-long",
        RefusalKind.Shape,
        "The text has {0} characters; at most {1} are allowed. Shorten it.",
        "文字有 {0} 个字符，最多 {1} 个，请缩短。"
    );

    public static readonly RefusalCode ControlCharacter = new(
        "control-character",
        RefusalKind.Shape,
        "The text holds a control or invisible character, or half of a character, at position {0} ({1}). Remove it.",
        "文字第 {0} 位有控制字符、不可见字符或不完整的字符（{1}），请删除。"
    );

    public static readonly RefusalCode Broken = new(
        "broken-text",
        RefusalKind.Shape,
        "The text is not whole Unicode: it holds half of a character. Write it anew.",
        "文字含有不完整的字符，请重新输入。"
    );

    public static readonly RefusalCode ReasonRequired = new(
        "reason-required",
        RefusalKind.Rule,
        "This action needs a reason. Say in a sentence why.",
        "此操作须说明理由，请用一句话写明原因。"
    );

    public static readonly RefusalCode IdNumberElsewhere = new(
        "id-number-elsewhere",
        RefusalKind.Rule,
        "This holds an ID number. It belongs into 'idNumber' of the worker alone, where it is kept sealed: take it out here.",
        "此处含有公民身份号码。该号码只能填写在职工的 idNumber 中加密保存，请从此处删除。"
    );

    /// <summary>The text without blanks around it, or null where nothing is left; adds what is wrong with it to the refusals.</summary>
    public static string? Optional(string? text, int limit, string pointer, List<Refusal> refusals, bool lines = false)
    {
        var trimmed = text?.Trim();
        if (trimmed is null || IsBlank(trimmed))
        {
            return null;
        }
        if (Fault(trimmed, limit, pointer, lines) is { } fault)
        {
            refusals.Add(fault);
        }
        return trimmed;
    }

    /// <summary>As <see cref="Optional"/>, but blank is refused; the answer is empty then.</summary>
    public static string Needed(string? text, int limit, string pointer, List<Refusal> refusals)
    {
        var found = Optional(text, limit, pointer, refusals);
        if (found is null)
        {
            refusals.Add(new Refusal(Required, pointer));
        }
        return found ?? "";
    }

    /// <summary>The reason of an action: one is needed, of several lines if need be.</summary>
    public static string Reason(string? text, List<Refusal> refusals, string pointer = "/reason")
    {
        var found = Optional(text, Limits.Reason, pointer, refusals, lines: true);
        if (found is null)
        {
            refusals.Add(new Refusal(ReasonRequired, pointer));
        }
        return found ?? "";
    }

    /// <summary>Whether nothing of a text can be seen: a name of such characters is no name.</summary>
    public static bool IsBlank(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !IsFormat(rune) && !IsVariation(rune) && !IsFiller(rune.Value))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>What is wrong with a text, or null. With <paramref name="lines"/> tabs and line ends may stand in it.</summary>
    public static Refusal? Fault(string text, int limit, string pointer, bool lines = false)
    {
        var length = 0;
        Rune? before = null;
        for (var i = 0; i < text.Length; length++)
        {
            if (
                !Rune.TryGetRuneAt(text, i, out var rune)
                || (IsControl(rune.Value) && !(lines && rune.Value is '\n' or '\r' or '\t'))
                || (IsFormat(rune) && !(IsJoiner(rune.Value) && TakesJoiner(before)))
            )
            {
                var code = rune.Value == 0 ? text[i] : rune.Value;
                return new Refusal(ControlCharacter, pointer, length + 1, $"U+{code:X4}");
            }
            before = rune;
            i += rune.Utf16SequenceLength;
        }
        return length > limit ? new Refusal(TooLong, pointer, length, limit)
            : IdNumber.StandsIn(text) ? new Refusal(IdNumberElsewhere, pointer)
            : null;
    }

    /// <summary>Full and half width and other forms of the same letters made alike; what Unicode gives no meaning stays as it is.</summary>
    public static string Alike(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>The text, or <c>…</c> where an ID number stands in it: what a caller sent goes into no message then.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? WithoutIdNumber(string? text) => IdNumber.StandsIn(text) ? "…" : text;

    /// <summary>A caller's text made fit to be quoted in a message: short, nothing invisible and no ID number in it.</summary>
    public static string Quoted(string text)
    {
        const int shown = 60;
        // Before it is cut: most of a number would tell it, too.
        text = WithoutIdNumber(text);
        var quoted = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (quoted.Length >= shown)
            {
                return quoted.Append('…').ToString();
            }
            quoted.Append(IsControl(rune.Value) || IsFormat(rune) ? Rune.ReplacementChar : rune);
        }
        return quoted.ToString();
    }

    /// <summary>C0, DEL, C1 and the two Unicode line ends.</summary>
    private static bool IsControl(int c) => c is < 0x20 or (>= 0x7F and <= 0x9F) or 0x2028 or 0x2029;

    /// <summary>Characters without a shape, some of which turn the text around them: bidi controls, zero-width spaces, tags.</summary>
    private static bool IsFormat(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    /// <summary>Zero-width joiner and non-joiner.</summary>
    private static bool IsJoiner(int c) => c is 0x200C or 0x200D;

    /// <summary>Emoji, and the scripts from Hebrew to Mongolian and Indic ones, in which a joiner changes what is seen.</summary>
    private static bool TakesJoiner(Rune? before) =>
        before is { } rune
        && (
            rune.Value is >= 0x0590 and <= 0x1CFF
            || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.OtherSymbol
                    or UnicodeCategory.ModifierSymbol
                    or UnicodeCategory.NonSpacingMark
        );

    private static bool IsVariation(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>Letters and symbols that are drawn as nothing: Hangul fillers, the grapheme joiner, the empty Braille cell.</summary>
    private static bool IsFiller(int c) => c is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0;
}
