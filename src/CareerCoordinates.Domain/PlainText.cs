using System.Text;

namespace CareerCoordinates.Domain;

/// <summary>What text may be: whole Unicode, within a limit, without control characters. Blanks around it are cut.</summary>
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
        "The text holds a control character, or half of a character, at position {0} ({1}). Remove it.",
        "文字第 {0} 位有控制字符或不完整的字符（{1}），请删除。"
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

    /// <summary>The text without blanks around it, or null where nothing is left; adds what is wrong with it to the refusals.</summary>
    public static string? Optional(string? text, int limit, string pointer, List<Refusal> refusals, bool lines = false)
    {
        var trimmed = text?.Trim();
        if (string.IsNullOrEmpty(trimmed))
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

    /// <summary>What is wrong with a text, or null. With <paramref name="lines"/> tabs and line ends may stand in it.</summary>
    public static Refusal? Fault(string text, int limit, string pointer, bool lines = false)
    {
        var length = 0;
        for (var i = 0; i < text.Length; length++)
        {
            if (
                !Rune.TryGetRuneAt(text, i, out var rune)
                || (IsControl(rune.Value) && !(lines && rune.Value is '\n' or '\r' or '\t'))
            )
            {
                return new Refusal(ControlCharacter, pointer, length + 1, $"U+{(int)text[i]:X4}");
            }
            i += rune.Utf16SequenceLength;
        }
        return length > limit ? new Refusal(TooLong, pointer, length, limit) : null;
    }

    /// <summary>A caller's text made fit to be quoted in a message: short, and nothing invisible in it.</summary>
    public static string Quoted(string text)
    {
        const int shown = 60;
        var quoted = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (quoted.Length >= shown)
            {
                return quoted.Append('…').ToString();
            }
            quoted.Append(IsControl(rune.Value) ? Rune.ReplacementChar : rune);
        }
        return quoted.ToString();
    }

    /// <summary>C0, DEL, C1 and the two Unicode line ends.</summary>
    private static bool IsControl(int c) => c is < 0x20 or (>= 0x7F and <= 0x9F) or 0x2028 or 0x2029;
}
