using CareerCoordinates.Domain;

namespace CareerCoordinates.Tests.Domain;

internal static class Texts
{
    public static string En(Refusal refusal) => refusal.En;

    public static string Zh(Refusal refusal) => refusal.Zh;

    /// <summary>Every refusal as "pointer code", in order: what most tests compare. Its texts must have all their arguments.</summary>
    public static string Faults<T>(Outcome<T> outcome) => Faults(outcome.Refusals);

    public static string Faults(IEnumerable<Refusal> refusals)
    {
        var told = refusals.Select(r => (Refusal: r, En: En(r), Zh: Zh(r))).ToList();
        return string.Join("; ", told.Select(t => $"{t.Refusal.Pointer} {t.Refusal.Code.Code}".Trim()));
    }
}
