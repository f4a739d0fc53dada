namespace CareerCoordinates.Domain.Access;

/// <summary>
/// What a worker is told before he first opens his record, and again when it changes. Data, so that who runs the service says
/// what is true there; a version never changes once it was shown.
/// </summary>
/// <param name="Version">From 1 on, each new text one more.</param>
public sealed record Notice(int Version, NoticeText Zh, NoticeText En)
{
    public const int LongestText = 2_000;

    /// <summary>What is wrong with it, with the place; empty where nothing is.</summary>
    public IReadOnlyList<Refusal> Check()
    {
        var refusals = new List<Refusal>();
        if (Version < 1)
        {
            refusals.Add(new Refusal(BadVersion, "/version"));
        }
        foreach (var (language, text) in new[] { ("zh", Zh), ("en", En) })
        {
            PlainText.Needed(text.Title, LongestText, $"/{language}/title", refusals);
            PlainText.Needed(text.Kept, LongestText, $"/{language}/kept", refusals);
            PlainText.Needed(text.Basis, LongestText, $"/{language}/basis", refusals);
            PlainText.Needed(text.SeenBy, LongestText, $"/{language}/seenBy", refusals);
            PlainText.Needed(text.Rights, LongestText, $"/{language}/rights", refusals);
            PlainText.Needed(text.Contact, LongestText, $"/{language}/contact", refusals);
        }
        return refusals;
    }

    public static readonly RefusalCode BadVersion = new(
        "bad-notice-version",
        RefusalKind.Rule,
        "A notice has a version from 1 on.",
        "告知书版本号须从 1 起。"
    );
}

/// <summary>The notice in one language, plain text.</summary>
/// <param name="Kept">What is kept.</param>
/// <param name="Basis">On which legal basis, and for what it must not be used.</param>
/// <param name="SeenBy">Who sees it.</param>
/// <param name="Rights">What the worker may ask for.</param>
/// <param name="Contact">Whom to ask.</param>
public sealed record NoticeText(string Title, string Kept, string Basis, string SeenBy, string Rights, string Contact);
