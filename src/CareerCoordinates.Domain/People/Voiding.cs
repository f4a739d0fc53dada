namespace CareerCoordinates.Domain.People;

/// <summary>Voiding (作废) is final and needs a reason.</summary>
internal static class Voiding
{
    public static Outcome<string> Check(bool voided, RefusalCode already, string? reason)
    {
        if (voided)
        {
            return new Refusal(already, "");
        }
        var refusals = new List<Refusal>();
        var said = PlainText.Reason(reason, refusals);
        return refusals.Count > 0 ? refusals : said;
    }
}
